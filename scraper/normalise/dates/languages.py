"""All languages whose date words are known, by ISO 639-1 code; English has its own table in the lexicon."""

from __future__ import annotations

from typing import Final

from scraper.normalise.dates.eastern import EASTERN
from scraper.normalise.dates.western import WESTERN
from scraper.normalise.dates.words import Words

LANGUAGES: Final[dict[str, Words]] = WESTERN | EASTERN
