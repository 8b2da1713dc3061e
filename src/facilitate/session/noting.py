"""Writing one thing into the journals of a sitting that nobody holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from facilitate.core.events import Event, Recorded
from facilitate.core.order import Stamper
from facilitate.formats.journal_line import encode
from facilitate.session.streams import new_id
from facilitate.store.files import replace_file


def note(
    own: Path, event: Event, history: Iterable[Recorded], now: dt.datetime | None = None
) -> None:
    """Add an event behind all of a history, in a file of its own; it is on disk then.

    Args:
        own: the journals that this machine wrote for the sitting.
        event: what happened.
        history: what is known of the sitting.
        now: when it happened, UTC; None for the time of the last thing in the history, where
            the day of the sitting is not to go on.

    Raises:
        OSError: when it cannot be written.
    """
    stamper = Stamper()
    for recorded in history:
        stamper.follow(recorded.stamp)
    stamp = stamper.tick(int(now.timestamp() * 1000) if now else 0)
    line = Recorded(writer=new_id(), n=0, stamp=stamp, by="lead", event=event)
    replace_file(own / f"{line.writer}.0.jsonl", encode(line))
