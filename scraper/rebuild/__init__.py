"""The database again, from captures and journal alone: every answer is taken as it was when it came."""

from .building import Report, rebuild
from .journal_visits import JournalVisit
from .replaying import replay_visit

__all__ = ["JournalVisit", "Report", "rebuild", "replay_visit"]
