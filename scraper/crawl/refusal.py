"""Why a request was not sent: an exception that Scrapy lets pass quietly, with the ledger's word for it."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class Refusal(IgnoreRequest):
    """A request that is not to be sent; `outcome` is its word in `fetches`, `wait` the
    seconds after which it may be asked again."""

    def __init__(self, outcome: str, reason: str, *, wait: float | None = None) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason
        self.wait = wait
