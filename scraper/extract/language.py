"""A post's language: what the page declares, checked by its words only when that is missing or doubtful."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from scraper.models import Claim

from . import function_words

TAG = re.compile(r"^([a-zA-Z]{2,3})(?:[-_](?:[A-Z][a-z]{3}[-_])?([a-zA-Z]{2}|\d{3}))?(?:[-_.@].{0,20})?$")
ORDER = (
    "partner",
    "html_meta:lang",
    "json_ld:inLanguage",
    "open_graph:og:locale",
    "html_meta:content-language",
    "feed",
    "wordpress",
)
SAMPLE = 500  # characters
MORE = 3_000  # characters that are read for their small words when fewer do not tell
ENOUGH = 60  # characters; fewer say nothing about a language
SURE = 0.8


def choose(claims: Sequence[Claim], partner_language: str, text: str) -> Claim | None:
    """Return the language as a BCP 47 tag; None when nothing is declared and the text is too short to tell.

    What is declared counts unless the page contradicts itself or its partner's language: themes ship with `lang="en"`.
    """
    declared = [
        Claim(value=tag, found_in=claim.found_in)
        for place in ORDER
        for claim in claims
        if matches(claim, place) and (tag := normal(claim.value))
    ]
    bases = {base(claim.value) for claim in declared}
    if bases and bases == {base(partner_language) or next(iter(bases))}:
        return declared[0]
    if declared and not function_words.is_prose(text[:SAMPLE]):
        return declared[0]
    detected = detect(text)
    if detected is None:
        return declared[0] if declared else None
    agreeing = next((claim for claim in declared if base(claim.value) == detected), None)
    if agreeing:
        return agreeing
    same = base(partner_language) == detected
    return Claim(value=normal(partner_language) if same else detected, found_in="language:detected")


def matches(claim: Claim, place: str) -> bool:
    """Say whether a claim was found in a place or a source."""
    return claim.found_in == place or claim.found_in.partition(":")[0] == place


def normal(tag: str) -> str:
    """Return a language tag in its usual form ('en_gb' is 'en-GB'), '' when it is none."""
    match = TAG.match(tag.strip().split(",")[0])
    if not match:
        return ""
    region = (match.group(2) or "").upper()
    return match.group(1).lower() + (f"-{region}" if region else "")


def base(tag: str) -> str:
    """Return the language of a tag without its region, in lower case."""
    return re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0]


def detect(text: str) -> str | None:
    """Return the language of the text's beginning as a two-letter code; None when that is not clear.

    Small words tell most texts; the model, which takes 100 MB of memory, is for the others.
    """
    sample = text[:SAMPLE]
    if len(sample) < ENOUGH:
        return None
    told = function_words.tell(sample) or function_words.tell(text[:MORE])
    if told:
        return told
    code, probability = identifier().classify(sample)
    return str(code) if probability >= SURE else None


@lru_cache(maxsize=1)
def identifier() -> Any:
    """Return the language model, loaded at its first use (it costs 0.3 s and 100 MB)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
