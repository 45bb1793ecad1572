"""Who we say we are: the product token of robots.txt and the user agent (RFC 9309, 2.2.1; RFC 9110, 10.1.5)."""

from __future__ import annotations

import os

from . import __version__

ROBOTS_TOKEN = "regionalarchive"  # noqa: S105 - a product token, no password
# Whoever runs an archive is who a partner wants to reach: a page like docs/bot.md of their own, or an address of mail.
CONTACT = os.environ.get(
    "ARCHIVE_CONTACT", "https://github.com/regional-archive/regional-archive/blob/main/docs/bot.md"
)
USER_AGENT = f"{ROBOTS_TOKEN}/{__version__} (+{CONTACT})"
