"""Choose where a post's text is read: the partner's own full text, the page's plain container, or the generic extractor."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..document import Document
from ..titles import fold
from . import blocks, generic


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """A post's text, the same as safe HTML, and who read it."""

    text: str
    html: str
    found_in: str


def read(document: Document, titles: Collection[str] = ()) -> Body:
    """Return the post's body without its heading, which is one of `titles`; empty when the page has none."""
    found = blocks.read(generic.read(document.tree), document.base_url)
    known = {fold(title) for title in titles}
    while found and fold(found[0].text) in known:
        found = found[1:]
    return Body(text=blocks.to_text(found), html=blocks.to_html(found), found_in="body:generic")
