"""The site in a real browser: what a person does, with JavaScript off; and what axe-core finds, in light, dark and on a phone."""

import json
import tempfile
import threading
import time
from importlib import resources
from pathlib import Path

import pytest

from scraper.publish.addresses import shorten
from scraper.site.serve import listen, make

from . import region

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium")


def axe_source():
    try:
        return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    except ModuleNotFoundError:
        pytest.skip("axe-playwright-python is not installed")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    import uvicorn

    server = make(region.write(tmp_path_factory.mktemp("browser") / "archive.db"))
    listener = listen("127.0.0.1", 0)
    running = uvicorn.Server(uvicorn.Config(server.app(), log_level="error", lifespan="off"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    running.should_exit = True
    thread.join(timeout=10)
    listener.close()
    server.get_database("archive").close()
    server.executor.shutdown(wait=True)


@pytest.fixture(scope="module")
def chromium():
    with playwright_api.sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture
def page(chromium):
    """A page of a browser without JavaScript."""
    with tempfile.TemporaryDirectory() as profile:
        browser = chromium.launch_persistent_context(
            profile, executable_path=str(CHROMIUM), args=ARGUMENTS, java_script_enabled=False, accept_downloads=True
        )
        yield browser.new_page()
        browser.close()


def test_search_filter_open_and_cite(page, base):
    page.goto(base)
    page.fill("#q", "flood")
    page.press("#q", "Enter")
    assert page.locator(".total strong").inner_text() == "2 posts"
    page.click(".facets >> text=changed by the partner")
    assert page.locator(".total strong").inner_text() == "1 post"
    assert "flood" in page.url
    page.click(".results h2 a")
    assert page.locator("h1").inner_text() == "Flood defences for the river"
    assert "Northvale Herald, 2026-10-07" in page.locator(".citation").inner_text()
    with page.expect_download() as download:
        page.click("text=BibTeX")
    assert "@misc{archive-" in Path(download.value.path()).read_text(encoding="utf-8")
    page.go_back()
    page.click(".chips a >> nth=0")
    assert page.locator(".total strong").inner_text() == "2 posts"


def test_calendar_and_charts(page, base):
    page.goto(f"{base}/calendar?month=2026-11")
    page.click(".month >> text=Harvest concert")
    assert "28 November 2026, 19:30 (Europe/London, UTC), until 21:00" in page.locator(".lead").inner_text()
    page.goto(f"{base}/search?q=the")
    page.click("summary")
    page.click("details[open] a >> nth=0")
    assert "from=2026-" in page.url
    assert "q=the" in page.url


def test_no_request_leaves_the_site(page, base):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for address in (
        "/",
        "/search?q=flood",
        f"/post/{shorten(region.PLANT)}",
        "/calendar?month=2026-11",
        "/charts",
        "/coverage",
        "/archive/posts",
    ):
        page.goto(base + address)
    assert asked
    assert {url for url in asked if not url.startswith(base)} == set()


def test_the_keyboard_order(page, base):
    page.goto(f"{base}/search?q=flood")
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        focused = page.locator("*:focus").first
        seen.append(focused.get_attribute("id") or focused.inner_text())
    assert seen[0] == "Skip to content"
    assert seen[1] == "Regional Archive"
    assert seen[2:10] == [
        "Search",
        "Calendar",
        "Categories",
        "Partners",
        "Charts",
        "Coverage",
        "Changes",
        "About the data",
    ]
    assert seen[10:12] == ["q", "Search"]


PAGES = [
    "/", "/search?q=flood&kind=news&partner=-costa-norte&colour=blue", "/search?q=nothinghere", f"/post/{shorten(region.PLANT)}",
    f"/post/{shorten(region.FLOOD)}/changes", f"/post/{shorten(region.HOSTILE)}", "/event/2", "/calendar?month=2026-11", "/calendar?week=2026-W48",
    "/categories", "/category/medtop:20000018", "/partners", "/partner/costa-norte", "/coverage", "/coverage?from=2026-03-01&to=2026-03-31", "/changes", "/changes?what=removed&partner=cymru-celf", "/charts",
    "/about", "/bot", f"/post/{shorten(region.FLOOD)}/revision/1", "/post/uuuu", f"/post/{shorten(region.TAKEN)}", "/nowhere", "/archive", "/archive/posts?_search=flood&kind=news", "/archive/posts/1001",
    "/archive?sql=select+*+from+posts", "/archive?sql=select", "/archive/events_by_day?year=2026", "/-/versions",
]  # fmt: skip
RULES = (
    "async (only) => (await axe.run(only ? {runOnly: only} : {})).violations.map(v => [v.id, v.nodes.map(n => n.html)])"
)


def test_axe_finds_nothing(chromium, base):
    source = axe_source()
    faults = []
    with tempfile.TemporaryDirectory() as profile:
        browser = chromium.launch_persistent_context(profile, executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = browser.new_page()
        for address in PAGES:
            page.emulate_media(color_scheme="light")
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(base + address)
            page.evaluate(f"() => {{ {source} }}")
            found = {"light": page.evaluate(RULES, None)}
            page.emulate_media(color_scheme="dark")
            found["dark"] = page.evaluate(RULES, ["color-contrast"])
            page.set_viewport_size({"width": 375, "height": 800})
            found["phone"] = page.evaluate(RULES, None)
            faults += [(address, look, rule, nodes[:3]) for look, rows in found.items() for rule, nodes in rows]
            if page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                faults.append((address, "phone", "scrolls sideways", []))
        browser.close()
    assert faults == [], json.dumps(faults, indent=1)[:6000]
