"""A feed of WordPress that lists first what was changed last: what has moved to its head since the last visit.

A site that keeps its API to itself and has no dates in its sitemap still answers `?orderby=modified`. Such a feed says
nothing of when a post changed, so the order of one visit is compared with that of the next.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from scraper.models import Candidate, Reading, SourceClaims

KEY = "orderby=modified"
ORDER = "order"  # the addresses that the last visit saw, as the source's memory keeps them


def changes_url(feed: str) -> str:
    """Return the address of the same feed with what was changed last at its head."""
    return f"{feed}{'&' if '?' in feed else '?'}{KEY}"


def lists_changes(url: str) -> bool:
    """Say whether an address is that of a feed ordered by change."""
    return KEY in url


def read(reading: Reading, memory: dict[str, str]) -> Reading:
    """Turn a feed into what it says by its order; the words of its entries stand in the other feeds."""
    now = [candidate.url for candidate in reading.candidates]
    changed = moved(remembered(memory), now)
    candidates = [said_by_place(candidate, candidate.url in changed) for candidate in reading.candidates]
    candidates += [Candidate(url=url, found_in="feed", changed=True) for url in changed if url not in now]
    return replace(reading, candidates=tuple(candidates), next_urls=(), memory={ORDER: json.dumps(now)})


def remembered(memory: dict[str, str]) -> list[str]:
    """Return the addresses of the last visit; none at the first."""
    try:
        found = json.loads(memory.get(ORDER, "[]"))
    except ValueError:
        return []
    return [url for url in found if isinstance(url, str)] if isinstance(found, list) else []


def moved(before: Sequence[str], now: Sequence[str]) -> list[str]:
    """Return what has moved to the head since, and what has dropped out from between others; none at a first visit."""
    if not before:
        return []
    stayed = [url for url in now if url in before]
    ahead = next((k for k in range(len(stayed) + 1) if is_within(stayed[k:], before)), len(stayed))
    kept = stayed[ahead:]
    last = max((before.index(url) for url in kept), default=0)
    dropped = [url for url in before[:last] if url not in now]
    edited = now[: now.index(kept[0])] if kept else list(now)
    return [*edited, *dropped]


def is_within(some: Sequence[str], whole: Sequence[str]) -> bool:
    """Say whether addresses stand in a list in the same order."""
    places = [whole.index(url) for url in some]
    return places == sorted(places)


def said_by_place(candidate: Candidate, changed: bool) -> Candidate:
    """Return a candidate that says where a post is and whether it has changed, and no more."""
    guid = candidate.claims.guid if candidate.claims else None
    claims = SourceClaims(url=candidate.url, found_in="feed", guid=guid)
    return Candidate(url=candidate.url, found_in="feed", claims=claims, changed=changed)
