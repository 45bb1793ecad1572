"""A question to a partner and its answer, as values without Scrapy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scraper.capture import Stored
from scraper.models import Source

WHOLE = (200, 203, 304)  # statuses that tell what stands at an address


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """A request to be sent: what it is for, and what the last answer allows us to ask for."""

    url: str
    kind: str  # source, page, probe, soft-404, tdm
    key: int  # the row in `sources` or `candidates`; 0 where there is none
    etag: str | None = None
    last_modified: str | None = None
    revisit_of: Stored | None = None
    source: Source | None = None  # of which it is a page


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back: the last response of its redirects, and where each hop was captured."""

    ask: Ask
    url: str
    status: int
    headers: Mapping[str, str]
    raw: bytes
    captures: Sequence[Stored]
    truncated: bool = False


def is_passing(answer: Answer) -> bool:
    """Say whether an answer says nothing of the page, only of the moment: try again another day.

    Of the statuses under 400 only 200 and 203 bring the page itself (RFC 9110, 15.3): 202 is a promise, 206 a part that
    nobody asked for, 300 a choice, and a redirect that came as far as here leads nowhere.
    """
    if answer.status < 400:
        return answer.status not in WHOLE
    return answer.status >= 500 or answer.status in (408, 425, 429)
