"""Records as JSON, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from .about import About
from .records import Record


def write(records: Iterable[Record], about: About) -> Iterator[str]:
    """Yield one line per record, the search, its count and the data's date in each under `search`."""
    search = describe(about)
    for record in records:
        yield json.dumps({**record, "search": search}, ensure_ascii=False) + "\n"


def describe(about: About) -> dict[str, object]:
    """Return what an export says about itself."""
    return {
        "query": about.query,
        "count": about.count,
        "exact": about.exact,
        "data_as_of": about.as_of,
        "url": about.url,
    }
