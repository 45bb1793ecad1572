"""Pages made to break what reads or stores them: each costs at most itself, and what is stored is clean."""

import json

import pytest
from tiny_site import Answer, Site, outcomes, post, sitemap

from scraper.check import check
from scraper.store.archive import open_reader

TEXT = "Residents were glad to hear of it on the day, and said so at length in the hall. " * 4
ELSEWHERE = "http://another-partner.example/news/their-post"


def page(title, *, head="", body=""):
    return post(title, words=TEXT).replace("</head>", f"{head}</head>").replace("</article>", f"{body}</article>")


def json_ld(raw):
    return f'<script type="application/ld+json">{raw}</script>'


GOOD = {
    "lone-surrogate": json_ld('{"@type":"NewsArticle","headline":"\\ud800 torn \\udfff","author":{"name":"\\ud83d"}}'),
    "nul-and-controls": json_ld(
        '{"@type":"NewsArticle","author":{"name":"A\\u0000B\\u001b\\u0008"},"keywords":["\\u0000"]}'
    ),
    "huge-numbers": json_ld('{"@type":"NewsArticle","datePublished":' + "9" * 6000 + ',"wordCount":1e400,"x":NaN}'),
    "odd-types": json_ld('{"@type":["NewsArticle",null,7],"headline":{"a":1},"author":[[[]]],"image":[[7]],"url":{}}'),
    "deep-json": json_ld("[" * 100_000 + "]" * 100_000),
    "wide-json": json_ld("[" + ",".join(['{"@type":"Thing"}'] * 20_000) + "]"),
    "cut-json": json_ld('{"@type":"NewsArticle","headline":"x"'),
    "far-dates": json_ld('{"@type":"Event","name":"E","startDate":"99999999-01-01T00:00:00Z","endDate":"-0001-01-01"}'),
    "foreign-canonical": f"<link rel=canonical href={ELSEWHERE}><meta property=og:url content={ELSEWHERE}>",
    "bad-schemes": "<meta property=og:image content='javascript:alert(1)'><meta name=twitter:image content='data:x,y'>",
    "bad-base": "<base href='http://[::1'><link rel=canonical href='http://[broken'>",
    "many-metas": "<meta property=og:title content=x>" * 5_000,
    "entities": "<meta name=description content='&#0;&#xD800;&#x110000;&#99999999999;&bogus;'>",
}
HOSTILE = {
    "forty-thousand-attributes": "<p " + " ".join(f"a{number}=1" for number in range(40_000)) + ">x</p>",
    "three-hundred-thousand-tags": "<i></i>" * 160_000,
}
EITHER = {
    "hundred-thousand-divs": "<div>" * 100_000 + "x" + "</div>" * 100_000,
    "hundred-thousand-links": "".join(f"<a href=/l/{number}>x</a>" for number in range(40_000)),
    "long-words": "<p>" + "w" * 1_000_000 + "</p>",
    "nested-tables": "<table><tr><td>" * 3_000,
    "comment-without-end": "<!--" + "-" * 200_000,
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    db = tmp_path_factory.mktemp("pages") / "archive.db"
    with pytest.MonkeyPatch.context() as patch, Site() as site:
        patch.setenv("ARCHIVE_ALLOW", "127.0.0.0/8")
        for name, head in GOOD.items():
            site.routes[f"/news/{name}"] = Answer(page(f"Page with {name}", head=head))
        for name, body in {**HOSTILE, **EITHER}.items():
            site.routes[f"/news/{name}"] = Answer(page(f"Page with {name}", body=body))
        site.routes["/sitemap.xml"] = sitemap(
            *(f"{site.base}{path}" for path in site.routes if path.startswith("/news/"))
        )
        done = site.crawl(db)
    return db, done


@pytest.mark.parametrize("name", GOOD)
def test_good_words_among_bad_ones_are_kept(crawled, name):
    db, _ = crawled
    assert outcomes(db)[f"news/{name}"] == "new"


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_freeze_a_parser_is_refused(crawled, name):
    db, _ = crawled
    assert outcomes(db)[f"news/{name}"] == "unreadable"


@pytest.mark.parametrize("name", EITHER)
def test_what_is_only_large_is_read_or_refused(crawled, name):
    db, _ = crawled
    assert outcomes(db)[f"news/{name}"] in ("new", "unreadable", "refused")


def test_the_crawl_came_to_its_end(crawled):
    db, done = crawled
    assert done.error is None
    assert check(db).faults == ()


def test_no_address_of_another_host_is_a_key(crawled):
    db, _ = crawled
    with open_reader(db) as archive:
        keys = [row[0] for row in archive.query("SELECT url_key FROM addresses UNION SELECT url_key FROM posts")]
        stored = archive.first("SELECT canonical_url FROM posts WHERE url LIKE '%/foreign-canonical'")
    assert all(key.startswith("127.0.0.1:") for key in keys)
    assert stored["canonical_url"] in (ELSEWHERE, None)


def test_no_stored_text_holds_what_no_text_needs(crawled):
    db, _ = crawled
    with open_reader(db) as archive:
        for table in ("posts", "bodies", "share_metadata", "events", "date_claims", "revisions"):
            for row in archive.query(f"SELECT * FROM {table}"):
                words = json.dumps([value for value in row if isinstance(value, str)])
                assert not any(escape in words for escape in ("\\u0000", "\\u001b", "\\u0008", "\\ud8", "\\udf")), table
                assert "javascript:" not in words
