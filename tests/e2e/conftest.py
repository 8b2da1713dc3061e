"""Programs in terminals end with their test."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from tests.e2e.driving import Program, of_session

GRACE = 3.0
"""Seconds in which a program ends whose terminal was closed."""


@pytest.fixture(autouse=True)
def no_process_is_left_behind() -> Iterator[None]:
    Program.started = []
    yield
    deadline = time.monotonic() + GRACE
    while left := [name for leader in Program.started for name in of_session(leader)]:
        assert time.monotonic() < deadline, left
        time.sleep(0.02)
