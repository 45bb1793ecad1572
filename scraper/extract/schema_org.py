"""The schema.org words that JSON-LD and microdata share: which types are posts, which properties are which field."""

from __future__ import annotations

POSTS = (  # the nearer the front, the likelier it is the page's own subject
    "NewsArticle",
    "BlogPosting",
    "Article",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BackgroundNewsArticle",
    "ReviewNewsArticle",
    "AdvertiserContentArticle",
    "LiveBlogPosting",
    "TechArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
    "DiscussionForumPosting",
    "Report",
    "Recipe",
    "HowTo",
    "VideoObject",
    "PodcastEpisode",
)
PAGES = ("WebPage", "ItemPage", "AboutPage", "CreativeWork")
EVENT_ENDINGS = ("Event", "Festival", "Hackathon", "EventSeries")


def is_event(name: str) -> bool:
    """Say whether a bare schema.org type is an event: Event, BusinessEvent, Festival …"""
    return name.endswith(EVENT_ENDINGS) and name not in ("PublicationEvent", "BroadcastEvent", "DeliveryEvent")


def rank(types: tuple[str, ...]) -> int:
    """Return how likely a node of these types is the page's own post, 0 best; -1 when it is none."""
    for name in types:
        if name in POSTS:
            return 0 if POSTS.index(name) < POSTS.index("Recipe") else 1
        if is_event(name):
            return 1
    return 2 if any(name in PAGES for name in types) else -1
