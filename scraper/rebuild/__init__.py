"""The database again, from captures and journal alone: every answer is taken as it was when it came."""

from .again import replay_visit
from .making import Report, rebuild
from .past import Past

__all__ = ["Past", "Report", "rebuild", "replay_visit"]
