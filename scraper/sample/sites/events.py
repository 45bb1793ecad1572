"""An events site: schema.org Event in JSON-LD, an iCalendar file, posts published long before the day they announce."""

from datetime import datetime, timedelta
from importlib import resources
from typing import Any

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from scraper.sample.pages import XML, Page, common_pages, draw, post_changed_at
from scraper.sample.posts import Event, Moment, Post, Site, calendar_entries, instant
from scraper.sample.wording import iso, share_links, when

SCHEMA_STATUS = {
    "scheduled": "https://schema.org/EventScheduled",
    "cancelled": "https://schema.org/EventCancelled",
    "postponed": "https://schema.org/EventPostponed",
    "rescheduled": "https://schema.org/EventRescheduled",
}

# iCalendar (RFC 5545, 3.8.1.11) knows no word for a postponed event; calendars in use write TENTATIVE.
CALENDAR_STATUS = {
    "scheduled": "CONFIRMED",
    "cancelled": "CANCELLED",
    "postponed": "TENTATIVE",
    "rescheduled": "CONFIRMED",
}


def build(site: Site) -> dict[str, Page]:
    """The pages of the events site."""
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {site.base}/sitemap.xml\n"
    pages = common_pages(site, robots=robots, validators=True)
    pages |= {post.path: _post_page(site, post) for post in site.posts}
    events = [(post, _when(post.event)) for post in site.posts if post.event]
    news = [post for post in site.posts if not post.event]
    for path, shown in (("/", "all"), ("/events/", "events"), ("/news/", "news")):
        body = draw(site, "sample-events/listing.html", events=events, news=news, shown=shown)
        pages[path] = Page(body=body, changed_at=site.changed_at)
    entries = [(post.path, post.updated or post.published) for post in site.posts]
    sitemap = draw(site, "sitemap.xml", entries=[("/", site.changed_at), ("/about/", None), *entries])
    pages["/sitemap.xml"] = Page(body=sitemap, content_type=XML, changed_at=site.changed_at)
    calendar = Page(body=_calendar(site), content_type="text/calendar; charset=utf-8", changed_at=site.changed_at)
    return pages | {"/calendar.ics": calendar}


def _when(event: Event) -> str:
    return when(event.starts, event.ends)


def _post_page(site: Site, post: Post) -> Page:
    values: dict[str, object] = {"links": share_links(site.base + post.path, post.title, site.share)}
    if post.event:
        values |= {"when": _when(post.event), "json_ld": _event_json_ld(site, post, post.event)}
        body = draw(site, "sample-events/event.html", post=post, **values)
    else:
        body = draw(site, "sample-events/news.html", post=post, json_ld=_news_json_ld(site, post), **values)
    return Page(body=body, changed_at=post_changed_at(post))


def _event_json_ld(site: Site, post: Post, event: Event) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": post.title,
        "url": site.base + post.path,
        "description": post.summary,
        "startDate": iso(event.starts),
        "endDate": iso(event.ends),
        "eventStatus": SCHEMA_STATUS[event.status],
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": event.venue, "address": event.address},
        "organizer": {"@type": "Organization", "name": event.organiser, "url": f"{site.base}/about/"},
    }
    if event.previous_start:
        described["previousStartDate"] = iso(event.previous_start)
    return described


def _news_json_ld(site: Site, post: Post) -> dict[str, Any]:
    author = {"@type": "Organization", "name": post.byline}
    published = iso(post.published) if post.published else None
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": post.title,
        "url": site.base + post.path,
        "datePublished": published,
        "author": author,
        "articleSection": list(post.categories),
    }


def _calendar(site: Site) -> bytes:
    head = resources.files("scraper.sample") / "content" / site.slug / "calendar-head.ics"
    calendar = Calendar.from_ical(head.read_bytes())
    for post in site.posts:
        if post.event:
            calendar.add_component(_entry_of_post(site, post, post.event))
    for entry in calendar_entries():
        calendar.add_component(_entry_of_its_own(site, entry))
    body: bytes = calendar.to_ical()
    return body


def _entry_of_post(site: Site, post: Post, event: Event) -> CalendarEvent:
    uid = post.path.strip("/").replace("/", "-")
    entry = _entry(site, uid, post.title, event.starts, event.ends)
    entry.add("url", site.base + post.path)
    entry.add("location", f"{event.venue}, {event.address}")
    entry.add("status", CALENDAR_STATUS[event.status])
    return entry


def _entry_of_its_own(site: Site, known: dict[str, Any]) -> CalendarEvent:
    entry = _entry(site, known["uid"], known["title"], known["starts"], known["ends"])
    entry.add("location", known["venue"])
    entry.add("description", known["description"])
    if "weeks" in known:
        entry.add("rrule", {"freq": "weekly", "count": known["weeks"]})
    for moment in known["except"]:
        entry.add("exdate", moment)
    return entry


def _entry(site: Site, uid: str, title: str, starts: Moment, ends: Moment) -> CalendarEvent:
    entry = CalendarEvent()
    entry.add("uid", f"{uid}@sample-events.example")
    entry.add("dtstamp", instant(site.changed_at))
    entry.add("summary", title)
    entry.add("dtstart", starts)
    # DTEND of an all-day event is the first day that is no longer part of it.
    entry.add("dtend", ends if isinstance(ends, datetime) else ends + timedelta(days=1))
    return entry
