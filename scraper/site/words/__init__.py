"""Every word of the interface, a module per page, so that it can be read over and translated."""

from __future__ import annotations

from typing import Any

from . import about, browsing, charts, dates, events, frame, home, post, searching, stock
from .dates import DAYS, DIVISIONS, MONTHS
from .names import LABELS, LANGUAGES, NAMES

__all__ = ["DAYS", "DIVISIONS", "LABELS", "LANGUAGES", "MONTHS", "WORDS", "language", "named", "number", "place", "say"]

PAGES = (frame, searching, charts, home, post, events, browsing, about, stock, dates)
WORDS: dict[str, str] = {key: text for page in PAGES for key, text in page.WORDS.items()}


def number(value: Any) -> str:
    """Return a number with commas between thousands."""
    return f"{value:,}" if isinstance(value, int) else str(value)


def say(key: str, **values: Any) -> str:
    """Return the words of a key with values put in; `n` chooses the singular where there is one."""
    text = WORDS.get(f"{key}_one") if values.get("n") == 1 else None
    return (text or WORDS[key]).format(**{name: number(value) for name, value in values.items()})


def named(table: str, code: str | None) -> str:
    """Return what people call a code of the database; the code itself where it has no other name."""
    return NAMES[table].get(code or "", code or "")


def place(found_in: str) -> tuple[str, str]:
    """Return where something was found in words, and the rest of the code: the element, the key, the selector."""
    head, _, rest = found_in.partition(":")
    return named("place", head), rest


def language(tag: str | None) -> str:
    """Return the name of a language; its tag where it has none here."""
    return LANGUAGES.get(tag or "", tag or "")
