"""Everything that can go wrong and has a name; what to do about it is the class.

ArchiveError                 a person should read the message; `exit_code` is the command's
├── UsageError (2)           the command was typed wrongly
├── ConfigError (4)          a registry file, a setting or the database is not what it should be
│   └── PartnerError         one registry file; the other partners go on
├── LockedError (3)          another crawl holds every partner asked for
├── DiskFullError (3)        not enough room to go on safely
├── StoppedError (11)        a person or the system asked to stop
├── OutOfTimeError (15)      the time limit of a run was reached
├── RateLimitedError (18)    a partner asked us to come back later
└── EmptyCrawl (1)           a partner that had posts yielded none
PageError                    one page; the crawl goes on, the reason is counted in `fetches.outcome`
├── NotAPost                 skip quietly: a listing, an error page, a soft 404, an unpublished page
├── BlockedPage              skip loudly: a challenge, a cookie wall, a login
└── HostilePage              skip loudly: too big, too deep or too slow to be read safely
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = [
    "ArchiveError",
    "BlockedPage",
    "ConfigError",
    "DiskFullError",
    "EmptyCrawl",
    "HostilePage",
    "LockedError",
    "NotAPost",
    "OutOfTimeError",
    "PageError",
    "PartnerError",
    "RateLimitedError",
    "StoppedError",
    "UsageError",
    "most_serious",
]

SEVERITY = (4, 3, 1, 18, 15, 11)


def most_serious(codes: Iterable[int]) -> int:
    """Return the exit code of several ends: what a person must mend before what mends itself; 0 when all went well."""
    found = set(codes) - {0}
    return next((code for code in SEVERITY if code in found), max(found, default=0))


class ArchiveError(Exception):
    """A failure that a person should read, in one line."""

    exit_code = 1


class UsageError(ArchiveError):
    """The command was typed wrongly."""

    exit_code = 2


class ConfigError(ArchiveError):
    """A registry file, a setting or the database is not what it should be."""

    exit_code = 4


class PartnerError(ConfigError):
    """One registry file is wrong; the other partners go on."""


class LockedError(ArchiveError):
    """Another crawl holds every partner asked for."""

    exit_code = 3


class DiskFullError(ArchiveError):
    """There is not enough room to go on safely."""

    exit_code = 3


class StoppedError(ArchiveError):
    """A person or the system asked to stop."""

    exit_code = 11


class OutOfTimeError(ArchiveError):
    """The time limit of a run was reached."""

    exit_code = 15


class RateLimitedError(ArchiveError):
    """A partner asked us to come back later."""

    exit_code = 18


class EmptyCrawl(ArchiveError):
    """A partner that had posts yielded none: the likeliest bug in scraping."""


@dataclass
class PageError(Exception):
    """One page cannot be archived; `reason` is a short closed word kept in `fetches.outcome`."""

    reason: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else self.reason


class NotAPost(PageError):
    """The page is no post: skip quietly, count the reason."""


class BlockedPage(PageError):
    """A challenge, a cookie wall or a login stands before the page."""


class HostilePage(PageError):
    """The page is too big, too deep or too slow to be read safely."""
