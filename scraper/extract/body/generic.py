"""The generic body extractor: trafilatura on the parsed page, its result as ordinary HTML."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree, html
from lxml.html import HtmlElement

from .elements import is_hidden

MOST_ELEMENTS = 12_000  # 39,000 headings cost trafilatura 7 s; of 500 real pages the longest had 6,066
MOST_FOR_FALLBACKS = 8_000  # elements
MOST_TEXTS = 1_800  # text nodes; justext, the last fallback, looks for neighbours pairwise: 4,000 paragraphs cost 4 s
CLASSES = etree.ElementDefaultClassLookup(element=html.HtmlElement)
ELEMENTS = etree.XPath("count(//*)")
TEXTS = etree.XPath("count(//body//text()[normalize-space()])")
LENGTH = etree.XPath("string-length(.)")
WHOLES = etree.XPath("(//article)[position() <= 100] | (//main)[1]")
OUTSIDE = ("nav", "aside", "footer", "form", "script", "style", "noscript", "template", "svg", "select")
NEIGHBOURS = etree.XPath(
    "//body//*[@class and (contains(@class, 'post-nav') or contains(@class, 'nav-links')"
    " or contains(@class, 'nav-next') or contains(@class, 'nav-prev')"
    " or contains(@class, 'pagination') or contains(@class, 'prev-next')"
    " or contains(@class, 'breadcrumb'))] | //body//a[@rel='prev' or @rel='next']"
    " | //body//template | //body//textarea"
)
MARKED = etree.XPath(
    "//body//*[@hidden or @style or @data-nosnippet or contains(@class, 'hidden') or contains(@class, 'sr-only')"
    " or contains(@class, 'screen-reader-text')]"
)
MAX_NEIGHBOUR = 400  # characters; a longer element holds more than links to neighbours, or a text that unfolds
PLAIN = re.compile("[a-z][a-z0-9]{0,20}")  # a page's `<datetime="x">` is a name that no serialiser takes
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
    """Return the HTML of what trafilatura takes for the post's body; '' for none.

    A page too big for it gives its longest article, else its main part, else all of it.
    """
    size = ELEMENTS(tree)
    if size > MOST_ELEMENTS:
        return longest(without_hidden(copy_for_html(tree)))
    from trafilatura import bare_extraction  # imported here: a page read by recipe never pays for it

    found = bare_extraction(
        without_neighbours(without_hidden(copy_for_html(tree))),
        include_comments=False,
        include_formatting=True,
        include_links=True,
        fast=size > MOST_FOR_FALLBACKS or TEXTS(tree) > MOST_TEXTS,
    )
    if found is None or isinstance(found, dict) or found.body is None:
        return ""
    return to_html(found.body)


def copy_for_html(tree: HtmlElement) -> HtmlElement:
    """Return a copy of a tree whose elements are those of `lxml.html`, which trafilatura asks for."""
    tree.getroottree().parser.set_element_class_lookup(CLASSES)
    return deepcopy(tree)


def longest(tree: HtmlElement) -> str:
    """Return the longest element that is marked as a text of its own, without what never belongs to one."""
    etree.strip_elements(tree, *OUTSIDE, with_tail=False)
    whole = max(WHOLES(tree), key=LENGTH, default=None)
    return str(etree.tostring(tree if whole is None else whole, encoding="unicode", method="html"))


def without_hidden(tree: HtmlElement) -> HtmlElement:
    """Return the tree without what no reader sees, or is to see elsewhere."""
    for element in filter(is_hidden, MARKED(tree)):
        if element.getparent() is not None:
            element.drop_tree()
    return tree


def without_neighbours(tree: HtmlElement) -> HtmlElement:
    """Return the tree without links to the posts before and after, which change with them, and fields of forms."""
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
            element.tag = NAMES.get(name) or (name if PLAIN.fullmatch(name) else "span")
    return str(etree.tostring(body, encoding="unicode", method="html"))
