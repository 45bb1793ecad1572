"""Date words that are everyday words or names where they stand: May I, a march, April Jones, Summer School."""

from __future__ import annotations

from typing import Final

from scraper.normalise.dates.days import FIRST_NAMES, STREETS
from scraper.normalise.dates.lexicon import collides
from scraper.normalise.dates.shapes import Match, Month, Season, Weekday
from scraper.normalise.dates.tokens import DASHES, OPENING, Token, Tokens
from scraper.normalise.dates.words import words

_NAMED_DAYS: Final = words(
    "bank holiday black good ash palm cyber shrove maundy sheffield easter ruby giving manic super pancake freaky girl "
    "casual"
)
_OF_A_MONTH: Final = words(
    "Newsletter Meeting Edition Issue Update Bulletin Minutes Events News Half Term Bank Report Round Board Budget "
    "Festival Fair Magazine Programme Agenda Review Council Week Weekend Intake Start Elections Networking Breakfast "
    "Lunch Open Workshop Workshops Course Courses Webinar Show Market Offer Offers Statement Figures Results Calendar "
    "Diary Session Sessions Conference Committee Cabinet Highlights Roundup Digest Download Holiday Holidays"
)
"""What follows a month or season and is no surname or school."""
_OF_A_SEASON: Final = words("school schools fuel colours fashion clothes coat sale sales menu tyres flu is olympics")
"""What follows a season that names a kind of thing and no time."""
_BEFORE_MONTH: Final = words(
    "in during throughout by until till from since for of this next last early late mid and or to before after "
    "between – - every"
)
_SHORT: Final = 3
_NO_MONTH: Final = frozenset(("%", "a", "an"))
_OPENERS: Final = words("Coming Opening Launching Starting Beginning Due In This Early Late Mid Open Opens Since Every")
_JOINS: Final = frozenset((",", "&", "and", "or", "/", "to", "until", "through", *DASHES))
_AFTER_MONTH: Final = frozenset(("", "and", "or", "to", "–", "-", "/", "half"))


def is_everyday(tokens: Tokens, i: int, found: Match) -> bool:
    """Tell whether a lone date word is rather an everyday word or a name: "May I", "a march", "Good Friday"."""
    if len(found.items) != 1 or found.next > i + 2:
        return False
    item, word = found.items[0], tokens[i]
    if isinstance(item, Weekday | Month) and _is_domain(tokens, i):
        return True
    if isinstance(item, Weekday) and item.side is None and not item.weeks and item.week is None:
        if tokens[i + 1].text == "-" and tokens[i + 1].glued and tokens[i + 2].glued and tokens[i + 2].text.islower():
            return not tokens[i + 2].meanings
        named = i > 0 and tokens[i - 1].text.lower() in _NAMED_DAYS
        named = named or (i > 0 and tokens[i - 1].text.lower() == "the" and len(word.text) == _SHORT)
        return named or (collides(word.text) and not word.text[0].isupper())
    if isinstance(item, Month) and item.year is None and "month" in word.meanings:
        if word.text[0].isupper() and "native" in word.meanings and _is_joined(tokens, i):
            return False
        return _is_no_month(word, tokens[i - 1] if i else None, tokens[i + 1])
    if isinstance(item, Season) and item.year is None and "season" in word.meanings:
        return _is_no_season(tokens, i)
    return False


def _is_domain(tokens: Tokens, i: int) -> bool:
    """Tell "monday.com" and "Mar-a-Lago"."""
    mark, tail = tokens[i + 1], tokens[i + 2]
    inside = mark.glued and tail.glued and tail.text.isalpha() and tail.text.islower()
    return inside and (mark.text == "." or (mark.text == "-" and "article" in tail.meanings))


def _is_no_month(word: Token, before: Token | None, after: Token) -> bool:
    """Tell a surname, an address and a rate of interest ("0% APR") from a month."""
    if _is_person(word, before, after) or after.text in STREETS or (before is not None and before.text in _NO_MONTH):
        return True
    return "native" not in word.meanings or (collides(word.text) and not _is_month_here(word, before, after))


def _is_no_season(tokens: Tokens, i: int) -> bool:
    """Tell "Summer Reading Challenge" and "spring water" from "in the spring"."""
    before, after = tokens[i - 1] if i else None, tokens[i + 1]
    if after.text in ("Statement", "Budget") or after.text.lower() in _OF_A_SEASON:
        return True
    if _has_date_words(before, after):
        return False
    if i > 1 and tokens[i - 1].text.lower() == "the" and tokens[i - 2].text.lower() in _BEFORE_MONTH:
        return False
    if before is not None and before.text not in _OPENERS and tokens[i].text.istitle() and _is_other_name(before):
        return True  # "Sarah Winter"
    return _is_other_name(after) or collides(tokens[i].text)


def _is_person(word: Token, before: Token | None, after: Token) -> bool:
    """Tell a first name before a surname ("April Jones") from a month before what happens in it ("April Meeting")."""
    return word.text in FIRST_NAMES and _is_other_name(after) and not _has_date_words(before, after)


def _is_other_name(after: Token) -> bool:
    return after.text.istitle() and after.text.isalpha() and not after.meanings and after.text not in _OF_A_MONTH


def _is_month_here(word: Token, before: Token | None, after: Token) -> bool:
    return word.text[0].isupper() and _has_date_words(before, after)


def _is_joined(tokens: Tokens, i: int) -> bool:
    """Tell the months of "May & June", "March, April and May", "March or April"."""
    if tokens[i + 1].text.lower() in _JOINS and "month" in tokens[i + 2].meanings:
        return True
    return i > 1 and tokens[i - 1].text.lower() in _JOINS and "month" in tokens[i - 2].meanings


def _has_date_words(before: Token | None, after: Token) -> bool:
    if before is None or before.text in OPENING:
        return after.text.lower() in _AFTER_MONTH
    return before.text.lower() in _BEFORE_MONTH
