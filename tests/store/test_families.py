"""Copies are found, lookalikes are not, and what the families are follows from the posts alone."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import permutations
from pathlib import Path

import pytest

from scraper import ingest
from scraper.check import RULES
from scraper.models import Capture, DateClaim, Partner, RawPost, Rights
from scraper.normalise import fingerprints, text
from scraper.rights import levels
from scraper.store import families, partners, withhold
from scraper.store.archive import Archive, open_archive
from scraper.store.deletion import leave_families
from scraper.store.families import STOCK_AMONG

AT = datetime(2026, 3, 4, 9, 30, tzinfo=timezone.utc)
WORDS = (
    "council members agreed repairs towpath bridge families visitors winter budget station library market orchard"
    " weather volunteers harbour lanterns engineers railway footpath meadow workshop foundry canal museum"
).split()
PARTNERS = {
    slug: Partner(slug=slug, title=slug, home=f"http://{slug}/", region="x", timezone="UTC", language="en")
    for slug in ("council", "paper", "college", "chamber", "herald")
}


def prose(seed: int, words: int = 160) -> str:
    """Return a text of its own, in sentences of ten words, two a paragraph."""
    pick = random.Random(seed)
    drawn = [pick.choice(WORDS) + pick.choice(("", "", "s", "ed")) for _ in range(words)]
    sentences = [" ".join(drawn[at : at + 10]).capitalize() + "." for at in range(0, words, 10)]
    return "\n".join(" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db") as opened:
        opened.connection.execute("PRAGMA synchronous=OFF")
        with opened.transaction() as connection:
            for partner in PARTNERS.values():
                partners.save_partner(connection, partner)
        yield opened


def published(on: date) -> DateClaim:
    """Return the claim of a page that gives its day."""
    return DateClaim(
        field="published",
        quote=str(on),
        found_in="json_ld",
        edtf=str(on),
        precision="day",
        zone_basis="none",
        on=on,
        chosen=True,
    )


def store(
    archive: Archive, slug: str, name: str, words: str, on: date | None = None, *, seen: int = 0, public: str = "full"
) -> int:
    """Store a post as a crawl does; return its id."""
    url = f"http://{slug}/{name}"
    dates = (published(on),) if on else ()
    raw = RawPost(url=url, kind="news", title=name.replace("-", " "), text=words, dates=dates)
    capture = Capture(url=url, fetched_at=AT + timedelta(days=seen), status=200, headers={}, body=b"")
    partner = replace(PARTNERS[slug], rights=Rights(public=public))
    with archive.transaction() as connection:
        outcome = ingest.ingest_page(archive, connection, partner, capture, reading=raw)
    assert outcome.post is not None
    return outcome.post


def found(archive: Archive) -> set[tuple[str, ...]]:
    """Return the families as addresses, the origin first, after checking that the tables agree."""
    for words, rule in RULES.items():
        assert ("famil" not in words and "fingerprint" not in words) or not archive.query(rule), words
    rows = archive.query(
        "SELECT f.id, f.origin, f.size, p.url FROM families f JOIN posts p ON p.family = f.id ORDER BY p.id = f.origin"
    )
    groups: dict[int, list[str]] = {}
    for row in rows:
        assert row["id"] == row["origin"]
        groups.setdefault(row["id"], []).insert(0, row["url"].removeprefix("http://"))
    return {(group[0], *sorted(group[1:])) for group in groups.values()}


RELEASE = prose(1)
FOOT = "Notes to editors\n" + prose(90, 60)
COPIES = {
    "verbatim": RELEASE,
    "with a foot": f"{RELEASE}\n{FOOT}",
    "cut to the first half": "\n".join(RELEASE.split("\n")[:4]),
    "with a lead and an end": f"{prose(2, 30)}\n{RELEASE}\n{prose(3, 30)}",
    "paragraphs in another order": "\n".join(reversed(RELEASE.split("\n"))),
    "set anew": RELEASE.replace("s ", "s\u00a0").replace(".", " …").upper(),
}


@pytest.mark.parametrize("how", COPIES)
def test_a_copy_is_one_family(archive: Archive, how: str):
    store(archive, "council", "release", RELEASE, date(2026, 3, 3))
    store(archive, "paper", "story", COPIES[how], date(2026, 3, 4))
    families.gather(archive)
    assert found(archive) == {("council/release", "paper/story")}


STRANGERS = {
    "another text": prose(4),
    "too short to tell": " ".join(RELEASE.split()[:20]),
    "a round-up of many": "\n".join([" ".join(RELEASE.split()[:30]), *(prose(seed, 60) for seed in range(5, 9))]),
    "one quoted sentence": f"{prose(10, 60)}\n{RELEASE.split('.')[3]}\n{prose(11, 60)}",
    "a list of links": "Home\nNews\nEvents\nContact us\nAccessibility\nCookies\nJobs\nSitemap\n" * 8,
    "nothing": "",
}


@pytest.mark.parametrize("what", STRANGERS)
def test_a_lookalike_is_none(archive: Archive, what: str):
    store(archive, "council", "release", RELEASE)
    store(archive, "paper", "story", STRANGERS[what])
    families.gather(archive)
    assert found(archive) == set()


def test_a_foot_makes_no_family(archive: Archive):
    for number in range(STOCK_AMONG + 2):
        store(archive, "council", f"short-{number}", f"{prose(20 + number, 40)}\n{FOOT}")
    store(archive, "paper", "with-their-foot", f"{prose(40, 40)}\n{FOOT}")
    families.gather(archive)
    assert found(archive) == set()


def test_notices_of_one_form_are_no_copies_of_each_other(archive: Archive):
    for number, place in enumerate(("Ashby", "Selby", "Marlow")):
        notice = (
            RELEASE.replace("Council", place).replace("bridge", f"{place} bridge").replace("market", f"hall {place}")
        )
        store(archive, "council", f"notice-{number}", notice)
    families.gather(archive)
    assert found(archive) == set()


def test_print_twins_are_one_post_or_one_family(archive: Archive):
    assert store(archive, "council", "a-post", RELEASE) == store(archive, "council", "a-post", RELEASE)
    store(archive, "council", "a-post-for-printing", RELEASE)  # under another title, so a post of its own
    families.gather(archive)
    assert found(archive) == {("council/a-post", "council/a-post-for-printing")} or found(archive) == {
        ("council/a-post-for-printing", "council/a-post")
    }


# published, first seen after so many days → which of both is the origin
ORIGINS = [
    ((date(2026, 3, 3), 9), (date(2026, 3, 4), 0), 0),
    ((None, 0), (date(2026, 3, 3), 5), 1),
    ((None, 0), (date(2026, 3, 8), 5), 0),  # seen before the other was published
    ((None, 2), (None, 1), 1),
]


@pytest.mark.parametrize(("one", "other", "first"), ORIGINS)
def test_the_origin_is_what_was_certainly_published_first(archive: Archive, one, other, first):
    store(archive, "council", "one", RELEASE, one[0], seen=one[1])
    store(archive, "paper", "other", RELEASE, other[0], seen=other[1])
    families.gather(archive)
    names = ["council/one", "paper/other"]
    assert found(archive) == {(names[first], names[1 - first])}


def test_a_date_that_changes_names_another_origin(archive: Archive):
    store(archive, "council", "one", RELEASE, date(2026, 3, 3))
    store(archive, "paper", "other", RELEASE, date(2026, 3, 2))
    families.gather(archive)
    assert found(archive) == {("paper/other", "council/one")}
    store(archive, "paper", "other", RELEASE, date(2026, 3, 4), seen=1)
    assert found(archive) == {("council/one", "paper/other")}


def test_a_revision_leaves_one_family_and_joins_another(archive: Archive):
    store(archive, "council", "release", RELEASE)
    store(archive, "college", "news", prose(7))
    store(archive, "paper", "story", RELEASE)
    families.gather(archive)
    assert found(archive) == {("council/release", "paper/story")} or found(archive) == {
        ("paper/story", "council/release")
    }
    store(archive, "paper", "story", prose(7), seen=1)
    assert found(archive) == set()
    families.gather(archive)
    assert {tuple(sorted(group)) for group in found(archive)} == {("college/news", "paper/story")}


def world() -> list[tuple[str, str, str, date]]:
    """Return posts with families, feet, notices and a text that many carry, in no order."""
    posts = []
    for number in range(6):
        release = f"{prose(100 + number)}\n{FOOT}"
        posts.append(("council", f"release-{number}", release, date(2026, 3, 3)))
        posts.append(("paper", f"story-{number}", "\n".join(release.split("\n")[: 3 + number]), date(2026, 3, 4)))
        posts.append(("college", f"news-{number}", f"{prose(200 + number, 60)}\n{FOOT}", date(2026, 3, 5)))
    for number in range(STOCK_AMONG):
        posts.append(("chamber", f"notice-{number}", prose(1), date(2026, 3, 1 + number)))
    return [*posts, ("herald", "notice", prose(1), date(2026, 3, 2)), ("herald", "foot", FOOT, date(2026, 3, 2))]


def fill(archive: Archive, posts: Sequence[tuple[str, str, str, date]], *, every: int = 1000) -> dict[str, int]:
    """Store posts in their order and gather after `every` so many; return their ids."""
    ids = {}
    for number, (slug, name, words, on) in enumerate(posts, start=1):
        ids[f"{slug}/{name}"] = store(archive, slug, name, words, on)
        if number % every == 0:
            families.gather(archive)
    families.gather(archive)
    return ids


def state(archive: Archive) -> list[list[tuple[object, ...]]]:
    """Return all that is kept of families."""
    queries = ("SELECT id, family FROM posts ORDER BY id", "SELECT * FROM families ORDER BY id")
    index = ("SELECT * FROM fingerprints ORDER BY post", "SELECT * FROM shingles ORDER BY hash, post")
    return [[tuple(row) for row in archive.query(query)] for query in (*queries, *index)]


@pytest.mark.parametrize(("seed", "holders"), [(0, 100), (1, 100), (2, 100), (3, 100), (0, 3), (1, 3)])
def test_any_order_gives_the_same_families(tmp_path: Path, archive: Archive, monkeypatch, seed: int, holders: int):
    monkeypatch.setattr(families, "MOST_HOLDERS", holders)
    posts = world()
    fill(archive, posts)
    assert len(found(archive)) == 6
    random.Random(seed).shuffle(posts)
    with open_archive(tmp_path / "other.db") as other:
        with other.transaction() as connection:
            for partner in PARTNERS.values():
                partners.save_partner(connection, partner)
        fill(other, posts, every=1 + seed * 3)
        assert state(other) == state(archive)


@pytest.mark.parametrize("seed", range(4))
def test_what_was_removed_might_never_have_been(tmp_path: Path, archive: Archive, seed: int):
    posts = world()
    random.Random(seed).shuffle(posts)
    ids = fill(archive, posts, every=5)
    gone, kept = posts[:8], posts[8:]
    with archive.transaction() as connection:
        for slug, name, *_ in gone:
            withhold.remove(connection, ids[f"{slug}/{name}"])
    with open_archive(tmp_path / "other.db") as other:
        with other.transaction() as connection:
            for partner in PARTNERS.values():
                partners.save_partner(connection, partner)
        fill(other, kept)
        assert state(archive) == state(other)


def test_a_partner_that_leaves_takes_its_stock_phrases_along(archive: Archive):
    for number in range(STOCK_AMONG):
        store(archive, "chamber", f"notice-{number}", RELEASE)
    store(archive, "council", "release", RELEASE, date(2026, 3, 1))
    store(archive, "paper", "story", RELEASE, date(2026, 3, 2))
    families.gather(archive)
    assert found(archive) == set()  # what one partner says that often is a stock phrase
    with archive.transaction() as connection:
        leave_families(connection, "chamber")
    assert found(archive) == {("council/release", "paper/story")}


def test_a_text_that_may_not_be_shown_is_compared_with_none(archive: Archive):
    store(archive, "council", "release", RELEASE, date(2026, 3, 1))
    store(archive, "paper", "story", RELEASE, date(2026, 3, 2), public="none")
    families.gather(archive)
    assert found(archive) == set()
    assert len(archive.query("SELECT 1 FROM fingerprints")) == 1


def test_an_extract_is_in_the_family_until_the_partner_allows_nothing(archive: Archive):
    with archive.transaction() as connection:
        partners.save_partner(connection, replace(PARTNERS["paper"], rights=Rights(public="extract")))
    store(archive, "council", "release", RELEASE, date(2026, 3, 1))
    store(archive, "paper", "story", RELEASE, date(2026, 3, 2), public="extract")
    families.gather(archive)
    assert found(archive) == {("council/release", "paper/story")}
    levels.apply(archive, replace(PARTNERS["paper"], rights=Rights(public="none")))
    assert found(archive) == set()
    assert len(archive.query("SELECT 1 FROM fingerprints")) == 1


def test_an_old_archive_is_filled(archive: Archive):
    store(archive, "council", "release", RELEASE, date(2026, 3, 1))
    store(archive, "paper", "story", RELEASE, date(2026, 3, 2))
    with archive.transaction() as connection:
        connection.execute("DELETE FROM fingerprints")
        families.fill(connection)
    assert found(archive) == {("council/release", "paper/story")}


def test_a_comparison_is_the_same_both_ways():
    prints = [fingerprints.of_text(text.fold(words)) for words in (*COPIES.values(), *STRANGERS.values())]
    for one, other in permutations(prints, 2):
        for siblings in (True, False):
            there = fingerprints.are_same_text(one, other, {one[0]} if one else (), siblings=siblings)
            assert there == fingerprints.are_same_text(other, one, {one[0]} if one else (), siblings=siblings)


HOSTILE = [
    "",
    " " * 100_000,
    "a" * 1_000_000,
    "wordless " * 100_000,
    "\ud800 lone " * 50,
    "💥日本語" * 30_000,
    "\x00\x1f" * 900,
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_fingerprints_are_bounded_whatever_comes(words: str):
    assert len(fingerprints.of_text(text.fold(words))) <= fingerprints.MOST


def test_fingerprints_are_the_same_on_every_machine():
    words = (
        "The bridge over the canal stays closed until engineers have looked at the “eastern pillar” — again, in 2026. "
        "Visitors may cross by the footpath along the orchard; families with prams take the longer way past the railway station."
    )
    assert fingerprints.of_text(text.fold(words))[:4] == (764831592, 972784411, 973293023, 1301140866)
