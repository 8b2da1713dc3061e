"""Anything that can be asked for, and a table at which it is asked, as laws need them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

from hypothesis import strategies as st
from tests.laws.histories import (
    ALLOTMENTS,
    CONCERN_KINDS,
    CUES,
    DATE,
    FORMS,
    INSTANTS,
    NINE,
    PART_IDS,
    PLACES,
    RINGS,
    STATES,
    TRUTHS,
    WHENS,
    WORDS,
)

from facilitate.core.agenda import Agenda
from facilitate.core.capture_line import NewLine, NewWording
from facilitate.core.captures import DETAILS, KINDS, LowerRing
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
    AdoptLine,
    AgreeNotes,
    AskAttribution,
    Attribute,
    CallSmall,
    Capture,
    Describe,
    DrawLesson,
    DropAttribution,
    EntryCommand,
    HearAgain,
    HoldCare,
    Keep,
    LetGo,
    LookAgain,
    Lower,
    MoveTo,
    NoteConcern,
    PutToTest,
    Raise,
    ReadBack,
    Reaffirm,
    Reword,
    TakeBack,
    TakeVotes,
    Withdraw,
)
from facilitate.core.events import (
    Allotment,
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
from facilitate.core.tally import SCALES, Tally

NUMBERS = st.integers(0, 9)
LINES = st.builds(
    NewLine,
    kind=st.sampled_from(list(KINDS)) | st.just("agreement"),
    text=st.just("words"),
    when=WHENS,
    belongs_with=st.none() | NUMBERS,
)
DETAIL_NAMES = st.sampled_from(sorted({name for names in DETAILS.values() for name in names}))
TALLIES = st.builds(
    Tally,
    st.lists(st.integers(0, 3), max_size=6).map(tuple),
    passes=st.integers(0, 2),
    no_objection=TRUTHS,
)
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
    AgreeNotes: st.builds(AgreeNotes, keeps=TRUTHS),
    HoldCare: st.builds(HoldCare, holder=WORDS, follow_up=TRUTHS),
    CallSmall: st.builds(CallSmall, number=NUMBERS),
    HearAgain: st.builds(HearAgain, number=NUMBERS),
    MoveTo: st.builds(MoveTo, number=NUMBERS, state=STATES, into=st.none() | NUMBERS),
    PutToTest: st.builds(
        PutToTest, number=NUMBERS, scale=st.sampled_from(list(SCALES.values()))
    ),
    TakeVotes: st.builds(TakeVotes, tally=TALLIES, number=st.none() | NUMBERS),
    NoteConcern: st.builds(
        NoteConcern, kind=CONCERN_KINDS, text=WORDS, number=st.none() | NUMBERS
    ),
    AdoptLine: st.builds(AdoptLine, number=NUMBERS, confirmed=TRUTHS),
    Reaffirm: st.builds(Reaffirm, number=NUMBERS),
    Describe: st.builds(Describe, number=NUMBERS, name=DETAIL_NAMES, text=WORDS),
    LookAgain: st.builds(LookAgain, number=NUMBERS, when=WHENS | WORDS),
    AskAttribution: st.builds(AskAttribution, number=NUMBERS, form=FORMS),
    Attribute: st.builds(Attribute, number=NUMBERS, form=FORMS, text=WORDS, scope=RINGS),
    DropAttribution: st.builds(DropAttribution, number=NUMBERS),
    Raise: st.builds(Raise, number=NUMBERS, ring=RINGS),
    Lower: st.builds(Lower, number=NUMBERS, ring=st.sampled_from(get_args(LowerRing))),
    DrawLesson: st.builds(DrawLesson, number=NUMBERS, text=WORDS),
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


def about(command: Command, number: int) -> Command:
    """The wish, about the line of that number, where it is about a line."""
    if isinstance(command, Reword):
        return replace(command, wording=replace(command.wording, number=number))
    if getattr(command, "number", None) is None:
        return command
    said = replace(command, number=number)  # type: ignore[call-arg]
    return replace(said, confirmed=True) if isinstance(said, AdoptLine) else said


LINE_WISHES: st.SearchStrategy[Command] = st.builds(
    about,
    st.sampled_from(
        [
            *(kind for kind in get_args(EntryCommand) if kind is not AgreeNotes),
            *(MoveTo, MoveTo, ReadBack, Undo),
            *(Reword, PutToTest, TakeVotes, AdoptLine, CallSmall) * 3,
        ]
    ).flatmap(COMMANDS.__getitem__),
    st.sampled_from([1, 2, 3, 4, 4, 4, 5, 5, 6, 6, 7]),
)
"""What is done with a few lines while they are kept, the road of consent more often."""
CONSENT_WISHES: st.SearchStrategy[Command] = st.builds(
    about,
    st.sampled_from(
        [Reword, PutToTest, PutToTest, AdoptLine, CallSmall, Raise, MoveTo]
    ).flatmap(COMMANDS.__getitem__),
    st.sampled_from([4, 5]),
)
"""What two agreements go through, again and again."""
STEPS = st.lists(
    st.tuples(ANY_COMMAND, st.sampled_from(["lead", "co"]), st.floats(0, 15)), max_size=20
)


LONG_AGO = dt.datetime(2026, 9, 12, 12, tzinfo=dt.UTC)
ONE_OF_EACH: tuple[Command, ...] = (
    TickPreparation(item=0),
    MovePlan(),
    Next(seen=None),
    Next(seen="arrive"),
    Extend(minutes=1),
    Extend(minutes=1, payer="agree"),
    ApplyFit(allotments=(Allotment(segment="agree", minutes=20),)),
    Skip(segment="agree"),
    Restore(segment="agree"),
    Return(segment="arrive", seen="agree"),
    Insert(title="Song", minutes=5, after="agree"),
    Move(segment="tea", before="agree"),
    Adopt(),
    GrantOvertime(minutes=5),
    OpenDoors(),
    OpenRooms(),
    CloseRooms(),
    MarkBroadcastCopied(cue="halfway"),
    StartPause(kind="care"),
    EndPause(),
    NoteGap(since=LONG_AGO),
    AnswerGap(answer="still here"),
    MarkPostCopied(post=0),
    AgreeNotes(keeps=True),
    HoldCare(holder="care", follow_up=True),
    Capture(line=NewLine(kind="agreement", text="One mic")),
    Reword(wording=NewWording(number=1, text="words")),
    CallSmall(number=1),
    ReadBack(number=None),
    HearAgain(number=1),
    MoveTo(number=1, state="parked"),
    PutToTest(number=1, scale=SCALES["fist"]),
    TakeVotes(tally=Tally((9, 3))),
    NoteConcern(kind="concern", text="not by phone"),
    AdoptLine(number=1),
    Reaffirm(number=1),
    Describe(number=1, name="scope", text="in the rooms"),
    LookAgain(number=1, when="next"),
    AskAttribution(number=1, form="role"),
    Attribute(number=1, form="role", text="an elder", scope="cohort"),
    DropAttribution(number=1),
    Withdraw(number=1),
    TakeBack(),
    Raise(number=1, ring="team"),
    Lower(number=1, ring="sitting"),
    Keep(number=1),
    LetGo(number=1),
    DrawLesson(number=1, text="slower is kinder"),
    Undo(),
    Undo(confirmed=True),
    Close(),
)
"""One of every command but NoteRecord, about the day of the tests of the core."""


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

    def fork(self) -> Table:
        """The same history at another table, which goes its own way from here."""
        other = Table.at(self.state, self.now)
        if self.state.history:
            other._stamper.follow(self.state.history[-1].stamp)
        return other

    def hear(self, history: Iterable[Recorded]) -> None:
        """Take in what was recorded elsewhere."""
        for recorded in history:
            self.state = evolve(self.state, recorded)
            self._stamper.observe(recorded.stamp, int(self.now.timestamp() * 1000))

    def pass_by(self, minutes: float) -> None:
        """Let time pass; before anything began it may be a time before nine."""
        self.now += dt.timedelta(minutes=minutes)

    def record(self, event: Event, by: str) -> None:
        """Let something have happened, whatever the rules say."""
        recorded = Recorded(
            writer=by,
            n=sum(recorded.writer == by for recorded in self.state.history),
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
