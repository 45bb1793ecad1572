"""Blocks inside a post's text that belong to the page: pointers to other posts, share and comment labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .blocks import Block

SHORT = 60  # characters; a label, never a sentence of the post
LINE = 220

POINTER = re.compile(
    r"^\W{0,3}(?:read (?:more|also|next)|also read|see also|related(?: (?:articles?|stories|news|posts|content))?"
    r"|more on this|you may also like"
    r"|lesen sie (?:auch|mehr)|auch interessant|mehr zum thema|weitere (?:themen|beiträge|artikel|informationen)"
    r"|zum weiterlesen|siehe auch"
    r"|(?:à )?lire aussi|voir aussi|à voir|lea(?: también| más)?|lee también|mira|puedes ver|le puede interesar"
    r"|te puede interesar"
    r"|leggi anche|leia (?:também|mais)|lees ook|läs också|les også|czytaj (?:też|także)|darllenwch (?:hefyd|mwy)"
    r"|más sobre)\b[^:]{0,40}(?::|$)",
    re.IGNORECASE,
)
COUNTED = (
    r"views?|reads?|visits?|visitors?|hits|downloads|likes|shares|aufrufe|vues|lectures|visitas|lecturas|letture"
    r"|visualizzazioni|visualizaciones|wyświetle\w{1,5}|odsłon\w{0,3}|vizualizări|afișări|edrychiadau?"
)
LABEL = re.compile(
    rf"^\W{{0,3}}(?:\d[\d.,\s]{{0,12}}(?:{COUNTED})|(?:{COUNTED})\s{{0,3}}:?\s{{0,3}}\d[\d.,\s]{{0,12}}"
    r"|you are (?:our )?visitor (?:number|no\.?|#)?\s{0,2}[\d.,]{1,12}"
    rf"|(?:(?:{COUNTED}|comments?|shared|viewed|read)?\W{{0,3}}\d[\d.,]{{0,12}}"
    rf" (?:{COUNTED}|comments?|times)\W{{0,3}}){{2,4}}"
    r"|this (?:page|article|post|story) (?:was|has been) (?:last )?(?:viewed|read|seen|shared)(?: by)? [\d.,]{1,12}"
    r" (?:people|persons|readers|users|times)"
    r"|[\d.,]{1,12} (?:people|persons|readers|users) (?:are|have) (?:reading|viewing|read|viewed|shared|liked)"
    r" (?:this|it)(?: \w{1,8}){0,2}"
    r"|this event (?:has passed|has ended|is over)|diese veranstaltung (?:hat bereits stattgefunden|ist vorbei)"
    r"|cet év[éè]nement est (?:passé|terminé)|este evento (?:ya )?ha (?:pasado|finalizado)"
    r"|mae'r digwyddiad hwn wedi (?:mynd heibio|bod)"
    r"|video player is loading\W{0,3}(?:this is a modal window)?"
    r"|page (?:generated|rendered) in [\d.]{1,8} \w{1,12}"
    r"|share(?: this| on| with)?(?: (?:article|post|story|page|news))?|teilen(?: mit)?|partager|compartir"
    r"|rhannu|print(?: this page)?"
    r"|keep updated|keep in touch|follow us|view comments|leave a (?:comment|reply)|no comments|keine kommentare"
    r"|comments? \(?\d{0,4}\)?"
    r"|back to (?:news|top|list|all news|overview|newsroom|.{1,20} news)|zurück(?: zu[rm]? .{1,30})?"
    r"|retour(?: à .{1,30})?"
    r"|contenido relacionado|notas relacionadas|related(?: .{1,20})?|latest news(?: (?:&|and) events)?"
    r"|previous(?: post)?|next(?: post)?"
    r"|advertisement|anzeige|werbung|publicité|publicidad|von:|by:|sign up(?: here)?|subscribe(?: now)?|newsletter"
    r"|weitere themen"
    r"|sie sind aktuell nicht eingeloggt)\W{0,3}$",
    re.IGNORECASE,
)


def without(found: Sequence[Block]) -> list[Block]:
    """Return blocks without the page's furniture, wherever it stands."""
    return [block for block in found if not is_furniture(block)]


def is_furniture(block: Block) -> bool:
    """Say whether a block is a label or a pointer to another post."""
    text = block.text
    if len(text) > LINE:
        return False
    return bool((len(text) <= SHORT and LABEL.match(text)) or POINTER.match(text))
