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
MOST_EARLIER = 5  # pages of a post that are read again for its date
NO_YEAR = 2200
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
    stored = stored_capture(archive, capture or row["capture"])
    if stored is None:
        return None
    again = replace(stored, requested_url=stored.requested_url or row["url"])
    if alone or (capture is not None and capture != row["capture"]):
        return read_alone(archive, partner, again, row["url_key"])
    found = read_page(archive, partner, again)
    if isinstance(found, PageError):
        return None
    return dated(archive, row, partner, normalise(partner, found, row["url_key"], archive))


def stored_capture(archive: Archive, capture: int | None) -> Capture | None:
    """Return a capture from its file; None when it is not whole there."""
    place = archive.first("SELECT warc, offset, length FROM captures WHERE id = ?", [capture])
    if place is None:
        return None
    try:
        return read_record(archive.captures / place["warc"], place["offset"], place["length"]).capture
    except ConfigError:
        return None


def dated(archive: Archive, row: Row, partner: Partner, post: Post) -> Post:
    """Return a post with the date of an earlier page of it, where its page prints none any more."""
    if post.published is not None or row["published_edtf"] is None:
        return post
    captures = archive.query(
        "SELECT capture FROM revisions WHERE post = ? UNION SELECT ? ORDER BY 1 DESC LIMIT ?",
        [row["id"], row["capture"], MOST_EARLIER],
    )
    for line in captures:
        stored = stored_capture(archive, line["capture"])
        earlier = read_alone(archive, partner, stored, row["url_key"]) if stored else None
        if earlier is not None and earlier.published is not None:
            return with_date(post, earlier.published)
    return post


def with_date(post: Post, claim: DateClaim) -> Post:
    """Return a post that an earlier page dates."""
    found = replace(claim, found_in=f"earlier page: {claim.found_in}")
    raw = replace(post.raw, dates=(*post.raw.dates, found))
    return replace(post, raw=raw, published=found, content_digest=digest(raw, found, post.folded))


def normalise(partner: Partner, raw: RawPost, url_key: str, archive: Archive) -> Post:
    """Turn what a page says into a post: chosen dates, terms for labels, a digest of its content."""
    raw = without_absurd_events(raw)
    categories = tuple(map_category(label, raw, partner) for label in raw.categories)
    published = chosen(raw, "published")
    words = text.fold(raw.text)
    return Post(
        partner=partner.slug,
        url_key=url_key,
        raw=raw,
        published=published,
        modified=chosen(raw, "modified"),
        categories=categories,
        events=raw.events,
        content_digest=digest(raw, published, words),
        text_digest=text.digest_folded(words),
        folded=words,
        extractor=f"{extract.VERSION}/{raw.recipe or 'generic'}",
        claims_from=claims_from(archive, partner, url_key),
    )


def without_absurd_events(raw: RawPost) -> RawPost:
    """Return what a page says without events of years in which nobody announces one: 9999 stands for "no end"."""
    kept = tuple(event for event in raw.events if event.earliest_on is None or event.earliest_on.year < NO_YEAR)
    return raw if len(kept) == len(raw.events) else replace(raw, events=kept)


def digest(raw: RawPost, published: DateClaim | None, folded: str) -> str:
    """Return the digest of what a post says: its title, its folded text, and its days."""
    days = [published.edtf if published else "", *(event.when_edtf for event in raw.events)]
    return text.digest_folded(text.fold(raw.title), folded, *map(text.fold, days))


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
