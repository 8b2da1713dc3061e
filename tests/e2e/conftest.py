"""Programs in terminals end with their test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.e2e.driving import Program, of_session


@pytest.fixture(autouse=True)
def no_process_is_left_behind() -> Iterator[None]:
    Program.started = []
    yield
    assert [name for leader in Program.started for name in of_session(leader)] == []
