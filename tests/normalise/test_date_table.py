"""A table of expressions as councils, universities, chambers and local papers print them.

expressions.tsv holds wording, context, anchor, start and end; "-" is none, and two of them: not a date.
"""

from pathlib import Path

import pytest

from scraper.cli.reading import read_date

ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "expressions.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("text", "context", "anchor", "start", "end"), ROWS)
def test_reads_what_is_printed(text, context, anchor, start, end):
    answer = read_date(text, context, None if anchor == "-" else anchor)
    found = (answer["start"] or "-", answer["end"] or "-")
    assert tuple(value[: len(wanted)] for value, wanted in zip(found, (start, end), strict=True)) == (start, end)
