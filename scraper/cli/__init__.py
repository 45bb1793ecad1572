"""The command line: parse, call, print. Heavy imports stand inside the commands, so that `archive --help` is quick."""

from __future__ import annotations

import errno
import sqlite3
import sys
from typing import NoReturn

import click

from scraper import __version__
from scraper.errors import ArchiveError, ConfigError, DiskFullError, StoppedError

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
            refuse(error)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except KeyboardInterrupt:
            refuse(StoppedError("stopped"))
        except OSError as error:
            refuse(of_file(error))
        except sqlite3.DatabaseError as error:  # a full disk or a lock, in the middle of a command
            from scraper.store.archive import read_fault

            words, code = read_fault(error)
            click.echo(f"archive: {words}", err=True)
            sys.exit(code)


def refuse(error: ArchiveError) -> NoReturn:
    """Print a failure as one line on stderr and end with its exit code."""
    click.echo(f"archive: {error}", err=True)
    sys.exit(error.exit_code)


def of_file(error: OSError) -> ArchiveError:
    """Return what the system says of a file as a failure to be read; raises again what is about no file."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFullError(f"{error.filename or 'the output'}: the disk is full")
    if error.filename is None:
        raise error
    return ConfigError(f"{error.filename}: {error.strerror}")


@click.group(cls=ArchiveGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="archive")
def main() -> None:
    """A regional archive of news and event posts: crawled politely, dated honestly, served read-only."""


for module in (serving, crawling, moving, health, explaining, reading, data, rights, rebuild):
    for command in module.COMMANDS:
        main.add_command(command)
