"""The words of a byline: what stands before and behind the names, and what makes it none."""

from __future__ import annotations

import re

from ..titles import fold
from .names import NAME

PREFIX = re.compile(
    r"^(?:view all (?:posts|articles) (?:by|of)|(?:all )?articles (?:by|of)|see more from"
    r"|more (?:posts |articles )?(?:by|from)|show all articles of"
    r"|(?:zeige )?alle (?:beiträge|artikel) (?:von|des autors)|alles von|mehr (?:artikel|beiträge|von)(?: von)?"
    r"|(?:voir )?(?:tous )?(?:les|ses) articles (?:de|par)|ver (?:todas las|todos los) (?:entradas|artículos) de"
    r"|this (?:post|article|story) was written by|(?:a )?guest (?:blog|post|blog post|article|column)(?: written)? by"
    r"|(?:(?:written|words|story|posted|published|report|reported|interview|text|article|photos?|analysis|opinion|review"
    r"|column|essay|comment|commentary|perspective) )?by"
    r"|(?:posted|published) (?:in|on) .{1,40} by|veröffentlicht (?:am|in) .{1,40} von|publié le .{1,40} par"
    r"|authors?|autorin|autoren|autor|auteur|vom|von|par|por|di|door|av|af|przez"
    r"|(?:verfasst|geschrieben|erstellt|eingestellt|veröffentlicht) von"
    r"|(?:ein artikel|blog ?beitrag|(?:ein )?gastbeitrag|ein beitrag) von|text(?: von)?|interview"
    r"|redaktion(?=\s?:)|écrit par|recueilli par|propos recueillis par|escrito por|scritto da|gan(?=\s\w+\s\w)"
    r"|ysgrifennwyd gan)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
AFTER_DATE = re.compile(  # what a byline that begins with its date has before the name
    r"^(?=.{0,14}\d).{1,40}?(?:[|·•∙–—]|\b(?:by|von|par|por|author|autor|autorin)\b\s?:?)\s+(?=[^\W\d])", re.IGNORECASE
)
DATED = re.compile(  # a byline ends where its date begins
    r"\s*(?:[|•·–—,-]\s*)?(?<!\w)(?:(?:on|am|le|el|den)\s(?=.{0,20}\d)|(?:updated|published|posted|veröffentlicht)\s"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day,?\s|\.?,\s|\.?\s(?=.{0,12}\d))"
    r"|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag),\s"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s{1,3}\d|\d).*$",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"\b(?:cc|images?|фото|getty|photos?|foto|fotos|bild|bilder|shutterstock|twitter|facebook|linkedin"
    r"|instagram|follow|share"
    r"|comments?|copyright|sponsored|gesponserte|inhalte|artikelübersicht)\b|©",
    re.IGNORECASE,
)
CHANGED = re.compile(r"^(?:last )?(?:updated|edited|reviewed|(?:fact[ -])?checked) by\b", re.IGNORECASE)  # no authors
CHECKED = re.compile(r"\b(?:edited|reviewed|checked|approved|translated|updated) by\W{1,3}(.{3,60})", re.IGNORECASE)
NO_DESK = re.compile(
    r"\d|\b(?:about|articles?|comments?|learn|minutes?|min|more|posts?|read|see|share|view|written|using|continuing)\b",
    re.IGNORECASE,
)
NOBODY = frozenset(  # accounts and labels
    [
        *("admin", "administrator", "administrador", "webmaster", "root", "user", "guest", "anonymous", "unknown"),
        *("none", "null", "undefined", "author", "editor", "web editor", "website", "staff", "wordpress", "web team"),
        *("webteam", "marketing", "superuser", "super user", "wpadmin", "siteadmin", "site admin", "wordpressadmin"),
        *("default", "test", "redaktion", "view my complete profile", "author page", "about the author", "read more"),
        *("alle beiträge", "alle artikel", "zur artikelübersicht", "über den autor", "über die autorin", "nachrichten"),
        *("profile", "gastautor", "the author", "adminn", "news", "court reporter"),
    ]
)
DESKS = frozenset(("editor", "web editor", "staff", "web team", "webteam", "marketing", "redaktion"))
MAILBOX = re.compile(  # the account that a web form or a letter box made
    r"(?:admin|contact|enquiries|hello|info|mail|office|post|sales|user|web|website|wp)[._-]?\d{0,8}", re.IGNORECASE
)
EDGES = " ,.;*|•·∙⋅-–—→»›>"
MAX_DESK = 6  # words


def without_prefix(words: str) -> str:
    """Return a byline without the "by" before it, even two of them ("Text: by")."""
    return PREFIX.sub("", PREFIX.sub("", words.strip(), count=1), count=1)


def is_signed(words: str) -> bool:
    """Say whether words begin as bylines do ("By", "Von", "Posted on 3 May by")."""
    return PREFIX.match(words.strip()) is not None


def bare(words: str) -> str:
    """Return a byline without the "by" before it and the date behind it; as it is where nothing else stands there."""
    text = without_prefix(AFTER_DATE.sub("", words.strip(), count=1))
    return DATED.sub("", text, count=1).strip(EDGES) or text or words


def is_desk(words: str) -> bool:
    """Say whether a printed byline that names no person is one at all: a desk or a team, not a link or an account."""
    folded = fold(words)
    return (
        bool(NAME.match(words))
        and len(words.split()) <= MAX_DESK
        and (folded not in NOBODY or folded in DESKS)
        and not NO_DESK.search(words)
        and not CREDIT.search(words)
        and not PREFIX.fullmatch(words + " ")
    )
