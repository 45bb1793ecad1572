"""What a person's name looks like."""

from __future__ import annotations

import re

NAME = re.compile(r"^[^\W_][^@<>{}\[\]|=#:\\]{1,70}$", re.UNICODE)
HOST = re.compile(r"^[\w-]{1,60}\.[a-z]{2,6}$", re.IGNORECASE)


def is_person(name: str) -> bool:
    """Say whether words look like a person's name: two to five, each with a capital, particles aside."""
    parts = name.partition(",")[0].split()
    big = [part for part in parts if not part[:1].islower()]
    return (
        2 <= len(parts) <= 5
        and len(big) >= 2
        and all(part in big or len(part) <= 3 for part in parts)
        and not any(character.isdigit() for character in name)
    )
