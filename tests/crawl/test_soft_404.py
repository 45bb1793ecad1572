"""A page that says 'not found' with status 200 is known again, and no post is taken for it."""

import pytest
from tiny_site import post

from scraper.crawl import soft_404

FOOT = "<footer>" + " ".join(f"office{number}" for number in range(80)) + "</footer>"
LOST = (
    "<html><title>{title}</title><body><h1>Sorry</h1><p>We could not find {path}. {more}</p>" + FOOT + "</body></html>"
)
POST = post("Bridge repairs begin", words="The bridge over the river closes in spring. " * 9).replace("</body>", FOOT)


def learned(title="Page not found", more=""):
    url = soft_404.impossible_url("http://h/news/x")
    body = LOST.format(title=title, path=url.rpartition("/")[2], more=more)
    return soft_404.fingerprint(body.encode(), url)


@pytest.mark.parametrize(
    ("title", "more"), [("Page not found", ""), ("Page not found", "Try: " + "bus fares library fair " * 4)]
)
def test_the_same_page_for_another_address(title, more):
    url = "http://h/news/gone-bridge-repairs"
    found = soft_404.fingerprint(LOST.format(title=title, path="gone-bridge-repairs", more=more).encode(), url)
    assert soft_404.is_same(learned(), found)


def test_an_address_in_the_title_does_not_hide_it():
    url = soft_404.impossible_url("http://h/")
    own = url.rpartition("/")[2]
    known = soft_404.fingerprint(LOST.format(title=f"{own} - Nothing here", path=own, more="").encode(), url)
    found = LOST.format(title="flood-survey - Nothing here", path="flood-survey", more="")
    assert soft_404.is_same(known, soft_404.fingerprint(found.encode(), "http://h/news/flood-survey"))


def test_posts_are_no_such_page():
    assert not soft_404.is_same(learned(), soft_404.fingerprint(POST.encode(), "http://h/news/bridge"))


def test_posts_of_a_site_with_one_title_everywhere_are_none_either():
    words = " ".join(f"word{number}" for number in range(90))
    page = f"<html><title>Page not found</title><body><h1>Sorry</h1><p>{words}</p>{FOOT}</body></html>"
    assert not soft_404.is_same(learned(), soft_404.fingerprint(page.encode(), "http://h/news/bridge"))


def test_a_site_that_answers_404_teaches_nothing():
    assert not soft_404.is_same("", soft_404.fingerprint(POST.encode(), "http://h/news/bridge"))
    assert soft_404.fingerprint(b"\x89PNG", "http://h/x") == ""


def test_every_question_is_another():
    first, second = soft_404.impossible_url("http://h:8/a/b"), soft_404.impossible_url("http://h:8/a/b")
    assert first != second
    assert first.startswith("http://h:8/")
