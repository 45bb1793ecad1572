"""Charts and the tables beside them."""

WORDS = {
    "posts_by_month": "Posts by month",
    "histogram_home": "Each bar opens its posts.",
    "histogram_search": "Each bar narrows to its days.",
    "n_coarse": "{n} posts are dated more coarsely and stand in no bar.",
    "n_coarse_one": "1 post is dated more coarsely and stands in no bar.",
    "n_undated": "{n} undated posts are left out.",
    "n_undated_one": "1 undated post is left out.",
    "download_csv": "Download CSV",
    "the_query": "The query",
    "as_table": "The same as a table",
    "period": "Period",
    "by_month_partner": "Posts by month and partner",
    "other_partners": "Other partners",
    "terms_over_time": "Categories over time",
    "terms_hint": "The most frequent categories, each with its children and on its own scale.",
    "peak": "most in {when}",
    "more_charts": "More charts",
    "chart_calendar": "Events by day, as a heat map under the calendar",
    "chart_coverage": "Coverage by day, a strip for each partner",
}
