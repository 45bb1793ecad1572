"""Read one captured page: bytes in, claims and a RawPost out; no I/O, no clock."""

from .reading import VERSION, read, read_anyway

__all__ = ["VERSION", "read", "read_anyway"]
