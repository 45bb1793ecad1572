"""Read and validate registry files; a bad file is reported and the others go on."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from lxml.cssselect import CSSSelector
from lxml.etree import XPathError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from scraper.errors import ConfigError, PartnerError
from scraper.models import Partner, Rights, Source, SourceKind
from scraper.vocabulary import load as load_terms

SLUG = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}\Z")
HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:\d{1,5})?\Z")
SUFFIXES = (".yml", ".yaml", ".json")
SHIPPED = Path(__file__).parent
MOST_NAMED = 8  # partners in one line on a terminal


def check_url(value: str) -> str:
    """Accept absolute http(s) addresses only."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an absolute http or https address")
    parts.port  # noqa: B018 - reading it raises ValueError for a bad port
    return value


def check_host(value: str) -> str:
    """Accept host names with a port if any: an address would never match a host."""
    if not HOST.match(value):
        raise ValueError("must be a host such as blog.example.org, without scheme and path")
    return value


def check_zone(value: str) -> str:
    """Accept names of the IANA time zone database only."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("must name a zone of the IANA database, such as Europe/London") from error
    return value


def check_language(value: str) -> str:
    """Accept BCP 47 tags in their common form: 'en', 'en-GB', 'cy'."""
    if not re.fullmatch(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}", value):
        raise ValueError("must be a language tag such as en-GB")
    return value


def check_pattern(value: str) -> str:
    """Accept regular expressions that compile."""
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from error
    return value


def check_selector(value: str) -> str:
    """Return a CSS selector; refuse what is none, which would find nothing and say so nowhere."""
    try:
        CSSSelector(value, translator="html")
    except (SyntaxError, ValueError, XPathError) as error:
        raise ValueError(f"is not a CSS selector: {what_failed(error)}") from error
    return value


def check_term(value: str) -> str:
    """Accept terms of the vocabulary, and '' for a label that names no topic."""
    if value and value not in load_terms():
        raise ValueError(f"{value!r} is no term of the vocabulary; `archive category LABEL` names the nearest")
    return value


Url = Annotated[str, AfterValidator(check_url)]
Host = Annotated[str, AfterValidator(check_host)]
Zone = Annotated[str, AfterValidator(check_zone)]
Language = Annotated[str, AfterValidator(check_language)]
Pattern = Annotated[str, AfterValidator(check_pattern)]
Selector = Annotated[str, AfterValidator(check_selector)]
TermId = Annotated[str, AfterValidator(check_term)]
SelectedField = Literal[
    "title",
    "summary",
    "byline",
    "authors",
    "text",
    "categories",
    "tags",
    "image",
    "image_alt",
    "image_caption",
    "language",
]


class RightsEntry(BaseModel):
    """What the partner allows the archive to show."""

    model_config = ConfigDict(extra="forbid")
    note: str = ""
    public: Literal["full", "extract", "none"] = "full"


class RhythmEntry(BaseModel):
    """How often a source is visited; between these bounds its own history decides."""

    model_config = ConfigDict(extra="forbid")
    least: float = Field(default=1.0, gt=0, le=8760)
    most: float = Field(default=168.0, gt=0, le=8760)

    @model_validator(mode="after")
    def check_order(self) -> RhythmEntry:
        """Refuse bounds that cross."""
        if self.least > self.most:
            raise ValueError("least must not be more than most")
        return self


class RegistryFile(BaseModel):
    """One partner, as a person writes it down; only the first five keys are required."""

    model_config = ConfigDict(extra="forbid")
    title: str = Field(min_length=1, description="the organisation's name")
    home: Url = Field(description="its home page")
    region: str = Field(min_length=1, description="the region it belongs to; 'unset' until a person says")
    timezone: Zone = Field(description="the zone its bare local times are in")
    language: Language = Field(description="the language its pages are written in")
    hosts: list[Host] = Field(
        default_factory=list, description="other hosts that are the partner's own, with port if any"
    )
    sources: list[dict[SourceKind, Url]] = Field(
        default_factory=list, description="where its posts are listed, kind: address; found by probing when empty"
    )
    posts: dict[Literal["news", "event"], Pattern] = Field(
        default_factory=dict, description="URL patterns of its posts, where learning needs help"
    )
    fields: dict[SelectedField, Selector] = Field(
        default_factory=dict, description="CSS selectors that override the learned recipe"
    )
    categories: dict[str, TermId] = Field(
        default_factory=dict, description="its labels → terms of the vocabulary; '' for a label that names no topic"
    )
    delay: float = Field(default=2.0, gt=0, le=3600, description="seconds between two requests, least 1")
    rhythm: RhythmEntry = Field(
        default_factory=RhythmEntry, description="hours between two visits to a source: least and most"
    )
    rights: RightsEntry = Field(default_factory=RightsEntry)
    active: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Registry:
    """The partners of one folder, in order of their slugs, and what is wrong with the files that are not among them."""

    partners: dict[str, Partner]
    faults: tuple[str, ...]

    def select(self, slugs: tuple[str, ...]) -> tuple[Partner, ...]:
        """Return the named partners, or all active ones; raises ConfigError naming an unknown slug."""
        for slug in slugs:
            if slug not in self.partners:
                raise unknown_partner(slug, self.partners)
        if slugs:
            return tuple(self.partners[slug] for slug in dict.fromkeys(slugs))
        return tuple(partner for partner in self.partners.values() if partner.active)


def unknown_partner(slug: str, known: Iterable[str]) -> ConfigError:
    """Return the failure that a partner is unknown: with all known ones when these are few, else those alike."""
    slugs = sorted(known)
    alike = [one for one in slugs if slug and slug in one] or difflib.get_close_matches(slug, slugs)
    if len(slugs) <= MOST_NAMED:
        return ConfigError(f"unknown partner {slug!r}; known: {', '.join(slugs) or 'none'}")
    if alike:
        return ConfigError(f"unknown partner {slug!r}; did you mean {', '.join(alike[:MOST_NAMED])}?")
    return ConfigError(f"unknown partner {slug!r}; {len(slugs)} others are known, none alike")


def load(folder: Path) -> Registry:
    """Read every registry file of `folder`; raises ConfigError when there is no such folder."""
    if not folder.is_dir():
        raise ConfigError(f"no folder of registry files at {folder}; name one with --partners")
    partners: dict[str, Partner] = {}
    faults: list[str] = []
    for path in registry_files(folder):
        if path.stem in partners:
            faults.append(f"{path.name}: another file of this folder describes {path.stem} already")
            continue
        try:
            partners[path.stem] = read(path)
        except PartnerError as error:
            faults.append(str(error))
    return Registry(partners=partners, faults=tuple(faults))


def registry_files(folder: Path) -> Iterator[Path]:
    """Yield the registry files of a folder in order of their slugs."""
    found = [path for path in folder.iterdir() if path.suffix in SUFFIXES and not path.name.startswith(".")]
    yield from sorted(found, key=lambda path: (path.stem, path.suffix))


def read(path: Path) -> Partner:
    """Read one registry file; raises PartnerError naming the file, the key and what is wrong with it."""
    if not SLUG.match(path.stem):
        raise PartnerError(f"{path.name}: the name must be lower-case letters, digits, dots and hyphens")
    if not path.is_file():  # a pipe would be waited for
        raise PartnerError(f"{path.name}: is no file that can be read")
    try:
        text = path.read_text(encoding="utf-8")
        data = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise PartnerError(f"{path.name}: cannot be read: {what_failed(error)}") from error
    return build(path.stem, data, name=path.name)


def build(slug: str, data: Any, *, name: str | None = None) -> Partner:
    """Return the partner that registry values describe; raises PartnerError."""
    if not isinstance(data, dict):
        raise PartnerError(f"{name or slug}: must be a mapping of keys to values")
    try:
        entry = RegistryFile.model_validate(data)
    except ValidationError as error:
        raise PartnerError(f"{name or slug}: {describe(error)}") from error
    return Partner(
        slug=slug,
        title=entry.title,
        home=entry.home,
        region=entry.region,
        timezone=entry.timezone,
        language=entry.language,
        hosts=tuple(host.lower() for host in entry.hosts),
        sources=tuple(Source(kind=kind, url=url) for pair in entry.sources for kind, url in pair.items()),
        posts={str(kind): pattern for kind, pattern in entry.posts.items()},
        fields={str(name): selector for name, selector in entry.fields.items()},
        categories=entry.categories,
        delay=entry.delay,
        least_hours=entry.rhythm.least,
        most_hours=entry.rhythm.most,
        rights=Rights(public=entry.rights.public, note=entry.rights.note),
        active=entry.active,
    )


def describe(error: ValidationError) -> str:
    """Say in one line which keys are wrong and why."""
    wrong = []
    for item in error.errors():
        key = ".".join(str(part) for part in item["loc"]) or "file"
        wrong.append(f"{key}: {item['msg'].removeprefix('Value error, ')}")
    return "; ".join(wrong[:5])


def what_failed(error: Exception) -> str:
    """Return a parser's message in one line, with the line of the file where the parser knows it."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem and error.problem_mark:
        return f"{error.problem}, line {error.problem_mark.line + 1}"
    return str(error).strip().partition("\n")[0]


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a registry file, for editors."""
    schema = RegistryFile.model_json_schema()
    schema["title"] = "Regional Archive partner"
    return schema
