"""Read a page: gather what everything on it offers, choose per field, and remember who won and who lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from urllib.parse import urlsplit

from scraper.errors import NotAPost
from scraper.models import Claim, Kind, Partner, RawPost, SourceClaims

from . import (
    authors,
    body,
    html_meta,
    json_ld,
    language,
    microdata,
    open_graph,
    pictures,
    post_node,
    refusals,
    regions,
    rights,
    schema_org,
    share,
    sources,
    terms,
    titles,
    twitter_card,
    visible,
)
from .body.blocks import Block
from .document import Document, words
from .evidence import Offer
from .order import ORDER, Claims, first, first_address, rivals
from .post_node import Node
from .recipe import Recipe, bodies, offers
from .recipe.bodies import Parts
from .regions import Regions
from .titles import Site

ADDRESSES = ("canonical_url", "image")
SINGLES = ("summary", "image_alt", "image_caption", *ADDRESSES)
AROUND = ("byline", "authors", "categories", "tags", "breadcrumbs", "site")  # what themes print around a text


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """Everything a page and its sources offer, by field, and the node of JSON-LD that is about it."""

    claims: Claims
    node: Node | None
    site_names: tuple[str, ...]
    site: Site
    news: bool
    areas: Regions


def read_page(
    document: Document,
    partner: Partner,
    *,
    claims: Sequence[SourceClaims] = (),
    headers: Mapping[str, str] = {},
) -> RawPost:
    """Read a page as a post; `headers` names are lower case. Dates and events are read elsewhere.

    Raises NotAPost for a page that is none, BlockedPage for one behind a challenge, a login or a cookie wall.
    """
    refusals.refuse(document, headers, vouched=bool(claims))
    post = read_post(document, partner, claims=claims, headers=headers)
    if not post.title:
        raise NotAPost("no-title")
    return post


def read_by(
    recipe: Recipe,
    parts: Parts,
    document: Document,
    partner: Partner,
    *,
    claims: Sequence[SourceClaims] = (),
    headers: Mapping[str, str] = {},
) -> RawPost | None:
    """Read a page by its partner's recipe; None when that gives no title or no text. Raises as `read_page` does."""
    post = read_post(document, partner, claims=claims, headers=headers, recipe=recipe, parts=parts)
    if not post.title or not post.text:
        return None
    if len(post.text) < refusals.LITTLE or not refusals.is_marked_post(document):
        refusals.refuse(document, headers, vouched=bool(claims))
    return post


def read_post(
    document: Document,
    partner: Partner,
    *,
    claims: Sequence[SourceClaims] = (),
    headers: Mapping[str, str] = {},
    recipe: Recipe | None = None,
    parts: Parts | None = None,
) -> RawPost:
    """Read a page whatever it is; fields that it does not tell stay empty."""
    gathered = gather(document, partner, claims, recipe)
    offered, site = gathered.claims, gathered.site
    title = titles.choose(offered.get("title", ()), site, news=gathered.news)
    own = title.value if title else ""
    seen = authors.look_at(document, gathered.areas, offered.get("title", ()), site, news=gathered.news)
    by = authors.choose(offered.get("authors", ()), offered.get("byline", ()), seen)
    categories, categories_from = terms.choose(offered, "categories", own, site)
    tags, tags_from = terms.choose(offered, "tags", own, site)
    learned = None
    if recipe is not None and parts is not None and parts.container is not None:
        learned = partial(bodies.read, recipe, parts, document)
    text = read_body(document, partner, claims, gathered, learned)
    tags = terms.without_unsaid(tags, tags_from, f"{own} {text.text}")
    spoken = language.choose(offered.get("language", ()), partner.language, text.text)
    singles = choose_singles(document, offered) | {"title": title, "language": spoken}
    places = {field: claim.found_in for field, claim in singles.items() if claim}
    places |= {"authors": by.found_in or "", "byline": by.byline_from or "", "text": text.found_in}
    places |= {"categories": categories_from or "", "tags": (tags_from or "") if tags else ""}
    return RawPost(
        url=document.url,
        recipe=recipe.digest if recipe else None,
        kind=kind_of(document, gathered.node, claims),
        title=own,
        authors=by.names,
        byline=by.byline,
        categories=categories,
        tags=tags,
        text=text.text,
        html=text.html,
        language=value(spoken),
        summary=value(singles["summary"]),
        canonical_url=value(singles["canonical_url"]),
        image=value(singles["image"]),
        image_alt=value(singles["image_alt"]),
        image_caption=value(singles["image_caption"]),
        share=share.read(document, gathered.node),
        rights_flags=rights.read(document, headers),
        winners={field: place for field, place in places.items() if place},
        rivals={field: rivals(offered, field) for field in ORDER if offered.get(field)},
    )


def read_body(
    document: Document,
    partner: Partner,
    claims: Sequence[SourceClaims],
    gathered: Gathered,
    learned: Callable[[], Sequence[Block]] | None = None,
) -> body.Body:
    """Return the post's text, from the partner's selector `text` if there is one."""
    selector = partner.fields.get("text")
    return body.read(
        document,
        titles=[claim.value for claim in gathered.claims.get("title", ())],
        known=[claim.value for field in AROUND for claim in gathered.claims.get(field, ())],
        chosen=sources.select(document.tree, selector) if selector else (),
        contents=sources.full_texts(claims),
        structured=post_node.full_text(gathered.node),
        learned=learned,
    )


def choose_singles(document: Document, offered: Claims) -> dict[str, Claim | None]:
    """Return the winner of each field that has one value and no judgement beyond ORDER, but that a picture is seen."""
    seen = {**offered, "image": pictures.shown(document, rivals(offered, "image"))}
    return {
        field: first_address(seen, field, document.base_url) if field in ADDRESSES else first(seen, field)
        for field in SINGLES
    }


def gather(
    document: Document, partner: Partner, claims: Sequence[SourceClaims], recipe: Recipe | None = None
) -> Gathered:
    """Collect every claim of the page, of its sources and of the partner's own selectors."""
    areas = regions.find(document)
    headings = tuple(words(heading).casefold() for heading in areas.headings)
    node = post_node.find(document, headings)
    every = (
        sources.read_selectors(document, partner.fields),
        sources.read_claims(claims),
        post_node.read(document, node),
        open_graph.read(document),
        twitter_card.read(document),
        html_meta.read(document),
        *((offers.read(document, areas, recipe),) if recipe else read_shown(document, areas)),
    )
    by_field: dict[str, list[Claim]] = {}
    for field, claim in chain.from_iterable(every):
        by_field.setdefault(field, []).append(claim)
    sites = tuple(claim.value for claim in by_field.get("site", ()))
    names = (*sites, partner.title)
    news = is_news(document, node)
    site = titles.site_of(urlsplit(document.url).hostname or "", names)
    return Gathered(claims=by_field, node=node, site_names=names, site=site, news=news, areas=areas)


def read_shown(document: Document, areas: Regions) -> tuple[Iterable[Offer], ...]:
    """Return what the page shows and marks up, wherever it stands; a recipe names the places instead."""
    return microdata.read(document, areas), visible.read(document, areas)


def is_news(document: Document, node: Node | None) -> bool:
    """Say whether the page is marked up as a newsroom's: a NewsArticle, a NewsMediaOrganization, news keywords."""
    own = json_ld.types(node) if node is not None else ()
    publishers = (name for other in document.json_ld[:200] for name in json_ld.types(other))
    return (
        any(name.endswith("NewsArticle") for name in own)
        or "NewsMediaOrganization" in publishers
        or bool(document.meta("news_keywords"))
        or microdata.is_news(document)
    )


def kind_of(document: Document, node: Node | None, claims: Sequence[SourceClaims]) -> Kind:
    """Return 'event' when a source says so or the page's own schema.org item is an event."""
    said = next((one.kind for one in claims if one.kind), None)
    if said:
        return said
    types = json_ld.types(node) if node is not None else microdata.main_types(document)
    return "event" if any(schema_org.is_event(name) for name in types) else "news"


def value(claim: Claim | None) -> str | None:
    """Return a claim's words, None for no claim."""
    return claim.value if claim else None
