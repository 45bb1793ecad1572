"""The blocks of an element of the parsed page, by the rules of `blocks` and without parsing it again."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from itertools import islice

from lxml.etree import _Element as Element

from ..regions import UNSEEN
from .blocks import BLOCKS, BREAKS, DROPPED, INLINE, Block, Writer

MAX_HIDDEN = 400  # characters
OUT_OF_SIGHT = re.compile(
    r"display:none|visibility:hidden|font-size:0(?![.\d])|(?:left|top|text-indent):-\d{3,5}", re.IGNORECASE
)
Step = Callable[[Writer, list[str], bool, Element], None]  # writer, nested kinds, starts (else ends), element


def read(root: Element, base: str, left_out: Collection[Element] = frozenset()) -> list[Block]:
    """Return the blocks of an element in order, without the elements in `left_out`."""
    writer = Writer(base=base, blocks=[])
    take(root, writer, ["p"], left_out)
    writer.flush()
    return writer.blocks


def is_hidden(element: Element) -> bool:
    """Say whether a short element is shown to no reader; a long one is a text that unfolds.

    What a partner marks with `data-nosnippet` is not to be shown elsewhere, however long it is.
    """
    if element.get("data-nosnippet") is not None:
        return True
    style, names = element.get("style"), element.get("class")
    unseen = (
        element.get("hidden") is not None
        or (style and OUT_OF_SIGHT.search(style.replace(" ", "")))
        or (names and UNSEEN.search(names.lower()))
    )
    return bool(unseen) and len("".join(islice(element.itertext(), 200))) <= MAX_HIDDEN


def take(element: Element, writer: Writer, nested: list[str], left_out: Collection[Element]) -> None:
    """Write what an element holds; the parser lets no page nest deeper than 256."""
    name = element.tag
    if name in DROPPED or element in left_out or (element.attrib and is_hidden(element)):
        return
    if step := IN_ROW.get(name, write_space) if nested[-1] == "tr" else STEPS.get(name):
        step(writer, nested, True, element)
    words = element.text
    if words and not (writer.spaced and words.isspace()):
        writer.write(words)
    for child in element:
        take(child, writer, nested, left_out)
        words = child.tail
        if words and not (writer.spaced and words.isspace()):
            writer.write(words)
    if step := IN_ROW.get(name, write_space) if nested[-1] == "tr" else STEPS.get(name):
        step(writer, nested, False, element)


def step_inline(writer: Writer, nested: list[str], starts: bool, element: Element) -> None:
    """Open or close a link or an emphasis."""
    if starts:
        writer.start(element.tag, element.get("href"))
    else:
        writer.end(element.tag)


def step_block(writer: Writer, nested: list[str], starts: bool, element: Element) -> None:
    """Begin or end a paragraph, heading, list item or row."""
    if starts:
        own, outer = BLOCKS[element.tag], nested[-1]
        nested.append(outer if own == "p" and outer in ("blockquote", "li") else own)
    elif len(nested) > 1:
        nested.pop()
    writer.flush(nested[-1])


def step_break(writer: Writer, nested: list[str], starts: bool, element: Element) -> None:
    """End the block at either end of an element that is none itself."""
    writer.flush(nested[-1])


def step_line_break(writer: Writer, nested: list[str], starts: bool, element: Element) -> None:
    """Take a `<br>`: two in a row end the paragraph, one is a space."""
    if not starts:
        return
    following = element.getnext()
    if following is not None and following.tag == "br" and not (element.tail or "").strip():
        writer.flush(nested[-1])
    else:
        writer.space()


def step_cell(writer: Writer, nested: list[str], starts: bool, element: Element) -> None:
    """Set a cell of a row apart from the one before it."""
    if starts and writer.words:
        writer.write(" | ")


def write_space(writer: Writer, nested: list[str], starts: bool, element: Element) -> None:
    """Set words apart inside a row, which stays one block whatever it holds."""
    writer.space()


STEPS: Mapping[str, Step] = {
    "br": step_line_break,
    **dict.fromkeys(BREAKS, step_break),
    **dict.fromkeys(BLOCKS, step_block),
    **dict.fromkeys(INLINE, step_inline),
}
IN_ROW: Mapping[str, Step] = {"tr": step_block, "td": step_cell, "th": step_cell, **dict.fromkeys(INLINE, step_inline)}
