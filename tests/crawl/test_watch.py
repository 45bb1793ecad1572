"""A partner's silence is judged by its own rhythm: simulated cadences over two years, and stops."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest

from scraper.crawl.watch import silence

START = date(2022, 1, 1)
YEARS = 4  # two to learn from, two to be judged

Gap = Callable[[random.Random], float]


def weekly(rng: random.Random) -> float:
    return rng.choice([6, 7, 7, 7, 8])


def weekly_with_holidays(rng: random.Random) -> float:
    return 24 if rng.random() < 0.03 else rng.choice([5, 7, 7, 9])


def at_random(rng: random.Random) -> float:
    return rng.expovariate(1 / 4)


def rare(rng: random.Random) -> float:
    return rng.expovariate(1 / 12)


def in_bursts(rng: random.Random) -> float:
    return 0.3 if rng.random() < 0.7 else rng.uniform(8, 30)


def heavy_tailed(rng: random.Random) -> float:
    return rng.lognormvariate(1.2, 0.9)


CADENCES = [weekly, weekly_with_holidays, at_random, rare, in_bursts, heavy_tailed]


def publish(gap: Gap, seed: int) -> list[date]:
    """The days on which a partner of that cadence publishes."""
    rng, at, days = random.Random(seed), 0.0, []
    while at < 365 * YEARS:
        days.append(START + timedelta(days=int(at)))
        at += max(0.05, gap(rng))
    return days


@pytest.mark.parametrize("gap", CADENCES)
def test_at_most_one_false_alarm_a_year(gap: Gap):
    seeds, judged = 20, 2
    alarms = 0
    for seed in range(seeds):
        days, raised = publish(gap, seed), False
        for number in range(365 * (YEARS - judged), 365 * YEARS):
            today = START + timedelta(days=number)
            found = silence([day for day in days if day <= today], today) is not None
            alarms += found and not raised
            raised = found
    assert alarms / seeds / judged <= 1


@pytest.mark.parametrize("gap", CADENCES)
def test_a_stop_is_raised_within_twice_the_longest_gap(gap: Gap):
    days = publish(gap, seed=7)
    last = days[-1]
    known = [day for day in days if day >= last - timedelta(days=730)]
    longest = max((later - earlier).days for earlier, later in pairwise(known))
    today = last + timedelta(days=max(2 * longest, 8))
    assert silence(days, today) is not None


def test_a_partner_with_little_history_is_not_judged():
    assert silence([START, START + timedelta(days=7)], START + timedelta(days=300)) is None
