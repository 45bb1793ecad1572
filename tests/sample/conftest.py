"""The sample region on free ports, and `ask`: one HTTP request to it by the standard library alone."""

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit

import pytest

from scraper.sample import SampleRegion


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def _ask(url: str, method: str = "GET", **headers: str) -> Answer:
    """One request; `If_None_Match=…` becomes the header If-None-Match. Redirects are not followed."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        target = url.removeprefix(f"{parts.scheme}://{parts.netloc}")
        connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


@pytest.fixture(scope="session")
def ask() -> Callable[..., Answer]:
    return _ask


@pytest.fixture(scope="module")
def region() -> Iterator[SampleRegion]:
    with SampleRegion(first_port=0) as served:
        yield served
