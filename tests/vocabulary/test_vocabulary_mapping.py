"""From a partner's label to a term, step by step."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.vocabulary import load, map_label, suggest
from scraper.vocabulary.crosswalk import Match
from scraper.vocabulary.labels import fold, loosen, split_parts, split_steps, unframe
from scraper.vocabulary.typos import is_slip

NO_TOPICS = """
News|Latest|Latest news & events|Press releases|Press Release|Featured|Blog|Events|Uncategorised
Uncategorized|Case studies|Video|Videos|In Pictures|Opinion|Announcements|General|Top stories
Letters|Newsletter|News & Analysis|2024|March 2024|Spring 2023|West Midlands|Leicester|United Kingdom
Aktuelles|Actualités|Aktualności|Newyddion|Noticias|Știri|Notizie|Nieuws|خبریں|Bez kategorii
Sin categoría|Non classé|Fără categorie|Allgemein|Pressemitteilungen|Komunikaty prasowe
Communiqués de presse|Datganiadau i'r wasg|Galeria|Agenda|Home|Miscellaneous|News (14)|Local news
Latest updates|Our news|News and events|Member news|Podcasts|Webinars|Publications|Reports|Resources
About us|Staff|Trustees|Governors|Senior leadership team|Sandwell Council|Derby City Council
"""


def name(label: str, language: str | None = None) -> str | None:
    return map_label(label, language=language).label


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("HEALTH", "health"),
        ("  Arts &amp ", "arts and amp"),
        ("Arts & Culture", "arts and culture"),
        ("Arts+culture", "arts culture"),
        ("Women’s rights", "womens rights"),
        ("U.S. News", "us news"),
        ("Topic: Housing", "housing"),
        ("Category : Sport", "sport"),
        ("Kategorie: Umwelt", "umwelt"),
        ("Sport (12)", "sport"),
        ("Sport (pl)", "sport"),
        ("#NetZero", "netzero"),
        ("health-wellbeing", "health wellbeing"),
        ("business_economy", "business economy"),
        ("L’économie", "économie"),
        ("Ｈｏｕｓｉｎｇ", "housing"),
        ("R&D", "r and d"),
        ("—", ""),
    ],
)
def test_fold(printed, folded):
    assert fold(printed) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("theatre", "theaters"),
        ("e commerce", "ecommerce"),
        ("health wellbeing", "health and well being"),
        ("organisation", "organizations"),
        ("sante", "santé"),
        ("city", "cities"),
        ("zycie", "życie"),
        ("labour law", "labor laws"),
    ],
)
def test_loosened_alike(one, other):
    assert loosen(one) == loosen(other)


def test_a_frame_is_dropped_word_by_word():
    assert next(unframe("latest business news")) == "latest business"
    assert "business" in unframe("latest business news")
    assert list(unframe("news")) == []


def test_parts_and_steps():
    assert split_parts("Housing, planning & building") == ("Housing", "planning", "building")
    assert split_parts("Housing") == ()
    assert split_steps("News > Business › Retail") == ("News", "Business", "Retail")
    assert split_steps("Well-being") == ()


@pytest.mark.parametrize(
    ("label", "overrides", "term", "reason"),
    [
        ("Sport", {"Sport": "medtop:20000539"}, "medtop:20000539", "partner override"),
        ("SPORT ", {"Sport": "medtop:20000539"}, "medtop:20000539", "partner override"),
        ("Sport", {"Sport": ""}, None, "not topical: partner override"),
        ("Sport", {"Health": "medtop:20000539"}, "medtop:15000000", "exact"),
        ("HS2", None, "medtop:20000340", "alias: the term or a part of it"),
        ("Iechyd", None, "medtop:07000000", "translated: cy"),
        ("Latest health news", None, "medtop:07000000", "exact"),
        ("Elections 2024", None, "medtop:20000574", None),
        ("Health & weather", None, "medtop:07000000", "part: Health"),
        ("Football & sport", None, "medtop:15000000", "part: sport"),
        ("News & sport", None, "medtop:15000000", "part: sport"),
        ("Theaters", None, "medtop:20000029", None),
        ("Sante", "", "medtop:07000000", "fuzzy: Santé"),
        ("Apprentiships", None, None, "unmapped"),
        ("Environmnet", None, "medtop:06000000", "fuzzy: environment"),
        ("News > Sport > Rugby union", None, "medtop:20001036", "part: Rugby union"),
        ("Sport > Under 12s", None, "medtop:15000000", "part: Sport"),
        ("Home / News / Latest", None, None, "not topical: says only that it is news"),
        ("Zorblax", None, None, "unmapped"),
        ("", None, None, "unmapped"),
    ],
)
def test_order_of_precedence(label, overrides, term, reason):
    found = map_label(label, overrides=overrides or None)
    assert found.term == term
    assert reason is None or found.reason == reason


def test_an_english_label_does_not_lose_its_plural_to_another_language():
    assert name("Games") == name("Game") == "game"
    assert name("Exports") == "exports"


def test_an_ampersand_without_spaces_is_part_of_a_word():
    assert name("Innovation & R&D") == "scientific innovation"


def test_the_welsh_word_for_and_is_an_article_in_english():
    assert name("Busnes a menter") == name("Run a business") == "economy, business and finance"
    assert name("Rent a marquee") is None


def test_what_recurs_is_about_what_recurs():
    assert name("Book of the month") == "literature"
    assert name("Walk of the week") == "recreational hiking and climbing"


def test_an_override_outside_the_vocabulary_has_no_label():
    found = map_label("Fjords", overrides={"Fjords": "medtop:20009999"})
    assert found == Match(term="medtop:20009999", reason="partner override")


def test_the_language_of_the_post_decides_between_rows():
    assert map_label("Formation", language="fr-FR").reason == "translated: fr"
    assert name("Kultura", "en-GB") == name("Kultura", "pl") == "culture"


@pytest.mark.parametrize(
    ("label", "term"),
    [
        ("Net Zero", "climate change"),
        ("Levelling Up", "regional development policy"),
        ("Skills", "employment training"),
        ("Planning", "housing and urban planning policy"),
        ("Devolution", "regional government and authority"),
        ("Bins & Recycling", "waste management"),
        ("Visitor economy", "tourism and leisure industry"),
        ("Life sciences", "healthcare industry"),
        ("Apprenticeships", "apprenticeship"),
        ("What's On", "arts and entertainment"),
        ("Cost of Living", "prices"),
        ("Inward investment", "investments"),
        ("Pogoda", "weather"),
        ("Chwaraeon", "sport"),
        ("Météo", "weather"),
        ("Wirtschaft", "economy"),
        ("Medio ambiente", "environment"),
        ("Știință", "science and technology"),
        ("کھیل", "sport"),
    ],
)
def test_words_of_the_regions(label, term):
    assert name(label) == term


@pytest.mark.parametrize(
    ("label", "term"),
    [
        ("Derby business", "economy, business and finance"),
        ("Transport in Leicester", "transport"),
        ("West Midlands manufacturing", "manufacturing and engineering"),
        ("Nottingham Museums", "library and museum"),
        ("Stoke-on-Trent", None),
        ("Derby Zorblax", None),
        ("Nottingham Forest FC", "soccer"),  # a club, neither a place nor a wood
        ("Leicester City", "soccer"),
        ("Cancer services", "cancer"),
        ("Energy sector", "energy and resource"),
        ("Private sector", None),
        ("Our services", None),
        ("Members' services", None),
    ],
)
def test_a_place_or_a_sector_only_frames_the_topic(label, term):
    assert name(label) == term


@pytest.mark.parametrize(
    ("label", "term"),
    [
        ("Roman history", "history"),
        ("Postgraduate research", "scientific research"),
        ("Unheard-of crime news", "crime"),
        ("Derby Trent University", "college and university"),  # the place alone leads nowhere
        ("Company culture", None),  # not of the kind
        ("The long story of how we came to history", None),  # a sentence
        ("Members' photographs", None),
    ],
)
def test_a_compound_is_of_the_kind_it_ends_with(label, term):
    assert name(label) == term


@pytest.mark.parametrize("label", NO_TOPICS.strip().replace("\n", "|").split("|"))
def test_labels_that_are_no_topics_stay_unmapped(label):
    found = map_label(label)
    assert found.term is None
    assert found.reason.startswith("not topical: ")


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("Apprenticeship's", "apprenticeship"),
        ("Manufacturring", "manufacturing and engineering"),
        ("Regenaration", "regional development policy"),
        ("Agirculture", "agriculture"),
        ("Cyber-secuirty", "cyber crime"),
        ("Volunteeering", "volunteering"),
        ("Travel and Torism", "travel and tourism"),
        ("Plannning", "housing and urban planning policy"),
    ],
)
def test_slips_of_the_keyboard(label, meant):
    assert name(label) == meant


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("baking", "banking"),
        ("planting", "planning"),
        ("emigration", "immigration"),
        ("framing", "farming"),
        ("renovation", "innovation"),
        ("conversation", "conservation"),
        ("mitigation", "migration"),
        ("trading", "training"),
        ("intelligencer", "intelligence"),
    ],
)
def test_one_word_is_not_a_slip_of_another(key, known):
    assert not is_slip(key, known)


@given(st.text(max_size=400), st.sampled_from([None, "en", "cy", "x-klingon", ""]))
def test_no_label_makes_it_raise(label, language):
    found = map_label(label, language=language, overrides={label[:3]: "", "Sport": "medtop:15000000"})
    assert found.term is None or found.term in load()
    assert found.reason


@settings(deadline=None)  # the first call reads the tables
@given(st.text(max_size=200), st.integers(min_value=-2, max_value=8))
def test_suggestions_are_few_and_in_order(label, limit):
    scores = [suggestion.score for suggestion in suggest(label, limit=limit)]
    assert len(scores) <= max(limit, 0)
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_a_suggestion_is_near():
    assert "housing and urban planning policy" in [found.label for found in suggest("Homes, housing and stuff")]
    assert suggest("") == []
