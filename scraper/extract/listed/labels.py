"""Words of a list that name nothing: labels, links, notes and what stands at the ends of a name."""

from __future__ import annotations

import re

from .hours import HOURS, SURE_HOURS

LABEL = re.compile(  # words that name nothing: labels, links, notes
    r"\A(?:date(?: and time|s)?|when|day|time|next meeting|upcoming meeting(?: on)?|on|the|venue|location|where|from"
    r"|until|every|download|view|pdf|doc|docx|agendas?|minutes|draft|papers?|agenda packs?|packet|handouts?"
    r"|get directions|directions|public|special|regular|approved|unapproved|signed|and|of|for|to follow|read more|more"
    r"|details?|find out more|book(?: now)?|tickets?|register(?: here)?|tba|tbc|n/a|notes?|video|audio|sold out|free"
    r"|cancell?ed|postponed|rescheduled|exhibition|event|at|in|by|not available|no meeting|held|doors?|add to calendar"
    r"|map|share|a|meeting details|export to icalendar|closed)\Z",
    re.IGNORECASE,
)
FATE = re.compile(r"\b(cancel(?:led|ed|lation)|canceled|postponed|rescheduled)\b", re.IGNORECASE)
EDGES = " \t-–—:;,|•·>»@*.()[]/_~"


def without_labels(words: str) -> str:
    """Return words without the marks and labels at their ends, '' where nothing else is left."""
    kept = FATE.sub(" ", HOURS.sub(lambda one: " " if SURE_HOURS.search(one.group()) else one.group(), words))
    parts = [part for part in re.split(r"\s[-–—|]\s|:\s|\s{3,}", kept) if not is_label(part)]
    words = tidy(parts[0]) if parts else ""
    words = re.sub(
        r"\A(?:date|when|next meeting|upcoming meeting on)\b:?\s?|\s(?:on|at|from|is|agenda|minutes)\Z",
        "",
        words,
        flags=re.I,
    )
    return "" if is_label(words) or not any(map(str.isalpha, words)) else words


def is_label(words: str) -> bool:
    """Say whether words are a label, a link or a note, and name nothing."""
    stripped = words.strip(EDGES).lower()
    return (
        not stripped
        or not any(map(str.isalpha, stripped))
        or all(map(LABEL.match, re.split(r"[\s]*[(),|/–-]+[\s]*|\s+", stripped)))
        or bool(LABEL.match(stripped))
    )


def tidy(words: str) -> str:
    """Return words without the marks around them."""
    kept = " ".join(words.split()).strip(EDGES.replace("(", "").replace(")", ""))
    if kept.startswith("(") and kept.endswith(")"):
        return kept[1:-1]
    return kept.lstrip(")") if "(" not in kept else kept
