"""Finding all expressions in running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from scraper.normalise.dates import anchors, surroundings
from scraper.normalise.dates.compose import Expression, compose
from scraper.normalise.dates.grammar import scan
from scraper.normalise.dates.reading import settle_and_write, write_times_of
from scraper.normalise.dates.scene import Scene
from scraper.normalise.dates.shapes import Clock, Link, Placed, Shift, Weekday
from scraper.normalise.dates.tokens import Tokens, tokenise
from scraper.normalise.dates.values import Found, Reading
from scraper.normalise.dates.words import words

_WINDOW = 4000
_OVERLAP = 200
_GLUE = words(
    "of at on the in ( ) , inclusive starting beginning between time time: : both from doors open gates am runs "
    "running continues continuing"
)
_RECURRING = re.compile(r"\b(?:every|each|daily|weekly|fortnightly|monthly|\w{3,6}days)\b", re.IGNORECASE)
_LONGEST_GAP = 3
_LONGEST_WAY = 8  # words from a time to its day
_STOPS = frozenset(".;!?")
_FINE = frozenset(("second", "minute", "day", "weekend"))
_SIDE = 200


def find(
    text: str,
    *,
    anchor: str | date | datetime | None = None,
    languages: Sequence[str] = ("en",),
    day_first: bool | None = None,
) -> list[Found]:
    """All expressions in running text, resolved against the anchor, their sentence and the date named before."""
    scene = anchors.scene(anchor, languages, day_first, None)
    found: list[Found] = []
    for offset in range(0, len(text), _WINDOW):
        window = text[offset : offset + _WINDOW + _OVERLAP]
        seen = found[-1].end if found else 0
        found.extend(
            one
            for one in _find_in(window, offset, scene, tuple(languages))
            if one.start >= seen and one.start < offset + _WINDOW
        )
    return found


def _find_in(text: str, offset: int, scene: Scene, languages: tuple[str, ...]) -> list[Found]:
    tokens = tokenise(text, languages, everything=False)
    found: list[Found] = []
    for cluster in _with_their_days(tokens, _clusters(tokens, scan(tokens))):
        one = _read_cluster(text, tokens, cluster, scene, languages, found[-1] if found else None)
        if one is not None:
            found.append(one)
    return [Found(start=one.start + offset, end=one.end + offset, reading=one.reading) for one in found]


def _with_their_days(tokens: Tokens, clusters: list[list[Placed]]) -> list[list[Placed]]:
    """Join a time that opens its sentence with the day named after it: "Doors open at 6pm for the gala on 27 March"."""
    joined: list[list[Placed]] = []
    for cluster in clusters:
        ended = joined[-2][-1].after if len(joined) > 1 else 0
        if joined and _opens(tokens, joined[-1], ended) and _closes(tokens, joined[-1], cluster):
            joined[-1] = [*joined[-1], *cluster]
        else:
            joined.append(cluster)
    return joined


def _opens(tokens: Tokens, times: Sequence[Placed], ended: int) -> bool:
    """Tell times before which no date stands in their sentence; `ended` is where the last cluster did, 0: none."""
    return _are_times(times) and (ended == 0 or _has_stop(tokens[ended : times[0].first]))


def _closes(tokens: Tokens, times: Sequence[Placed], cluster: Sequence[Placed]) -> bool:
    """Tell a day without a time a few words after times."""
    gap = tokens[times[-1].after : cluster[0].first]
    untimed = not any(isinstance(place.item, Clock) for place in cluster)
    return untimed and not _are_times(cluster) and len(gap) <= _LONGEST_WAY and not _has_stop(gap)


def _has_stop(tokens: Tokens) -> bool:
    return any(token.text in _STOPS for token in tokens)


def _are_times(cluster: Sequence[Placed]) -> bool:
    return all(isinstance(place.item, Clock | Link) for place in cluster)


def _read_cluster(
    text: str,
    tokens: Tokens,
    cluster: list[Placed],
    scene: Scene,
    languages: tuple[str, ...],
    last: Found | None,
) -> Found | None:
    expression = compose(cluster)
    named = [place for place in cluster if not isinstance(place.item, Link)]
    if expression is None or not named or not _has_base(expression, scene, last):
        return None
    start, end = extent(tokens, cluster)
    before, after = _sentence(text[max(0, start - _SIDE) : start], text[end : end + _SIDE])
    seen = surroundings.look(scene, before, after, languages, term=expression.bound == "until")
    if last is not None:
        named_before = last.reading.latest_on
        seen = replace(seen, before=lambda _unit: named_before)
    quote = text[start:end]
    if expression.shapes:
        expression = replace(expression, shapes=surroundings.as_issue(expression.shapes, after))
        reading = settle_and_write(expression, seen, quote)
    else:
        reading = _read_times(expression, seen, last, before, quote)
    return None if reading is None else Found(start=start, end=end, reading=reading)


def _has_base(expression: Expression, scene: Scene, last: Found | None) -> bool:
    """Tell whether there is a day from which the expression is counted."""
    if not expression.shapes:
        return last is not None or scene.anchor is not None
    return last is not None or not any(
        isinstance(shape, Shift | Weekday) and shape.from_last for shape in expression.shapes
    )


def _read_times(expression: Expression, scene: Scene, last: Found | None, before: str, quote: str) -> Reading | None:
    """Times alone: of the day or the stretch of days named before; those of some day of a month, or of each: none."""
    if last is not None and last.reading.precision not in _FINE:
        return None
    days = _days_of(last)
    if days is not None:
        return write_times_of(expression, *days, quote)
    return None if _RECURRING.search(before) else settle_and_write(expression, scene, quote)


def _days_of(last: Found | None) -> tuple[date, date] | None:
    """The days of a stretch named before, to which a time that follows belongs; None for a day or a longer time."""
    reading = last.reading if last is not None else None
    if reading is None or reading.precision != "day" or reading.earliest_on is None or reading.latest_on is None:
        return None
    return None if reading.earliest_on >= reading.latest_on else (reading.earliest_on, reading.latest_on)


def extent(tokens: Tokens, placed: Sequence[Placed]) -> tuple[int, int]:
    """Where the dates and times begin and end in the text, an article before a number left out."""
    named = [place for place in placed if not isinstance(place.item, Link)]
    first = named[0].first
    first += "article" in tokens[first].meanings and tokens[first + 1].number >= 0
    return tokens[first].start, tokens[named[-1].after - 1].end


def _sentence(before: str, after: str) -> tuple[str, str]:
    """The words of the same sentence: from the last full stop or line end to the next."""
    cut = max(before.rfind(". "), before.rfind("\n"), before.rfind("! "), before.rfind("? "))
    stops = [at for at in (after.find(". "), after.find("\n"), after.find("! "), after.find("? ")) if at >= 0]
    return before[cut + 1 :], after[: min(stops)] if stops else after


def _clusters(tokens: Tokens, placed: list[Placed]) -> list[list[Placed]]:
    """Items that stand together: a gap of other words, a full stop or a line end parts two expressions."""
    clusters: list[list[Placed]] = []
    last = -1
    for place in placed:
        if clusters and last >= 0 and _is_near(tokens, last, place.first):
            clusters[-1].append(place)
        else:
            clusters.append([place])
        last = place.after
    return [trimmed for trimmed in (_trimmed(tokens, cluster) for cluster in clusters) if trimmed]


def _trimmed(tokens: Tokens, cluster: list[Placed]) -> list[Placed]:
    """What is left of a cluster without the links at its ends; a dash after other words parts, it opens no range."""
    while cluster and isinstance(cluster[0].item, Link) and cluster[0].first > 0 and _is_dash(tokens, cluster[0]):
        cluster = cluster[1:]
    while cluster and isinstance(cluster[-1].item, Link):
        cluster.pop()
    if all(isinstance(place.item, Link | Clock) and not _is_sure(place) for place in cluster):
        return []
    return cluster


def _is_dash(tokens: Tokens, place: Placed) -> bool:
    return tokens[place.first].text in ("-", "–", "—")


def _is_sure(place: Placed) -> bool:
    return isinstance(place.item, Clock) and place.item.sure


def _is_near(tokens: Tokens, last: int, first: int) -> bool:
    between = tokens[last:first]
    if len(between) > _LONGEST_GAP:
        return False
    if between and between[-1].text == "." and "clock" in tokens[first - 2].meanings:
        between = between[:-1]
    return all(token.text.lower() in _GLUE or "clock" in token.meanings for token in between)
