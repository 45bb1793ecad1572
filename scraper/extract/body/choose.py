"""Choose where a post's text is read: the partner's own full text, or what the generic extractor finds on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from html import escape

from lxml import etree
from lxml.etree import _Element as Element

from ..document import Document
from ..titles import fold
from . import blocks, edges, furniture, generic
from .blocks import Block

ENOUGH = 250  # characters; a shorter "full text" is a teaser
SHARE = 0.6  # of the structured text that the page must show, else the structured text is the fuller one
TEASER = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|(?:read|continue|find out|learn) (?:more|reading|on)\W{0,4}|weiterlesen\W{0,4})$",
    re.IGNORECASE,
)
FEED_FOOT = re.compile(r"^the post .{1,300} (?:first )?appeared (?:first )?on .{1,200}$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """A post's text, the same as safe HTML, and who read it ('' for no text)."""

    text: str = ""
    html: str = ""
    found_in: str = ""


def read(
    document: Document,
    *,
    titles: Collection[str] = (),
    known: Collection[str] = (),
    chosen: Sequence[Element] = (),
    contents: Sequence[tuple[str, str]] = (),
    structured: str = "",
    learned: Callable[[], Sequence[Block]] | None = None,
) -> Body:
    """Return the post's body without its heading, which is one of `titles`; empty when the page has none.

    `known` are the words of the other fields (byline, labels), which the generic text does not repeat at its ends.
    `chosen` are the elements of the partner's own selector, `contents` (HTML, place) the full texts of its sources,
    `structured` the full text in JSON-LD. On 1,171 labelled pages neither the page's plain container nor JSON-LD's
    articleBody was as good as the generic extractor, so these stand back; articleBody speaks where the page shows less.
    """
    if chosen:
        markup = "".join(etree.tostring(element, encoding="unicode", method="html") for element in chosen)
        return body(blocks.read(markup, document.base_url), "partner:text", titles)
    for markup, place in contents:
        found = without_foot(blocks.read(markup, document.base_url))
        if is_complete(found, place):
            return body(furniture.without(found), place, titles)
    if learned is not None:  # a recipe's container stands for the generic extractor
        return body(edges.trim(furniture.without(learned()), (*titles, *known)), "recipe:text", titles)
    found = blocks.read(generic.read(document.tree), document.base_url)
    if len(structured) > ENOUGH and len(blocks.to_text(found)) < SHARE * len(structured):
        return body(blocks.read(paragraphs(structured), document.base_url), "json_ld:articleBody", titles)
    return body(edges.trim(furniture.without(found), (*titles, *known)), "body:generic", titles)


def body(found: Sequence[Block], place: str, titles: Collection[str]) -> Body:
    """Return blocks as a Body, the heading at their beginning left out."""
    known = {fold(title) for title in titles}
    start = 0
    while start < len(found) and fold(found[start].text) in known:
        start += 1
    kept = found[start:]
    return Body(text=blocks.to_text(kept), html=blocks.to_html(kept), found_in=place) if kept else Body()


def is_complete(found: Sequence[Block], place: str) -> bool:
    """Say whether a source's text is the whole post and not a teaser; WordPress tells the two apart itself."""
    if not found or TEASER.search(found[-1].text[-60:]):
        return False
    return place.startswith("wordpress") or len(blocks.to_text(found)) >= ENOUGH


def without_foot(found: Sequence[Block]) -> list[Block]:
    """Return blocks without the line that WordPress plugins add to every item of a feed."""
    return [block for block in found if not FEED_FOOT.match(block.text)]


def paragraphs(text: str) -> str:
    """Return plain text as HTML paragraphs; text that is HTML already stays."""
    if "<p" in text:
        return text
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
