"""The second edition differs from the first exactly as it says, and a region can change while it is served."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from scraper.sample import SampleRegion
from scraper.sample.truth import truth

BODY = {
    "sample-engine": ".post-hero, .post-content",
    "sample-lifesci": ".entry",
    "sample-events": "article",
    "sample-council": ".page-content",
    "sample-chamber": "article",
}


@pytest.fixture(scope="module")
def addresses_and_pages(ask):
    with SampleRegion(first_port=0) as served:
        first = truth(served.addresses, 1)
        before = {post.url: ask(post.url) for post in first}
        served.publish(2)
        urls = {post.url for post in truth(served.addresses, 2)} | before.keys()
        yield served.addresses, before, {url: ask(url) for url in urls}


def test_the_truth_differs_as_the_edition_says(addresses_and_pages):
    addresses, _, _ = addresses_and_pages
    engine, lifesci, events, council, chamber = addresses.values()
    first = {post.url: post for post in truth(addresses, 1)}
    second = {post.url: post for post in truth(addresses, 2)}
    moved, moved_from = council + "news/library-opening-hours-from-april", council + "news/library-opening-hours"
    edited, retitled = (
        events + "events/festival-of-locks-and-bridges/",
        chamber + "news/chamber-asks-for-an-hour-of-free-parking/",
    )
    gone = engine + "news-events/waste-heat-from-a-bakery-warms-three-schools/"
    missing = lifesci + "people-places/training-network-looks-for-a-new-chair/"
    assert second.keys() - first.keys() == {
        engine + "news-events/flood-walls-for-the-lower-town-approved/",
        lifesci + "people-places/cold-chain-firm-wins-regional-prize/",
        moved,
    }
    assert first.keys() - second.keys() == {moved_from}
    assert {url: second[url] for url in first.keys() & second.keys() if first[url] != second[url]} == {
        edited: replace(
            first[edited],
            modified="2026-06-12",
            last_sentence="Entry is free, and dogs are welcome everywhere, even on the swing bridge.",
        ),
        retitled: replace(
            first[retitled],
            title="Chamber asks for two hours of free parking",
            og_title="Chamber asks for two hours of free parking",
            modified="2026-06-12T10:00:00+01:00",
        ),
        gone: replace(first[gone], answers=410),
        missing: replace(first[missing], answers=404),
    }
    assert second[moved] == replace(first[moved_from], url=moved, moved_from=moved_from)


def test_every_address_answers_as_the_second_truth_says(addresses_and_pages):
    addresses, _, after = addresses_and_pages
    for post in truth(addresses, 2):
        assert after[post.url].status == post.answers
        if post.moved_from:
            assert (after[post.moved_from].status, after[post.moved_from].headers["Location"]) == (301, post.url)


def test_unchanged_posts_keep_their_content_and_only_the_rail_changes_bytes(addresses_and_pages):
    addresses, before, after = addresses_and_pages
    first = {post.url: post for post in truth(addresses, 1)}
    unchanged = [post for post in truth(addresses, 2) if first.get(post.url) == post]
    assert len(unchanged) == 52
    for post in unchanged:
        was, now = before[post.url], after[post.url]
        assert _shown(was, post.slug) == _shown(now, post.slug) != []
        assert (was.body == now.body) is (post.slug != "sample-engine")
        assert was.headers["ETag"] == now.headers["ETag"]
        assert was.headers["Last-Modified"] == now.headers["Last-Modified"]


def _shown(answer, slug):
    return [str(part) for part in BeautifulSoup(answer.body, "lxml").select(BODY[slug])]


def test_lists_say_304_to_nobody_who_knows_only_the_first_edition(ask):
    with SampleRegion(first_port=0) as served:
        urls = [served.addresses["sample-lifesci"] + "feed/", served.addresses["sample-events"] + "sitemap.xml"]
        before = [ask(url).headers for url in urls]
        served.publish(2)
        for url, headers in zip(urls, before, strict=True):
            assert ask(url, If_None_Match=headers["ETag"]).status == 200
            assert ask(url, If_Modified_Since=headers["Last-Modified"]).status == 200


def test_lists_name_the_new_and_forget_the_lost(ask):
    with SampleRegion(first_port=0, edition=2) as served:
        engine, lifesci, council = (served.addresses[f"sample-{name}"] for name in ("engine", "lifesci", "council"))
        assert "flood-walls-for-the-lower-town" in ask(engine + "feed/").text
        assert "waste-heat" not in ask(engine + "post-sitemap.xml").text + ask(engine + "feed/").text
        assert "cold-chain-firm" in ask(lifesci + "sitemap.xml").text
        assert "training-network" not in ask(lifesci + "people-places/").text
        assert f'{council}news/library-opening-hours-from-april"' in ask(council + "news").text
        assert f'{council}news/library-opening-hours"' not in ask(council + "news").text


def test_the_same_edition_is_served_to_the_byte_each_time(ask):
    with SampleRegion(first_port=0) as served:
        url = served.addresses["sample-events"] + "calendar.ics"
        once = ask(url).body
        served.publish(2)
        served.publish(1)
        assert ask(url).body == once
