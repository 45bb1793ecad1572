"""Recipes in a crawl: learned when there are posts enough, the samples read again, no revision made, drift raised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sample_archive import Region
from tiny_site import Answer, Site

from scraper.publish.explain import explain_partner, partner_lines
from scraper.reextract import Plan, reextract
from scraper.store import recipes
from scraper.store.archive import Archive, open_archive, open_reader

COUNCIL = "sample-council"  # 26 posts of one template


@pytest.fixture(scope="module")
def archive(crawled: Region):
    with open_reader(crawled.db) as opened:
        yield opened


def test_a_recipe_is_learned_when_there_are_posts_enough(archive: Archive):
    learned = {row["partner"] for row in archive.query("SELECT partner FROM recipes WHERE active")}
    often = archive.query("SELECT partner FROM posts GROUP BY partner HAVING count(*) >= 10")
    assert learned == {row["partner"] for row in often} != set()


def test_all_posts_are_read_by_it_without_a_revision(archive: Archive):
    digest = archive.query("SELECT digest FROM recipes WHERE partner = ?", [COUNCIL])[0]["digest"]
    rows = archive.query("SELECT extractor, revision FROM posts WHERE partner = ?", [COUNCIL])
    assert sum(row["extractor"].endswith(f"/{digest}") for row in rows) == 26  # also those before it was learned
    assert {row["revision"] for row in rows} == {1}
    assert (
        archive.query("SELECT count(*) FROM revisions JOIN posts ON post = id WHERE partner = ?", [COUNCIL])[0][0] == 26
    )


def test_explain_shows_each_field(archive: Archive):
    found = explain_partner(archive, COUNCIL)
    assert set(found["recipe"]["fields"]) >= {"title", "text"}
    assert any(line.startswith("  recipe         text: ") and "10 of 10" in line for line in partner_lines(found))


def test_the_next_full_crawl_makes_no_revision(region: Region):
    region.crawl(COUNCIL)
    done = region.crawl(COUNCIL, full=True)[COUNCIL]
    assert done.outcomes.get("changed", 0) == 0
    with open_reader(region.db) as archive:
        assert {row["revision"] for row in archive.query("SELECT revision FROM posts")} == {1}


@pytest.mark.parametrize(("missed", "alarm"), [(20, True), (6, True), (5, False), (0, False)])
def test_drift_is_raised_when_new_posts_are_missed(region: Region, missed: int, alarm: bool):
    region.crawl(COUNCIL)
    with open_archive(region.db) as archive, archive.transaction() as connection:
        connection.execute("UPDATE recipes SET learned_at = '2000-01-01T00:00:00Z'")
        connection.execute("UPDATE posts SET extractor = '1/abc'")
        connection.execute(
            "UPDATE posts SET extractor = '1/generic' WHERE id IN"
            " (SELECT id FROM posts ORDER BY first_seen_at DESC, id LIMIT ?)",
            [missed],
        )
        assert bool(recipes.find_drift(connection, COUNCIL)) is alarm


def test_drift_makes_the_next_crawl_learn_again(region: Region):
    region.crawl(COUNCIL)
    with open_archive(region.db) as archive:
        words = json.loads(recipes.active_recipe(archive, COUNCIL) or "")
        words["places"]["text"] = [["div.layout-of-old", "body", 10, 10]]
        with archive.transaction() as connection:
            connection.execute(
                "UPDATE recipes SET recipe = ?, digest = 'old', learned_at = '2000-01-01T00:00:00Z'",
                [json.dumps(words)],
            )
            connection.execute("UPDATE posts SET extractor = '1/generic'")
    region.crawl(COUNCIL)
    with open_reader(region.db) as archive:
        assert len(archive.query("SELECT 1 FROM alarms WHERE kind = 'drift'")) == 1
    region.crawl(COUNCIL)
    with open_reader(region.db) as archive:
        active = archive.query("SELECT digest FROM recipes WHERE active")
        assert [row["digest"] for row in active] != ["old"]
        assert archive.query("SELECT 1 FROM alarms WHERE kind = 'drift'") == []


STORY = "The bridge at {place} is closed for a week while its arches are mended, and buses go by the other road. " * 8


def full_text(place: str, extra: str = "") -> str:
    """The paragraphs of a post, as its page and its feed print them."""
    return f"<p>{STORY.format(place=place)}</p><p>It opens again on Friday, the council said.</p>{extra}"


def publish(site: Site, places: list[str], extra: dict[str, str]) -> None:
    """Serve a post for each place, and a feed that carries the full text of all of them."""
    items = []
    for number, place in enumerate(places):
        url, text = f"{site.base}/news/{number}-bridge-closed", full_text(place, extra.get(place, ""))
        title = f"Bridge at {place} closed"
        site.routes[f"/news/{number}-bridge-closed"] = Answer(
            f"<html lang=en><head><title>{title} | Tiny</title></head><body><main><h1 class=title>{title}</h1>"
            f"<p class=date>{number + 1} March 2026</p><div class=copy>{text}</div></main></body></html>"
        )
        items.append(
            {
                "id": str(number),
                "url": url,
                "title": title,
                "content_html": text,
                "date_published": "2026-03-01T09:00:00Z",
            }
        )
    site.routes["/feed.xml"] = Answer(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}))


def test_an_edit_is_seen_after_the_post_has_fallen_out_of_the_feed(tmp_path: Path):
    places = [f"{name}{end}" for name in ("Arrow", "Kiln", "Nether", "Over") for end in ("ford", "by", "ton")]
    db = tmp_path / "archive.db"
    with Site() as site:
        publish(site, places, {})
        site.crawl(db, "feed")
        publish(site, places, {places[1]: "<p>The work will take a fortnight longer.</p>"})
        feed = json.loads(site.routes["/feed.xml"].body)
        site.routes["/feed.xml"] = Answer(json.dumps({**feed, "items": feed["items"][5:]}))
        site.crawl(db, "feed")
        done = site.crawl(db, "feed", full=True)
    assert done.outcomes["changed"] == 1
    with open_reader(db) as archive:
        changed = archive.query(
            "SELECT p.title, r.text FROM revisions r JOIN posts p ON p.id = r.post WHERE number = 2"
        )
        dated = archive.query("SELECT DISTINCT published_at FROM posts")
    assert [(row["title"], row["text"][-17:]) for row in changed] == [("Bridge at Arrowby closed", "fortnight longer.")]
    assert [row["published_at"] for row in dated] == ["2026-03-01T09:00:00Z"], "what the feed said of dates stays"


def read_generically(site: Site, db: Path) -> None:
    """Read all posts again as if no recipe stood, so that the next crawl reads them otherwise."""
    with open_archive(db) as archive:
        archive.connection.execute("UPDATE recipes SET active = 0")
        reextract(archive, Plan(partners={"tiny": site.partner("feed")}, dry_run=False))
        archive.connection.execute("UPDATE recipes SET active = 1")
        assert archive.query("SELECT DISTINCT extractor LIKE '%/generic' FROM posts")[0][0] == 1


def test_an_edit_is_seen_although_the_feed_says_the_new_words_already(tmp_path: Path):
    places = [f"{name}{end}" for name in ("Arrow", "Kiln", "Nether", "Over") for end in ("ford", "by", "ton")]
    db = tmp_path / "archive.db"
    with Site() as site:
        publish(site, places, {})
        site.crawl(db, "feed")
        place = places[4]
        read_generically(site, db)
        publish(site, places, {place: "<p>The work will take a fortnight longer.</p>"})
        done = site.crawl(db, "feed")
    assert (done.outcomes["changed"], done.outcomes.get("unchanged", 0)) == (1, 0)
