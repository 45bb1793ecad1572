"""Addresses as a page writes them, made absolute; anything but http(s) is refused."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

MAX_URL = 2_000
BLANKS = re.compile(r"[\t\r\n]")
# Most addresses are whole and plain, or a plain path: resolving them the long way would change nothing but the time.
IN_PATH = r"\w.~%!$&'()*+,=:@-"  # RFC 3986, 3.3 (pchar)
PLAIN_PATH = rf"/(?:[{IN_PATH}][/{IN_PATH}]*)?(?:\?[/{IN_PATH}]+)?(?:#[/{IN_PATH}]+)?"
PLAIN = re.compile(rf"(https?://[a-zA-Z0-9.-]+)?({PLAIN_PATH})", re.ASCII)


def absolute(href: str | None, base: str) -> str | None:
    """Return `href` resolved against `base`; None for an empty, broken, overlong or non-http(s) address.

    Unlike `normalise.urls.absolute`, whose addresses are fetched, it keeps the fragment that a text's link leads to.
    """
    wanted = BLANKS.sub("", href or "").strip()
    if not wanted or wanted.startswith("#"):
        return None
    if len(wanted) > MAX_URL:
        return None
    plain = PLAIN.fullmatch(wanted)
    if plain is None or "/." in wanted:
        return resolve(wanted, base)
    if plain.group(1):
        return wanted
    home = resolve("/", base)
    return home + wanted[1:] if home and len(home) + len(wanted) <= MAX_URL + 1 else None


@lru_cache(maxsize=4_096)
def resolve(wanted: str, base: str) -> str | None:
    """Return an address resolved against `base`; a site's pages name the same addresses again and again."""
    try:
        url = urljoin(base, wanted)
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    if not usable or len(url) > MAX_URL or "<" in url:
        return None
    if "@" in parts.netloc:  # a name and password before it are nobody's business
        url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return url.replace(" ", "%20").replace('"', "%22")


def path_of(url: str) -> str:
    """Return an address's path without its last slash, in lower case; '' when it cannot be read."""
    try:
        return urlsplit(url).path.rstrip("/").lower()
    except ValueError:
        return ""
