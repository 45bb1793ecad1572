"""The home page."""

WORDS = {
    "nothing_yet": "Nothing is archived yet. The first crawl fills these pages.",
    "latest": "Latest posts",
    "all_newest": "All, newest first",
    "coming": "Coming up",
    "coming_none": "No events are known for these days.",
    "partner_health": "How the partners are read",
    "health_hint": "Each day of the last {n}; a hole is never mistaken for a quiet day.",
    "failing": "{n} partners could not be read at the last attempt:",
    "failing_one": "1 partner could not be read at the last attempt:",
    "partner": "Partner",
    "last_days": "Last {n} days",
    "last_good": "Last read",
    "never": "never",
    "more_partners": "{n} more partners",
    "more_partners_one": "1 more partner",
}
