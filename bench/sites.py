"""Real CMS sites with known truth, from the home address alone: `make bench-sites`.

Starts the sites of the bench (fresh content), adds each by `archive add`, crawls, scores the export against the CMS's own
store, lets the sites change (5 posts added, 3 edited, 2 gone), crawls again, and once more unchanged. Prints a Markdown
table and writes it into docs/sites.md. Says so and ends cleanly when the bench is not there.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .bodies import Texts, Told, compare_texts, compare_told

NOTES = "\n## "  # where the part of the page begins that people write
DOCS = Path(__file__).resolve().parent.parent / "docs" / "sites.md"
ARCHIVE = [sys.executable, "-c", "from scraper.cli import main; main()"]
SITES = {
    "wp-midlands": "http://127.0.0.11:8080/",
    "hugo": "http://127.0.0.21:8080/",
    "pelican": "http://127.0.0.23:8080/",
}
RIGHT = {"exact", "date", "naive_ok", "ok", "folded", "n/a", "both_none"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What one site showed."""

    site: str
    score: dict[str, Any]
    texts: Texts
    told: Told
    first: dict[str, Any]  # the summary of each crawl, `archive crawl --json`
    second: dict[str, Any]
    third: dict[str, Any]
    full: dict[str, Any]


def main() -> int:
    """Run the bench and write its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("sites", nargs="*", default=list(SITES))
    options = parser.parse_args()
    bench = (options.shared / "sites").resolve()
    if not (bench / "score.py").exists():
        print(f"no bench of sites at {bench}; nothing was measured")
        return 0
    run([str(bench / "reset.sh"), *options.sites], cwd=bench)
    run([str(bench / "up.sh"), *options.sites], cwd=bench)
    with tempfile.TemporaryDirectory() as folder:
        results = [measure(name, bench, Path(folder) / name) for name in options.sites]
    page = "\n".join(lines(results)) + "\n"
    print(page)
    DOCS.write_text(page + kept_notes(), encoding="utf-8")
    return 0


def kept_notes() -> str:
    """Return what people wrote below the table."""
    _, mark, notes = DOCS.read_text(encoding="utf-8").partition(NOTES)
    return mark + notes


def measure(name: str, bench: Path, folder: Path) -> Result:
    """Add, crawl, score, change, and crawl again one site."""
    folder.mkdir(parents=True)
    partners, db = folder / "partners", folder / "archive.db"
    archive("add", SITES[name], "--partners", str(partners), "--json")
    file = next(partners.iterdir())
    written = file.read_text(encoding="utf-8").replace("public: extract", "public: full")  # whole texts are compared
    file.write_text(written + "delay: 0.02\n", encoding="utf-8")
    crawl = ["crawl", "--partners", str(partners), "--db", str(db), "--json"]
    first = json.loads(archive(*crawl))[0]
    score = read_score(name, bench, db, folder)
    texts = compare_texts(db, name, SITES[name])
    told = compare_told(db, folder / "truth.jsonl")
    run([str(bench / "drive.py"), name, "mutate", "--seed", "1"], cwd=bench)
    second = json.loads(archive(*crawl))[0]
    third = json.loads(archive(*crawl))[0]
    full = json.loads(archive(*crawl, "--full"))[0]
    return Result(site=name, score=score, texts=texts, told=told, first=first, second=second, third=third, full=full)


def read_score(name: str, bench: Path, db: Path, folder: Path) -> dict[str, Any]:
    """Score the export of a site against its truth."""
    export, truth = folder / "export.jsonl", folder / "truth.jsonl"
    export.write_text(archive("export", "--db", str(db)), encoding="utf-8")
    rows = run([str(bench / "all_truth.sh")], cwd=bench).splitlines()
    truth.write_text("\n".join(row for row in rows if json.loads(row)["site"] == name), encoding="utf-8")
    scored = run([sys.executable, str(bench / "score.py"), "--json", str(export), str(truth)])
    return dict(json.loads(scored)[name])


def archive(*words: str) -> str:
    """Run one command of the archive; its exit code may be that of a finding."""
    environment = {**os.environ, "ARCHIVE_ALLOW": "127.0.0.0/8"}
    done = subprocess.run([*ARCHIVE, *words], env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        raise SystemExit(f"archive {' '.join(words)}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def run(command: list[str], cwd: Path | None = None) -> str:
    """Run a command of the bench and return what it printed."""
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True).stdout


def lines(results: list[Result]) -> Iterator[str]:
    """Yield the page."""
    yield "# How much of a real site is found and read rightly?\n"
    yield "Sites made by WordPress, Hugo and Pelican, added by `archive add` from their home address alone, crawled, and"
    yield "scored against the CMS's own store (`make bench-sites`). Between the first crawl and the second each site added 5"
    yield "posts, edited 3 and took 2 away; the third crawl found an unchanged site, `--full` checked every post.\n"
    yield "| | " + " | ".join(result.site for result in results) + " |"
    yield "|---|" + "---|" * len(results)
    for label, value in ROWS:
        yield f"| {label} | " + " | ".join(str(value(result)) for result in results) + " |"


def share(result: Result, field: str) -> str:
    """Return the share of right values of a field."""
    counts = Counter(result.score.get(field) or {})
    total = sum(counts.values())
    right = sum(number for outcome, number in counts.items() if outcome in RIGHT)
    return f"{right}/{total} = {right / total:.1%}" if total else "–"


def rows_of(result: Result, *names: str) -> int:
    """Return how many rows of the export were of a kind."""
    return sum(int(result.score["rows"].get(name, 0)) for name in names)


def requests(summary: dict[str, Any]) -> str:
    """Return the requests of a crawl, by class."""
    counts = summary["requests"]
    classes = ", ".join(f"{counts[key]} {key}" for key in counts if key != "all" and counts[key])
    return f"{counts['all']} ({classes})"


def outcomes(summary: dict[str, Any]) -> str:
    """Return what a crawl noticed: new / changed (or moved) / gone."""
    found = Counter(summary["outcomes"])
    return f"{found['new']} / {found['changed'] + found['moved']} / {found['gone']}"


ROWS: tuple[tuple[str, Any], ...] = (
    ("posts found", lambda r: f"{r.score['_']['got']}/{r.score['_']['need']} = {r.score['_']['recall']:.1%}"),
    ("hidden posts leaked", lambda r: rows_of(r, "leaked_hidden")),
    ("duplicates", lambda r: rows_of(r, "duplicate")),
    ("pages that are no post", lambda r: rows_of(r, "not_a_post")),
    *((field, lambda r, field=field: share(r, field)) for field in ("title", "published", "categories", "type")),
    ("event start", lambda r: share(r, "event_start")),
    ("event end", lambda r: share(r, "event_end")),
    ("text against the CMS's own: mean F", lambda r: f"{r.texts.f:.4f}"),
    ("posts of F ≥ .985", lambda r: f"{r.texts.good}/{r.texts.posts}"),
    ("posts read by recipe at the end of the first crawl", lambda r: f"{r.texts.by_recipe}/{r.texts.posts}"),
    (
        "posts with words of rail, share or newsletter boxes (one post speaks of a newsletter)",
        lambda r: r.texts.furniture,
    ),
    ("events that news posts tell in prose: found", lambda r: f"{r.told.found}/{r.told.announced}"),
    ("further events out of prose", lambda r: r.told.others),
    ("requests of the first crawl", lambda r: requests(r.first)),
    ("second crawl: new / changed / gone (5 / 3 / 2 happened)", lambda r: outcomes(r.second)),
    ("requests of the second crawl", lambda r: requests(r.second)),
    ("requests of the third, unchanged", lambda r: requests(r.third)),
    ("`--full`: new / changed / gone beyond that", lambda r: outcomes(r.full)),
)

if __name__ == "__main__":
    sys.exit(main())
