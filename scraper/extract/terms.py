"""Choose a post's categories and tags as the partner prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from scraper.models import Claim

from .titles import fold

CATEGORIES = (
    "partner",
    "wordpress",
    "feed",
    "calendar",
    "visible:rel-category",
    "json_ld:articleSection",
    "open_graph:article:section",
    "microdata:articlesection",
    "html_meta:parsely-section",
    "html_meta:article.section",
    "html_meta:cxenseparse:section",
    "visible:category-box",
    "visible:category-link",
    "json_ld:breadcrumbs",
    "visible:breadcrumbs",
    "visible:post-class",
)
TAGS = (
    "partner",
    "wordpress",
    "feed",
    "calendar",
    "open_graph:article:tag",
    "visible:rel-tag",
    "json_ld:keywords",
    "visible:tag-link",
    "visible:tag-box",
    "visible:topic-link",
    "html_meta:news_keywords",
    "html_meta:parsely-tags",
    "html_meta:keywords",
    "visible:post-class",
)
ORDER = {"categories": CATEGORIES, "tags": TAGS}
LISTS = re.compile(r"\s*[,;]\s*")
HOMES = frozenset(
    "home|homepage|home page|start|startseite|hafan|accueil|inicio|página inicial|strona główna|domů|hem|hjem|forside|главная".split(
        "|"
    )
)
MAX_TERMS = 30
MAX_LABEL = 80


def choose(
    offered: Mapping[str, Sequence[Claim]], field: str, title: str, site_names: Sequence[str]
) -> tuple[tuple[str, ...], str | None]:
    """Return the labels of the most trusted place that has any, and the place; ((), None) for none."""
    claims = [*offered.get(field, ()), *(offered.get("breadcrumbs", ()) if field == "categories" else ())]
    for place in ORDER[field]:
        found = [
            claim.value for claim in claims if claim.found_in == place or claim.found_in.partition(":")[0] == place
        ]
        labels = trail(found, title) if place.endswith("breadcrumbs") else [part for one in found for part in cut(one)]
        good = unique([label for label in labels if is_label(label, title, site_names)])
        if good:
            return good[:MAX_TERMS], place
    return (), None


def cut(words: str) -> Iterator[str]:
    """Yield each label of a list that is written with commas or semicolons."""
    for label in LISTS.split(words):
        yield label.strip().lstrip("#").strip()


def trail(steps: Sequence[str], title: str) -> list[str]:
    """Return the breadcrumbs between the start and the post itself."""
    inner = [step for step in steps if fold(step) not in HOMES]
    if inner and inner is not steps and fold(inner[-1]) == fold(title):
        inner = inner[:-1]
    return inner


def is_label(label: str, title: str, site_names: Sequence[str]) -> bool:
    """Say whether words can be a category or a tag: short, not the title, not the site."""
    words = fold(label)
    return (
        0 < len(words)
        and len(label) <= MAX_LABEL
        and words != fold(title)
        and words not in HOMES
        and "http" not in words
    )


def unique(labels: Sequence[str]) -> tuple[str, ...]:
    """Return labels without those that differ in case alone, in order."""
    kept: dict[str, str] = {}
    for label in labels:
        kept.setdefault(fold(label), label)
    return tuple(kept.values())
