"""Print posts with a word month by month, beside how much of each month the archive could see. Needs only Python."""

import json
import sys
from collections import Counter
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

READ = "select substr(day, 1, 7) as month, state, count(*) as days from coverage group by 1, 2"


def fetch(address: str) -> Any:
    """Return the JSON at an address."""
    with urlopen(Request(address, headers={"User-Agent": "months_of_a_word (an example)"}), timeout=60) as answer:  # noqa: S310
        return json.load(answer)


def main(base: str, word: str) -> None:
    """Print one line a month, then what the figures leave out."""
    found = fetch(f"{base}/search.json?{urlencode({'q': word})}")
    seen: Counter[str] = Counter()
    all_days: Counter[str] = Counter()
    for row in fetch(f"{base}/archive.json?{urlencode({'sql': READ, '_shape': 'array'})}"):
        all_days[row["month"]] += row["days"]
        seen[row["month"]] += row["days"] if row["state"] in ("checked", "quiet") else 0
    for month, posts in sorted(found["months"].items()):
        read = (
            f"{100 * seen[month] / all_days[month]:4.0f} % of partner-days read"
            if all_days[month]
            else "   not crawled yet"
        )
        print(f"{month}  {posts:6} posts  {read}")
    about = "" if found["exact"] else "about "
    print(f"{about}{found['count']} posts for {found['query']!r}, data as of {found['data_as_of']}; ", end="")
    print(f"{found['coarse']} dated more coarsely than a month, {found['undated']} undated: in no line above")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2])
