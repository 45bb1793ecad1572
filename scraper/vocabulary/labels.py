"""The forms in which one label is printed: folded, unframed, taken apart, loosely spelled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LONGEST = 160  # characters; what is longer is a sentence, not a label
MOST_PARTS = 6

APOSTROPHES = re.compile("['’‘`´ʼ′]")
# French, Italian and Catalan articles: "l'économie" is filed under "économie"
ELISION = re.compile(r"\b(?:l|d|dell|all|nell|sull|dall)['’](?=\w)")
ABBREVIATION_DOT = re.compile(r"(?<=\b\w)\.")
NOT_A_WORD = re.compile(r"(?:[^\w]|_)+")
ANNOUNCED = re.compile(
    r"^(?:filed under|posted in|more on|in|topics?|categor(?:y|ies)|sections?|sectors?|themes?|tags?|archives?"
    r"|subjects?|kategori[ea]n?|rubri[kc]|rubrique|catégories?|categorías?|tema|temat|thema|thème|themen|categoria|categori|pwnc)"
    r"\s{0,3}:\s{0,3}"
)
COUNT_OR_LANGUAGE = re.compile(r"\s{0,3}[(\[](?:\d{1,6}|[a-z]{2,3})[)\]]$")
CONJUNCTION = re.compile(
    r"\s{0,3}[,;]\s{0,3}(?:(?:and|&)\s)?|\s(?:&|\+|and|y|e|ed|et|und|en|i|oraz|ac|și|şi|si|ir|او|اور)\s",
    re.IGNORECASE,
)
WELSH_AND = re.compile(r"\s{0,3}[,;]\s{0,3}|\s(?:a|ac|&)\s", re.IGNORECASE)  # in English, an article
STEP = re.compile(r"\s{0,3}(?:[>»›→|/\\⟩]|::?)\s{0,3}|\s[-–—·•]\s")
RECURRING = re.compile(r" of the (?:day|week|fortnight|month|season|year)$")
YEAR = re.compile(r"(?:19|20)\d\d")

# Words that say where or how something is printed, not what it is about; they frame a label at either end.
BEFORE = frozenset(
    "the our your all more latest local regional national uk recent other top breaking new key weekly daily "
    "newyddion actualités actualité actu aktuelles aktualności wiadomości noticias știri notizie nieuws".split()
)
AFTER = frozenset(
    "news update updates story stories article articles blog blogs post posts headline headlines section page pages "
    "archive archives features feature roundup bulletin briefing newsletter digest releases videos podcasts hub "
    "service services industry industries sector sectors issue issues project projects initiatives campaigns support "
    "fc "
    "newyddion nachrichten aktuell aktualności wiadomości noticias nieuws".split()
)
HISSED = ("sses", "shes", "ches", "xes")  # plurals that take an e
LETTERS = str.maketrans({"ł": "l", "ß": "ss", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
LINKING = frozenset({"and", "the", "for"})
SHORTEST_RESPELLED = 6  # letters; "alle" is not "ale"
RESPELLED = (("iz", "is"), ("yz", "ys"), ("ll", "l"), ("ae", "e"), ("oe", "e"))
BRITISH = {
    "behavior": "behaviour",
    "catalog": "catalogue",
    "center": "centre",
    "color": "colour",
    "defense": "defence",
    "dialog": "dialogue",
    "fiber": "fibre",
    "harbor": "harbour",
    "honor": "honour",
    "humor": "humour",
    "jewelry": "jewelery",
    "labor": "labour",
    "license": "licence",
    "neighbor": "neighbour",
    "neighborhood": "neighbourhood",
    "offense": "offence",
    "pajama": "pyjama",
    "plow": "plough",
    "practise": "practice",
    "program": "programme",
    "skeptic": "sceptic",
    "theater": "theatre",
    "tire": "tyre",
}


def fold(label: str) -> str:
    """Return the form for comparing labels: NFKC, no case, no punctuation, "&" as "and", single spaces."""
    if label.isascii() and label.replace(" ", "").isalpha():  # most labels; the rest costs five times as much
        return " ".join(label.casefold().split())
    text = unicodedata.normalize("NFKC", label[: 2 * LONGEST]).casefold().strip()
    if not text.isalpha():
        text = ANNOUNCED.sub("", text)
        text = COUNT_OR_LANGUAGE.sub("", text)
        text = APOSTROPHES.sub("", ELISION.sub("", text).replace("&", " and ").replace(" + ", " and "))
        text = NOT_A_WORD.sub(" ", ABBREVIATION_DOT.sub("", text)).strip()
    return text


def unframe(folded: str) -> Iterator[str]:
    """Yield a label without the words that frame it ("Latest business news"), the fewest words dropped first."""
    if RECURRING.search(folded):
        yield RECURRING.sub("", folded)
    words = folded.split(" ")
    before = next((n for n, word in enumerate(words) if word not in BEFORE), len(words))
    after = next((n for n, word in enumerate(reversed(words)) if not is_after(word)), len(words))
    pairs = [(left, right) for left in range(min(before, 3) + 1) for right in range(min(after, 3) + 1)]
    for left, right in sorted(pairs[1:], key=lambda pair: (sum(pair), pair)):
        if left + right < len(words):
            yield " ".join(words[left : len(words) - right])


def is_after(word: str) -> bool:
    """Tell whether a word at the end of a label only frames it."""
    return word in AFTER or YEAR.fullmatch(word) is not None


def split_parts(label: str) -> tuple[str, ...]:
    """Return what a label sets side by side ("Housing & planning"); nothing when it names one thing or too many."""
    return _split(CONJUNCTION, label)


def split_welsh(label: str) -> tuple[str, ...]:
    """Return what a Welsh label sets side by side ("Busnes a menter"); nothing when it names one thing or too many."""
    return _split(WELSH_AND, label)


def split_steps(label: str) -> tuple[str, ...]:
    """Return the steps of a path ("News > Business"), the widest first; nothing when there is one step only."""
    return _split(STEP, label)


def _split(separator: re.Pattern[str], label: str) -> tuple[str, ...]:
    parts = tuple(part for part in separator.split(label[:LONGEST], maxsplit=MOST_PARTS) if fold(part))
    return parts if 1 < len(parts) <= MOST_PARTS else ()


def loosen(folded: str) -> str:
    """Return a key that is blind to plurals, British or American spelling, accents, spaces and linking words."""
    words, respelled = folded.split(" "), len(folded) >= SHORTEST_RESPELLED
    return "".join(_loosen_word(word, respelled) for word in words if word not in LINKING) or folded


@lru_cache(maxsize=32_768)
def _loosen_word(word: str, respelled: bool) -> str:
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word.translate(LETTERS))
        word = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    for american, british in RESPELLED if respelled else ():
        word = word.replace(american, british)
    one = singular(word)
    return BRITISH.get(one, one)


def singular(word: str) -> str:
    """Return a word without the ending of an English plural, as far as a rule can tell."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(HISSED) else word[:-1]
