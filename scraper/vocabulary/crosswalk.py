"""From a label as a partner prints it to a term of the vocabulary, and the reason why."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from scraper.vocabulary import compounds, rows, terms, typos
from scraper.vocabulary.labels import LONGEST, fold, loosen, split_parts, split_steps, split_welsh, unframe
from scraper.vocabulary.rows import HOME, Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """The term of a label (None: no topic, or not known) with its English label, and what led to it.

    `reason` is one of: "partner override", "exact", "alias: <reason of the row>", "translated: <language>",
    "part: <part>", "fuzzy: <label that was meant>", "not topical: <reason of the row>", "unmapped".
    """

    term: str | None = None
    label: str | None = None
    reason: str = "unmapped"


UNMAPPED = Match()
NOT_TOPICAL = "not topical: "
PLACE = "a place"  # the reason of the rows that name one
LONGEST_PLACE = 4  # words
DANGLING = frozenset({"in", "across", "around", "for"})  # left over where a place was taken off the end: "Jobs in"
COUNCIL = re.compile(r"(?:(?:city|county|borough|district|town|parish|metropolitan borough) )?council")


def map_label(label: str, *, language: str | None = None, overrides: Mapping[str, str] | None = None) -> Match:
    """Return the term of a partner's label; a label that nobody reviewed stays unmapped, it is never guessed.

    `language` is the post's (a BCP 47 tag); it decides between rows, it does not exclude any.
    `overrides` are the partner's own decisions, label → term; an empty term says that the label is not a topic.
    """
    if overrides and (decided := _overridden(label, overrides)) is not None:
        return decided
    return _map(label[: 2 * LONGEST], (language or HOME)[:3].split("-")[0].casefold())


def _overridden(label: str, overrides: Mapping[str, str]) -> Match | None:
    term = overrides.get(label)
    if term is None:
        folded = fold(label)
        term = next((term for printed, term in overrides.items() if fold(printed) == folded), None)
    if term is None:
        return None
    return _match(term, "partner override") if term else Match(reason=NOT_TOPICAL + "partner override")


@lru_cache(maxsize=16_384)
def _map(label: str, language: str) -> Match:
    return _first(ORDER, label, language) if len(label) <= LONGEST else UNMAPPED


def _first(order: Sequence[Callable[[str, str], Match | None]], label: str, language: str) -> Match:
    return next((found for read in order if (found := read(label, language)) is not None), UNMAPPED)


def look_up(label: str, language: str) -> Match | None:
    """Find a label among the terms' own labels and the reviewed rows."""
    return _look_up(fold(label), language)


def look_up_unframed(label: str, language: str) -> Match | None:
    """Find a label without the words that only frame it: "Latest business news"."""
    found = (_look_up(bare, language) for bare in unframe(fold(label)))
    return next((match for match in found if match is not None), None)


def _look_up(folded: str, language: str) -> Match | None:
    if folded and not any(map(str.isalpha, folded)):
        return Match(reason=NOT_TOPICAL + "a date or a number")
    table = rows.read()
    if id_ := table.names.get(folded):
        return _match(id_, "exact")
    row = _choose(table.rows.get(folded, ()), language)
    return _read_row(row) if row else None


def _choose(found: Sequence[Row], language: str) -> Row | None:
    """Return the row of the post's language, else the English one, else any if they all agree."""
    for wanted in (language, HOME):
        for row in found:
            if row.language == wanted:
                return row
    return found[0] if len({row.term for row in found}) == 1 else None


def _read_row(row: Row) -> Match:
    if not row.term:
        return Match(reason=NOT_TOPICAL + row.reason)
    return _match(row.term, f"alias: {row.reason}" if row.language == HOME else f"translated: {row.language}")


def _match(id_: str, reason: str) -> Match:
    term = terms.load().get(id_)
    return Match(term=id_, label=term.label if term else None, reason=reason)


def map_parts(label: str, language: str) -> Match | None:
    """Map a label that sets things side by side ("Housing & planning"), when every part is known.

    Parts that are not topics are left out. The term is the first part's, or the one that covers it: the
    partner's first word is the one readers file by, and a term above it is true of both.
    """
    parts = split_parts(label)
    found = [_map_side(part, parts[-1], language) for part in parts]
    if not parts or UNMAPPED in found:
        return None
    topical = [(part, match) for part, match in zip(parts, found, strict=True) if match.term]
    return _as_part(*_widest(topical)) if topical else Match(reason=found[0].reason)


def map_welsh_parts(label: str, language: str) -> Match | None:
    """Map a label of Welsh parts ("Busnes a menter"), when every part is a Welsh row."""
    parts = split_welsh(label)
    known = [
        next((row for row in rows.read().rows.get(fold(part), ()) if row.language == "cy"), None) for part in parts
    ]
    found = [(part, _read_row(row)) for part, row in zip(parts, known, strict=True) if row]
    topical = [(part, match) for part, match in found if match.term]
    return _as_part(*_widest(topical)) if topical and len(found) == len(parts) else None


def _map_side(part: str, last: str, language: str) -> Match:
    """Map one of several parts; in "Rural & wildlife crime" the last one's noun belongs to each of them."""
    *rest, head = fold(last).split(" ")
    shared = look_up(f"{part} {head}", language) if rest and part != last else None
    return shared if shared and shared.term else _first(SIMPLE, part, language)


def map_known_parts(label: str, language: str) -> Match | None:
    """Map a label that sets things side by side by the parts that are known: "Dairy & something of our own"."""
    found = [(part, _first(SINGLE, part, language)) for part in split_parts(label)]
    topical = [(part, match) for part, match in found if match.term and compounds.is_sure(fold(part))]
    return _as_part(*_widest(topical)) if topical else None


def _widest(topical: Sequence[tuple[str, Match]]) -> tuple[str, Match]:
    widest = topical[0]
    for other in topical[1:]:
        if other[1].term != widest[1].term and terms.covers(str(other[1].term), str(widest[1].term)):
            widest = other
    return widest


def _as_part(part: str, match: Match) -> Match:
    return Match(term=match.term, label=match.label, reason=f"part: {part.strip()}")


def map_placed(label: str, language: str) -> Match | None:
    """Map what is said of a place ("Derby business", "Transport in Leicester") by what stands beside the place."""
    words = fold(label).split(" ")
    for size in range(min(len(words) - 1, LONGEST_PLACE), 0, -1):
        for place, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            if _is_place(" ".join(place), language):
                if COUNCIL.fullmatch(" ".join(rest)):
                    return Match(reason=NOT_TOPICAL + "a place's council")
                found = _first(SIMPLE, " ".join(_without_preposition(rest)), language)
                return found if found != UNMAPPED else None
    return None


def _is_place(folded: str, language: str) -> bool:
    row = _choose(rows.read().rows.get(folded, ()), language)
    return row is not None and row.reason == PLACE


def _without_preposition(words: Sequence[str]) -> Sequence[str]:
    return words[:-1] if len(words) > 1 and words[-1] in DANGLING else words


def look_up_loosely(label: str, language: str) -> Match | None:
    """Find a label in another spelling: plural, hyphen, accent, American spelling."""
    return next((found for folded in _bare_forms(label) if (found := _read_key(loosen(folded)))), None)


def look_up_misspelled(label: str, language: str) -> Match | None:
    """Find a long label that has one slip of the keyboard in it."""
    found = (typos.correct(loosen(folded), language) for folded in _bare_forms(label))
    row = next((row for row in found if row is not None), None)
    return _as_meant(row) if row else None


def map_compound(label: str, language: str) -> Match | None:
    """Map an unknown kind of something known ("Roman history", "Bus reform") by the words that say what it is."""
    return next((found for folded in _bare_forms(label) if (found := _map_cores(folded))), None)


def _map_cores(folded: str) -> Match | None:
    return next((found for core in compounds.find_cores(folded) if (found := _look_up_core(core))), None)


def _look_up_core(folded: str) -> Match | None:
    """Find a piece of a label among the English rows: in a piece, another language's word is a chance likeness."""
    id_ = rows.read().names.get(folded)
    row = None if id_ else _home_row(folded)
    id_ = row.term if row else id_
    return _as_part(folded, _match(id_, "")) if id_ else None


def _home_row(folded: str) -> Row | None:
    row = next((row for row in rows.read().rows.get(folded, ()) if row.language == HOME), None)
    row = row or rows.loose().get(loosen(folded))
    return row if row and row.language == HOME else None


def map_preposition(label: str, language: str) -> Match | None:
    """Map what has a preposition in it by what stands before it ("Jobs in health"), or after it ("School of Law")."""
    sides = compounds.split_preposition(fold(label))
    if sides is None:
        return None
    before, after = sides
    if compounds.is_holder(before):
        return (_look_up_core(after) or _map_cores(after)) if compounds.is_sure(after) else None
    sure = " " in before or compounds.is_head(before)
    return (_look_up_core(before) or _map_cores(before)) if sure else None


def map_address(label: str, language: str) -> Match | None:
    """Leave a label that says for whom a post is, not what it is about, without a topic."""
    return Match(reason=NOT_TOPICAL + "an audience") if compounds.is_addressed(fold(label)) else None


def _bare_forms(label: str) -> tuple[str, ...]:
    folded = fold(label)
    return (folded, *unframe(folded))


def _read_key(key: str) -> Match | None:
    row = rows.loose().get(key)
    return _as_meant(row) if row else None


def _as_meant(row: Row) -> Match:
    return _match(row.term, f"fuzzy: {row.label}") if row.term else Match(reason=NOT_TOPICAL + row.reason)


def map_path(label: str, language: str) -> Match | None:
    """Map a path ("News > Business > Retail") by its last step that has a term: the narrowest."""
    steps = split_steps(label)
    found = [(step, _first(WITHOUT_STEPS, step, language)) for step in steps]
    topical = [_as_part(step, match) for step, match in found if match.term]
    if topical:
        return topical[-1]
    return found[0][1] if found and all(match != UNMAPPED for _, match in found) else None


SIMPLE = (look_up, look_up_unframed, look_up_loosely)
SINGLE = (*SIMPLE, map_preposition, map_compound)
WITHOUT_STEPS = (
    look_up,
    map_address,
    look_up_unframed,
    map_parts,
    map_welsh_parts,
    look_up_loosely,
    map_placed,
    look_up_misspelled,
    map_preposition,
    map_compound,
)
ORDER = (*WITHOUT_STEPS[:-2], map_path, *WITHOUT_STEPS[-2:], map_known_parts)
