"""Days, months and stretches of time."""

MONTHS = "January February March April May June July August September October November December".split()
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# ISO 8601-2 section 4.8: 21-24 seasons without a hemisphere, 25-28 north, 29-32 south, 33-36 quarters, 40-41 halves
DIVISIONS = {
    **dict.fromkeys((21, 25, 29), "spring {year}"),
    **dict.fromkeys((22, 26, 30), "summer {year}"),
    **dict.fromkeys((23, 27, 31), "autumn {year}"),
    **dict.fromkeys((24, 28, 32), "winter {year}"),
    **{32 + quarter: f"quarter {quarter} of {{year}}" for quarter in (1, 2, 3, 4)},
    40: "first half of {year}",
    41: "second half of {year}",
}

WORDS = {
    "span": "{first} to {last}",
    "span_until": "until {last}",
    "span_from": "from {first}",
    "doubtful": "{when} (uncertain)",
    "hours_until": "{starts}, until {ends}",
}
