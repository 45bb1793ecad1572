"""Probe a site nobody knows yet, in a process and an archive that are thrown away, and word what was found."""

from __future__ import annotations

import multiprocessing
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from scraper.capture import read_record
from scraper.errors import ConfigError
from scraper.models import Capture, Partner
from scraper.normalise import urls
from scraper.store.archive import Archive, open_archive

from .probing import Probe
from .run import Done, Job, run

ZONES = {
    "uk": "Europe/London",
    "wales": "Europe/London",
    "cymru": "Europe/London",
    "scot": "Europe/London",
    "ie": "Europe/Dublin",
    "fr": "Europe/Paris",
    "de": "Europe/Berlin",
    "pl": "Europe/Warsaw",
    "es": "Europe/Madrid",
    "ro": "Europe/Bucharest",
    "it": "Europe/Rome",
    "nl": "Europe/Amsterdam",
}
ZONES_OF_LANGUAGES = {
    "en-gb": "Europe/London",
    "cy": "Europe/London",
    "en-ie": "Europe/Dublin",
    "fr": "Europe/Paris",
    "de": "Europe/Berlin",
    "pl": "Europe/Warsaw",
    "es": "Europe/Madrid",
    "ro": "Europe/Bucharest",
    "it": "Europe/Rome",
    "nl": "Europe/Amsterdam",
}
PATIENCE_SECONDS = 900


def slug_of(url: str) -> str:
    """Return the slug of a site: its host, dots kept, a port behind a hyphen."""
    return re.sub(r"[^a-z0-9.-]", "-", urls.host_of(url).replace(":", "-").removeprefix("www.")).strip("-.")


def stranger(url: str, zone: str = "UTC") -> Partner:
    """Return a partner of whom only the address is known."""
    return Partner(slug=slug_of(url), title=slug_of(url), home=url, region="unset", timezone=zone, language="und")


def explore(url: str) -> Probe:
    """Probe a site; raises ConfigError when it cannot be reached at all."""
    home = urls.absolute(url if "//" in url else f"https://{url}", "https://")
    if home is None:
        raise ConfigError(f"{url} is no http or https address")
    with tempfile.TemporaryDirectory(prefix="archive-add-") as folder:
        done = run_alone(Job(partner=stranger(home), db=Path(folder) / "archive.db", crawl=None, explore=True))
    if done.error or done.probe is None:
        raise ConfigError(f"{home} could not be probed: {done.error or 'no answer'}")
    if done.probe.home is None:
        words = done.probe.findings[0].words if done.probe.findings else "no answer"
        raise ConfigError(f"the home page of {home} cannot be read ({words}); nothing was written")
    return done.probe


def fetch_page(partner: Partner, url: str) -> Capture:
    """Fetch one page as a crawl would, into an archive that is thrown away; raises ConfigError when it fails."""
    with tempfile.TemporaryDirectory(prefix="archive-explain-") as folder:
        db = Path(folder) / "archive.db"
        done = run_alone(Job(partner=partner, db=db, crawl=None, page=url))
        with open_archive(db) as archive:
            found = last_capture(archive, url)
            row = archive.first("SELECT outcome, detail FROM fetches WHERE kind = 'page' ORDER BY id DESC LIMIT 1")
    if found is None:
        reason = f"{row['outcome']}: {row['detail']}" if row else done.error or "no answer"
        raise ConfigError(f"{url} cannot be fetched ({reason})")
    return found


def last_capture(archive: Archive, url: str) -> Capture | None:
    """Return the last capture of a page, redirects followed; None when there is none."""
    row = archive.first(
        "SELECT captures.* FROM fetches JOIN captures ON captures.id = fetches.capture WHERE fetches.url = ?"
        " AND fetches.kind = 'page' AND captures.status != 304 ORDER BY fetches.id DESC LIMIT 1",
        [url],
    )
    if row is None:
        return None
    record = read_record(archive.captures / row["warc"], row["offset"], row["length"])
    return replace(record.capture, requested_url=url, id=row["id"])


def run_alone(job: Job) -> Done:
    """Run one job in a process and an archive of its own and wait for its end."""
    open_archive(job.db).close()
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=run, args=(job, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        while ours.poll(PATIENCE_SECONDS):
            message = ours.recv()
            if isinstance(message, Done):
                return message
    except EOFError:
        pass
    finally:
        process.kill()
        process.join(10)
    return Done(slug=job.partner.slug, requests={}, outcomes={}, error="no answer in time", exit_code=1)


def write_registry(found: Probe) -> str:
    """Return the registry file of a probed site, with a comment for every finding and every guess."""
    return "\n".join(registry_lines(found)) + "\n"


def registry_lines(found: Probe) -> Iterator[str]:
    """Yield the lines of a registry file."""
    home, partner = found.home, found.partner
    language = home.language if home and home.language else None
    zone, why = guess_zone(partner.home, language)
    yield f"title: {scalar((home.title if home else None) or partner.slug)}"
    yield f"home: {scalar(partner.home)}"
    yield "region: unset  # a person says which region this partner belongs to"
    yield f"timezone: {zone}  # {why}; bare local times are read in it"
    why = "as the home page says" if language else "a guess: the home page does not say"
    yield f"language: {language or 'en-GB'}  # {why}"
    chosen = found.chosen()
    if chosen:
        yield "sources:"
        for finding in found.findings:
            if finding.source in chosen:
                comment = f"{finding.words}; {finding.source.found_by}"
                yield f"  - {finding.source.kind}: {scalar(finding.source.url)}  # {one_line(comment)}"
    else:
        yield "sources: []  # none was found; name one: feed, sitemap, wordpress, calendar or listing"
    yield "rights: {public: extract, note: no agreement yet}"
    for finding in found.findings:
        if finding.source not in chosen:
            yield f"# tried {finding.source.kind} {finding.source.url}: {one_line(finding.words)}"


def one_line(words: str) -> str:
    """Return words that cannot leave the comment they stand in."""
    return " ".join(words.split())[:200]


def scalar(value: str) -> str:
    """Return a value as YAML writes it on one line."""
    return yaml.safe_dump(value, allow_unicode=True, width=10**6, default_style=None).removesuffix("\n...\n").strip()


def guess_zone(home: str, language: str | None) -> tuple[str, str]:
    """Return a time zone and why: by the top-level domain, else by the language of the home page."""
    top = (urlsplit(home).hostname or "").rpartition(".")[2]
    if top in ZONES:
        return ZONES[top], f"guessed from .{top}"
    tag = (language or "").lower()
    for key in (tag, tag.partition("-")[0]):
        if key in ZONES_OF_LANGUAGES:
            return ZONES_OF_LANGUAGES[key], f"guessed from the language {language}"
    return "Europe/London", "a guess: nothing says"


def describe(found: Probe) -> Iterator[str]:
    """Yield a line about every place that was asked: what it gave, and what a person can do about one that failed."""
    chosen = found.chosen()
    for finding in found.findings:
        mark = "use " if finding.source in chosen else "no  " if finding.verdict == "failed" else "skip"
        advice = f" ({finding.advice})" if finding.advice else ""
        yield f"{mark}  {finding.source.kind:10} {finding.source.url}: {finding.words}{advice}"
