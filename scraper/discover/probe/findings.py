"""What asking a place showed, and which of the places asked are worth visiting."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Literal

from scraper.models import Reading, Source
from scraper.normalise import urls

from .. import addresses, feed, feed_changes
from .offers import Offer, offer

Verdict = Literal["good", "empty", "failed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What asking a place showed; `advice` says what a person can do about one that failed."""

    source: Source
    verdict: Verdict
    words: str
    keys: frozenset[str] = frozenset()  # the addresses it lists that may be posts
    whole: bool = False
    leads_on: bool = False  # to its next page, or to other lists
    types: int = 0  # of posts that an API names
    advice: str = ""


def older_pages(findings: Sequence[Finding]) -> tuple[Offer, ...]:
    """Return the second page of each feed of WordPress that could be read: its further pages follow from there."""
    return tuple(
        offer("feed", feed.paged_url(url, 2), "older posts of the same feed", declared=False)
        for url in read_feeds(findings)
    )


def changed_first(findings: Sequence[Finding]) -> tuple[Offer, ...]:
    """Return each feed of WordPress that could be read, asked for what was changed last."""
    return tuple(
        offer("feed", feed_changes.changes_url(url), "what was changed last, first", declared=False)
        for url in read_feeds(findings)
    )


def read_feeds(findings: Sequence[Finding]) -> list[str]:
    """Return the addresses of the feeds that could be read, but for their further pages."""
    good = [one.source.url for one in findings if one.source.kind == "feed" and one.verdict == "good"]
    return [url for url in good if "paged=" not in url]


def judge(source: Source, reading: Reading, hosts: frozenset[str]) -> Finding:
    """Say what a source that could be read is worth."""
    keys = frozenset(
        urls.url_key(candidate.url)
        for candidate in reading.candidates
        if urls.same_host(candidate.url, hosts) and addresses.may_be_offered(candidate)
    )
    if reading.children:
        words = f"names {len(reading.children)} {'sitemaps' if source.kind == 'sitemap' else 'post types'}"
        types = len(reading.children) if source.kind == "wordpress" else 0
        return Finding(source=source, verdict="good", words=words, whole=reading.whole or bool(types), types=types)
    if keys or reading.events:
        words = f"lists {len(keys)} posts" + (f" and {len(reading.events)} events" if reading.events else "")
        words += (
            f", leads to {len(reading.further_urls)} further list{'s' * (len(reading.further_urls) > 1)}"
            if reading.further_urls
            else ""
        )
        leads_on = bool(reading.next_urls or reading.further_urls)
        return Finding(source=source, verdict="good", words=words, keys=keys, whole=reading.whole, leads_on=leads_on)
    return Finding(source=source, verdict="empty", words="can be read but lists no posts")


def choose(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the sources worth visiting: all that gave something, listings only where no other source is whole."""
    good = [finding for finding in findings if finding.verdict == "good"]
    kept = [finding for finding in good if finding.source.kind in ("wordpress", "sitemap", "calendar")]
    known: set[str] = set()
    for finding in (finding for finding in good if finding.source.kind == "feed"):
        if finding.keys - known or feed_changes.lists_changes(finding.source.url):
            kept.append(finding)
            known |= finding.keys
    if is_whole(kept, known or most_listed(good)):
        return (*kept, *unnamed(good, known))
    seen: set[str] = set()
    for finding in sorted(
        (f for f in good if f.source.kind == "listing"), key=lambda f: (not f.leads_on, -len(f.keys))
    ):
        if len(finding.keys - seen) * 5 >= len(finding.keys):
            kept.append(finding)
            seen |= finding.keys
    return tuple(kept)


def names_one_type(findings: Sequence[Finding]) -> bool:
    """Say whether all that is known of a site's posts is an API that names one type: others may be kept from it."""
    good = [finding for finding in findings if finding.verdict == "good"]
    return any(finding.types == 1 for finding in good) and not any(f.source.kind == "sitemap" for f in good)


def unnamed(good: Sequence[Finding], known: Set[str]) -> list[Finding]:
    """Return the listings of posts that an API of one type does not name: they lie in folders of their own."""
    if not names_one_type(good):
        return []
    folders = {addresses.shape_of(key) for key in known}
    kept: list[Finding] = []
    for finding in (one for one in good if one.source.kind == "listing"):
        new = {key for key in finding.keys if addresses.shape_of(key) not in folders}
        if len(new) * 2 > len(finding.keys):
            kept.append(finding)
            folders |= {addresses.shape_of(key) for key in finding.keys}
    return kept


def is_whole(kept: Sequence[Finding], known: Set[str]) -> bool:
    """Say whether the sources list every post, as far as can be told: an index, or most of what is known otherwise."""
    listed = {key for finding in kept if finding.whole for key in finding.keys}
    indexed = any(finding.whole and not finding.keys for finding in kept)
    return indexed or bool(listed and (not known or len(known & listed) * 2 >= len(known)))


def most_listed(good: Sequence[Finding]) -> frozenset[str]:
    """Return what the longest listing names: where no feed tells, a sitemap must name most of that."""
    return max((finding.keys for finding in good if finding.source.kind == "listing"), key=len, default=frozenset())
