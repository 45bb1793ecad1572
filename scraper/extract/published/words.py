"""The words beside a date that say what it is the date of."""

from __future__ import annotations

import re
from typing import Final, Literal

Label = Literal["published", "modified", "issue", "dated", "created", "other"]

PUBLISHED: Final = {
    "en": "published|posted|publication date|date published|first published|(?:press|news|media) release|release date|"
    "date posted|issued|for immediate release|immediate release|embargo|embargoed(?: until)?",
    "cy": "cyhoeddwyd|postiwyd|dyddiad cyhoeddi",
    "pl": "opublikowano|opublikowany|opublikowane|data publikacji|publikacja|dodano|utworzono|data dodania",
    "fr": "publié|publiée|publie le|mis en ligne|mise en ligne|date de publication|paru le|posté|créé",
    "de": "veröffentlicht|veröffentlichung|erstellt|erschienen|publiziert|eingestellt|verfasst|geschrieben|erstmals|"
    r"\w{0,20}(?:mitteilung|meldung|artikel|beitrag|nachricht|bericht|eintrag|news) vom",
    "es": "publicado|publicada|fecha de publicación|publicación",
    "it": "pubblicato|pubblicata|data di pubblicazione",
    "nl": "gepubliceerd|geplaatst|publicatiedatum",
    "pt": "data de publicação|postado",
    "ro": "publicat|publicată|data publicării|postat|adăugat",
    "sv da nb fi": "publicerad|publicerat|publiceret|udgivet|publisert|offentliggjort|julkaistu",
    "cs sk": "publikováno|zveřejněno|vydáno|vloženo|publikované|zverejnené",
    "hu el tr": "megjelent|közzétéve|δημοσιεύθηκε|δημοσίευση|yayınlanma|yayın tarihi",
    "ru uk ar ur": "опубликовано|опубліковано|дата публикации|نشر|تاريخ النشر|شائع",
}
MODIFIED: Final = {
    "en": "updated|update|modified|last edited|edited|amended|reviewed|revised|last changed?|last reviewed|corrected",
    "cy": "diweddarwyd|diwygiwyd|golygwyd",
    "pl": "zaktualizowano|aktualizacja|zmodyfikowano|data modyfikacji|ostatnia (?:zmiana|modyfikacja)",
    "fr": "mis à jour|mise à jour|modifié|modifiée|actualisé|màj|maj",
    "de": r"akt(?=\.?\s?:)|aktualisiert|aktualisierung|geändert|letzte änderung|stand|zuletzt bearbeitet|überarbeitet|"
    "bearbeitet",
    "es": "actualizado|actualizada|actualización|modificado|modificada|última actualización",
    "it": "aggiornato|aggiornata|aggiornamento|ultima modifica|modificato",
    "nl": "bijgewerkt|gewijzigd|laatst aangepast|laatste update|aangepast",
    "pt": "atualizado|atualizada|atualização",
    "ro": "actualizat|actualizată|modificat|ultima actualizare",
    "sv da nb fi": "uppdaterad|uppdaterat|opdateret|oppdatert|senast ändrad|s(?:ist endret|idst ændret)|päivitetty",
    "cs sk": "aktualizováno|upraveno|aktualizované|upravené",
    "hu el tr": "frissítve|módosítva|ενημερώθηκε|ενημέρωση|güncelleme|güncellendi",
    "ru uk ar": "обновлено|оновлено|изменено|تحديث|آخر تحديث",
}
OTHER: Final = {
    "en": "deadline|release|closing date|expires|expiry|valid until|when|event date|starts|ends|start date|end date|"
    r"opened|opens|closed|closes|(?:start|end)(?=\s?:)|born|founded|established|retrieved|accessed|last visited|"
    "member since|joined|registered|"
    "since|until|held on|next (?:meeting|event|review|date)|effective (?:from|date|as of|on)|due|crawled|archived",
    "de": r"erscheinungsdatum|nächst\w{1,2}|termin|beginn|wann|"
    "veranstaltungsdatum|gültig|geboren|abgerufen|mitglied seit|registriert|"
    "abgelaufen|einsendeschluss|bis zum",
    "cy pl fr es it": "dyddiad cau|termin składania|date limite|échéance|fecha límite|fino al|scadenza",
}
ISSUE: Final = "ausgabe vom|ausgabe|print edition|print issue|issue|wydanie|édition du|edición del"
DATED: Final = "date|datum|data|fecha|dyddiad|dato|päivämäärä|дата|التاريخ"
LABELS: Final = (
    rf"(?<!\w)(?:(?P<issue>{ISSUE})|(?P<modified>{'|'.join(MODIFIED.values())})"
    rf"|(?P<published>{'|'.join(PUBLISHED.values())})|(?P<other>{'|'.join(OTHER.values())})|(?P<dated>{DATED})"
    rf"|(?P<created>created))(?!\w)"
)
LABEL: Final = re.compile(LABELS.replace(" ", r"\s"))
"""For words in lower case: with IGNORECASE, `re` tries each of 200 words at each place, at four times the cost."""

OPENING: Final = frozenset(("opened", "opens", "closed", "closes"))
"""Labels of a consultation's days where nothing else is on their line; headlines have them too."""

CALLS: Final = re.compile(
    r"\s{0,3}(?:the |this |public )?(?:consultation|survey|applications?|nominations|bids|entries|tender|fund|call)"
    r"\s(?:has |have |was |were )?",
    re.IGNORECASE,
)
"""What is open for a while, and whose days are no publication."""

FARTHEST: Final = 30
"""Characters between a label and its date: 'Published by the communications team on'."""

LONGEST_LABEL: Final = 3
"""Words of a label on a line of its own: 'Closing date for entries'."""

TRAILING: Final = re.compile(
    r"^\W{0,3}(?:\w{1,12}\W{1,3}){0,5}?(?:"
    r"(?P<published>veröffentlicht|publiziert|erstellt|gepubliceerd|publié|published|posted)|"
    r"(?P<modified>aktualisiert|geändert|bearbeitet|bijgewerkt|gewijzigd|updated|modified))(?!\w)"
    r"(?!\W{1,4}(?:[^\W\d]{2,9}\W{1,3}){0,2}\d)",
    re.IGNORECASE,
)
"""Verbs that follow their date: 'wurde am 3.12.2011 um 10 Uhr veröffentlicht', and have none after them."""

NAMES: Final = re.compile(
    r"(?P<modified>modif|updat(?!ed(?:\s|$))|[_-]updated|changed|aktualis|revis)|"
    r"(?P<published>publish|posted|pubdate|created|entry-?date|post-?date)"
)
"""What class names and itemprops say; the bare class 'updated' is judged apart."""


def label_before(words: str) -> Label | None:
    """Return what the last label before a date says, when it stands close enough; lines are those of the page."""
    found: Label | None = None
    for match in LABEL.finditer(words.lower()):
        if len(words) - match.end() <= FARTHEST and not (match.lastgroup == "other" and is_prose(words, match)):
            found = match.lastgroup  # type: ignore[assignment]  # the groups are the labels
    return found


def is_prose(words: str, match: re.Match[str]) -> bool:
    """Tell a word in a sentence on a line before the date's own, as in 'What has changed since', from a label."""
    begun = words.rfind("\n", 0, match.start()) + 1
    if match.group() in OPENING and (
        is_other_subject(words[begun : match.start()]) or words[match.end() :].strip(" :\n") > ""
    ):
        return True
    line, after, _ = words[begun:].partition("\n")
    return bool(after) and line.count(" ") >= LONGEST_LABEL and not line.endswith(":")


def is_other_subject(led: str) -> bool:
    """Tell what may open as a headline says, "Hub opened", from "Consultation opened"."""
    return bool(led.strip()) and CALLS.fullmatch(led) is None


def label_after(words: str) -> Label | None:
    """Return what a verb right after a date says."""
    match = TRAILING.match(words)
    return match.lastgroup if match else None  # type: ignore[return-value]  # the groups are labels


def says_updated(name: str) -> bool:
    """Tell the class 'updated', which hAtom themes also give to the one date that they print."""
    return "updated" in name.split()


def label_of_name(name: str) -> Label | None:
    """Return what a class name or itemprop says."""
    match = NAMES.search(name.lower())
    return match.lastgroup if match else None  # type: ignore[return-value]  # the groups are labels
