"""Learn a partner's recipe from a handful of its posts, and prove it on them before it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scraper.models import Capture, DateClaim, Partner, RawPost, SourceClaims

from . import reading
from .document import Document
from .recipe import BODY, Place, Recipe, bodies, fields, filed, folders

LEAST_SAMPLES = 5
PROVEN = 0.7  # of the samples on which a recipe must give the text
READERS = ("headings", "bylines", "labels", "microdata")
PROOF = {
    "title": "headings",
    "byline": "bylines",
    "authors": "bylines",
    "categories": "labels",
    "tags": "labels",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """One post of a partner as the generic chain read it."""

    capture: Capture
    document: Document
    raw: RawPost
    claims: Sequence[SourceClaims] = ()

    @property
    def is_own_text(self) -> bool:
        """Whether its text is the partner's own word and not the generic extractor's."""
        return not self.raw.winners.get(BODY, "").startswith(("body:", "json_ld:"))


def sample(capture: Capture, partner: Partner, claims: Sequence[SourceClaims] = ()) -> Sample:
    """Return a captured post as a sample; raises PageError as `read` does."""
    page = reading.parse(capture)
    return Sample(
        capture=capture, document=page, raw=reading.read_parsed(page, capture, partner, claims), claims=claims
    )


def learn(samples: Sequence[Sample], partner: Partner) -> Recipe | None:
    """Return what the samples have in common; None when they share no template that gives their text."""
    full = [one for one in samples if len(one.raw.text.split()) >= 30]
    if len(full) < LEAST_SAMPLES:
        return None
    body = bodies.learn_containers([target(one) for one in full])
    if not body:
        return None
    places, missing = learn_fields(full)
    recipe = Recipe(places={**places, BODY: body}, readers=missing, narrow=True, samples=len(samples))
    return prove(with_furniture(recipe, full), full, partner)


def target(one: Sample) -> bodies.Target:
    """Return what the body's container is learned from."""
    return one.document.tree, one.document.base_url, one.raw.text, one.is_own_text


def learn_fields(samples: Sequence[Sample]) -> tuple[dict[str, tuple[Place, ...]], tuple[str, ...]]:
    """Return each field's places, and the generic readers of the fields that have none that holds."""
    pages = [fields.page_of(one.document, one.raw) for one in samples]
    places: dict[str, tuple[Place, ...]] = {}
    readers: set[str] = set()
    for field in fields.FIELDS:
        found, complete = fields.learn(field, pages)
        if found:
            places[field] = found
        if not complete:
            readers.add(PROOF[field])
    if "categories" not in places:
        posts = [one.raw for one in samples]
        named = folders.learn(posts) or filed.learn(posts, places.get("tags", ()))
        if named is not None:
            places["categories"] = (named,)
    return places, tuple(sorted(readers))


def with_furniture(recipe: Recipe, samples: Sequence[Sample]) -> Recipe:
    """Return the recipe with what inside the body is not content."""
    held = [(container, one) for one in samples if (container := bodies.find(recipe, one.document)) is not None]
    drops = bodies.learn_drops([(container, *target(one)[1:]) for container, one in held])
    found = [bodies.read_blocks(container, one.document.base_url, drops, ()) for container, one in held]
    headings = [bodies.find(recipe, one.document, "title") for _, one in held]
    bare = [
        bodies.after_heading(blocks, heading) if heading in container.iterdescendants() else []
        for blocks, heading, (container, _) in zip(found, headings, held, strict=True)
    ]
    return replace(
        recipe,
        drops=drops,
        openings=bodies.learn_openings(bare),
        repeated=bodies.learn_repeated(found, [one.raw.text for _, one in held if one.is_own_text]),
        bare_links=bodies.learn_bare_links(found),
    )


def prove(recipe: Recipe, samples: Sequence[Sample], partner: Partner) -> Recipe | None:
    """Read every sample by the recipe; what it gets wrong is left to the generic reader, and a wrong text sinks it."""
    for _ in range(len(READERS) + 2):
        read = [reading.read_sample(recipe, one.document, one.capture, partner, one.claims) for one in samples]
        pairs = [(one, found) for one, found in zip(samples, read, strict=True) if found is not None]
        if len(pairs) < PROVEN * len(samples):
            return None
        missed = {PROOF[field] for field in PROOF if disagreements(field, pairs) > 0.1 * len(pairs)} - {*recipe.readers}
        late = recipe.narrow and any(dates_of(one.raw) != dates_of(found) for one, found in pairs)
        if not missed and not late:
            return recipe
        recipe = replace(recipe, readers=tuple(sorted({*recipe.readers, *missed})), narrow=recipe.narrow and not late)
    return recipe


def disagreements(field: str, pairs: Sequence[tuple[Sample, RawPost]]) -> int:
    """Count the samples on which the recipe reads a field otherwise than the generic chain."""
    return sum(getattr(one.raw, field) != getattr(found, field) for one, found in pairs)


def dates_of(raw: RawPost) -> list[tuple[str, str]]:
    """Return the chosen dates of a post."""
    chosen: list[DateClaim] = [claim for claim in raw.dates if claim.chosen]
    return [(claim.field, claim.edtf) for claim in chosen]
