"""Identifiers that come out the same after a rebuild, an erasure or on another machine."""

from __future__ import annotations

import hashlib

BITS = 52  # exact as a JSON number (RFC 8259, section 6)


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
