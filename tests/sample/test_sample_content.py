"""What the five sites serve: every post as `truth` says, in feeds, sitemaps, calendars and markup that parse."""

import json
from collections import Counter
from datetime import date, datetime, timedelta

import feedparser
import icalendar
import pytest
import recurring_ical_events
from bs4 import BeautifulSoup
from lxml import etree

from scraper.sample import SLUGS, partners
from scraper.sample.truth import calendar_truth, truth

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
AN_ADDRESS = {slug: f"http://127.0.0.1:{8011 + number}/" for number, slug in enumerate(SLUGS)}


def expected(region, slug):
    return [post for post in truth(region.addresses) if post.slug == slug]


def soup(ask, url):
    return BeautifulSoup(ask(url).body, "lxml")


def json_ld(ask, url):
    return [json.loads(script.string) for script in soup(ask, url).select('script[type="application/ld+json"]')]


def test_there_are_as_many_posts_as_the_shapes_need():
    posts = truth(AN_ADDRESS)
    assert Counter((post.slug, post.kind) for post in posts) == {
        ("sample-engine", "news"): 8,
        ("sample-lifesci", "news"): 6,
        ("sample-events", "event"): 7,
        ("sample-events", "news"): 2,
        ("sample-council", "news"): 26,
        ("sample-chamber", "news"): 8,
    }
    assert len({post.url for post in posts}) == len(posts)
    assert [post.url for post in posts if not post.must_archive] == [
        f"{AN_ADDRESS['sample-chamber']}news/offer-for-members-only/"
    ]


@pytest.mark.parametrize("post", truth(AN_ADDRESS), ids=lambda post: f"{post.slug}{post.url[21:]}")
def test_every_post_is_served_as_its_truth_says(region, ask, post):
    here = region.addresses[post.slug]
    page = soup(ask, here + post.url.removeprefix(AN_ADDRESS[post.slug]))
    text = " ".join(page.body.get_text(" ").split())
    assert page.h1.get_text() == post.title
    assert post.first_sentence in text and post.last_sentence in text
    assert page.html["lang"][:2] == post.language[:2]
    assert "Part of the Regional Archive's sample region" in text
    assert ("noindex" in page.decode()) is not post.must_archive
    assert (page.find(rel="canonical") or {}).get("href") == _at(post.canonical_url, post.slug, here)
    assert (page.find(property="og:title") or {}).get("content") == post.og_title
    if post.og_image:
        assert page.find(property="og:image")["content"] == _at(post.og_image, post.slug, here)
        assert ask(page.find(property="og:image")["content"]).status == 200
    if post.byline:
        assert post.byline in text


def _at(url, slug, here):
    return url.replace(AN_ADDRESS[slug], here) if url else None


@pytest.mark.parametrize("slug", SLUGS)
def test_no_page_names_an_address_of_another_site(region, ask, slug):
    here = region.addresses[slug]
    for path in ("", "about/", "no-such-page"):
        for link in soup(ask, here + path).select("a[href], link[href]"):
            assert link["href"].startswith((here, "https://"))


@pytest.mark.parametrize("slug", SLUGS)
def test_registry_names_sources_that_answer(region, ask, slug):
    partner = partners(region.addresses)[slug]
    assert partner["home"] == region.addresses[slug]
    assert (partner["timezone"], partner["language"], partner["region"]) == ("Europe/London", "en-GB", "midlands")
    for source in partner["sources"]:
        ((kind, url),) = source.items()
        assert kind in ("feed", "sitemap", "calendar", "listing")
        assert ask(url).status == 200


@pytest.mark.parametrize(
    ("path", "slug", "count"),
    [("feed/", "sample-engine", 7), ("feed/", "sample-lifesci", 5), ("atom.xml", "sample-chamber", 7)],
)
def test_feeds_tell_the_instants_and_terms_of_the_truth(region, ask, path, slug, count):
    feed = feedparser.parse(ask(region.addresses[slug] + path).body)
    known = {post.url: post for post in expected(region, slug)}
    assert not feed.bozo and len(feed.entries) == count
    for entry in feed.entries:
        post = known[entry.link]
        assert entry.title == post.title
        assert datetime(*entry.published_parsed[:6]) == _utc(post.published)
        assert {tag.term for tag in entry.tags} <= set(post.categories)


def _utc(written):
    moment = datetime.fromisoformat(written)
    return (moment - moment.utcoffset()).replace(tzinfo=None)


def test_the_engine_feed_has_the_full_text_and_the_lifesci_feed_does_not(region, ask):
    full = feedparser.parse(ask(region.addresses["sample-engine"] + "feed/").body)
    short = feedparser.parse(ask(region.addresses["sample-lifesci"] + "feed/").body)
    engine = {post.url: post for post in expected(region, "sample-engine")}
    assert all(engine[entry.link].last_sentence in entry.content[0].value for entry in full.entries)
    assert all(len(entry.summary) <= 140 and "content" not in entry for entry in short.entries)


@pytest.mark.parametrize("slug", ["sample-engine", "sample-lifesci"])
def test_a_time_is_told_only_where_the_feed_tells_one(region, ask, slug):
    feed = feedparser.parse(ask(region.addresses[slug] + "feed/").body)
    in_feed = {entry.link for entry in feed.entries}
    assert {post.url for post in expected(region, slug) if "T" in post.published} == in_feed


def test_the_json_feed_agrees_with_the_atom_feed(region, ask):
    here = region.addresses["sample-chamber"]
    items = json.loads(ask(here + "feed.json").body)["items"]
    entries = feedparser.parse(ask(here + "atom.xml").body).entries
    assert [item["url"] for item in items] == [entry.link for entry in entries]
    assert [item["date_published"] for item in items] == [entry.published for entry in entries]


@pytest.mark.parametrize(
    ("slug", "path"),
    [
        ("sample-engine", "post-sitemap.xml"),
        ("sample-lifesci", "sitemap.xml"),
        ("sample-events", "sitemap.xml"),
    ],
)
def test_sitemaps_name_every_post(region, ask, slug, path):
    sitemap = etree.fromstring(ask(region.addresses[slug] + path).body)
    assert set(sitemap.xpath("//s:loc/text()", namespaces=SITEMAP)) >= {post.url for post in expected(region, slug)}


def test_the_engine_sitemap_tells_true_days_and_the_lifesci_sitemap_none(region, ask):
    index = etree.fromstring(ask(region.addresses["sample-engine"] + "sitemap.xml").body)
    posts, pages = index.xpath("//s:loc/text()", namespaces=SITEMAP)
    told = {
        url.findtext("s:loc", namespaces=SITEMAP): url.findtext("s:lastmod", namespaces=SITEMAP)
        for url in etree.fromstring(ask(posts).body)
    }
    assert told == {post.url: post.modified or post.published for post in expected(region, "sample-engine")}
    assert "about" in ask(pages).text
    assert "lastmod" not in ask(region.addresses["sample-lifesci"] + "sitemap.xml").text


def test_robots_say_what_each_site_allows(region, ask):
    robots = {slug: ask(address + "robots.txt") for slug, address in region.addresses.items()}
    assert {answer.status for answer in robots.values()} == {200}
    assert "Disallow: /search\n" in robots["sample-council"].text
    assert [slug for slug, answer in robots.items() if f"Sitemap: {region.addresses[slug]}" in answer.text] == [
        "sample-engine",
        "sample-lifesci",
        "sample-events",
    ]


def test_event_pages_say_in_json_ld_what_the_truth_says(region, ask):
    events = [post for post in expected(region, "sample-events") if post.kind == "event"]
    for post in events:
        (event,) = json_ld(ask, post.url)
        assert event["@type"] == "Event" and event["name"] == post.title
        assert (event["startDate"], event["endDate"]) == (post.event_start, post.event_end)
        assert event["eventStatus"] == f"https://schema.org/Event{post.event_status.capitalize()}"
        assert (event["location"]["name"], event["location"]["address"]) == (post.event_venue, post.event_address)
        assert event["organizer"]["name"] == post.event_organiser
        assert post.published < post.event_start[:10]
    assert Counter(post.event_status for post in events) == {
        "scheduled": 4,
        "cancelled": 1,
        "postponed": 1,
        "rescheduled": 1,
    }
    assert {post.event_start[16:] for post in events} == {":00+00:00", ":00+01:00", ""}


def test_the_calendar_holds_the_events_of_the_pages_and_three_of_its_own(region, ask):
    here = region.addresses["sample-events"]
    calendar = icalendar.Calendar.from_ical(ask(here + "calendar.ics").body)
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    entries = {entry.get("URL"): entry for entry in calendar.walk("VEVENT") if "URL" in entry}
    events = {post.url: post for post in expected(region, "sample-events") if post.kind == "event"}
    assert entries.keys() == events.keys()
    assert len(calendar.walk("VEVENT")) == len(entries) + 3
    for url, entry in entries.items():
        assert entry["DTSTART"].dt.isoformat() == events[url].event_start
        assert _last(entry) == events[url].event_end
    assert {str(entry["STATUS"]) for entry in entries.values()} == {"CONFIRMED", "CANCELLED", "TENTATIVE"}


def test_entries_of_the_calendar_alone_come_when_the_truth_says(region, ask):
    here = region.addresses["sample-events"]
    calendar = icalendar.Calendar.from_ical(ask(here + "calendar.ics").body)
    known = {entry.uid: entry for entry in calendar_truth(here)}
    found: dict[str, list[tuple[str, str]]] = {uid: [] for uid in known}
    for occurrence in recurring_ical_events.of(calendar).between(date(2026, 1, 1), date(2028, 12, 31)):
        if str(occurrence["UID"]) in known:
            found[str(occurrence["UID"])].append((occurrence["DTSTART"].dt.isoformat(), _last(occurrence)))
    assert {uid: sorted(moments) for uid, moments in found.items()} == {
        uid: list(entry.occurrences) for uid, entry in known.items()
    }
    weekly = known["makers-morning@sample-events.example"].occurrences
    assert (len(weekly), weekly[0][0], weekly[-1][0]) == (7, "2026-03-12T10:00:00+00:00", "2026-04-30T10:00:00+01:00")
    assert [entry.all_day for entry in known.values()] == [False, False, True]


def _last(entry):
    ends = entry["DTEND"].dt
    return ends.isoformat() if isinstance(ends, datetime) else (ends - timedelta(days=1)).isoformat()


def test_the_council_is_read_page_by_page(region, ask):
    url, links, days = region.addresses["sample-council"] + "news", [], []
    while url:
        page = soup(ask, url)
        links += [link["href"] for link in page.select(".news-list h2 a")]
        days += [day.get_text() for day in page.select(".news-list .date")]
        onward = page.find("a", string="Next")
        url = onward["href"] if onward else None
    posts = expected(region, "sample-council")
    assert links == [post.url for post in posts]
    assert days == [date.fromisoformat(post.published).strftime("%d/%m/%Y") for post in posts if post.published]
    assert days[:3] == ["25/03/2025", "11/03/2025", "05/03/2025"]
    assert len(links) - len(days) == 2


def test_only_one_council_post_was_updated(region, ask):
    updated = {post.url: post.modified for post in expected(region, "sample-council") if post.modified}
    assert updated == {f"{region.addresses['sample-council']}news/council-tax-set": "2025-03-14"}
    page = soup(ask, next(iter(updated)))
    assert page.select_one(".updated").get_text() == "Updated: 14/03/2025"
    assert page.select_one(".breadcrumb").get_text(" ").split()[:2] == ["Home", "News"]


CHAMBER_DISAGREEMENTS = [
    ("export-desk-opens-for-members-who-sell-to-ireland", "11 June 2025", "2025-06-10T23:05:00Z"),
    ("quarterly-survey-order-books-fill-but-hiring-waits", "3 July 2025", "2025-07-02T23:30:00Z"),
    ("annual-dinner-to-be-held-in-a-barn", "13 August 2025", "2025-08-13T22:45:00Z"),
]


@pytest.mark.parametrize(("slug", "shown", "told"), CHAMBER_DISAGREEMENTS)
def test_the_chamber_tells_machines_another_day(region, ask, slug, shown, told):
    url = f"{region.addresses['sample-chamber']}news/{slug}/"
    assert soup(ask, url).select_one(".post-meta").get_text().startswith(shown)
    assert json_ld(ask, url)[0]["datePublished"] == told


def test_the_chamber_disagrees_with_itself(region, ask):
    here = region.addresses["sample-chamber"]
    pages = {post.url.removeprefix(here): soup(ask, post.url) for post in expected(region, "sample-chamber")}
    pictures = Counter(page.find(property="og:image")["content"].split(":")[0] for page in pages.values())
    assert pictures == {"http": 6, "javascript": 1, "data": 1}
    assert all(page.find(attrs={"name": "twitter:image"})["content"].startswith("/") for page in pages.values())
    assert all(
        page.title.get_text() == f"{page.h1.get_text()} | Severnmoor Chamber of Commerce" for page in pages.values()
    )
    foreign = [path for path, page in pages.items() if not page.find(rel="canonical")["href"].startswith(here)]
    assert foreign == ["news/what-members-do-with-the-apprenticeship-levy/"]
    welsh = pages["newyddion/busnesau-bach-y-gororau-yn-cydweithio/"]
    assert welsh.html["lang"] == "cy"
    assert welsh.select_one(".post-meta").get_text() == "Cyhoeddwyd: 3 Ebrill 2025"


def test_share_buttons_carry_the_address_of_the_page(region, ask):
    for post in truth(region.addresses):
        page = soup(ask, post.url)
        quoted = post.url.replace(":", "%3A").replace("/", "%2F")
        found = {link["href"] for link in page.select("a[href]") if quoted in link["href"]}
        assert len(found) == len(post.share_networks)
