"""Probe a site from its home page: ask where posts may be listed, one place after another, and judge each answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from scraper.discover import addresses, entry_url, probe, read_source
from scraper.errors import PageError
from scraper.extract import document, refresh_target
from scraper.models import Capture, Partner, Source
from scraper.normalise import urls

ADVICE = {
    "robots-unreachable": "robots.txt cannot be had, so the site is closed to us for now; try again later",
    "forbidden": "robots.txt forbids it; ask the partner, or name another source",
    "off-limits": "it lies on another host; if that host is the partner's own, name it under `hosts`",
    "soft-404": "the site answers 200 with a page for what it does not have; nothing to do",
    "failed": "it does not answer; try it in a browser",
}


@dataclass(slots=True)
class Probe:
    """A probe under way; what it learned stands in `findings`, in the order of asking."""

    partner: Partner
    robots: Callable[[str], str | None] | None  # the text of a host's robots.txt, once it was asked for
    findings: list[probe.Finding] = field(default_factory=list)
    home: probe.Home | None = None
    asked: Source | None = None
    declared: list[probe.Offer] = field(default_factory=list)  # feeds of listings with posts that no feed named yet
    forward: str | None = None  # where the home page sends its readers by itself
    base: str = ""  # the address at which the home page answered: another scheme, `www.` or a folder, after redirects

    @property
    def hosts(self) -> frozenset[str]:
        """The partner's own hosts."""
        return urls.partner_hosts(self.partner.home, self.partner.hosts)

    def asks(self) -> Iterator[tuple[str, Source]]:
        """Yield (address, source) of each place to ask; what is asked next depends on the answers."""
        yield from self.ask_home()
        home = self.home
        if home is None:
            return
        base = self.base
        declared = [*self.robots_sitemaps(), *home.sitemaps]
        yield from self.ask(declared, until_good=False)
        if not self.has_good("sitemap"):
            yield from self.ask(probe.guesses("sitemap", probe.SITEMAP_GUESSES, base), until_good=True)
        if home.wordpress:
            if not self.has_good("sitemap"):
                yield from self.ask(probe.guesses("sitemap", probe.WORDPRESS_SITEMAPS, base), until_good=True)
            api = [probe.offer("wordpress", home.api, "declared by the home page")] if home.api else []
            yield from self.ask([*api, *probe.guesses("wordpress", probe.WORDPRESS_GUESSES, base)], until_good=True)
        if not self.is_whole():
            yield from self.ask(home.twins, until_good=False)
            home = self.home or home
        yield from self.ask(home.feeds, until_good=False)
        if not self.has_good("feed"):
            yield from self.ask(probe.guesses("feed", probe.FEED_GUESSES, base), until_good=True)
        usual = probe.guesses("calendar", probe.CALENDAR_GUESSES, base) if home.has_events else ()
        calendars = home.calendars or usual
        yield from self.ask(calendars, until_good=True)
        if not self.is_whole():
            if home.wordpress:
                yield from self.ask(probe.older_pages(self.findings), until_good=False)
            named = home.listings[1:]
            guesses = probe.guesses("listing", probe.LISTING_GUESSES, base)[
                : max(0, probe.MAX_LISTINGS + 2 - len(named))
            ]
            yield from self.ask([*named, *guesses], until_good=False)
            yield from self.ask(self.declared[: probe.MAX_DECLARED], until_good=False)
        elif probe.names_one_type(self.findings):
            yield from self.ask(home.listings[1:], until_good=False)
        if home.wordpress and not self.has_good("wordpress"):
            yield from self.ask(probe.changed_first(self.findings)[: probe.MAX_DECLARED], until_good=False)

    def ask_home(self) -> Iterator[tuple[str, Source]]:
        """Yield the home page, and the page that it only leads to: the first of a site's languages, often."""
        yield from self.ask([probe.offer("listing", self.partner.home, "the home page")], until_good=False)
        for _ in range(probe.MAX_FORWARDS):
            if self.forward is None:
                return
            offer = probe.offer("listing", self.forward, probe.FORWARDED)
            self.forward = None
            yield from self.ask([offer], until_good=False)

    def ask(self, offers: Sequence[probe.Offer], *, until_good: bool) -> Iterator[tuple[str, Source]]:
        """Yield the offers that were not asked yet, one by one, to the first good one when that is enough."""
        for offer in offers:
            if any(finding.source.url == offer.source.url for finding in self.findings):
                continue
            self.asked = offer.source
            yield entry_url(offer.source, {}), offer.source
            last = self.findings[-1] if self.findings else None
            if until_good and last is not None and last.verdict == "good" and last.source == offer.source:
                return

    def robots_sitemaps(self) -> list[probe.Offer]:
        """Return the sitemaps that robots.txt names."""
        found = []
        text = self.robots(urls.host_of(self.base)) if self.robots else None
        for line in (text or "").splitlines()[:2_000]:
            key, _, value = line.partition(":")
            url = urls.absolute(value.strip(), self.base) if key.strip().lower() == "sitemap" else None
            if url and urls.same_host(url, self.hosts) and addresses.sitemap_says(url) is not False:
                found.append(probe.offer("sitemap", url, "named by robots.txt"))
        return found[: probe.MAX_SITEMAPS]

    def has_good(self, kind: str) -> bool:
        """Say whether a source of a kind was found to be worth visiting."""
        return any(finding.source.kind == kind and finding.verdict == "good" for finding in self.findings)

    def is_whole(self) -> bool:
        """Say whether what was found so far lists every post, so that no listing is needed."""
        kinds = {finding.source.kind for finding in probe.choose(self.findings)}
        return bool(kinds & {"sitemap", "wordpress"}) and "listing" not in kinds

    def take(self, source: Source, capture: Capture) -> None:
        """Judge an answer."""
        if self.home is None or (self.is_front(source) and capture.status < 300):
            self.take_home(source, capture)
        if capture.status >= 300:
            self.fail(source, f"status {capture.status}", "status")
            return
        try:
            reading = read_source(capture, source, self.partner, {})
        except PageError as error:
            self.fail(source, str(error), error.reason)
            return
        self.findings.append(probe.judge(source, reading, self.hosts))
        fed = {key for finding in self.findings if finding.source.kind == "feed" for key in finding.keys}
        if source.kind == "listing" and self.findings[-1].keys - fed:
            page = document.parse(capture.body, capture.url, content_type=capture.headers.get("content-type", ""))
            self.declared += probe.declared_feeds(page, where=f"the listing {capture.url}")

    def is_front(self, source: Source) -> bool:
        """Say whether what was asked is a front page of the site: the one its home leads to, or another language's."""
        return source.found_by in (probe.FORWARDED, probe.TWIN)

    def take_home(self, source: Source, capture: Capture) -> None:
        """Read what a front page declares: the home page, the page that it leads to, or one in another language."""
        try:
            page = document.parse(capture.body, capture.url, content_type=capture.headers.get("content-type", ""))
        except PageError:
            return
        found = probe.read_home(page, self.hosts)
        if self.home is not None and source.found_by == probe.TWIN:
            self.home = probe.join_twin(self.home, found)
            return
        self.base = capture.url
        self.home = found
        target = refresh_target(capture)
        if target and urls.same_host(target, self.hosts) and urls.url_key(target) != urls.url_key(capture.url):
            self.forward = target

    def fail(self, source: Source, words: str, reason: str) -> None:
        """Note a place that could not be read, and what a person can do."""
        finding = probe.Finding(source=source, verdict="failed", words=words, advice=ADVICE.get(reason, ""))
        self.findings.append(finding)

    def plain(self) -> Probe:
        """Return the probe as a value that can be sent to another process."""
        return replace(self, robots=None)

    def chosen(self) -> tuple[Source, ...]:
        """Return the sources worth visiting."""
        return tuple(finding.source for finding in probe.choose(self.findings))
