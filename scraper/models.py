"""The named values that travel through the archive, each frozen and typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Kind = Literal["news", "event"]
SourceKind = Literal["feed", "sitemap", "wordpress", "calendar", "listing"]
Public = Literal["full", "extract", "none"]
EventStatus = Literal["scheduled", "postponed", "cancelled", "rescheduled"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A place that lists posts: a feed, a sitemap, an API, a calendar or a listing."""

    kind: SourceKind
    url: str
    found_by: str = "registry"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rights:
    """What a partner allows the archive to show."""

    public: Public = "full"
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Partner:
    """An organisation whose posts are archived, as its registry file describes it."""

    slug: str
    title: str
    home: str
    region: str
    timezone: str
    language: str
    hosts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    posts: Mapping[str, str] = field(default_factory=dict)  # kind → URL pattern
    fields: Mapping[str, str] = field(default_factory=dict)  # field → CSS selector
    categories: Mapping[str, str] = field(default_factory=dict)  # label → term
    delay: float = 2.0  # seconds between two requests to one host, a floor
    least_hours: float = 1.0  # between two visits to a source
    most_hours: float = 168.0
    rights: Rights = Rights()
    active: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """One fetch as it came: what the server sent, before anyone reads it.

    `body` has its Content-Encoding taken off; `headers` names are lower case; `url` is the address that answered.
    """

    url: str
    fetched_at: datetime
    status: int
    headers: Mapping[str, str]
    body: bytes
    requested_url: str = ""
    id: int | None = None  # the row in `captures`; None while it is not stored

    @property
    def content_type(self) -> str:
        """The media type in lower case without parameters, '' when the server named none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One value that a page or a source offers for a field, and where it stood."""

    value: str
    found_in: str  # the extractor and place: 'json_ld:headline', 'open_graph:og:title', 'visible:h1', 'feed:title'


@dataclass(frozen=True, kw_only=True, slots=True)
class DateClaim:
    """One date that the page or a source offers.

    `at` is a UTC instant (None when no time of day is known), `on` the calendar day in the partner's zone (None for
    a date coarser than a day). `zone_basis` says how the instant was placed: 'offset' (the text names it), 'partner'
    (bare local time read in the partner's zone), 'utc', or 'none' (a day only); or what is odd about it: 'epoch' (a
    count since 1970), 'day-end' (24:00, the midnight after the day), 'fold' (a local time that came twice, the first
    taken), 'gap' (a local time that the change of clocks left out: the day only). A higher `score` beats a lower one.
    """

    field: str  # published, modified, start, end
    quote: str
    found_in: str
    edtf: str
    precision: str
    zone_basis: str
    on: date | None
    at: datetime | None = None
    earliest_on: date | None = None
    latest_on: date | None = None
    score: float = 0.0
    chosen: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ShareMetadata:
    """What a page tells social sites; every URL absolute http(s), resolved_* say what a share card would show."""

    og_title: str | None = None
    og_description: str | None = None
    og_type: str | None = None
    og_url: str | None = None
    og_image: str | None = None
    og_image_alt: str | None = None
    og_site_name: str | None = None
    og_locale: str | None = None
    article_section: str | None = None
    twitter_card: str | None = None
    twitter_title: str | None = None
    twitter_description: str | None = None
    twitter_image: str | None = None
    twitter_site: str | None = None
    canonical_url: str | None = None
    json_ld_type: str | None = None
    share_links: Mapping[str, str] = field(default_factory=dict)  # network → URL
    resolved_title: str | None = None
    resolved_title_from: str | None = None
    resolved_description: str | None = None
    resolved_description_from: str | None = None
    resolved_image: str | None = None
    resolved_image_from: str | None = None
    resolved_url: str | None = None
    resolved_url_from: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """An event: something that takes place at a time.

    `starts_at`/`ends_at` are UTC instants, `start_on`/`end_on` days in `timezone` (end inclusive);
    an all-day event has no instants. `evidence` is the sentence or markup that says so.
    """

    title: str
    when_edtf: str
    precision: str
    found_in: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    start_on: date | None = None
    end_on: date | None = None
    earliest_on: date | None = None
    latest_on: date | None = None
    timezone: str | None = None
    all_day: bool = False
    venue: str | None = None
    address: str | None = None
    organiser: str | None = None
    status: EventStatus = "scheduled"
    url: str | None = None
    uid: str | None = None  # the calendar's own key of this occurrence
    evidence: str | None = None
    certain: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceClaims:
    """What a source (feed, REST, sitemap, calendar) says about one address; None or empty: it does not say.

    `published`, `modified` and `lastmod` are the words as printed, `found_in` names the source's kind.
    `content` is the partner's own full text as HTML; None when the source gives only a teaser.
    """

    url: str
    found_in: str
    guid: str | None = None
    kind: Kind | None = None
    title: str | None = None
    summary: str | None = None
    content: str | None = None
    published: str | None = None
    modified: str | None = None
    lastmod: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str | None = None
    language: str | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """An address that a source offers as a post, and what the source says about it.

    `sure` says that the source lists posts and nothing else; what an unsure source lists, its page must prove.
    `changed`: the post is another than at the last visit, says the source, not what about it.
    """

    url: str
    found_in: str
    claims: SourceClaims | None = None
    sure: bool = True
    changed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What one page of a source gave.

    `memory` is what the source wants to be told at its next visit; it is kept when the walk over its pages ends.
    `whole` says that the walk, run to its end, lists every post of the source, so that a missing one has vanished.
    """

    candidates: tuple[Candidate, ...] = ()
    next_urls: tuple[str, ...] = ()  # the page after it
    further_urls: tuple[str, ...] = ()  # other lists that it leads to: an archive, the posts of a year or a month
    children: tuple[Source, ...] = ()  # sources it names, such as the sitemaps of an index
    events: tuple[Event, ...] = ()  # events that have no page of their own
    listed_until: date | None = None  # of what is to come, `events` lacks nothing before that day; None: nobody knows
    memory: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False
    unchanged: bool = False  # the source shows that nothing happened since the last visit
    faults: tuple[str, ...] = ()  # what could not be read, one line each


@dataclass(frozen=True, kw_only=True, slots=True)
class Category:
    """A label as a partner prints it, its term in the vocabulary (None: unmapped) and the reason."""

    label: str
    term: str | None = None
    reason: str = "unmapped"


@dataclass(frozen=True, kw_only=True, slots=True)
class RawPost:
    """What one page says, field by field, before it is normalised.

    `winners` names for each field the claim that won, `rivals` every claim that was seen, best first.
    """

    url: str
    kind: Kind
    title: str
    summary: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    canonical_url: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    text: str = ""
    html: str = ""  # the body as clean, safe paragraphs
    image: str | None = None
    image_alt: str | None = None
    image_caption: str | None = None
    share: ShareMetadata = ShareMetadata()
    dates: tuple[DateClaim, ...] = ()
    events: tuple[Event, ...] = ()
    rights_flags: tuple[str, ...] = ()  # noarchive, nosnippet, tdm-reservation
    winners: Mapping[str, str] = field(default_factory=dict)
    rivals: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    recipe: str | None = None  # digest of the recipe that read it; None: the generic chain


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """A post as the archive keeps it: every value normalised, every unknown None."""

    partner: str
    url_key: str
    raw: RawPost
    published: DateClaim | None
    modified: DateClaim | None
    categories: tuple[Category, ...]
    events: tuple[Event, ...]
    content_digest: str  # of what the partner says: title, text and days; the same for the same content
    text_digest: str  # of its text alone
    folded: str  # its text as texts are compared
    extractor: str  # the version and recipe that read it
    claims_from: str = ""  # a mark of the sources whose words were joined
