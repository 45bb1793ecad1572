"""Fetch with requests, read with news-please, store each post at once; run by a Python that has news-please alone."""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

WARM = 20  # pages before counting begins, as in bench/ways.py


def main(home: str, number: int) -> dict[str, float]:
    """Return the CPU milliseconds a page."""
    import requests
    from newsplease import NewsPlease

    connection, session = (
        sqlite3.connect(Path(tempfile.mkdtemp()) / "posts.db", isolation_level=None),
        requests.Session(),
    )
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE posts (url TEXT PRIMARY KEY, title TEXT, published TEXT, text TEXT)")
    began = 0.0
    for place in range(number + WARM):
        began = time.process_time() if place == WARM else began
        url = f"{home}news/post-{place}"
        # Left to itself it loads the pictures of every page to measure them, from hosts that no bench should ask.
        found = NewsPlease.from_html(session.get(url, timeout=30).text, url=url, fetch_images=False)
        row = [url, found.title, str(found.date_publish), found.maintext]
        connection.execute("INSERT OR REPLACE INTO posts VALUES (?, ?, ?, ?)", row)
    return {"ms": (time.process_time() - began) * 1e3 / number, "pages": number}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
