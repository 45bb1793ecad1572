"""Archived HTML made safe to show: a short list of elements, no attribute but a checked link, pictures as words."""

from __future__ import annotations

from html import escape

from lxml import etree, html
from markupsafe import Markup

KEPT = frozenset(
    "p br hr h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code em strong b i u sub sup q cite abbr table caption thead"
    " tbody tfoot tr th td figure figcaption a".split()
)
EMPTY = frozenset({"br", "hr"})
DROPPED = frozenset(
    "script style template noscript iframe object embed svg math form input button select textarea option head title"
    " link meta base audio video source track canvas frame frameset applet".split()
)
MOST_CHARACTERS = 200_000
MOST_DEPTH = 60


def clean(fragment: str) -> Markup:
    """Return a fragment with only what is on the list; what cannot be parsed comes back as text."""
    try:
        root = html.fragment_fromstring(fragment[:MOST_CHARACTERS], create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Markup(escape(fragment))  # noqa: S704 -- escaped here
    pieces: list[str] = []
    write(root, pieces, 0)
    return Markup("".join(pieces))  # noqa: S704 -- every piece was escaped or is on the list


def write(element: html.HtmlElement, pieces: list[str], depth: int) -> None:
    """Append what stands inside an element."""
    pieces.append(escape(element.text or ""))
    for child in element:
        if isinstance(child.tag, str) and depth < MOST_DEPTH:
            write_child(child, pieces, depth)
        pieces.append(escape(child.tail or ""))


def write_child(child: html.HtmlElement, pieces: list[str], depth: int) -> None:
    """Append an element, only its content, its alternative text, or nothing."""
    tag = child.tag.lower()
    if tag in DROPPED:
        return
    if tag == "img":
        alternative = (child.get("alt") or "").strip()
        pieces.append(f"<em>[{escape(alternative[:300])}]</em>" if alternative else "")
    elif tag in EMPTY:
        pieces.append(f"<{tag}>")
    elif tag in KEPT:
        name = {"h2": "h3", "h3": "h4", "b": "strong", "i": "em", "u": "em"}.get(tag, tag)
        link = safe_link(child.get("href")) if tag == "a" else None
        if tag == "a" and link is None:
            write(child, pieces, depth + 1)
            return
        pieces.append(f'<a href="{escape(link)}" rel="nofollow noreferrer">' if link else f"<{name}>")
        write(child, pieces, depth + 1)
        pieces.append(f"</{name}>")
    else:
        write(child, pieces, depth + 1)


def safe_link(href: str | None) -> str | None:
    """Return an absolute http(s) address; None for any other."""
    link = (href or "").strip()
    return link if link.lower().startswith(("https://", "http://")) and link.isprintable() else None
