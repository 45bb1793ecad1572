"""What is cut at the ends of a text, and what only looks like it."""

import pytest

from scraper.extract.body.blocks import Block
from scraper.extract.body.edges import trim

BODY = "The council has agreed a plan for the market square and its shops."


def texts(*found, known=("A title", "Housing")):
    return [block.text for block in trim([Block(tag="p", text=text, html=text) for text in found], known)]


@pytest.mark.parametrize(
    "line",
    [
        "Copyright © 2024 figures were revised by the statistics office last month.",
        "Copyright law is the subject of a talk that has been moved to May.",
        "Date: 24/02/2026 Time: 10:00–17:00 Venue: The Council House, Square, Arden",
    ],
)
def test_the_posts_own_words_stay(line):
    assert texts(line, BODY) == [line, BODY]
    assert texts(BODY, line) == [BODY, line]


@pytest.mark.parametrize(
    "line",
    [
        "Copyright © 2024 Arden News Ltd",
        "© Arden Council. All rights reserved.",
        "Next: Solar farm approved",
        "Housing",
    ],
)
def test_notices_and_pointers_go_at_the_end(line):
    assert texts(BODY, line) == [BODY]


@pytest.mark.parametrize("line", ["When: Sunday 4 June 2026, 9am", "Cancelled", "Housing"])
def test_facts_of_a_box_go_at_the_beginning(line):
    assert texts(line, BODY) == [BODY]
