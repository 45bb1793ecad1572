"""Read one captured page: bytes in, claims and a RawPost out; no I/O, no clock."""

from .learning import Sample, learn, sample
from .reading import VERSION, read, read_anyway
from .refresh import refresh_target

__all__ = ["VERSION", "Sample", "learn", "read", "read_anyway", "refresh_target", "sample"]
