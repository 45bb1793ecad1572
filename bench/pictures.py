"""Take the pictures of the site that the README shows: `python bench/pictures.py ADDRESS docs/pictures`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

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
SHOTS = (
    ("home_light_1280", "/", 1280, "light"),
    ("search_light_1280", "/search?q=council", 1280, "light"),
    ("post_light_1280", "POST", 1280, "light"),
    ("calendar_light_1280", "/calendar", 1280, "light"),
    ("coverage_light_1280", "/coverage", 1280, "light"),
    ("search_dark_1280", "/search?q=council", 1280, "dark"),
    ("home_light_375", "/", 375, "light"),
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


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
