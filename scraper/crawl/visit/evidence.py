"""What a page says for itself: that it is a post, though no source called it one."""

from __future__ import annotations

from scraper.models import RawPost

POST_TYPES = frozenset("Article NewsArticle BlogPosting Report PressRelease Event LiveBlogPosting".split())


def says_post(raw: RawPost) -> bool:
    """Say whether a page itself says that it is a post: by its type, a publication date, or an event in its markup."""
    told = any(event.found_in != "prose" for event in raw.events)
    return has_own_date(raw) or told or (raw.share.json_ld_type or "") in POST_TYPES


def has_own_date(raw: RawPost) -> bool:
    """Say whether a page has one publication date; several that stand alike are those of a list."""
    claims = [claim for claim in raw.dates if claim.field == "published"]
    best = next((claim for claim in claims if claim.chosen), None)
    return best is not None and not any(claim.score >= best.score and claim.on != best.on for claim in claims)
