"""What a page is asked and what it answers: plain values, so that pages know neither Datasette nor HTTP."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .scan import View


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """A request for a page. `values` come from the path, `base` is the site's address, no slash at its end."""

    connection: sqlite3.Connection
    view: View
    path: str
    values: Mapping[str, str]
    parameters: Mapping[str, Sequence[str]]
    base: str
    today: date

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """Return the rows of a query as dictionaries."""
        cursor = self.connection.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def row(self, sql: str, *values: Any) -> dict[str, Any] | None:
        """Return the first row of a query."""
        found = self.rows(sql, *values)
        return found[0] if found else None

    def value(self, sql: str, *values: Any) -> Any:
        """Return the first cell of a query; None when there is no row."""
        row = self.connection.execute(sql, values).fetchone()
        return row[0] if row else None

    def one(self, name: str) -> str:
        """Return the first value of a parameter, '' without one."""
        return (self.parameters.get(name) or [""])[0]

    def unknown(self, *known: str) -> list[str]:
        """Name the parameters that the page does not know, shortened for showing."""
        return [name[:60] for name in self.parameters if name not in known][:20]


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """An HTML page from a template."""

    template: str
    context: Mapping[str, Any]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file sent piece by piece; pieces are drawn on a connection of their own."""

    pieces: Iterable[str]
    content_type: str
    filename: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """Another address is the right one."""

    location: str
    status: int = 301


Answer = Page | File | Moved
