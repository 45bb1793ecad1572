"""Words in one form: clean, folded, counted, digested."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from itertools import islice

UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    # no reader sees these, and a search index takes the word apart at them
    "\u00ad\u200b\u2060\ufeff\ufff9-\ufffb\U000e0000-\U000e001f]"
)
# Accents upon accents: no script needs more than a few on one letter, and a hundred of them cover the lines around
MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
STORM = re.compile(f"({MARK}{MARK}{{7}}){MARK}+")  # to one mark `re` leaps, to eight it does not
# Letters of tags spell the flag before them, and nothing else.
SHADOWS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+")
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # marks of direction that hold until another ends them
EMBEDDINGS, ISOLATES = re.compile("[\u202a\u202b\u202d\u202e]"), re.compile("[\u2066-\u2068]")
SPACES = re.compile(r"\s+")
PLAIN = (
    ("‘", "'"), ("’", "'"), ("‚", "'"), ("′", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("–", "-"), ("—", "-"),
    ("\u00ad", ""), ("\u200b", ""), ("…", "..."),
)  # fmt: skip
REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
TAGS = re.compile(
    r"</?(?:(?P<break>br|div|h[1-6]|li|p|ul)|a|abbr|b|bdi|big|cite|em|font|i|mark|q|s|small|span|strong|sub|sup|u)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
WORD = re.compile(r"\w+")


def clean(value: str) -> str:
    """Drop characters that no text needs: controls, surrogates, non-characters, soft hyphens, spaces without width.

    Of many marks upon one letter the first eight stay.
    """
    if not value.isprintable():  # as most is; breaks of lines and of no kind are not
        value = SHADOWS.sub("", UNWANTED.sub("", value))
    return STORM.sub(r"\1", value) if STORM.search(value) else value


def contain(value: str) -> str:
    """Return a line without its marks of direction where one is left open: it would turn what follows it."""
    if value.isascii() or not TURNS.search(value):
        return value
    embeddings, isolates = len(EMBEDDINGS.findall(value)), len(ISOLATES.findall(value))
    closed = embeddings == value.count("\u202c") and isolates == value.count("\u2069")
    return value if closed else TURNS.sub("", value)


def line(value: str | None, *, limit: int = 2000) -> str | None:
    """Return a value as one clean line without entities; None when nothing is left."""
    if not value:
        return None
    plain = SPACES.sub(" ", clean(unescape(value[: limit * 4]))).strip()
    return contain(plain[:limit]) or None


def unescape(value: str) -> str:
    """Return words with their character references read, those alone that a semicolon ends: "?a=1&section=2" stays."""
    return REFERENCE.sub(lambda found: html.unescape(found.group()), value) if "&" in value else value


def without_tags(value: str) -> str:
    """Return words without the tags that they are set in, where one is closed; other angle brackets are words."""
    if "</" not in value:
        return value
    return TAGS.sub(lambda tag: " " if tag["break"] else "", value)


def fold(value: str) -> str:
    """Return the form for comparing words: NFKC, case, quotes, dashes and spaces made one."""
    if not value.isascii():
        value = unicodedata.normalize("NFKC", value)
        for fancy, plain in PLAIN:
            value = value.replace(fancy, plain)
    return " ".join(value.casefold().split())


def fold_lines(value: str) -> str:
    """Return what `fold` does, line by line."""
    return "\n".join(map(fold, value.splitlines()))


def count_words(value: str) -> int:
    """Count the words of a text."""
    return len(WORD.findall(value))


def has_words(value: str, least: int) -> bool:
    """Say whether a text has that many words, without counting the rest."""
    return sum(1 for _ in islice(WORD.finditer(value), least)) == least


def digest(*values: str | None) -> str:
    """Return a digest of values that is blind to spacing, quotes and dashes: what a partner says, not how it is set."""
    return digest_folded(*(fold(value or "") for value in values))


def digest_folded(*values: str) -> str:
    """Return the digest of values that are folded already."""
    joined = "\x1f".join(values)
    return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()[:32]
