"""Choose a post's categories and tags as the partner prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from scraper.models import Claim

from .titles import Site, fold, fold_all

FOLDERS = "address:folders"  # learned: a source named the same for other posts of the partner
SOURCES = ("partner", "wordpress", "feed", "calendar")
CATEGORIES = (  # what stands beside the post first; a page's head often lists labels that no reader sees
    *SOURCES,
    "visible:rel-category",
    "visible:category-link",
    "visible:category-box",
    "visible:labelled",
    "visible:rel-section",
    "open_graph:article:section",
    "json_ld:breadcrumbs",
    "json_ld:articleSection",
    "microdata:articlesection",
    "visible:breadcrumbs",
    "html_meta:parsely-section",
    "html_meta:article.section",
    "html_meta:cxenseparse:section",
    FOLDERS,
    "visible:post-class",
)
TAGS = (
    *SOURCES,
    "visible:rel-tag",
    "html_meta:news_keywords",
    "json_ld:keywords",
    "visible:tag-link",
    "open_graph:article:tag",
    "visible:tag-box",
    "visible:topic-link",
    "html_meta:parsely-tags",
    "html_meta:keywords",
    "visible:post-class",
)
BESIDE = "visible:rel-section"  # a section's line at the foot of a post, joined to what stands above its title
SHOWN_TAGS = ("visible:rel-tag", "visible:tag-link", "visible:tag-box")
ORDER = {"categories": CATEGORIES, "tags": TAGS}
LISTS = re.compile(r"\s*[,;]\s*|\s+(?=#\w)")
HOMES = frozenset(
    [
        "home",
        "homepage",
        "home page",
        "start",
        "startseite",
        "hafan",
        "accueil",
        "inicio",
        "página inicial",
        "strona główna",
        "domů",
        "hem",
        "hjem",
        "forside",
        "главная",
    ]
)
COUNT = re.compile(r"\s*\(\d{1,6}(?: [a-z]{1,12})?\)$")
CODE = re.compile(r"^[A-Z]{2,8}\d{0,4}$")
MARK = re.compile(r"https?:|^[0-9a-f]{8}-[0-9a-f]{4}-|^(?:nlp |category:|tag:|type:)|:[A-Z]", re.IGNORECASE)
NO_LABELS = frozenset(
    [
        "tags",
        "tag",
        "themen",
        "thema",
        "topics",
        "topic",
        "keywords",
        "schlagworte",
        "schlagwörter",
        "stichworte",
        "category",
        "categories",
        "kategorie",
        "kategorien",
        "mehr",
        "more",
        "read more",
        "see more",
        "follow",
        "share",
        "kommentare",
        "comments",
        "uncategorized",
        "uncategorised",
        "related topics",
        "all topics",
        "alle themen",
        "get alerts for these topics",
        "follow this topic",
        "follow these topics",
    ]
)
FURNITURE = frozenset(  # what a site's own menus hold and no list of terms does
    [
        *("about us", "advertise with us", "contact us", "cookie policy", "follow us", "impressum", "imprint"),
        *("kontakt", "log in", "login", "mentions légales", "my account", "privacy policy", "sign in", "sign up"),
        *("site map", "sitemap", "subscribe", "terms of use", "über uns"),
    ]
)
MAX_TERMS = 30
PLAIN = "html_meta:keywords"
FEWEST_USED = 0.3  # the share of a head's keywords that a post about them prints
SHORTEST_TEXT = 60  # words
MOST_LISTED = 9  # categories beside a post; a longer list is the site's own
MAX_LABEL = 80


def choose(
    offered: Mapping[str, Sequence[Claim]], field: str, title: str, site: Site
) -> tuple[tuple[str, ...], str | None]:
    """Return the labels of the most trusted place that has any, and the place; ((), None) for none."""
    claims = [*offered.get(field, ()), *(offered.get("breadcrumbs", ()) if field == "categories" else ())]
    for place in ORDER[field]:
        found = [
            claim.value for claim in claims if claim.found_in == place or claim.found_in.partition(":")[0] == place
        ]
        labels = trail(found, title) if place.endswith("breadcrumbs") else [part for one in found for part in cut(one)]
        good = unique([label for label in labels if is_label(label, title, site)])
        if good and not are_codes(good) and not are_menu(labels, field, place):
            if field == "categories":
                good = unique([*without_tags(good, place, offered), *beside(claims, place, title, site)])
            return good[:MAX_TERMS], place
    return (), None


def without_tags(labels: Sequence[str], place: str, offered: Mapping[str, Sequence[Claim]]) -> Sequence[str]:
    """Return a feed's categories without those that the page prints as tags: feeds have one element for both.

    Where the folders of the address are known to be the categories, the others are tags.
    """
    if place != "feed":
        return labels
    folders = {fold(claim.value) for claim in offered.get("categories", ()) if claim.found_in == FOLDERS}
    if named := [label for label in labels if fold(label) in folders]:
        return named
    tags = {
        fold(part) for claim in offered.get("tags", ()) if claim.found_in in SHOWN_TAGS for part in cut(claim.value)
    }
    return [label for label in labels if fold(label) not in tags] or labels


def beside(claims: Sequence[Claim], place: str, title: str, site: Site) -> list[str]:
    """Return the labels of the section's line that a feed, or a box above the title, leaves out."""
    if place not in ("feed", "visible:rel-category", "visible:category-link", "visible:category-box"):
        return []
    return [claim.value for claim in claims if claim.found_in == BESIDE and is_label(claim.value, title, site)]


def cut(words: str) -> Iterator[str]:
    """Yield each label of a list that is written with commas or semicolons."""
    for label in LISTS.split(words):
        yield COUNT.sub("", label.strip(" \t\"'„“”‚‘’«»[]")).lstrip("#").strip()


def trail(steps: Sequence[str], title: str) -> list[str]:
    """Return the breadcrumbs between the start and the post itself."""
    inner = [step for step in steps if fold(step) not in HOMES]
    if inner and inner is not steps and fold(inner[-1]) == fold(title):
        inner = inner[:-1]
    return inner


def are_codes(labels: Sequence[str]) -> bool:
    """Say whether labels are an agency's machine codes ("INDG08") and not words."""
    return len(labels) > 4 and 2 * sum(bool(CODE.match(label)) for label in labels) > len(labels)


def without_unsaid(tags: tuple[str, ...], place: str | None, words: str) -> tuple[str, ...]:
    """Return the tags, but none that a page's head gives for the whole site: words that its text hardly uses.

    `words` are the post's title and text; an empty text proves nothing, and a single keyword was chosen for the post.
    """
    if place != PLAIN or len(tags) < 2:
        return tags
    said = f" {fold_all(words)} "
    used = sum(f" {fold(tag)} " in said for tag in tags)
    return tags if used >= FEWEST_USED * len(tags) or len(said.split()) < SHORTEST_TEXT else ()


def are_menu(labels: Sequence[str], field: str, place: str) -> bool:
    """Say whether labels are the site's own menu and not a post's terms: too many, or "Contact us" among them."""
    if not place.startswith("visible:") or place.endswith("breadcrumbs"):
        return False
    folded = set(map(fold, labels))
    return not FURNITURE.isdisjoint(folded) or (field == "categories" and len(folded) > MOST_LISTED)


def is_label(label: str, title: str, site: Site) -> bool:
    """Say whether words can be a category or a tag: short, not the title, not the site, not a machine's mark."""
    words = fold(label)
    return (
        len(words) > words.isascii()  # a letter alone is a machine's mark; one Han character is a word
        and len(label) <= MAX_LABEL
        and words != fold(title)
        and words not in HOMES
        and words not in NO_LABELS
        and not site.is_exactly(label)
        and not MARK.search(label)
    )


def unique(labels: Sequence[str]) -> tuple[str, ...]:
    """Return labels without those that differ in case alone, in order."""
    kept: dict[str, str] = {}
    for label in labels:
        kept.setdefault(fold(label), label)
    return tuple(kept.values())
