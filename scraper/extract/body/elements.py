"""The blocks of an element of the parsed page, by the rules of `blocks` and without parsing it again."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from lxml import etree
from lxml.html import HtmlElement

from ..links import absolute
from .blocks import BLOCKS, BREAKS, DROPPED, INLINE, MAX_NODES, Block, Writer

PLAIN = frozenset(("span", "time", "small", "abbr", "sup", "sub", "img", "picture", "source", "font", "u", "mark"))


def read(root: HtmlElement, base: str, left_out: Collection[HtmlElement] = frozenset()) -> list[Block]:
    """Return the blocks of an element in order, without the elements in `left_out`."""
    writer = Writer(base=base, blocks=[])
    nested = ["p"]
    walker = etree.iterwalk(root, events=("start", "end"))
    for number, (event, element) in enumerate(walker):
        if number > MAX_NODES:
            break
        name = element.tag
        skipped = name in DROPPED or element in left_out
        if event == "start":
            if skipped:
                walker.skip_subtree()
                continue
            if name not in PLAIN or nested[-1] == "tr":
                step(writer, nested, event, element)
            words = element.text
        else:
            if not skipped and (name not in PLAIN or nested[-1] == "tr"):
                step(writer, nested, event, element)
            words = element.tail if element is not root else None
        if words:
            writer.write(words)
    writer.flush()
    return writer.blocks


def step(writer: Writer, nested: list[str], event: str, element: HtmlElement) -> None:
    """Take one start or end of an element into the writer."""
    name = str(element.tag)
    if name in INLINE:
        (open_inline if event == "start" else close_inline)(writer, element)
    elif name == "br":
        if event == "start":
            line_break(writer, element, nested[-1])
    elif name in BLOCKS and not (nested[-1] == "tr" and name != "tr"):
        step_block(writer, nested, event, BLOCKS[name])
    elif name in ("td", "th") and nested[-1] == "tr":
        if event == "start" and writer.text.strip():
            writer.write(" | ")
    elif name in BREAKS and nested[-1] != "tr":
        writer.flush(nested[-1])
    elif nested[-1] == "tr":
        writer.write(" ")


def step_block(writer: Writer, nested: list[str], event: str, own: str) -> None:
    """Begin or end a paragraph, heading, list item or row."""
    if event == "start":
        outer = nested[-1]
        nested.append(outer if own == "p" and outer in ("blockquote", "li") else own)
    elif len(nested) > 1:
        nested.pop()
    writer.flush(nested[-1])


def open_inline(writer: Writer, element: HtmlElement) -> None:
    """Open a link or an emphasis."""
    name = INLINE[element.tag]
    if name == "a":
        href = absolute(writer.base, element.get("href") or "")
        if not href:
            return
        writer.html += f'<a href="{escape(href)}">'
    else:
        writer.html += f"<{name}>"
    writer.open += (name,)


def close_inline(writer: Writer, element: HtmlElement) -> None:
    """Close an inline element, if it is the one that is open."""
    name = INLINE[element.tag]
    if writer.open and writer.open[-1] == name:
        writer.html += f"</{name}>"
        writer.open = writer.open[:-1]


def line_break(writer: Writer, element: HtmlElement, kind: str) -> None:
    """Take a `<br>`: two in a row end the paragraph, one is a space."""
    following = element.getnext()
    if kind != "tr" and following is not None and following.tag == "br" and not (element.tail or "").strip():
        writer.flush(kind)
    else:
        writer.write(" ")
