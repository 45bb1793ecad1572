"""Stamps as the themes of content management systems and local papers print them, with the traps beside them."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from scraper.extract.document import parse
from scraper.extract.published import claim_dates

from .pages import PARAGRAPHS, URL

TITLE = "Electric buses for Castle Street"
TEXT = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)


def chosen(main: str, field: str, title: str = TITLE) -> str | None:
    """Return the day or month chosen for a page whose post is `main`."""
    filled = main.replace("{title}", f"<h1>{TITLE}</h1>").replace("{text}", f"<div class='body'>{TEXT}</div>")
    post = filled if "<article>" in filled else f"<article>{filled}</article>"
    html = (
        f"<!doctype html><html lang='en-GB'><head><title>{title}</title></head><body><header><nav><a href='/'>Home</a>"
        f"</nav></header><main>{post}</main><footer><p>© 2026 Northvale</p></footer></body></html>"
    )
    fetched_at = datetime(2026, 2, 27, 12, tzinfo=timezone.utc)
    page = parse(html.encode(), URL, content_type="text/html; charset=utf-8")
    claims = claim_dates(page, zone="Europe/London", language="en-GB", fetched_at=fetched_at, title=TITLE)
    return next((claim.edtf[:10] for claim in claims if claim.chosen and claim.field == field), None)


STAMPS = [
    ("{title}<span class='field field--name-created'>Wed, 14/01/2026 - 09:30</span>{text}", "2026-01-14", None),
    ("{title}<p class='submitted'>Submitted by <span>webteam</span> on 14 January 2026</p>{text}", "2026-01-14", None),
    (
        "<article>{title}<div class='field field--name-field-news-date field--type-datetime'><time datetime='2026-01-14T12:00:00Z'>14 January 2026</time></div>{text}</article><aside><h2>Related</h2><ul><li><a href='/a'>Rail hub</a> <time datetime='2026-02-01T12:00:00Z'>1 February 2026</time></li></ul></aside>",
        "2026-01-14",
        None,
    ),
    (
        "{title}<div class='lgd-byline'>Published: 14 January 2026</div>{text}<div class='localgov-page-updated'>Last updated: 20 January 2026</div>",
        "2026-01-14",
        "2026-01-20",
    ),
    (
        "{title}<dl class='article-info'><dt>Details</dt><dd class='published'><span class='icon-calendar'></span><time datetime='2026-01-14T10:00:00+00:00' itemprop='datePublished'>Published: 14 January 2026</time></dd><dd class='modified'><time datetime='2026-01-15T10:00:00+00:00' itemprop='dateModified'>Last Updated: 15 January 2026</time></dd><dd class='hits'>Hits: 2026</dd></dl>{text}",
        "2026-01-14",
        "2026-01-15",
    ),
    (
        "{title}<dl class='article-info muted'><dd class='create'>Created: 14 January 2026</dd><dd class='hits'>Hits: 312</dd></dl>{text}",
        "2026-01-14",
        None,
    ),
    ("{title}<p class='news-date'>14 Jan 2026</p>{text}", "2026-01-14", None),
    (
        "<div class='hero'><span class='date'>14.01.26</span><span class='tag'>Transport</span></div><article>{title}{text}</article>",
        "2026-01-14",
        None,
    ),
    (
        "{title}<div class='component article-meta'><span class='field-article-date'>14 January 2026</span> <span>4 min read</span></div>{text}",
        "2026-01-14",
        None,
    ),
    (
        "{title}<p class='date-posted'>Posted on Wednesday 14th January 2026</p>{text}<p>Last modified on 2 February 2026</p>",
        "2026-01-14",
        "2026-02-02",
    ),
    ("{title}<p>Published Wednesday, 14th January 2026</p>{text}", "2026-01-14", None),
    ("{title}<p>Decision published: 14/01/2026</p><p>Effective from: 22/01/2026</p>{text}", "2026-01-14", None),
    (
        "{title}<div class='blog-meta-primary'><span class='blog-categories'>News</span> <time class='blog-date' pubdate>14 Jan</time></div>{text}",
        "2026-01-14",
        None,
    ),
    (
        "{title}<div class='blog-item-meta-wrapper'><time class='dt-published blog-meta-item' datetime='2026-01-14' pubdate>14 Jan</time></div>{text}<section class='item-pagination'><a href='/n'><time datetime='2026-01-28'>28 Jan</time></a></section>",
        "2026-01-14",
        None,
    ),
    (
        "{title}<p class='news-published'><strong>Date published:</strong> 14th January 2026</p>{text}",
        "2026-01-14",
        None,
    ),
    (
        "{title}<div class='article__date'><span class='day'>14</span> <span class='month'>January</span> <span class='year'>2026</span></div>{text}",
        "2026-01-14",
        None,
    ),
    ("{title}<div class='date-block'><span>14</span><span>Jan</span><span>2026</span></div>{text}", "2026-01-14", None),
    ("{title}<p>Northvale Council sent this bulletin at 14-01-2026 09:30 AM GMT</p>{text}", "2026-01-14", None),
    ("{title}<p>Northvale Council sent this bulletin at 01/14/2026 09:30 AM GMT</p>{text}", "2026-01-14", None),
    (
        "<article>{title}<section class='article-byline-content'><h4><a href='/author/jo'>Jo Hale</a></h4><time class='byline-meta-date' datetime='2026-01-14'>Jan 14, 2026</time><span class='byline-reading-time'>— 3 min read</span></section>{text}</article><section class='read-more'><article><time datetime='2026-02-02'>02 Feb 2026</time></article></section>",
        "2026-01-14",
        None,
    ),
    (
        "{title}<ul class='publication-theme'><li><span class='time-container published-date'>05:00, 14 Jan 2026</span></li><li><span class='time-container updated-date'>Updated 09:12, 15 Jan 2026</span></li></ul><div>Comments</div>{text}",
        "2026-01-14",
        "2026-01-15",
    ),
    (
        "{title}<div class='time-info'><ul class='time-info'><li>Bookmark</li><li><span>News</span></li><li><time>10:09, 14 JAN 2026</time>Updated<time>11:41, 15 JAN 2026</time></li></ul></div>{text}",
        "2026-01-14",
        "2026-01-15",
    ),
    ("{title}<div class='article-byline'><p>14th January</p><p>By Sam Hale</p></div>{text}", "2026-01-14", None),
    (
        "{title}<p class='updated'>14th January 2026, 6:00 am</p><p><a>Share</a> <a>9 Comments</a></p>{text}<div class='comments'><p class='date'>16th January 2026 9:00 am</p><p>Nice</p></div>",
        "2026-01-14",
        None,
    ),
    (
        "{title}<div class='article-details'><p>By <a>Jo Hale</a></p><p>Published 14th Jan 2026, 12:01 GMT</p><p>Updated 15th Jan 2026, 13:45 GMT</p></div>{text}",
        "2026-01-14",
        "2026-01-15",
    ),
    (
        "{title}<p>By Jo Hale</p><p>Wednesday, 14th January 2026, 12:01 pm</p><p>Updated Wednesday, 14th January 2026, 1:45 pm</p>{text}",
        "2026-01-14",
        "2026-01-14",
    ),
    (
        "{title}<p class='meta'>Updated: 15 January 2026 | Published: 14 January 2026</p>{text}",
        "2026-01-14",
        "2026-01-15",
    ),
    ("{title}<p>Last updated 15/01/2026 &middot; First published 14/01/2026</p>{text}", "2026-01-14", "2026-01-15"),
    (
        "{title}<p class='meta'>14 January 2026 · Reading time: 3 min</p><div class='event-date'>Event date: 3 March 2026</div>{text}",
        "2026-01-14",
        None,
    ),
    ("{title}{text}<p>Page last updated: 10 February 2026</p>", None, "2026-02-10"),
    ("{title}<p>Published: 14 January 2026</p><p>Expires: 14 March 2026</p>{text}", "2026-01-14", None),
    ("{title}<p>For immediate release: 14 January 2026</p><p>EMBARGOED until 00.01am</p>{text}", "2026-01-14", None),
    ("{title}<p>EMBARGO: 00:01, Wednesday 14 January 2026</p>{text}", "2026-01-14", None),
    ("{title}<p>Posted 2 days ago</p>{text}", "2026-02-25", None),
    (
        "<div class='banner'>Elections: register to vote by 14 April 2026</div><article>{title}<p class='date'>14 January 2026</p>{text}</article>",
        "2026-01-14",
        None,
    ),
    (
        "<article>{title}{text}</article><aside><h3>Latest news</h3><ul><li>Rail hub <span class='date'>20 February 2026</span></li><li>Skills <span class='date'>18 February 2026</span></li></ul></aside>",
        None,
        None,
    ),
    ("{title}<p><em>Harrowby, 14 January 2026</em> –</p>{text}", "2026-01-14", None),
    ("{title}<p class='date'>January 2026</p>{text}", "2026-01", None),
    ("{title}<p>Date: 14 January 2026</p><p>Ref: NC/2026/014</p>{text}", "2026-01-14", None),
    (
        "{title}<p>News release issued: 14 January 2026</p>{text}<h3>Notes to editors</h3><p>The scheme was first announced on 3 November 2025.</p>",
        "2026-01-14",
        None,
    ),
    ("{title}{text}<p class='post-footer'>Posted in News on 14th January, 2026.</p>", "2026-01-14", None),
    (
        "{title}<div class='tags'>Transport</div><div class='share'>Share</div><div>14/01/2026</div>{text}",
        "2026-01-14",
        None,
    ),
    ("{title}<p>09:30, Wednesday 14 January 2026</p>{text}", "2026-01-14", None),
    ("{title}<p>12.01am, Wednesday 14th January 2026</p>{text}", "2026-01-14", None),
    ("{title}<p>Wednesday 14 January 2026 09:30</p>{text}", "2026-01-14", None),
    ("{title}<span>Posted: Wed 14th Jan 2026</span>{text}", "2026-01-14", None),
    ("{title}<p>By Jo Hale | January 14, 2026 | 0 Comments</p>{text}", "2026-01-14", None),
    ("{title}<p>January 14th 2026</p>{text}", "2026-01-14", None),
    ("{title}<p>14 . 01 . 2026</p>{text}", "2026-01-14", None),
    ("{title}<p>14/01/26</p>{text}", "2026-01-14", None),
    ("{title}<p>2026-01-14</p>{text}", "2026-01-14", None),
    ("{title}<p><span>Jan</span> <strong>14</strong>, 2026</p>{text}", "2026-01-14", None),
    (
        "{title}<p>First published 14 Jan 2026, 09:30. Last updated 15 Jan 2026, 10:00.</p>{text}",
        "2026-01-14",
        "2026-01-15",
    ),
    ("{title}<p>14 January 2026 (updated 15 January 2026)</p>{text}", "2026-01-14", "2026-01-15"),
    (
        "{title}<div><b>Published</b><br>14 January 2026</div><div><b>Last updated</b><br>15 January 2026</div>{text}",
        "2026-01-14",
        "2026-01-15",
    ),
    (
        "{title}<dl><dt>Published:</dt><dd>14 January 2026</dd><dt>Updated:</dt><dd>15 January 2026</dd></dl>{text}",
        "2026-01-14",
        "2026-01-15",
    ),
    (
        "{title}<p>News story</p><p>14 January 2026</p><p>Contact: press@northvale.example, 01234 140 126</p>{text}",
        "2026-01-14",
        None,
    ),
    ("{title}<p>Category: Transport | Date: 14 January 2026 | Views: 2026</p>{text}", "2026-01-14", None),
    (
        "{title}<p>Posted on <a href='/2026/01/'>14th January 2026</a> by <a href='/author/jo'>Jo</a></p>{text}",
        "2026-01-14",
        None,
    ),
    ("{title}<p class='post-date'>14<sup>th</sup> January 2026</p>{text}", "2026-01-14", None),
    ("{title}<p>Press release 014/26 – 14 January 2026</p>{text}", "2026-01-14", None),
    ("{title}<p>Issued 14 January 2026 at 9.30am; event on 3 March 2026 at 6pm</p>{text}", "2026-01-14", None),
    (
        "{title}<div class='event-box'>Event: 3 March 2026, 6pm</div><p>Posted 14 January 2026</p>{text}",
        "2026-01-14",
        None,
    ),
    (
        "{title}<p>Wednesday 14 January 2026</p>{text}<p>Closing date for comments: 20 February 2026</p>",
        "2026-01-14",
        None,
    ),
    ("{title}<p>Posted on 14 January 2026, updated on Tue 20 Jan 2026</p>{text}", "2026-01-14", "2026-01-20"),
    ("{title}<p>Cyhoeddwyd: 14 Ionawr 2026</p>{text}", "2026-01-14", None),
    ("{title}<p>Posted January 14, 2026 in Transport, tagged buses 2026</p>{text}", "2026-01-14", None),
    ("{title}<p>Consultation opened 14 January 2026. Closes 20 March 2026.</p>{text}", None, None),
    ("{title}<p>Established 1974. Charity 1123456.</p>{text}", None, None),
    ("{title}<p>Last Updated: never. Published: 14 January 2026</p>{text}", "2026-01-14", None),
    ("{title}<time>14 January 2026</time><p>Est. read: 2 minutes</p>{text}", "2026-01-14", None),
    (
        "{title}<p>Created on 14 January 2026</p>{text}<p>Page modified 1 February 2026 by webteam</p>",
        "2026-01-14",
        "2026-02-01",
    ),
]


@pytest.mark.parametrize(("main", "published", "modified"), STAMPS)
def test_published_and_modified_of_a_theme(main: str, published: str | None, modified: str | None) -> None:
    assert (chosen(main, "published"), chosen(main, "modified")) == (published, modified)


def test_the_day_of_a_meeting_is_no_publication() -> None:
    main = "<h1>Agenda and minutes</h1><h2>Cabinet - Wednesday, 14th January, 2026 5.00 pm</h2>{text}"
    assert chosen(main, "published", "Agenda for Cabinet on Wednesday, 14th January, 2026, 5.00 pm") is None
    assert chosen(main, "published", "Agenda and minutes") == "2026-01-14"
