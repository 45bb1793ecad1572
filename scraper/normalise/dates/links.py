"""Words that join or bound dates: until, no later than, closes; and those that only look like them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scraper.normalise.dates import feasts
from scraper.normalise.dates.days import FIRST_NAMES
from scraper.normalise.dates.printed_years import is_year
from scraper.normalise.dates.shapes import Link, Match
from scraper.normalise.dates.tokens import DASHES, Token, Tokens
from scraper.normalise.dates.words import words

_PHRASES: Final[Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]] = {
    "up": ((("to",), "until"),),
    "no": ((("later", "than"), "by"), (("earlier", "than"), "from"), (("sooner", "than"), "from")),
    "not": ((("later", "than"), "by"), (("earlier", "than"), "from"), (("before",), "from"), (("until",), "from")),
    "on": ((("or", "before"), "by"), (("or", "after"), "from"), (("and", "after"), "from")),
    "prior": ((("to",), "before"),),
    "from": ((("now", "until"), "until"),),
    "between": ((("now", "and"), "until"),),
    "now": ((("until",), "until"), (("to",), "until"), *(((dash,), "until") for dash in sorted(DASHES))),
    "to": ((("date",), "onwards"), (("present",), "onwards"), (("the", "present"), "onwards")),
    **dict.fromkeys(DASHES, ((("present",), "onwards"), (("now",), "onwards"), (("ongoing",), "onwards"))),
    "through": ((("to",), "until"),),
    "apart": ((("from",), "except"),),
    "as": ((("of",), "from"), (("from",), "from")),
    "with": ((("effect", "from"), "from"),),
    "jusqu": ((("'", "au"), "until"), (("’", "au"), "until")),
    "à": ((("partir", "du"), "from"),),
    "a": ((("partir", "del"), "from"),),
    "până": ((("la",), "until"),),
    "pana": ((("la",), "until"),),
    "until": ((("further", "notice"), "onwards"),),
    "till": ((("further", "notice"), "onwards"),),
    "d": ((("'", "ici"), "by"), (("’", "ici"), "by")),
    "finish": ((("time",), "closing"),),
    "close": ((("date",), "closing"), ((":",), "until")),
    "end": ((("date",), "closing"), (("time",), "closing"), ((":",), "closing")),
    "mis": ((("à", "jour"), "again"),),
}
"""Links of several words, by the first of them."""
_AFTER_HYPHEN: Final = frozenset(("month", "weekday", "short", "season", "seasonal", "part", "noon", "shift"))
_NEARLY: Final = words("just shortly soon immediately moments")
"""What makes "before" and "after" of a time no bound: "just before 3pm"."""
_SMALL: Final = words("on at the el le den dem")
_WRITERS: Final = words("admin administrator editor webmaster newsdesk staff comms")


def phrase(tokens: Tokens, i: int, word: str) -> Match | None:
    """Read a link of several words that begins with this one."""
    for rest, kind in _PHRASES.get(word, ()):
        if all(tokens[i + n].text.lower() == part for n, part in enumerate(rest, start=1)):
            return Match((Link(kind=kind),), i + 1 + len(rest))
    return None


def link(tokens: Tokens, i: int) -> Match | None:
    """Read a word or mark that joins or bounds dates."""
    kind = tokens[i].meanings.get("link")
    if tokens[i].text == "/" and i and (_is_named(tokens, i + 1) or _is_day(tokens, i + 1)):
        before = _is_named(tokens, i - 1) or is_year(tokens[i - 1]) or (i > 1 and "month" in tokens[i - 2].meanings)
        kind = "list" if before else kind
    if kind is None or (kind in ("by", "from") and _is_writer(tokens, i + 1)):
        return None
    if kind in ("before", "after") and i and tokens[i - 1].text.lower() in _NEARLY:
        return None
    if tokens[i].text.lower() == "do" and not _is_dated(tokens[i + 1]):
        return None
    if kind in ("range", "until") and _is_in_word(tokens, i):
        return None
    if kind == "range" and not tokens[i].text.isalpha():
        kind = "dash"
    return Match((Link(kind=str(kind)),), i + 1)


def _is_writer(tokens: Tokens, i: int) -> bool:
    """Tell the name after "by" or "from" from a term: "by Admin | Sep 14", "by jsmith on 4 May", not "by Friday"."""
    i += tokens[i].text == "the" and tokens[i + 1].text.istitle()
    if tokens[i].text.lower() in _SMALL:
        return False
    token, word = tokens[i], tokens[i].text.lower()
    if "native" not in token.meanings and all(map(_is_name, tokens[i : i + 2])):
        return True
    if token.text in FIRST_NAMES and tokens[i + 1].text.istitle() and not tokens[i + 1].meanings:
        return True
    if token.meanings or len(word) == 1 or not token.text.isalpha() or word in feasts.FIRST_WORDS:
        return False
    return token.text[0].isupper() or word in _WRITERS or (tokens[i + 1].text == "on" and not word.endswith("time"))


def _is_dated(token: Token) -> bool:
    """Tell what follows the Polish "do" (until) and not the English verb."""
    return token.number >= 0 or bool(token.meanings)


def _is_name(token: Token) -> bool:
    """Tell a word that may be a person's name: "Sam" is a short Saturday elsewhere."""
    return (
        token.text.istitle()
        and len(token.text) > 1
        and not {"shift", "noon", "part", "side", "season"} & set(token.meanings)
    )


def _is_in_word(tokens: Tokens, i: int) -> bool:
    """Tell the hyphen of "D-Day" from that of "Mon-Fri", and "Do, 6. Juni" (a Thursday) from the Polish "do"."""
    mark, after = tokens[i], tokens[i + 1]
    if mark.text == "Do":
        return after.text in (",", ".")
    inside = mark.text in ("-", "‐", "‑") and mark.glued and after.glued and after.text.isalpha()
    return inside and after.text not in ("Q", "H") and _AFTER_HYPHEN.isdisjoint(after.meanings)


def _is_day(tokens: Tokens, i: int) -> bool:
    """Tell the day after the mark of "31 May/1 June"."""
    after = i + 1 + ("suffix" in tokens[i + 1].meanings and tokens[i + 1].glued)
    return 1 <= tokens[i].number <= 31 and "month" in tokens[after].meanings


def _is_named(tokens: Tokens, i: int) -> bool:
    """Tell a word that names a time; of "Q2/Q3" it is the figure before the mark and the letter after it."""
    token, letter = tokens[i], tokens[i - 1] if i and tokens[i].glued else tokens[i]
    return "Q" in (token.text, letter.text) or not {"month", "season", "weekday", "part"}.isdisjoint(token.meanings)
