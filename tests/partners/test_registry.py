"""Registry files are read one by one: a wrong one is a clear line, the others go on."""

import json
import os
import re
from datetime import datetime, timezone
from pathlib import Path
from typing import get_args

import pytest

from scraper import extract
from scraper.errors import ConfigError, PartnerError
from scraper.extract import sources
from scraper.models import Capture, Partner, Rights, Source
from scraper.partners import registry

DOCS = Path(__file__).parents[2] / "docs"
LEAST = {
    "title": "Midlands Gazette",
    "home": "https://gazette.example/",
    "region": "midlands",
    "timezone": "Europe/London",
    "language": "en-GB",
}

WHOLE = """
title: Midlands Gazette
home: https://gazette.example/
region: midlands
timezone: Europe/London
language: en-GB
hosts: [Blog.gazette.example, 127.0.0.1:8001]
sources:
  - feed: https://gazette.example/feed/
  - sitemap: https://gazette.example/sitemap.xml
posts: {news: '/news/[^/]+/?$', event: '/events/[^/]+/?$'}
fields: {title: h1.post-title}
categories: {People & places: medtop:20000763}
delay: 5
rights: {note: terms agreed 2026-11-02, public: extract}
active: false
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_five_keys_make_a_partner(tmp_path: Path) -> None:
    path = write(tmp_path, "gazette.json", json.dumps(LEAST))
    assert registry.read(path) == Partner(slug="gazette", **LEAST)


def test_every_key_arrives(tmp_path: Path) -> None:
    assert registry.read(write(tmp_path, "gazette.yml", WHOLE)) == Partner(
        slug="gazette",
        title="Midlands Gazette",
        home="https://gazette.example/",
        region="midlands",
        timezone="Europe/London",
        language="en-GB",
        hosts=("blog.gazette.example", "127.0.0.1:8001"),
        sources=(
            Source(kind="feed", url="https://gazette.example/feed/"),
            Source(kind="sitemap", url="https://gazette.example/sitemap.xml"),
        ),
        posts={"news": "/news/[^/]+/?$", "event": "/events/[^/]+/?$"},
        fields={"title": "h1.post-title"},
        categories={"People & places": "medtop:20000763"},
        delay=5.0,
        rights=Rights(public="extract", note="terms agreed 2026-11-02"),
        active=False,
    )


@pytest.mark.parametrize("key", LEAST)
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    values = {name: value for name, value in LEAST.items() if name != key}
    with pytest.raises(PartnerError) as caught:
        registry.read(write(tmp_path, "gazette.json", json.dumps(values)))
    assert str(caught.value) == f"gazette.json: {key}: Field required"


# key, its value, and what the line says after the file's name
WRONG = [
    ("title", "", "title: String should have at least 1 character"),
    ("title", 2024, "title: Input should be a valid string"),
    ("home", "gazette.example", "home: must be an absolute http or https address"),
    ("home", "ftp://gazette.example/", "home: must be an absolute http or https address"),
    ("home", "https:///news/", "home: must be an absolute http or https address"),
    ("home", "http://[gazette", "home: Invalid IPv6 URL"),
    ("home", "https://gazette.example:99999/", "home: Port out of range 0-65535"),
    ("timezone", "Europe/Londn", "timezone: must name a zone of the IANA database, such as Europe/London"),
    ("timezone", "Europe", "timezone: must name a zone of the IANA database, such as Europe/London"),
    ("timezone", "../London", "timezone: must name a zone of the IANA database, such as Europe/London"),
    ("timezone", "", "timezone: must name a zone of the IANA database, such as Europe/London"),
    ("language", "English", "language: must be a language tag such as en-GB"),
    ("language", "en_GB", "language: must be a language tag such as en-GB"),
    ("hosts", ["https://a.example/"], "hosts.0: must be a host such as blog.example.org, without scheme and path"),
    ("hosts", "a.example", "hosts: Input should be a valid list"),
    ("posts", {"news": "/news/("}, "posts.news: is not a regular expression: missing )"),
    ("posts", {"blog": "/blog/"}, "posts.blog.[key]: Input should be 'news' or 'event'"),
    ("sources", [{"feed": "/feed/"}], "sources.0.feed: must be an absolute http or https address"),
    ("sources", [{"rss": "https://a.example/"}], "sources.0.rss.[key]: Input should be 'feed', 'sitemap'"),
    ("fields", {"title": "h1[["}, "fields.title: is not a CSS selector: Expected"),
    ("fields", {"titel": "h1"}, "fields.titel.[key]: Input should be 'title', 'summary'"),
    (
        "categories",
        {"Music": "nonsense"},
        "categories.Music: 'nonsense' is no term of the vocabulary; `archive category",
    ),
    ("categories", {"Music": "medtop:99999999"}, "categories.Music: 'medtop:99999999' is no term of the vocabulary"),
    ("categories", {"Music": None}, "categories.Music: Input should be a valid string"),
    ("delay", 0, "delay: Input should be greater than 0"),
    ("delay", "slow", "delay: Input should be a valid number"),
    ("rights", {"public": "all"}, "rights.public: Input should be 'full', 'extract' or 'none'"),
    ("rights", {"publik": "none"}, "rights.publik: Extra inputs are not permitted"),
    ("active", "maybe", "active: Input should be a valid boolean"),
    ("colour", "red", "colour: Extra inputs are not permitted"),
]


@pytest.mark.parametrize(("key", "value", "words"), WRONG)
def test_a_wrong_value_is_one_line_with_file_and_key(tmp_path: Path, key: str, value: object, words: str) -> None:
    with pytest.raises(PartnerError) as caught:
        registry.read(write(tmp_path, "gazette.json", json.dumps(LEAST | {key: value})))
    line = str(caught.value)
    assert line.startswith(f"gazette.json: {words}")
    assert "\n" not in line


@pytest.mark.parametrize("name", ["gazette.yml", "gazette.json"])
def test_a_file_of_nests_alone_is_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(PartnerError, match=f"{name}: cannot be read: "):
        registry.read(write(tmp_path, name, "[" * 5_000))


def test_what_is_no_file_is_one_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "gazette.yml")
    (tmp_path / "herald.yml").symlink_to(tmp_path / "nowhere.yml")
    (tmp_path / "post.yml").mkdir()
    assert registry.load(tmp_path).faults == tuple(
        f"{name}.yml: is no file that can be read" for name in ("gazette", "herald", "post")
    )


def test_every_wrong_key_of_a_file_is_in_the_line() -> None:
    with pytest.raises(PartnerError) as caught:
        registry.build("gazette", LEAST | {"delay": -1, "colour": "red"})
    assert str(caught.value) == (
        "gazette: delay: Input should be greater than 0; colour: Extra inputs are not permitted"
    )


# file name, its text, the line
UNREADABLE = [
    ("a.yml", "title: Post: late\n", "a.yml: cannot be read: mapping values are not allowed here, line 1"),
    (
        "a.yml",
        "title: T\nhosts: [a.example\nregion: m\n",
        "a.yml: cannot be read: expected ',' or ']', but got ':', line 3",
    ),
    (
        "a.yaml",
        "title: !!python/object/apply:os.getcwd []\n",
        "a.yaml: cannot be read: could not determine a constructor for the tag"
        " 'tag:yaml.org,2002:python/object/apply:os.getcwd', line 1",
    ),
    (
        "a.json",
        "{'title': 1}",
        "a.json: cannot be read: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
    ),
    ("a.yml", "- title\n", "a.yml: must be a mapping of keys to values"),
    ("a.yml", "", "a.yml: must be a mapping of keys to values"),
    ("A B.yml", WHOLE, "A B.yml: the name must be lower-case letters, digits, dots and hyphens"),
]


@pytest.mark.parametrize(("name", "text", "line"), UNREADABLE)
def test_an_unreadable_file_is_one_line(tmp_path: Path, name: str, text: str, line: str) -> None:
    with pytest.raises(PartnerError) as caught:
        registry.read(write(tmp_path, name, text))
    assert str(caught.value) == line


def test_a_file_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_bytes(b"\xff\x00title")
    with pytest.raises(PartnerError, match=r"^a\.yml: cannot be read: 'utf-8' codec"):
        registry.read(path)


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path, "gazette.yml", WHOLE)
    write(tmp_path, "bad.yml", "title: Bad\n")
    write(tmp_path, "gazette-west.yaml", WHOLE)
    write(tmp_path, "herald.json", json.dumps(LEAST))
    write(tmp_path, "README.md", "no registry file")
    write(tmp_path, ".hidden.yml", "no registry file")
    found = registry.load(tmp_path)
    assert list(found.partners) == ["gazette", "gazette-west", "herald"]
    assert len(found.faults) == 1
    assert found.faults[0].startswith("bad.yml: home: Field required; region: Field required")


def test_two_files_of_one_slug_are_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "gazette.json", json.dumps(LEAST))
    write(tmp_path, "gazette.yml", WHOLE)
    found = registry.load(tmp_path)
    assert found.partners["gazette"].active
    assert found.faults == ("gazette.yml: another file of this folder describes gazette already",)


def test_no_folder_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no folder of registry files at .*nowhere; name one with --partners"):
        registry.load(tmp_path / "nowhere")


def test_select_takes_active_partners_or_those_named(tmp_path: Path) -> None:
    write(tmp_path, "gazette.yml", WHOLE)
    write(tmp_path, "herald.json", json.dumps(LEAST))
    found = registry.load(tmp_path)
    assert [partner.slug for partner in found.select(())] == ["herald"]
    assert [partner.slug for partner in found.select(("gazette", "herald", "gazette"))] == ["gazette", "herald"]


def test_an_unknown_slug_is_named_with_the_known_ones(tmp_path: Path) -> None:
    write(tmp_path, "gazette.yml", WHOLE)
    with pytest.raises(ConfigError) as caught:
        registry.load(tmp_path).select(("gazete",))
    assert str(caught.value) == "unknown partner 'gazete'; known: gazette"


def test_the_schema_for_editors_names_every_key() -> None:
    schema = registry.json_schema()
    assert schema["required"] == list(LEAST)
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == set(registry.RegistryFile.model_fields)


def test_every_field_that_a_selector_can_choose_has_its_place() -> None:
    assert {*get_args(registry.SelectedField)} == {*sources.FIELDS, "text"}
    told = DOCS.joinpath("partners.md").read_text(encoding="utf-8")
    (line,) = [line for line in told.splitlines() if line.startswith("| `fields`")]
    assert set(re.findall(r"`(\w+)`", line)) == {"fields", *get_args(registry.SelectedField)}


def test_a_selector_of_the_text_chooses_the_text() -> None:
    partner = registry.build("gazette", LEAST | {"fields": {"text": "#told"}})
    page = (
        b"<html><body><main><h1>Bridge</h1><p>Cookies are used here, and more.</p></main><div id=told>Reopened.</div>"
    )
    at = datetime(2026, 3, 4, tzinfo=timezone.utc)
    capture = Capture(url="https://gazette.example/news/a/", fetched_at=at, status=200, headers={}, body=page)
    assert extract.read_anyway(capture, partner).text == "Reopened."


def test_a_label_may_name_no_topic() -> None:
    assert registry.build("gazette", LEAST | {"categories": {"Latest": ""}}).categories == {"Latest": ""}
