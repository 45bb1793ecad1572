"""The command line: parse, call, print. Heavy imports stand inside the commands, so that `archive --help` is quick."""

from __future__ import annotations

import sqlite3
import sys

import click

from scraper import __version__
from scraper.errors import ArchiveError

from . import crawling, data, explaining, health, moving, reading, rebuild, rights, serving


class ArchiveGroup(click.Group):
    """Turns every foreseen failure into one line on stderr and its exit code."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ArchiveError as error:
            click.echo(f"archive: {error}", err=True)
            sys.exit(error.exit_code)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except (sqlite3.DatabaseError, OSError) as error:  # the disk or the database, in the middle of a command
            from scraper.store.archive import read_fault

            words, code = read_fault(error)
            click.echo(f"archive: {words}", err=True)
            sys.exit(code)


@click.group(cls=ArchiveGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="archive")
def main() -> None:
    """A regional archive of news and event posts: crawled politely, dated honestly, served read-only."""


for module in (serving, crawling, moving, health, explaining, reading, data, rights, rebuild):
    for command in module.COMMANDS:
        main.add_command(command)
