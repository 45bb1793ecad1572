"""Dates in `<meta>` elements."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ..document import Document
from .offers import Offer
from .weights import Field

ARTICLE: Final[dict[str, Field]] = {
    "article:published_time": "published",
    "og:article:published_time": "published",
    "article:published": "published",
    "og:published_time": "published",
    "article:modified_time": "modified",
    "og:article:modified_time": "modified",
    "article:modified": "modified",
    "og:modified_time": "modified",
}
PUBLISHED: Final = frozenset(
    [
        "pubdate",
        "publishdate",
        "publish_date",
        "publish-date",
        "publishingdate",
        "publication_date",
        "publication-date",
        "publicationdate",
        "published",
        "published_date",
        "published-date",
        "date_published",
        "datepublished",
        "published_at",
        "published_time",
        "displaydate",
        "parsely-pub-date",
        "sailthru.date",
        "cxenseparse:recs:publishtime",
        "cxenseparse:publishtime",
        "bt:pubdate",
        "rnews:datepublished",
        "dcterms.created",
        "dcterms.issued",
        "dcterms.available",
        "dc.date.issued",
        "dc.date.created",
        "dc.date.publication",
        "dc.created",
        "dc.issued",
        "dcterms.date.issued",
        "dcterms.date.created",
        "dc.date.available",
        "dc:issued",
        "dc:created",
        "citation_publication_date",
        "citation_online_date",
        "article.published",
        "article:post_date",
        "article_date_original",
        "article_publication_date",
        "article.created",
        "article.date",
        "originalpublicationdate",
        "original_publish_date",
        "mediator_published_time",
        "vr:published_time",
        "shareaholic:article_published_time",
        "date.created",
        "created",
        "date-created",
        "datecreated",
        "creation_date",
        "og:pubdate",
        "og:publish_date",
        "og:published",
        "sdate",
        "news_keywords_date",
        "analyticsattributes.articledate",
        "article-publication-date",
        "lp.article:published_time",
        "gsa-publish-date",
    ]
)
MODIFIED: Final = frozenset(
    [
        "og:updated_time",
        "article:updated_time",
        "article:updated",
        "last-modified",
        "lastmodified",
        "last_modified",
        "lastmod",
        "modified",
        "date.modified",
        "dcterms.modified",
        "dc.date.modified",
        "dc.modified",
        "datemodified",
        "date_modified",
        "modified_date",
        "modified-date",
        "updated",
        "updated_time",
        "revised",
        "date-revised",
        "revision_date",
        "cxenseparse:recs:modifiedtime",
        "parsely-updated-date",
        "dateupdated",
        "last-updated",
        "last_updated",
        "shareaholic:article_modified_time",
        "moddate",
    ]
)
GENERIC: Final = frozenset(
    [
        "date",
        "dc.date",
        "dcterms.date",
        "dc:date",
        "dcterms:date",
        "dc.dates",
        "og:date",
        "article:date",
        "article_date",
        "publish",
        "time",
    ]
)

OWN_VOCABULARY: Final = frozenset(
    ("published", "published_time", "published_date", "published_at", "pubdate", "publish_date", "uploaded")
)
"""Names after the prefix of a vocabulary of the site's own, as in 'gallery:uploaded'."""

SEPARATORS: Final = str.maketrans("", "", ":._-")
ENDINGS: Final = (
    "pubdate",
    "publishdate",
    "publicationdate",
    "datepublished",
    "publishedtime",
    "publisheddate",
    "publishedat",
)
"""How the names of other vocabularies end, as in 'sw-pubdate'."""


LONGEST_NAME: Final = 80


def bare(key: str) -> str:
    """Return a name without its separators: sites write 'article:published:time' and 'dcterms:created' too."""
    return key.translate(SEPARATORS)


TABLES: Final[tuple[tuple[dict[str, Field], str], ...]] = (
    ({bare(key): field for key, field in ARTICLE.items()}, "meta_article"),
    ({bare(key): "published" for key in PUBLISHED}, "meta_named"),
    ({bare(key): "modified" for key in MODIFIED}, "meta_named"),
    ({bare(key): "published" for key in GENERIC}, "meta_generic"),
)


def find(document: Document) -> Iterator[Offer]:
    """Yield the dates of the page's metas in page order."""
    for key, content in document.metas:
        known = classify(key) if content and len(key) <= LONGEST_NAME else None
        if known:
            field, place = known
            yield Offer(field=field, place=place, quote=content, found_in=f"meta:{key}")


@lru_cache(maxsize=2_048)
def classify(key: str) -> tuple[Field, str] | None:
    """Return which date a meta of that name holds and its place; None for other names."""
    name = bare(key)
    for table, place in TABLES:
        if name in table:
            return table[name], "meta_created" if "creat" in name and table[name] == "published" else place
    vocabulary, _, last = key.rpartition(":")
    named = (vocabulary and last in OWN_VOCABULARY) or (name.endswith(ENDINGS) and "unpub" not in name)
    return ("published", "meta_named") if named else None
