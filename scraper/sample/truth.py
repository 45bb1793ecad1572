"""What an archive that reads the sample region rightly must hold, from the text files that the pages are made of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.sample.posts import Departure, Moment, Post, Site, calendar_entries, read_site
from scraper.sample.wording import iso

SENTENCE_END = re.compile(r"(?<=[.!?]) |(?<=[.!?][”’]) ")


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpectedPost:
    """What is true of one post. Moments are ISO strings: with London's offset where the site tells a time, else a day.

    `published` and `modified` None: the site tells none. `event_end` of an all-day event is its last day.
    `answers` is the HTTP status of `url` in this edition; a post that answers 404 or 410 is described as it was last.
    `moved_from` is the address that now redirects to `url`. Sentences have single spaces. A picture or canonical
    address is None where the page tells none that may be stored (`javascript:` and `data:` are refused).
    """

    slug: str
    url: str
    kind: str
    title: str
    byline: str | None
    language: str
    published: str | None
    modified: str | None
    categories: tuple[str, ...]
    event_start: str | None
    event_end: str | None
    event_status: str | None
    event_venue: str | None
    event_address: str | None
    event_organiser: str | None
    canonical_url: str | None
    og_title: str | None
    og_image: str | None
    twitter_image: str | None
    share_networks: tuple[str, ...]
    first_sentence: str
    last_sentence: str
    must_archive: bool
    answers: int = 200
    moved_from: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpectedEntry:
    """An event only the calendar knows; an occurrence is (start, end), of an all-day one as days, both inclusive."""

    uid: str
    source: str
    title: str
    venue: str
    all_day: bool
    occurrences: tuple[tuple[str, str], ...]


def truth(addresses: Mapping[str, str], edition: int = 1) -> list[ExpectedPost]:
    """Every post of the sites that `addresses` (slug → address) names, newest first within a site, lost ones last."""
    expected = []
    for slug, address in addresses.items():
        site = read_site(slug, address, edition)
        moved = {departure.to: departure.path for departure in site.departures if departure.to}
        expected += [_expected(site, post, moved_from=moved.get(post.path)) for post in site.posts]
        expected += [_expected_lost(site, departure) for departure in site.departures if departure.to is None]
    return expected


def calendar_truth(address: str) -> list[ExpectedEntry]:
    """The events that only the calendar of `sample-events`, served at `address`, knows."""
    return [
        ExpectedEntry(
            uid=f"{entry['uid']}@sample-events.example",
            source=f"{address}calendar.ics",
            title=entry["title"],
            venue=entry["venue"],
            all_day=not isinstance(entry["starts"], datetime),
            occurrences=tuple(_occurrences(entry["starts"], entry["ends"], entry.get("weeks", 1), entry["except"])),
        )
        for entry in calendar_entries()
    ]


def _occurrences(starts: Moment, ends: Moment, weeks: int, without: list[Moment]) -> list[tuple[str, str]]:
    # Adding days to a zoned datetime keeps the wall clock, which is what a weekly rule means across a change of time.
    steps = (timedelta(weeks=week) for week in range(weeks))
    return [(iso(starts + step), iso(ends + step)) for step in steps if starts + step not in without]


def _expected_lost(site: Site, departure: Departure) -> ExpectedPost:
    return _expected(site, departure.post, answers=departure.status)


def _expected(site: Site, post: Post, *, answers: int = 200, moved_from: str | None = None) -> ExpectedPost:
    event = post.event
    return ExpectedPost(
        slug=site.slug,
        url=site.base + post.path,
        kind="event" if event else "news",
        title=post.title,
        byline=post.byline,
        language=post.language,
        published=_told(post.published),
        modified=_told(post.updated),
        categories=post.categories,
        event_start=_told(event.starts) if event else None,
        event_end=_told(event.ends) if event else None,
        event_status=event.status if event else None,
        event_venue=event.venue if event else None,
        event_address=event.address if event else None,
        event_organiser=event.organiser if event else None,
        canonical_url=_canonical(site, post),
        og_title=post.says.get("og_title", post.title) if site.open_graph else None,
        og_image=_open_graph_picture(site, post),
        twitter_image=_picture(site, post) if site.slug == "sample-chamber" else None,
        share_networks=tuple(sorted(site.share)),
        first_sentence=_sentences(post)[0],
        last_sentence=_sentences(post)[-1],
        must_archive=not post.noindex,
        answers=answers,
        moved_from=site.base + moved_from if moved_from else None,
    )


def _told(moment: Moment | None) -> str | None:
    return iso(moment) if moment else None


def _canonical(site: Site, post: Post) -> str | None:
    if site.slug == "sample-council":
        return None
    return post.says.get("canonical", site.base + post.path)


def _open_graph_picture(site: Site, post: Post) -> str | None:
    if not site.open_graph or "og_image" in post.says:
        return None
    return _picture(site, post)


def _picture(site: Site, post: Post) -> str | None:
    path = post.picture.path if post.picture else site.default_picture
    return site.base + path if path else None


def _sentences(post: Post) -> list[str]:
    lines = (" ".join(line.split()) for block in post.body for line in block.lines)
    return [sentence for line in lines for sentence in SENTENCE_END.split(line)]
