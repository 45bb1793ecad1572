"""When the page of a known post is not believed at first: it may show the state of its site, not of the post."""

from __future__ import annotations

from functools import cached_property

from scraper import ingest
from scraper.capture import read_record
from scraper.errors import ConfigError, NotAPost, PageError
from scraper.models import Capture, RawPost
from scraper.normalise import text, urls
from scraper.store import ledger, source_claims
from scraper.store.archive import Row

from .context import VisitContext
from .exchange import Answer
from .hosts import HostMemory

LOOKS = 3  # after which a strange page is believed, when other posts of its site were as they were meanwhile
MOST_LOOKS = 7  # over 41 days (frontier.RETRY_HOURS); then it is believed whatever the site shows
LEAST_WORDS = 40  # of a post that can have lost its text
LEFT = 0.2  # of its words; less is hardly a text
MISSING = ("soft-404",)  # reasons for which a page is no post that stand for "not found"
MISSING_SO_FAR = ("soft-404", "listing", "error-page")  # the same of an address that was not a post yet
STEADY = ("unchanged", "not-modified", "moved")  # outcomes that show that a site is itself
END = b"</html"
MISSED = "not found, as no post of this visit; a source lists it"
STRANGE = "another page altogether; is it what the site shows for all?"


class Doubts:
    """What of a visit's answers is looked at again before it changes a post.

    A site that is ill shows it on every page, for days or for months: what its pages show then is the site's state. So
    a strange page is believed when another post was read as it was since the first look at it.
    """

    def __init__(self, context: VisitContext, hosts: HostMemory) -> None:
        self.context = context
        self.archive = context.archive
        self.hosts = hosts

    def why(self, row: Row, answer: Answer, capture: Capture, reading: RawPost | PageError) -> str | None:
        """Say why an answer is not believed yet; None when it is."""
        if isinstance(reading, PageError):
            return self.why_not_missing(row, answer, reading)
        if row["post"] is None:
            return None
        if answer.truncated and not has_end(capture):
            return "broke off before its end"
        if row["attempts"] >= MOST_LOOKS or (row["attempts"] >= LOOKS and self.is_well(row)):
            return None
        if not has_end(capture) and self.had_end(row):
            return "ends without the last tag that it had before"
        if self.has_lost_words(row, reading):
            return "hardly a word where there was a text"
        return STRANGE if self.is_strange(row, reading) else None

    def why_not_missing(self, row: Row, answer: Answer, reading: PageError) -> str | None:
        """Say why a page that is not found is looked for again; 410 is said on purpose."""
        if row["state"] == "gone":
            return None
        words = MISSING if row["post"] else MISSING_SO_FAR
        missing = answer.status == 404 or (isinstance(reading, NotAPost) and reading.reason in words)
        listed = missing and source_claims.is_listed(self.archive.connection, self.context.slug, row["url_key"])
        if not listed or self.is_well(row) or (row["post"] is None and self.finds_posts()):
            return None
        return MISSED

    def finds_posts(self) -> bool:
        """Say whether this visit has read a post, or the partner never had one: a new address may be none."""
        if any(self.context.outcomes[word] for word in ledger.READ):
            return True
        return self.archive.first("SELECT 1 FROM posts WHERE partner = ?", [self.context.slug]) is None

    def is_well(self, row: Row) -> bool:
        """Say whether a post was read as it was in this visit, or in another since the first look at this page."""
        if self.is_well_now():
            return True
        first = self.archive.first(
            "SELECT min(fetched_at) FROM captures WHERE url = ? AND fetched_at > ?",
            [row["url"], row["fetched_at"] or ""],
        )
        return bool(first and first[0] and self.last_steady > first[0])

    def is_well_now(self) -> bool:
        """Say whether a post was read as it was in this visit."""
        return any(self.context.outcomes[word] for word in STEADY)

    @cached_property
    def last_steady(self) -> str:
        """When, before this visit, a post was last read as it was; '' for never."""
        row = self.archive.first(
            f"SELECT at FROM fetches WHERE partner = ? AND kind = 'page' AND outcome IN {STEADY}"  # noqa: S608
            " ORDER BY at DESC LIMIT 1",
            [self.context.slug],
        )
        return str(row["at"]) if row else ""

    def has_lost_words(self, row: Row, reading: RawPost) -> bool:
        """Say whether next to nothing is left of the text of a post."""
        stored = self.archive.first("SELECT words FROM posts WHERE id = ?", [row["post"]])
        if stored is None or stored["words"] < LEAST_WORDS:
            return False
        return not text.has_words(reading.text, max(1, int(LEFT * stored["words"])))

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

    def is_strange(self, row: Row, reading: RawPost) -> bool:
        """Say whether a page shares neither title nor date with its post, and nothing shows yet that its site is well.

        In each visit the site is asked first what it shows for an address that it does not have.
        """
        stored = self.archive.first("SELECT title, published_edtf FROM posts WHERE id = ?", [row["post"]])
        if stored is None or not ingest.is_another(stored, reading):
            return False
        host = urls.host_of(row["url"])
        if self.hosts.asked_what_is_missing(host):
            return not self.is_well(row)
        self.hosts.ask_what_is_missing(host)
        return True


def has_end(capture: Capture) -> bool:
    """Say whether a page comes to the last tag of HTML, which its writer may also leave out."""
    return END in capture.body[-2_000:].lower()
