"""The policy: every place where a post's date can stand, how far it is trusted, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Field = Literal["published", "modified"]


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of place; those of one family repeat one field of the partner's CMS and do not support each other."""

    weight: float
    family: str
    reason: str


PLACES: Final[Mapping[str, Place]] = {
    "wordpress": Place(1.60, "source", "the CMS's own field, asked by address: above what an event's page prints"),
    "feed": Place(
        1.55, "source", "the partner's own word for this address: above an event's day on display and in the URL"
    ),
    "source": Place(0.90, "source", "another source's word for this address"),
    "sitemap": Place(0.60, "source", "lastmod: when the file changed, often the time of the build"),
    "json_ld": Place(0.90, "json_ld", "declared for the post itself"),
    "json_ld_page": Place(0.45, "page", "declared for the page around the post; some themes stamp every page"),
    "json_ld_shown": Place(0.55, "page", "declared for a page that shows its readers when it was last changed"),
    "json_ld_same": Place(0.70, "json_ld", "published and modified are one instant: may be the time of the build"),
    "json_ld_other": Place(
        0.15, "json_ld", "declared for another address or a part: a related post, a video, an image"
    ),
    "meta_article": Place(0.85, "meta", "Open Graph's article vocabulary: one meaning only"),
    "meta_named": Place(0.75, "meta", "a name that says publication"),
    "meta_created": Place(0.75, "meta", "a name that says creation: a post may be written long before it is published"),
    "meta_generic": Place(0.50, "meta", "'date' may be publication, change or the day of the template"),
    "microdata": Place(0.90, "display", "itemprop in the post's container"),
    "stamp_labelled": Place(1.00, "display", "printed with the word 'published' beside the title or byline"),
    "stamp": Place(0.95, "display", "printed or marked up beside the title or byline"),
    "stamp_told": Place(0.93, "display", "beside the title with the word 'published', in a box of its own"),
    "stamp_beside": Place(0.92, "display", "beside the title, in a box of its own such as a page header"),
    "stamp_body": Place(0.55, "display", "printed with the word 'published' elsewhere in the container"),
    "stamp_lone": Place(0.50, "display", "the only day stamped anywhere in the container, away from the title"),
    "stamp_dated": Place(0.50, "display", "printed after the bare word 'date', away from the title"),
    "stamp_created": Place(0.30, "display", "after 'created' away from the title: as likely a forum's or an account's"),
    "stamp_permalink": Place(0.55, "display", "links to the page itself, as each status of a stream does"),
    "stamp_yearless": Place(0.50, "display", "without a year or counted from the fetch, where nothing else is"),
    "stamp_named": Place(0.40, "display", "far from the title, but its class says publication"),
    "stamp_issue": Place(0.40, "display", "the day of a printed issue: the web is often a day earlier"),
    "dateline_first": Place(0.55, "display", "opens the first paragraph and is set off by a dash"),
    "dateline": Place(0.40, "display", "opens the first paragraph; may be the day of what is told"),
    "stamp_aside": Place(0.15, "display", "in a side column, a widget or a header, without a word that says whose"),
    "stamp_title": Place(0.30, "display", "inside the title: what the post is about"),
    "stamp_month": Place(0.55, "display", "a month or season alone on its line beside the title: never a day"),
    "stamp_later": Place(0.30, "display", "later than the declared publication: a change, or the event it tells of"),
    "stamp_far": Place(0.15, "display", "a bare stamp further from the title"),
    "url_day": Place(0.55, "url", "the permalink's day; some sites write it in UTC"),
    "url_month": Place(0.50, "url", "the permalink's month: never a day"),
    "inline": Place(0.55, "json_ld", "the one publication date in the framework's own state"),
}

CHOOSE: Final = 0.5
"""The least score that is an answer: one fair place, or two weak ones that agree."""

COARSE_SUPPORT: Final = 0.15
"""What a month adds to a day inside it."""

SHIFTED: Final = 0.9
"""Share of an instant in UTC that counts for a neighbouring day on display, while the partner's zone is unknown."""

EARLIEST: Final = date(1990, 1, 1)
"""Nothing was posted on the web before; a printed older day is the subject's, or a machine's zero (1970-01-01)."""

GRACE: Final = timedelta(days=1)
"""How far after the fetch a date may lie: partners' clocks and zones differ."""


def plausible(day: date, latest: date) -> bool:
    """Tell whether a post fetched on `latest` can be of that day."""
    return EARLIEST <= day <= latest + GRACE
