"""An event: when and where, who says so and in which words."""

from __future__ import annotations

from datetime import date
from typing import Any

from scraper.publish import ics, records
from scraper.publish.about import About
from scraper.publish.addresses import lengthen, shorten
from scraper.publish.files import CONTENT_TYPES
from scraper.store.allowed import MARKUP

from .. import times
from ..ask import Answer, Ask, File, Moved, Page
from . import calendar, common
from .one_post import missing

MOST_OTHERS = 8
LONG_DAYS = 31  # an event that lasts longer, such as an exhibition, stands beside half the calendar


def page(ask: Ask) -> Answer:
    """Return an event, or its calendar file."""
    number = lengthen(ask.values["short"])
    if number is None:
        return missing()
    if shorten(number) != ask.values["short"]:
        return Moved(location=ask.path.replace(ask.values["short"], shorten(number), 1))
    found = records.read_events(ask.connection, "e.id = ?", (number,), ask.base)
    if not found:
        return missing()
    event = found[0]
    if ask.values.get("format") == "ics":
        about = About(
            query=f"event {event['id']}", count=1, as_of=records.data_as_of(ask.connection), url=ask.base + ask.path
        )
        return File(pieces=ics.write(found, about), content_type=CONTENT_TYPES["ics"], filename=f"{event['id']}.ics")
    post = lengthen(event["post"]) if event["post"] else None
    claims = ask.rows("SELECT * FROM date_claims WHERE event = ? ORDER BY chosen DESC, score DESC LIMIT 40", number)
    return Page(
        template="event",
        context={
            "event": event,
            "when": times.happens(event),
            "coarse": not (event["starts_at"] or event["start_on"]),
            "posts": common.cards(ask, [post]) if post is not None else [],
            "source": ask.row(
                "SELECT s.kind, s.url FROM events e JOIN sources s ON s.id = e.source WHERE e.id = ?", number
            ),
            "others": others(ask, number, event),
            "calendar": f"/calendar?month={event['start_on'][:7]}" if event["start_on"] else "",
            "claims": [
                {**claim, "words": times.say_edtf(claim["edtf"]), "above": is_above(claim, event["evidence"])}
                for claim in claims
            ],
            "unknown": ask.unknown(),
        },
    )


def is_above(claim: dict[str, Any], evidence: str | None) -> bool:
    """Whether the words of a date are those that the page shows already; they may be cut where they are long."""
    return bool(claim["quote"]) and claim["found_in"] not in MARKUP and (evidence or "").startswith(claim["quote"])


def others(ask: Ask, number: int, event: dict[str, Any]) -> list[dict[str, Any]]:
    """Return other events on the days of one, those of the day it begins first; none for one without a day."""
    if not event["start_on"]:
        return []
    first, last = (date.fromisoformat(event[name] or event["start_on"]) for name in ("start_on", "end_on"))
    if (last - first).days > LONG_DAYS:
        return []
    sql, values = calendar.between(first, last, "")
    sql = f"{common.EVENT_CARD} {sql} AND e.id <> ? AND e.start_on IS NOT NULL AND e.gone_at IS NULL"
    order = "ORDER BY e.earliest_on <> ?, e.earliest_on, e.starts_at, e.id LIMIT ?"
    return [common.event_card(row) for row in ask.rows(f"{sql} {order}", *values, number, str(first), MOST_OTHERS)]
