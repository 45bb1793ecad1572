"""`archive date`, `extract`, `category`: what would be read from words and saved pages, without a crawl."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.errors import UsageError

from .options import load_registry, with_json, with_partners

if TYPE_CHECKING:
    from scraper.models import Partner, RawPost


def json_rows() -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of stdin, one a line; raises UsageError for a line that is none."""
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UsageError(f"line {number} of the input is not JSON: {error}") from error
        if not isinstance(row, dict):
            raise UsageError(f"line {number} of the input is not a JSON object")
        yield row


def answer_rows(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Print one JSON line for each row of stdin, with its id."""
    for row in json_rows():
        click.echo(json.dumps({"id": row.get("id"), **answer(row)}, ensure_ascii=False))


@click.command(short_help="Read one date expression, such as 'the 15-17 March'.")
@click.argument("text", required=False)
@click.option("--anchor", help="The day of publication, 2026-03-01; a month or a time will do.")
@click.option("--language", help="The language of the text.  [default: English, then seven others]")
@click.option("--jsonl", is_flag=True, help='Read {"id","text","context","anchor"} lines from stdin.')
@with_json
def date(text: str | None, *, anchor: str | None, language: str | None, jsonl: bool, as_json: bool) -> None:
    """Read one date expression: 'the 15-17 March', 'autumn 2021', 'next Tuesday 7th July'.

    Start and end are wall time as printed, the end is inclusive; both empty: it is no date.
    """
    if jsonl:
        answer_rows(lambda row: read_date(row.get("text"), row.get("context"), row.get("anchor"), row.get("language")))
        return
    if not text:
        raise UsageError("name a date to read, or pass --jsonl")
    refuse_anchor(anchor)
    found = read_date(text, "", anchor, language)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    elif not is_date(found):
        today = datetime.now(timezone.utc).date().isoformat()
        with_anchor = not anchor and is_date(read_date(text, "", today, language))
        click.echo(
            "no date by itself; say when it was written, as in --anchor " + today if with_anchor else "not a date"
        )
    else:
        for name in ("start", "end", "precision", "edtf", "conflict"):
            if found.get(name):
                click.echo(f"{name:10} {found[name]}")


def is_date(found: dict[str, Any]) -> bool:
    """Say whether an expression was read as a date."""
    return found["start"] is not None or found["end"] is not None


def refuse_anchor(anchor: str | None) -> None:
    """Raise UsageError for an anchor that names no day; lines of --jsonl may hold one, which is then left out."""
    from scraper.normalise.dates import anchors

    if anchor and anchors.scene(anchor, DATE_LANGUAGES, None, None, None).anchor is None:
        raise UsageError(f"--anchor {anchor!r} names no day; write 2026-03-01, 2026-03 or 2026-03-01T09:30")


def read_date(text: Any, context: Any, anchor: Any, language: Any = None) -> dict[str, Any]:
    """Return what an expression means in the words of the protocol; all None when it is no date."""
    from scraper.normalise import dates

    empty = {"start": None, "end": None, "precision": None, "edtf": None}
    text, context, anchor, language = map(words, (text, context, anchor, language))
    languages = (language,) if language else DATE_LANGUAGES
    today = datetime.now(timezone.utc).date()
    found = dates.read(text, context=context, anchor=anchor or None, languages=languages, latest=today)
    if found is None:
        return empty
    values = {"start": found.start, "end": found.end, "precision": found.precision, "edtf": found.edtf}
    return values | ({"conflict": found.conflict} if found.conflict else {})


def words(value: Any) -> str:
    """Return a value of a JSON line where it is text, else ''."""
    return value if isinstance(value, str) else ""


DATE_LANGUAGES = ("en", "cy", "pl", "fr", "de", "es", "ro", "ur")


@click.command(short_help="Find the vocabulary term of a category label.")
@click.argument("label", required=False)
@click.option("--language", help="The language of the label.")
@click.option("--partner", help="The partner who prints it: its own decisions come first.")
@click.option("--jsonl", is_flag=True, help='Read {"id","label","language","partner"} lines from stdin.')
@with_json
@with_partners
def category(
    label: str | None, *, language: str | None, partner: str | None, jsonl: bool, as_json: bool, folder: Path
) -> None:
    """Find the vocabulary term of a partner's category label, with the reason, or say that it is unmapped."""
    from scraper.partners.registry import unknown_partner

    decided = Decided(folder)
    if jsonl:
        answer_rows(
            lambda row: read_label(
                str(row.get("label") or ""), words(row.get("language")) or None, decided.by(row.get("partner"))
            )
        )
        return
    if not label:
        raise UsageError("name a label to look up, or pass --jsonl")
    if partner and partner not in decided.partners:
        raise unknown_partner(partner, decided.partners)
    found = read_label(label, language, decided.by(partner))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(f"{found['term']}  {found['label']}  ({found['reason']})" if found["term"] else found["reason"])
    if not found["term"]:
        print_suggestions(label)


class Decided:
    """What the partners of a registry decided of labels; the registry is read when the first partner is named."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def partners(self) -> Mapping[str, Partner]:
        """The partners of the registry by slug."""
        return load_registry(self.folder).partners

    def by(self, slug: object) -> Mapping[str, str]:
        """Return a partner's own decisions, label → term; none for a stranger."""
        known = self.partners.get(slug) if isinstance(slug, str) and slug else None
        return known.categories if known else {}


def read_label(label: str, language: str | None, overrides: Mapping[str, str]) -> dict[str, Any]:
    """Return a label's term in the words of the protocol."""
    from scraper import vocabulary

    found = vocabulary.map_label(label, language=language, overrides=overrides)
    return {"term": found.term, "label": found.label, "reason": found.reason}


def print_suggestions(label: str) -> None:
    """Print the nearest terms, for a person to choose from."""
    from scraper import vocabulary

    for near in vocabulary.suggest(label):
        click.echo(f"  near: {near.term}  {near.label}  {near.score:.2f}")


@click.command()
@click.option("--jsonl", is_flag=True, help='Read {"id","url","html_path"} lines from stdin.')
@click.option("--timezone", "zone", default="UTC", show_default=True, help="The zone of bare local times.")
def extract(*, jsonl: bool, zone: str) -> None:
    """Read saved pages and print what they say, one JSON line each.

    Out: {"id","published","modified","title","authors","text","categories","tags","events",...}.
    """
    if not jsonl:
        raise UsageError("pass --jsonl; one page is explained by `archive explain FILE`")
    refuse_zone(zone)
    answer_rows(lambda row: read_saved(row, zone))


def refuse_zone(zone: str) -> None:
    """Raise UsageError for a name that is no time zone."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(zone)
    except (ValueError, KeyError, OSError) as error:
        raise UsageError(f"--timezone {zone!r} is no zone of the IANA database, such as Europe/London") from error


def read_saved(row: dict[str, Any], zone: str) -> dict[str, Any]:
    """Return what a saved page says in the words of the protocol; `error` says why a page was not read."""
    from scraper.errors import PageError
    from scraper.extract import read_anyway
    from scraper.models import Capture

    try:
        body = Path(words(row.get("html_path"))).read_bytes()
    except (ValueError, OSError) as error:
        raise UsageError(f"html_path of {row.get('id')} names no file that can be read: {error}") from error
    url = words(row.get("url")) or "http://unknown.invalid/"
    capture = Capture(
        url=url, requested_url=url, fetched_at=datetime.now(timezone.utc), status=200, headers={}, body=body
    )
    try:
        raw = read_anyway(capture, stranger(url, zone))
    except PageError as error:
        return {"error": str(error)}
    return protocol(raw)


def stranger(url: str, zone: str, language: str = "und") -> Partner:
    """Return a partner of whom only an address is known."""
    from scraper.models import Partner

    return Partner(slug="unknown", title="", home=url, region="unset", timezone=zone, language=language)


def protocol(raw: RawPost) -> dict[str, Any]:
    """Return a reading in the words of the protocol; a date coarser than a day is told in EDTF alone."""
    chosen = {claim.field: claim for claim in raw.dates if claim.chosen}
    days = {field: claim.on.isoformat() for field, claim in chosen.items() if claim.on}
    return {
        "kind": raw.kind,
        "published": days.get("published"),
        "published_edtf": chosen["published"].edtf if "published" in chosen else None,
        "modified": days.get("modified"),
        "title": raw.title,
        "byline": raw.byline,
        "authors": list(raw.authors),
        "text": raw.text,
        "categories": list(raw.categories),
        "tags": list(raw.tags),
        "language": raw.language,
        "image": raw.image,
        "events": [
            {"title": event.title, "start": local(event, "start"), "end": local(event, "end"), "location": event.venue}
            for event in raw.events
        ],
    }


def local(event: Any, side: str) -> str | None:
    """Return one side of an event as local time; None when it is open."""
    from zoneinfo import ZoneInfo

    at = getattr(event, f"{side}s_at")
    if at is not None:
        return str(at.astimezone(ZoneInfo(event.timezone or "UTC")).strftime("%Y-%m-%dT%H:%M"))
    on = getattr(event, f"{side}_on")
    return on.isoformat() if on else None


COMMANDS = (date, category, extract)
