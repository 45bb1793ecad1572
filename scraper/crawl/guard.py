"""The address guard: no request leaves for another scheme, another host, or an address that is not public."""

from __future__ import annotations

import ipaddress
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.exceptions import NotConfigured
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from scraper.errors import ConfigError
from scraper.normalise import urls

from .refusal import Refusal

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from scraper.spiders.partner import PartnerSpider

ALLOW = "ARCHIVE_ALLOW"
WHAT = "then name it in the registry file, as `home` or under `hosts`"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
NAT64 = ipaddress.ip_network("64:ff9b::/96")
COMPATIBLE = ipaddress.ip_network("::/96")


def allowed_networks() -> tuple[Network, ...]:
    """Return the ranges that ARCHIVE_ALLOW opens (comma-separated); raises ConfigError for one that is none."""
    try:
        return tuple(
            ipaddress.ip_network(part.strip()) for part in os.environ.get(ALLOW, "").split(",") if part.strip()
        )
    except ValueError as error:
        raise ConfigError(f"{ALLOW}: {error}") from error


def is_allowed(text: str, networks: tuple[Network, ...] | None = None) -> bool:
    """Say whether an address may be connected to: a public one, or one inside the ranges that are opened.

    An IPv4 address wrapped in IPv6 is judged as itself.
    """
    try:
        address = unwrap(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return False
    opened = allowed_networks() if networks is None else networks
    if any(address in network for network in opened if network.version == address.version):
        return True
    return address.is_global and not address.is_multicast


def unwrap(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one stands for: mapped, compatible, 6to4, NAT64 (RFC 6052); else itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in NAT64 or (address in COMPATIBLE and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def is_open_range(host: str) -> bool:
    """Say whether a host is a literal address inside ARCHIVE_ALLOW: only there may a delay go under a second."""
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return any(address in network for network in allowed_networks() if network.version == address.version)


class GuardedResolver(CachingThreadedResolver):
    """Resolves names and literals alike and refuses what is not public: what it answers is what is connected to."""

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:
        """Return the address of a name; fails as an unknown name does when it may not be connected to."""
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(self.refuse_private, name)

    def refuse_private(self, address: str, name: str) -> str:
        """Pass a public address on."""
        if not is_allowed(address):
            raise DNSLookupError(f"{name} is {address}, which is not a public address")
        return address


class GuardMiddleware:
    """Refuses requests, also redirected ones, that leave the partner's own hosts or http(s)."""

    def __init__(self, spider: PartnerSpider) -> None:
        self.hosts = urls.partner_hosts(spider.partner.home, spider.partner.hosts)
        self.hosts |= {urls.host_of(source.url) for source in spider.partner.sources}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        """Build the guard of the crawler's partner."""
        spider: Any = crawler.spider
        if not hasattr(spider, "partner"):
            raise NotConfigured("the guard knows the hosts of a partner only")
        return cls(spider)

    def process_request(self, request: Request) -> None:
        """Raise Refusal for a request that must not be sent."""
        url = request.url
        if not url.startswith(("http://", "https://")):
            raise Refusal("off-limits", f"scheme of {url[:80]}")
        if request.meta.get("kind") != "robots" and not urls.same_host(url, self.hosts):
            raise Refusal(
                "off-limits", f"host {urls.host_of(url)} is not the partner's; has its site moved there? {WHAT}"
            )
        name = urlsplit(url).hostname or ""
        if is_literal(name) and not is_allowed(name):
            raise Refusal("off-limits", f"{name} is not a public address")
        request.meta["download_slot"] = urls.host_of(url)


def is_literal(host: str) -> bool:
    """Say whether a host is an IP address and no name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
