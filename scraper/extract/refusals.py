"""Pages that are no post: challenges, cookie walls, logins, errors, listings; each with a short reason word.

A page is refused only on two kinds of evidence at once: words or marks that say what it is, and the absence of a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from scraper.errors import BlockedPage, NotAPost, PageError

from . import json_ld, listings, post_node, regions, schema_org
from .document import Document, words
from .html_meta import TITLE
from .titles import fold

LITTLE = 1_200  # characters of running text; a post of three paragraphs has more
NEXT_TO_NONE = 300
WARES = frozenset(("Product", "ProductGroup", "JobPosting", "Offer", "RealEstateListing"))
ATTACHMENT = "single-attachment"
PARAGRAPHS = etree.XPath("//p | //blockquote | //li[not(descendant::a)] | //div[not(*)]")
BODY_CLASS = etree.XPath("string(/html/body/@class)")
START = etree.XPath("substring(string(//body), 1, 4000)")
PASSWORD = etree.XPath("//input[@type='password']")
POST_PASSWORD = etree.XPath(
    "//form[contains(@action,'action=postpass') or contains(@class,'post-password-form')]//input[@name='post_password']"
)
CAPTCHA = etree.XPath(
    "//*[@id='challenge-form' or @id='cf-challenge-running' or @id='challenge-running' or @id='challenge-error-text'"
    " or @id='px-captcha' or @id='captcha-box' or contains(@class,'cf-error-details') or contains(@class,'g-recaptcha')"
    " or contains(@class,'h-captcha') or contains(@class,'cf-turnstile')]"
    " | //iframe[contains(@src,'_Incapsula_Resource') or contains(@src,'captcha')]"
    " | //script[contains(@src,'captcha-delivery.com') or contains(@src,'/_Incapsula_Resource')]"
)

CHALLENGE = re.compile(
    r"^(?:just a moment|one moment please|attention required|access denied|access to this page has been denied"
    r"|are you (?:a )?(?:robot|human)"
    r"|checking your browser|ddos guard|pardon our interruption|please (?:verify"
    r"|confirm) (?:that )?you are (?:a )?human|security check"
    r"|verif(?:y|ying) you are (?:a )?human|human verification|robot check|let us know you re not a robot"
    r"|request blocked|you have been blocked"
    r"|einen moment bitte|un instant|un momento|sicherheitsüberprüfung|vérification de sécurité"
    r"|making sure you re not a bot|bot verification"
    r"|403 forbidden|forbidden|request rejected)(?:$|\s)"
    r"|^(?:(?:error )?429 )?too many requests$|^(?:(?:error )?451 )?unavailable (?:for|due to) legal reasons$"
)
CONSENT = re.compile(
    r"(?:^before you continue|cookie (?:consent|notice|wall|settings|preferences)|^we (?:value"
    r"|care about) your privacy|^your privacy"
    r"|privacy (?:choices|settings|gate)|consent (?:required|needed)|^(?:ihre )?(?:zustimmung|einwilligung)"
    r"|datenschutzeinstellungen"
    r"|^(?:accept|akzeptieren) (?:all )?cookies|^cookies?$|^consent$|votre vie privée|preferiti cookie)"
)
LOGIN = re.compile(
    r"^(?:log ?in|sign ?in|login|signin|member login|please (?:log|sign) in|log in to .{1,40}|sign in to .{1,40}"
    r"|members only|anmelden|anmeldung"
    r"|einloggen|connexion|se connecter|iniciar sesión|accedi|inloggen|zaloguj się|mewngofnodi)$"
)
MISSING = re.compile(
    r"^(?:(?:error|fehler|erreur) )?(?:404|410)(?: (?:error|fehler|not found|page not found|gone"
    r"|seite nicht gefunden|page introuvable))?$"
    r"|^(?:(?:sorry|oops|whoops|hoppla) )?(?:(?:this|that|the|your) )?(?:page|content|article|document|file|post"
    r"|resource)(?: you (?:requested|are looking for))?"
    r"(?: (?:can(?:not|\s?t)|could not|couldn t) be found| (?:is )?not found| no longer exists| does not exist"
    r"| doesn t exist| is (?:gone|missing|unavailable))$"
    r"|^not found$|^nothing (?:was )?found(?: here)?$|^page unavailable$"
    r"|^(?:die )?(?:seite|inhalt) (?:wurde )?(?:leider )?nicht gefunden$|^page (?:introuvable|non trouvée)$"
    r"|^página no encontrada$"
    r"|^pagina non trovata$|^página não encontrada$|^pagina niet gevonden$|^nie znaleziono strony$"
    r"|^sidan hittades inte$|^siden blev ikke fundet$"
    r"|^(?:ni (?:chafwyd|ddaethpwyd) o hyd i r dudalen|tudalen heb ei (?:chanfod|darganfod)|heb ganfod y dudalen)$"
)
BROKEN = re.compile(
    r"^(?:5\d\d (?:internal server error|service (?:temporarily )?unavailable|bad gateway|gateway timeout?)"
    r"|internal server error|bad gateway"
    r"|service (?:temporarily )?unavailable|error establishing a database connection|database error"
    r"|site (?:is )?under maintenance"
    r"|maintenance mode|under maintenance|coming soon|site not found|account suspended"
    r"|this account has been suspended|domain for sale"
    r"|index of .{0,80}|welcome to nginx|apache2 .{0,40}default page.{0,20})$"
)
FAILED = re.compile(  # what a site says in the place of a page, under the page's own title
    r"error establishing a database connection|there has been a critical error on (?:this|your) web ?site"
    r"|\bfatal error: (?:uncaught|allowed memory|maximum execution)|\bmysqli?_connect\(\)|\btoo many connections\b"
    r"|briefly unavailable for scheduled maintenance|the website encountered an unexpected error"
    r"|server error in '/' application|application error: a client-side exception|whitelabel error page",
    re.IGNORECASE,
)
PROTECTED = re.compile(
    r"^(?:protected|geschützt|protégé|protegido|protetto|beveiligd|zabezpieczone|защищено|gwarchodwyd"
    r"|diogelwyd|skyddad|beskyttet)\s*:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Look:
    """What a refusal asks of a page, each read once."""

    document: Document
    titles: tuple[str, ...]  # the heading and each part of <title>, folded
    classes: frozenset[str]  # of <body>
    is_marked: bool  # the page says itself that it is a post or an event
    is_vouched: bool  # a source names it as one

    def has_text(self, least: int = LITTLE) -> bool:
        """Say whether the page has that much running text."""
        total = 0
        for element in islice(PARAGRAPHS(self.document.tree), 3_000):
            text = words(element)
            total += len(text) if len(text) > 60 else 0
            if total > least:
                return True
        return False


def refuse(document: Document, headers: Mapping[str, str], *, vouched: bool = False) -> None:
    """Raise NotAPost or BlockedPage for a page that is no post; `vouched`: a source names the page as a post."""
    look = look_at(document, vouched=vouched)
    for check in CHECKS:
        error = check(look)
        if error is not None:
            raise error


def look_at(document: Document, *, vouched: bool = False) -> Look:
    """Return what the checks ask of a page."""
    areas = regions.find(document)
    parts: list[str] = [words(heading) for heading in areas.headings[:3]]
    for title in TITLE(document.tree):
        whole = words(title)
        parts += [whole, *re.split(r"\s+[|\-–—·•»«:]+\s+|\s*\|\s*", whole)[:6]]
    return Look(
        document,
        tuple(dict.fromkeys(folded for part in parts if (folded := fold(part)))),
        frozenset(BODY_CLASS(document.tree).lower().split()[:200]),
        is_marked_post(document),
        vouched,
    )


def is_marked_post(document: Document) -> bool:
    """Say whether the page declares itself a single post or event."""
    if (document.meta("og:type") or "").lower() in ("article", "event", "video.other", "video"):
        return True
    if document.meta("article:published_time"):
        return True
    node = post_node.find(document)
    return node is not None and schema_org.rank(json_ld.types(node)) < 2 and post_node.is_here(node, document, ())


def refuse_password(look: Look) -> PageError | None:
    """WordPress answers 200 for a protected post: a form, and a title that says so in the site's language."""
    tree = look.document.tree
    if POST_PASSWORD(tree) and not look.has_text():
        return NotAPost("password")
    title = next((words(one) for one in TITLE(tree)), "")
    return NotAPost("password") if PROTECTED.match(title) and PASSWORD(tree) and not look.has_text() else None


def refuse_challenge(look: Look) -> PageError | None:
    """A bot wall: its own words or its own marks, and nothing else on the page."""
    said = any(CHALLENGE.match(title) for title in look.titles)
    if said and not look.has_text():
        return BlockedPage("challenge")
    bare = len(look.titles) < 2 and not look.is_marked and not look.has_text(NEXT_TO_NONE)
    return BlockedPage("challenge") if bare and CAPTCHA(look.document.tree) else None


def refuse_consent(look: Look) -> PageError | None:
    """A page that only asks for consent."""
    said = any(CONSENT.search(title) for title in look.titles)
    return (
        BlockedPage("cookie-wall") if said and not look.has_text(NEXT_TO_NONE if look.is_marked else LITTLE) else None
    )


def refuse_login(look: Look) -> PageError | None:
    """A page that only asks who you are."""
    said = any(LOGIN.match(title) for title in look.titles)
    return BlockedPage("login") if said and PASSWORD(look.document.tree) and not look.has_text() else None


def refuse_missing(look: Look) -> PageError | None:
    """An error page that was answered with 200."""
    if "error404" in look.classes:
        return NotAPost("soft-404")
    if any(BROKEN.match(title) for title in look.titles) and not look.is_marked and not look.has_text():
        return NotAPost("error-page")
    if FAILED.search(START(look.document.tree)) and not look.has_text(NEXT_TO_NONE):
        return NotAPost("error-page")
    said = any(MISSING.match(title) for title in look.titles)
    return NotAPost("soft-404") if said and not look.has_text() else None


def refuse_wares(look: Look) -> PageError | None:
    """A thing for sale, a job on offer, a file: no source and nothing else on the page calls it a post."""
    if look.is_marked or look.is_vouched:
        return None
    if WARES & listings.types_of(look.document) and not listings.has_post(look.document):
        return NotAPost("ware")
    return None


def refuse_attachment(look: Look) -> PageError | None:
    """The page that WordPress makes around a file; it says so in its body's classes."""
    return NotAPost("attachment") if ATTACHMENT in look.classes and not look.has_text(NEXT_TO_NONE) else None


def refuse_listing(look: Look) -> PageError | None:
    """A list of posts."""
    found = listings.is_listing(look.document, look.classes, is_marked=look.is_marked or look.is_vouched)
    return NotAPost("listing") if found else None


CHECKS: tuple[Callable[[Look], PageError | None], ...] = (
    refuse_password,
    refuse_challenge,
    refuse_consent,
    refuse_login,
    refuse_missing,
    refuse_attachment,
    refuse_wares,
    refuse_listing,
)
