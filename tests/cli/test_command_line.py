"""What holds for every command, and whose decisions about a label come first."""

import json

import pytest
from click.testing import CliRunner

from scraper.cli import main

FILE = """
title: Chamber
home: https://chamber.example/
region: midlands
timezone: Europe/London
language: en-GB
categories: {Hot stuff: medtop:06000000, Sport: ''}
"""


@pytest.mark.parametrize("name", sorted(main.commands))
@pytest.mark.parametrize("option", ["--db", "--partners"])
def test_every_command_takes_the_archive_and_the_registry(name, option):
    assert any(option in known.opts for known in main.commands[name].params)


def test_options_that_a_command_has_no_use_for_change_nothing():
    words = ["date", "3 March 2026", "--json"]
    plain = CliRunner().invoke(main, words)
    assert plain.exit_code == 0
    assert CliRunner().invoke(main, [*words, "--db", "none.db", "--partners", "none"]).stdout == plain.stdout


@pytest.fixture
def registry(tmp_path):
    (tmp_path / "chamber.example.yml").write_text(FILE, encoding="utf-8")
    return str(tmp_path)


def test_a_partner_decides_about_its_own_labels(registry):
    rows = [("Hot stuff", "chamber.example"), ("Hot stuff", None), ("Sport", "chamber.example"), ("Sport", "stranger")]
    lines = [json.dumps({"id": n, "label": label, "partner": slug}) for n, (label, slug) in enumerate(rows)]
    done = CliRunner().invoke(main, ["category", "--jsonl", "--partners", registry], input="\n".join(lines))
    assert [json.loads(line)["term"] for line in done.stdout.splitlines()] == [
        "medtop:06000000", None, None, "medtop:15000000",
    ]  # fmt: skip
    typed = CliRunner().invoke(main, ["category", "hot stuff", "--partner", "chamber.example", "--partners", registry])
    assert "environment" in typed.stdout and "partner override" in typed.stdout


def test_a_registry_that_is_not_there_is_missed_only_when_a_partner_is_named():
    assert CliRunner().invoke(main, ["category", "Sport", "--partners", "/nowhere"]).exit_code == 0
    done = CliRunner().invoke(main, ["category", "Sport", "--partner", "x", "--partners", "/nowhere"])
    assert done.exit_code == 4 and len(done.stderr.splitlines()) == 1
