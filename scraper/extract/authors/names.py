"""What a person's name looks like."""

from __future__ import annotations

import re

NAME = re.compile(r"^[^\W_][^@<>{}\[\]|=#:\\]{1,70}$", re.UNICODE)
HOST = re.compile(r"^[\w-]{1,60}\.[a-z]{2,6}$", re.IGNORECASE)
OFFICES = frozenset(
    (
        *(
            "assistant",
            "associate",
            "author",
            "columnist",
            "contributing",
            "contributor",
            "desk",
            "editor",
            "editorial",
        ),
        *(
            "expert",
            "guest",
            "managing",
            "member",
            "news",
            "publisher",
            "reporter",
            "reviewer",
            "senior",
            "staff",
            "team",
        ),
        *("web", "writer", "freier", "freie", "redakteur", "redakteurin", "redaktion", "autor", "autorin"),
    )
)
PARTICLES = frozenset(  # what a surname can have in small letters
    (
        *(
            "von",
            "van",
            "vom",
            "zu",
            "zur",
            "ter",
            "ten",
            "te",
            "de",
            "del",
            "della",
            "di",
            "da",
            "das",
            "do",
            "dos",
            "du",
        ),
        *("la", "le", "los", "el", "al", "bin", "bint", "ibn", "ben", "af", "av", "ap", "ferch", "e", "i", "y"),
        *("der", "den"),
    )
)
ARTICLES = frozenset(("der", "den", "la", "le", "los", "el", "das", "zur"))  # no particles alone
ELISIONS = ("d'", "d’", "l'", "l’", "o'", "o’")


def is_person(name: str) -> bool:
    """Say whether words look like a person's name: two to five, each with a capital, particles aside."""
    text = name.partition(",")[0]
    parts = text.split()
    small = [part for part in parts if part[:1].islower()]
    return (
        2 <= len(parts) <= 5
        and len(parts) - len(small) >= 2
        and not parts[-1][:1].islower()
        and (not small or are_particles(small))
        and not OFFICES.issuperset(part.lower() for part in parts)
        and "redaktion" not in (parts[0].lower(), parts[-1].lower())
        and not any(character.isdigit() for character in name)
    )


def are_particles(small: list[str]) -> bool:
    """Say whether the small words of a name are those of surnames: "van der", but no "der" alone."""
    return all(part in PARTICLES or part.startswith(ELISIONS) for part in small) and not ARTICLES.issuperset(small)
