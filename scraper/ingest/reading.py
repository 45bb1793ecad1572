"""From a capture to a post: read with what the sources say, its labels mapped, its content digested."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from scraper import extract, source_words, vocabulary
from scraper.capture import read_record
from scraper.errors import BlockedPage, ConfigError, NotAPost, PageError
from scraper.extract.recipe import Recipe, from_json
from scraper.models import Capture, Category, DateClaim, Partner, Post, RawPost, SourceClaims
from scraper.normalise import text, urls
from scraper.store import hosts, recipes
from scraper.store.archive import Archive, Row

GONE = (404, 410)
RECIPES_KEPT = 8  # parsed; one is read by at a time, in a re-extraction several


def read_page(archive: Archive, partner: Partner, capture: Capture) -> RawPost | PageError:
    """Read a page with what its sources say of it, outside any transaction; no post: the reason comes back."""
    if capture.status in GONE:
        return NotAPost("gone")
    if capture.status >= 400:
        return BlockedPage("status", str(capture.status))
    try:
        page = with_reservation(archive, capture)
        raw = extract.read(page, partner, claims_for(archive, partner, capture), recipe_of(archive, partner))
    except PageError as error:
        return error
    return raw


def with_reservation(archive: Archive, capture: Capture) -> Capture:
    """Return a capture with what its host's file says of text and data mining, if it says anything."""
    reserved = hosts.tdm_reservation(archive, urls.host_of(capture.url), capture.url)
    return (
        replace(capture, headers={**capture.headers, "x-archive-tdm": str(reserved)})
        if reserved is not None
        else capture
    )


def recipe_of(archive: Archive, partner: Partner) -> Recipe | None:
    """Return the recipe that the partner's pages are read by; None while it has none."""
    words = recipes.active_recipe(archive, partner.slug)
    return parsed_recipe(words) if words else None


@lru_cache(maxsize=RECIPES_KEPT)
def parsed_recipe(words: str) -> Recipe:
    """Return a recipe from its JSON; the same words come with every page of a partner."""
    return from_json(words)


def claims_for(archive: Archive, partner: Partner, capture: Capture) -> tuple[SourceClaims, ...]:
    """Return what the sources say about a page under the address that answered, else under the one that was asked."""
    answered, asked = urls.url_key(capture.url), urls.url_key(capture.requested_url or capture.url)
    said = source_words.of(archive, partner, answered)
    return said if said or asked == answered else source_words.of(archive, partner, asked)


def read_alone(archive: Archive, partner: Partner, capture: Capture, url_key: str) -> Post | None:
    """Read a page without what its sources say of it by now; None when it reads as no post."""
    try:
        raw = extract.read(with_reservation(archive, capture), partner, (), recipe_of(archive, partner))
    except PageError:
        return None
    return normalise(partner, raw, url_key, archive)


def reread(
    archive: Archive, row: Row, partner: Partner, capture: int | None = None, *, alone: bool = False
) -> Post | None:
    """Read a capture of a post with the present extractor, its last one when none is named.

    An earlier capture is read `alone`, without what the sources say by now. None when it cannot be read any more, or
    reads as no post.
    """
    place = archive.first("SELECT warc, offset, length FROM captures WHERE id = ?", [capture or row["capture"]])
    if place is None:
        return None
    try:
        record = read_record(archive.captures / place["warc"], place["offset"], place["length"])
    except ConfigError:
        return None
    again = replace(record.capture, requested_url=record.capture.requested_url or row["url"])
    if alone or (capture is not None and capture != row["capture"]):
        return read_alone(archive, partner, again, row["url_key"])
    found = read_page(archive, partner, again)
    return None if isinstance(found, PageError) else normalise(partner, found, row["url_key"], archive)


def normalise(partner: Partner, raw: RawPost, url_key: str, archive: Archive) -> Post:
    """Turn what a page says into a post: chosen dates, terms for labels, a digest of its content."""
    categories = tuple(map_category(label, raw, partner) for label in raw.categories)
    published = chosen(raw, "published")
    words = text.fold(raw.text)
    days = [published.edtf if published else "", *(event.when_edtf for event in raw.events)]
    return Post(
        partner=partner.slug,
        url_key=url_key,
        raw=raw,
        published=published,
        modified=chosen(raw, "modified"),
        categories=categories,
        events=raw.events,
        content_digest=text.digest_folded(text.fold(raw.title), words, *map(text.fold, days)),
        text_digest=text.digest_folded(words),
        folded=words,
        extractor=f"{extract.VERSION}/{raw.recipe or 'generic'}",
        claims_from=claims_from(archive, partner, url_key),
    )


def map_category(label: str, raw: RawPost, partner: Partner) -> Category:
    """Return a label with its term in the vocabulary and the reason."""
    found = vocabulary.map_label(label, language=raw.language or partner.language, overrides=partner.categories)
    return Category(label=label, term=found.term, reason=found.reason)


def chosen(raw: RawPost, name: str) -> DateClaim | None:
    """Return the claim that won for a date field; None when the post is undated."""
    return next((claim for claim in raw.dates if claim.field == name and claim.chosen), None)


def claims_from(archive: Archive, partner: Partner, url_key: str) -> str:
    """Return a mark of the sources that speak about an address: a new voice is not taken for a change of content.

    Nor is one that has fallen silent: a feed lists a post for a while.
    """
    rows = archive.query(
        "SELECT s.url, s.kind = 'feed' AND c.vanished_at IS NOT NULL AS silent FROM source_claims c"
        " JOIN sources s ON s.id = c.source WHERE c.partner = ? AND c.url_key = ? AND c.claims != '' ORDER BY s.url",
        [partner.slug, url_key],
    )
    return text.digest(*(f"{row['url']} silent" if row["silent"] else row["url"] for row in rows))[:12] if rows else ""
