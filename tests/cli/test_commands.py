"""What a person who types something wrong is told: one line, the documented exit code, and never a traceback."""

from __future__ import annotations

import errno
import re
import shutil
import subprocess
import sys
import threading

import click
import pytest
from click.testing import CliRunner

from scraper.cli import main, of_disk, options, serving
from scraper.cli.health import systemd_line
from scraper.errors import DiskFullError
from scraper.partners import registry
from scraper.store import partners
from scraper.store.archive import open_archive


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run `archive …` in an empty folder, with an empty home."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    def typed(line, stdin=None):
        return CliRunner().invoke(main, line, input=stdin, catch_exceptions=False)

    return typed


@pytest.mark.parametrize(
    "command", ["add", "category", "crawl", "date", "erase", "import", "remove", "schedule", "status"]
)
def test_the_list_of_commands_is_not_cut(command, run):
    listed = run(["--help"]).output
    line = next(line for line in listed.splitlines() if line.split()[:1] == [command])
    assert not line.endswith("...")


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (["status"], 4, "no archive at"),
        (["check", "--db", "none.db"], 4, "`archive crawl` makes one"),
        (["export", "--db", "none.db"], 4, "no archive at"),
        (["explain", "no/such/page.html"], 2, "there is no file no/such/page.html"),
        (["add", "ftp://partner.example/"], 4, "is no http or https address"),
        (["import", "none.warc"], 2, "none.warc cannot be read"),
        (["crawl", "midland-engine"], 4, "did you mean midlands-engine"),
        (["crawl", "zzqqy"], 4, "none alike"),
        (["date", "next Tuesday", "--anchor", "soon"], 2, "--anchor 'soon' names no day"),
        (["date"], 2, "name a date to read"),
        (["extract", "--jsonl", "--timezone", "Nowhere/Land"], 2, "is no zone"),
        (["export", "--site", "archive.example"], 2, "--site 'archive.example' is no http"),
        (["category", "Culture", "--partner", "nobody"], 4, "unknown partner 'nobody'"),
        (["serve", "--public-url", "archive.example"], 2, "is no http or https address"),
    ],
)
def test_a_wrong_command_is_one_line_and_its_code(line, code, said, run, tmp_path):
    done = run(line)
    assert (done.exit_code, len(done.stderr.splitlines())) == (code, 1)
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []  # nothing is made on the way to a refusal


@pytest.mark.parametrize(
    ("command", "line", "code"),
    [
        ("date", '{"id":1,"text":5,"context":7,"anchor":2026,"language":[]}', 0),
        ("date", '{"id":1,"text":"March","context":null,"anchor":5}', 0),
        ("category", '{"id":1,"label":2026,"language":7}', 0),
        ("category", "nonsense", 2),
        ("category", "[1]", 2),
        ("extract", '{"id":1}', 2),
        ("extract", '{"id":1,"html_path":"a\\u0000b"}', 2),
        ("extract", '{"id":1,"html_path":["a"]}', 2),
    ],
)
def test_lines_of_another_shape(command, line, code, run):
    assert run([command, "--jsonl"], stdin=line + "\n").exit_code == code


def test_a_date_that_needs_its_day_of_writing_says_so(run):
    assert "--anchor" in run(["date", "the 15-17 March"]).output
    assert run(["date", "banana"]).output == "not a date\n"
    assert "2026-03-15" in run(["date", "the 15-17 March", "--anchor", "2026-03-01"]).output
    assert "2026-03" in run(["date", "März 2026"]).output  # as with --jsonl, no language need be named


def test_a_folder_without_registry_files(run, tmp_path):
    (tmp_path / "mine").mkdir()
    done = run(["crawl", "--partners", "mine", "--db", "new.db"])
    assert (done.exit_code, (tmp_path / "new.db").exists()) == (4, False)
    assert "no registry file in mine" in done.stderr


@pytest.mark.parametrize(("command", "code"), [("export", 2), ("doctor", 4)])
def test_a_file_that_cannot_be_written(command, code, run, tmp_path):
    open_archive(tmp_path / "some.db").close()
    done = run([command, "-o", "none/x", "--db", "some.db"])
    assert (done.exit_code, len(done.stderr.splitlines())) == (code, 1)
    assert "none/x" in done.stderr


def test_a_full_disk_and_a_file_are_named():
    assert of_disk(OSError(errno.ENOSPC, "No space left on device"))[1] == DiskFullError.exit_code
    assert of_disk(PermissionError(errno.EACCES, "Permission denied", "x.db")) == ("x.db: Permission denied", 4)
    assert of_disk(OSError(errno.ECONNREFUSED, "refused"))[1] == 1


def test_ctrl_c_is_stopped(run, monkeypatch):
    @click.command("wait")
    def wait():
        raise KeyboardInterrupt

    monkeypatch.setitem(main.commands, "wait", wait)
    done = run(["wait"])
    assert (done.exit_code, done.stderr) == (11, "archive: stopped\n")


def test_a_slug_mistyped_is_not_removed(run, tmp_path):
    with open_archive(tmp_path / "some.db") as archive:
        done = run(["remove", "nobody", "--reason", "asked", "--db", "some.db"])
        assert (done.exit_code, archive.query("SELECT * FROM removals")) == (4, [])
    assert "unknown partner 'nobody'" in done.stderr


def test_the_units_that_schedule_prints(run, tmp_path):
    printed = run(["schedule", "--db", "a b%c/archive.db"]).output
    units = re.split(r"^# systemd: /etc/systemd/system/", printed, flags=re.MULTILINE)[1:]
    for unit in units:
        name, text = unit.split("\n", 1)
        (tmp_path / name).write_text(text, encoding="utf-8")
    names = sorted(path.name for path in tmp_path.glob("archive-*"))
    assert names == ["archive-crawl.service", "archive-crawl.timer", "archive-serve.service"]
    assert "a b\\%c/archive.db" in printed.split("# systemd", 1)[0]  # a bare % ends the command of a cron line
    if shutil.which("systemd-analyze"):
        service = (tmp_path / names[0]).read_text(encoding="utf-8")
        there = re.sub(r"^ExecStart=\S+", f"ExecStart={shutil.which('true')}", service, flags=re.MULTILINE)
        (tmp_path / names[0]).write_text(there, encoding="utf-8")
        found = subprocess.run(["systemd-analyze", "verify", tmp_path / names[0]], capture_output=True, text=True)
        assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "line"),
    [(["/usr/bin/archive", "crawl"], "/usr/bin/archive crawl"), (["a b%c", 'd"$e'], '"a b%%c" "d\\"$$e"')],
)
def test_words_of_a_unit(words, line):
    assert systemd_line(words) == line


def test_a_service_that_ends_takes_its_crawl_along():
    ended = threading.Event()
    ended.set()
    assert not serving.crawl_once([sys.executable, "-c", "import signal; signal.pause()"], ended)


def test_a_new_registry_file_is_not_written_into_the_package(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("ARCHIVE_PARTNERS", raising=False)
    assert options.place_for_new(registry.SHIPPED) == registry.SHIPPED  # in a checkout
    monkeypatch.chdir(tmp_path)
    own = options.place_for_new(options.default_partners())
    assert own == tmp_path / "data" / "regional-archive" / "partners"
    own.mkdir(parents=True)
    assert options.default_partners() == own
    assert options.place_for_new(tmp_path) == tmp_path


@pytest.mark.parametrize(
    ("states", "code", "said"),
    [
        ([], 0, "no partner was crawled yet"),
        ([(9, "checked")], 0, "nothing needs a person"),
        ([(2, "blind"), (1, "quiet")], 0, "nothing needs a person"),  # the hole is told, and is over
        ([(2, "quiet"), (1, "blind")], 1, "hole   gazette: blind"),
    ],
)
def test_status_says_whether_a_person_is_needed(states, code, said, run, tmp_path):
    with open_archive(tmp_path / "some.db") as archive, archive.transaction() as connection:
        for back, state in states:
            connection.execute(
                "INSERT OR IGNORE INTO partners (slug, title, home_url, region, timezone, language, rights, active)"
                " VALUES ('gazette', 'Gazette', 'https://gazette.example/', 'north', 'Europe/London', 'en-GB', 'full', 1)"
            )
            connection.execute(
                "INSERT INTO coverage VALUES ('gazette', date('now', ?), ?, NULL, 1, 0, 0, 0, 0, 0)",
                [f"-{back} days", state],
            )
    done = run(["status", "--db", "some.db"])
    assert (done.exit_code, said in done.output) == (code, True)
    assert ("nothing needs a person" in done.output) == (code == 0 and bool(states))


GAZETTE = """title: Gazette
home: https://gazette.example/
region: north
timezone: Europe/London
language: en-GB
sources: [{feed: https://gazette.example/feed/}]
"""


def test_a_partner_that_closed_needs_nobody(run, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "gazette.yml").write_text(GAZETTE, encoding="utf-8")
    with open_archive(tmp_path / "some.db") as archive, archive.transaction() as connection:
        partners.save_partner(connection, registry.load(mine).partners["gazette"])
        connection.execute("INSERT INTO coverage VALUES ('gazette', date('now'), 'blind', NULL, 1, 0, 0, 0, 0, 0)")
        connection.execute(
            "INSERT INTO alarms (partner, kind, message, raised_at) VALUES ('gazette', 'silent', 'm', '2026-01-01T00:00:00Z')"
        )
    assert run(["status", "--db", "some.db"]).exit_code == 1
    (mine / "gazette.yml").write_text(GAZETTE + "active: false\n", encoding="utf-8")
    crawled = run(["crawl", "--partners", "mine", "--db", "some.db"])
    assert (crawled.exit_code, crawled.stderr) == (
        0,
        "gazette: no longer crawled, as its registry file says; its posts stay\n",
    )
    status = run(["status", "--db", "some.db"])
    assert (status.exit_code, "no longer crawled" in status.output) == (0, True)
    assert run(["crawl", "--partners", "mine", "--db", "some.db"]).stderr == ""
