"""The words of a byline: what stands before and behind the names, and what makes it none."""

from __future__ import annotations

import re

from ..titles import fold
from .names import NAME

PREFIX = re.compile(
    r"^(?:view all (?:posts|articles) (?:by|of)|articles by|see more from|more (?:posts )?(?:by|from)"
    r"|show all articles of|alles von|alle (?:beiträge|artikel) von|eingestellt von|veröffentlicht von"
    r"|this (?:post|article|story) was written by"
    r"|(?:(?:written|words|story|posted|published|report|reported|interview|text|article|photos?) )?by"
    r"|posted in .{1,40} by"
    r"|author|autorin|autoren|autor|auteur|vom|von|par|por|di|door|av|af|przez|verfasst von|geschrieben von"
    r"|ein artikel von|text(?: von)?|interview"
    r"|redaktion|écrit par|escrito por|scritto da)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
DATED = re.compile(  # a byline ends where its date begins
    r"\s*(?:[|•·–—,-]\s*)?(?<!\w)(?:(?:on|am|le|el|den|updated|published|posted|veröffentlicht)\s|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?"
    r"|sun)(?:day)?,?\s|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s{1,3}\d|\d).*$",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"\b(?:cc|images?|фото|getty|photos?|foto|fotos|shutterstock|twitter|facebook|linkedin|instagram|follow|share|comments?)\b",
    re.IGNORECASE,
)
CHANGED = re.compile(r"^(?:last )?(?:updated|edited|reviewed|(?:fact[ -])?checked) by\b", re.IGNORECASE)  # no authors
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
        *("profile", "gastautor", "the author"),
    ]
)
DESKS = frozenset(("editor", "web editor", "staff", "web team", "webteam", "marketing", "redaktion"))
MAX_DESK = 6  # words


def without_prefix(words: str) -> str:
    """Return a byline without the "by" before it, even two of them ("Text: by")."""
    return PREFIX.sub("", PREFIX.sub("", words.strip(), count=1), count=1)


def bare(words: str) -> str:
    """Return a byline without the "by" before it and the date behind it; as it is where nothing else stands there."""
    return DATED.sub("", without_prefix(words), count=1).strip(" ,.;*|•·-–—") or without_prefix(words) or words


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
