"""Read one captured page: bytes in, claims and a RawPost out; no I/O, no clock."""

from .reading import VERSION, read

__all__ = ["VERSION", "read"]
