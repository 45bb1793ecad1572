"""The registry files that are shipped, held against addresses of posts that were seen of these partners."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml

from scraper.models import Partner
from scraper.normalise import urls
from scraper.partners import registry

FILES = sorted(registry.SHIPPED.glob("*.yml"))
SHIPPED = registry.load(registry.SHIPPED)
PATTERNED = [slug for slug, partner in SHIPPED.partners.items() if partner.posts]
PAGE = Path(__file__).parents[2] / "docs" / "partners.md"

# one line a partner, slug and address: of a post that was seen, else (four partners without patterns) of a listing
SEEN = [line.split() for line in Path(__file__).with_name("addresses.txt").read_text(encoding="utf-8").splitlines()]

FIRST_LINES = re.compile(
    r"# [A-Z].+; (taken from stored copies; the present site has not been tested|tested on \d{4}-\d\d-\d\d)\.\n"
    r"# Dates: .+"
)

# posts whose kind the patterns decide; further forms of addresses that the partners' sites have had
KINDS = [
    ("birmingham-council-meetings", "/ViewMeetingPublic/mid/397/Meeting/13395/Committee/39/Default.aspx", "event"),
    ("birmingham-city-university", "/research/news-events/events/2014", "event"),
    ("express-and-star", "/news/business/business-events/", None),
    ("express-and-star", "/news/business/business-events/awards-night/", "event"),
    ("midlands-innovation", "/latest/blogs/health-in-the-midlands", "news"),
    ("midlands-innovation", "/News/growth-corridor", "news"),
    ("midlands-innovation", "/latest/news/", None),
    ("cw-growth-hub", "/node/1234", None),
    ("loughborough-university", "/news-events/news/2024/november/prize.html", "news"),
    ("university-of-nottingham", "/news/pressreleases/2017/november/prize.aspx", "news"),
    ("university-of-leicester", "/news/2024/march/11-nihr-funding", "news"),
    ("business-desk-west-midlands", "https://www.thebusinessdesk.com/yorkshire/news/747195-growth", None),
    ("shropshire-live", "/news/2025/10/14/half-term", "news"),
    ("aston-university", "/events/open-day", "event"),
    ("university-of-derby", "/news/2021/", None),
]


def kind(slug: str, url: str) -> str | None:
    """Return the kind of the first pattern that takes an address."""
    patterns = SHIPPED.partners[slug].posts.items()
    return next((kind for kind, pattern in patterns if re.search(pattern, url)), None)


def test_every_file_validates() -> None:
    assert SHIPPED.faults == ()
    assert len(SHIPPED.partners) == len(FILES) > 50


def test_no_two_partners_share_a_title_a_home_or_a_host() -> None:
    partners = SHIPPED.partners.values()
    hosts = [host for one in partners for host in bare_hosts(one)]
    for values in ([one.title for one in partners], [urls.url_key(one.home) for one in partners], hosts):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def bare_hosts(partner: Partner) -> set[str]:
    return {host.removeprefix("www.") for host in urls.partner_hosts(partner.home, partner.hosts)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_says_what_is_known_and_what_may_be_shown(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    values = yaml.safe_load(text)
    assert FIRST_LINES.match(text)
    assert values["rights"]["note"]
    assert values["rights"]["public"] != "full" or "no agreement" not in values["rights"]["note"]
    assert values["delay"] >= 2
    assert values["timezone"] == "Europe/London"
    assert ("# Closed: " in text) is not values["active"]
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize(("slug", "url"), SEEN, ids=[slug for slug, _ in SEEN])
def test_what_was_seen_is_the_partners_and_wanted(slug: str, url: str) -> None:
    partner = SHIPPED.partners[slug]
    assert urls.same_host(url, urls.partner_hosts(partner.home, partner.hosts))
    expected = "event" if slug == "birmingham-council-meetings" else "news"
    assert kind(slug, url) == (expected if partner.posts else None)


def test_every_pattern_was_held_against_a_post() -> None:
    assert set(PATTERNED) <= {slug for slug, _ in SEEN}


@pytest.mark.parametrize(("slug", "url", "expected"), KINDS)
def test_patterns_tell_kinds(slug: str, url: str, expected: str | None) -> None:
    assert kind(slug, urljoin(SHIPPED.partners[slug].home, url)) == expected


@pytest.mark.parametrize("slug", PATTERNED)
def test_home_and_the_pages_of_a_listing_are_no_posts(slug: str) -> None:
    partner = SHIPPED.partners[slug]
    post = next(url for seen, url in SEEN if seen == slug)
    listing = urljoin(post, "." if not post.endswith("/") else "..")
    for url in (partner.home, listing, f"{listing}?page=2", urljoin(partner.home, "/events/?page=2")):
        assert kind(slug, url) is None, url


def test_the_page_of_partners_lists_every_file() -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| ([^|]+) \| [^|]+ \| (\w+) \|$", PAGE.read_text(encoding="utf-8"), re.M)
    assert [(slug, title) for slug, title, _ in rows] == [(slug, one.title) for slug, one in SHIPPED.partners.items()]
    assert {slug for slug, _, state in rows if state == "closed"} == {
        slug for slug, partner in SHIPPED.partners.items() if not partner.active
    }


def test_the_page_of_partners_explains_every_key() -> None:
    text = PAGE.read_text(encoding="utf-8")
    keys = [*registry.RegistryFile.model_fields, *(f"rights.{key}" for key in registry.RightsEntry.model_fields)]
    assert [key for key in keys if f"| `{key}` |" not in text] == []
