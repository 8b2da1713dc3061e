"""Sittings that end their threads when a test is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from tests.conftest import HandClock
from tests.session.sitting import AGENDA, DATE, Begin, Resume

from facilitate.core.agenda import Agenda
from facilitate.session import live as sittings
from facilitate.session.live import LiveSession
from facilitate.store.places import places


@pytest.fixture
def begin(clock: HandClock) -> Iterator[Begin]:
    """Begins sittings, and ends their threads."""
    begun: list[LiveSession] = []

    def beginning(
        agenda: Agenda = AGENDA, *, date: dt.date = DATE, **options: Any
    ) -> LiveSession:
        begun.append(sittings.begin(places(), clock, agenda, date=date, **options))
        return begun[-1]

    yield beginning
    assert all(live.close(5) for live in begun)


@pytest.fixture
def resume(clock: HandClock) -> Iterator[Resume]:
    """Goes on with sittings, and ends their threads."""
    resumed: list[LiveSession] = []

    def resuming(sitting: str) -> LiveSession:
        resumed.append(sittings.resume(places(), clock, sitting))
        return resumed[-1]

    yield resuming
    assert all(live.close(5) for live in resumed)
