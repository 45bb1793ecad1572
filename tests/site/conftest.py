import asyncio
import sys

import pytest

from scraper.site.serve import make

from . import region


@pytest.fixture(scope="session")
def archive_file(tmp_path_factory):
    return region.write(tmp_path_factory.mktemp("site") / "archive.db")


@pytest.fixture(scope="session")
def server(archive_file):
    sys._called_from_test = True
    return make(archive_file, public_url="https://archive.example")


@pytest.fixture(scope="session")
def get(server):
    """A function from an address to an answer, through the whole of the server but its socket."""
    loop = asyncio.new_event_loop()
    loop.run_until_complete(server.invoke_startup())
    app = server.app()

    def ask(address, method="GET", **more):
        return loop.run_until_complete(request(app, method, address, **more))

    yield ask
    server.get_database("archive").close()
    server.executor.shutdown(wait=True)
    loop.close()


async def request(app, method, address, **more):
    import httpx

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost") as client:
        answer = await client.request(method, address, **more)
        if "/-/query" in answer.headers.get("location", ""):  # where Datasette 1.0 runs SQL
            answer = await client.request(method, answer.headers["location"], **more)
        return answer
