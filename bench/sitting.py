"""A sitting that nobody held, as long as one likes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from facilitate.core.entry_events import EntryAdded, EntryReadBack, EntryReworded
from facilitate.core.events import (
    Event,
    PauseEnded,
    PauseStarted,
    PostCopied,
    Recorded,
    RunOpened,
    SegmentStarted,
)
from facilitate.core.order import Stamper
from facilitate.session.library import open_agenda

AGENDA = Path(__file__).parents[1] / "agendas" / "hj-leadership-day-1.toml"
WRITER = "benchbench"
BEGAN = dt.datetime(2026, 9, 12, 16, 0, tzinfo=dt.UTC)
WORDS = "We say what we see, and we ask before we name it for someone else."


def history(count: int) -> list[Recorded]:
    """So many events, a second apart; six of eight are about lines that the group made."""
    stamper = Stamper()
    made = []
    for n in range(count):
        at = BEGAN + dt.timedelta(seconds=n)
        event = _opening(n, at) if n < 2 else _event(n, at)  # noqa: PLR2004 - opened, started
        base = (event.entry,) if isinstance(event, EntryReworded) else ()
        stamp = stamper.tick(int(at.timestamp() * 1000))
        made.append(
            Recorded(writer=WRITER, n=n, stamp=stamp, by="lead", event=event, base=base)
        )
    return made


def _opening(n: int, at: dt.datetime) -> Event:
    agenda = open_agenda(AGENDA).agenda
    assert agenda is not None
    if n:
        return SegmentStarted(segment=agenda.segments[0].id, from_=None, at=at)
    return RunOpened(
        sitting="bench", device="open road", app="0", agenda=agenda, date=BEGAN.date()
    )


def _event(n: int, at: dt.datetime) -> Event:
    match n % 8:
        case 3:
            return EntryReworded(entry=f"{WRITER}.{n - 1}", text=f"{WORDS} Again.")
        case 4:
            return EntryReadBack(entry=f"{WRITER}.{n - 2}")
        case 6:
            return PauseStarted(kind="care", at=at)
        case 7:
            return PauseEnded(at=at) if n % 16 == 7 else PostCopied(segment="doors", post=0)  # noqa: PLR2004 - every other time
        case _:
            return EntryAdded(
                number=n, kind="agreement", ring="cohort", segment=None, text=WORDS
            )
