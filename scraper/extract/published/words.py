"""The words beside a date that say what it is the date of."""

from __future__ import annotations

import re
from typing import Final, Literal

Label = Literal["published", "modified", "issue", "dated", "other"]

PUBLISHED: Final = (
    "published|posted|publication date|date published|first published|(?:press|news|media) release|release date|date posted|issued|"  # en
    "cyhoeddwyd|postiwyd|dyddiad cyhoeddi|"  # cy
    "opublikowano|opublikowany|opublikowane|data publikacji|publikacja|dodano|utworzono|data dodania|"  # pl
    "publié|publiée|publie le|mis en ligne|mise en ligne|date de publication|paru le|posté|créé|"  # fr
    "veröffentlicht|veröffentlichung|erstellt|erschienen|publiziert|eingestellt|verfasst|geschrieben|erstmals|(?:mitteilung|meldung|artikel|beitrag|nachricht|bericht|eintrag|news) vom|"  # de
    "publicado|publicada|fecha de publicación|publicación|"  # es, pt
    "pubblicato|pubblicata|data di pubblicazione|"  # it
    "gepubliceerd|geplaatst|publicatiedatum|"  # nl
    "data de publicação|postado|"  # pt
    "publicat|data publicării|publicată|postat|adăugat|"  # ro
    "publicerad|publicerat|publiceret|udgivet|publisert|offentliggjort|julkaistu|"  # sv, da, nb, fi
    "publikováno|zveřejněno|vydáno|vloženo|publikované|zverejnené|"  # cs, sk
    "megjelent|közzétéve|δημοσιεύθηκε|δημοσίευση|yayınlanma|yayın tarihi|опубликовано|опубліковано|дата публикации|"
    "نشر|تاريخ النشر|شائع"
)
MODIFIED: Final = (
    "updated|update|modified|last edited|edited|amended|reviewed|revised|last changed|last change|last reviewed|corrected|"
    "diweddarwyd|diwygiwyd|golygwyd|"
    "zaktualizowano|aktualizacja|zmodyfikowano|ostatnia modyfikacja|data modyfikacji|ostatnia zmiana|"
    "mis à jour|mise à jour|modifié|modifiée|actualisé|màj|maj|"
    "aktualisiert|aktualisierung|geändert|letzte änderung|stand|zuletzt bearbeitet|überarbeitet|bearbeitet|update|"
    "actualizado|actualizada|actualización|modificado|modificada|última actualización|"
    "aggiornato|aggiornata|aggiornamento|ultima modifica|modificato|"
    "bijgewerkt|gewijzigd|laatst aangepast|laatste update|aangepast|"
    "atualizado|atualizada|atualização|"
    "actualizat|actualizată|modificat|ultima actualizare|"
    "uppdaterad|uppdaterat|senast ändrad|opdateret|oppdatert|sist endret|sidst ændret|päivitetty|muokattu|"
    "aktualizováno|upraveno|aktualizované|upravené|"
    "frissítve|módosítva|ενημερώθηκε|ενημέρωση|güncelleme|güncellendi|обновлено|оновлено|изменено|"
    "تحديث|آخر تحديث"
)
OTHER: Final = (
    "deadline|release|erscheinungsdatum|closing date|expires|expiry|valid until|when|event date|starts|ends|start date|end date|born|founded|established|"
    "copyright|©|retrieved|accessed|last visited|member since|joined|registered|since|until|next|effective|due|termin|beginn|"
    "wann|veranstaltungsdatum|gültig|geboren|abgerufen|mitglied seit|registriert|abgelaufen|einsendeschluss|bis zum|"
    "date limite|échéance|fecha límite|fino al|scadenza|termin składania|dyddiad cau|crawled|archived|copyrighted"
)
ISSUE: Final = "ausgabe vom|ausgabe|print edition|print issue|issue|wydanie|édition du|edición del"
DATED: Final = "date|datum|data|fecha|dyddiad|dato|päivämäärä|дата|التاريخ"
LABEL: Final = re.compile(
    rf"(?<!\w)(?:(?P<issue>{ISSUE})|(?P<modified>{MODIFIED})|(?P<published>{PUBLISHED})|(?P<other>{OTHER})|(?P<dated>{DATED}))(?!\w)", re.IGNORECASE
)
FARTHEST: Final = 30
"""Characters between a label and its date: 'Published by the communications team on'."""

TRAILING: Final = re.compile(
    r"^\W{0,3}(?:\w{1,12}\W{1,3}){0,5}?(?:(?P<published>veröffentlicht|publiziert|erstellt|gepubliceerd|publié|published|posted)|"
    r"(?P<modified>aktualisiert|geändert|bearbeitet|bijgewerkt|gewijzigd|updated|modified))(?!\w)",
    re.IGNORECASE,
)
"""Verbs that follow their date: 'wurde am 3.12.2011 um 10 Uhr veröffentlicht'."""

NAMES: Final = re.compile(
    r"(?P<modified>modif|updat(?!ed(?:\s|$))|[_-]updated|changed|aktualis|revis)|(?P<published>publish|posted|pubdate|created|entry-?date|post-?date)", re.IGNORECASE
)
"""What class names and itemprops say."""


def label_before(words: str) -> Label | None:
    """Return what the last label before a date says, when it stands close enough."""
    found: Label | None = None
    for match in LABEL.finditer(words):
        if len(words) - match.end() <= FARTHEST:
            found = match.lastgroup  # type: ignore[assignment]
    return found


def label_after(words: str) -> Label | None:
    """Return what a verb right after a date says."""
    match = TRAILING.match(words)
    return match.lastgroup if match else None  # type: ignore[return-value]


def says_updated(name: str) -> bool:
    """Tell the class 'updated', which hAtom themes also give to the one date that they print."""
    return "updated" in name.split()


def label_of_name(name: str) -> Label | None:
    """Return what a class name or itemprop says."""
    match = NAMES.search(name)
    return match.lastgroup if match else None  # type: ignore[return-value]
