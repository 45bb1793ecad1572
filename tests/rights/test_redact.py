"""One post is cut out of whatever names it, and nothing else is."""

from __future__ import annotations

import json
from datetime import datetime, timezone

import pytest

from scraper.capture import Exchange
from scraper.normalise import urls
from scraper.rights import Marks, clean
from scraper.rights.redact import redact, title_digest
from scraper.store import removals

BASE = "https://partner.example/news/"
GONE = "https://partner.example/news/ann-other-resigns/"
TITLE = "Ann Other resigns from the board"
MARKS = Marks(partner="p", digests=frozenset([removals.digest("p", urls.url_key(GONE)), title_digest("p", TITLE)]))
KEPT = "https://partner.example/news/canal-opens/"

CASES = {
    "feed": f"<rss><channel><item><title>Canal opens</title><link>{KEPT}</link></item>"
    f"<item><title>Ann Other resigns</title><link>{GONE}?utm_source=rss</link><description>Ann</description></item>"
    "</channel></rss>",
    "atom": f'<feed><entry><link rel="alternate" href="{GONE}"/><content>Ann</content></entry>'
    f'<entry><link href="{KEPT}"/><title>Canal opens</title></entry></feed>',
    "sitemap": f"<urlset><url><loc>{KEPT}</loc><title>Canal opens</title></url>"
    f"<url><loc>{GONE}</loc><image>Ann.jpg</image></url></urlset>",
    "api": json.dumps(
        [
            {"link": GONE, "title": {"rendered": "Ann Other"}, "content": {"rendered": "Ann"}},
            {"link": KEPT, "title": {"rendered": "Canal opens"}},
        ]
    ),
    "api by title": json.dumps([{"id": "7", "title": TITLE, "text": "Ann"}, {"url": KEPT, "title": "Canal opens"}]),
    "calendar": f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Ann\r\n"
    "URL:https://partner.example/news/ann-ot\r\n her-resigns/\r\n"
    f"END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Canal opens\r\nURL:{KEPT}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "listing": f'<html><body><ul><li class=card><a href="{KEPT}">Canal opens</a></li>'
    '<li class=card><a href="/news/ann-other-resigns/"><img alt="Ann"></a><h3>Ann</h3><p>Ann teaser</p>'
    '<a href="/category/people/">People</a></li></ul></body></html>',
    "divided listing": f'<html><body><div class=list><div class=card><h3><a href="{KEPT}">Canal opens</a></h3></div>'
    '<div class=card><h3><a href="/news/ann-other-resigns">Ann</a></h3><p>Ann teaser</p></div></div></body></html>',
    "title alone": f"<html><body><h2>{TITLE}</h2><p>Canal opens <a href='{KEPT}'>{KEPT}</a></p></body></html>",
    "data": f'<html><body><script type="application/ld+json">{{"@type":"ItemList","itemListElement":'
    f'[{{"item":{{"url":"{GONE}","name":"Ann"}}}},{{"item":{{"url":"{KEPT}","name":"Canal opens"}}}}]}}'
    "</script></body></html>",
}


@pytest.mark.parametrize("name", CASES)
def test_one_post_is_cut_out(name: str):
    found = redact(CASES[name].encode(), BASE, MARKS).decode()
    assert "Ann" not in found
    assert "ann-other" not in found
    assert "Canal opens" in found
    assert KEPT in found


@pytest.mark.parametrize("name", CASES)
def test_what_names_no_removed_post_stays_byte_for_byte(name: str):
    body = CASES[name].encode()
    assert redact(body, BASE, Marks(partner="p", digests=frozenset(["0" * 64]))) == body


def test_prose_of_another_post_keeps_its_words_but_not_the_link():
    prose = "The canal opens on Friday. " * 80
    body = f'<html><body><article><p>{prose}<a href="{GONE}">as we said</a></p></article></body></html>'
    found = redact(body.encode(), BASE, MARKS).decode()
    assert prose.strip() in found
    assert "ann-other" not in found


@pytest.mark.parametrize(
    ("url", "headers", "kept"),
    [(GONE, [], False), (BASE, [(b"Location", b"/news/ann-other-resigns/")], False), (BASE, [], True)],
)
def test_a_removed_post_is_not_captured_again(url: str, headers: list, kept: bool):
    exchange = Exchange(
        url=url,
        fetched_at=datetime(2026, 1, 1, tzinfo=timezone.utc),
        method="GET",
        request_headers=[],
        status=200,
        headers=headers,
        body=b"",
    )
    assert (clean(exchange, MARKS) is not None) == kept
