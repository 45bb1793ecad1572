"""The reviewed rows of the crosswalk, and the indexes in which a label is looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from scraper.vocabulary import terms
from scraper.vocabulary.labels import fold, loosen

HOME = "en"  # the language whose rows are aliases; rows of the others are translations


class Row(NamedTuple):
    """One reviewed label; an empty `term` says that it is not a topic."""

    label: str
    language: str
    term: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """The crosswalk by folded label, and the terms by their own folded label."""

    names: Mapping[str, str]
    rows: Mapping[str, tuple[Row, ...]]


@cache
def read() -> Table:
    """Return the crosswalk, read once per process."""
    found: dict[str, tuple[Row, ...]] = {}
    for row in map(Row._make, terms.read_table("crosswalk.csv")):
        folded = fold(row.label)
        found[folded] = (*found.get(folded, ()), row)
    return Table(names={fold(term.label): term.id for term in terms.load().values()}, rows=found)


@cache
def loose() -> Mapping[str, Row | None]:
    """Return the rows and the terms' labels by their loose keys; a key that leads to two terms leads to None.

    Another language's row is found only by a key that no English one has: English is what most labels are in.
    Made when a label is first not found as it stands: most partners' labels are.
    """
    table, home, others = read(), dict[str, Row | None](), dict[str, Row | None]()
    for folded, id_ in table.names.items():
        _file(home, loosen(folded), Row(folded, HOME, id_, "the term's own label"))
    for folded, found in table.rows.items():
        for row in found:
            _file(home if row.language == HOME else others, loosen(folded), row)
    return others | home


def _file(index: dict[str, Row | None], key: str, row: Row) -> None:
    filed = index.setdefault(key, row)
    if filed is not None and filed.term != row.term:
        index[key] = None
