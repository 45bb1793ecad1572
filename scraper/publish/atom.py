"""Posts as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from .about import PUBLISHER, About, line, plain
from .records import Record

EPOCH = "1970-01-01T00:00:00Z"


def write(records: Iterable[Record], about: About, *, page: str = "", following: str = "") -> Iterator[str]:
    """Yield the feed. `page` is the address of the same search for people, `following` of the next page of the feed."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield element("id", about.url) + element("title", f"{about.title}: {about.query or 'every post'}")
    yield element("subtitle", about.sentence) + element("updated", about.as_of or EPOCH)
    yield f"<author><name>{escape(PUBLISHER)}</name></author>\n<generator>regional-archive</generator>\n"
    yield f'<link rel="self" type="application/atom+xml" href={quoteattr(about.url)}/>\n'
    if page:
        yield f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>\n'
    if following:
        yield f'<link rel="next" type="application/atom+xml" href={quoteattr(following)}/>\n'
    for record in records:
        yield entry(record)
    yield "</feed>\n"


def entry(post: Record) -> str:
    """Return one post; `updated` is when the archive first saw what it says now, whatever date the partner prints."""
    language = f" xml:lang={quoteattr(plain(post['language']))}" if post["language"] else ""
    parts = [
        element("id", post["archive_url"]),
        element("title", post["title"]),
        element("updated", post["changed_at"]),
        f'<link rel="alternate" type="text/html" href={quoteattr(plain(post["archive_url"]))}/>\n',
        f'<link rel="via" type="text/html" href={quoteattr(plain(post["url"]))}/>\n',
    ]
    parts += [
        f"<author>{element('name', name).strip()}</author>\n" for name in post["authors"] or [post["partner_title"]]
    ]
    if post["published_at"]:
        parts.append(element("published", post["published_at"]))
    parts += [f"<category term={quoteattr(line(label))}/>\n" for label in post["categories"]]
    if post["summary"]:
        parts.append(element("summary", post["summary"]))
    return f"<entry{language}>\n{''.join(parts)}</entry>\n"


def element(name: str, value: object) -> str:
    """Return a simple element."""
    return f"<{name}>{escape(line(value))}</{name}>\n"
