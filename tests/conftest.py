"""What every test may use: the open door to loopback, and an archive of the sample region crawled once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_archive import Region

from scraper.partners import registry
from scraper.sample import SampleRegion
from scraper.sample.registry import partners


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open the address guard to loopback, as the sample region does for itself."""
    monkeypatch.setenv("ARCHIVE_ALLOW", "127.0.0.0/8")


def serve(folder: Path) -> Iterator[Region]:
    """Serve the sample region on free ports, with an archive of its own."""
    with SampleRegion(first_port=0) as served:
        built = tuple(registry.build(slug, values) for slug, values in partners(served.addresses).items())
        yield Region(served, built, folder / "archive.db")


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Region]:
    """A sample region with an archive that is still to be made."""
    yield from serve(tmp_path)


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    """A sample region and the archive made of it by one crawl; tests only read it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARCHIVE_ALLOW", "127.0.0.0/8")
        for region in serve(tmp_path_factory.mktemp("crawled")):
            region.crawl()
            yield region
