"""Posts of a site that has stopped to date its pages: their addresses are all that says what they are."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from functools import cached_property

from scraper.crawl.budgets import Budget
from scraper.store.archive import Row, instant

from .ground import Ground

LEAST_POSTS = 10  # of one shape of addresses
POSTS_PER_MISS = 9
LOOKED_BACK = timedelta(days=60)  # for pages that were refused before the site was known to have changed


class Unsaid:
    """Whether a page that says nothing of itself is a post all the same: its site's pages used to, and do not any more,
    and nearly all addresses like its own were posts."""

    def __init__(self, ground: Ground, budget: Budget) -> None:
        self.ground = ground
        self.archive = ground.archive
        self.budget = budget

    @cached_property
    def has_fallen_silent(self) -> bool:
        """Say whether a post of the partner has its date from an earlier page, since its present one prints none."""
        found = self.archive.first(
            "SELECT 1 FROM date_claims JOIN posts ON posts.id = date_claims.post WHERE posts.partner = ?"
            " AND field = 'published' AND chosen AND found_in LIKE 'earlier page: %' LIMIT 1",
            [self.ground.slug],
        )
        return found is not None

    def is_post(self, row: Row) -> bool:
        """Say whether an address may be taken for a post's though its page does not say so."""
        return self.has_fallen_silent and self.is_shape_of_posts(row["shape"])

    def is_shape_of_posts(self, shape: str) -> bool:
        """Say whether nearly all addresses of a shape were posts."""
        tally = self.budget.tally_of(shape)
        return tally.finds >= max(LEAST_POSTS, POSTS_PER_MISS * tally.unsure_misses)

    def ask_again(self, connection: sqlite3.Connection) -> None:
        """Make due what was refused for saying nothing, before it was known that its site does not any more."""
        if not self.has_fallen_silent:
            return
        now = self.ground.clock()
        refused = "state = 'not-post' AND reason LIKE 'no-evidence%' AND fetched_at > ?"
        values = [self.ground.slug, instant(now - LOOKED_BACK)]
        rows = self.archive.query(f"SELECT DISTINCT shape FROM candidates WHERE partner = ? AND {refused}", values)  # noqa: S608
        for shape in (row["shape"] for row in rows if self.is_shape_of_posts(row["shape"])):
            connection.execute(
                f"UPDATE candidates SET due_at = ? WHERE partner = ? AND {refused} AND shape = ? AND due_at IS NULL",  # noqa: S608
                [instant(now), *values, shape],
            )
