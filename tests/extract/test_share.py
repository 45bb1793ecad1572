"""Share metadata: every column, absolute addresses only, disagreements kept."""

from __future__ import annotations

import pytest

from scraper.extract import share

from .pages import page

HEAD = """
<title>Electric buses | Northvale</title>
<meta name="description" content="Plain words.">
<meta property="og:title" content="Buses, says Open Graph"><meta property="og:url" content="/og/">
<meta property="og:image" content="javascript:alert(1)"><meta property="og:image" content="//cdn.example/bus.jpg">
<meta name="twitter:title" content="Buses, says Twitter"><meta name="twitter:image" content="data:image/png;base64,AA">
<link rel="canonical" href="https://elsewhere.example/canonical">"""
HERE = "https%3A%2F%2Fwww.northvale-partnership.example%2Fnews%2Fbus-grant%2F"


def test_disagreements_are_kept_and_the_winner_is_named() -> None:
    found = share.read(page(HEAD), None)
    assert (found.og_title, found.twitter_title) == ("Buses, says Open Graph", "Buses, says Twitter")
    assert (found.resolved_title, found.resolved_title_from) == ("Buses, says Open Graph", "og_title")
    assert (found.resolved_description, found.resolved_description_from) == ("Plain words.", "meta_description")
    assert found.og_url == "https://www.northvale-partnership.example/og/"
    assert (found.resolved_url, found.resolved_url_from) == (found.og_url, "og_url")
    assert found.canonical_url == "https://elsewhere.example/canonical"


def test_addresses_are_absolute_or_absent() -> None:
    found = share.read(page(HEAD), None)
    assert found.og_image == "https://cdn.example/bus.jpg"
    assert found.twitter_image is None
    assert found.resolved_image_from == "og_image"


NETWORKS = [
    (f"https://twitter.com/intent/tweet?url={HERE}", "x"),
    (f"https://x.com/intent/post?url={HERE}", "x"),
    (f"https://www.facebook.com/sharer/sharer.php?u={HERE}", "facebook"),
    (f"https://www.linkedin.com/shareArticle?mini=true&url={HERE}", "linkedin"),
    (f"https://wa.me/?text={HERE}", "whatsapp"),
    (f"https://www.reddit.com/submit?url={HERE}", "reddit"),
    (f"https://pinterest.com/pin/create/button/?url={HERE}", "pinterest"),
    (f"https://t.me/share/url?url={HERE}", "telegram"),
    (f"https://bsky.app/intent/compose?text={HERE}", "bluesky"),
    (f"https://www.threads.net/intent/post?text={HERE}", "threads"),
    (f"https://mastodon.social/share?text={HERE}", "mastodon"),
    ("https://twitter.com/northvale", None),
    ("https://www.facebook.com/northvale", None),
    (f"mailto:?body={HERE}", None),
    (f"javascript:open('https://twitter.com/intent/tweet?url={HERE}')", None),
    (f"https://nottwitter.com.evil.example/intent/tweet?url={HERE}", None),
]


@pytest.mark.parametrize(("href", "network"), NETWORKS)
def test_share_links(href: str, network: str | None) -> None:
    found = share.read(page(post=f'<a href="{href}">Share</a>'), None)
    assert dict(found.share_links) == ({network: href} if network else {})


def test_a_button_for_this_page_beats_a_card_of_another() -> None:
    other = "https://twitter.com/intent/tweet?url=https%3A%2F%2Fwww.northvale-partnership.example%2Fnews%2Frail-hub%2F"
    own = f"https://twitter.com/intent/tweet?url={HERE}"
    found = share.read(page(post=f'<a href="{other}">t</a><a href="{own}">t</a>'), None)
    assert found.share_links["x"] == own
