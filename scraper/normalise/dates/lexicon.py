"""What a word can mean in a date: kind of meaning → value, for each set of languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from scraper.normalise.dates.languages import LANGUAGES
from scraper.normalise.dates.words import Words, words

Meanings = Mapping[str, int | str]
"""Kinds: month, weekday, short (weekday beside a number), native (may stand alone), link, of, article, unit, number,
nth, slice (in how many of them a year is cut), side, sided (a side after its noun), shift (days from today), part,
daypart, season, seasonal (a season only with its year), meridiem, noon, zone, hours, suffix, ago, clock (a cue for a
time)."""

NOTHING: Final[Meanings] = {}

_UNITS: Final = ("minute", "hour", "day", "week", "month", "year")

_COUNTED: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_NUMBERS: Final[dict[int | str, str]] = {
    **dict(enumerate(_COUNTED.split(), start=1)),
    20: "twenty",
    30: "thirty",
    40: "forty",
    50: "fifty",
}

_ENGLISH: Final[dict[str, dict[int | str, str]]] = {
    "month": {
        1: "january jan",
        2: "february feb febuary feburary",
        3: "march mar",
        4: "april apr",
        5: "may",
        6: "june jun",
        7: "july jul",
        8: "august aug",
        9: "september sept sep",
        10: "october oct",
        11: "november nov",
        12: "december dec",
    },
    "weekday": {
        0: "monday mon",
        1: "tuesday tues tue",
        2: "wednesday weds wed wednes wensday wendesday",
        3: "thursday thurs thur thu",
        4: "friday fri",
        5: "saturday sat",
        6: "sunday sun",
    },
    "season": {21: "spring springtime", 22: "summer summertime", 23: "autumn fall", 24: "winter wintertime"},
    "link": {
        "range": "to through thru - – — ‒ ‐ ‑ − ~ →",
        "list": "and or into & + plus ;",
        "comma": ", ،",
        "until": "until till til untill ends closes expires",
        "closing": "ended ending closed closing finishes finishing finish",
        "again": (
            "updated modified edited amended revised aktualisiert geändert modifié actualizado modificado aktualizacja "
            "zaktualizowano actualizat diweddarwyd aggiornato atualizado"
        ),
        "onwards": "onwards onward",
        "opening": "opened opens",
        "except": "except excluding excl",
        "recurring": (
            "daily weekly fortnightly monthly nightly weekdays weeknights mondays tuesdays wednesdays thursdays "
            "fridays saturdays sundays"
        ),
        "from": "from starting commencing beginning",
        "since": "since depuis seit sinds",
        "by": "by",
        "before": "before",
        "after": "after",
        "open": "(",
        "every": "every each jeden jede jeder jedes chaque tous cada każdy każda każdą każdego fiecare",
        "for": "for",
        "between": "between",
    },
    "of": {1: "of"},
    "article": {1: "the a an"},
    "unit": {
        "minute": "minute minutes min mins",
        "hour": "hour hours hr hrs h",
        "day": "day days d",
        "week": "week weeks wk wks",
        "fortnight": "fortnight fortnights",
        "month": "month months",
        "quarter": "quarter quarters",
        "year": "year years yr yrs",
        "weekend": "weekend weekends",
        "decade": "decade decades",
    },
    "number": _NUMBERS,
    "nth": {
        1: "first erstes ersten premier primer primul pierwszy pierwszym pierwszego cyntaf",
        2: "second zweites zweiten deuxième segundo drugi drugim drugiego ail",
        3: "third drittes dritten troisième tercer trzeci trzecim trzeciego trydydd",
        4: "fourth viertes vierten quatrième cuarto czwarty czwartym czwartego pedwerydd",
        5: "fifth",
        -1: "last final",
    },
    "slice": {
        2: "half halbjahr semestre półrocze półroczu półrocza",
        4: "quarter quartal trimestre trimestru kwartał kwartale kwartału chwarter kwartaal kvartal",
    },
    "side": {
        "next": "next coming forthcoming upcoming",
        "last": "last past previous",
        "this": "this current",
        "following": "following",
        "same": "same that",
    },
    "shift": {0: "today tonight", -1: "yesterday", 1: "tomorrow"},
    "part": {
        "early": "early beginning start",
        "mid": "mid middle",
        "late": "late end close",
    },
    "daypart": {"am": "morning", "pm": "afternoon evening night lunchtime teatime"},
    "meridiem": {"am": "am yb", "pm": "pm yp yh"},
    "noon": {12: "noon midday", 0: "midnight"},
    "zone": {
        0: "gmt utc wet z",
        60: "bst cet west met",
        120: "cest eet mesz",
        180: "eest msk",
        -300: "est",
        -240: "edt",
        -480: "pst",
        -420: "pdt",
    },
    "hours": {1: "hours hrs hr h uhr uur"},
    "suffix": {1: "st nd rd th er ere º ° af ail il ydd ed fed eg ain de e ste né ος η ης go ego"},
    "ago": {"after": "ago", "later": "later", "earlier": "earlier", "before": ""},
    "clock": {1: "at @ from by until till time starts starting begins commencing before after doors gates"},
}

_COLLIDING: Final = words("may march mar sun sat mon wed fri thu tue jan jun dec fall spring sept second")
"""English words that are dates only when capitalised, or only beside a number."""


_JOINING: Final = words("to so do on me man the and or for from by till until of")


def fold(word: str) -> str:
    """Lower case without accents: printers drop them, and so may the tables' readers."""
    if word.isascii():
        return word.lower()
    bare = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def collides(word: str) -> bool:
    """Tell whether a date word is also an everyday English word."""
    return word.lower() in _COLLIDING


def primary(tag: str) -> str:
    """The language of a tag: "en-GB" → "en"; Norwegian has two names."""
    language = tag.replace("_", "-").split("-")[0].lower()
    return {"no": "nb", "nn": "nb"}.get(language, language)


@lru_cache(maxsize=64)
def lexicon(languages: tuple[str, ...], everything: bool) -> dict[str, dict[str, int | str]]:
    """The words of these languages over those of English; `everything`: all other languages below them."""
    known = [name for name in map(primary, languages) if name in LANGUAGES]
    rest = [name for name in LANGUAGES if name not in known] if everything else []
    words: dict[str, dict[str, int | str]] = {}
    for name in known:
        _add_language(words, LANGUAGES[name], native=True)
    _add_english(words, native=True)
    for name in rest:
        _add_language(words, LANGUAGES[name], native=False)
    return words


def _add(words: dict[str, dict[str, int | str]], kind: str, value: int | str, spelled: Iterable[str]) -> None:
    for word in spelled:
        words.setdefault(fold(word), {}).setdefault(kind, value)


def _add_english(words: dict[str, dict[str, int | str]], *, native: bool) -> None:
    for kind, table in _ENGLISH.items():
        for value, spelled in table.items():
            _add(words, kind, value, spelled.split())
            if native and kind in ("month", "weekday"):
                _add(words, "native", 1, spelled.split())


def _add_language(words: dict[str, dict[str, int | str]], language: Words, *, native: bool) -> None:
    _add_calendar(words, language, native=native)
    for kind in ("until", "range", "list", "before", "by"):
        _add(words, "link", kind, getattr(language, kind).split())
    _add(words, "link", "from", language.from_.split())
    _add(words, "of", 1, language.of.split())
    _add(words, "clock", 1, language.clock.split())
    for shift, spelled in zip((0, -1, 1, -2, 2), _split(language.today), strict=False):
        _add(words, "shift", shift, spelled)
    for unit, spelled in zip(_UNITS, _split(language.units), strict=False):
        _add(words, "unit", unit, spelled)
    for number, spelled in enumerate(_split(language.seasons), start=21):
        _add(words, "seasonal", number, spelled)
    for part, spelled in zip(("early", "mid", "late"), _split(language.parts), strict=False):
        _add(words, "part", part, spelled)
    for side, spelled in zip(("next", "last"), _split(language.sides), strict=False):
        _add(words, "side", side, spelled)
        _add(words, "sided", side, spelled)
    _add(words, "ago", "before", language.ago.split())


def _add_calendar(words: dict[str, dict[str, int | str]], language: Words, *, native: bool) -> None:
    for number, spelled in enumerate(_split(language.months), start=1):
        _add(words, "month", number, spelled)
        if native:
            _add(words, "native", 1, [word for word in spelled if len(word) > 3])
    for number, spelled in enumerate(_split(language.weekdays)):
        _add(words, "weekday" if native else "short", number, spelled)
        if native:
            _add(words, "native", 1, spelled)
    for number, spelled in enumerate(_split(language.short)):
        _add(words, "short", number, [word for word in spelled if _is_distinct(words, word, native=native)])


def _is_distinct(words: dict[str, dict[str, int | str]], word: str, *, native: bool) -> bool:
    """Not a joining word ("to") and, in a foreign text, more than two letters."""
    return (
        (native or len(word) > 2) and word not in _JOINING and (native or "link" not in words.get(fold(word), NOTHING))
    )


def _split(table: str) -> Sequence[Sequence[str]]:
    return [variants.split() for variants in table.split("/")] if table else []
