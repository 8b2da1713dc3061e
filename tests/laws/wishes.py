"""Anything that can be asked for, and a table at which it is asked, as laws need them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import get_args

from hypothesis import strategies as st
from tests.laws.histories import (
    ALLOTMENTS,
    CUES,
    DATE,
    INSTANTS,
    NINE,
    PART_IDS,
    PLACES,
    TRUTHS,
    WORDS,
)

from facilitate.core.agenda import Agenda
from facilitate.core.capture_line import NewLine, NewWording
from facilitate.core.captures import KINDS
from facilitate.core.commands import (
    Adopt,
    AnswerGap,
    ApplyFit,
    Close,
    CloseRooms,
    Command,
    EndPause,
    Extend,
    GrantOvertime,
    Insert,
    MarkBroadcastCopied,
    MarkPostCopied,
    Move,
    MovePlan,
    Next,
    NoteGap,
    NoteRecord,
    OpenDoors,
    OpenRooms,
    Restore,
    Return,
    Skip,
    StartPause,
    TickPreparation,
    Undo,
)
from facilitate.core.decide import decide, seen_versions
from facilitate.core.entry_commands import (
    Capture,
    Keep,
    LetGo,
    ReadBack,
    Reword,
    TakeBack,
    Withdraw,
)
from facilitate.core.events import (
    Event,
    GapAnswer,
    PauseKind,
    Recorded,
    RunOpened,
)
from facilitate.core.fold import evolve
from facilitate.core.order import Stamper
from facilitate.core.refusal import Refused
from facilitate.core.state import EMPTY, SessionState

NUMBERS = st.integers(0, 9)
LINES = st.builds(NewLine, kind=st.sampled_from(list(KINDS)), text=st.just("words"))
COMMANDS: dict[type[Command], st.SearchStrategy[Command]] = {
    TickPreparation: st.builds(TickPreparation, item=PLACES),
    MovePlan: st.builds(MovePlan),
    Next: st.builds(Next, seen=st.none() | PART_IDS, at=st.none() | INSTANTS, confirmed=TRUTHS),
    Extend: st.builds(
        Extend,
        minutes=st.integers(-800, 800) | st.integers(-3, 3),
        payer=st.none() | PART_IDS,
    ),
    ApplyFit: st.builds(ApplyFit, allotments=ALLOTMENTS.map(tuple)),
    Skip: st.builds(Skip, segment=PART_IDS),
    Restore: st.builds(Restore, segment=PART_IDS),
    Return: st.builds(Return, segment=PART_IDS, seen=st.none() | PART_IDS),
    Insert: st.builds(Insert, title=WORDS, minutes=st.integers(-1, 800), after=PART_IDS),
    Move: st.builds(Move, segment=PART_IDS, before=PART_IDS),
    Adopt: st.builds(Adopt),
    GrantOvertime: st.builds(GrantOvertime, minutes=st.integers(-800, 800)),
    OpenDoors: st.builds(OpenDoors),
    OpenRooms: st.builds(OpenRooms),
    CloseRooms: st.builds(CloseRooms),
    MarkBroadcastCopied: st.builds(MarkBroadcastCopied, cue=CUES),
    StartPause: st.builds(StartPause, kind=st.sampled_from(get_args(PauseKind))),
    EndPause: st.builds(EndPause),
    NoteGap: st.builds(NoteGap, since=INSTANTS),
    AnswerGap: st.builds(
        AnswerGap, answer=st.sampled_from(get_args(GapAnswer)), at=st.none() | INSTANTS
    ),
    MarkPostCopied: st.builds(MarkPostCopied, post=PLACES),
    Capture: st.builds(Capture, line=LINES),
    Reword: st.builds(Reword, wording=st.builds(NewWording, number=NUMBERS, text=WORDS)),
    ReadBack: st.builds(ReadBack, number=st.none() | NUMBERS),
    Withdraw: st.builds(Withdraw, number=NUMBERS),
    TakeBack: st.builds(TakeBack),
    Keep: st.builds(Keep, number=NUMBERS),
    LetGo: st.builds(LetGo, number=NUMBERS),
    Undo: st.builds(Undo, confirmed=TRUTHS),
    Close: st.builds(Close),
    NoteRecord: st.builds(NoteRecord, revision=st.integers(1, 3)),
}
OFTEN = [Next, Next, Next, Capture, Capture, Undo, StartPause, EndPause, Reword, ReadBack]
ANY_COMMAND = st.sampled_from([*COMMANDS, *OFTEN]).flatmap(COMMANDS.__getitem__)
DAY_WISHES: st.SearchStrategy[Command] = st.one_of(
    *(COMMANDS[kind] for kind in (Skip, Restore, Return, Move)),
    *(COMMANDS[kind] for kind in (Adopt, GrantOvertime, OpenRooms, CloseRooms)),
    st.builds(Insert, title=st.just("Song"), minutes=st.integers(1, 30), after=PART_IDS),
    st.builds(Extend, minutes=st.integers(1, 9), payer=PART_IDS),
)
"""What changes a day without ending it."""
STEPS = st.lists(
    st.tuples(ANY_COMMAND, st.sampled_from(["lead", "co"]), st.floats(0, 15)), max_size=20
)


class Table:
    """Two people at one history, who ask for anything."""

    def __init__(self, agenda: Agenda) -> None:
        self.state, self.now = EMPTY, NINE
        self.refusals: list[Refused] = []
        self._stamper = Stamper()
        self.record(
            RunOpened(sitting="s", device="d", app="0", agenda=agenda, date=DATE), "lead"
        )

    @classmethod
    def at(cls, state: SessionState, now: dt.datetime) -> Table:
        """A table at which things stand so already."""
        table = object.__new__(cls)
        table.state, table.now = state, now
        table.refusals, table._stamper = [], Stamper()
        return table

    def pass_by(self, minutes: float) -> None:
        """Let time pass; before anything began it may be a time before nine."""
        self.now += dt.timedelta(minutes=minutes)

    def record(self, event: Event, by: str) -> None:
        """Let something have happened, whatever the rules say."""
        recorded = Recorded(
            writer=by,
            n=len(self.state.history),
            stamp=self._stamper.tick(int(self.now.timestamp() * 1000)),
            by=by,
            event=event,
            base=seen_versions(self.state, event),
        )
        self.state = evolve(self.state, recorded)

    def ask(self, command: Command, by: str) -> bool:
        """Whether it was done."""
        if isinstance(command, Next | Return) and command.seen is None:
            seen = self.state.run.segment if self.state.run else None
            command = replace(command, seen=seen)
        try:
            events = decide(self.state, command, self.now, by)
        except Refused as refusal:
            self.refusals.append(refusal)
            return False
        for event in events:
            self.record(event, by)
        return bool(events)
