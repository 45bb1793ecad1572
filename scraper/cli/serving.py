"""`archive up` and `archive serve`: the archive in a browser."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import click

from scraper.errors import ConfigError

from .crawling import make_archive, run_plan
from .options import check_address, refuse_mixing, with_db, with_partners

LOOK_SECONDS = 0.5  # between two looks whether a crawl is through
STOP_SECONDS = 60  # for the page under way

with_port = click.option(
    "--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Where to serve."
)
with_public_url = click.option(
    "--public-url",
    envvar="ARCHIVE_PUBLIC_URL",
    default="",
    callback=check_address,
    help="The address readers use, where a proxy stands before the server; it stands in citations, feeds and files.",
)
with_host = click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")


@click.command()
@with_db
@with_host
@with_port
@click.option("--no-serve", is_flag=True, help="Crawl the sample region and stop.")
def up(db: Path, host: str, port: int, *, no_serve: bool) -> None:
    """Crawl the sample region and serve it: the first thing to try.

    The five sample sites run on this machine (SAMPLE_PORT, 8011 to 8015) and stay up while the archive is served.
    """
    from scraper.crawl.supervise import Plan, exit_code
    from scraper.partners import registry
    from scraper.sample.registry import partners
    from scraper.sample.server import PortInUse, SampleRegion, first_port_from

    refuse_mixing(db, sample=True)
    os.environ["ARCHIVE_ALLOW"] = "127.0.0.0/8"  # the sample region opens the door for itself
    try:
        with SampleRegion(first_port=first_port_from(os.environ)) as region:
            if not no_serve:
                require_port(host, port)  # which may be one of the region's own
            built = tuple(registry.build(slug, values) for slug, values in partners(region.addresses).items())
            code = exit_code(run_plan(Plan(partners=built, db=db), as_json=False))
            if code or no_serve:
                sys.exit(code)
            start(db, host, port)
    except PortInUse as error:
        raise ConfigError(f"{error}, or stop what uses it") from error
    except ValueError as error:
        raise ConfigError(f"SAMPLE_PORT: {error}") from error


@click.command()
@with_db
@with_host
@with_port
@with_public_url
def serve(db: Path, host: str, port: int, *, public_url: str) -> None:
    """Serve the archive, read-only, with Datasette."""
    require_port(host, port)
    start(db, host, port, public_url)


@click.command("run", short_help="Serve the archive and crawl what is due, in one service.")
@with_db
@with_partners
@with_host
@with_port
@with_public_url
@click.option("--every", type=click.FloatRange(min=1), default=15, show_default=True, help="Minutes between crawls.")
def run_service(db: Path, folder: Path, host: str, port: int, *, public_url: str, every: float) -> None:
    """Serve the archive and crawl what is due, in one service; for a machine without a timer."""
    require_port(host, port)
    command = [sys.executable, "-c", "from scraper.cli import main; main()", "crawl", "--due"]
    command += ["--db", str(db), "--partners", str(folder)]
    make_archive(db)
    ended = threading.Event()
    crawler = threading.Thread(target=crawl_forever, args=(command, every * 60, ended), daemon=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the crawl is stopped too, as by Ctrl-C
    crawler.start()
    try:
        start(db, host, port, public_url)
    finally:
        ended.set()
        crawler.join(STOP_SECONDS)


def crawl_forever(command: list[str], pause: float, ended: threading.Event) -> None:
    """Crawl what is due, again and again, until the service ends; what a crawl has to say goes to stderr."""
    while not ended.wait(1.0):
        if not crawl_once(command, ended) or ended.wait(pause):
            return


def crawl_once(command: list[str], ended: threading.Event) -> bool:
    """Run a crawl; say whether it came to its own end, or was stopped because the service ends."""
    with subprocess.Popen(command) as crawl:  # noqa: S603 - our own command
        while crawl.poll() is None:
            if ended.wait(LOOK_SECONDS):
                crawl.terminate()
                return False
    return True


def start(db: Path, host: str, port: int, public_url: str = "") -> None:
    """Say where the archive is and serve it until a person stops it."""
    from scraper.site.serve import refuse_unreadable
    from scraper.site.serve import serve as run

    refuse_unreadable(db)
    named = f"[{host}]" if ":" in host else host
    click.echo(f"The archive is at http://{named}:{port}/ (Ctrl-C stops it)", err=True)
    with suppress(KeyboardInterrupt):  # which is how a person ends it
        run(db, host=host, port=port, public_url=public_url)


def require_port(host: str, port: int) -> None:
    """Raise ConfigError when something else listens at a port already."""
    import socket

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigError(
                f"port {port} of {host} cannot be used ({error.strerror}); choose another with --port"
            ) from error


COMMANDS = (up, serve, run_service)
