"""Tables, indexes and views of archive.db, as migrations that only ever add."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from . import families, tallies

APPLICATION_ID = 0x52414331  # 'RAC1', shown by file(1) and checked at every start

migrations = Migrations("archive")

PUBLIC_TABLES = (
    "partners",
    "sources",
    "posts",
    "bodies",
    "share_metadata",
    "date_claims",
    "categories",
    "terms",
    "post_categories",
    "tags",
    "events",
    "revisions",
    "captures",
    "fetches",
    "families",
    "crawls",
    "coverage",
    "removals",
    "posts_fts",
)
WORKING_TABLES = (
    "addresses",
    "candidates",
    "source_claims",
    "removed_addresses",
    "hosts",
    "recipes",
    "alarms",
    "notes",
    "posts_text",
    *tallies.TABLE_NAMES,
    *families.TABLE_NAMES,
)

TABLES = """
CREATE TABLE partners (
    slug TEXT PRIMARY KEY, title TEXT NOT NULL, home_url TEXT NOT NULL, region TEXT NOT NULL, timezone TEXT NOT NULL,
    language TEXT NOT NULL, rights TEXT NOT NULL CHECK (rights IN ('full', 'extract', 'none')),
    active INTEGER NOT NULL CHECK (active IN (0, 1)));

CREATE TABLE sources (
    id INTEGER PRIMARY KEY, partner TEXT NOT NULL REFERENCES partners(slug) ON UPDATE CASCADE, kind TEXT NOT NULL,
    url TEXT NOT NULL, found_by TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'new', etag TEXT, last_modified TEXT,
    last_checked_at TEXT, due_at TEXT, parent INTEGER REFERENCES sources(id), complete INTEGER NOT NULL DEFAULT 0,
    lastmod_trust TEXT, posts_seen INTEGER NOT NULL DEFAULT 0, digest TEXT, memory TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    UNIQUE (partner, url));

CREATE TABLE captures (
    id INTEGER PRIMARY KEY, partner TEXT NOT NULL REFERENCES partners(slug) ON UPDATE CASCADE, url TEXT NOT NULL,
    fetched_at TEXT NOT NULL, status INTEGER NOT NULL, digest TEXT NOT NULL, warc TEXT NOT NULL,
    offset INTEGER NOT NULL, length INTEGER NOT NULL, kind TEXT NOT NULL, UNIQUE (warc, offset));
CREATE INDEX captures_url ON captures (url, fetched_at);

CREATE TABLE posts (
    id INTEGER PRIMARY KEY, partner TEXT NOT NULL REFERENCES partners(slug) ON UPDATE CASCADE, url_key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('news', 'event')), url TEXT NOT NULL, canonical_url TEXT, title TEXT NOT NULL,
    summary TEXT, byline TEXT, language TEXT, published_at TEXT, published_on TEXT, published_edtf TEXT,
    published_precision TEXT, earliest_on TEXT, latest_on TEXT, modified_at TEXT, modified_on TEXT,
    first_seen_at TEXT NOT NULL, last_seen_at TEXT NOT NULL, gone_at TEXT, revision INTEGER NOT NULL DEFAULT 1,
    extractor TEXT NOT NULL, words INTEGER NOT NULL DEFAULT 0, family INTEGER REFERENCES families(id),
    capture INTEGER REFERENCES captures(id), content_digest TEXT NOT NULL, rights_flags TEXT,
    claims_from TEXT, UNIQUE (partner, url_key),
    CHECK (published_at IS NULL OR published_on IS NOT NULL), CHECK (modified_at IS NULL OR modified_on IS NOT NULL));
CREATE INDEX posts_partner_published ON posts (partner, published_on);
CREATE INDEX posts_kind_published ON posts (kind, published_on);
CREATE INDEX posts_published ON posts (published_on, partner);
CREATE INDEX posts_content ON posts (partner, content_digest);
CREATE INDEX posts_earliest ON posts (earliest_on);
CREATE INDEX posts_gone ON posts (gone_at) WHERE gone_at IS NOT NULL;
CREATE INDEX posts_changed ON posts (revision) WHERE revision > 1;
CREATE INDEX posts_family ON posts (family) WHERE family IS NOT NULL;
CREATE INDEX posts_capture ON posts (capture);

CREATE TABLE bodies (post INTEGER PRIMARY KEY REFERENCES posts(id), text TEXT, html TEXT);

CREATE TABLE share_metadata (
    post INTEGER PRIMARY KEY REFERENCES posts(id), og_title TEXT, og_description TEXT, og_type TEXT, og_url TEXT,
    og_image TEXT, og_image_alt TEXT, og_site_name TEXT, og_locale TEXT, article_section TEXT, twitter_card TEXT,
    twitter_title TEXT, twitter_description TEXT, twitter_image TEXT, twitter_site TEXT, canonical_url TEXT,
    json_ld_type TEXT, share_links TEXT, resolved_title TEXT, resolved_title_from TEXT, resolved_description TEXT,
    resolved_description_from TEXT, resolved_image TEXT, resolved_image_from TEXT, resolved_url TEXT,
    resolved_url_from TEXT, lead_image TEXT, lead_image_alt TEXT, lead_image_caption TEXT);

CREATE TABLE events (
    id INTEGER PRIMARY KEY, post INTEGER REFERENCES posts(id), source INTEGER REFERENCES sources(id),
    partner TEXT NOT NULL REFERENCES partners(slug) ON UPDATE CASCADE, title TEXT NOT NULL, starts_at TEXT,
    ends_at TEXT, start_on TEXT, end_on TEXT, when_edtf TEXT NOT NULL, precision TEXT NOT NULL, earliest_on TEXT,
    latest_on TEXT, timezone TEXT, all_day INTEGER NOT NULL DEFAULT 0, venue TEXT, address TEXT, organiser TEXT,
    status TEXT NOT NULL DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'postponed', 'cancelled', 'rescheduled')),
    url TEXT, found_in TEXT NOT NULL, evidence TEXT, certain INTEGER NOT NULL DEFAULT 1, uid TEXT,
    first_seen_at TEXT NOT NULL, last_seen_at TEXT NOT NULL, gone_at TEXT,
    CHECK (post IS NOT NULL OR source IS NOT NULL));
CREATE INDEX events_post ON events (post);
CREATE INDEX events_source ON events (source);
CREATE INDEX events_earliest ON events (earliest_on);

CREATE TABLE date_claims (
    id INTEGER PRIMARY KEY, post INTEGER REFERENCES posts(id), event INTEGER REFERENCES events(id),
    field TEXT NOT NULL, quote TEXT NOT NULL, edtf TEXT NOT NULL, precision TEXT NOT NULL, zone_basis TEXT NOT NULL,
    found_in TEXT NOT NULL, score REAL NOT NULL, chosen INTEGER NOT NULL DEFAULT 0);
CREATE INDEX date_claims_post ON date_claims (post);
CREATE INDEX date_claims_event ON date_claims (event) WHERE event IS NOT NULL;

CREATE TABLE terms (id TEXT PRIMARY KEY, label TEXT NOT NULL, parent TEXT REFERENCES terms(id));

CREATE TABLE categories (
    id INTEGER PRIMARY KEY, partner TEXT NOT NULL REFERENCES partners(slug) ON UPDATE CASCADE, label TEXT NOT NULL,
    term TEXT REFERENCES terms(id), reason TEXT NOT NULL, UNIQUE (partner, label));
CREATE INDEX categories_term ON categories (term);

CREATE TABLE post_categories (
    post INTEGER NOT NULL REFERENCES posts(id), category INTEGER NOT NULL REFERENCES categories(id),
    PRIMARY KEY (post, category)) WITHOUT ROWID;
CREATE INDEX post_categories_category ON post_categories (category, post);

CREATE TABLE tags (
    post INTEGER NOT NULL REFERENCES posts(id), tag TEXT NOT NULL, PRIMARY KEY (post, tag)) WITHOUT ROWID;
CREATE INDEX tags_tag ON tags (tag, post);

CREATE TABLE revisions (
    post INTEGER NOT NULL REFERENCES posts(id), number INTEGER NOT NULL, captured_at TEXT NOT NULL,
    capture INTEGER REFERENCES captures(id), extractor TEXT NOT NULL, title TEXT NOT NULL, text TEXT,
    text_digest TEXT NOT NULL, changed TEXT, PRIMARY KEY (post, number));
CREATE INDEX revisions_capture ON revisions (capture);
CREATE INDEX revisions_captured ON revisions (captured_at);

CREATE TABLE families (id INTEGER PRIMARY KEY, origin INTEGER REFERENCES posts(id), size INTEGER NOT NULL);

CREATE TABLE crawls (
    id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, finished_at TEXT, outcome TEXT, partners TEXT);

CREATE TABLE fetches (
    id INTEGER PRIMARY KEY, crawl INTEGER REFERENCES crawls(id),
    partner TEXT NOT NULL REFERENCES partners(slug) ON UPDATE CASCADE, url TEXT NOT NULL, kind TEXT NOT NULL,
    at TEXT NOT NULL, status INTEGER, outcome TEXT NOT NULL, bytes INTEGER, links INTEGER,
    capture INTEGER REFERENCES captures(id), detail TEXT);
CREATE INDEX fetches_partner_at ON fetches (partner, at);
CREATE INDEX fetches_crawl ON fetches (crawl);
CREATE INDEX fetches_capture ON fetches (capture);

CREATE TABLE coverage (
    partner TEXT NOT NULL REFERENCES partners(slug) ON UPDATE CASCADE, day TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('checked', 'quiet', 'blind', 'blocked')), reason TEXT,
    sources_checked INTEGER NOT NULL, links_seen INTEGER NOT NULL, fetched INTEGER NOT NULL, new INTEGER NOT NULL,
    changed INTEGER NOT NULL, failed INTEGER NOT NULL, PRIMARY KEY (partner, day)) WITHOUT ROWID;

CREATE TABLE removals (
    id INTEGER PRIMARY KEY, what TEXT NOT NULL, reason TEXT NOT NULL, requested_at TEXT NOT NULL, done_at TEXT,
    action TEXT NOT NULL CHECK (action IN ('takedown', 'erase')), digest TEXT NOT NULL, lifted_at TEXT,
    partner TEXT NOT NULL);
CREATE INDEX removals_digest ON removals (digest);

CREATE TABLE removed_addresses (
    digest TEXT NOT NULL, removal INTEGER NOT NULL REFERENCES removals(id), PRIMARY KEY (digest, removal))
    WITHOUT ROWID;

CREATE TABLE addresses (
    partner TEXT NOT NULL REFERENCES partners(slug) ON UPDATE CASCADE, url_key TEXT NOT NULL,
    post INTEGER NOT NULL REFERENCES posts(id), PRIMARY KEY (partner, url_key)) WITHOUT ROWID;
CREATE INDEX addresses_post ON addresses (post);

CREATE TABLE candidates (
    id INTEGER PRIMARY KEY, partner TEXT NOT NULL REFERENCES partners(slug) ON UPDATE CASCADE, url_key TEXT NOT NULL,
    url TEXT NOT NULL, found_in TEXT NOT NULL, source INTEGER REFERENCES sources(id), first_seen_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'new', outcome TEXT, reason TEXT, due_at TEXT, priority INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0, etag TEXT, last_modified TEXT, fetched_at TEXT, due_by INTEGER,
    post INTEGER REFERENCES posts(id), sure INTEGER NOT NULL DEFAULT 1, shape TEXT NOT NULL DEFAULT '',
    UNIQUE (partner, url_key));
CREATE INDEX candidates_shape ON candidates (partner, shape, state);
CREATE INDEX candidates_due ON candidates (partner, due_at, priority) WHERE due_at IS NOT NULL;
CREATE INDEX candidates_fetched ON candidates (partner, state, fetched_at);
CREATE INDEX candidates_post ON candidates (post) WHERE post IS NOT NULL;

CREATE TABLE source_claims (
    partner TEXT NOT NULL REFERENCES partners(slug) ON UPDATE CASCADE, url_key TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES sources(id), claims TEXT NOT NULL, digest TEXT NOT NULL, seen_at TEXT NOT NULL,
    lastmod TEXT, guid TEXT, vanished_at TEXT, capture INTEGER REFERENCES captures(id),
    PRIMARY KEY (partner, url_key, source)) WITHOUT ROWID;
CREATE INDEX source_claims_guid ON source_claims (source, guid) WHERE guid IS NOT NULL;
CREATE INDEX source_claims_source ON source_claims (source, seen_at);
CREATE INDEX source_claims_capture ON source_claims (capture) WHERE capture IS NOT NULL;

CREATE TABLE hosts (
    host TEXT PRIMARY KEY, robots TEXT, robots_status INTEGER, robots_at TEXT, robots_verdict TEXT,
    not_before TEXT, soft_404 TEXT, soft_404_at TEXT) WITHOUT ROWID;

CREATE TABLE recipes (
    partner TEXT NOT NULL REFERENCES partners(slug) ON UPDATE CASCADE, digest TEXT NOT NULL, learned_at TEXT NOT NULL,
    recipe TEXT NOT NULL, samples INTEGER NOT NULL, active INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (partner, digest))
    WITHOUT ROWID;

CREATE TABLE alarms (
    partner TEXT NOT NULL REFERENCES partners(slug) ON UPDATE CASCADE, kind TEXT NOT NULL,
    about TEXT NOT NULL DEFAULT '', message TEXT NOT NULL, raised_at TEXT NOT NULL, PRIMARY KEY (partner, kind, about))
    WITHOUT ROWID;

CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE VIEW posts_text AS
    SELECT posts.id, posts.title, posts.summary, bodies.text, posts.byline
    FROM posts LEFT JOIN bodies ON bodies.post = posts.id;
CREATE VIRTUAL TABLE posts_fts USING fts5 (
    title, summary, text, byline, content="posts_text", content_rowid="id", tokenize="unicode61 remove_diacritics 2");
"""


@migrations()
def m001_tables(db: Database) -> None:
    """Create every table, index and view of the first release."""
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def m002_site(db: Database) -> None:
    """Add the tables that search and charts count from, filled from the posts that are there."""
    for statement in tallies.TABLES.split(";\n\n"):
        if statement.strip():
            db.execute(statement)
    tallies.rebuild(db.conn)


@migrations()
def m003_tdm(db: Database) -> None:
    """Add what a host's file of the TDM Reservation Protocol says."""
    db.execute("ALTER TABLE hosts ADD COLUMN tdm TEXT")
    db.execute("ALTER TABLE hosts ADD COLUMN tdm_at TEXT")


@migrations()
def m004_families(db: Database) -> None:
    """Add the fingerprints that families are made of, filled from the texts that are there whole."""
    for statement in families.TABLES.split(";\n\n"):
        db.execute(statement)
    families.fill(db.conn)


@migrations()
def m005_authors(db: Database) -> None:
    """Add the authors of a post, name by name; they are filled when its page is read again."""
    db.execute("ALTER TABLE posts ADD COLUMN authors TEXT")
