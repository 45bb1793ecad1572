"""The language of a post: what is declared, what small words tell, and when the model is asked."""

from __future__ import annotations

import pytest

from scraper.extract import function_words, language
from scraper.models import Claim

TOLD = {
    "en": "The council said that it has agreed the plan for the new bridge, which will be built in the spring and is "
    "to be open by the end of the year.",
    "cy": "Mae'r cyngor wedi dweud bod y bont newydd yn cael ei hadeiladu yn y gwanwyn ac y bydd hi ar agor erbyn "
    "diwedd y flwyddyn gyda chymorth gan y llywodraeth.",
    "de": "Der Rat hat den Plan für die neue Brücke beschlossen, die im Frühjahr gebaut wird und bis zum Ende des "
    "Jahres für alle offen sein soll.",
    "fr": "Le conseil a dit que le pont, qui est construit au printemps, sera ouvert avant la fin de l'année pour "
    "tous les habitants de la ville et des villages.",
    "es": "El consejo dice que el puente se construye en la primavera y que está abierto para todos los vecinos de "
    "la ciudad desde el fin del año.",
    "ca": "El consell diu que el pont es fa a la primavera i que és obert per a tots els veïns de la ciutat amb un "
    "pas nou, però també per als vianants.",
    "pl": "Rada mówi, że most jest budowany na wiosnę i że do końca roku będzie otwarty dla mieszkańców, ale nie za "
    "darmo, jak to było przez lata.",
    "no": "Rådet sier at broen blir bygget til våren og at den er åpen for alle mot slutten av året, noe som ikke har "
    "vært mulig uten hjelp fra staten.",
    "da": "Rådet siger, at broen bliver bygget til foråret, og at den er åben for alle mod slutningen af året, noget "
    "der ikke har været muligt uden hjælp fra staten.",
}


@pytest.mark.parametrize("code", TOLD)
def test_small_words_tell_a_language(code: str) -> None:
    assert function_words.tell(TOLD[code]) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Opening night",
        "1. DJK Ellwangen 53,09 sec. Greiner, Anja 1992; Hofbauer, Heike 1992; Staudenmayer, Julia 1993",
        "Uuendatud sild avatakse kevadel ning linnavalitsuse teatel saavad elanikud sellel tasuta sõita terve aasta.",
        f"{TOLD['en']} {TOLD['de']}",
    ],
)
def test_small_words_that_are_few_or_of_two_languages_tell_none(text: str) -> None:
    assert function_words.tell(text) is None


@pytest.mark.parametrize(
    ("declared", "partner", "text", "found"),
    [
        ("en-US", "en-GB", TOLD["de"], "en-US"),  # page and partner agree: nobody reads the text
        ("en-US", "cy", TOLD["cy"], "cy"),  # a theme's own lang
        ("de-AT", "en-GB", TOLD["de"], "de-AT"),
        (None, "en-GB", TOLD["fr"], "fr"),
        ("de", "en-GB", "Greiner, Anja 1992; Hofbauer, Heike 1992; Staudenmayer, Julia 1993; Sponar, Anika", "de"),
        (None, "en-GB", "Opening night", None),
    ],
)
def test_the_text_settles_what_page_and_partner_say_differently(
    declared: str | None, partner: str, text: str, found: str | None
) -> None:
    claims = [Claim(value=declared, found_in="html_meta:lang")] if declared else []
    chosen = language.choose(claims, partner, text)
    assert (chosen.value if chosen else None) == found
