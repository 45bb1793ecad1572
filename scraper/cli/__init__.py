"""The command line: parse, call, print. Heavy imports stand inside the commands, so that `archive --help` is quick."""

from __future__ import annotations

import sqlite3
import sys
from typing import NoReturn

import click

from scraper import __version__
from scraper.errors import ArchiveError, ConfigError, StoppedError

from . import crawling, data, explaining, health, moving, reading, rebuild, rights, serving

SHARED = ("--db", "--partners")  # so that a script can pass them to whatever it calls


class ArchiveGroup(click.Group):
    """Turns every foreseen failure into one line on stderr and its exit code. All commands take --db and --partners."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command; one that has no use for an archive or a registry takes their options all the same."""
        for option in SHARED:
            if not any(option in known.opts for known in cmd.params):
                cmd.params.append(click.Option([option], expose_value=False, hidden=True))
        super().add_command(cmd, name)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ArchiveError as error:
            refuse(str(error), error.exit_code)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except KeyboardInterrupt:
            refuse("stopped", StoppedError.exit_code)
        except (sqlite3.DatabaseError, OSError) as error:  # the disk or the database, in the middle of a command
            refuse(*of_disk(error))


def refuse(words: str, code: int) -> NoReturn:
    """Print a failure as one line on stderr and end with its exit code."""
    click.echo(f"archive: {words}", err=True)
    sys.exit(code)


def of_disk(error: sqlite3.DatabaseError | OSError) -> tuple[str, int]:
    """Return the line and the exit code of what the system says of a file, the disk or the database."""
    from scraper.store.archive import is_full, read_fault

    if isinstance(error, OSError) and error.filename is not None and not is_full(error):
        return f"{error.filename}: {error.strerror}", ConfigError.exit_code
    return read_fault(error)


@click.group(cls=ArchiveGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="archive")
def main() -> None:
    """A regional archive of news and event posts: crawled politely, dated honestly, served read-only."""


for module in (serving, crawling, moving, health, explaining, reading, data, rights, rebuild):
    for command in module.COMMANDS:
        main.add_command(command)
