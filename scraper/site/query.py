"""What a reader types into the search box, as an expression of SQLite's FTS5.

Words are joined by AND. "a phrase" in straight or typographic quotes, `begin*`, `-word`, `a OR b`, `a NEAR/5 b`,
`title:word` and `byline:word` mean what they look like; every other character is text. Nothing typed can be an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_CHARACTERS = 300
MOST_WORDS = 16
NEAR_WORDS = 10
COLUMNS = {"title": "title", "byline": "byline", "author": "byline", "summary": "summary", "text": "text"}
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»〝〞＂", '"'))
TOKEN = re.compile(
    r"""(?P<minus>-)?(?P<column>[a-z]{4,7}:)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))""", re.IGNORECASE
)
NEAR = re.compile(r"NEAR(?:/(\d{1,3}))?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A search as typed and as FTS5 reads it; `match` is None when there is no word to look for.

    `ignored` are the parts that cannot be looked for, in the reader's own words.
    """

    typed: str
    match: str | None
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase as FTS5 spells it."""

    text: str
    minus: bool = False


def read(typed: str) -> Words:
    """Read what was typed; only the first 300 characters and 16 words are looked for."""
    typed = clean(typed)[:MOST_CHARACTERS].rstrip()
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    ignored: list[str] = []
    joiner = ""
    for token in list(TOKEN.finditer(typed.translate(QUOTES)))[: 2 * MOST_WORDS]:
        if token["word"] and wanted and (token["word"] == "OR" or NEAR.fullmatch(token["word"])):
            joiner = token["word"]
            continue
        term = spell(token)
        if term is None or len(wanted) + len(unwanted) >= MOST_WORDS:
            ignored.append(token[0])
        elif term.minus:
            unwanted.append(term.text)
        else:
            join(wanted, term.text, joiner)
            joiner = ""
    if not wanted:
        ignored.extend(f"-{text}" for text in unwanted)
    return Words(typed=typed, match=express(wanted, unwanted), ignored=tuple(ignored))


def clean(typed: str) -> str:
    """Return what was typed with control characters and runs of blanks as one blank."""
    return " ".join("".join(c if c.isprintable() else " " for c in typed[: 4 * MOST_CHARACTERS]).split())


def spell(token: re.Match[str]) -> Term | None:
    """Return a token as FTS5 spells it; None for one without a letter or digit."""
    column, word = (token["column"] or "")[:-1].lower(), token["word"]
    if column and column not in COLUMNS:
        word = f"{token['column']}{word or token['phrase']}"
        column = ""
    text = token["phrase"] if word is None else word
    if not any(c.isalnum() for c in text):
        return None
    prefix = "*" if word is not None and text.endswith("*") else ""
    quoted = '"' + text.rstrip("*").replace('"', '""') + '"' + prefix
    return Term(f"{COLUMNS[column]} : {quoted}" if column else quoted, minus=bool(token["minus"]))


def join(wanted: list[list[str]], text: str, joiner: str) -> None:
    """Add a term to the search, beside or in place of the one before it."""
    near = NEAR.fullmatch(joiner)
    if not joiner:
        wanted.append([text])
    elif near and " : " not in text + wanted[-1][-1] and not wanted[-1][-1].startswith("NEAR"):
        distance = min(int(near[1] or NEAR_WORDS), 100)
        wanted[-1][-1] = f"NEAR({wanted[-1][-1]} {text}, {distance})"
    elif near:
        wanted.append([text])
    else:
        wanted[-1].append(text)


def express(wanted: list[list[str]], unwanted: list[str]) -> str | None:
    """Return the whole expression: all of `wanted`, each one of its alternatives, none of `unwanted`."""
    if not wanted:
        return None
    match = " AND ".join("(" + " OR ".join(alternatives) + ")" for alternatives in wanted)
    return f"({match}) NOT ({' OR '.join(unwanted)})" if unwanted else match
