"""Lead pictures of the sample region: small PNG files drawn from their own address, so that none has to be kept."""

import struct
import zlib

WIDTH, HEIGHT = 600, 315


def draw_picture(path: str) -> bytes:
    """A PNG of two plain bands whose colours follow from `path` alone."""
    seed = zlib.crc32(path.encode())
    sky = bytes((120 + seed % 100, 150 + (seed >> 8) % 90, 200 + (seed >> 16) % 50))
    land = bytes((40 + (seed >> 4) % 80, 90 + (seed >> 12) % 80, 50 + (seed >> 20) % 60))
    horizon = HEIGHT * 2 // 3
    rows = (b"\0" + sky * WIDTH) * horizon + (b"\0" + land * WIDTH) * (HEIGHT - horizon)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
