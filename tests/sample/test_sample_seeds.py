"""The two real posts of the sample region, written out by hand: nothing here is computed from the content files."""

import pytest
from bs4 import BeautifulSoup

from scraper.sample.truth import truth

ENGINE = "news-events/midlands-life-science-symposium-brings-together-partners-from-across-the-region/"
LIFESCI = "people-places/bright-future-for-life-sciences-in-the-midlands/"

ENGINE_STARTS = [
    "A virtual event series, held throughout 2021, aims to shine a light on the strengths of the Midlands life",
    "The Midlands Life Science Symposium will bring together stakeholders from across the Midlands region with",
    "It is hoped that the event series, run by Midlands Innovation and sponsored by Midlands Engine Health, will",
    "The Midlands’ life sciences sector is at the forefront of research and development and is home to the highest",
    "In addition, the Midlands represents the second-largest Clinical Trials cluster in Europe with participants drawn",
    "The Symposium got underway with a pair of events in February. The first event, held on 25 February and convened",
    "The series continues in March with a patient and public involvement and engagement event taking place on the",
    "Further events will be announced in due course.",
    "For the latest on our region, subscribe to Midlands Matters, the official newsletter of the Midlands Engine.",
]
ENGINE_ENDS = [
    "the Life Sciences Industrial Strategy and adoption and innovation within the NHS.",
    "who work in academia, business, clinical settings and in regional and local government.",
    "how excellence can be harnessed to address global healthcare challenges for increased wellbeing and productivity.",
    "seven leading Medical Schools which collectively train 20% of the UK’s medical students.",
    "making it the ideal testbed for global health and multimorbidity interventions.",
    "access funding sources, the post-Brexit regulatory environment and its possible impact on innovation.",
    "‘Beyond COVID-19: New directions for Public Involvement in Health and Social Care Research in the Midlands’.",
    "Further events will be announced in due course.",
    "subscribe to Midlands Matters, the official newsletter of the Midlands Engine.",
]
LIFESCI_STARTS = [
    "The amalgamation of Medilink East and West Midlands has been given the seal of approval in a move which will",
    "This unification, that sees Medilink East and West Midlands operate under a single group company, Medilink",
    "Medilink East and West Midlands have both established comprehensive local connections, and under Medilink",
    "The two organisations first began working together in 2014 with the initiation of a Midlands wide skills",
    "This amalgamation will serve to further utilise the skills, knowledge and expertise resident within the region",
    "Keith Widdowson, Chair of Medilink East Midlands, said:",
    "“This move to bring the two organisations together fulfils a real need in the life sciences market. With the rich",
    "Prof Martin Levermore DL, Chair of Medilink West Midlands, added:",
    "“This is an opportune time to formally bring together the East and West Midlands life science community.",
    "Medilink Midlands will be holding a number of online events throughout the summer with the first one on Tuesday",
    "You can find out more about Medilink Midlands and book onto next Tuesday’s event by visiting the Medilink",
]
LIFESCI_ENDS = [
    "the best interests of the life sciences sector in the Midlands.",
    "the culmination of a strategic alignment that has been developing over the last 6 years.",
    "such as 3M, Walgreens Boots Alliance, The Binding Site, Quotient Sciences, Kimal and Salts Healthcare.",
    "enhancing the Midlands reputation as a high performing, high calibre region.",
    "regional collaboration opportunities that Medilink Midlands will be ideally placed to capitalise on.",
    "Keith Widdowson, Chair of Medilink East Midlands, said:",
    "growth opportunities for our companies will drive the Midlands forwards to ever greater heights.”",
    "Prof Martin Levermore DL, Chair of Medilink West Midlands, added:",
    "become even better giving a pan regional delivery for all Medilink members.”",
    "lessons can be learnt for the continued collaboration with the Midlands Life Science sector.",
    "book onto next Tuesday’s event by visiting the Medilink Midlands website:",
]


@pytest.mark.parametrize(
    ("slug", "path", "selector", "starts", "ends", "words"),
    [
        ("sample-engine", ENGINE, ".post-content p", ENGINE_STARTS, ENGINE_ENDS, 371),
        ("sample-lifesci", LIFESCI, ".entry-content p", LIFESCI_STARTS, LIFESCI_ENDS, 576),
    ],
)
def test_seed_texts_are_complete_paragraph_by_paragraph(region, ask, slug, path, selector, starts, ends, words):
    page = BeautifulSoup(ask(region.addresses[slug] + path).body, "lxml")
    paragraphs = [" ".join(paragraph.get_text().split()) for paragraph in page.select(selector)]
    assert len(paragraphs) == len(starts)
    for paragraph, start, end in zip(paragraphs, starts, ends, strict=True):
        assert paragraph.startswith(start) and paragraph.endswith(end)
    assert sum(len(paragraph.split()) for paragraph in paragraphs) == words


def test_the_engine_seed_is_surrounded_as_on_its_own_site(region, ask):
    page = BeautifulSoup(ask(region.addresses["sample-engine"] + ENGINE).body, "lxml")
    assert page.h1.get_text() == "Midlands Life Science Symposium brings together partners from across the region"
    assert page.select_one(".post-date").get_text() == "Date posted: February 26, 2021"
    assert page.select_one("img.lead")["alt"] == (
        "a woman wearing a protective face shield, looking at six purple circles in test trays"
    )
    assert [share.span.get_text() for share in page.select(".share")] == ["Share", "Share"]
    assert "Keep Updated" in page.get_text()
    assert page.select_one(".rail h2").get_text() == "Latest News & Events"
    cards = [
        (card.select_one(".card__category").get_text(), card.select_one(".card__date").get_text())
        for card in page.select(".rail .card")
    ]
    assert cards == [
        ("Transport", "Mar 1 2024"),
        ("Transport", "Mar 1 2024"),
        ("Economic Opportunities", "Feb 29 2024"),
    ]
    assert "launches today (29th February)" in page.select(".rail .card")[2].get_text()


def test_the_lifesci_seed_is_surrounded_as_on_its_own_site(region, ask):
    page = BeautifulSoup(ask(region.addresses["sample-lifesci"] + LIFESCI).body, "lxml")
    lines = [line.strip() for line in page.select_one(".entry").get_text("\n").split("\n") if line.strip()]
    assert lines[:3] == ["People & places", "Bright future for life sciences in the Midlands", "July 6, 2020"]
    assert lines[-2:] == ["News & Analysis", "by Editor"]
    assert "application/ld+json" not in page.decode() and "og:" not in page.decode()


def test_what_must_be_read_from_the_engine_seed(region):
    here = region.addresses["sample-engine"]
    (post,) = [post for post in truth(region.addresses) if post.url == here + ENGINE]
    assert (post.slug, post.kind, post.language) == ("sample-engine", "news", "en-GB")
    assert post.title == "Midlands Life Science Symposium brings together partners from across the region"
    assert (post.published, post.modified, post.byline, post.categories) == ("2021-02-26", None, None, ())
    assert (post.event_start, post.event_end, post.event_status) == (None, None, None)
    assert post.canonical_url == here + ENGINE
    assert post.og_title == post.title
    assert post.og_image == here + "wp-content/uploads/2021/02/face-shield.png"
    assert post.share_networks == ("email", "facebook", "linkedin", "whatsapp", "x")
    assert post.first_sentence == (
        "A virtual event series, held throughout 2021, aims to shine a light on the strengths of the Midlands life "
        "sciences sector as well as the role it can play in tackling COVID-19, delivery of the Life Sciences "
        "Industrial Strategy and adoption and innovation within the NHS."
    )
    assert post.last_sentence == ENGINE_STARTS[-1]
    assert (post.must_archive, post.answers, post.moved_from) == (True, 200, None)


def test_what_must_be_read_from_the_lifesci_seed(region):
    here = region.addresses["sample-lifesci"]
    (post,) = [post for post in truth(region.addresses) if post.url == here + LIFESCI]
    assert (post.slug, post.kind, post.language) == ("sample-lifesci", "news", "en-GB")
    assert post.title == "Bright future for life sciences in the Midlands"
    assert (post.published, post.modified, post.byline) == ("2020-07-06", None, "Editor")
    assert post.categories == ("People & places", "News & Analysis")
    assert (post.event_start, post.event_end, post.event_status) == (None, None, None)
    assert (post.canonical_url, post.og_title, post.og_image) == (here + LIFESCI, None, None)
    assert post.share_networks == ()
    assert post.first_sentence == (
        "The amalgamation of Medilink East and West Midlands has been given the seal of approval in a move which will "
        "serve the best interests of the life sciences sector in the Midlands."
    )
    assert post.last_sentence == (
        "You can find out more about Medilink Midlands and book onto next Tuesday’s event by visiting the Medilink "
        "Midlands website:"
    )
    assert (post.must_archive, post.answers, post.moved_from) == (True, 200, None)
