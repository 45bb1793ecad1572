"""The post that an address names, or what stands in its place."""

from __future__ import annotations

from typing import Any

from scraper.publish.addresses import lengthen, shorten

from ..ask import Answer, Ask, Moved, Page

WHOLE = """
SELECT p.*, r.title AS partner_title, r.timezone, r.language AS partner_language, r.region, r.rights, b.text, b.html,
    c.url AS capture_url, c.fetched_at, c.status AS capture_status, c.digest, c.warc, c.offset, c.length
FROM posts p JOIN partners r ON r.slug = p.partner LEFT JOIN bodies b ON b.post = p.id
LEFT JOIN captures c ON c.id = p.capture WHERE p.id = ?
"""


def find(ask: Ask) -> dict[str, Any] | Answer:
    """Return the row of the post that the path names; else the way to its own address, or the notice it left."""
    number = lengthen(ask.values["short"])
    if number is None:
        return missing()
    canonical = shorten(number)
    if canonical != ask.values["short"]:
        return Moved(location=ask.path.replace(ask.values["short"], canonical, 1))
    return ask.row(WHOLE, number) or removed(ask, number)


def missing() -> Page:
    """Return the page for an address that never was one."""
    return Page(template="missing", context={}, status=404)


def removed(ask: Ask, number: int) -> Page:
    """Return 410 where a removal that was not lifted names this address, else 404."""
    bits = f"{number:013x}"  # the digest of a removed post begins with its id (store/removals.py)
    notice = ask.row(
        "SELECT m.reason, m.requested_at, m.done_at, m.action, coalesce(r.title, m.partner, '') AS partner_title"
        " FROM removals m LEFT JOIN partners r ON r.slug = m.partner"
        " WHERE m.digest >= ? AND m.digest < ? AND m.lifted_at IS NULL ORDER BY m.id DESC LIMIT 1",
        bits,
        f"{bits}g",
    )
    return Page(template="removed", context={"notice": notice}, status=410) if notice else missing()
