"""The generic body extractor: trafilatura on the parsed page, its result as ordinary HTML."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

MAX_ELEMENTS = 40_000  # 100,000 nested divs cost trafilatura 2 s
MOST_FOR_FALLBACKS = 8_000  # elements; one of trafilatura's fallbacks compares paragraphs pairwise
ELEMENTS = etree.XPath("count(//*)")
NEIGHBOURS = etree.XPath(
    "//body//*[@class and (contains(@class, 'post-nav') or contains(@class, 'nav-links')"
    " or contains(@class, 'nav-next') or contains(@class, 'nav-prev')"
    " or contains(@class, 'pagination') or contains(@class, 'prev-next')"
    " or contains(@class, 'breadcrumb'))] | //body//a[@rel='prev' or @rel='next']"
)
MAX_NEIGHBOUR = 400  # characters; a longer element holds more than links to neighbours
RENDERED = {"#b": "strong", "#i": "em"}
NAMES = {
    "quote": "blockquote",
    "item": "li",
    "row": "tr",
    "lb": "br",
    "code": "p",
    "del": "span",
    "graphic": "span",
    "cell": "td",
}


def read(tree: HtmlElement) -> str:
    """Return the HTML of what trafilatura takes for the post's body; '' for none, or a page too big for it."""
    size = ELEMENTS(tree)
    if size > MAX_ELEMENTS:
        return ""
    from trafilatura import bare_extraction  # imported here: a page read by recipe never pays for it

    found = bare_extraction(
        without_neighbours(deepcopy(tree)),
        include_comments=False,
        include_formatting=True,
        include_links=True,
        fast=size > MOST_FOR_FALLBACKS,
    )
    if found is None or isinstance(found, dict) or found.body is None:
        return ""
    return to_html(found.body)


def without_neighbours(tree: HtmlElement) -> HtmlElement:
    """Return the tree without links to the posts before and after: they change when a neighbour does."""
    for element in NEIGHBOURS(tree):
        if element.getparent() is not None and len(element.text_content()) <= MAX_NEIGHBOUR:
            element.drop_tree()
    return tree


def to_html(body: etree._Element) -> str:
    """Return trafilatura's TEI-like tree as HTML."""
    for element in body.iter("*"):
        name, rend = element.tag, element.get("rend") or ""
        if name == "hi":
            element.tag = RENDERED.get(rend, "span")
        elif name == "head":
            element.tag = rend if rend in ("h1", "h2", "h3", "h4", "h5", "h6") else "h3"
        elif name == "list":
            element.tag = "ol" if rend == "ol" else "ul"
        elif name == "ref":
            element.tag = "a"
            element.set("href", element.get("target") or "")
        else:
            element.tag = NAMES.get(name, name)
    return str(etree.tostring(body, encoding="unicode", method="html"))
