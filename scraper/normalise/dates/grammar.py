"""The rules of dates in their order of trust, and the scan that applies them to a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from scraper.normalise.dates import coarse, days, feasts, figures, parts
from scraper.normalise.dates.clocks import clock
from scraper.normalise.dates.days import is_year
from scraper.normalise.dates.lexicon import collides
from scraper.normalise.dates.relative import relative
from scraper.normalise.dates.shapes import Link, Match, Month, Placed, Season, Weekday
from scraper.normalise.dates.tokens import Token, Tokens, size
from scraper.normalise.dates.words import words

Rule: TypeAlias = Callable[[Tokens, int], "Match | None"]

NUMBER_ORDER: Final[tuple[Rule, ...]] = (
    figures.compact,
    figures.iso_interval,
    figures.figures,
    figures.figures_range,
    days.year_first,
    coarse.financial_year,
    coarse.year_quarter,
    coarse.short_span,
    coarse.iso_month,
    coarse.month_in_figures,
    clock,
    parts.measured,
    days.days_of_month,
    coarse.quarter_in_figures,
    parts.nth,
    coarse.decade,
    relative,
    coarse.year,
)
WORD_ORDER: Final[tuple[Rule, ...]] = (
    feasts.feast,
    parts.part,
    parts.nth,
    parts.around,
    parts.measured,
    figures.figures,
    days.days_of_month,
    coarse.month_and_year,
    days.month_first,
    coarse.quarter,
    coarse.financial_year,
    coarse.season,
    relative,
    clock,
    days.weekday_alone,
)
_STARTING_WORDS: Final = (
    words(
        "w wc wb fy financial fiscal tax academic school il q h in couple no not up as with now just that "
        "within jusqu à on these those mis"
    )
    | feasts.FIRST_WORDS
)
"""Words that begin a rule though they mean nothing by themselves."""
_JOINING: Final = frozenset(("link", "of", "article", "clock"))
_PHRASES: Final[Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]] = {
    "up": ((("to",), "until"),),
    "no": ((("later", "than"), "by"), (("earlier", "than"), "from")),
    "not": ((("later", "than"), "by"), (("earlier", "than"), "from"), (("before",), "from")),
    "on": ((("or", "before"), "by"),),
    "from": ((("now", "until"), "until"),),
    "between": ((("now", "and"), "until"),),
    "now": ((("until",), "until"), (("to",), "until")),
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
    "close": ((("date",), "closing"), ((":",), "closing")),
    "end": ((("date",), "closing"), (("time",), "closing"), ((":",), "closing")),
    "mis": ((("à", "jour"), "again"),),
}
"""Links of several words, by the first of them."""
_AFTER_HYPHEN: Final = frozenset(("month", "weekday", "short", "season", "seasonal", "part", "noon", "shift"))
_WRITERS: Final = words("admin administrator editor webmaster newsdesk staff comms")
_NAMED_DAYS: Final = words(
    "bank holiday black good ash palm cyber shrove maundy sheffield easter ruby giving manic super pancake"
)


def scan(tokens: Tokens) -> list[Placed]:
    """All that the rules read in the tokens, in order, each token at most once."""
    placed: list[Placed] = []
    i, count = 0, size(tokens)
    while i < count:
        match = _match(tokens, i)
        if match is None:
            i += 1
            continue
        placed.extend(Placed(item, i, match.next) for item in match.items)
        i = max(match.next, i + 1)
    return placed


def _match(tokens: Tokens, i: int) -> Match | None:
    token = tokens[i]
    if token.number >= 0:
        return _first(NUMBER_ORDER, tokens, i)
    word = token.text.lower()
    if not token.meanings and word not in _STARTING_WORDS and word != "/":
        return None
    phrase = _phrase(tokens, i, word)
    if phrase is not None:
        return phrase
    found = _first(_order_for(token), tokens, i)
    if found is not None and not _is_everyday(tokens, i, found):
        return found
    return _link(tokens, i)


def _order_for(token: Token) -> tuple[Rule, ...]:
    """No rule for mere joining words and marks, which are most of a text; an article can only begin a count."""
    if not token.meanings or not _JOINING.issuperset(token.meanings):
        return WORD_ORDER
    return (relative,) if "article" in token.meanings else ()


def _first(order: tuple[Rule, ...], tokens: Tokens, i: int) -> Match | None:
    for rule in order:
        found = rule(tokens, i)
        if found is not None:
            return found
    return None


def _phrase(tokens: Tokens, i: int, word: str) -> Match | None:
    for rest, kind in _PHRASES.get(word, ()):
        if all(tokens[i + n].text.lower() == part for n, part in enumerate(rest, start=1)):
            return Match((Link(kind=kind),), i + 1 + len(rest))
    return None


def _link(tokens: Tokens, i: int) -> Match | None:
    kind = tokens[i].meanings.get("link")
    if (
        tokens[i].text == "/"
        and i
        and _is_named(tokens, i + 1)
        and (_is_named(tokens, i - 1) or is_year(tokens[i - 1]))
    ):
        kind = "list"
    if kind is None or (kind in ("by", "from") and _is_writer(tokens, i + 1)):
        return None
    if kind in ("range", "until") and _is_in_word(tokens, i):
        return None
    if kind == "range" and not tokens[i].text.isalpha():
        kind = "dash"
    return Match((Link(kind=str(kind)),), i + 1)


def _is_writer(tokens: Tokens, i: int) -> bool:
    """Tell the name after "by" or "from" from a term: "by Admin | Sep 14", "by jsmith on 4 May", not "by Friday"."""
    i += tokens[i].text == "the" and tokens[i + 1].text.istitle()
    token, word = tokens[i], tokens[i].text.lower()
    if token.meanings or len(word) == 1 or not token.text.isalpha() or word in feasts.FIRST_WORDS:
        return False
    return token.text[0].isupper() or word in _WRITERS or (tokens[i + 1].text == "on" and not word.endswith("time"))


def _is_in_word(tokens: Tokens, i: int) -> bool:
    """Tell the hyphen of "D-Day" from that of "Mon-Fri", and "Do, 6. Juni" (a Thursday) from the Polish "do"."""
    mark, after = tokens[i], tokens[i + 1]
    if mark.text == "Do":
        return after.text in (",", ".")
    inside = mark.text in ("-", "‐", "‑") and mark.glued and after.glued and after.text.isalpha()
    return inside and after.text not in ("Q", "H") and _AFTER_HYPHEN.isdisjoint(after.meanings)


def _is_named(tokens: Tokens, i: int) -> bool:
    """Tell a word that names a time; of "Q2/Q3" it is the figure before the mark and the letter after it."""
    token, letter = tokens[i], tokens[i - 1] if i and tokens[i].glued else tokens[i]
    return "Q" in (token.text, letter.text) or not {"month", "season", "weekday", "part"}.isdisjoint(token.meanings)


def _is_everyday(tokens: Tokens, i: int, found: Match) -> bool:
    """Tell whether a lone date word is rather an everyday word or a name: "May I", "a march", "Good Friday"."""
    if len(found.items) != 1 or found.next > i + 2:
        return False
    item = found.items[0]
    word, before, after = tokens[i], tokens[i - 1] if i else None, tokens[i + 1]
    if isinstance(item, Weekday) and item.side is None and not item.weeks and item.week is None:
        named = before is not None and before.text.lower() in _NAMED_DAYS
        return named or (collides(word.text) and not word.text[0].isupper())
    if isinstance(item, Month) and item.year is None and "month" in word.meanings:
        named = (
            _is_person(word, before, after) or after.text in days.STREETS or (before is not None and before.text == "%")
        )
        return (
            named or "native" not in word.meanings or (collides(word.text) and not _is_month_here(word, before, after))
        )
    if isinstance(item, Season) and item.year is None and "season" in word.meanings:
        titled = after.text.istitle() and after.text.isalpha() and not after.meanings
        asked = i > 1 and before is not None and before.text == "the" and tokens[i - 2].text.lower() in _BEFORE_MONTH
        return (titled or collides(word.text)) and not asked and not _has_date_words(before, after)
    return False


_FIRST_NAMES: Final = words("April June August Avril Mai Juni")
_OF_A_MONTH: Final = words(
    "Newsletter Meeting Edition Issue Update Bulletin Minutes Events News Half Term Bank Report Round Board Budget "
    "Festival Fair Magazine Programme Agenda Review Council Week Weekend Intake Start Elections Networking Breakfast "
    "Lunch Open Workshop Workshops Course Courses Webinar Show Market Offer Offers Statement Figures Results Calendar "
    "Diary Session Sessions Conference Committee Cabinet Highlights Roundup Digest Download Holiday Holidays"
)


def _is_person(word: Token, before: Token | None, after: Token) -> bool:
    """Tell a first name before a surname ("April Jones") from a month before what happens in it ("April Meeting")."""
    if word.text not in _FIRST_NAMES or not (after.text.istitle() and after.text.isalpha()):
        return False
    return not after.meanings and after.text not in _OF_A_MONTH and not _has_date_words(before, after)


_BEFORE_MONTH: Final = words(
    "in during throughout by until till from since for of this next last early late mid and or to before after "
    "between – - every"
)


_AFTER_MONTH: Final = frozenset(("", "and", "or", "to", "–", "-", "/", "half"))


def _is_month_here(word: Token, before: Token | None, after: Token) -> bool:
    return word.text[0].isupper() and _has_date_words(before, after)


def _has_date_words(before: Token | None, after: Token) -> bool:
    return (before is None and after.text.lower() in _AFTER_MONTH) or (
        before is not None and before.text.lower() in _BEFORE_MONTH
    )
