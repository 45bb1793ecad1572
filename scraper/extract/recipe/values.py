"""A learned recipe as a value: per field the selectors that agree with the evidence, and how often they did."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

BODY = "text"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a field stands on a partner's pages.

    `found_in` is the place of the generic chain that this selector stands for, so that the same order of trust holds.
    `agreed` of `samples` pages gave the value that the strongest evidence gave.
    """

    css: str
    found_in: str
    agreed: int
    samples: int

    def __str__(self) -> str:
        return f"{self.css}  ({self.agreed} of {self.samples}, as {self.found_in})"


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """How a partner's posts are read without the generic extractors.

    `drops` are selectors inside the body that are not content, `repeated` blocks of text that stand on many posts;
    `openings` are the labels of lines between heading and body ("date posted", "where").
    `bare_links` says that blocks of nothing but links at its end are the template's. `readers` names the parts of the
    generic chain that the selectors could not replace; `narrow` says that dates are found in the part of the page that
    holds heading and body.
    """

    places: Mapping[str, tuple[Place, ...]]
    drops: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    bare_links: bool = False
    readers: tuple[str, ...] = ()
    narrow: bool = False
    samples: int = 0
    digest: str = field(init=False, default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", digest_of(plain(self)))

    @property
    def fit(self) -> float:
        """The share of the samples whose body it finds (0 to 1)."""
        found = sum(place.agreed for place in self.places.get(BODY, ()))
        return min(1.0, found / self.samples) if self.samples else 1.0

    def to_json(self) -> str:
        """Return the recipe as the database keeps it; `fields` says the same for people."""
        shown = {name: "; ".join(map(str, places)) for name, places in self.places.items()}
        shown |= {name: "; ".join(lines) for name, lines in extras(self).items() if lines}
        return json.dumps({"fields": shown, "fit": self.fit, **plain(self)}, ensure_ascii=False, sort_keys=True)


def extras(recipe: Recipe) -> Mapping[str, tuple[str, ...]]:
    """Return what a recipe knows beside its fields, for people."""
    return {
        "not content": (
            *recipe.drops,
            *(f"“{words}”" for words in recipe.repeated),
            *(f"“{label}:” before it" for label in recipe.openings),
            *(("links at the end",) if recipe.bare_links else ()),
        ),
        "read generically": recipe.readers,
    }


def plain(recipe: Recipe) -> dict[str, Any]:
    """Return a recipe as plain values."""
    return {
        "places": {
            name: [[one.css, one.found_in, one.agreed, one.samples] for one in places]
            for name, places in sorted(recipe.places.items())
        },
        "drops": list(recipe.drops),
        "repeated": list(recipe.repeated),
        "openings": list(recipe.openings),
        "bare_links": recipe.bare_links,
        "readers": list(recipe.readers),
        "narrow": recipe.narrow,
        "samples": recipe.samples,
    }


def digest_of(values: Mapping[str, Any]) -> str:
    """Return a short digest of what decides how a page is read; the counts do not."""
    places = {name: [one[:2] for one in found] for name, found in values["places"].items()}
    deciding = {**values, "places": places, "samples": 0}
    return hashlib.sha256(json.dumps(deciding, sort_keys=True).encode()).hexdigest()[:12]


@lru_cache(maxsize=64)
def from_json(words: str) -> Recipe:
    """Return the recipe that `to_json` wrote; raises ValueError for anything else."""
    try:
        values = json.loads(words)
        return Recipe(
            places={
                str(name): tuple(
                    Place(css=str(css), found_in=str(found_in), agreed=int(agreed), samples=int(samples))
                    for css, found_in, agreed, samples in found
                )
                for name, found in values["places"].items()
            },
            drops=tuple(map(str, values["drops"])),
            repeated=tuple(map(str, values["repeated"])),
            openings=tuple(map(str, values["openings"])),
            bare_links=bool(values["bare_links"]),
            readers=tuple(map(str, values["readers"])),
            narrow=bool(values["narrow"]),
            samples=int(values["samples"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no recipe: {error}") from error
