"""Identifiers that come out the same after a rebuild, an erasure or on another machine."""

from __future__ import annotations

import hashlib

BITS = 52  # exact as a JSON number (RFC 8259, section 6)
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no letter that reads as another


def post_id(partner: str, url_key: str) -> int:
    """Return a post's id: 52 bits of sha256 over its partner and the first address it had."""
    return number("post", partner, url_key)


def event_id(partner: str, owner: str, key: str) -> int:
    """Return an event's id: `owner` is its post or its calendar, `key` what tells it from the owner's other events."""
    return number("event", partner, owner, key)


def number(*parts: str) -> int:
    """Return 52 bits of the sha256 of the parts."""
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - BITS)


def short(value: int) -> str:
    """Return an id as addresses show it: 11 characters of base 32."""
    letters = []
    for _ in range(11):
        value, rest = divmod(value, 32)
        letters.append(ALPHABET[rest])
    return "".join(reversed(letters))


def parse_short(value: str) -> int | None:
    """Return the id of a shown form, letters that read alike taken as one; None when it is none."""
    folded = value.lower().replace("o", "0").replace("i", "1").replace("l", "1")
    if len(folded) != 11 or any(letter not in ALPHABET for letter in folded):
        return None
    found = 0
    for letter in folded:
        found = found * 32 + ALPHABET.index(letter)
    return found if found < 2**BITS else None
