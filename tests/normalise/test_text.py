"""Words: clean, folded, counted, digested."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.normalise import text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  The\n  tidal\twall ", "The tidal wall"),
        ("Food &amp; drink", "Food & drink"),
        ("/a?copy=1&region=2&section=3", "/a?copy=1&region=2&section=3"),
        ("Arden&#8217;s &ne; &nosuch; &#xD800; &", "Arden’s ≠ &nosuch; \ufffd &"),
        ("a\x00b\x1b[31mc\ud800", "ab[31mc"),
        ("caf\u00e9 \ufffe", "café"),
        ("\ufeffcoun\u200bcil and trans\u00adport", "council and transport"),
        ("Plan \u202egnp.exe", "Plan gnp.exe"),
        ("Plan \u2067a \u2066b\u2069", "Plan a b"),
        ("Plan \u202eRTL\u202c", "Plan \u202eRTL\u202c"),
        ("a" + "\u0301" * 400 + "b", "a" + "\u0301" * 8 + "b"),
        ("P\U000e0041l\U000e0042an \ufff9x\ufffb", "Plan x"),
        (
            "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
            "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        ),
        ("a" + "\ufe0f" * 400 + "b", "a" + "\ufe0f" * 8 + "b"),
        ("tie\u0302\u0301ng Vie\u0323\u0302t", "tie\u0302\u0301ng Vie\u0323\u0302t"),
        ("می\u200cخواهد 👨\u200d👩\u200d👧", "می\u200cخواهد 👨\u200d👩\u200d👧"),
        ("&nbsp;", None),
        ("", None),
        (None, None),
    ],
)
def test_line(value: str | None, expected: str | None):
    assert text.line(value) == expected


def test_line_is_cut():
    assert text.line("x" * 50, limit=10) == "x" * 10


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The  Keeper’s “diary”", 'the keeper\'s "diary"'),
        ("Boats – and trains", "boats - and trains"),
        ("wait…", "WAIT..."),
        ("ﬁsh", "fish"),
        ("soft\u00adhyphen", "softhyphen"),
        ("STRASSE", "straße"),
    ],
)
def test_fold_and_digest_are_blind_to_setting(one: str, other: str):
    assert text.fold(one) == text.fold(other)
    assert text.digest(one) == text.digest(other)


def test_digest_tells_where_values_end():
    assert text.digest("ab", "c") != text.digest("a", "bc")
    assert text.digest("a", None) == text.digest("a", "")


@pytest.mark.parametrize(
    ("value", "count"), [("", 0), ("one", 1), ("It's 3 o'clock.", 5), ("Hafen-Fest über alles", 4)]
)
def test_count_words(value: str, count: int):
    assert text.count_words(value) == count


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_words_can_be_kept(words: str):
    kept = text.line(words)
    assert kept is None or kept.encode("utf-8").decode() == " ".join(kept.split())
    assert text.fold(text.fold(words)) == text.fold(words)
    assert text.clean(text.clean(words)) == text.clean(words)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<em>Oak</em>s &amp; ash", "Oaks &amp; ash"),
        ("<p>One</p><p class='x'>two<br>three</p>", " One  two three "),
        ("Use of <b> tags", "Use of <b> tags"),
        ("<script>x</script>", "<script>x</script>"),
        ("a </ b", "a </ b"),
    ],
)
def test_tags_around_words(value: str, expected: str):
    assert text.without_tags(value) == expected
