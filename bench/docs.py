"""Write the pages of docs/ that follow from the code: `make docs`; a test finds them stale.

docs/commands.md is the command line as it explains itself, docs/schema.md the tables with their descriptions,
docs/partner.schema.json the keys of a registry file for editors.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import yaml

from scraper.cli import main as archive
from scraper.partners.registry import json_schema
from scraper.store.archive import open_archive
from scraper.store.schema import PUBLIC_TABLES

DOCS = Path(__file__).resolve().parent.parent / "docs"
METADATA = Path(__file__).resolve().parent.parent / "metadata.yml"

EXIT_CODES = (
    (0, "complete"),
    (1, "something needs a person: a partner is blind or blocked, a check found a fault"),
    (2, "the command was typed wrongly"),
    (3, "locked: another crawl holds every partner asked for; or the disk is full"),
    (
        4,
        "a registry file, a setting, the database or a file named is not what it should be (good partners were crawled)",
    ),
    (11, "stopped by a person or the system"),
    (15, "out of time"),
    (18, "a partner asked us to come back later"),
)


def pages() -> dict[str, str]:
    """Return the generated pages by their file names."""
    return {
        "commands.md": "\n".join(commands()) + "\n",
        "schema.md": "\n".join(schema()) + "\n",
        "partner.schema.json": json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n",
    }


def commands() -> Iterator[str]:
    """Yield the reference of the command line."""
    yield "# What can I type?\n"
    yield "This page is made from the commands themselves (`make docs`). `archive COMMAND --help` shows the same.\n"
    yield "| exit code | meaning |\n|---|---|"
    for code, meaning in EXIT_CODES:
        yield f"| {code} | {meaning} |"
    yield "\nThe most serious code wins. A reason is always one line on stderr.\n"
    for name, command in sorted(archive.commands.items()):
        yield from describe(name, command)


def describe(name: str, command: click.Command) -> Iterator[str]:
    """Yield one command: its usage, what it does, its options."""
    context = click.Context(command, info_name=f"archive {name}")
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"## archive {name}\n\n    archive {name} {usage}\n"
    yield re.sub(r"\s*\n\s+", "\n", command.help or "").strip() + "\n"
    options = [param for param in command.params if isinstance(param, click.Option) and not param.hidden]
    if options:
        yield "| option | meaning |\n|---|---|"
        for option in options:
            shown = option.get_help_record(context)
            if shown:
                yield f"| `{shown[0]}` | {shown[1]} |".replace("\n", " ")
        yield ""


def schema() -> Iterator[str]:
    """Yield the tables of archive.db with every column, its type and its description."""
    described: dict[str, Any] = yaml.safe_load(METADATA.read_text(encoding="utf-8"))["databases"]["archive"]["tables"]
    yield "# What is in archive.db?\n"
    yield "This page is made from the schema and `metadata.yml` (`make docs`). Names are promises: columns are added, never"
    yield "renamed. Times: `*_at` is a UTC instant, `*_on` a calendar day in the partner's zone; NULL is unknown.\n"
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "archive.db") as opened:
        for table in PUBLIC_TABLES:
            about = described.get(table, {})
            yield f"## {table}\n\n{about.get('description', '').strip()}\n"
            yield "| column | type | meaning |\n|---|---|---|"
            for column in opened.query(f"PRAGMA table_info({table})"):
                meaning = (about.get("columns") or {}).get(column["name"], "")
                yield f"| {column['name']} | {column['type'] or '–'} | {' '.join(str(meaning).split())} |"
            yield ""


def write() -> int:
    """Write the pages; return how many changed."""
    changed = 0
    for name, text in pages().items():
        path = DOCS / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed += 1
    return changed


if __name__ == "__main__":
    print(f"{write()} pages written", file=sys.stderr)
