"""Posts whose pages do not say that they are: what their addresses and their company say."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from functools import cached_property

from scraper.crawl.budgets import Budget
from scraper.models import RawPost
from scraper.store.archive import Row, instant

from .context import VisitContext

LEAST_AMONG = 8  # posts in a folder, before a signed page beside them needs no date to be one
LEAST_POSTS = 10  # of one shape of addresses
POSTS_PER_MISS = 9
LOOKED_BACK = timedelta(days=60)  # for pages that were refused before the site was known to have changed


class Undeclared:
    """Whether a page that does not say so is a post all the same: it is signed and filed among posts, or its site's
    pages used to say so and do not any more, and nearly all addresses like its own were posts."""

    def __init__(self, context: VisitContext, budget: Budget) -> None:
        self.context = context
        self.archive = context.archive
        self.budget = budget

    @cached_property
    def has_fallen_silent(self) -> bool:
        """Say whether a post of the partner has its date from an earlier page, since its present one prints none."""
        found = self.archive.first(
            "SELECT 1 FROM date_claims JOIN posts ON posts.id = date_claims.post WHERE posts.partner = ?"
            " AND field = 'published' AND chosen AND found_in LIKE 'earlier page: %' LIMIT 1",
            [self.context.slug],
        )
        return found is not None

    def is_post(self, row: Row, reading: RawPost) -> bool:
        """Say whether an address may be taken for a post's though its page does not say so."""
        return self.is_among_posts(row, reading) or (self.has_fallen_silent and self.is_shape_of_posts(row["shape"]))

    def is_among_posts(self, row: Row, reading: RawPost) -> bool:
        """Say whether a page stands in a folder where sources name posts, and is signed and filed as posts are.

        Some systems print no date but how many months ago a post was written.
        """
        folder = row["shape"].strip("/")
        signed = bool(reading.authors and (reading.categories or reading.tags)) and folder and "?" not in folder
        return bool(signed) and self.budget.tally_of(row["shape"]).finds >= LEAST_AMONG

    def is_shape_of_posts(self, shape: str) -> bool:
        """Say whether nearly all addresses of a shape were posts."""
        tally = self.budget.tally_of(shape)
        return tally.finds >= max(LEAST_POSTS, POSTS_PER_MISS * tally.unsure_misses)

    def ask_again(self, connection: sqlite3.Connection) -> None:
        """Make due what was refused for saying nothing, before it was known that its site does not any more."""
        if not self.has_fallen_silent:
            return
        now = self.context.clock()
        refused = "state = 'not-post' AND reason LIKE 'no-evidence%' AND fetched_at > ?"
        values = [self.context.slug, instant(now - LOOKED_BACK)]
        rows = self.archive.query(f"SELECT DISTINCT shape FROM candidates WHERE partner = ? AND {refused}", values)  # noqa: S608
        for shape in (row["shape"] for row in rows if self.is_shape_of_posts(row["shape"])):
            connection.execute(
                f"UPDATE candidates SET due_at = ? WHERE partner = ? AND {refused} AND shape = ? AND due_at IS NULL",  # noqa: S608
                [instant(now), *values, shape],
            )
