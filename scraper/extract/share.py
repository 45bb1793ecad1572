"""Share metadata whole: every column as the page prints it, and what a share card would show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import SplitResult, unquote, urlsplit

from scraper.models import ShareMetadata

from . import json_ld
from .document import Document
from .evidence import tidy
from .html_meta import canonicals
from .links import absolute
from .post_node import Node, image_of

SHARING = re.compile(
    r"^(?:https?:)?//[^?#]{0,100}(?:share|intent/|/submit|/pin/create|/send|wa\.me/|/dialog/|/home)[^?#]{0,60}\?",
    re.IGNORECASE,
)
MAX_LINKS = 3_000
NETWORKS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(  # network, host, path
    (name, re.compile(rf"(?:^|\.)(?:{host})$"), re.compile(path))
    for name, host, path in (
        ("x", r"twitter\.com|x\.com", r"^/(?:intent/(?:tweet|post)|share|home)(?:/|$)"),
        (
            "facebook",
            r"facebook\.com",
            r"^/(?:sharer|share|dialog/(?:share|feed)|sharer/sharer|v\d{1,2}\.\d/dialog/share)(?:\.php)?(?:/|$)",
        ),
        ("linkedin", r"linkedin\.com", r"^/(?:sharearticle|sharing/share-offsite|cws/share|feed/?$)"),
        ("whatsapp", r"wa\.me|whatsapp\.com", r"^/(?:send)?/?$"),
        ("reddit", r"reddit\.com", r"^/(?:r/[^/]{1,50}/)?submit"),
        ("pinterest", r"pinterest\.(?:com|co\.uk|de|fr|es|it)", r"^/pin/create"),
        ("telegram", r"t\.me|telegram\.me", r"^/share(?:/|$)"),
        ("bluesky", r"bsky\.app", r"^/intent/compose"),
        ("threads", r"threads\.(?:net|com)", r"^/intent/post"),
        (
            "mastodon",
            r"mastodon\.[a-z]{2,12}|toot\.kytta\.dev|mastodonshare\.com|tootpick\.org|s2f\.kytta\.dev",
            r"^/(?:share)?(?:/|$)",
        ),
    )
)
TITLE_ORDER = ("og_title", "twitter_title", "page_title")
DESCRIPTION_ORDER = ("og_description", "twitter_description", "meta_description")
IMAGE_ORDER = ("og_image", "twitter_image", "json_ld_image")
URL_ORDER = ("og_url", "canonical_url", "url")


def read(document: Document, node: Node | None) -> ShareMetadata:
    """Return the page's share metadata; `node` is the JSON-LD node of the post, when there is one."""
    raw = read_metas(document)
    raw["json_ld_type"] = next(iter(json_ld.types(node)), None) if node is not None else None
    title = next(iter(document.kinds["title"]), None)
    extra = {
        "page_title": (tidy(title.text) if title is not None else "") or None,
        "meta_description": tidy(document.meta("description")) or None,
        "json_ld_image": absolute(json_ld.text(image_of(document, node)), document.base_url)
        if node is not None
        else None,
        "url": absolute(document.url, document.url),
    }
    known = {**raw, **extra}
    resolved: dict[str, str | None] = {}
    for field, order in (
        ("title", TITLE_ORDER),
        ("description", DESCRIPTION_ORDER),
        ("image", IMAGE_ORDER),
        ("url", URL_ORDER),
    ):
        winner = next((name for name in order if known[name]), None)
        resolved[f"resolved_{field}"] = known[winner] if winner else None
        resolved[f"resolved_{field}_from"] = winner
    return ShareMetadata(**raw, **resolved, share_links=dict(read_links(document)))


def read_metas(document: Document) -> dict[str, str | None]:
    """Return the columns that stand in metas and in `link rel=canonical`, addresses absolute."""

    def word(*keys: str) -> str | None:
        return tidy(document.meta(*keys)) or None

    def address(*keys: str) -> str | None:
        return first_absolute(document, [content for key, content in document.metas if key in keys])

    return {
        "og_title": word("og:title"),
        "og_description": word("og:description"),
        "og_type": word("og:type"),
        "og_url": address("og:url"),
        "og_image": address("og:image", "og:image:url", "og:image:secure_url"),
        "og_image_alt": word("og:image:alt"),
        "og_site_name": word("og:site_name"),
        "og_locale": word("og:locale"),
        "article_section": word("article:section", "og:article:section"),
        "twitter_card": word("twitter:card"),
        "twitter_title": word("twitter:title"),
        "twitter_description": word("twitter:description"),
        "twitter_image": address("twitter:image", "twitter:image:src"),
        "twitter_site": word("twitter:site"),
        "canonical_url": first_absolute(document, canonicals(document)),
    }


def first_absolute(document: Document, hrefs: Sequence[str]) -> str | None:
    """Return the first of `hrefs` that is a usable address, absolute."""
    return next((url for href in hrefs if (url := absolute(href, document.base_url))), None)


def read_links(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (network, address) of the page's share buttons; a button for this very page beats another post's."""
    found: dict[str, str] = {}
    here = urlsplit(document.url).path.rstrip("/").rpartition("/")[2]
    asking = (href for link in document.tree.iter("a") if "?" in (href := link.get("href") or ""))
    for href in islice(asking, MAX_LINKS):
        if not SHARING.search(href[:200]):
            continue
        url = absolute(href, document.base_url)
        network = network_of(url) if url else None
        if not url or not network:
            continue
        if network not in found or (here and here not in unquote(found[network]) and here in unquote(url)):
            found[network] = url
    yield from found.items()


def network_of(url: str) -> str | None:
    """Return the network whose share address `url` is; None for every other address, profiles included."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    for name, hosts, paths in NETWORKS:
        if hosts.search(host) and paths.match(parts.path.lower()) and carries_post(parts):
            return name
    return None


def carries_post(parts: SplitResult) -> bool:
    """Say whether a share address carries something to share."""
    return "=" in parts.query
