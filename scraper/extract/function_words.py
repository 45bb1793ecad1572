"""The language of a text by its commonest small words: enough for most texts, without a model in memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

# Words that hardly any sentence does without. The codes are those of py3langid's model, which is asked about the
# texts that they do not tell.
SMALL_WORDS: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the of and to in is for that on with was as it by be at from this have are has an will not or which "
        "were their its been they said who after more we our his her would",
        "cy": "y a i o yr yn ar ac am mae gan wedi bydd fod eu sydd ei hyn gyda oedd i'r o'r a'r ym yng hon hwn ni "
        "na nhw ein fel cael bod",
        "ga": "a i an na ar le agus go don sa ag leis is bhí tá gur ón faoi mar ach sé do den nach seo sin ina",
        "de": "der die und das den von mit dem des im ist für auf nicht ein eine auch sich zu es als an bei nach "
        "aus einen einem wird werden hat zum zur sie dass über haben wurde sind oder er aber noch vor durch",
        "fr": "à a y le la les des et du une un en que qui dans pour est au sur pas ce par avec plus ne se il aux "
        "sont cette son sa ses été elle nous ont leur mais ou",
        "es": "y a e o el la los de en que las del un una por con para es se su al lo más no como ha sus son este "
        "esta fue han entre desde pero sobre también",
        "ca": "i a el la els les de en que del dels un una per amb és es al als són ha més aquest aquesta com però "
        "també va no ho seva seu han ser",
        "gl": "o a e os as do da dos das que un unha en por para con non no na nos nas máis súa seu se ao polo pola "
        "foi é ou tamén como este esta sobre ás",
        "pt": "o a e é à os as do da dos das em que um uma para com não no na nos nas por ao se mais sua seu foi "
        "são pela pelo como também ou ser está",
        "it": "e i a è il di che la per un una del della in con le sono si non da gli dei alla nel al più anche ha "
        "come lo delle dal questo questa nella sul",
        "nl": "de het een van en in op te dat voor met zijn is niet aan er die om door ook bij naar uit worden "
        "wordt werd maar heeft deze hebben nog over tot",
        "pl": "w z i o u a na się do nie że jest od przez dla po jak za oraz są to ze ale czy było będzie tym tego "
        "został także przy co jego",
        "sv": "i och att det som en på är av för med den till har inte om ett var de vi kan från så vid men också "
        "när efter ska eller hade",
        "da": "i og at det er en til af på for med den der ikke som de har et var fra kan vil om men ved blev også "
        "efter over når være nu sig bliver hun mere noget selv flere gennem mellem både uden siger meget "
        "andre kunne skulle hvor hvad år få får",
        "no": "i og det er på en til som av for at med den har de ikke et om var fra vi kan men ved også etter over "
        "når være seg ble blir hun mer noe selv flere gjennom mellom både uten sier mye andre kunne skulle "
        "hvor hva år få får nå",
        "cs": "a v o k s z i na se je že do to ve pro za po byl od jako jsou ale by které který jeho podle také "
        "bylo jsme při",
        "ro": "a o și în de la cu pe care din nu că un pentru mai au este sunt fost ca prin sau dar după iar acest "
        "această lui ale al",
        "tr": "ve bir bu da de için ile olarak çok daha en gibi olan kadar sonra ne ise her ancak göre var oldu "
        "değil yeni ki mi",
    }.items()
}
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
LEAST = 6  # small words; fewer may be a chance
SHARE = 0.15  # of all words
APART = 3  # times as many of the words that tell a language from the next


@cache
def languages_of() -> Mapping[str, Sequence[str]]:
    """Return for each small word the languages it belongs to."""
    found: dict[str, list[str]] = {}
    for code, known in SMALL_WORDS.items():
        for word in known:
            found.setdefault(word, []).append(code)
    return found


def is_prose(sample: str) -> bool:
    """Say whether a text is written in sentences and not a list of names and figures, which is of no language."""
    words = WORD.findall(sample)
    return 3 * sum(not word[0].isupper() for word in words) > len(words)


def tell(sample: str) -> str | None:
    """Return the language of a text by its small words; None when they are few or do not tell two languages apart.

    Only words in lower case count: a capital may be an initial or begin a name.
    """
    words, known = WORD.findall(sample), languages_of()
    counts = Counter(code for word in words for code in known.get(word, ()))
    (code, most), (second, _) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    if most < max(LEAST, SHARE * len(words)):
        return None
    own, other = SMALL_WORDS[code], SMALL_WORDS.get(second, frozenset())
    apart = sum(word in own and word not in other for word in words)
    against = sum(word in other and word not in own for word in words)
    return code if apart >= max(LEAST / 2, APART * against) else None
