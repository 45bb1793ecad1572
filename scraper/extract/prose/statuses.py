"""What became of an event, as its clause says."""

from __future__ import annotations

from scraper.models import EventStatus

from . import cues


def status_of(clause: str) -> EventStatus:
    """Return what became of the event: a new day is told as such even where the old one is called postponed."""
    if cues.RESCHEDULED.search(clause):
        return "rescheduled"
    if cues.CANCELLED.search(clause):
        return "cancelled"
    return "postponed" if cues.POSTPONED.search(clause) else "scheduled"
