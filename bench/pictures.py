"""Take the pictures of the site that the README shows: `python -m bench.pictures [ADDRESS]`, of a made archive without one."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SHOTS: tuple[tuple[str, str, int, Literal["light", "dark"]], ...] = (
    ("home_light_1280", "/", 1280, "light"),
    ("search_light_1280", "/search?q=council", 1280, "light"),
    ("post_light_1280", "POST", 1280, "light"),
    ("calendar_light_1280", "/calendar", 1280, "light"),
    ("coverage_light_1280", "/coverage", 1280, "light"),
    ("charts_dark_1280", "/charts", 1280, "dark"),
    ("search_dark_1280", "/search?q=council", 1280, "dark"),
    ("home_light_375", "/", 375, "light"),
    ("search_light_375", "/search?q=council", 375, "light"),
)


def take(base: str, folder: Path) -> None:
    """Write every picture into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        for name, path, width, scheme in SHOTS:
            browser = playwright.chromium.launch_persistent_context(
                f"{profile}/{name}",
                executable_path=CHROMIUM,
                args=ARGUMENTS,
                color_scheme=scheme,
                viewport={"width": width, "height": 900},
                java_script_enabled=False,
            )
            page = browser.new_page()
            if path == "POST":
                page.goto(f"{base}/search?q=council&is=event")
                page.locator(".results h2 a").first.click()
            else:
                page.goto(base + path)
            page.screenshot(path=str(folder / f"{name}.png"))
            browser.close()


def take_of_made_archive(folder: Path) -> None:
    """Make a small archive, serve it, and take its pictures."""
    from bench.bench_site import PORT, running
    from bench.generate_archive import generate

    with tempfile.TemporaryDirectory() as place:
        archive = Path(place) / "archive.db"
        generate(archive, posts=8_000, partners=12, steepness=4)
        with running(archive):
            take(f"http://127.0.0.1:{PORT}", folder)


if __name__ == "__main__":
    pictures = Path("docs/pictures")
    if len(sys.argv) > 1:
        take(sys.argv[1].rstrip("/"), pictures)
    else:
        take_of_made_archive(pictures)
