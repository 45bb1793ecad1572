"""Broken input of every kind: nothing but a PageError comes out, and soon. `python -m bench.fuzz` runs for longer."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench import fuzz
from scraper.errors import PageError

EXAMPLES = {"feed": 15, "page": 8, "calendar": 15}


@pytest.mark.parametrize("kind", fuzz.KINDS)
def test_any_input_is_read_or_refused(kind: str):
    make, read = fuzz.KINDS[kind]

    @settings(
        max_examples=EXAMPLES.get(kind, 60),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**32))
    def run(seed: int) -> None:
        rng = random.Random(seed)
        body = fuzz.harm(rng, make(rng))
        began = time.process_time()
        try:
            read(body)
        except PageError as error:
            assert error.reason
        assert time.process_time() - began < 3 * fuzz.LIMIT

    run()


@pytest.mark.parametrize("kind", ["feed", "sitemap", "calendar", "page", "date", "robots"])
@given(body=st.binary(max_size=400))
@settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_are_read_or_refused(kind: str, body: bytes):
    try:
        fuzz.KINDS[kind][1](body)
    except PageError as error:
        assert error.reason
