"""Read stored captures again with the present extractor: what would change, and then the change, without a crawl."""

from __future__ import annotations

import json
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from scraper import extract, ingest
from scraper.models import Partner, Post
from scraper.normalise import text
from scraper.store import allowed, families, posts
from scraper.store.archive import Archive, Row, open_reader

BATCH = 50
NOTE = "reextract"  # how far a run came that did not end
UNSETTLED = "rights:"  # notes with this prefix name partners whose posts may stand under other rights than their rows
FIELDS = (
    "kind title summary byline authors language canonical_url published_edtf published_precision published_at"
    " modified_at text categories tags events"
).split()

Watch = Callable[[int, int], None]  # posts read of how many


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """One change of one field of one post."""

    partner: str
    url: str
    field: str
    before: str
    after: str


@dataclass(slots=True)
class Report:
    """What a re-extraction read and changed; `changed` counts (partner, field)."""

    read: int = 0
    unreadable: Counter[str] = field(default_factory=Counter)  # partner → posts whose capture reads as none any more
    changed: Counter[tuple[str, str]] = field(default_factory=Counter)
    posts: Counter[str] = field(default_factory=Counter)  # partner → posts that changed
    examples: list[Example] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What is asked of a re-extraction; partners not named in `partners` are left alone."""

    partners: Mapping[str, Partner]
    dry_run: bool = True
    examples: int = 3  # for each partner and field
    workers: int = 1


def reextract(archive: Archive, plan: Plan, watch: Watch = lambda done, all_of: None) -> Report:
    """Read every post's captures again; without `dry_run` write the reading, which makes no revision.

    A run that did not end goes on where it stopped; one batch is one transaction.
    """
    report = Report()
    mark = wanted(archive, plan)
    after = -1 if plan.dry_run else resume(archive, mark)
    if not plan.dry_run:
        unsettle(archive, plan.partners.values())
    ids = post_ids(archive, plan, after)
    for done, (batch, readings) in enumerate(read_batches(archive, plan, ids), start=1):
        for post_id in batch:
            compare(archive, plan, post_id, readings[post_id], report)
        if not plan.dry_run:
            write_batch(archive, plan, batch, readings, mark)
        watch(min(done * BATCH, len(ids)), len(ids))
    if not plan.dry_run:
        families.gather(archive)
        with archive.transaction() as connection:
            connection.execute("DELETE FROM notes WHERE key = ?", [NOTE])
    return report


def wanted(archive: Archive, plan: Plan) -> str:
    """Return what tells one run from another, so that only the same is resumed: all that a reading follows from."""
    active = {
        row["partner"]: row["digest"] for row in archive.query("SELECT partner, digest FROM recipes WHERE active")
    }
    partners = [f"{plan.partners[slug]} {active.get(slug)}" for slug in sorted(plan.partners)]
    return text.digest(str(extract.VERSION), *partners)


def resume(archive: Archive, mark: str) -> int:
    """Return the last capture that an unfinished run of the same mark came to; -1 when there is none."""
    row = archive.first("SELECT value FROM notes WHERE key = ?", [NOTE])
    kept = json.loads(row["value"]) if row else {}
    return int(kept["after"]) if kept.get("wanted") == mark else -1


def unsettle(archive: Archive, partners: Iterable[Partner]) -> None:
    """Note of partners that their posts come under other rights than their rows say, until those are applied."""
    for partner in partners:
        row = archive.first("SELECT rights FROM partners WHERE slug = ?", [partner.slug])
        if row is not None and row["rights"] != partner.rights.public:
            with archive.transaction() as connection:
                connection.execute("INSERT OR REPLACE INTO notes VALUES (?, '')", [UNSETTLED + partner.slug])


def post_ids(archive: Archive, plan: Plan, after: int) -> list[int]:
    """Return the posts to read, in the order they were captured: what their sources say lies together in the files."""
    marks = ",".join("?" * len(plan.partners))
    rows = archive.query(
        f"SELECT id FROM posts WHERE coalesce(capture, 0) > ? AND partner IN ({marks})"  # noqa: S608 - marks only
        " ORDER BY coalesce(capture, 0), id",
        [after, *plan.partners],
    )
    return [row["id"] for row in rows]


# The readings of a post: of the capture its row stands on, and of each revision's, by the capture's id.
Readings = dict[int, Post]


def read_batches(archive: Archive, plan: Plan, ids: Sequence[int]) -> Iterator[tuple[list[int], dict[int, Readings]]]:
    """Yield batches of posts with their readings, in order; several processes read when the plan allows it."""
    batches = [list(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH)]
    if plan.workers <= 1:
        yield from ((batch, read_batch(archive, plan.partners, batch)) for batch in batches)
        return
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(plan.workers, mp_context=context) as pool:
        works = [
            pool.submit(read_apart, archive.path, archive.captures, dict(plan.partners), batch) for batch in batches
        ]
        for batch, work in zip(batches, works, strict=True):
            yield batch, work.result()


def read_apart(db: Path, captures: Path, partners: Mapping[str, Partner], batch: Sequence[int]) -> dict[int, Readings]:
    """Read a batch in a process of its own."""
    with open_reader(db) as archive:
        archive.captures = captures
        return read_batch(archive, partners, batch)


def read_batch(archive: Archive, partners: Mapping[str, Partner], batch: Sequence[int]) -> dict[int, Readings]:
    """Read the captures of each post of a batch."""
    found: dict[int, Readings] = {}
    for post_id in batch:
        row = archive.query("SELECT * FROM posts WHERE id = ?", [post_id])[0]
        revisions = archive.query("SELECT capture FROM revisions WHERE post = ?", [post_id])
        captures = {row["capture"], *(line["capture"] for line in revisions)} - {None}
        readings = {capture: ingest.reread(archive, row, partners[row["partner"]], capture) for capture in captures}
        found[post_id] = {capture: post for capture, post in readings.items() if post is not None}
    return found


def compare(archive: Archive, plan: Plan, post_id: int, readings: Readings, report: Report) -> None:
    """Count what differs between a post as it stands and as it reads now."""
    row = archive.query("SELECT * FROM posts WHERE id = ?", [post_id])[0]
    slug = row["partner"]
    report.read += 1
    post = readings.get(row["capture"])
    if post is None:
        report.unreadable[slug] += 1
        return
    now, before = reading_of(post, plan.partners[slug]), stored_of(archive, row)
    different = [name for name in FIELDS if now[name] != before[name]]
    report.posts[slug] += bool(different)
    for name in different:
        report.changed[slug, name] += 1
        if report.changed[slug, name] <= plan.examples:
            report.examples.append(
                Example(partner=slug, url=row["url"], field=name, before=before[name], after=now[name])
            )


def reading_of(post: Post, partner: Partner) -> dict[str, str]:
    """Return the fields of a reading as words."""
    public = allowed.effective_rights(partner, post.raw.rights_flags)
    values = posts.post_values(post, partner, capture=None, now="", revision=1)
    lists = {
        "text": allowed.allowed_text(post.raw.text, public),
        "categories": sorted(f"{one.label} → {one.term}" for one in post.categories),
        "tags": sorted(set(post.raw.tags)),
        "events": sorted(f"{event.when_edtf} {event.status} {event.title}" for event in post.events),
    }
    return {name: word({**values, **lists}[name]) for name in FIELDS}


def stored_of(archive: Archive, row: Row) -> dict[str, str]:
    """Return the fields of a post as the database holds them, as words."""
    said = ingest.said_in_store(archive.connection, row)
    labels = archive.query(
        "SELECT c.label, c.term FROM post_categories p JOIN categories c ON c.id = p.category WHERE p.post = ?",
        [row["id"]],
    )
    tags = archive.query("SELECT tag FROM tags WHERE post = ?", [row["id"]])
    body = archive.first("SELECT text FROM bodies WHERE post = ?", [row["id"]])
    lists = {
        "text": body["text"] if body else None,
        "categories": sorted(f"{line['label']} → {line['term']}" for line in labels),
        "tags": sorted(line["tag"] for line in tags),
        "events": said["events"],
    }
    return {name: word({**dict(row), **lists}[name]) for name in FIELDS}


def word(value: object) -> str:
    """Return a value as a person reads it, '' for none."""
    if isinstance(value, list):
        return " | ".join(map(str, value))
    return "" if value is None else str(value)


def write_batch(
    archive: Archive, plan: Plan, batch: Sequence[int], readings: Mapping[int, Readings], mark: str
) -> None:
    """Write the readings of a batch in one transaction; a post that reads as none any more stays as it is."""
    with archive.transaction() as connection:
        for post_id in batch:
            row = connection.execute("SELECT * FROM posts WHERE id = ?", [post_id]).fetchone()
            if row is None:
                continue
            for capture, post in readings[post_id].items():
                ingest.rewrite(connection, row, capture, post, plan.partners[row["partner"]])
        last = connection.execute("SELECT coalesce(capture, 0) FROM posts WHERE id = ?", [batch[-1]]).fetchone()
        kept = json.dumps({"wanted": mark, "after": last[0] if last else 0})
        connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", [NOTE, kept])


def clip(words: str, limit: int = 160) -> str:
    """Return words on one line, cut in the middle where they are long."""
    line = text.SPACES.sub(" ", words)
    return line if len(line) <= limit else f"{line[: limit // 2]} … {line[-limit // 2 :]}"
