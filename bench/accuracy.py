"""How often the archive reads a page rightly, beside other readers in the same run: `make accuracy`.

Runs the shared harness over every labelled corpus with `archive extract --jsonl` and with the libraries that are installed,
then the gold tables of date expressions and of category labels. Prints one Markdown table a part and writes docs/accuracy.md;
what stands there from the heading of the disagreements on is kept. Without the data it says so and ends cleanly.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FIGURES = Path(__file__).resolve().parent.parent / "scraper" / "site" / "accuracy.csv"
DOCS = ROOT / "docs" / "accuracy.md"
KEPT = "## Pages where label and page disagree"
ARCHIVE = (sys.executable, "-c", "from scraper.cli import main; main()")
DATEPARSER = (sys.executable, "-m", "bench.accuracy", "--dateparser")
CORPORA: Mapping[str, tuple[str, ...]] = {
    "htmldate-default": (),
    "htmldate-mediacloud": (),
    "trafilatura": (),
    "wcxb": ("--page-type", "article"),
    "fundus": (),
    "aeb": (),
    "events-city-scrapers": (),
}
PEERS: Mapping[str, tuple[str, str]] = {"htmldate": ("htmldate-ext", "htmldate"), "trafilatura": ("trafilatura",) * 2}
MEASURES = (
    ("published", "F", "publication day, F"),
    ("published", "acc", "publication day, accuracy"),
    ("published", "spurious", "dateless pages given a date"),
    ("title", "near", "title"),
    ("authors", "F", "authors, F"),
    ("text", "F", "text, F"),
    ("segments", "F", "text segments, F"),
    ("cat+tag", "F", "categories and tags, F"),
    ("event_date", "F", "event days, F"),
    ("_cost", "mean_ms", "CPU, ms a page"),
)
LANGUAGES = ("en", "cy", "pl", "fr", "de", "es", "ro", "ur")
EXPRESSIONS = re.compile(r"exact ([\d.]+).*spans ([\d.]+).*false dates (\d+/\d+)")

Scores = Mapping[str, Mapping[str, Any]]


def main() -> int:
    """Run the benches whose data are there and write their tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument(
        "--dateparser", action="store_true", help="read date expressions on stdin with dateparser alone"
    )
    options = parser.parse_args()
    if options.dateparser:
        return read_with_dateparser()
    shared = options.shared.resolve()
    if not (shared / "accuracy" / "run.py").exists():
        print(f"no labelled pages at {shared}; nothing was measured")
        return 0
    measured = list(pages(shared))
    write_figures(measured)
    tables = "\n".join([*measured, *expressions(shared / "gold"), *labels(shared / "gold")])
    print(tables)
    kept = DOCS.read_text(encoding="utf-8").partition(KEPT)[2] if DOCS.exists() else "\n"
    DOCS.write_text(f"{method()}\n{tables}\n{KEPT}{kept}", encoding="utf-8")
    return 0


def method() -> str:
    """Return the words before the tables."""
    return f"""# Accuracy

Measured on {date.today().isoformat()} by `make accuracy`, every reader in the same run on the same pages. The pages and their
labels are public corpora; they are not part of this checkout. No rule of the archive names a site or a page of them.

- A publication day is right when it is the label's day. Accuracy is over all dated pages, no answer counts as wrong; F is
  that of correct days, wrong days and missing ones. "dateless pages given a date" counts pages labelled as having none.
- Title: equal, or nearly so in its words. Authors, categories and tags: sets. Text: four-word shingles; segments: sentences
  that must and must not be there. CPU of the archive is the whole command, all fields, its start included.
- Date expressions are right when start and end both are, to the minute where the label has one.
"""


def pages(shared: Path) -> Iterator[str]:
    """Yield the table of the corpora: one line for each measure that a corpus is labelled for."""
    peers = {name: peer for name, (peer, module) in PEERS.items() if find_spec(module)}
    yield "| corpus | measure | pages | archive | " + " | ".join(peers) + " |"
    yield "|---|---|---|---|" + "---|" * len(peers)
    for corpus, options in CORPORA.items():
        gold = shared / "corpora" / f"{corpus}.gold.jsonl"
        if gold.exists():
            yield from rows(corpus, score_pages(shared / "accuracy", gold, options, peers), tuple(peers))
    yield ""


def write_figures(table: Sequence[str]) -> None:
    """Write the figures that the page about the data shows: all of the corpora but the costs."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table if line.startswith("| ")]
    with FIGURES.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(row for row in cells if not row[1].startswith("CPU"))


def score_pages(harness: Path, gold: Path, options: tuple[str, ...], peers: Mapping[str, str]) -> Scores:
    """Run each reader over a corpus; return its scores."""
    readers = {"archive": ("--cmd", shlex.join((*ARCHIVE, "extract", "--jsonl")))}
    readers |= {name: ("--peer", peer) for name, peer in peers.items()}
    corpus = ("--corpus", str(gold), *options)
    with tempfile.TemporaryDirectory() as folder:
        predictions = [Path(folder) / f"{name}.jsonl" for name in readers]
        for reader, out in zip(readers.values(), predictions, strict=True):
            run(str(harness / "run.py"), *corpus, *reader, "--out", str(out))
        scores = Path(folder) / "scores.json"
        run(str(harness / "score.py"), *corpus, "--json", str(scores), *map(str, predictions))
        return dict(json.loads(scores.read_text(encoding="utf-8")))


def rows(corpus: str, scores: Scores, peers: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of one corpus."""
    for field, key, name in MEASURES:
        values = [written(scores[reader].get(field, {}).get(key)) for reader in ("archive", *peers)]
        if any(value not in ("", "0/0") for value in values):
            count = scores["archive"].get(field, {}).get("n", scores["archive"]["_cost"]["pages"])
            yield f"| {corpus} | {name} | {count} | " + " | ".join(values) + " |"


def written(value: Any) -> str:
    """Return a figure as printed; empty where a reader has no answer."""
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def expressions(gold: Path) -> Iterator[str]:
    """Yield the table of date expressions."""
    table = gold / "dates_dev.jsonl"
    if not table.exists():
        return
    readers: dict[str, tuple[str, ...]] = {"archive": (*ARCHIVE, "date", "--jsonl")}
    readers |= {"dateparser": DATEPARSER} if find_spec("dateparser") else {}
    yield "| date expressions | exact | of which spans | non-dates given a date |"
    yield "|---|---|---|---|"
    for name, command in readers.items():
        printed = run(str(gold / "score_dates.py"), "--cmd", shlex.join(command), str(table), may_fall_short=True)
        if found := EXPRESSIONS.search(printed):
            yield f"| {name} | " + " | ".join(found.groups()) + " |"
    yield ""


def labels(gold: Path) -> Iterator[str]:
    """Yield the table of category labels."""
    table = gold / "categories_dev.jsonl"
    if not table.exists():
        return
    wanted = [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines() if line.strip()]
    asked = "".join(json.dumps({"id": number, "label": row["label"]}) + "\n" for number, row in enumerate(wanted))
    answers = [json.loads(line)["term"] for line in run(*ARCHIVE[1:], "category", "--jsonl", words=asked).splitlines()]
    both = list(zip(wanted, answers, strict=True))
    topical = [(row, term) for row, term in both if row["accept"]]
    right = sum(term in row["accept"] for row, term in topical)
    wrong = sum(term is not None and term not in row["accept"] for row, term in topical)
    given = sum(term is not None for row, term in both if not row["accept"])
    yield "| category labels | right | wrong | unmapped | labels of no topic given one |"
    yield "|---|---|---|---|---|"
    counts = (right, wrong, len(topical) - right - wrong)
    yield (
        "| archive | "
        + " | ".join(f"{count}/{len(topical)}" for count in counts)
        + f" | {given}/{len(both) - len(topical)} |"
    )
    yield ""


def read_with_dateparser() -> int:
    """Answer lines of the protocol of `archive date --jsonl` with dateparser: a day for both ends, a time for the start."""
    import dateparser

    for line in sys.stdin:
        row = json.loads(line)
        anchor = str(row.get("anchor") or "")[:10]
        base = {"RELATIVE_BASE": datetime.fromisoformat(f"{anchor}-01"[:10])} if len(anchor) >= len("2026-03") else {}
        found = dateparser.parse(row["text"], languages=list(LANGUAGES), settings=base)
        start = found.isoformat("T", "minutes").removesuffix("T00:00") if found else None
        print(json.dumps({"id": row["id"], "start": start, "end": None if start and "T" in start else start}))
    return 0


def run(*command: str, words: str | None = None, may_fall_short: bool = False) -> str:
    """Run a Python program from the checkout and return what it printed.

    Raises CalledProcessError when it fails; `may_fall_short` accepts the exit code 1 of a figure below its target.
    """
    done = subprocess.run(
        (sys.executable, *command), input=words, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT, check=False
    )
    if done.returncode not in ((0, 1) if may_fall_short else (0,)):
        raise subprocess.CalledProcessError(done.returncode, command)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
