"""The clock's part of a state being folded: runs, pauses, the plan and what may be used of it.

Total: an event that does not fit what is there changes nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import MappingProxyType
from typing import Any, assert_never

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.clock_time import minutes
from facilitate.core.events import (
    FROM,
    BroadcastCopied,
    ClockGap,
    DoorsOpened,
    FitApplied,
    GapAnswered,
    OvertimeGranted,
    PauseEnded,
    PauseStarted,
    PlanAdopted,
    PlanMoved,
    PlanReordered,
    RoomsClosed,
    RoomsOpened,
    SegmentExtended,
    SegmentInserted,
    SegmentRestored,
    SegmentSkipped,
    SegmentStarted,
)
from facilitate.core.plan import Plan, flowed_on, laid_out
from facilitate.core.runs import Pause, RoomTime, Run
from facilitate.core.state import SessionState

PlanEvent = PlanMoved | SegmentInserted | PlanReordered | PlanAdopted | OvertimeGranted
UseEvent = SegmentExtended | FitApplied | SegmentSkipped | SegmentRestored
TimeEvent = (
    SegmentStarted
    | PauseStarted
    | PauseEnded
    | ClockGap
    | GapAnswered
    | DoorsOpened
    | RoomsOpened
    | RoomsClosed
    | BroadcastCopied
)
ClockEvent = PlanEvent | UseEvent | TimeEvent


class ClockFold:
    """The fields of a state that the clock's events change, open to change."""

    def __init__(self, state: SessionState) -> None:
        self._agenda, self._date = state.agenda, state.date
        self._closed = state.closed_at is not None
        self._moved_to, self._overtime = state.moved_to, state.overtime
        self._segments, self._adopted = list(state.segments), dict(state.adopted)
        self._adopted_at = state.adopted_at
        self._plan = state.plan
        self._runs, self._pauses = list(state.runs), list(state.pauses)
        self._extra = dict(state.extra)
        self._interrupted = list(state.interrupted)
        self._cut, self._skipped = set(state.cut_short), set(state.skipped)
        self._restored = set(state.restored)
        self._gap, self._doors = state.gap, state.doors_at
        self._rooms, self._broadcasts = list(state.rooms), set(state.broadcasts)

    def fields(self) -> dict[str, Any]:
        """The fields as a state has them."""
        return {
            "moved_to": self._moved_to,
            "overtime": self._overtime,
            "segments": tuple(self._segments),
            "adopted": MappingProxyType(self._adopted),
            "adopted_at": self._adopted_at,
            "plan": self._plan or self._laid_out(),
            "runs": tuple(self._runs),
            "pauses": tuple(self._pauses),
            "extra": MappingProxyType(self._extra),
            "interrupted": tuple(self._interrupted),
            "cut_short": frozenset(self._cut),
            "skipped": frozenset(self._skipped),
            "restored": frozenset(self._restored),
            "gap": self._gap,
            "doors_at": self._doors,
            "rooms": tuple(self._rooms),
            "broadcasts": frozenset(self._broadcasts),
        }

    def _laid_out(self) -> Plan | None:
        if self._agenda is None or self._date is None:
            return None
        return laid_out(
            self._agenda,
            self._date,
            self._segments,
            moved_to=self._moved_to,
            adopted=self._adopted,
            overtime=self._overtime,
        )

    def open(self, agenda: Agenda, date: dt.date | None) -> None:
        """Take in the agenda of the sitting."""
        self._agenda, self._date, self._plan = agenda, date, None
        self._segments = list(agenda.segments)

    def close(self, at: dt.datetime) -> None:
        """End what goes on."""
        self._end_pause(at)
        self._end_run(at)
        self._closed, self._gap = True, None

    def apply(self, event: ClockEvent) -> None:
        """Take in one event."""
        match event:
            case SegmentStarted():
                self._start(event)
            case PauseStarted(kind=kind, at=at):
                if self._running() and not self._pausing():
                    self._pauses.append(Pause(kind=kind, start=self._not_before_run(at)))
            case PauseEnded(at=at):
                self._end_pause(at)
            case ClockGap():
                self._gap = event
            case GapAnswered():
                self._answer(event)
            case DoorsOpened(at=at):
                self._doors = self._doors or at
            case RoomsOpened() | RoomsClosed() | BroadcastCopied():
                self._use_rooms(event)
            case SegmentExtended() | FitApplied() | SegmentSkipped() | SegmentRestored():
                self._use(event)
            case _:
                self._plan = None
                self._change_plan(event)

    # The plan

    def _change_plan(self, event: PlanEvent) -> None:
        match event:
            case PlanMoved(start=start):
                self._moved_to = start
            case OvertimeGranted(minutes=count):
                self._overtime += count
            case PlanAdopted(times=times):
                self._adopted_at = event.at
                self._adopted |= {
                    time.segment: (time.start, max(time.start, time.end)) for time in times
                }
            case SegmentInserted(segment=segment, after=after):
                self._insert(segment, after)
            case PlanReordered(segment=segment_id, before=before):
                self._move(segment_id, before)
            case _ as unreachable:
                assert_never(unreachable)

    def _insert(self, segment: Segment, after: str) -> None:
        place = self._place(after)
        if place is None or self._place(segment.id) is not None:
            return
        self._segments.insert(place + 1, segment)
        if self._adopted:
            last = max(end for _, end in self._adopted.values())
            self._adopted[segment.id] = (last, last + minutes(segment.minutes))
            self._flow_on()

    def _move(self, segment: str, before: str) -> None:
        place, target = self._place(segment), self._place(before)
        if place is None or target is None or place == target:
            return
        moved = self._segments.pop(place)
        self._segments.insert(target - (place < target), moved)
        self._flow_on()

    def _flow_on(self) -> None:
        """Let adopted times follow the new order of the plan."""
        plan = self._laid_out()
        if plan is not None and self._adopted:
            ran = {run.segment for run in self._runs}
            self._adopted = flowed_on(plan, self._adopted, ran)

    def _place(self, segment: str) -> int | None:
        places = (n for n, one in enumerate(self._segments) if one.id == segment)
        return next(places, None)

    # What may be used

    def _use(self, event: UseEvent) -> None:
        match event:
            case SegmentExtended(segment=segment, minutes=count, payer=payer):
                self._give(segment, count)
                if payer.startswith(FROM):
                    self._give(payer.removeprefix(FROM), -count)
            case FitApplied(allotments=allotments):
                for one in allotments:
                    place = self._place(one.segment)
                    if place is not None:
                        self._extra[one.segment] = one.minutes - self._segments[place].minutes
            case SegmentSkipped(segment=segment):
                self._skip(segment)
            case SegmentRestored(segment=segment):
                self._restore(segment)
            case _ as unreachable:
                assert_never(unreachable)

    def _give(self, segment: str, count: int) -> None:
        self._extra[segment] = self._extra.get(segment, 0) + count

    def _skip(self, segment: str) -> None:
        self._restored.discard(segment)
        if segment in self._interrupted:
            self._interrupted.remove(segment)
            self._cut.add(segment)
        elif all(run.segment != segment for run in self._runs):
            self._skipped.add(segment)

    def _restore(self, segment: str) -> None:
        if segment in self._cut:
            self._cut.discard(segment)
            self._interrupted.append(segment)
        else:
            self._skipped.discard(segment)
            self._restored.add(segment)

    # What happened

    def _start(self, event: SegmentStarted) -> None:
        running = self._runs[-1].segment if self._running() else None
        if event.from_ != running or self._closed or self._place(event.segment) is None:
            return
        at = self._not_before_run(event.at)
        if self._gap is not None and at > self._gap.until:
            self._gap = None  # who moves on after a gap has found the place again
        self._end_pause(at)
        self._end_run(at)
        if running is not None and event.leaves == "interrupted":
            self._interrupted.append(running)
        elif running is not None and event.leaves == "cut short":
            self._cut.add(running)
        if event.segment in self._interrupted:
            self._interrupted.remove(event.segment)
        for left_out in (self._cut, self._skipped, self._restored):
            left_out.discard(event.segment)
        self._runs.append(Run(segment=event.segment, start=at))

    def _answer(self, event: GapAnswered) -> None:
        gap, self._gap = self._gap, None
        if gap is None:
            return
        if event.answer == "paused" and self._running():
            self._stood_still(self._not_before_run(gap.since), gap.until)
        elif event.segment is not None and event.at is not None and self._running():
            running = self._runs[-1].segment
            self._start(SegmentStarted(segment=event.segment, from_=running, at=event.at))

    def _stood_still(self, since: dt.datetime, until: dt.datetime) -> None:
        """Add a pause after the fact; time that was paused already is not counted twice."""
        for pause in self._pauses:
            if pause.start <= since:
                since = max(since, pause.end or until)
            else:
                until = min(until, pause.start)
        if since < until:
            before_a_lasting_one = len(self._pauses) - self._pausing()
            stood = Pause(kind="hold", start=since, end=until)
            self._pauses.insert(before_a_lasting_one, stood)

    def _running(self) -> bool:
        return bool(self._runs) and self._runs[-1].end is None

    def _pausing(self) -> bool:
        return bool(self._pauses) and self._pauses[-1].end is None

    def _not_before_run(self, at: dt.datetime) -> dt.datetime:
        return max(at, self._runs[-1].start) if self._runs else at

    def _end_run(self, at: dt.datetime) -> None:
        self._close_rooms(at)
        if self._running():
            self._runs[-1] = replace(self._runs[-1], end=max(at, self._runs[-1].start))

    def _end_pause(self, at: dt.datetime) -> None:
        if self._pausing():
            self._pauses[-1] = replace(self._pauses[-1], end=max(at, self._pauses[-1].start))

    # Rooms

    def _use_rooms(self, event: RoomsOpened | RoomsClosed | BroadcastCopied) -> None:
        match event:
            case RoomsOpened(segment=segment, at=at):
                if self._runs_now(segment) and not self._rooms_open():
                    opened = self._not_before_run(at)
                    self._rooms.append(RoomTime(segment=segment, opened=opened))
            case RoomsClosed(segment=segment, at=at):
                if self._runs_now(segment):
                    self._close_rooms(at)
            case BroadcastCopied(segment=segment, cue=cue):
                self._broadcasts.add((segment, cue))
            case _ as unreachable:
                assert_never(unreachable)

    def _runs_now(self, segment: str) -> bool:
        return self._running() and self._runs[-1].segment == segment

    def _rooms_open(self) -> bool:
        return bool(self._rooms) and self._rooms[-1].closed is None

    def _close_rooms(self, at: dt.datetime) -> None:
        if self._rooms_open():
            last = self._rooms[-1]
            self._rooms[-1] = replace(last, closed=max(at, last.opened))
