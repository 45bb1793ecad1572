"""Addresses with nothing behind them: there never was a page, or it was removed on request."""

from __future__ import annotations

from ..ask import Ask, Page


def missing() -> Page:
    """Return the page for an address that never was one."""
    return Page(template="missing", context={}, status=404)


def removed(ask: Ask, number: int) -> Page:
    """Return 410 where a removal that was not lifted names this address, else 404."""
    bits = f"{number:013x}"  # the digest of a removed post begins with its id (store/removals.py)
    notice = ask.row(
        "SELECT what, reason, requested_at, done_at, action FROM removals"
        " WHERE digest >= ? AND digest < ? AND lifted_at IS NULL ORDER BY id DESC LIMIT 1",
        bits,
        f"{bits}g",
    )
    return Page(template="removed", context={"notice": notice}, status=410) if notice else missing()
