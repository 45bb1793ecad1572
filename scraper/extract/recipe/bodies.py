"""The body by recipe: its container, what inside it is not content, and its clean paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from lxml.etree import _Element as Element

from ..body import blocks, elements
from ..body.blocks import Block
from ..body.edges import FURTHER_LABEL
from ..document import Document, words
from ..regions import RAIL_NAMES
from ..titles import fold
from .selectors import candidates, names, select
from .values import BODY, Place, Recipe

AGREES = 0.97  # of the words of the partner's own full text, which a container must hold
AGREES_GENERIC = 0.93  # of those of the generic extractor, which is wrong itself at times
TEMPLATE = 0.4  # of the samples, which one template must hold
WHOLE = ("html", "body")
LEAST_TEMPLATE = 3  # samples that make a second template
TIGHT_ENOUGH = 0.9  # a container that holds more beside the body stands back for one of fewer pages
TIGHT = 0.8  # least F of the words, what is not content still included
HOLDS = 0.9  # of the target's words
MOST_ELEMENTS = 20_000
LONGEST_REPEATED = 300
LONGEST_LABEL = 30
LEAST_OPENINGS = 2  # pages; events are few among the samples
FIRST = 6  # blocks among which a heading or a labelled line is looked for
REPEATED = 0.5  # of the bodies
FURNITURE = ("share", "sharing", "social", "author-box", "byline", "entry-meta", "post-meta", "updated", "tags")
LINK = re.compile(r"<a [^>]{0,3000}>[^<]{0,1000}</a>")
Target = tuple[Element, str, str, bool]  # tree or container, base, text, whether that text is the partner's own
PARAGRAPHS = frozenset(("p", "li", "h2", "h3", "h4", "blockquote", "td", "div", "dd", "pre"))


def read(recipe: Recipe, parts: Parts, document: Document) -> list[Block]:
    """Return the paragraphs of a page's body by recipe; none when a person's selector stands for its container."""
    if parts.container is None:
        return []
    found = read_blocks(parts.container, document.base_url, recipe.drops, frozenset(recipe.repeated))
    found = after_openings(after_heading(found, parts.heading), recipe.openings)
    return without_bare_links(found) if recipe.bare_links else found


@dataclass(frozen=True, slots=True)
class Parts:
    """Where a recipe found a page's heading and body; None where a person's selector stands for it."""

    heading: Element | None
    container: Element | None


def locate(recipe: Recipe, document: Document, overridden: Collection[str] = ()) -> Parts | None:
    """Return the parts of a page that is built as the recipe's posts are; None for one that is not.

    `overridden` are the fields whose selector a person has set.
    """
    container = None if BODY in overridden else find(recipe, document)
    heading = find(recipe, document, "title")
    missed = (container is None and BODY not in overridden) or (
        heading is None and "title" in recipe.places and "title" not in overridden
    )
    return None if missed else Parts(heading, container)


def find(recipe: Recipe, document: Document, field: str = BODY) -> Element | None:
    """Return the first element of a field, of the body unless told; None when it is not where the recipe says."""
    for place in recipe.places.get(field, ()):
        found = select(document.tree, place.css, 1)
        if found:
            return found[0]
    return None


def surroundings(parts: Parts, document: Document) -> Element:
    """Return the part of a page that holds heading and body; the whole page when one of them is not found."""
    container, heading = parts.container, parts.heading
    if container is None or heading is None:
        return document.tree
    above = {heading, *heading.iterancestors()}
    return next((up for up in (container, *container.iterancestors()) if up in above), document.tree)


def read_blocks(container: Element, base: str, drops: Sequence[str], repeated: Collection[str]) -> list[Block]:
    """Return the clean paragraphs of a container without what is not content."""
    left_out = frozenset(element for css in drops for element in select(container, css))
    found = elements.read(container, base, left_out)
    return [block for block in found if fold(block.text) not in repeated] if repeated else found


def after_heading(found: Sequence[Block], heading: Element | None) -> list[Block]:
    """Return the blocks after the post's heading, where that stands inside the container; else all."""
    title = fold(words(heading)) if heading is not None else ""
    places = [number for number, block in enumerate(found[:FIRST]) if title and fold(block.text) == title]
    return list(found[places[0] + 1 :] if places else found)


def after_openings(found: Sequence[Block], openings: Collection[str]) -> list[Block]:
    """Return blocks without the labelled lines that the template puts before the body."""
    start = 0
    while start < min(len(found), FIRST) and label_of(found[start]) in openings:
        start += 1
    return list(found[start:])


def label_of(block: Block) -> str | None:
    """Return the label that a short line begins with, in lower case; None for a line of none or several."""
    label, colon, rest = block.text[:LONGEST_REPEATED].partition(":")
    if not colon or len(label) >= LONGEST_LABEL or len(block.text) >= LONGEST_REPEATED or FURTHER_LABEL.search(rest):
        return None
    return label.strip().lower()


def learn_openings(bodies: Sequence[Sequence[Block]]) -> tuple[str, ...]:
    """Return the labels that open the lines after the heading on several pages."""
    counted: Counter[str] = Counter()
    for found in bodies:
        counted.update({label for block in found[:FIRST] if (label := label_of(block))})
    return tuple(sorted(label for label, count in counted.items() if count >= LEAST_OPENINGS))


def without_bare_links(found: Sequence[Block]) -> list[Block]:
    """Return blocks without those after the last words that are nothing but links: tags, the next post."""
    end = len(found)
    while end and is_bare_link(found[end - 1]):
        end -= 1
    return list(found[:end])


def is_bare_link(block: Block) -> bool:
    """Say whether a block is nothing but links."""
    return block.html.startswith("<a ") and not LINK.sub("", block.html).strip(" |,·•/")


def f_of_words(found: str, wanted: str) -> float:
    """Return how far two texts agree, word by word without order (0 to 1)."""
    left, right = Counter(fold_text(found).split()), Counter(fold_text(wanted).split())
    shared = sum((left & right).values())
    total = sum(left.values()) + sum(right.values())
    return 2 * shared / total if total else 0.0


def fold_text(text: str) -> str:
    """Return a long text for comparing, paragraph by paragraph."""
    return " ".join(fold(paragraph) for paragraph in text.split("\n\n"))


def holders(tree: Element, wanted: str) -> list[Element]:
    """Return the elements that may be the body's container, the deepest that holds nearly all of it first."""
    paragraphs = {fold(paragraph) for paragraph in wanted.split("\n\n")}
    held: Counter[Element] = Counter()
    seen: set[str] = set()
    for element in islice(tree.iter(*PARAGRAPHS), MOST_ELEMENTS):
        if element.tag == "div" and len(element) > 3:
            continue
        said = fold("".join(element.itertext()))
        if said in paragraphs and said not in seen:
            seen.add(said)
            for up in element.iterancestors():
                held[up] += len(said.split())
    total = sum(len(said.split()) for said in seen)
    full = [element for element, count in held.items() if total and count >= HOLDS * total and element.tag not in WHOLE]
    return sorted(full, key=lambda element: -sum(1 for _ in element.iterancestors()))[:5]


def learn_containers(pages: Sequence[Target]) -> tuple[Place, ...]:
    """Return the selectors of the body: of most pages first, then of those built otherwise if they are several."""
    found: list[Place] = []
    left = list(pages)
    while len(left) >= LEAST_TEMPLATE:
        place = learn_container(left)
        if place is None:
            break
        found.append(place)
        left = [page for page in left if not select(page[0], place.css)]
    return tuple(found)


def learn_container(pages: Sequence[Target]) -> Place | None:
    """Return the selector of the body."""
    offered: Counter[str] = Counter()
    for tree, _, wanted, _ in pages:
        named = (islice(candidates(holder), 24) for holder in holders(tree, wanted))
        offered.update(dict.fromkeys(chain.from_iterable(named)).keys())
    least = max(TEMPLATE * len(pages), LEAST_TEMPLATE)
    likely = [css for css, count in offered.most_common(60) if count >= least]
    scored = [(*score(css, pages), css) for css in likely]
    best = max(scored, key=rank, default=None)
    if best is None or best[1] < TIGHT or best[0] < least:
        return None
    return Place(css=best[2], found_in="body", agreed=best[0], samples=len(pages))


def rank(scored: tuple[int, float, str]) -> tuple[bool, int, float, bool, int]:
    """Return how good a selector is: it holds little else, agrees often, names the container itself, is short."""
    agreed, tight, css = scored
    itself = css.rpartition(" ")[2] not in ("div", "section", "td", "span")
    return tight >= TIGHT_ENOUGH, agreed, round(tight, 2), itself, -len(css)


def score(css: str, pages: Sequence[Target]) -> tuple[int, float]:
    """Return on how many pages a container holds the body, and how little else it holds on the average."""
    agreed, found_on, total = 0, 0, 0.0
    for tree, base, wanted, own in pages:
        found = select(tree, css)
        if not found:
            continue
        found_on += 1
        text = blocks.to_text(elements.read(found[0], base))
        agreed += covers(text, wanted, AGREES if own else AGREES_GENERIC)
        total += f_of_words(text, wanted)
    return agreed, total / found_on if found_on else 0.0


def covers(text: str, wanted: str, share: float) -> bool:
    """Say whether a text holds nearly all words of another; what it holds beside them can be left out."""
    left, right = Counter(fold_text(text).split()), Counter(fold_text(wanted).split())
    return sum((left & right).values()) >= share * sum(right.values())


def learn_drops(containers: Sequence[Target]) -> tuple[str, ...]:
    """Return the selectors of elements inside the body that never hold any of it, on at least two pages.

    Where the evidence is only the generic extractor's, an element must also be named as a rail or a share bar is.
    """
    outside: Counter[str] = Counter()
    inside: set[str] = set()
    for container, _, wanted, own in containers:
        content = fold_text(wanted)
        here: set[str] = set()
        for element in container.iterdescendants(
            "div", "section", "aside", "ul", "ol", "p", "footer", "header", "span"
        ):
            text = fold(" ".join(element.itertext())[:5_000])
            if not text:
                continue
            held = any(fold(part) in content for part in pieces(element))
            for css in names(element):
                if held:
                    inside.add(css)
                elif own or is_furniture(css):
                    here.add(css)
        outside.update(here)
    least = 2 if len(containers) > 3 else 1
    return tuple(sorted(css for css, count in outside.items() if count >= least and css not in inside))


def pieces(element: Element) -> Iterator[str]:
    """Yield the texts of an element that are long enough to be recognised."""
    for piece in islice(element.itertext(), 400):
        if len(piece.strip()) > 2:
            yield piece


def is_furniture(css: str) -> bool:
    """Say whether a selector's own name is that of a rail, a share bar or a post's particulars."""
    name = css.replace(".", " ").replace("#", " ").lower()
    return bool(RAIL_NAMES.search(name)) or any(word in name for word in FURNITURE)


def learn_bare_links(containers: Sequence[Sequence[Block]]) -> bool:
    """Say whether most bodies end with blocks that are nothing but links: then the template puts them there."""
    return sum(len(without_bare_links(found)) < len(found) for found in containers) > 0.5 * len(containers)


def learn_repeated(containers: Sequence[Sequence[Block]], own: Sequence[str]) -> tuple[str, ...]:
    """Return the folded blocks that stand in most bodies, but for those that the partner's own texts hold."""
    counted: Counter[str] = Counter()
    for found in containers:
        counted.update({fold(block.text) for block in found if len(block.text) <= LONGEST_REPEATED})
    content = {fold(paragraph) for text in own for paragraph in text.split("\n\n")}
    least = max(3, REPEATED * len(containers))
    return tuple(sorted(words for words, count in counted.items() if words and count >= least and words not in content))
