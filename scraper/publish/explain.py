"""What is read from a page, and who won each field; what is known of a partner. For people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from scraper.models import Claim, DateClaim, RawPost
from scraper.normalise import urls
from scraper.store.archive import Archive

Explained = dict[str, Any]
MAX_WORDS = 300
FIELDS = (
    "title kind byline authors categories tags language summary canonical_url image image_alt image_caption"
    " rights_flags text"
).split()


def explain_page(raw: RawPost) -> Explained:
    """Return each field's value, who won it, its rivals, and every date claim with its words."""
    return {
        "url": raw.url,
        "recipe": raw.recipe,
        "fields": {name: explain_field(raw, name) for name in FIELDS},
        "dates": [explain_date(claim) for claim in sorted(raw.dates, key=lambda one: (one.field, -one.score))],
        "events": [explain_event(event) for event in raw.events],
        "share": {
            name: value
            for name in raw.share.__dataclass_fields__
            if (value := getattr(raw.share, name)) not in (None, {})
        },
    }


def explain_field(raw: RawPost, name: str) -> Explained:
    """Return one field: what it is, who said so, and what else was offered."""
    value = getattr(raw, name)
    rivals = [explain_claim(claim) for claim in raw.rivals.get(name, ())[:8]]
    return {
        "value": list(value) if isinstance(value, tuple) else shorten(value),
        "winner": raw.winners.get(name),
        "rivals": rivals,
    }


def explain_claim(claim: Claim) -> Explained:
    """Return one value that was offered and where it stood."""
    return {"value": shorten(claim.value), "found_in": claim.found_in}


def explain_date(claim: DateClaim) -> Explained:
    """Return one date that was offered, in its own words."""
    return {
        "field": claim.field,
        "edtf": claim.edtf,
        "precision": claim.precision,
        "quote": claim.quote,
        "found_in": claim.found_in,
        "zone_basis": claim.zone_basis,
        "score": round(claim.score, 3),
        "chosen": claim.chosen,
    }


def explain_event(event: Any) -> Explained:
    """Return one event that was read, with its evidence."""
    names = ("title", "when_edtf", "precision", "venue", "status", "found_in", "evidence")
    return {name: shorten(getattr(event, name)) for name in names}


def shorten(value: Any) -> Any:
    """Cut long words; other values stay."""
    return value[:MAX_WORDS] + " …" if isinstance(value, str) and len(value) > MAX_WORDS else value


def same_text(archive: Archive, partner: str, url: str) -> list[Explained]:
    """Return the other posts that carry the text of a post in the archive, the one published first before all."""
    rows = archive.query(
        "SELECT p.partner, p.url, p.published_edtf, p.id = p.family AS first FROM addresses a"
        " JOIN posts own ON own.id = a.post JOIN posts p ON p.family = own.family AND p.id != own.id"
        " WHERE a.partner = ? AND a.url_key = ? ORDER BY first DESC, p.latest_on, p.id LIMIT 100",
        [partner, urls.url_key(url)],
    )
    return [{**dict(row), "first": bool(row["first"])} for row in rows]


def explain_partner(archive: Archive, slug: str) -> Explained:
    """Return what the archive knows of a partner: its recipe, its sources with their history, its alarms."""
    sources = archive.query("SELECT * FROM sources WHERE partner = ? ORDER BY id", [slug])
    recipe = archive.first(
        "SELECT * FROM recipes WHERE partner = ? AND active ORDER BY learned_at DESC LIMIT 1", [slug]
    )
    days = archive.query("SELECT * FROM coverage WHERE partner = ? ORDER BY day DESC LIMIT 14", [slug])
    alarms = archive.query("SELECT kind, about, message, raised_at FROM alarms WHERE partner = ?", [slug])
    outcomes = archive.query(
        "SELECT state, outcome, count(*) AS number FROM candidates WHERE partner = ? GROUP BY 1, 2 ORDER BY 3 DESC",
        [slug],
    )
    return {
        "partner": slug,
        "recipe": json.loads(recipe["recipe"]) if recipe else None,
        "sources": [dict(row) for row in sources],
        "addresses": [dict(row) for row in outcomes],
        "coverage": [dict(row) for row in days],
        "alarms": [dict(row) for row in alarms],
    }


def page_lines(found: Explained) -> Iterator[str]:
    """Yield an explained page as lines for a person."""
    yield found["url"]
    yield f"read by {'recipe ' + found['recipe'] if found['recipe'] else 'the generic chain'}"
    for name, field in found["fields"].items():
        value = ", ".join(field["value"]) if isinstance(field["value"], list) else field["value"]
        yield f"{name:14} {one_line(value) or '–'}" + (f"   [{field['winner']}]" if field["winner"] else "")
        for rival in field["rivals"]:
            if rival["found_in"] != field["winner"]:
                yield f"{'':16} {rival['found_in']}: {one_line(rival['value'])}"
    for claim in found["dates"]:
        mark = "→" if claim["chosen"] else " "
        place = f"[{claim['found_in']}, {claim['score']}]"
        yield f"{mark} {claim['field']:12} {claim['edtf']:32} “{one_line(claim['quote'])}” {place}"
    for event in found["events"]:
        yield f"  event          {event['when_edtf']}  {one_line(event['title'])} [{event['found_in']}]"
    for post in found.get("same_text", ()):
        first = " (published first)" if post["first"] else ""
        yield f"  same text      {post['partner']}, {post['published_edtf'] or 'undated'}: {post['url']}{first}"


def partner_lines(found: Explained) -> Iterator[str]:
    """Yield an explained partner as lines for a person."""
    yield found["partner"]
    for source in found["sources"]:
        checked = source["last_checked_at"] or "never"
        yield f"  {source['kind']:10} {source['url']}"
        yield f"             {source['status']}, {source['posts_seen']} listed, last asked {checked}"
        yield f"             {source['found_by']}"
    for row in found["addresses"]:
        yield f"  {row['number']:6} addresses {row['state']}: {row['outcome']}"
    for name, field in (found["recipe"] or {}).get("fields", {}).items():
        yield f"  recipe         {name}: {field}"
    if not found["recipe"]:
        yield "  recipe         none yet: pages are read by the generic chain"
    for alarm in found["alarms"]:
        yield f"  alarm          {alarm['message']} (since {alarm['raised_at']})"
    for day in found["coverage"][:7]:
        yield f"  {day['day']}     {day['state']}{': ' + day['reason'] if day['reason'] else ''}"


def one_line(value: Any) -> str:
    """Return a value on one line, '' for none."""
    return " ".join(str(value).split())[:160] if value else ""
