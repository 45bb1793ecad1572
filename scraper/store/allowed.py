"""How much of a post may be shown: what its partner allows, narrowed by what its page reserves."""

from __future__ import annotations

from collections.abc import Iterable

from scraper.models import Partner, Public

EXTRACT_WORDS = 60  # of a post whose partner allows an extract only
QUOTE_LETTERS = {"full": 300, "extract": 80, "none": 80}  # of the words a date was read from
RESERVING = frozenset({"noarchive", "nosnippet", "tdm-reservation"})
MARKUP = ("json_ld", "microdata")  # whose evidence of an event is its dates, "start – end", no prose


def effective_rights(partner: Partner, flags: Iterable[str]) -> Public:
    """Return what may be shown of a post: the partner's rights, narrowed by what the page itself reserves.

    `noarchive`, `nosnippet` and a text-and-data-mining reservation leave titles, dates, names and links
    (docs/decisions/rights.md).
    """
    return "none" if partner.rights.public == "none" or set(flags) & RESERVING else partner.rights.public


def allowed_text(value: str, public: Public) -> str | None:
    """Return as much of a text as the partner's rights allow; None for none of it."""
    if public == "full":
        return value
    if public == "none":
        return None
    words = value.split()
    return " ".join(words[:EXTRACT_WORDS]) + (" …" if len(words) > EXTRACT_WORDS else "")


def allowed_evidence(value: str | None, found_in: str, shown: str | None, public: Public) -> str | None:
    """Return as much as may be shown of the words that tell of an event; `shown` is what may be of its post's text.

    Of a sentence that the extract does not hold nothing; a calendar's description is a text of its own.
    """
    if value is None or public == "full":
        return value
    if public == "none":
        return None
    if found_in in MARKUP:
        return value[: QUOTE_LETTERS[public]]
    if found_in == "calendar":
        return allowed_text(value, public)
    return value if " ".join(value.split()) in (shown or "") else None
