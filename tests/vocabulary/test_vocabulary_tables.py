"""The tables themselves: every code is real, every chain ends at the top, no label is decided twice."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from scraper.vocabulary import ancestors, children, load
from scraper.vocabulary.labels import LONGEST, fold
from scraper.vocabulary.rows import HOME, Row, read
from scraper.vocabulary.terms import covers, read_table

ROWS = [Row._make(row) for row in read_table("crosswalk.csv")]
SHARED = Path(os.environ.get("ARCHIVE_SHARED", Path(__file__).parents[3] / "shared"))
CODES = SHARED / "iptc" / "media_topics.json"


def test_every_row_leads_to_a_term_of_the_vocabulary():
    assert [row for row in ROWS if row.term and row.term not in load()] == []


def test_every_row_gives_its_reason_and_its_language():
    assert [row for row in ROWS if not row.reason or not re.fullmatch("[a-z]{2}", row.language)] == []


def test_no_label_is_decided_twice_in_a_language():
    decided = Counter((fold(row.label), row.language) for row in ROWS)
    assert [label for label, times in decided.items() if times > 1] == []


def test_no_english_row_contradicts_the_label_of_a_term():
    names = read().names
    assert [row for row in ROWS if row.language == HOME and names.get(fold(row.label), row.term) != row.term] == []


def test_labels_are_short_and_not_empty():
    assert [row for row in ROWS if not fold(row.label) or len(row.label) > LONGEST] == []


def test_every_chain_of_parents_ends_at_a_top_level_term():
    for term in load().values():
        top = (term, *ancestors(term.id))[-1]
        assert top.parent is None
        assert re.fullmatch(r"medtop:(0[1-9]|1[0-7])000000", top.id), term


def test_children_and_ancestors_agree():
    assert all(term in children(term.parent) for term in load().values() if term.parent)
    assert covers("medtop:15000000", "medtop:20001036")  # sport, rugby union
    assert not covers("medtop:20001036", "medtop:15000000")


def test_an_unknown_id_has_no_relatives():
    assert ancestors("medtop:99999999") == ()
    assert children("medtop:99999999") == ()


@pytest.mark.skipif(not CODES.exists(), reason=f"the list of the IPTC's codes is not at {CODES} (ARCHIVE_SHARED)")
def test_every_code_and_its_label_are_the_iptc_s():
    real = {id_: term["name"] for id_, term in json.loads(CODES.read_text(encoding="utf-8")).items()}
    assert {term.id: term.label for term in load().values()} == {id_: real.get(id_) for id_ in load()}
    tops = {id_: (term.id, *(above.id for above in ancestors(term.id)))[-1] for id_, term in load().items()}
    stated = json.loads(CODES.read_text(encoding="utf-8"))
    assert tops == {id_: stated[id_]["top"] for id_ in load()}
