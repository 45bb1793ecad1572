"""A fragment of HTML as a flat list of blocks, and blocks as text or as safe HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from scraper.normalise.text import clean

from ..links import absolute

MAX_TEXT = 1_000_000
MAX_NODES = 100_000
BLOCKS = {
    "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4",
    "p": "p", "li": "li", "dt": "p", "dd": "p", "pre": "p", "tr": "tr", "blockquote": "blockquote",
}  # fmt: skip
BREAKS = frozenset(
    [
        "address",
        "article",
        "body",
        "center",
        "details",
        "div",
        "dl",
        "figcaption",
        "figure",
        "footer",
        "header",
        "hr",
        "html",
        "main",
        "ol",
        "section",
        "summary",
        "table",
        "tbody",
        "thead",
        "ul",
        "td",
        "th",
    ]
)
INLINE = {"a": "a", "em": "em", "i": "em", "cite": "em", "strong": "strong", "b": "strong"}
DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "aside",
        "form",
        "button",
        "select",
        "input",
        "textarea",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "dialog",
        "head",
        "figcaption",
    ]
)
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One paragraph, heading, list item, quotation or table row: its words and its inline HTML."""

    tag: str
    text: str
    html: str


@dataclass(slots=True)
class Writer:
    """The block being written while a fragment is walked."""

    base: str
    blocks: list[Block]
    tag: str = "p"
    words: list[str] = field(default_factory=list)  # none while only spaces were met
    html: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)  # inline elements open in `html`
    spaced: bool = True  # nothing is written yet, or it ends with a space

    def write(self, words: str) -> None:
        """Add words to the block, spaces folded, without characters that no reader sees."""
        words = words if words.isascii() else clean(words)
        folded = " ".join(words.split())
        if not folded:
            if words:
                self.space()
            return
        if words[0].isspace():
            self.space()
        self.spaced = words[-1].isspace()
        if self.spaced:
            folded += " "
        self.words.append(folded)
        self.html.append(escape(folded, quote=False))

    def space(self) -> None:
        """Add a space where none stands yet."""
        if not self.spaced:
            self.words.append(" ")
            self.html.append(" ")
            self.spaced = True

    def start(self, name: str, href: object) -> None:
        """Open an inline element of that name in `INLINE`; `href` is the address of a link."""
        own = INLINE[name]
        if own == "a":
            url = absolute(str(href or ""), self.base)
            if not url:
                return
            self.html.append(f'<a href="{escape(url)}">')
        else:
            self.html.append(f"<{own}>")
        self.open.append(own)

    def end(self, name: str) -> None:
        """Close an inline element, if it is the one that is open."""
        own = INLINE[name]
        if self.open and self.open[-1] == own:
            self.html.append(f"</{own}>")
            self.open.pop()

    def flush(self, tag: str = "p") -> None:
        """Keep the block if it has words, and begin another."""
        if self.html:
            text = "".join(self.words).strip()
            if text:
                self.html += (f"</{name}>" for name in reversed(self.open))
                self.blocks.append(Block(tag=self.tag, text=text, html="".join(self.html).strip()))
            self.words, self.html, self.open, self.spaced = [], [], [], True
        self.tag = tag


def read(fragment: str, base: str) -> list[Block]:
    """Return the blocks of an HTML fragment, in order."""
    soup = BeautifulSoup(fragment, "lxml")
    writer = Writer(base=base, blocks=[])
    nested: list[str] = ["p"]
    for number, (event, node) in enumerate(walk(soup)):
        if number > MAX_NODES:
            break
        if isinstance(node, NavigableString):
            writer.write(str(node))
        elif isinstance(node, Tag):
            step(writer, nested, event, node)
    writer.flush()
    return writer.blocks


def step(writer: Writer, nested: list[str], event: str, tag: Tag) -> None:
    """Take one start or end of an element into the writer."""
    name = tag.name
    if name in INLINE:
        writer.start(name, tag.get("href")) if event == "start" else writer.end(name)
    elif name == "br":
        line_break(writer, tag, event, nested[-1])
    elif name in BLOCKS and not (nested[-1] == "tr" and name != "tr"):
        if event == "start":
            outer = nested[-1]
            own = BLOCKS[name]
            nested.append(outer if own == "p" and outer in ("blockquote", "li") else own)
        elif len(nested) > 1:
            nested.pop()
        writer.flush(nested[-1])
    elif name in ("td", "th") and nested[-1] == "tr":
        if event == "start" and writer.words:
            writer.write(" | ")
    elif name in BREAKS and nested[-1] != "tr":
        writer.flush(nested[-1])
    elif nested[-1] == "tr":
        writer.write(" ")


def line_break(writer: Writer, tag: Tag, event: str, kind: str) -> None:
    """Take a `<br>`: two in a row end the paragraph, one is a space."""
    if event != "start":
        return
    following = tag.next_sibling
    while isinstance(following, NavigableString) and not following.strip():
        following = following.next_sibling
    if isinstance(following, Tag) and following.name == "br" and kind != "tr":
        writer.flush(kind)
    else:
        writer.write(" ")


def walk(root: Tag) -> Iterator[tuple[str, PageElement]]:
    """Yield ('start' or 'end', node) depth first, without recursion and without what is never content."""
    stack: list[tuple[str, PageElement]] = [("start", child) for child in reversed(root.contents)]
    while stack:
        event, node = stack.pop()
        if isinstance(node, PreformattedString) or (isinstance(node, Tag) and node.name in DROPPED):
            continue
        yield event, node
        if event == "start" and isinstance(node, Tag):
            stack.append(("end", node))
            stack.extend(("start", child) for child in reversed(node.contents))


def to_text(blocks: Sequence[Block]) -> str:
    """Return blocks as paragraphs with an empty line between, at most MAX_TEXT characters."""
    return "\n\n".join(block.text for block in blocks)[:MAX_TEXT]


def to_html(blocks: Sequence[Block]) -> str:
    """Return blocks as safe HTML: p, h2–h4, ul, blockquote, table, a, em, strong, and no attribute but href."""
    parts = []
    for tag, run in groupby(blocks, key=lambda block: block.tag):
        inner = [block.html for block in run]
        if tag == "li":
            parts.append("<ul>" + "".join(f"<li>{one}</li>" for one in inner) + "</ul>")
        elif tag == "blockquote":
            parts.append("<blockquote>" + "".join(f"<p>{one}</p>" for one in inner) + "</blockquote>")
        elif tag == "tr":
            rows = ("".join(f"<td>{cell}</td>" for cell in one.split(" | ")) for one in inner)
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            parts += [f"<{tag}>{one}</{tag}>" for one in inner]
    return "\n".join(parts)
