"""The generic body extractor: trafilatura on the parsed page, its result as ordinary HTML."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

MAX_ELEMENTS = 40_000  # 100,000 nested divs cost trafilatura 2 s
ELEMENTS = etree.XPath("count(//*)")
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
    if ELEMENTS(tree) > MAX_ELEMENTS:
        return ""
    from trafilatura import bare_extraction  # imported here: a page read by recipe never pays for it

    found = bare_extraction(deepcopy(tree), include_comments=False, include_formatting=True, include_links=True)
    if found is None or isinstance(found, dict) or found.body is None:
        return ""
    return to_html(found.body)


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
