"""Bytes as text: what they are, else what their labels say they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from w3lib.encoding import resolve_encoding

CHARSET = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?([a-z0-9_:.-]{2,40})", re.IGNORECASE)
STRAY = re.compile("[\udc80-\udcff]")  # a byte that is no UTF-8, as "surrogateescape" keeps it
WIDE = re.compile(r"[^\x00-\x7f]")


def decode(body: bytes, names: Sequence[str]) -> str:
    """Return text: UTF-8 but for a few bytes, else the first of the named charsets that fits, else Windows-1252.

    Names mean what browsers take them for (WHATWG Encoding: latin-1 is Windows-1252, gb2312 is gb18030).
    """
    nearly = decode_nearly(body)
    if nearly is not None:
        return nearly
    for name in (*names, "cp1252"):
        try:
            return body.decode(resolve_encoding(name) or name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return body.decode("utf-8", "replace")


def decode_nearly(body: bytes) -> str | None:
    """Return UTF-8 with a few bytes of Windows-1252 pasted in; None where strays are as many as letters of UTF-8."""
    text = body.decode("utf-8", "surrogateescape")
    strays = len(STRAY.findall(text))
    if strays and len(WIDE.findall(text)) <= 2 * strays:
        return None
    return STRAY.sub(lambda byte: bytes((ord(byte.group()) - 0xDC00,)).decode("cp1252", "replace"), text)


def declared(content_type: str) -> list[str]:
    """Return the charset that a Content-Type names, alone in a list; empty when it names none."""
    found = CHARSET.search(content_type)
    return [found.group(1)] if found else []


def to_utf8(body: bytes, content_type: str) -> bytes:
    """Return a body in UTF-8, by `decode` and its Content-Type."""
    return body if body.isascii() else decode(body, declared(content_type)).encode("utf-8", "replace")
