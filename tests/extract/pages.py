"""Small pages in the shapes that British regional sites have; every organisation in them is invented."""

from __future__ import annotations

from scraper.extract.document import Document, parse
from scraper.models import Partner

URL = "https://www.northvale-partnership.example/news/bus-grant/"
PARTNER = Partner(
    slug="northvale-partnership",
    title="Northvale Partnership",
    home="https://www.northvale-partnership.example/",
    region="northvale",
    timezone="Europe/London",
    language="en-GB",
)

PARAGRAPHS = (
    "The Northvale Partnership has won a grant of £4.2 million to run electric buses between Harrowby and Castle "
    "Street.",
    "The first of eighteen vehicles will enter service in the spring, replacing diesel buses that are twenty years "
    "old.",
    "“Residents told us they wanted cleaner air and later buses, and this grant pays for both,” said Councillor Ann "
    "Teague.",
    "Work on the depot at Millgate begins next month and is due to finish before the new timetable comes into force.",
)
NAVIGATION = """
<header><nav class="main-menu"><ul><li><a href="/category/transport/" rel="category">All transport</a></li>
<li><a href="/tag/jobs/" rel="tag">Jobs</a></li></ul></nav></header>"""
RAIL = """
<aside class="related-posts"><h2>Latest news</h2>
<article class="card"><h3><a href="/news/rail-hub/">Rail hub set to begin</a></h3>
<a rel="tag" href="/tag/rail/">Rail</a>
<p class="byline">By Someone Else</p><time>1 March 2026</time></article>
<article class="card"><h3><a href="/news/skills/">Skills fund opens</a></h3>
<a rel="category tag" href="/category/skills/">Skills</a></article>
</aside>
<footer class="site-footer"><p>Keep updated: subscribe to our newsletter.</p></footer>"""


def page(
    head: str = "", post: str = "", *, url: str = URL, body_class: str = "", lang: str = "en-GB", rail: str = RAIL
) -> Document:
    """Return a parsed page: navigation, a post with four paragraphs, a rail with other posts."""
    text = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    html = f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head>
<body class="{body_class}">{NAVIGATION}<main><article class="post"><h1>Electric buses for Castle Street</h1>{post}
<div class="entry-content">{text}</div></article></main>{rail}</body></html>"""
    return parse(html.encode(), url, content_type="text/html; charset=utf-8")


def bare(html: str, *, url: str = URL) -> Document:
    """Return a parsed page that is just `html`."""
    return parse(html.encode(), url, content_type="text/html")
