"""Keep every answer as it came, in WARC files, before anyone interprets it (ISO 28500, WARC 1.1)."""

from .encoding import MAX_DECODED, UndecodableBody, decode_body
from .reading import Record, join_headers, read_record, records
from .writing import CaptureWriter, Exchange, Purpose, Stored

__all__ = [
    "MAX_DECODED",
    "CaptureWriter",
    "Exchange",
    "Purpose",
    "Record",
    "Stored",
    "UndecodableBody",
    "decode_body",
    "join_headers",
    "read_record",
    "records",
]
