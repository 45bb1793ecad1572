"""Several tellings of one event made one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scraper.models import Event
from scraper.normalise import text


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """An event and whether its title is a name of its own."""

    event: Event
    own: bool


def merge(found: list[Told], told: Told) -> None:
    """Add an event, unless it is one that was told before: the same days, and no other name of its own."""
    for place, known in enumerate(found):
        if overlaps(known.event, told.event) and is_same_name(known, told):
            found[place] = fuller(known, told)
            return
    found.append(told)


def overlaps(known: Event, event: Event) -> bool:
    """Say whether two events can be one: they begin on one day, or one is coarse and holds the other."""
    if known.earliest_on is None or event.earliest_on is None or known.latest_on is None or event.latest_on is None:
        return False
    if known.start_on and event.start_on:
        return known.start_on == event.start_on
    return known.earliest_on <= event.latest_on and event.earliest_on <= known.latest_on


def is_same_name(known: Told, told: Told) -> bool:
    """Say whether two tellings can be of one event: one has no name of its own, or holds the other's."""
    if not (known.own and told.own):
        return True
    one, other = text.fold(known.event.title), text.fold(told.event.title)
    return one in other or other in one


def fuller(known: Told, told: Told) -> Told:
    """Return one event out of two tellings: the finer time, the first name of its own, what either knows."""
    one, other = known.event, told.event
    is_finer = bool((other.starts_at and not one.starts_at) or (other.start_on and not one.start_on))
    event = replace(
        other if is_finer else one,
        title=(one if known.own or not told.own else other).title,
        organiser=one.organiser or other.organiser,
        venue=one.venue or other.venue,
        status=other.status if other.status != "scheduled" else one.status,
        certain=one.certain or other.certain,
    )
    return Told(event=event, own=known.own or told.own)
