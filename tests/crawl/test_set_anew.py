"""A partner sets its site anew: another template, other addresses; its posts are the same posts and said nothing new."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_site import Answer, Site, sitemap

from scraper import reextract
from scraper.check import check
from scraper.ingest.changes import is_same_time
from scraper.ingest.template_change import is_part, is_same_story
from scraper.store.archive import open_archive, open_reader

NAMES = ("Bridge over the river", "School in the meadow", "Market by the abbey")
SHARE = "Share this story with your friends and with your neighbours."


def words(name: str) -> str:
    told = (
        f"The council spoke about the {name.lower()} for three hours on Tuesday and put off its vote until the spring."
    )
    more = f"Residents had asked for more trees around the {name.lower()}, and for benches that are not made of stone."
    return f"{told}</p><p>{more} A second debate follows."


def before(name: str, day: str = "2026-03-04") -> str:
    return (
        f"<html><head><title>{name} - Valley News</title><meta property=og:type content=article>"
        f"<meta property=article:published_time content={day}T09:30:00+00:00></head><body class=post><div class=wrap>"
        f"<nav class=menu><a href=/>Home</a></nav><article class=entry><h1 class=title>{name}</h1>"
        f"<div class=text><p>{words(name)}</p></div></article></div></body></html>"
    )


def after(name: str, text: str = "", date: str = "") -> str:
    return (
        f'<html lang=en><head><title>{name} | The News of the Valley</title>{date}<script type="application/ld+json">'
        f'{{"@type": "NewsArticle", "headline": "{name}", "author": "Ann Lee"}}</script></head><body class=x-page>'
        f"<header class=top><ul><li><a href=/>Front page</a></ul></header><main><section class=hero><h1>{name}</h1>"
        f"</section><section class=story><p class=para>{text or words(name)}</p><p class=tools>{SHARE}</p></section>"
        f"</main></body></html>"
    )


def path(name: str, folder: str = "news") -> str:
    return f"/{folder}/{name.lower().replace(' ', '-')}"


@pytest.fixture
def site():
    with Site() as served:
        served.routes |= {path(name): Answer(before(name)) for name in NAMES}
        served.routes["/sitemap.xml"] = sitemap(*(served.base + path(name) for name in NAMES))
        yield served


@pytest.fixture
def db(tmp_path: Path):
    return tmp_path / "archive.db"


def visit(site: Site, db: Path, **more: object) -> None:
    """Crawl, and let what the sources said be a minute old: two visits may fall into one second, by which it is told."""
    site.crawl(db, **more)
    with open_archive(db) as archive, archive.transaction() as connection:
        connection.execute("UPDATE source_claims SET seen_at = strftime('%Y-%m-%dT%H:%M:%SZ', seen_at, '-1 minute')")


def posts(db: Path) -> dict[str, tuple[object, ...]]:
    with open_reader(db) as archive:
        rows = archive.query("SELECT id, title, published_edtf, revision, gone_at FROM posts")
        return {row["title"]: (row["id"], row["published_edtf"], row["revision"], row["gone_at"]) for row in rows}


def test_another_template_is_no_revision_and_takes_no_date(site, db):
    visit(site, db)
    first = posts(db)
    site.routes |= {path(name): Answer(after(name)) for name in NAMES}
    visit(site, db, full=True)
    assert posts(db) == first
    with open_reader(db) as archive:
        claim = archive.first("SELECT found_in FROM date_claims WHERE chosen AND field = 'published'")
        bodies = [row["text"] for row in archive.query("SELECT text FROM bodies")]
    assert claim["found_in"].startswith("earlier page: ")
    assert all("three hours" in text for text in bodies)
    partner = site.partner()
    with open_archive(db) as archive:
        reextract.reextract(archive, reextract.Plan(partners={partner.slug: partner}))
    assert posts(db) == first
    visit(site, db, full=True)
    assert posts(db) == first


def test_what_is_edited_while_the_template_changes_is_a_revision(site, db):
    visit(site, db)
    edited = words(NAMES[1]).replace("three hours", "five minutes").replace("until the spring", "for ever")
    site.routes |= {path(name): Answer(after(name)) for name in NAMES} | {
        path(NAMES[1]): Answer(after(NAMES[1], edited))
    }
    visit(site, db, full=True)
    assert {title: post[2] for title, post in posts(db).items()} == {NAMES[0]: 1, NAMES[1]: 2, NAMES[2]: 1}


@pytest.mark.parametrize("redirects", [True, False])
def test_another_address_and_template_make_no_other_post(site, db, redirects):
    visit(site, db)
    first = posts(db)
    date = "<meta property=article:published_time content=2026-03-04T11:30:00+02:00>"
    for name in NAMES:
        site.routes[path(name, "stories")] = Answer(after(name, date=date))
        site.routes[path(name)] = (
            Answer(status=301, headers={"Location": path(name, "stories")}) if redirects else site.missing
        )
    site.routes["/sitemap.xml"] = sitemap(*(site.base + path(name, "stories") for name in NAMES))
    for _ in range(3):
        visit(site, db, full=True)
        assert {title: post[:1] + post[2:] for title, post in posts(db).items()} == {
            title: post[:1] + post[2:] for title, post in first.items()
        }
    with open_reader(db) as archive:
        urls = sorted(row["url"] for row in archive.query("SELECT url FROM posts"))
    assert urls == sorted(site.base + path(name, "stories") for name in NAMES)


def test_a_home_that_changes_in_the_registry_file_keeps_its_posts(site, db):
    visit(site, db)
    first = posts(db)
    with Site() as moved:
        moved.routes |= {path(name): Answer(after(name)) for name in NAMES}
        moved.routes["/sitemap.xml"] = sitemap(*(moved.base + path(name) for name in NAMES))
        moved.crawl(db, full=True)
        with open_reader(db) as archive:
            urls = sorted(row["url"] for row in archive.query("SELECT url FROM posts"))
        assert urls == sorted(moved.base + path(name) for name in NAMES)
    assert posts(db) == first


def test_a_post_that_leads_to_another_takes_no_address_from_it(site, db):
    told = "Of the same title, but nothing else of it was ever said before in any other place of this valley. " * 4
    site.routes[path(NAMES[0], "stories")] = Answer(before(NAMES[0]).replace(words(NAMES[0]), told))
    listed = [path(name) for name in NAMES] + [path(NAMES[0], "stories")]
    site.routes["/sitemap.xml"] = sitemap(*(site.base + one for one in listed))
    visit(site, db)
    site.routes[path(NAMES[0])] = Answer(status=301, headers={"Location": path(NAMES[0], "stories")})
    visit(site, db, full=True)
    with open_reader(db) as archive:
        assert len(archive.query("SELECT id FROM posts WHERE gone_at IS NULL AND revision = 1")) == 4
    assert check(db).faults == ()


def test_new_posts_of_a_site_that_dates_them_no_more_are_posts_by_their_addresses(site, db):
    names = [f"Report number {number} of the valley" for number in range(12)]
    site.routes |= {path(name): Answer(before(name)) for name in names}
    site.routes["/sitemap.xml"] = sitemap(*(site.base + path(name) for name in names))
    visit(site, db)
    silent = after("Late report of the valley").replace('"@type": "NewsArticle", ', "")
    site.routes[path("Late report of the valley")] = Answer(silent)
    listed = [*names, "Late report of the valley"]
    site.routes["/sitemap.xml"] = sitemap(*(site.base + path(name) for name in listed))
    visit(site, db, full=True)
    assert sorted(posts(db)) == sorted(names), "others are dated still"
    site.routes |= {path(name): Answer(after(name).replace('"@type": "NewsArticle", ', "")) for name in names}
    for _ in range(2):
        visit(site, db, full=True)
    assert sorted(posts(db)) == sorted(listed)
    assert posts(db)["Late report of the valley"][1] is None


STORY = "The bridge is closed until May. Buses go round by the abbey."


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (STORY, f"{STORY}\nShare this story.", True),
        (f"By Ann Lee\n{STORY}", f"{STORY} Sign up for our letter.", True),
        (STORY, STORY.replace(" Buses", "\nBuses"), True),
        (STORY, STORY.replace("May", "June"), False),
        (STORY, "The bridge is closed until May.", True),
        (STORY, "Nothing of it is left. All of it is new.", False),
        (STORY, "", False),
        ("x. " * 5_000, "y. " * 5_000, False),
    ],
)
def test_what_a_template_adds_and_drops(old, new, same):
    assert is_same_story(old, new) is same


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("2025-10-23T03:30:00Z", "2025-10-23T05:30:00+02:00", True),
        ("2025-10-23T03:30:00Z", "2025-10-23", True),
        ("2025-10-23", "2025-10-23T05:30:00+02:00", True),
        ("2025-10", "2025-10-23", True),
        ("2025-10-23T03:30:00Z", None, True),
        (None, "2025-10-23", True),
        ("2025-10-23T03:30:00Z", "2025-10-23T05:30:00Z", False),
        ("2025-10-23", "2025-10-24", False),
        ("../2025-04-14", "2025-04-14/..", False),
    ],
)
def test_what_a_date_says_anew(old, new, same):
    assert is_same_time(old, new) is same


def test_a_title_with_the_name_of_its_site():
    assert is_part("Bridge closed", "Bridge closed | Valley News")
    assert not is_part("Bridge closed", "Bridge open")
