"""What a page forbids: robots directives and the text-and-data-mining reservation, as flags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .document import Document

AGENT_NAME = "regionalarchive"
FLAGS = {
    "noarchive": "noarchive",
    "none": "noindex",  # and nofollow
    "nosnippet": "nosnippet",
    "noindex": "noindex",
    "nocache": "noarchive",
    "max-snippet:0": "nosnippet",
}
SEPARATORS = re.compile("[,;]")
AGENT = re.compile(r"^[a-z][a-z0-9_-]{1,40}$")
WITH_VALUE = frozenset(("max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"))


def read(document: Document, headers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the flags that hold for everyone or for our own robot, sorted; `headers` names are lower case.

    `tdm-reservation` is the TDM Reservation Protocol's (W3C community report, 2024); what the host's file says comes as
    `x-archive-tdm` and yields to the page's own word.
    """
    flags = {flag for directive in directives(document, headers) if (flag := FLAGS.get(directive))}
    declared = [document.meta("tdm-reservation"), headers.get("tdm-reservation")]
    said = [value.strip() for value in declared if value] or [headers.get("x-archive-tdm", "")]
    if "1" in said:
        flags.add("tdm-reservation")
    return tuple(sorted(flags))


def directives(document: Document, headers: Mapping[str, str]) -> Iterator[str]:
    """Yield each directive of the robots metas and of X-Robots-Tag that speaks to us, in lower case."""
    for key, content in document.metas:
        if key in ("robots", AGENT_NAME):
            yield from (word.replace(" ", "") for word in SEPARATORS.split(content.lower()[:1000]))
    yield from from_header(headers.get("x-robots-tag", ""))


def from_header(value: str) -> Iterator[str]:
    """Yield the directives of an X-Robots-Tag for everyone or for us; `agent:` opens a run for that agent alone."""
    for line in value.lower()[:2000].split("\n"):  # each a header of its own
        agent = ""
        for part in SEPARATORS.split(line):
            name, colon, rest = part.partition(":")
            if colon and AGENT.match(name.strip()) and name.strip() not in WITH_VALUE:
                agent, part = name.strip(), rest
            if agent in ("", AGENT_NAME):
                yield part.replace(" ", "")
