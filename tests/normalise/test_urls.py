"""Addresses: what is one page, what is fetched, what is refused."""

from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scraper.normalise import urls

BASE = "https://www.harbour-trust.example/news/"


@pytest.mark.parametrize("key", sorted(urls.TRACKING_KEYS))
def test_tracking_key(key: str):
    for form in (key, key.upper()):
        assert urls.url_key(f"{BASE}a?{form}=1&id=7") == urls.url_key(f"{BASE}a?id=7")
        assert urls.strip_tracking(f"{BASE}a?{form}=1&id=7") == f"{BASE}a?id=7"


@pytest.mark.parametrize("prefix", urls.TRACKING_PREFIXES)
def test_tracking_prefix(prefix: str):
    assert urls.strip_tracking(f"{BASE}a?{prefix}source=x&id=7") == f"{BASE}a?id=7"


@pytest.mark.parametrize(
    "pair",
    ["sid=0123456789abcdef0123456789abcdef", "SID=q7f3k0p2m9s8d6a1", "share=twitter", "share=jetpack-whatsapp", "nb=1"],
)
def test_a_key_that_tracks_only_with_such_a_value(pair: str):
    assert urls.url_key(f"{BASE}a?{pair}&id=7") == urls.url_key(f"{BASE}a?id=7")
    assert urls.strip_tracking(f"{BASE}a?{pair}&id=7") == f"{BASE}a?id=7"


@pytest.mark.parametrize("pair", ["sid=42", "sid=100000000000000001", "share=17", "nb=2"])
def test_a_key_that_names_a_post_by_its_value(pair: str):
    assert urls.strip_tracking(f"{BASE}a?{pair}") == f"{BASE}a?{pair}"
    assert urls.url_key(f"{BASE}a?{pair}") != urls.url_key(f"{BASE}a")


@pytest.mark.parametrize("escape", ["%3F", "%2F", "%23", "%25"])
def test_an_escape_of_what_means_another_thing_stays(escape: str):
    assert urls.url_key(f"{BASE}a{escape}b=1") != urls.url_key(f"{BASE}a{unquote(escape)}b=1")


@pytest.mark.parametrize("key", ["id", "p", "page", "q", "lang", "event", "sidebar", "trace", "at", "reference"])
def test_key_that_says_which_page(key: str):
    assert urls.strip_tracking(f"{BASE}a?{key}=1") == f"{BASE}a?{key}=1"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://Harbour-Trust.example", "harbour-trust.example/"),
        ("https://www.harbour-trust.example/", "harbour-trust.example/"),
        ("https://harbour-trust.example:443/a", "harbour-trust.example/a"),
        ("http://harbour-trust.example:80/a", "harbour-trust.example/a"),
        ("http://harbour-trust.example:8080/a", "harbour-trust.example:8080/a"),
        ("https://harbour-trust.example/a/", "harbour-trust.example/a"),
        ("https://harbour-trust.example/a#part", "harbour-trust.example/a"),
        ("https://harbour-trust.example/a/index.html", "harbour-trust.example/a"),
        ("https://harbour-trust.example/index.php", "harbour-trust.example/"),
        ("https://harbour-trust.example/Default.aspx", "harbour-trust.example/"),
        ("https://harbour-trust.example/index.php?id=3", "harbour-trust.example/?id=3"),
        ("https://harbour-trust.example//a///b", "harbour-trust.example/a/b"),
        ("https://harbour-trust.example/a/./b/../c", "harbour-trust.example/a/c"),
        ("https://harbour-trust.example/a;jsessionid=1F?b=2", "harbour-trust.example/a?b=2"),
        ("https://harbour-trust.example/(S(lit3py55t21z5v55vlm25s55))/a", "harbour-trust.example/a"),
        ("https://harbour-trust.example/b/(A(aa)F(bb-_)S(cc))/a", "harbour-trust.example/b/a"),
        ("https://harbour-trust.example/plan-(S)/a", "harbour-trust.example/plan-(S)/a"),
        ("https://harbour-trust.example/?b=2&a=1", "harbour-trust.example/?a=1&b=2"),
        ("https://harbour-trust.example/?p=1&p=2", "harbour-trust.example/?p=1&p=2"),
        ("https://harbour-trust.example/?empty=", "harbour-trust.example/?empty="),
        ("https://harbour-trust.example/People%20&%20places/a", "harbour-trust.example/People & places/a"),
        ("https://harbour-trust.example/People%20%26%20places/a", "harbour-trust.example/People & places/a"),
        ("https://harbour-trust.example/caf%C3%A9", "harbour-trust.example/café"),
        ("https://harbour-trust.example/A", "harbour-trust.example/A"),
    ],
)
def test_url_key(url: str, key: str):
    assert urls.url_key(url) == key


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/a", "https://www.harbour-trust.example/a"),
        ("a b", "https://www.harbour-trust.example/news/a%20b"),
        (" a ", "https://www.harbour-trust.example/news/a"),
        ("a\nb", "https://www.harbour-trust.example/news/ab"),
        ("//other.example/x#y", "https://other.example/x"),
        ("?page=2", "https://www.harbour-trust.example/news/?page=2"),
        ("/People%20&%20places/", "https://www.harbour-trust.example/People%20&%20places/"),
        ("/café", "https://www.harbour-trust.example/caf%C3%A9"),
        ("HTTP://X.example/A", "http://X.example/A"),
        ("https://name:word@x.example:81/a", "https://x.example:81/a"),
        ("https://x.example@y.example/a", "https://y.example/a"),
        ("https://x.example", "https://x.example/"),
        ("mailto:desk@harbour-trust.example", None),
        ("javascript:void(0)", None),
        ("data:text/html,x", None),
        ("ftp://x.example/a", None),
        ("http://[::1", None),
        ("http://x.example:99999/", None),
        ("http:///a", None),
        ("", None),
        (None, None),
        ("/" + "a" * 2000, None),
    ],
)
def test_absolute(url: str | None, expected: str | None):
    assert urls.absolute(url, BASE) == expected


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://harbour-trust.example/a", True),
        ("http://www.harbour-trust.example/a", True),
        ("https://blog.harbour-trust.example/a", False),
        ("https://press.example:8080/a", True),
        ("https://press.example/a", False),
        ("https://harbour-trust.example.evil.example/", False),
        ("https://harbour-trust.example@evil.example/", False),
    ],
)
def test_hosts_of_a_partner(url: str, own: bool):
    hosts = urls.partner_hosts("https://www.harbour-trust.example/", ("press.example:8080",))
    assert urls.same_host(url, hosts) is own


@settings(max_examples=150, deadline=None)
@example("?\xa0#")
@given(st.text(max_size=60))
def test_any_reference_gives_an_address_that_stays_what_it_is(words: str):
    found = urls.absolute(words, BASE)
    if found is not None:
        assert urls.absolute(found, BASE) == found
        assert urls.url_key(urls.strip_tracking(found)) == urls.url_key(found)
        assert found.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("url", "home", "expected"),
    [
        ("https://a.example/x", "http://a.example/", "http://a.example/x"),
        ("https://a.example:8080/x", "http://a.example:8080/", "http://a.example:8080/x"),
        ("https://a.example/x", "https://a.example/", "https://a.example/x"),
        ("http://a.example/x", "https://a.example/", "http://a.example/x"),
        ("https://b.example/x", "http://a.example/", "https://b.example/x"),
        ("https://a.example/x", "http://a.example:8080/", "https://a.example/x"),
    ],
)
def test_an_address_as_its_home_is_served(url: str, home: str, expected: str):
    assert urls.as_served(url, home) == expected
