"""What stands before and after a post's text but is no part of it: stamps, bylines, labels, event boxes, pointers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from scraper.normalise.dates import lexicon

from ..event_labels import INLINE, STATUS, is_label
from ..published.words import LABEL
from ..titles import fold
from .blocks import Block

MAX_EDGE = 15  # blocks looked at on each side
LINE = 200  # characters; a longer block is a paragraph of the post
MAX_KNOWN = 120
NUMBER = re.compile(r"^\d{1,4}(?:st|nd|rd|th|er|am|pm|h|h\d\d)?$")
FILLERS = frozenset(
    "a all an and any at by first last comment comments for from have in is no none of on one or the "
    "this to via was were with "
    "am pm bst gmt utc cet cest uhr um hrs min mins minute minutes read reading time "
    "author authors autor autorin auteur editor written writer words story text source posted "
    "category categories filed under section tag tags tagged topic topics theme kategorie kategorien thema "
    "themen schlagworte rubrik rubrique catégorie catégories temas tema "
    "der die das den dem von vom und in im le la les el los de du des et par por y e i w dnia gan yn ar ac a "
    "share tweet print email mail copy link facebook twitter x linkedin whatsapp reddit pinterest telegram bluesky "
    "mastodon threads rhannu teilen partager compartir".split()
)
ARROWS = re.compile(r"^(?:[←«‹⟵◀❮]|<{1,2}\s)|(?:[→»›⟶▶❯]|\s>{1,2})$")
NEIGHBOUR = re.compile(
    r"^(?:(?:next|previous|prev|older|newer|earlier|later)\b(?: (?:post|article|story|entry|page|news|event)s?)?\s{0,2}"
    r"(?::|$|[←→«»‹›])"
    r"|(?:next|previous|older|newer) (?:post|article|story|entry)\b"
    r"|(?:vorheriger|nächster) (?:beitrag|artikel)\b|article (?:précédent|suivant)\b"
    r"|(?:entrada|artículo|noticia) (?:anterior|siguiente)\b)",
    re.IGNORECASE,
)
LETTER = re.compile(
    r"^(?:subscribe|sign up|join)\b.{0,40}\b(?:newsletters?|mailing list|bulletins?|updates|alerts)\b.{0,30}$",
    re.IGNORECASE,
)
# "Date: … Time: … Venue: …": a line of several labels was written by a person, a template gives each its own.
FURTHER_LABEL = re.compile(r"\s[A-Z][a-zà-ÿ]{2,14}:\s")
# A notice has no verb; "Copyright © 2024 figures were revised …" is a sentence of the post.
NOTICE = re.compile(
    r"^(?:©|\(c\) |copyright\b|all rights reserved|alle rechte vorbehalten)"
    r"(?!.*\b(?:was|were|is|are|has|have|had|said|says|will|would|could|can|been|wurden?|sind|hat|haben)\b).{0,200}$",
    re.IGNORECASE,
)


def trim(found: Sequence[Block], known: Collection[str]) -> list[Block]:
    """Return blocks without those at either end that repeat what other fields say.

    `known` are the words of the other fields (title, byline, labels). A text of nothing else is left as it is.
    """
    phrases = sorted({fold(words) for words in known} - {""}, key=len, reverse=True)[:MAX_KNOWN]
    first = beginning(found, phrases)
    last = ending(found, phrases, first)
    return list(found[first:last]) or list(found)


def beginning(found: Sequence[Block], phrases: Sequence[str]) -> int:
    """Return the number of the first block that is the post's own; a label takes the value after it along."""
    at = 0
    while at < min(len(found), MAX_EDGE):
        block = found[at]
        if is_label(block.text) and at + 1 < len(found) and len(found[at + 1].text) <= LINE:
            at += 2
        elif is_fact(block) or is_told(block, phrases):
            at += 1
        else:
            break
    return min(at, len(found))


def ending(found: Sequence[Block], phrases: Sequence[str], first: int) -> int:
    """Return the number after the last block that is the post's own."""
    at = len(found)
    while at > max(first, len(found) - MAX_EDGE):
        block = found[at - 1]
        if not (is_told(block, phrases) or is_pointer(block)):
            break
        at -= 1
    return at


def is_fact(block: Block) -> bool:
    """Say whether a block is a line of an event's box: 'When: 4 June', 'Cancelled'."""
    inline = INLINE.match(block.text) if len(block.text) <= LINE else None
    status = STATUS.match(block.text)
    labelled = inline and is_label(inline.group(1)) and not FURTHER_LABEL.search(inline.group(2))
    return bool(labelled or (status and len(block.text) <= status.end() + 1))


def is_pointer(block: Block) -> bool:
    """Say whether a block leads to a neighbouring post or a newsletter, or is a notice of rights."""
    if len(block.text) > LINE:
        return False
    linked = block.html.startswith("<a ") and block.html.endswith("</a>")
    return bool(
        (linked and ARROWS.search(block.text))
        or NEIGHBOUR.match(block.text)
        or LETTER.match(block.text)
        or NOTICE.match(block.text)
    )


def is_told(block: Block, phrases: Sequence[str]) -> bool:
    """Say whether a block holds only dates, labels and words that other fields hold already."""
    if len(block.text) > LINE or block.tag == "tr":
        return False
    rest = f" {fold(LABEL.sub(' ', block.text.lower()))} "
    for phrase in phrases:
        rest = rest.replace(f" {phrase} ", "  ")
    words = rest.split()
    if block.tag == "li" and words and all(NUMBER.match(word) for word in words):
        return False  # a list of figures
    return all(word in FILLERS or NUMBER.match(word) or is_calendar(word) for word in words)


@lru_cache(maxsize=1)
def calendar_words() -> frozenset[str]:
    """Return the names of months and weekdays in every language that dates are read in, folded."""
    return frozenset(
        word for word, kinds in lexicon.lexicon(("en",), True).items() if kinds.keys() & {"month", "weekday"}
    )


def is_calendar(word: str) -> bool:
    """Say whether a folded word names a month or a weekday."""
    return lexicon.fold(word) in calendar_words()
