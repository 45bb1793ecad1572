"""When the page of a known post is not believed at first: it may show the state of its site, not of the post."""

from __future__ import annotations

from scraper import ingest
from scraper.capture import read_record
from scraper.errors import ConfigError, NotAPost, PageError
from scraper.models import Capture, RawPost
from scraper.normalise import urls
from scraper.store import ledger, source_claims
from scraper.store.archive import Row

from .exchange import Answer
from .ground import Ground
from .hosts import HostMemory

LOOKS = 3  # after which a page is taken for what it shows, however strange
END = b"</html"
STRANGE = "another page altogether; is it what the site shows for all?"


class Doubts:
    """What of a visit's answers is looked at again before it changes a post."""

    def __init__(self, ground: Ground, hosts: HostMemory) -> None:
        self.ground = ground
        self.archive = ground.archive
        self.hosts = hosts

    def why(self, row: Row, answer: Answer, capture: Capture, reading: RawPost | PageError) -> str | None:
        """Say why an answer is not believed yet; None when it is, or when it was seen often enough."""
        if row["post"] is None or answer.status >= 400:
            return None
        if answer.truncated and not has_end(capture):
            return "broke off before its end"
        if row["attempts"] >= LOOKS:
            return None
        if isinstance(reading, PageError):
            missing = isinstance(reading, NotAPost) and reading.reason == "soft-404"
            return "not found, as no post of this visit; a source lists it" if missing and self.is_alone(row) else None
        if not has_end(capture) and self.had_end(row):
            return "ends without the last tag that it had before"
        return STRANGE if self.is_strange(row, reading) else None

    def had_end(self, row: Row) -> bool:
        """Say whether the page was whole to its last tag when the post was last read from it."""
        stored = ledger.last_capture(self.archive, row["post"])
        if stored is None:
            return False
        try:
            record = read_record(self.archive.captures / stored.warc, stored.offset, stored.length)
        except ConfigError:
            return False
        return has_end(record.capture)

    def is_alone(self, row: Row) -> bool:
        """Say whether no post was found in this visit and a source lists this one: the site itself may be ill."""
        found = any(self.ground.outcomes[word] for word in ledger.READ)
        return not found and source_claims.is_listed(self.archive, self.ground.slug, row["url_key"])

    def is_strange(self, row: Row, reading: RawPost) -> bool:
        """Say whether a page shares neither title nor date with its post, and its site was not asked in this visit what
        it shows for an address that it does not have; it is asked next, and then the page again."""
        host = urls.host_of(row["url"])
        if self.hosts.asked_what_is_missing(host):
            return False
        stored = self.archive.first("SELECT title, published_edtf FROM posts WHERE id = ?", [row["post"]])
        if stored is None or not ingest.is_another(stored, reading):
            return False
        self.hosts.ask_what_is_missing(host)
        return True


def has_end(capture: Capture) -> bool:
    """Say whether a page comes to the last tag of HTML, which its writer may also leave out."""
    return END in capture.body[-2_000:].lower()
