"""The terms that the crosswalk uses, and their place in the hierarchy."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A term of the IPTC Media Topics; `parent` is None at the top."""

    id: str
    label: str
    parent: str | None = None


@cache
def load() -> Mapping[str, Term]:
    """Return every term by its id, parents before their children."""
    found = (Term(id=id_, label=label, parent=parent or None) for id_, label, parent in read_table("terms.csv"))
    return MappingProxyType({term.id: term for term in found})


def read_table(name: str) -> Iterator[list[str]]:
    """Yield the rows of one of the vocabulary's tables, without the line of column names."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines())
    next(rows)
    yield from rows


@cache
def ancestors(id: str) -> tuple[Term, ...]:
    """Return the terms above a term, the nearest first; none for an id that is not in the vocabulary."""
    term = load().get(id)
    if term is None or term.parent is None:
        return ()
    return (load()[term.parent], *ancestors(term.parent))


@cache
def children(id: str) -> tuple[Term, ...]:
    """Return the terms directly below a term, as far as the crosswalk uses them."""
    return tuple(term for term in load().values() if term.parent == id)


def covers(upper: str, lower: str) -> bool:
    """Tell whether a term is another one or stands above it."""
    return upper == lower or any(term.id == upper for term in ancestors(lower))
