"""What a partner allows to be shown, when its registry file changes: posts that are stored are brought in line."""

from __future__ import annotations

from scraper import reextract
from scraper.models import Partner, Public
from scraper.store import posts, withhold
from scraper.store.archive import Archive

BATCH = 200
WIDTH: dict[Public, int] = {"none": 0, "extract": 1, "full": 2}


def apply(archive: Archive, partner: Partner) -> None:
    """Bring every stored post in line with the partner's rights, before the new ones are written to its row.

    Less is taken away at once; more is read again from the captures. Stopped half-way it begins again next time.
    """
    row = archive.first("SELECT rights FROM partners WHERE slug = ?", [partner.slug])
    if row is None or row["rights"] == partner.rights.public:
        return
    if WIDTH[partner.rights.public] > WIDTH[row["rights"]]:
        reextract.reextract(archive, reextract.Plan(partners={partner.slug: partner}, dry_run=False))
    else:
        narrow_all(archive, partner)


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
                withhold.narrow(connection, row["id"], posts.effective_rights(partner, flags))
        last = rows[-1]["id"]
    if partner.rights.public == "none":
        with archive.transaction() as connection:
            connection.execute("UPDATE events SET evidence = NULL WHERE partner = ?", [partner.slug])
