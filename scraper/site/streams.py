"""Files on their way to readers: drawn from the database by turns, so that a slow reader holds up nobody else."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address
from itertools import islice
from typing import Any

PIECES = 200  # of a file, drawn at a time
MOST_DRAWN = 4  # files at one moment; others wait for the next piece, never for another's reader
MOST_OPEN = 64  # files being sent at all: each holds a connection, but no state of the data between two pieces
MOST_OF_CLIENT = 4
NETWORK = 64  # bits of an IPv6 address that one client cannot choose
RETRY_SECONDS = 60


class Streams:
    """The files that a server is sending."""

    def __init__(self) -> None:
        self.drawing = asyncio.Semaphore(MOST_DRAWN)
        self.open: Counter[str] = Counter()

    def has_room(self, client: str) -> bool:
        """Say whether another file may be sent to a client."""
        return self.open[client] < MOST_OF_CLIENT and self.open.total() < MOST_OPEN

    @contextmanager
    def sending(self, client: str) -> Iterator[None]:
        """Count a file as long as it is sent."""
        self.open[client] += 1
        try:
            yield
        finally:
            self.open[client] -= 1
            self.open += Counter()  # drops what is nought

    async def draw(self, work: Callable[[], Any]) -> Any:
        """Run work on the database in its turn."""
        async with self.drawing:
            return await asyncio.to_thread(work)

    async def send(self, pieces: Iterable[str], writer: Any) -> None:
        """Send a file piece by piece."""
        rest = iter(pieces)
        while batch := await self.draw(lambda: list(islice(rest, PIECES))):
            await writer.write("".join(batch))


def client_of(scope: Any) -> str:
    """Return who asks: the address, of IPv6 the network; '' when the server does not know."""
    address = (scope.get("client") or ("",))[0]
    try:
        number = ip_address(address)
    except ValueError:
        return str(address)
    return str(int(number) >> (128 - NETWORK)) if isinstance(number, IPv6Address) else address
