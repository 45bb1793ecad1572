"""What a page says for itself: that it is a post, though no source called it one."""

from __future__ import annotations

from scraper.extract.reading import EVENT_PATH
from scraper.models import RawPost
from scraper.normalise.text import fold

POST_TYPES = frozenset("Article NewsArticle BlogPosting Report PressRelease Event LiveBlogPosting".split())


def says_post(raw: RawPost) -> bool:
    """Say whether a page itself says that it is a post: by its type, a publication date, or an event of its own."""
    return has_own_date(raw) or has_own_event(raw) or (raw.share.json_ld_type or "") in POST_TYPES


def has_own_event(raw: RawPost) -> bool:
    """Say whether a page is one event's: by its markup, or what it shows has its title; others are those of a list."""
    shown = [event for event in raw.events if event.found_in == "visible"]
    if any(event.found_in not in ("visible", "prose") for event in raw.events):
        return True
    if raw.kind == "event" or EVENT_PATH.search(raw.url):
        return bool(shown)
    title, names = fold(raw.title or ""), {fold(event.title) for event in shown}
    return names == {title} or (len(shown) == 1 and names.pop() in title)


def has_own_date(raw: RawPost) -> bool:
    """Say whether a page has one publication date; several that stand alike are those of a list."""
    claims = [claim for claim in raw.dates if claim.field == "published"]
    best = next((claim for claim in claims if claim.chosen), None)
    return best is not None and not any(claim.score >= best.score and claim.on != best.on for claim in claims)
