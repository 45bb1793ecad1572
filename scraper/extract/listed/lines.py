"""A page cut into its lines, each with the headings that it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree
from lxml.etree import _Element as Element

MAX_LINES = 4_000
MAX_WORDS = 600  # characters of a line
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figure figcaption footer form"
    " header hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
) | frozenset(f"h{number}" for number in range(1, 7))
PARTING = BLOCKS | {"br"}
UNREAD = frozenset("script style noscript template nav footer select aside svg iframe head textarea menu".split())
RAIL = re.compile(  # what lists and cards are called is no rail here
    r"(?:^|[\s_-])(?:nav|navbar|navigation|(?<!dropdown-)menu|submenu|megamenu|dropdown-grid|sidebar|side-bar|footer|site-header|masthead"
    r"|breadcrumbs?|related|recent(?:-posts)?|latest(?:-news|-posts)?|comments?|newsletter|subscribe|cookies?|consent"
    r"|pagination|pager|social|share|tag-?cloud|skip-links?|visually-?hidden|sr-only|screen-reader-text)(?:$|[\s_-])"
)
RANKS = {f"h{number}": 10 * number for number in range(1, 7)} | {"caption": 65, "legend": 65, "dt": 68, "summary": 35}
BOLD_RANK = 70
BOLD = frozenset(("strong", "b", "u"))
ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
MAX_HEADING = 140
MOST_OF_PAGE = 0.4
MOST_OF_LINK = 2  # parts
LENGTH = etree.XPath("string-length(.)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line as a reader sees it; `rank` is that of a heading (the lower, the higher), 0 for any other line."""

    number: int
    element: Element
    words: str
    rank: int = 0
    cell: Element | None = None  # the innermost cell of a table around it


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Section:
    """What stands under one heading; `headings` runs from the page's first to its own."""

    headings: tuple[str, ...] = ()
    ranks: tuple[int, ...] = ()
    lines: list[Line] = field(default_factory=list)


def lines_of(tree: Element) -> list[Line]:
    """Return the lines of a page's main part, in order."""
    body = tree.find("body")
    pieces = islice(pieces_of(tree if body is None else body), MAX_LINES)
    return [
        Line(number=number, element=block, words=words, rank=rank_of(block, words), cell=cell)
        for number, (block, words, cell) in enumerate(pieces)
    ]


def pieces_of(body: Element) -> Iterator[tuple[Element, str, Element | None]]:
    """Yield each line's innermost block, its words, and the cell around it."""
    blocks: list[Element] = [body]
    cells: list[Element] = []
    said: list[str] = []
    most = LENGTH(body) * MOST_OF_PAGE
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        starts = event == "start"
        if is_parting(element):
            words = " ".join("".join(said).split())
            said.clear()
            if words:
                yield blocks[-1], words[:MAX_WORDS], cells[-1] if cells else None
            for stack in places(element, blocks, cells):
                stack.append(element) if starts else stack.pop()
        if starts and is_unread(element, most):
            walk.skip_subtree()
        else:
            add(said, (element.text if starts else element.tail) or "", parted=element.tag == "br")


def places(element: Element, blocks: list[Element], cells: list[Element]) -> Iterator[list[Element]]:
    """Yield the stacks that an element belongs on."""
    if element.tag != "br":
        yield blocks
    if element.tag in ("td", "th"):
        yield cells


def add(said: list[str], words: str, *, parted: bool) -> None:
    """Add words to a line, apart from those before where the page parts them by markup alone: "03" and "Dec"."""
    last, first = (said[-1][-1] if said else " "), words[:1]
    joined = (last.isdigit() and first.isalpha()) or (last.isalpha() and first.isdigit())
    if (joined and not ORDINAL.match(words)) or (last.islower() and first.isupper()) or parted:
        said.append(" ")
    if words:
        said.append(words)


def is_parting(element: Element) -> bool:
    """Say whether an element begins and ends a line; a link with several parts is a card."""
    tag = element.tag
    return tag in PARTING or (isinstance(tag, str) and ("-" in tag or (tag == "a" and is_apart(element))))


def is_apart(link: Element) -> bool:
    """Say whether a link is a line of its own: it has several parts, or follows another with nothing between."""
    before = link.getprevious()
    follows = before is not None and before.tag == "a" and not (before.tail or "").strip()
    return follows or len(link) > MOST_OF_LINK


def is_unread(element: Element, most: float) -> bool:
    """Say whether an element is no part of what the page is about; one called so that holds most of the page is."""
    if not isinstance(element.tag, str) or element.tag in UNREAD:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(names) < len(" nav") or element.tag in ("body", "main", "form"):
        return False
    return bool(RAIL.search(names[:300].lower())) and LENGTH(element) < most


def rank_of(block: Element, words: str) -> int:
    """Return the rank of a heading, 0 for a line that is none; a short line all in bold type is one."""
    if len(words) > MAX_HEADING:
        return 0
    for up in (block, block.getparent()):
        if up is not None and up.tag in RANKS:
            return RANKS[up.tag]
    only = (
        block[0] if len(block) == 1 and not (block.text or "").strip() and not (block[0].tail or "").strip() else None
    )
    return BOLD_RANK if only is not None and only.tag in BOLD and block.tag in ("p", "div", "th", "td") else 0


def sections_of(lines: Sequence[Line], dated: frozenset[int]) -> list[Section]:
    """Return the sections of a page; a heading that is a day (its number is in `dated`) heads none."""
    found = [Section()]
    for line in lines:
        if line.rank and line.number not in dated:
            last = found[-1]
            kept = sum(rank < line.rank for rank in last.ranks) if last.ranks else 0
            kept = next((at for at, rank in enumerate(last.ranks) if rank >= line.rank), kept)
            found.append(
                Section(
                    headings=(*last.headings[:kept], line.words), ranks=(*last.ranks[:kept], line.rank), lines=[line]
                )
            )
        else:
            found[-1].lines.append(line)
    return found
