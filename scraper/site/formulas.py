"""Datasette's own CSV, made one that a spreadsheet opens without running anything, as ours is."""

from __future__ import annotations

import re

from scraper.publish.csv import is_formula

CELL = re.compile(r'"[^"]*(?:""[^"]*)*"|[^",\r\n]+')
NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,3})?")  # as Python writes the numbers of a row


class Disarmer:
    """One CSV file on its way out: takes its bytes as they come, gives whole records back."""

    def __init__(self) -> None:
        self.held: list[bytes] = []
        self.quotes = 0

    def pass_on(self, piece: bytes, *, last: bool) -> bytes:
        """Return the records that `piece` completes; what stands after the last whole one waits for the next piece."""
        self.held.append(piece)
        self.quotes += piece.count(b'"')
        whole = self.quotes % 2 == 0 and piece.endswith(b"\r\n")
        if not whole and not last:
            return b""
        text = b"".join(self.held).decode("utf-8", "replace")
        self.held, self.quotes = [], 0
        return disarm(text).encode()


def disarm(records: str) -> str:
    """Return whole records with a `'` before every text that a spreadsheet would run; numbers stay numbers."""
    return CELL.sub(lambda found: disarm_cell(found[0]), records)


def disarm_cell(cell: str) -> str:
    """Return a cell as it stands in the file, quoted or not."""
    inside = cell[1:] if cell.startswith('"') else cell
    if not is_formula(inside) or NUMBER.fullmatch(cell):
        return cell
    return f"\"'{inside}" if cell.startswith('"') else f"'{cell}"
