"""Weighing all offers together: days gather support, the best supported day wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .offers import Moment, Offer
from .weights import CHOOSE, COARSE_SUPPORT, PLACES, SHIFTED

FURTHEST_WEST = timedelta(hours=12)
FURTHEST_EAST = timedelta(hours=14)
LONE_PLACES = (("stamp_far", "stamp_named"), ("stamp_aside",))
BARE = ("stamp", "stamp_beside", "stamp_told", "stamp_dated")
SECONDING = ("meta_generic",)
WEAK = ("stamp_far", "stamp_named", "stamp_aside", "stamp_body", "stamp_dated")
SHOWN = ("stamp", "stamp_beside", "stamp_told", "stamp_labelled", "stamp_body")
TOLD = (*SHOWN, "json_ld", "json_ld_page", "meta_article", "microdata")
DECLARED = ("json_ld", "meta_article", "meta_named", "wordpress", "feed")
FLOATING = ("utc", "epoch")  # instants that say nothing of the place's own day
Read = tuple[Offer, Moment]


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The score of each offer and the index of the winner, None when nothing is good enough."""

    scores: tuple[float, ...]
    winner: int | None


def weigh(read: Sequence[Read], *, zone_known: bool) -> Verdict:
    """Score the offers of one field: each is worth the support of its day."""
    days = sorted({moment.on for _, moment in read if moment.on is not None})
    shown = frozenset() if zone_known else shown_days(read)
    support = {day: support_of(day, read, shiftable=day in shown) for day in days}
    scores = tuple(score(offer, moment, support) for offer, moment in read)
    return Verdict(scores=scores, winner=best(read, scores))


def promote_lone(read: Sequence[Read]) -> list[Read]:
    """Raise the stamps far from the title where all on the post's ground, else all in doubtful boxes, name one day."""
    for places in LONE_PLACES:
        days = {moment.on for offer, moment in read if offer.place in places}
        if days:
            break
    if len(days) != 1:
        return list(read)
    return [(replace(offer, place="stamp_lone") if offer.place in places else offer, moment) for offer, moment in read]


def judge_by_change(read: Sequence[Read]) -> list[Read]:
    """Judge by the last change what the publication may be.

    A weak stamp later than the page's last change is another post's. What is declared for the page around the post
    counts for the post where readers are shown the day of a change: the page is one that has dates.
    """
    changes = [(offer.place, moment.on) for offer, moment in read if offer.field == "modified" and moment.on]
    last = max((day for place, day in changes if place in TOLD), default=date.max)
    shown = any(place in SHOWN for place, _ in changes)
    judged = []
    for offer, moment in read:
        if offer.field == "published" and offer.place in WEAK and moment.on and moment.on - timedelta(days=1) > last:
            continue
        if shown and offer.field == "published" and offer.place == "json_ld_page":
            judged.append((replace(offer, place="json_ld_shown"), moment))
        else:
            judged.append((offer, moment))
    return judged


def judge_bare(read: Sequence[Read], events: frozenset[date]) -> list[Read]:
    """Judge the stamps beside the title that no word explains by what the page declares.

    One on the day of an event is the event's; one that repeats a declared change is that change; one later than the
    declared publication is a change or an event that nothing declares.
    """
    changes = {moment.on for offer, moment in read if offer.field == "modified" and offer.machine and moment.on}
    declared = [moment.on for offer, moment in read if is_declared(offer) and moment.on]
    first = min(declared, default=date.max)
    seconded = {moment.on for offer, moment in read if offer.field == "published" and offer.place in SECONDING}
    unchanged = min((day for day in declared if day not in changes), default=date.max)
    judged = []
    for offer, moment in read:
        if offer.place not in BARE or moment.on is None:
            judged.append((offer, moment))
        elif moment.on in events:
            continue
        elif moment.on in changes and moment.on > unchanged:
            judged.append((replace(offer, field="modified"), moment))
        elif moment.on - timedelta(days=1) > first and moment.on not in seconded:
            judged.append((replace(offer, place="stamp_later"), moment))
        else:
            judged.append((offer, moment))
    return judged


def is_declared(offer: Offer) -> bool:
    """Tell a publication that is stated for the post itself."""
    return offer.field == "published" and offer.place in DECLARED


def shown_days(read: Sequence[Read]) -> frozenset[date]:
    """Return the days that the post shows its readers: local, whatever an instant beside them says in UTC."""
    return frozenset(
        moment.on
        for offer, moment in read
        if moment.on
        and PLACES[offer.place].family == "display"
        and PLACES[offer.place].weight >= CHOOSE
        and moment.zone_basis not in FLOATING
    )


def score(offer: Offer, moment: Moment, support: dict[date, float]) -> float:
    """Return the support of a day; a coarse date has its place's weight alone."""
    return support[moment.on] if moment.on is not None else PLACES[offer.place].weight


def support_of(day: date, read: Sequence[Read], *, shiftable: bool) -> float:
    """Add up, family by family, the best place that gives this day."""
    best_of: dict[str, float] = {}
    for offer, moment in read:
        place = PLACES[offer.place]
        value = place.weight * share(day, offer, moment, shiftable=shiftable)
        best_of[place.family] = max(best_of.get(place.family, 0.0), value)
    if best_of.get("json_ld") or best_of.get("meta"):
        best_of.pop("page", None)
    return round(sum(best_of.values()), 4)


def share(day: date, offer: Offer, moment: Moment, *, shiftable: bool) -> float:
    """Return how much of an offer's weight counts for a day."""
    if moment.on == day:
        return 1.0
    if moment.on is None:
        inside = moment.earliest_on and moment.latest_on and moment.earliest_on <= day <= moment.latest_on
        return COARSE_SUPPORT if inside else 0.0
    if moment.at is not None and moment.zone_basis in FLOATING and shiftable:
        reachable = (moment.at - FURTHEST_WEST).date() <= day <= (moment.at + FURTHEST_EAST).date()
        return SHIFTED if reachable else 0.0
    return 0.0


def best(read: Sequence[Read], scores: Sequence[float]) -> int | None:
    """Return the winner: a day before a coarse date, then by support, time of day, place, nearness to the title.

    Claims of one day have one score: among them one that tells the time, in a fair place, says more than the rest.
    """

    def rank(index: int) -> tuple[bool, float, bool, float, bool, int]:
        offer, moment = read[index]
        weight, timed = PLACES[offer.place].weight, moment.at is not None
        return moment.on is not None, scores[index], timed and weight >= CHOOSE, weight, timed, -offer.distance

    able = [index for index in range(len(read)) if scores[index] >= CHOOSE]
    return max(able, key=rank) if able else None
