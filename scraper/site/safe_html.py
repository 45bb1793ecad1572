"""Archived HTML made safe and orderly to show: few elements, no attribute but a checked link, pictures as words."""

from __future__ import annotations

from html import escape

from lxml import etree, html
from markupsafe import Markup

from .words import say

KEPT = frozenset("p hr pre blockquote ul ol li em strong sub sup code q cite abbr table caption tr th td a br".split())
READ_AS = {"b": "strong", "i": "em", "u": "em", "dt": "p", "dd": "p", "figcaption": "p", "h1": "h2"}
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
EMPTY = frozenset({"br", "hr"})
DROPPED = frozenset(
    "script style template noscript iframe object embed svg math form input button select textarea option head title"
    " link meta base audio video source track canvas frame frameset applet".split()
)
LISTS = frozenset({"ul", "ol"})
MOST_CHARACTERS = 200_000
MOST_DEPTH = 60


def clean(fragment: str) -> Markup:
    """Return a fragment with only what is on the list; what cannot be parsed comes back as text."""
    try:
        root = html.fragment_fromstring(fragment[:MOST_CHARACTERS], create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Markup(escape(fragment))  # noqa: S704 -- escaped here
    return Markup("".join(Writer().inside(root, "div", 0)))  # noqa: S704 -- escaped, or on the list


class Writer:
    """Writes one fragment; `level` is that of the heading before, so that no level is skipped."""

    def __init__(self) -> None:
        self.level = 1

    def inside(self, element: html.HtmlElement, parent: str, depth: int) -> list[str]:
        """Return what stands inside an element."""
        pieces = [self.text(element.text, parent)]
        for child in element:
            if isinstance(child.tag, str) and depth < MOST_DEPTH and child.tag.lower() not in DROPPED:
                pieces += self.child(child, parent, depth + 1)
            pieces.append(self.text(child.tail, parent))
        return pieces

    def text(self, text: str | None, parent: str) -> str:
        """Return text; between the items of a list it is an item of its own."""
        if parent in LISTS:
            return f"<li>{escape(text)}</li>" if text and text.strip() else ""
        return escape(text or "")

    def child(self, child: html.HtmlElement, parent: str, depth: int) -> list[str]:
        """Return an element, only its content, or its alternative text."""
        tag = READ_AS.get(child.tag.lower(), child.tag.lower())
        if tag == "img":
            alternative = (child.get("alt") or "").strip()
            return [f"<em>[{escape(alternative[:300])}]</em>"] if alternative else []
        if tag in EMPTY:
            return [f"<{tag}>"]
        if parent in LISTS and tag != "li":
            return ["<li>", *self.child(child, "li", depth), "</li>"]
        if tag in HEADINGS:
            return self.heading(child, tag, depth)
        if tag == "li" and parent not in LISTS:
            tag = "p"
        return self.kept(child, tag, depth)

    def kept(self, child: html.HtmlElement, tag: str, depth: int) -> list[str]:
        """Return an element that is on the list with its tags, any other without."""
        pieces = self.inside(child, tag, depth)
        link = safe_link(child.get("href")) if tag == "a" else None
        if tag not in KEPT or (tag == "a" and not (link and "".join(pieces).strip())):
            return pieces
        if tag == "a":
            return [f'<a href="{escape(link or "")}" rel="nofollow noreferrer">', *pieces, "</a>"]
        if tag == "table":
            label = escape(say("table"))
            return [
                f'<div class="wide" tabindex="0" role="region" aria-label="{label}"><table>',
                *pieces,
                "</table></div>",
            ]
        if tag == "th" and not "".join(pieces).strip():
            return ["<td></td>"]
        return [f"<{tag}>", *pieces, f"</{tag}>"]

    def heading(self, child: html.HtmlElement, tag: str, depth: int) -> list[str]:
        """Return a heading one level below the one before at most; an empty one is nothing."""
        pieces = self.inside(child, "h", depth)
        if not "".join(pieces).strip():
            return []
        self.level = min(HEADINGS.index(tag) + 2, self.level + 1)
        return [f"<h{self.level}>", *pieces, f"</h{self.level}>"]


def safe_link(href: str | None) -> str | None:
    """Return an absolute http(s) address; None for any other."""
    link = (href or "").strip()
    return link if link.lower().startswith(("https://", "http://")) and link.isprintable() else None
