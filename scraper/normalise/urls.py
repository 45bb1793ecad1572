"""One form of an address for comparing (`url_key`), and which addresses are worth anything at all."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

MAX_URL = 1024
KEYS_KEPT = 64  # the addresses of the page at hand are asked for at every step of its way
DEFAULT_PORTS = {"http": 80, "https": 443}

# Query keys that never change what a page is about. A test row for each: tests/normalise/test_urls.py
TRACKING_KEYS = frozenset(
    "fbclid gclid dclid msclkid yclid twclid igshid mc_cid mc_eid _ga _gl _hsenc _hsmi mkt_tok vero_id oly_enc_id "
    "oly_anon_id wickedid spm scid cmpid ncid ocid s_cid xtor trk ref_src ref_url at_medium at_campaign at_link_id "
    "phpsessid jsessionid sessionid session_id aspsessionid cfid cftoken replytocom like_comment sessid oscsid "
    "zenid".split()
)
# Keys that some systems name posts by (modules.php?name=News&sid=42): tracking only with such a value.
TRACKING_VALUES = {
    "sid": re.compile(r"(?=.*[a-z])(?=.*\d)[a-z0-9]{16,128}", re.IGNORECASE | re.DOTALL),  # of a session
    "share": re.compile(r"[a-z][a-z-]{1,30}"),  # the network that a WordPress button names
    "nb": re.compile("1"),  # beside it
}
TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_", "wt.", "at_custom")
SESSION_IN_PATH = re.compile(  # `;jsessionid=…`, and the `/(S(…))/` of ASP.NET without cookies
    r";(?:jsessionid|phpsessid|sid)=[^/;?]*|/\((?:[AFSX]\([\w-]{1,200}\)){1,4}\)(?=/)", re.IGNORECASE
)
RESERVED = re.compile(r"%(?=2f|3f|23|25)", re.IGNORECASE)  # of what means another thing when it is no escape
SPACE = re.compile(r"\s")  # at the end of an address any of it would be lost at the next reading
UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # no address holds them, some would break its writing
INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)\Z", re.IGNORECASE)


def absolute(url: str | None, base: str) -> str | None:
    """Return `url` resolved against `base`, no fragment, no user name; None unless it is http(s) and of sane length."""
    if not url or len(url) > MAX_URL * 4:
        return None
    try:
        joined = urljoin(base, UNWANTED.sub("", url.strip()))
        parts = urlsplit(joined)
        if parts.scheme.lower() not in DEFAULT_PORTS or not parts.hostname:
            return None
        parts.port  # noqa: B018 - reading it raises ValueError for a bad port
    except ValueError:
        return None
    query = SPACE.sub(lambda space: quote(space[0]), parts.query)
    place = parts.netloc.rpartition("@")[2]  # a name and password before it are nobody's business
    found = urlunsplit((parts.scheme.lower(), place, escape(parts.path) or "/", query, ""))
    return found if len(found) <= MAX_URL else None


def escape(path: str) -> str:
    """Percent-encode what a path may not hold, leaving what is already encoded (`%20` stays, a raw `&` stays)."""
    return quote(path, safe="/%:@!$&'()*+,;=~-._")


@lru_cache(maxsize=KEYS_KEPT)
def host_of(url: str) -> str:
    """Return the host of an address with its port unless that is the scheme's own, in lower case, `www.` kept."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return ""
    return host if port is None or DEFAULT_PORTS.get(parts.scheme) == port else f"{host}:{port}"


def on_host(url: str, host: str) -> str:
    """Return an address as it is on another host; the host's name in its path or query stays."""
    return urlsplit(url)._replace(netloc=host).geturl()


@lru_cache(maxsize=KEYS_KEPT)
def url_key(url: str) -> str:
    """Return the form of an address that decides whether two are one page: never fetched, never shown.

    Scheme, `www.`, default port, fragment, index page, last slash, session and tracking keys go; the query is sorted.
    """
    parts = urlsplit(url)
    path = SESSION_IN_PATH.sub("", unquote(RESERVED.sub("%25", parts.path)))
    path = INDEX_PAGE.sub("/", re.sub(r"/{2,}", "/", path))
    path = posixpath.normpath(path) if path not in ("", "/") else "/"
    pairs = [
        (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not is_tracking(key, value)
    ]
    query = urlencode(sorted(pairs))
    return f"{host_of(url).removeprefix('www.')}{path}{'?' + query if query else ''}"


def is_tracking(key: str, value: str) -> bool:
    """Say whether a part of a query never changes what the page is about."""
    key = key.lower()
    named = TRACKING_VALUES.get(key)
    if named is not None:
        return named.fullmatch(value[:200]) is not None
    return key in TRACKING_KEYS or key.startswith(TRACKING_PREFIXES)


def strip_tracking(url: str) -> str:
    """Return an address without tracking keys and fragment, otherwise as it was: the form that is fetched."""
    parts = urlsplit(url)
    path = SESSION_IN_PATH.sub("", parts.path)
    if not parts.query and path == parts.path:
        return urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    pairs = (pair.partition("=") for pair in parts.query.split("&") if pair)
    kept = ["".join(pair) for pair in pairs if not is_tracking(unquote(pair[0]), unquote(pair[2]))]
    return urlunsplit((parts.scheme, parts.netloc, path, "&".join(kept), ""))


def as_served(url: str, home: str) -> str:
    """Return an address with `http` where its home, of the same host and port, is served so: without TLS, https fails.

    A site that has both leads from the one to the other by itself, so its home is not `http`.
    """
    if not (url.startswith("https://") and home.startswith("http://")) or urlsplit(url).netloc != urlsplit(home).netloc:
        return url
    return f"http{url.removeprefix('https')}"


def same_host(url: str, hosts: frozenset[str]) -> bool:
    """Say whether an address lies on one of `hosts` (as `host_of` writes them, with or without `www.`)."""
    host = host_of(url)
    return host in hosts or host.removeprefix("www.") in hosts


def partner_hosts(home: str, others: tuple[str, ...]) -> frozenset[str]:
    """Return every host that is a partner's own, `www.` and bare."""
    named = [host_of(home), *others]
    return frozenset(form for host in named for form in (host, host.removeprefix("www.")) if form)
