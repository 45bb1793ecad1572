"""The sites and posts of the sample region as values, read from the text files under `content/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

import yaml

LONDON = ZoneInfo("Europe/London")
SLUGS = ("sample-engine", "sample-lifesci", "sample-events", "sample-council", "sample-chamber")
EDITIONS = (1, 2)
CLAIMS = frozenset({"canonical", "og_title", "og_image", "twitter_title", "json_ld_title", "json_ld_author"})

Moment = date | datetime
"""An instant in the zone of the region, or a plain day where the site tells no time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A lead picture; `path` is on the post's own site."""

    path: str
    alt: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """When and where; two plain days are an all-day event, `ends` inclusive. `status` is a word of the archive."""

    starts: Moment
    ends: Moment
    venue: str
    address: str
    organiser: str
    status: str = "scheduled"
    previous_start: Moment | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A piece of body text: `kind` is `paragraph`, `heading` or `list`; only a list has more than one line."""

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """One post; `published` None is a page that tells no date, `order` then places it in the listing.

    `says` holds what the machine-readable parts of the page claim instead of the truth; its keys are of CLAIMS.
    """

    path: str
    title: str
    body: tuple[Block, ...]
    summary: str
    published: Moment | None
    order: datetime
    updated: Moment | None = None
    categories: tuple[str, ...] = ()
    byline: str | None = None
    picture: Picture | None = None
    event: Event | None = None
    language: str = "en-GB"
    noindex: bool = False
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Departure:
    """An address that answered in the edition before: now 410 or 404, or 301 `to` another path; `post` as it was."""

    path: str
    status: int
    to: str | None
    post: Post


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """One site in one edition; `base` is its address without the last slash, `posts` are newest first."""

    slug: str
    base: str
    title: str
    tagline: str
    about: str
    posts: tuple[Post, ...]
    departures: tuple[Departure, ...]
    changed_at: datetime
    share: tuple[str, ...] = ()
    feed_length: int = 0
    open_graph: bool = False
    default_picture: str | None = None


def read_site(slug: str, address: str, edition: int = 1) -> Site:
    """The site `slug` served at `address` (`http://127.0.0.1:8011/`) in the given edition.

    Raises ValueError for an edition that was never written.
    """
    if edition not in EDITIONS:
        raise ValueError(f"the sample region has editions 1 to {EDITIONS[-1]}, not {edition}")
    described = yaml.safe_load(_text(f"{slug}/site.yml"))
    described["share"] = tuple(described.get("share", ()))
    written = [post for post, since in _posts(slug) if since <= edition]
    changes = _changes(slug) if edition > 1 else {}
    posts = [_changed(post, changes[post.path]) if post.path in changes else post for post in written]
    departures = tuple(_departure(post, changes[post.path]) for post in written if _leaves(changes.get(post.path)))
    lost = {departure.path for departure in departures if departure.to is None}
    return Site(
        slug=slug,
        base=address.rstrip("/"),
        posts=tuple(sorted((post for post in posts if post.path not in lost), key=_newest_first)),
        departures=departures,
        changed_at=_changed_at(posts, edition),
        **described,
    )


def calendar_entries() -> list[dict[str, Any]]:
    """The entries of the events site's calendar that have no page of their own, as written in `calendar.yml`."""
    entries: list[dict[str, Any]] = yaml.safe_load(_text("sample-events/calendar.yml"))
    for entry in entries:
        entry["starts"], entry["ends"] = _moment(entry["starts"]), _moment(entry["ends"])
        entry["except"] = [_moment(moment) for moment in entry.get("except", ())]
    return entries


def instant(moment: Moment) -> datetime:
    """The instant of a moment; a plain day begins at midnight in London."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(), LONDON)


def day(moment: Moment) -> date:
    """The calendar day of a moment in London."""
    return moment.date() if isinstance(moment, datetime) else moment


@cache
def _posts(slug: str) -> tuple[tuple[Post, int], ...]:
    """Every post ever written for a site, with the edition it first appears in."""
    folder = resources.files("scraper.sample") / "content" / slug
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".md"))
    return tuple(_post(_text(f"{slug}/{name}")) for name in names)


def _post(text: str) -> tuple[Post, int]:
    _, front, body = text.split("---\n", 2)
    known = yaml.safe_load(front)
    since = known.pop("edition", 1)
    known["body"] = tuple(_block(lines) for lines in body.strip().split("\n\n"))
    known["categories"] = tuple(known.get("categories", ()))
    known["published"], known["updated"] = _moment(known.get("published")), _moment(known.get("updated"))
    known["order"] = instant(known.get("order", known["published"]))
    known.setdefault("summary", known["body"][0].lines[0])
    if "event" in known:
        known["event"] = _event(known["event"])
    if "picture" in known:
        known["picture"] = Picture(**known["picture"])
    if unknown := known.get("says", {}).keys() - CLAIMS:
        raise ValueError(f"{known['path']} says {sorted(unknown)}, which no page shows")
    return Post(**known), since


def _block(text: str) -> Block:
    if text.startswith("## "):
        return Block(kind="heading", lines=(text[3:],))
    if text.startswith("- "):
        return Block(kind="list", lines=tuple(line[2:] for line in text.split("\n")))
    return Block(kind="paragraph", lines=(text,))


def _event(known: dict[str, Any]) -> Event:
    moments = {key: _moment(known.get(key)) for key in ("starts", "ends", "previous_start")}
    return Event(**known | moments)


def _moment(written: Moment | None) -> Moment | None:
    """A moment as YAML reads it (naive), in the zone of the region; None stays None."""
    return written.replace(tzinfo=LONDON) if isinstance(written, datetime) else written


@cache
def _edition() -> dict[str, Any]:
    edition: dict[str, Any] = yaml.safe_load(_text("edition-2.yml"))
    for dated in (edition, *edition["changes"]):
        dated["at"] = _moment(dated.get("at"))
    return edition


def _changes(slug: str) -> dict[str, dict[str, Any]]:
    return {change["path"]: change for change in _edition()["changes"] if change["site"] == slug}


def _changed(post: Post, change: dict[str, Any]) -> Post:
    if change["change"] == "moved":
        return replace(post, path=change["to"])
    if change["change"] == "retitled":
        return replace(post, title=change["title"], updated=change["at"])
    if change["change"] == "edited":
        body = tuple(_edited(block, change["old"], change["new"]) for block in post.body)
        return replace(post, body=body, updated=change["at"])
    return post


def _edited(block: Block, old: str, new: str) -> Block:
    return replace(block, lines=tuple(line.replace(old, new) for line in block.lines))


def _leaves(change: dict[str, Any] | None) -> bool:
    return change is not None and change["change"] in ("gone", "missing", "moved")


def _departure(post: Post, change: dict[str, Any]) -> Departure:
    status = {"gone": 410, "missing": 404, "moved": 301}[change["change"]]
    return Departure(path=post.path, status=status, to=change.get("to"), post=post)


def _changed_at(posts: list[Post], edition: int) -> datetime:
    """When the site as a whole last changed: what its home page, feeds and sitemap say as Last-Modified."""
    if edition > 1:
        return instant(_edition()["at"])
    return max(instant(post.updated or post.order) for post in posts)


def _newest_first(post: Post) -> tuple[float, str]:
    return -post.order.timestamp(), post.path


def _text(name: str) -> str:
    return (resources.files("scraper.sample") / "content" / name).read_text(encoding="utf-8")
