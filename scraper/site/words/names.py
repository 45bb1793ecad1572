"""What people call the values of filters."""

LABELS = {
    ("kind", "news"): "News",
    ("kind", "event"): "Event",
    ("is", "event"): "has an event",
    ("is", "changed"): "changed by the partner",
    ("is", "gone"): "gone from the partner's site",
    ("is", "undated"): "undated",
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
