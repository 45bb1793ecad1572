"""What a partner allows to be shown, when its registry file changes: posts that are stored are brought in line."""

from __future__ import annotations

from scraper import reextract
from scraper.models import Partner, Public
from scraper.store import allowed, withhold
from scraper.store.archive import Archive

BATCH = 200
WIDTH: dict[Public, int] = {"none": 0, "extract": 1, "full": 2}


def apply(archive: Archive, partner: Partner) -> None:
    """Bring every stored post, and the partner's row, in line with the partner's rights, before new ones are written.

    Less is taken away at once; more is read again from the captures. What was stopped half-way is noted until it is
    done: both are then done to all posts, whatever the rights are by now.
    """
    public = partner.rights.public
    row = archive.first("SELECT rights FROM partners WHERE slug = ?", [partner.slug])
    if row is None:
        return
    note = reextract.UNSETTLED + partner.slug
    is_unsettled = archive.first("SELECT 1 FROM notes WHERE key = ?", [note]) is not None
    if row["rights"] == public and not is_unsettled:
        return
    with archive.transaction() as connection:
        connection.execute("INSERT OR REPLACE INTO notes VALUES (?, '')", [note])
    if is_unsettled or WIDTH[public] < WIDTH[row["rights"]]:
        narrow_all(archive, partner)
    if is_unsettled or WIDTH[public] > WIDTH[row["rights"]]:
        reextract.reextract(archive, reextract.Plan(partners={partner.slug: partner}, dry_run=False))
    with archive.transaction() as connection:
        connection.execute("UPDATE partners SET rights = ? WHERE slug = ?", [public, partner.slug])
        connection.execute("DELETE FROM notes WHERE key = ?", [note])


def narrow_all(archive: Archive, partner: Partner) -> None:
    """Take away of every post what the partner does not allow any more, some posts a transaction."""
    last = -1
    while True:
        rows = archive.query(
            "SELECT id, rights_flags FROM posts WHERE partner = ? AND id > ? ORDER BY id LIMIT ?",
            [partner.slug, last, BATCH],
        )
        if not rows:
            break
        with archive.transaction() as connection:
            for row in rows:
                flags = (row["rights_flags"] or "").split()
                withhold.narrow(connection, row["id"], allowed.effective_rights(partner, flags))
        last = rows[-1]["id"]
    with archive.transaction() as connection:
        withhold.narrow_calendars(connection, partner.slug, partner.rights.public)
