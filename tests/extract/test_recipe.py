"""A recipe: learned from a handful of posts of one template, read by, kept as JSON, and refused where it does not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from scraper import extract
from scraper.extract import recipe as recipes
from scraper.extract.recipe import bodies, selectors
from scraper.models import Capture, Partner, SourceClaims
from scraper.partners.registry import build

PARTNER = build(
    "trent-valley",
    {
        "title": "Trent Valley Bulletin",
        "home": "https://trent.example/",
        "region": "midlands",
        "timezone": "Europe/London",
        "language": "en-GB",
    },
)
TOWNS = "Derby Leicester Nottingham Lincoln Corby Matlock Buxton Newark Grantham Boston Louth Oakham".split()
SENTENCES = (
    "The council in {town} approved {number} new homes beside the canal after a long debate on Tuesday evening.",
    "Residents of {town} had asked for a school and a surgery before the first of the {number} families moves in.",
    "Work begins in the spring, and the developer said that {number} apprentices from {town} would be taken on.",
    "A second phase, for which {town} has not yet set aside any money, would add another {number} flats by the station.",
)
PAGE = """<!doctype html><html lang="en-GB"><head><title>{title} - Trent Valley Bulletin</title>
<meta property="og:title" content="{title}"><meta property="og:type" content="article">
<meta property="og:site_name" content="Trent Valley Bulletin"></head><body class="single">
<header><a href="/">Trent Valley Bulletin</a></header>
<main><div class="{template}"><h1 class="headline-main">{title}</h1>
<p class="stamp"><time datetime="2026-0{month}-1{day}">1{day} 0{month} 2026</time></p>
<p class="writer">By <a rel="author" href="/people/{person}/">{person} Shah</a></p>
<div class="copy">{paragraphs}
<div class="share-bar"><a href="https://twitter.com/intent/tweet?text=x">Tweet this to your friends</a></div>
<p>Keep updated: sign up for our letter and never miss a word from the valley.</p>
</div></div>
<aside class="rail"><h2>More news</h2><p>{other} opens its doors to visitors from all over the region this weekend.</p></aside>
</main><footer>Trent Valley Bulletin</footer></body></html>"""


def page(number: int, *, template: str = "story", mark: str = "") -> Capture:
    """Return one post of the partner; all differ in their words."""
    town, other = TOWNS[number % 12], TOWNS[(number + 5) % 12]
    paragraphs = "".join(
        f"<p>{line.format(town=town, number=number * 7 + place)} {mark}</p>" for place, line in enumerate(SENTENCES)
    )
    body = PAGE.format(
        title=f"{town} builds by the water",
        template=template,
        month=1 + number % 9,
        day=number % 9,
        person=("Amira", "Tom", "Ruth")[number % 3],
        paragraphs=paragraphs,
        other=other,
    )
    return Capture(
        url=f"https://trent.example/news/{town.lower()}-builds/",
        fetched_at=datetime(2026, 11, 1, tzinfo=timezone.utc),
        status=200,
        headers={"content-type": "text/html; charset=utf-8"},
        body=body.encode(),
    )


def words_of(number: int) -> str:
    """Return the text that a post really has."""
    town = TOWNS[number % 12]
    return "\n\n".join(line.format(town=town, number=number * 7 + place) for place, line in enumerate(SENTENCES))


def own_text(number: int) -> tuple[SourceClaims, ...]:
    """Return what the partner's feed says of a post: its full text."""
    content = "".join(f"<p>{line}</p>" for line in words_of(number).split("\n\n"))
    return (SourceClaims(url=page(number).url, found_in="feed", content=content),)


def learn(partner: Partner = PARTNER, *, own: bool = True) -> recipes.Recipe:
    """Return the recipe of ten posts."""
    samples = [extract.sample(page(number), partner, own_text(number) if own else ()) for number in range(10)]
    learned = extract.learn(samples, partner)
    assert learned is not None
    return learned


@pytest.fixture(scope="module")
def learned() -> recipes.Recipe:
    return learn()


@pytest.mark.parametrize(
    ("field", "css"), [("title", "h1.headline-main"), ("text", "div.copy"), ("authors", 'a[rel="author"]')]
)
def test_each_field_has_a_selector_with_its_agreement(learned, field, css):
    (place,) = learned.places[field]
    assert (place.css, place.agreed, place.samples) == (css, 10, 10)


def test_what_is_not_content_is_learned(learned):
    assert "div.share-bar" in learned.drops
    assert any("never miss a word" in words for words in learned.repeated)


@pytest.mark.parametrize("number", [10, 11])
def test_a_new_post_is_read_by_it_as_its_own_text_says(learned, number):
    read = extract.read(page(number), PARTNER, (), learned)
    assert (read.recipe, read.text) == (learned.digest, words_of(number))
    assert read.winners["text"] == "recipe:text"


@pytest.mark.parametrize("number", range(12))
@pytest.mark.parametrize("field", ["title", "authors", "byline", "categories", "tags", "image", "language", "share"])
def test_every_other_field_is_that_of_the_generic_chain(learned, number, field):
    generic, fast = extract.read(page(number), PARTNER), extract.read(page(number), PARTNER, (), learned)
    assert getattr(fast, field) == getattr(generic, field)


@pytest.mark.parametrize("number", range(12))
def test_the_chosen_date_is_that_of_the_generic_chain(learned, number):
    chosen = [
        [claim.edtf for claim in read.dates if claim.chosen]
        for read in (extract.read(page(number), PARTNER), extract.read(page(number), PARTNER, (), learned))
    ]
    assert chosen[0] == chosen[1] != []


def test_labels_that_only_a_feed_told_of_the_samples_are_found_on_the_pages_it_does_not_list():
    def labelled(number: int) -> Capture:
        topic = ("Transport", "Housing", "Culture")[number % 3]
        box = f'<p class="filed"><a rel="tag" href="/category/{topic.lower()}/">{topic}</a></p><div class="copy">'
        capture = page(number)
        return replace(capture, body=capture.body.replace(b'<div class="copy">', box.encode()))

    def told(number: int) -> tuple[SourceClaims, ...]:
        topic = ("Transport", "Housing", "Culture")[number % 3]
        return tuple(replace(said, categories=(topic,), authors=("Desk",)) for said in own_text(number))

    learned = extract.learn([extract.sample(labelled(number), PARTNER, told(number)) for number in range(10)], PARTNER)
    read = extract.read(labelled(11), PARTNER, (), learned)
    assert (read.recipe, read.categories, read.authors) == (learned.digest, ("Culture",), ("Ruth Shah",))


def test_a_box_that_held_one_label_on_every_sample_holds_two_on_another_page():
    def boxed(number: int, *topics: str) -> Capture:
        links = "".join(f'<div class="item"><a href="/topics/{topic.lower()}">{topic}</a></div>' for topic in topics)
        box = f'<div class="field-label">Category: </div><div class="field-items">{links}</div><div class="copy">'
        capture = page(number)
        return replace(capture, body=capture.body.replace(b'<div class="copy">', box.encode()))

    names = ("Transport", "Housing", "Culture")
    samples = [extract.sample(boxed(number, names[number % 3]), PARTNER, own_text(number)) for number in range(10)]
    learned = extract.learn(samples, PARTNER)
    assert extract.read(boxed(11, "Housing", "Culture"), PARTNER, (), learned).categories == ("Housing", "Culture")


TOPICS = ("Harbours & ferries", "Housing", "Arts")


def filed(number: int) -> Capture:
    """Return a post whose only word of its category is its address, as Jekyll writes it."""
    folder = TOPICS[number % 3].lower().replace(" ", "%20")
    return replace(page(number), url=f"https://trent.example/{folder}/2026/03/1{number % 9}/{number}-water.html")


def told(number: int, *labels: str) -> tuple[SourceClaims, ...]:
    return tuple(replace(said, url=filed(number).url, categories=labels) for said in own_text(number))


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (lambda number: TOPICS[number % 3], ("arts",)),
        (lambda number: "Arts", ()),  # agrees with one address in three
        (lambda number: "News", ()),
    ],
)
def test_folders_of_the_address_are_labels_where_the_feed_names_the_same(label, expected):
    samples = [extract.sample(filed(number), PARTNER, told(number, label(number), "5G")) for number in range(10)]
    learned = extract.learn(samples, PARTNER)
    assert extract.read(filed(11), PARTNER, (), learned).categories == expected
    listed = extract.read(filed(11), PARTNER, told(11, "Arts", "5G"), learned)
    assert listed.categories == (("Arts",) if expected else ("Arts", "5G")), "the other of the feed is a tag"


def test_folders_without_the_date_of_the_samples_are_a_section():
    samples = [extract.sample(filed(number), PARTNER, told(number, TOPICS[number % 3])) for number in range(10)]
    event = replace(page(11), url="https://trent.example/events/a-walk.html")
    assert extract.read(event, PARTNER, (), extract.learn(samples, PARTNER)).categories == ()


@pytest.mark.parametrize(
    ("label", "expected"),
    [(lambda number: TOPICS[number % 3], ("Arts",)), (lambda number: "News", ())],
)
def test_tags_that_the_feed_calls_categories_are_so_on_the_pages_it_does_not_list(label, expected):
    def tagged(number: int) -> Capture:
        topic = TOPICS[number % 3].replace("&", "&amp;")
        box = f'<p class="under"><a href="/tag/{number % 3}/">{topic}</a></p><div class="copy">'
        capture = page(number)
        return replace(capture, body=capture.body.replace(b'<div class="copy">', box.encode()))

    def said(number: int) -> tuple[SourceClaims, ...]:
        return tuple(replace(claims, categories=(label(number),)) for claims in own_text(number))

    learned = extract.learn([extract.sample(tagged(number), PARTNER, said(number)) for number in range(10)], PARTNER)
    read = extract.read(tagged(11), PARTNER, (), learned)
    assert (read.categories, read.tags) == (expected, ("Arts",))


def test_one_folder_for_all_is_a_section():
    def news(number: int) -> Capture:
        return replace(page(number), url=f"https://trent.example/news/2026/{number}-water.html")

    samples = [extract.sample(news(number), PARTNER, told(number, "News")) for number in range(10)]
    learned = extract.learn(samples, PARTNER)
    assert extract.read(news(11), PARTNER, (), learned).categories == ()


def test_the_generic_text_is_evidence_enough():
    read = extract.read(page(11), PARTNER, (), learn(own=False))
    assert "Tweet this" not in read.text
    assert bodies.f_of_words(read.text, words_of(11)) > 0.985


def test_a_page_of_another_template_falls_to_the_generic_chain(learned):
    other = page(3)
    changed = replace(other, body=other.body.replace(b'class="copy"', b'class="prose"'))
    read = extract.read(changed, PARTNER, (), learned)
    assert read.recipe is None
    assert "approved" in read.text


def test_a_persons_selector_goes_before_the_recipe(learned):
    partner = replace(PARTNER, fields={"title": "aside.rail h2", "text": "p.writer"})
    read = extract.read(page(1), partner, (), learned)
    assert read.title == "More news"
    assert read.text == "By Tom Shah"


def event_page(number: int) -> Capture:
    """Return a post of the partner's second template."""
    one = page(number)
    body = one.body.replace(b'class="copy"', b'class="prose"').replace(b'class="story"', b'class="whats-on"')
    return replace(one, body=body)


def test_two_templates_are_learned_when_both_are_often_met():
    pages = [page(number) if number % 2 else event_page(number) for number in range(10)]
    found = extract.learn([extract.sample(one, PARTNER, own_text(number)) for number, one in enumerate(pages)], PARTNER)
    for one in (page(11), event_page(11)):
        read = extract.read(one, PARTNER, (), found)
        assert (read.recipe is not None, read.text) == (True, words_of(11))


@pytest.mark.parametrize("number", [0, 1, 4])
def test_too_few_posts_teach_nothing(number):
    assert extract.learn([extract.sample(page(one), PARTNER, own_text(one)) for one in range(number)], PARTNER) is None


def test_posts_without_a_template_teach_nothing():
    samples = []
    for number in range(10):
        name = "abcdefghij"[number].encode()
        one = page(number)
        body = one.body.replace(b'class="copy"', b'class="' + name + b'"').replace(b"story", name)
        for tag in (b"main", b"h1"):
            body = body.replace(b"<" + tag, b"<div").replace(b"</" + tag, b"</div")
        samples.append(extract.sample(replace(one, body=body), PARTNER, own_text(number)))
    assert extract.learn(samples, PARTNER) is None


def test_learning_is_repeatable_and_survives_json(learned):
    again = learn()
    assert again == learned
    kept = recipes.from_json(learned.to_json())
    assert (kept, kept.digest) == (learned, learned.digest)


def test_the_digest_follows_what_is_read_and_not_the_counts(learned):
    fewer = {name: tuple(replace(one, agreed=9) for one in places) for name, places in learned.places.items()}
    assert replace(learned, places=fewer).digest == learned.digest
    assert replace(learned, drops=()).digest != learned.digest


@pytest.mark.parametrize("words", ["", "{}", "[]", '{"places": 3}', '{"places": {"title": [[1]]}}', "null"])
def test_what_is_no_recipe_is_refused(words):
    with pytest.raises(ValueError):
        recipes.from_json(words)


@pytest.mark.parametrize(
    ("name", "stable"),
    [
        ("entry-content", True),
        ("post__body", True),
        ("post-4711", False),
        ("col-md-8", False),
        ("css-aBcDe", False),
        ("is active", False),
        ("active", False),
        ("x" * 80, False),
        ("a:b", False),
        ("", False),
    ],
)
def test_only_names_of_the_template_are_used(name, stable):
    assert selectors.is_stable(name) is stable


@pytest.mark.parametrize("css", ["div[", ":nope(", "", "a" * 10_000 + "[", "div:has("])
def test_a_broken_selector_finds_nothing(css):
    capture = page(1)
    tree = extract.sample(capture, PARTNER).document.tree
    assert selectors.select(tree, css) == []


def test_labels_of_a_second_kind_of_posts_are_read_where_the_place_of_the_first_is_not():
    def labelled(number: int) -> Capture:
        topic = TOPICS[number % 3]
        box = f'<p class="{"cat" if number % 10 == 9 else "genre"}">{topic}</p><div class="copy">'
        capture = page(number)
        return replace(capture, body=capture.body.replace(b'<div class="copy">', box.encode()))

    learned = extract.learn(
        [extract.sample(labelled(number), PARTNER, own_text(number)) for number in range(10)], PARTNER
    )
    assert [place.css for place in learned.places["categories"]] == ["p.genre"]
    assert extract.read(labelled(11), PARTNER, (), learned).categories == (TOPICS[11 % 3],)
    assert extract.read(labelled(19), PARTNER, (), learned).categories == (TOPICS[19 % 3],)
