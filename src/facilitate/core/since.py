"""What lines lost since a sitting, so that handing it on does not bring it back.

A record stays as it was written. Someone who withdrew a line in a later sitting, or took the
yes to a name back, did not do so for that sitting alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from facilitate.core.captures import RINGS
from facilitate.core.record import RecordedEntry, SittingRecord
from facilitate.core.threads import Step, ThreadKey, threads

WITHDRAWN = "withdrawn"
"""State of a carried line that someone took back; its words are gone."""


def as_now(
    known: Sequence[SittingRecord], later: Iterable[SittingRecord]
) -> tuple[SittingRecord, ...]:
    """Some records of a cohort without what later ones took from their lines.

    That is all of a line that was withdrawn, a ring wider than it has now, and a name that it
    does not say any more. What `later` ones brought is not added.
    """
    took = tuple(later)
    if not took:
        return tuple(known)
    places = {record.id for record in took}
    found = threads([*known, *took])
    lost = {thread.key: thread.latest for thread in found if thread.latest.sitting.id in places}
    return tuple(_as_now(record, lost) for record in known)


def _as_now(record: SittingRecord, lost: dict[ThreadKey, Step]) -> SittingRecord:
    steps = ((thread.key, thread.latest.entry) for thread in threads([record]))
    entries = (
        _without(entry, lost[key].entry) if key in lost else entry for key, entry in steps
    )
    return replace(record, entries=tuple(entries))


def _without(entry: RecordedEntry, now: RecordedEntry) -> RecordedEntry:
    if now.state == WITHDRAWN:
        return RecordedEntry(
            id=entry.id, kind=entry.kind, state=WITHDRAWN, ring=entry.ring, text="",
            origin=entry.origin, carried_from=entry.carried_from,
        )  # fmt: skip
    return replace(_unnamed(entry, now), ring=min(entry.ring, now.ring, key=RINGS.index))


def _unnamed(entry: RecordedEntry, now: RecordedEntry) -> RecordedEntry:
    """Without a name that is not said any more, and no further than it may go now."""
    scope, held = entry.attribution_scope, now.attribution_scope
    if now.attribution != entry.attribution or scope is None or held is None:
        return replace(entry, attribution="", attribution_scope=None)
    return replace(entry, attribution_scope=min(scope, held, key=RINGS.index))
