"""Every word that a template asks for is there, and none is left over."""

import re
from pathlib import Path

from scraper.site import words

SITE = Path(words.__file__).parents[1]
ASKED = re.compile(r"say\(\s*f?['\"]([a-z_.{}]+)['\"]\s*([+)~,]?)")


def test_every_word_is_there_and_used():
    whole, prefixes = (
        set(),
        {"not_", "status_", "format_", "action_", "removed", "unreadable", "too_slow", "closed", "read_only"},
    )
    for path in [*SITE.rglob("*.html"), *SITE.rglob("*.py")]:
        for key, after in ASKED.findall(path.read_text(encoding="utf-8")):
            if after == "+" or "{" in key:
                prefixes.add(key.partition("{")[0])
            else:
                whole.add(key)
    assert whole - set(words.WORDS) == set()
    unused = {
        key
        for key in words.WORDS
        if key not in whole and key.removesuffix("_one") not in whole and not key.startswith(tuple(prefixes))
    }
    asked_by_branch = {"exclude", "unexclude", "chip", "chip_without", "earlier", "later"}
    assert unused - asked_by_branch == set()
