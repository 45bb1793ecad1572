"""The feed of WordPress that lists what was changed last: its order against that of the visit before."""

import json

import pytest

from scraper.discover import feed_changes, read_source
from scraper.models import Source

from .readers import HOME, PARTNER, captured

FEED = f"{HOME}feed/?orderby=modified"
BEFORE = ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (["a", "b", "c", "d", "e"], []),
        (["c", "a", "b", "d", "e"], ["c"]),
        (["new", "a", "b", "c", "d"], ["new"]),
        (["d", "new", "b", "a", "c"], ["d", "new", "b"]),
        (["a", "c", "d", "e", "f"], ["b"]),
        (["e", "a", "b", "c", "d"], ["e"]),
        (["b", "c", "d", "e", "f"], ["a"]),
        (["v", "w", "x", "y", "z"], ["v", "w", "x", "y", "z"]),
        ([], []),
    ],
)
def test_what_has_moved_to_the_head_or_dropped_out(now: list[str], expected: list[str]):
    assert feed_changes.moved(BEFORE, now) == expected


def test_nothing_has_changed_at_a_first_visit():
    assert feed_changes.moved([], BEFORE) == []


def read(slugs: list[str], memory: dict[str, str]):
    items = "".join(f"<item><title>A {slug}</title><link>{HOME}{slug}/</link></item>" for slug in slugs)
    body = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()
    return read_source(captured(body, FEED), Source(kind="feed", url=FEED, found_by=""), PARTNER, memory)


def test_a_feed_by_its_order_alone():
    first = read(["a", "b", "c"], {})
    again = read(["c", "a", "b"], dict(first.memory))
    assert [candidate.changed for candidate in first.candidates] == [False, False, False]
    assert [candidate.url for candidate in again.candidates if candidate.changed] == [f"{HOME}c/"]
    assert all(candidate.claims and not candidate.claims.title for candidate in again.candidates)
    assert json.loads(again.memory["order"]) == [f"{HOME}{slug}/" for slug in "cab"]


@pytest.mark.parametrize("order", ["{", "3", '{"a": 1}', "[1, null]"])
def test_a_memory_that_is_none(order: str):
    assert feed_changes.remembered({"order": order}) == []
