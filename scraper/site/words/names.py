"""What people call the values of filters."""

LABELS = {
    ("kind", "news"): "News",
    ("kind", "event"): "Event",
    ("is", "event"): "has an event",
    ("is", "changed"): "changed by the partner",
    ("is", "gone"): "gone from the partner's site",
    ("is", "undated"): "undated",
}

NAMES = {
    "place": {
        "calendar": "calendar file",
        "feed": "feed",
        "inline": "data in a script",
        "json_ld": "structured data (JSON-LD)",
        "listing": "listing",
        "meta": "head of the page",
        "microdata": "structured data (microdata)",
        "permalink": "link to the post itself",
        "prose": "a sentence",
        "recipe": "learned layout",
        "sitemap": "sitemap",
        "time": "time element",
        "url": "address of the page",
        "visible": "text of the page",
        "wordpress": "WordPress API",
    },
    "zone": {
        "none": "–",
        "utc": "UTC",
        "offset": "the date itself",
        "partner": "the partner",
        "epoch": "seconds since 1970",
        "day-end": "end of a day, taken as the day",
        "fold": "an hour that came twice",
        "gap": "an hour that never was",
    },
    "field": {"published": "date", "byline": "author", "categories": "categories", "text": "text", "events": "events"},
    "rights": {
        "full": "whole texts are shown",
        "extract": "the first 60 words are shown",
        "none": "titles, dates, names and addresses are shown",
    },
}

LANGUAGES = {
    "en": "English",
    "en-GB": "English (UK)",
    "en-IE": "English (Ireland)",
    "en-US": "English (US)",
    "cy": "Welsh (Cymraeg)",
    "ga": "Irish (Gaeilge)",
    "gd": "Scottish Gaelic (Gàidhlig)",
    "fr": "French",
    "de": "German",
    "es": "Spanish",
    "nb": "Norwegian (Bokmål)",
    "sk": "Slovak",
}
