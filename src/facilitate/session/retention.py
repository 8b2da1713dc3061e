"""Letting the journals of a sitting go some days after its record was written.

Nothing goes that a record does not have: it is read and compared with what the journals say.
The names of the team and what it answered afterwards stay.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from facilitate.core.events import Recorded, RecordWritten
from facilitate.core.order import parts
from facilitate.core.refusal import Refused
from facilitate.session.after_record import AfterRecord, after_record
from facilitate.session.finished import over_before
from facilitate.session.trying import Troubles
from facilitate.store.places import Places
from facilitate.store.records import RECORD, altered, read_record_folder
from facilitate.store.removing import finish_removing, remove_folder, remove_unfinished
from facilitate.store.shown import held


class LetGo(NamedTuple):
    """What became of journals whose time had come."""

    removed: tuple[str, ...] = ()
    """Ids of the sittings whose journals are gone."""
    stay: tuple[str, ...] = ()
    """Why others stay, a sentence for each."""


def let_go_of_old_journals(places: Places, keep: int | str | None, now: dt.datetime) -> LetGo:
    """Remove the journals of sittings whose record was noted more than some days ago.

    What the end of the program left half removed goes first. Whatever ends it here, a sitting
    is never taken for one that is not over.

    Args:
        places: where they lie.
        keep: for so many days; anything else keeps them: nobody was asked yet, or they are
            kept as long as the record.
        now: UTC.
    """
    troubles = Troubles()
    with troubles.trying(places.leaving):
        finish_removing(places.leaving)
    removed: list[str] = []
    if isinstance(keep, int):
        before = now - dt.timedelta(days=keep)
        for sitting in over_before(places, before):
            with troubles.trying(f"The notes of {sitting} stay"):
                if _let_go(places, sitting, before):
                    removed.append(sitting)
    return LetGo(tuple(removed), tuple(troubles.told))


def _let_go(places: Places, sitting: str, before: dt.datetime) -> bool:
    """Remove the journals of a sitting; False when it is too early.

    Raises:
        Refused: when they have to stay.
    """
    if sitting in held(places.show):
        raise Refused("it is held in another window.")
    if any(places.private(sitting).glob("*.jsonl")):
        raise Refused("words that were to go at its closing are still there.")
    found = after_record(places, sitting)
    noted = _noted(found.state.history)
    if noted is None or noted > before:
        return False
    _check(found)
    remove_unfinished(places.private(sitting))
    remove_folder(places.own(sitting).parent, places.leaving)
    return True


def _noted(history: tuple[Recorded, ...]) -> dt.datetime | None:
    """When it was noted last that a record was written, UTC."""
    stamps = [one.stamp for one in history if isinstance(one.event, RecordWritten)]
    if not stamps:
        return None
    milliseconds, _ = parts(max(stamps))
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)


def _check(found: AfterRecord) -> None:
    """Nothing would be lost without the journals.

    Raises:
        Refused: when something would.
    """
    if found.path is None or found.record is None:
        raise Refused("its record is gone.")
    if found.late or found.waiting:
        raise Refused("there are late notes that its record has not.")
    if found.next != found.record:
        raise Refused("its record says something else.")
    changed = (
        altered(read_record_folder(found.path.parent))
        if found.path.name == RECORD
        else [found.path.name]
    )
    if changed:
        raise Refused(f"its record was changed since it was written: {', '.join(changed)}.")
