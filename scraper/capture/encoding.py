"""Take a Content-Encoding off a body, under a size limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO

import brotli
import zstandard

MAX_DECODED = 8 * 1024 * 1024
MAX_LAYERS = 2
MAX_MEMBERS = 1_000  # of a gzip stream; servers send one
PIECE = 64 * 1024
GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"


class UndecodableBody(ValueError):
    """The body is larger than allowed once decoded, or its encoding is unknown."""


def decode_body(body: bytes, encoding: str, *, limit: int = MAX_DECODED) -> bytes:
    """Return the body with every layer of `encoding` (the header's value) taken off.

    A body that is not in the encoding its label names is taken for what it begins like, or is: some servers label
    plain bodies gzip, forget the label, pack twice and say so once.
    Raises UndecodableBody past `limit` bytes, past MAX_LAYERS layers, and for encodings unknown here.
    """
    layers = [layer.strip().lower() for layer in encoding.split(",") if layer.strip()]
    layers = [layer.removeprefix("x-") for layer in layers if layer != "identity"]
    if len(layers) > MAX_LAYERS:
        raise UndecodableBody(f"{len(layers)} layers of encoding")
    for layer in reversed(layers):
        decoder = DECODERS.get(layer)
        if decoder is None:
            if looks_plain(body):
                return body
            raise UndecodableBody(f"unknown encoding {layer[:40]!r}")
        body = decoder(body, limit)
    body = unpack(body, limit, labelled=bool(layers))
    if len(body) > limit:
        raise UndecodableBody(f"more than {limit} bytes")
    return body


def unpack(body: bytes, limit: int, *, labelled: bool) -> bytes:
    """Take off what no label, or a wrong one, named: layers that their first bytes give away, else Brotli."""
    for _ in range(MAX_LAYERS):
        if body.startswith(GZIP):
            body = gunzip(body, limit)
        elif body.startswith(ZSTD):
            body = unzstd(body, limit)
    if labelled and not looks_plain(body):  # Brotli has no mark of its own
        plain = unbrotli(body, limit)
        return plain if looks_plain(plain) else body
    return body


def looks_plain(body: bytes) -> bool:
    """Say whether a body with an unknown label is readable text all the same."""
    return b"\0" not in body[:1024] and body[:1024].lstrip()[:1] in (b"<", b"{", b"[", b"B", b"#", b"U", b"u")


def inflate(body: bytes, limit: int, wbits: int) -> bytes:
    """Inflate the members of a zlib or gzip stream one after another; a cut stream gives what there is.

    It is fed in pieces: zlib copies all that follows a member, which 200,000 empty members make 8 s of.
    """
    parts: list[bytes] = []
    size = at = members = 0
    stream = zlib.decompressobj(wbits)
    while at < len(body):
        piece = body[at : at + PIECE]
        parts.append(stream.decompress(piece, limit - size + 1))
        size += len(parts[-1])
        at += len(piece) - len(stream.unused_data)
        if size > limit:
            raise UndecodableBody(f"more than {limit} bytes")
        if stream.eof:
            members += 1
            if members > MAX_MEMBERS:
                raise UndecodableBody(f"more than {MAX_MEMBERS} members")
            if not body.startswith(b"\x1f\x8b", at):
                break
            stream = zlib.decompressobj(wbits)
    return b"".join(parts)


def gunzip(body: bytes, limit: int) -> bytes:
    """Decode gzip; a body without its magic number comes back as it is (RFC 1952, 2.3.1)."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return inflate(body, limit, 16 + zlib.MAX_WBITS)
    except zlib.error:
        return body


def undeflate(body: bytes, limit: int) -> bytes:
    """Decode deflate in its zlib form (RFC 9110, 8.4.1.2) or the raw form that some servers send."""
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return inflate(body, limit, wbits)
        except zlib.error:
            continue
    return body


def unbrotli(body: bytes, limit: int) -> bytes:
    """Decode Brotli (RFC 7932) block by block, never past the limit."""
    stream = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    try:
        part = stream.process(body, output_buffer_limit=65536)
        while True:
            size += len(part)
            if size > limit:
                raise UndecodableBody(f"more than {limit} bytes")
            parts.append(part)
            if stream.is_finished() or stream.can_accept_more_data():
                return b"".join(parts)
            part = stream.process(b"", output_buffer_limit=65536)
    except brotli.error:
        return body


def labelled_brotli(body: bytes, limit: int) -> bytes:
    """Decode what is labelled Brotli; one that begins like another packing is left to that.

    Brotli knows no mark, and takes the first bytes of some gzip streams for a beginning of its own.
    """
    return body if body.startswith((GZIP, ZSTD)) else unbrotli(body, limit)


def unzstd(body: bytes, limit: int) -> bytes:
    """Decode Zstandard (RFC 8878), never past the limit and with a window of at most 8 MB (RFC 9659)."""
    if not body.startswith(ZSTD):
        return body
    reader = zstandard.ZstdDecompressor(max_window_size=8 * 1024 * 1024).stream_reader(
        BytesIO(body), read_across_frames=True
    )
    try:
        plain: bytes = reader.read(limit + 1)
    except zstandard.ZstdError:
        return body
    if len(plain) > limit:
        raise UndecodableBody(f"more than {limit} bytes")
    return plain


DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": gunzip,
    "deflate": undeflate,
    "br": labelled_brotli,
    "zstd": unzstd,
}
