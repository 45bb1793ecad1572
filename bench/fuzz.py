"""Feed broken input to every reader for as long as you like: `python -m bench.fuzz --seconds 600 [kind…]`.

Each input is written by a generator that knows the shape of its kind, then harmed. A finding is an exception that is
not a PageError, or an input that takes longer than LIMIT; its seed makes it again: `--seed N --seconds 0 kind`.
"""

from __future__ import annotations

import argparse
import faulthandler
import gzip
import json
import random
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from pathlib import Path

from scraper.crawl import robots
from scraper.discover import addresses, probe, read_source
from scraper.errors import PageError
from scraper.extract import document, read_anyway
from scraper.identity import ROBOTS_TOKEN
from scraper.models import Capture, Partner, Source, SourceKind
from scraper.normalise import dates, text, urls

LIMIT = 2.0  # seconds of CPU for one input
HANGS = 60.0  # seconds, after which the traceback is printed and the run ended
BASE = "https://harbour-trust.example/"
FETCHED = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
PARTNER = Partner(
    slug="harbour-trust",
    title="Harbour Trust",
    home=BASE,
    region="test",
    timezone="Europe/London",
    language="en-GB",
)

WORDS = (
    "Harbour reopens|after|storm|the|of|and|3 March 2026|tomorrow at 10am|12/13/2026|31.02.2024|Workshop|£5|"
    "2026-03-01T10:00:00Z|99999999999999999999|-1|NaN|1e400|\ud800|\x00|\x1b[31m|é|ﬁ|日本語|🎉|\u202e|&amp;|&#xD800;|"
    "&#99999999999;|&lt;b&gt;|]]>|-->|<!--|<![CDATA[|</script>|<p>|<b>|javascript:alert(1)|%00|%zz|../|//|\\|'|\"|=|;|:|,"
).split("|")
LINKS = (
    f"{BASE}news/a-new-bridge-for-harbour/|/news/1|?p=7|//other.example/x|http://[::1|http://[bad]/|http://a:99999999/|"
    "https://\u2100.example/|mailto:a@b.example|#top|news/2026/03/|/a b|/%E0%A4%A|/page/2/|?page=2|"
    "http://xn--/|https://user:pw@harbour-trust.example/|"
).split("|")
TAGS = "a p div h1 h2 li ul article time span nav main section table tr td br img b meta link script svg form".split()
NAMES = "class id href datetime content itemprop property name rel type itemscope lang title src role".split()
VALUES = "post entry-title date published author next pagination menu datePublished article:published_time".split()


def words(rng: random.Random, most: int = 8) -> str:
    """Return a few words, some of them strange."""
    return " ".join(rng.choice(WORDS) for _ in range(rng.randrange(most)))


def link(rng: random.Random) -> str:
    """Return an address, often a bad one."""
    return rng.choice(LINKS) + (rng.choice(WORDS) if rng.random() < 0.2 else "")


def pile(rng: random.Random, make: Callable[[random.Random], str], most: int = 12) -> str:
    """Return a number of parts, now and then one of them very often."""
    parts = [make(rng) for _ in range(rng.randrange(1, most))]
    if rng.random() < 0.03:
        part = make(rng)
        parts.append(part * min(rng.choice((200, 3000)), 500_000 // (len(part) + 1)))
    return "".join(parts)


def make_feed(rng: random.Random) -> bytes:
    """Write RSS, Atom or JSON Feed."""
    if rng.random() < 0.25:
        return dump({"version": "https://jsonfeed.org/version/1.1", "items": json_value(rng), "next_url": link(rng)})
    atom = rng.random() < 0.5
    names = "title summary description content content:encoded link guid id pubDate published updated category author"

    def element(rng: random.Random) -> str:
        name = rng.choice(names.split())
        value = words(rng) if rng.random() < 0.6 else link(rng)
        inner = f"<![CDATA[{value}]]>" if rng.random() < 0.3 else value
        label = f' href="{link(rng)}" rel="{rng.choice(("next", "alternate", "self", ""))}"' if name == "link" else ""
        return f"<{name}{label}>{inner}</{name}>"

    entry = "entry" if atom else "item"
    entries = pile(rng, lambda rng: f"<{entry}>{pile(rng, element)}</{entry}>")
    head = '<feed xmlns="http://www.w3.org/2005/Atom">' if atom else '<rss version="2.0"><channel>'
    return f'<?xml version="1.0"?>{head}{entries}{"</feed>" if atom else "</channel></rss>"}'.encode("utf-8", "replace")


def make_sitemap(rng: random.Random) -> bytes:
    """Write a sitemap, an index, a text sitemap, or one of them packed."""

    def entry(rng: random.Random) -> str:
        news = f"<news:news><news:title>{words(rng)}</news:title></news:news>" if rng.random() < 0.2 else ""
        return f"<url><loc>{link(rng)}</loc><lastmod>{words(rng, 3)}</lastmod>{news}</url>"

    inner = pile(rng, entry)
    if rng.random() < 0.3:
        inner = inner.replace("<url>", "<sitemap>").replace("</url>", "</sitemap>")
        body = f"<sitemapindex>{inner}</sitemapindex>"
    elif rng.random() < 0.2:
        body = "\n".join(link(rng) for _ in range(20))
    else:
        body = f'<urlset xmlns:news="urn:n">{inner}</urlset>'
    raw = body.encode("utf-8", "replace")
    return gzip.compress(raw) if rng.random() < 0.2 else raw


def make_calendar(rng: random.Random) -> bytes:
    """Write iCalendar."""
    when = ("20260301", "20260301T100000", "20260301T100000Z", "00010101", "99991231T235959", "20260230", "x", "")
    zones = ("", ";TZID=GMT", ";TZID=Europe/London", ";TZID=Nowhere/None", ";VALUE=DATE", ";TZID=")
    frequency = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY", "SECONDLY", "HOURLY", "NEVER", "")
    keys = "COUNT UNTIL INTERVAL BYDAY BYMONTH BYMONTHDAY BYSETPOS BYYEARDAY BYWEEKNO WKST BYHOUR".split()
    values = ("1", "0", "-1", "31", "30", "366", "53", "MO", "-1FR", "5SU", "20270101", "20270101T000000Z", "999999999")

    def rule(rng: random.Random) -> str:
        more = "".join(f";{rng.choice(keys)}={rng.choice(values)}" for _ in range(rng.randrange(4)))
        return f"FREQ={rng.choice(frequency)}{more}"

    def line(rng: random.Random) -> str:
        name = rng.choice(("DTSTART", "DTEND", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID", "DURATION", "SUMMARY"))
        if name == "RRULE":
            return f"RRULE:{rule(rng)}\r\n"
        if name == "DURATION":
            return f"DURATION:{rng.choice(('PT1H', '-P1D', 'P999999999D', 'x'))}\r\n"
        if name == "SUMMARY":
            key = rng.choice(("SUMMARY", "LOCATION", "URL", "STATUS", "UID", "ORGANIZER;CN=x", "DESCRIPTION"))
            return f"{key}:{words(rng)}\r\n"
        return f"{name}{rng.choice(zones)}:{rng.choice(when)}\r\n"

    def event(rng: random.Random) -> str:
        start = f"DTSTART{rng.choice(zones)}:{rng.choice(when[:4])}\r\n"
        repeat = f"RRULE:{rule(rng)}\r\n" if rng.random() < 0.6 else ""
        return f"BEGIN:VEVENT\r\nUID:{rng.randrange(3)}\r\n{start}{repeat}{pile(rng, line, 6)}END:VEVENT\r\n"

    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:GMT\r\nBEGIN:DAYLIGHT\r\nDTSTART:19700329T010000\r\nTZOFFSETFROM:+0000\r\n"
        f"TZOFFSETTO:{rng.choice(('+0100', '+9999', 'x'))}\r\nRRULE:{rule(rng)}\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
    )
    inner = (zone if rng.random() < 0.3 else "") + pile(rng, event, 5)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inner}END:VCALENDAR\r\n".encode("utf-8", "replace")


KEYS = (
    "id link type status date date_gmt modified_gmt title rendered excerpt content protected _embedded wp:term author"
    " taxonomy name rest_base rest_namespace viewable code url start_date end_date utc_start_date timezone venue venue"
    " @type @graph @id headline datePublished startDate endDate location address organizer eventStatus image"
    " mainEntityOfPage articleBody publisher dateModified description events items authors tags content_html"
).split()


def json_value(rng: random.Random, depth: int = 0) -> object:
    """Return a JSON value whose keys are those that readers look for."""
    roll = rng.random()
    if depth > 4 or roll < 0.35:
        odd = (None, True, 0, -1, 10**30, 1e308, "Event", "NewsArticle", "publish", "2026-03-01T10:00:00")
        return rng.choice((words(rng), link(rng), *odd))
    if roll < 0.6:
        return [json_value(rng, depth + 1) for _ in range(rng.randrange(4))]
    return {rng.choice(KEYS): json_value(rng, depth + 1) for _ in range(rng.randrange(8))}


def dump(value: object) -> bytes:
    """Return JSON as bytes, lone surrogates escaped."""
    return json.dumps(value).encode()


def make_wordpress(rng: random.Random) -> bytes:
    """Write an answer of the REST API."""
    if rng.random() < 0.2:
        return dump({rng.choice(("post", "page", "event", "code")): json_value(rng, 2) for _ in range(3)})
    return dump([{key: json_value(rng, 2) for key in rng.sample(KEYS, 12)} for _ in range(rng.randrange(5))])


def make_page(rng: random.Random) -> bytes:
    """Write an HTML page with JSON-LD, microdata and metas."""

    def element(rng: random.Random, depth: int = 0) -> str:
        tag = rng.choice(TAGS)
        labels = "".join(
            f' {rng.choice(NAMES)}="{rng.choice((rng.choice(VALUES), link(rng), words(rng, 3)))}"'
            for _ in range(rng.randrange(3))
        )
        inner = pile(rng, lambda rng: element(rng, depth + 1), 5) if depth < 4 and rng.random() < 0.5 else words(rng)
        return f"<{tag}{labels}>{inner}" + (f"</{tag}>" if rng.random() < 0.9 else "")

    ld = dump(json_value(rng)).decode() if rng.random() < 0.8 else words(rng)
    script = f'<script type="application/ld+json">{ld}</script>'
    return f"<!doctype html><html><head><title>{words(rng)}</title>{script}</head><body>{pile(rng, element)}".encode(
        "utf-8", "replace"
    )


def make_date(rng: random.Random) -> bytes:
    """Write a line that may hold dates in any of a few languages."""
    parts = (
        "3 14 31 99 2021 1066 20260301 03/05/2024 2021-02-30 Q3 the of – - / , . ( ) : today next last Monday Di May "
        "märz kwietnia févr. hydref 10am 7.30pm 24:00 25:61 +01:00 Z BST GMT from until to and am um 1st 22nd dydd"
    ).split()
    joint = rng.choice((" ", "", "\n", "\t "))
    line = joint.join(rng.choice(parts) for _ in range(rng.randrange(1, 40)))
    return (line * (rng.choice((50, 500)) if rng.random() < 0.02 else 1)).encode("utf-8", "replace")


def make_robots(rng: random.Random) -> bytes:
    """Write a robots.txt."""

    def line(rng: random.Random) -> str:
        key = rng.choice(("User-agent", "Disallow", "Allow", "Crawl-delay", "Sitemap", "Request-rate", "x"))
        star = "*" * rng.randrange(30) if rng.random() < 0.2 else ""
        return f"{key}: {rng.choice(('*', link(rng), words(rng), '/a' + star + '$', '/*a*a*a*a*a*a*b'))}\n"

    return pile(rng, line, 30).encode("utf-8", "replace")


def harm(rng: random.Random, body: bytes) -> bytes:
    """Harm an input now and then: bytes changed, a part cut out, doubled or moved."""
    while body and rng.random() < 0.4:
        at, to = sorted((rng.randrange(len(body) + 1), rng.randrange(len(body) + 1)))
        kind = rng.randrange(4)
        if kind == 0:
            body = body[:at] + bytes([rng.randrange(256)]) + body[at + 1 :]
        elif kind == 1:
            body = body[:at] + body[min(to, at + 400) :]
        elif kind == 2:
            body = body[:to] + body[at:]
        else:
            body = body[:to]
    return body[:3_000_000]


def capture_of(body: bytes, url: str, content_type: str) -> Capture:
    """Return an input as a reader gets it."""
    return Capture(url=url, fetched_at=FETCHED, status=200, headers={"content-type": content_type}, body=body)


def read_as(kind: SourceKind, url: str, content_type: str) -> Callable[[bytes], None]:
    """Return a function that reads an input as a source and judges it as a probe does."""

    def read(body: bytes) -> None:
        source = Source(kind=kind, url=url)
        reading = read_source(capture_of(body, url, content_type), source, PARTNER, {"since": "2026", "total": "3"})
        probe.judge(source, reading, urls.partner_hosts(PARTNER.home, ()))
        for candidate in reading.candidates:
            urls.url_key(candidate.url)
            addresses.shape_of(candidate.url)
            urls.strip_tracking(candidate.url)

    return read


def read_page(body: bytes) -> None:
    """Read an input as a page, as a listing and as a home page."""
    found = capture_of(body, f"{BASE}news/a-page/", "text/html")
    page = document.parse(found.body, found.url, content_type="text/html")
    probe.read_home(page, urls.partner_hosts(PARTNER.home, ()))
    read_source(found, Source(kind="listing", url=found.url), PARTNER, {})
    read_anyway(found, PARTNER)


def read_date(body: bytes) -> None:
    """Read an input as words that may hold a date."""
    line = body.decode("utf-8", "replace")
    dates.read_stamp(line, languages=("en", "de", "fr", "pl", "cy"))
    dates.find(line, anchor=date(2026, 3, 1), languages=("en",))
    dates.parse_iso(line)
    text.line(line)


def read_robots(body: bytes) -> None:
    """Read an input as robots.txt and ask it about a few addresses."""
    rules = robots.parse(robots.first_lines(body).decode("utf-8", "replace"))
    for path in ("", "news/a-new-bridge/", "a" * 900, "?p=1&q=" + "a" * 200):
        rules.can_fetch(BASE + path, ROBOTS_TOKEN)
    rules.crawl_delay(ROBOTS_TOKEN)


Make = Callable[[random.Random], bytes]
Read = Callable[[bytes], None]
KINDS: Mapping[str, tuple[Make, Read]] = {
    "feed": (make_feed, read_as("feed", f"{BASE}feed/", "")),
    "sitemap": (make_sitemap, read_as("sitemap", f"{BASE}sitemap.xml", "")),
    "calendar": (make_calendar, read_as("calendar", f"{BASE}events.ics", "text/calendar")),
    "wordpress": (
        make_wordpress,
        read_as("wordpress", f"{BASE}wp-json/wp/v2/posts?_embed=wp:term&page=1", "application/json"),
    ),
    "types": (make_wordpress, read_as("wordpress", f"{BASE}wp-json/", "application/json")),
    "page": (make_page, read_page),
    "date": (make_date, read_date),
    "robots": (make_robots, read_robots),
}


@dataclass
class Tally:
    """What fuzzing one kind showed."""

    inputs: int = 0
    seconds: float = 0.0
    refused: int = 0
    slowest: float = 0.0
    slowest_seed: int = 0
    faults: dict[str, int] = field(default_factory=dict)  # the last lines of a traceback → a seed


def note(words_of_fault: str, seed: int, tally: Tally) -> None:
    """Keep a fault unless one was seen that began at the same line."""
    places = [line for line in words_of_fault.splitlines() if line.lstrip().startswith("File ")]
    if places not in [
        [line for line in known.splitlines() if line.lstrip().startswith("File ")] for known in tally.faults
    ]:
        tally.faults[words_of_fault] = seed


def try_one(kind: str, seed: int, tally: Tally) -> None:
    """Make one input and read it."""
    make, read = KINDS[kind]
    rng = random.Random(f"{kind} {seed}")
    body = harm(rng, make(rng))
    began = time.process_time()
    try:
        read(body)
    except PageError:
        tally.refused += 1
    except Exception:
        note(traceback.format_exc(limit=-4), seed, tally)
    spent = time.process_time() - began
    tally.inputs += 1
    tally.seconds += spent
    if spent > tally.slowest:
        tally.slowest, tally.slowest_seed = spent, seed
    if spent > LIMIT and len(tally.faults) < 20:
        tally.faults.setdefault(f"{spent:.1f} s for {len(body)} bytes", seed)


def main() -> None:
    """Fuzz each kind for its share of the time; the exit code says whether anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], help="what to fuzz; all when none is named")
    parser.add_argument("--seconds", type=float, default=60.0, help="for all kinds together")
    parser.add_argument("--seed", type=int, help="one input, to see a finding again")
    parser.add_argument("--keep", type=Path, help="write the input of --seed to this file")
    asked = parser.parse_args()
    kinds = asked.kinds or list(KINDS)
    found = False
    for kind in kinds:
        tally = Tally()
        seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(2**40)
        until = time.monotonic() + asked.seconds / len(kinds)
        while True:
            faulthandler.dump_traceback_later(HANGS, exit=True)
            try_one(kind, seed, tally)
            seed += 1
            if asked.seed is not None or time.monotonic() >= until:
                break
        faulthandler.cancel_dump_traceback_later()
        found = found or bool(tally.faults)
        print(
            f"{kind:10} {tally.inputs:7} inputs in {tally.seconds:.0f} s, {tally.refused} refused, slowest"
            f" {tally.slowest * 1000:.0f} ms (seed {tally.slowest_seed}), {len(tally.faults)} faults",
            flush=True,
        )
        for words_of_fault, at in tally.faults.items():
            print(f"  seed {at}: {words_of_fault}", flush=True)
        if asked.keep and asked.seed is not None:
            rng = random.Random(f"{kind} {asked.seed}")
            asked.keep.write_bytes(harm(rng, KINDS[kind][0](rng)))
    sys.exit(found)


if __name__ == "__main__":
    main()
