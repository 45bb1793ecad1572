"""The ways in which the sites of the sample region write days, instants and share links."""

from datetime import datetime, timezone
from email.utils import format_datetime
from urllib.parse import quote

from scraper.sample.posts import Moment, day, instant

ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WELSH = (
    "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin",
    "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

SHARE_LINKS = {
    "x": "https://twitter.com/intent/tweet?url={url}&text={title}",
    "facebook": "https://www.facebook.com/sharer/sharer.php?u={url}",
    "linkedin": "https://www.linkedin.com/sharing/share-offsite/?url={url}",
    "whatsapp": "https://api.whatsapp.com/send?text={title}%20{url}",
    "email": "mailto:?subject={title}&body={url}",
}


def american_day(moment: Moment) -> str:
    """`February 26, 2021`."""
    return f"{ENGLISH[moment.month - 1]} {moment.day}, {moment.year}"


def card_day(moment: Moment) -> str:
    """`Mar 1 2024`."""
    return f"{ENGLISH[moment.month - 1][:3]} {moment.day} {moment.year}"


def british_day(moment: Moment) -> str:
    """`11 June 2025`."""
    return f"{moment.day} {ENGLISH[moment.month - 1]} {moment.year}"


def weekday_day(moment: Moment) -> str:
    """`Thursday 16 April 2026`."""
    return f"{WEEKDAYS[moment.weekday()]} {british_day(moment)}"


def welsh_day(moment: Moment) -> str:
    """`3 Ebrill 2025`."""
    return f"{moment.day} {WELSH[moment.month - 1]} {moment.year}"


def slashed_day(moment: Moment) -> str:
    """`05/03/2025`, the day first."""
    return f"{moment.day:02d}/{moment.month:02d}/{moment.year}"


def clock(moment: datetime) -> str:
    """`9.30am`, `4pm`."""
    minutes = f".{moment.minute:02d}" if moment.minute else ""
    return f"{(moment.hour - 1) % 12 + 1}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def iso(moment: Moment) -> str:
    """`2024-03-01T09:30:00+00:00` with London's offset, or `2024-03-01` for a plain day."""
    return moment.isoformat()


def zulu(moment: Moment) -> str:
    """`2025-06-10T23:05:00Z`, whatever day that is in London."""
    return instant(moment).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def mail_date(moment: Moment) -> str:
    """`Fri, 01 Mar 2024 09:30:00 +0000`, as RSS wants it."""
    return format_datetime(instant(moment))


def when(starts: Moment, ends: Moment) -> str:
    """`Thursday 16 April 2026, 9.30am to 4pm`, or `Friday 3 July 2026 to Sunday 5 July 2026`."""
    if not isinstance(starts, datetime) or not isinstance(ends, datetime):
        return f"{weekday_day(starts)} to {weekday_day(ends)}"
    if day(starts) == day(ends):
        return f"{weekday_day(starts)}, {clock(starts)} to {clock(ends)}"
    return f"{weekday_day(starts)}, {clock(starts)} to {weekday_day(ends)}, {clock(ends)}"


def share_links(url: str, title: str, networks: tuple[str, ...]) -> dict[str, str]:
    """The address of each network's Share button for a page, in the order given."""
    told = {"url": quote(url, safe=""), "title": quote(title, safe="")}
    return {network: SHARE_LINKS[network].format(**told) for network in networks}
