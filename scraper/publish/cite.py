"""Posts as citations: BibTeX, RIS, CSL JSON, a line of text, and what Zotero reads in a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from .about import PUBLISHER, About, line
from .records import Record

MOST_AUTHORS = 12
MOST_ABSTRACT = 600  # characters, of what a page carries for citing it
DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "#$%&_"},
}


def authors(post: Record) -> list[str]:
    """Return the names of a post's authors, as many as a citation has; empty when none is named."""
    return [name for name in map(line, post["authors"]) if name][:MOST_AUTHORS]


def date_parts(post: Record) -> list[int]:
    """Return year, month, day of publication as far as they are known; empty for an undated post."""
    return day_parts(post["published_on"] or post["published_edtf"] or "")


def day_parts(text: str) -> list[int]:
    """Return year, month, day of a text that begins with a date, as far as it goes."""
    found = DAY.match(text)
    return [int(part) for part in found.groups() if part] if found else []


def iso(parts: list[int]) -> str:
    """Return date parts as YYYY-MM-DD, as far as they go."""
    return "-".join(f"{part:04d}" if place == 0 else f"{part:02d}" for place, part in enumerate(parts))


def text(post: Record) -> str:
    """Return a citation in one line."""
    who = ", ".join(authors(post))
    when = iso(date_parts(post)) or "undated"
    start = f"{who}. " if who else ""
    return (
        f"{start}“{line(post['title'])}”. {line(post['partner_title'])}, {when}. {line(post['url'])}."
        f" {PUBLISHER}, {post['archive_url']}, as seen {post['last_seen_at'][:10]}."
    )


def bibtex(posts: Iterable[Record], about: About) -> Iterator[str]:
    """Yield a BibTeX file."""
    yield f"@comment{{{tex(about.sentence)}}}\n\n"
    for post in posts:
        fields = {
            "title": f"{{{tex(post['title'])}}}",
            "author": " and ".join(f"{{{tex(name)}}}" for name in authors(post) or [post["partner_title"]]),
            "organization": tex(post["partner_title"]),
            "date": iso(date_parts(post)),
            "year": iso(date_parts(post)[:1]),
            "url": url(post["url"]),
            "urldate": post["last_seen_at"][:10],
            "language": tex(post["language"]),
            "abstract": tex(post["summary"]),
            "note": tex(f"{PUBLISHER}, {post['archive_url']}, revision {post['revision']}"),
        }
        yield entry(f"archive-{post['id']}", fields) + "\n"


def entry(key: str, fields: Mapping[str, str]) -> str:
    """Return a BibTeX entry; values are as TeX reads them, an empty one is left out."""
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{body}}}\n"


def ris(posts: Iterable[Record], about: About) -> Iterator[str]:
    """Yield an RIS file; each record's note names the search, as the format has no place for it elsewhere."""
    for post in posts:
        parts = date_parts(post)
        lines = [("TY", "ELEC"), ("ID", post["id"]), ("TI", post["title"])]
        lines += [("AU", name) for name in authors(post)]
        lines += [("PB", post["partner_title"]), ("PY", iso(parts[:1])), ("DA", iso(parts).replace("-", "/"))]
        lines += [("UR", post["url"]), ("Y2", post["last_seen_at"][:10].replace("-", "/")), ("AB", post["summary"])]
        lines += [("LA", post["language"]), ("DB", PUBLISHER)]
        lines += [("KW", label) for label in post["categories"]]
        lines += [("N1", f"Archived at {post['archive_url']}, revision {post['revision']}"), ("N1", about.sentence)]
        yield "".join(f"{tag}  - {line(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n\r\n"


def csl(posts: Iterable[Record], about: About) -> Iterator[str]:
    """Yield a CSL JSON array (https://docs.citationstyles.org, schema 1.0.2)."""
    separator = "[\n"
    for post in posts:
        yield separator + json.dumps(csl_item(post, about), ensure_ascii=False)
        separator = ",\n"
    yield "\n]\n" if separator == ",\n" else "[]\n"


def csl_item(post: Record, about: About) -> dict[str, Any]:
    """Return one item."""
    item: dict[str, Any] = {
        "id": f"archive-{post['id']}",
        "type": "webpage",
        "title": line(post["title"]),
        "container-title": line(post["partner_title"]),
        "URL": line(post["url"]),
        "archive": PUBLISHER,
        "archive_location": post["archive_url"],
        "accessed": {"date-parts": [day_parts(post["last_seen_at"])]},
        "note": about.sentence,
    }
    if authors(post):
        item["author"] = [{"literal": name} for name in authors(post)]
    if date_parts(post):
        item["issued"] = {"date-parts": [date_parts(post)]}
    for name, value in (("language", post["language"]), ("abstract", post["summary"])):
        if value:
            item[name] = line(value)
    return item


def coins(post: Record) -> str:
    """Return the title attribute of a COinS span (OpenURL 1.0, Dublin Core)."""
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rfr_id", "info:sid/regional-archive"),
        ("rft.type", "webpage"),
        ("rft.title", line(post["title"])),
        ("rft.source", line(post["partner_title"])),  # Zotero's title of a website; it knows no publisher of one
        ("rft.publisher", line(post["partner_title"])),
        ("rft.date", iso(date_parts(post))),
        ("rft.identifier", line(post["url"])),
        ("rft.language", line(post["language"])),
        ("rft.description", line(post["summary"])[:MOST_ABSTRACT]),
        *(("rft.creator", name) for name in authors(post)),
    ]
    return urlencode([pair for pair in pairs if pair[1]])


def highwire(post: Record) -> list[tuple[str, str]]:
    """Return the meta elements that Zotero and Google Scholar read.

    Without a type of its own Zotero takes what has a citation_title for a journal article (its translator "Embedded
    Metadata"), and only PRISM's name of a publication becomes the title of a website.
    """
    pairs = [
        ("z:itemType", "webpage"),
        ("prism.publicationName", line(post["partner_title"])),
        ("citation_title", line(post["title"])),
        *(("citation_author", name) for name in authors(post)),
        ("citation_publisher", line(post["partner_title"])),
        ("citation_publication_date", iso(date_parts(post)).replace("-", "/")),
        ("citation_language", line(post["language"])),
        ("citation_abstract", line(post["summary"])[:MOST_ABSTRACT]),
        ("citation_public_url", line(post["url"])),
        ("citation_abstract_html_url", post["archive_url"]),
    ]
    return [pair for pair in pairs if pair[1]]


def json_ld(post: Record) -> dict[str, Any]:
    """Return a post as schema.org describes an archived page."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": post["archive_url"],
        "archivedAt": post["archive_url"],
        "headline": line(post["title"]),
        "url": line(post["url"]),
        "publisher": {"@type": "Organization", "name": line(post["partner_title"])},
        "isPartOf": {"@type": "ArchiveComponent", "name": PUBLISHER},
    }
    optional = {
        "datePublished": post["published_at"] or iso(date_parts(post)),
        "dateModified": post["modified_at"],
        "inLanguage": post["language"],
        "description": line(post["summary"]),
        "author": [{"@type": "Person", "name": name} for name in authors(post)],
        "keywords": [line(label) for label in post["categories"]],
    }
    return {**found, **{name: value for name, value in optional.items() if value}}


def tex(value: object) -> str:
    """Return a value as TeX prints it."""
    return "".join(TEX.get(character, character) for character in line(value))


def url(value: object) -> str:
    """Return an address that BibTeX can hold: braces percent-encoded."""
    return line(value).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
