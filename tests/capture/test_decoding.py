"""Content encodings, taken off under a cap: bombs, wrong labels and cut streams."""

import contextlib
import gzip
import time
import zlib

import brotli
import pytest
import zstandard

from scraper.capture import UndecodableBody, decode_body

PAGE = b"<html><body>" + b"<p>Words of a page.</p>" * 50 + b"</body></html>"
ZEROS = bytes(32 << 20)


def raw_deflate(body):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(body) + packer.flush()


def zstd(body):
    return zstandard.ZstdCompressor().compress(body)


def zstd_stream(body):
    packer = zstandard.ZstdCompressor().compressobj()
    return packer.compress(body) + packer.flush()


GOOD = [
    ("", PAGE),
    ("identity", PAGE),
    ("gzip", gzip.compress(PAGE)),
    ("x-gzip", gzip.compress(PAGE)),
    ("GZIP", gzip.compress(PAGE)),
    ("gzip", gzip.compress(PAGE[:40]) + gzip.compress(PAGE[40:])),  # two members
    ("gzip", gzip.compress(PAGE) + b"\0\0\0 padding"),
    ("gzip", gzip.compress(PAGE[:-100]) + gzip.compress(b"") * 900 + gzip.compress(PAGE[-100:])),
    ("deflate", zlib.compress(PAGE)),
    ("deflate", raw_deflate(PAGE)),
    ("br", brotli.compress(PAGE)),
    ("zstd", zstd(PAGE)),
    ("zstd", zstd_stream(PAGE)),
    ("gzip, br", brotli.compress(gzip.compress(PAGE))),
    # labels that say too little, or another packing
    ("", gzip.compress(PAGE)),
    ("gzip", gzip.compress(gzip.compress(PAGE))),
    *(("br", gzip.compress(PAGE, mtime=moment)) for moment in (0, 1795279679, *range(2, 2**32, 2**24 + 9_973))),
    ("gzip", zstd(PAGE)),
    ("gzip", brotli.compress(PAGE)),
    # labels that lie: the body is plain
    ("gzip", PAGE),
    ("deflate", PAGE),
    ("br", PAGE),
    ("zstd", PAGE),
    ("utf-8", PAGE),
    ("none", PAGE),
]


@pytest.mark.parametrize(("encoding", "body"), GOOD)
def test_bodies_come_out_plain(encoding, body):
    assert decode_body(body, encoding) == PAGE


BOMBS = [
    ("", ZEROS),
    ("gzip", gzip.compress(ZEROS)),
    ("deflate", zlib.compress(ZEROS)),
    ("deflate", raw_deflate(ZEROS)),
    ("br", brotli.compress(ZEROS, quality=3)),
    ("zstd", zstd(ZEROS)),
    ("zstd", zstd_stream(ZEROS)),
    ("gzip, gzip", gzip.compress(gzip.compress(ZEROS))),
    ("gzip", gzip.compress(b"x") * 3 + gzip.compress(ZEROS)),
    ("gzip, gzip, gzip", gzip.compress(gzip.compress(gzip.compress(PAGE)))),
    ("gzip", gzip.compress(b"") * 400_000),
    ("gzip", gzip.compress(b"x") * 200_000),
    ("gzip, gzip", gzip.compress(gzip.compress(b"") * 400_000)),
    ("gzip," * 5000, PAGE),
    ("nonsense", b"\0\1\2\3"),
]


@pytest.mark.parametrize(("encoding", "body"), BOMBS)
def test_bombs_are_refused_before_they_grow(encoding, body):
    began = time.process_time()
    with pytest.raises(UndecodableBody):
        decode_body(body, encoding)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("cut", [12, 40, 60, -8, -1])
def test_a_cut_stream_gives_what_there_is(cut):
    found = decode_body(gzip.compress(PAGE)[:cut], "gzip")
    assert PAGE.startswith(found)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize(
    "body", [b"", b"\x1f\x8b", b"\x1f\x8b\x08" + b"\xff" * 50, b"\x28\xb5\x2f\xfd\xff\xff\xff\xff"]
)
def test_rubbish_raises_nothing_else(encoding, body):
    with contextlib.suppress(UndecodableBody):
        decode_body(body, encoding)
