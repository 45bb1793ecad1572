"""Who wrote a post, name by name."""

from __future__ import annotations

import json

from .about import line

MOST_AUTHORS = 50


def named(stored: str | None, byline: object) -> list[str]:
    """Return the authors that were read off a page (JSON), else those that its byline names; empty when none does.

    A byline is cut only where people are named: "Marks & Spencer" and "Smith, John" are one author each.
    """
    if stored:
        return [line(name) for name in json.loads(stored)][:MOST_AUTHORS]
    return of_byline(line(byline))


def of_byline(byline: str) -> list[str]:
    """Return the authors that a byline names."""
    if not byline:
        return []
    from scraper.extract.authors import split

    return [name for name in split(byline, "") if name][:MOST_AUTHORS]
