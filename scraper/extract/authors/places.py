"""Where authors are named, and which place is trusted before which."""

from __future__ import annotations

TRUSTED = ("partner", "wordpress", "feed", "calendar")
ORDER = (
    *TRUSTED,
    "json_ld:author",
    "visible:rel-author",
    "microdata:author",
    "microdata:author-meta",
    "html_meta:citation_author",
    "html_meta:parsely-author",
    "html_meta:byl",
    "html_meta:sailthru.author",
    "html_meta:cxenseparse:author",
    "html_meta:article.author",
    "html_meta:author",
    "visible:byline-link",
    "visible:byline-anchor",
    "visible:byline-part",
    "visible:byline",
    "visible:by-text",
    "visible:author-link",
    "visible:bar-text",
    "html_meta:shareaholic:article_author_name",
    "json_ld:organisation",
    "html_meta:dc.creator",
    "open_graph:article:author",
    "twitter_card:written-by",
)
HEAD = ("json_ld:", "microdata:author-meta", "html_meta:", "open_graph:", "twitter_card:")
# the page's head: these count when the reader can see the name too
DECLARED = tuple(place for place in ORDER if place.startswith(HEAD))
FIRST_ONLY = ("visible:byline", "visible:by-text", "visible:bar-text")  # the nearest to the heading speaks alone
LOOSE = (  # free text: only what looks like a person counts
    "visible:byline",
    "visible:by-text",
    "visible:bar-text",
    "visible:byline-anchor",
    "visible:byline-part",
    "visible:author-link",
)
PARTS = ("visible:byline-part", "visible:author-link", "visible:byline-link", "visible:rel-author")  # may be roles
LINKED = ("visible:rel-author", "visible:byline-link", "visible:author-link")  # to a page about a person
NEAR = ("visible:byline-anchor", "visible:byline-part", "visible:author-link")  # say where a byline's name ends
