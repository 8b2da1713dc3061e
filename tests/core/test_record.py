import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.contents import contents

from facilitate.core.agenda import Agenda, Objective, Role, Segment
from facilitate.core.captures import Detail, Marks
from facilitate.core.entry_events import (
    AttributionAsked,
    AttributionWithdrawn,
    CareHeld,
    ConcernNoted,
    EntryAdded,
    EntryAdopted,
    EntryAttributed,
    EntryDescribed,
    EntryHeardAgain,
    EntryLetGo,
    EntryLowered,
    EntryMoved,
    EntryRaised,
    EntryReadBack,
    EntryReaffirmed,
    EntryReworded,
    EntryTakenBack,
    EntryTakenUp,
    EntryTested,
    EntryWithdrawn,
    NoteKeepingAgreed,
    RewordingWasSmall,
    VotesTaken,
    WordsKeptApart,
)
from facilitate.core.events import (
    Event,
    PauseEnded,
    PauseStarted,
    PlanMoved,
    Recorded,
    RecordWritten,
    RunOpened,
    SegmentStarted,
    SittingClosed,
    Undone,
)
from facilitate.core.fold import replay
from facilitate.core.record import (
    RecordedEntry,
    RecordedSegment,
    SittingRecord,
    Wording,
    record_of,
)
from facilitate.core.refusal import Refused
from facilitate.core.state import EMPTY, SessionState
from facilitate.core.travelling import given_back, gone, words_of
from facilitate.formats.record_toml import read_record, write_record

NINE = dt.datetime(2026, 11, 22, 17, 0, tzinfo=dt.UTC)  # 09:00 in Los Angeles
PST = dt.timezone(dt.timedelta(hours=-8))

AGENDA = Agenda(
    id="listening",
    title="Listening circles",
    subtitle="Day one",
    start=dt.time(9),
    timezone="America/Los_Angeles",
    minutes=60,
    place="online",
    series="circles",
    part=1,
    parts=2,
    for_whom="Anyone who listens",
    objectives=(Objective(key="listen", text="Listen\nto one another"),),
    team=(Role(role="lead", name="NAME-OF-THE-LEAD"),),
    segments=(
        Segment(id="arrive", title="Arriving", kind="arrival", minutes=20, lead="lead"),
        Segment(id="buffer", title="Room to breathe", kind="buffer", minutes=5),
        Segment(id="agree", title="How we want to be", kind="agreements", minutes=25),
        Segment(id="close", title="Closing", kind="closing", minutes=10, starts_at=dt.time(10)),
    ),
)


def after(minutes: float) -> dt.datetime:
    return NINE + dt.timedelta(minutes=minutes)


def on_clock(hour: int, minute: int, second: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, 22, hour, minute, second, tzinfo=PST)


class History:
    """A history that grows line by line; its stamps rise."""

    def __init__(self, agenda: Agenda = AGENDA, **opening: object) -> None:
        self.lines: list[Recorded] = []
        fields = {"date": dt.date(2026, 11, 22), "cohort": "north", **opening}
        self.add(
            RunOpened(
                sitting="2026-11-22-listening-ab3d",
                device="calm bay",
                app="0.1.0",
                agenda=agenda,
                **fields,  # type: ignore[arg-type]
            )
        )

    def add(
        self, event: Event, *, base: tuple[str, ...] = (), writer: str = "aaaaaaaaaa"
    ) -> str:
        n = sum(1 for line in self.lines if line.writer == writer)
        stamp = f"{int(NINE.timestamp() * 1000):012x}-{len(self.lines):04x}"
        self.lines.append(
            Recorded(writer=writer, n=n, stamp=stamp, by="co", event=event, base=base)
        )
        return self.lines[-1].id

    def line(self, text: str | None, number: int = 1, **fields: object) -> str:
        given = {"kind": "agreement", "ring": "cohort", "segment": "agree", **fields}
        return self.add(EntryAdded(number=number, text=text, **given))  # type: ignore[arg-type]

    def kept_apart(self, text: str, number: int = 1) -> str:
        entry = self.line(None, number, kind="learning", ring="sitting")
        self.add(WordsKeptApart(entry=entry, of=entry, text=text), writer="pppppppppp")
        return entry

    @property
    def state(self) -> SessionState:
        return replay(self.lines)

    @property
    def record(self) -> SittingRecord:
        return record_of(self.state, after(1000))

    @property
    def entry(self) -> RecordedEntry:
        (entry,) = self.record.entries
        return entry


@pytest.fixture
def history() -> History:
    return History()


# What the group made


def test_a_kept_line_enters_with_what_people_need_to_find_it_again(history: History) -> None:
    entry = history.line("One mic", 12, lineage="the elders")
    history.add(EntryReadBack(entry=entry))
    assert history.entry == RecordedEntry(
        id="A12",
        kind="agreement",
        state="proposed",
        ring="cohort",
        text="One mic",
        lineage="the elders",
        segment="agree",
    )


def test_lines_stand_by_number(history: History) -> None:
    for number in (7, 3, 5):
        history.line("Words", number)
    assert [entry.id for entry in history.record.entries] == ["A3", "A5", "A7"]


def test_earlier_wordings_enter_oldest_first(history: History) -> None:
    first = history.line("One mic", lineage="the elders")
    second = history.add(EntryReworded(entry=first, text="One voice"), base=(first,))
    history.add(EntryReworded(entry=first, text="One speaker"), base=(second,))
    assert history.entry.text == "One speaker"
    assert history.entry.earlier == (
        Wording(text="One mic", lineage="the elders"),
        Wording(text="One voice"),
    )


def test_wordings_made_at_the_same_time_both_hold(history: History) -> None:
    first = history.line("One mic")
    history.add(EntryReworded(entry=first, text="One voice"), base=(first,))
    history.add(EntryReworded(entry=first, text="One speaker"), base=(first,))
    assert history.entry.text == "One speaker"
    assert history.entry.also == (Wording(text="One voice"),)
    assert history.entry.earlier == (Wording(text="One mic"),)


def test_giving_a_line_to_a_wider_ring_is_no_earlier_wording(history: History) -> None:
    entry = history.line("One mic")
    history.add(EntryRaised(entry=entry, ring="public", text="One mic"))
    assert (history.entry.ring, history.entry.earlier) == ("public", ())


def test_text_that_could_steer_a_terminal_enters_as_plain_words(history: History) -> None:
    history.line("One\x1b[31m\nmic\u202e\ud800", lineage="the\telders")
    assert history.entry.text == "One [31m mic"
    assert history.entry.lineage == "the elders"


# What never enters


def test_a_line_of_the_sitting_ring_does_not_enter(history: History) -> None:
    history.kept_apart("between us")
    history.line("in the open by mistake", 2, ring="sitting")
    assert history.record.entries == ()


def test_words_from_before_a_line_was_raised_do_not_enter(history: History) -> None:
    entry = history.kept_apart("between us")
    reworded = history.add(EntryReworded(entry=entry, text=None), base=(entry,))
    history.add(
        WordsKeptApart(entry=entry, of=reworded, text="still between us"), writer="pppppppppp"
    )
    history.add(EntryRaised(entry=entry, ring="cohort", text="for all of us"))
    last = history.entry
    assert (last.text, last.also, last.earlier) == ("for all of us", (), ())


def test_words_in_the_open_while_a_line_was_the_sittings_do_not_enter(history: History) -> None:
    entry = history.line("by mistake", ring="sitting")
    history.add(EntryReworded(entry=entry, text="by mistake again"), base=(entry,))
    history.add(EntryRaised(entry=entry, ring="team", text="for all of us"))
    assert history.entry.earlier == ()


def test_a_rewording_kept_apart_from_a_raised_line_does_not_enter(history: History) -> None:
    entry = history.kept_apart("between us")
    raised = history.add(EntryRaised(entry=entry, ring="cohort", text="for all of us"))
    late = history.add(EntryReworded(entry=entry, text=None), base=(raised,))
    history.add(WordsKeptApart(entry=entry, of=late, text="too late"), writer="pppppppppp")
    last = history.entry
    assert (last.text, last.also, last.earlier) == ("for all of us", (), ())


def test_words_kept_apart_do_not_stand_in_for_words_in_the_open(history: History) -> None:
    entry = history.line("for all of us")
    history.add(WordsKeptApart(entry=entry, of=entry, text="between us"), writer="pppppppppp")
    assert history.entry.text == "for all of us"


def test_a_line_that_went_back_to_the_sitting_has_nothing_from_before(history: History) -> None:
    entry = history.line("said too early")
    history.add(EntryRaised(entry=entry, ring="sitting", text="said too early"))
    history.add(EntryRaised(entry=entry, ring="cohort", text="said again"))
    assert (history.entry.text, history.entry.earlier) == ("said again", ())


def test_a_line_without_words_in_the_open_does_not_enter(history: History) -> None:
    history.line(None)
    history.line(" \x07 ", 2)
    assert history.record.entries == ()


@pytest.mark.parametrize(
    "leave",
    [
        lambda entry: EntryWithdrawn(entry=entry),
        lambda entry: EntryTakenBack(entry=entry),
        lambda entry: EntryLetGo(entry=entry),
        lambda entry: Undone(event=entry),
    ],
    ids=["withdrawn", "taken back", "let go", "undone"],
)
def test_a_line_that_left_leaves_no_trace(
    history: History, leave: Callable[[str], Event]
) -> None:
    entry = history.line("CANARY", 41)
    history.add(EntryReworded(entry=entry, text="CANARY again"), base=(entry,))
    history.add(leave(entry))
    assert "CANARY" not in contents(history.record)
    assert "A41" not in contents(history.record)


def test_an_undone_wording_leaves_no_trace(history: History) -> None:
    entry = history.line("One mic")
    reworded = history.add(EntryReworded(entry=entry, text="CANARY"), base=(entry,))
    history.add(Undone(event=reworded))
    assert history.entry.text == "One mic"
    assert "CANARY" not in contents(history.record)


def test_when_raising_was_undone_the_line_is_the_sittings_again(history: History) -> None:
    entry = history.kept_apart("between us")
    raised = history.add(EntryRaised(entry=entry, ring="cohort", text="for all of us"))
    history.add(EntryReworded(entry=entry, text="for us"), base=(raised,))
    history.add(Undone(event=raised))
    assert history.record.entries == ()


def test_the_names_of_the_team_do_not_enter(history: History) -> None:
    assert "NAME-OF-THE-LEAD" in contents(history.state.agenda)
    assert "NAME-OF-THE-LEAD" not in contents(history.record)


# What a line lived through


def test_what_was_said_of_a_line_enters_with_it(history: History) -> None:
    marks = Marks(tags=("policy", "door"), facet="policy", owner="care", when="part2")
    first = history.line("One mic", 1)
    entry = history.line("One\x07 voice", 2, marks=marks, origin="offered", belongs_with=first)
    history.add(EntryHeardAgain(entry=entry))
    history.add(EntryMoved(entry=entry, state="merged", into=first))
    told = history.record.entries[1]
    assert (told.tags, told.facet, told.owner, told.when) == (
        ("policy", "door"), "policy", "care", "part2",
    )  # fmt: skip
    assert (told.origin, told.belongs_with, told.merged_into) == ("offered", "A1", "A1")
    assert (told.state, told.heard_again) == ("merged", 1)


def test_details_enter_as_they_were_told_last(history: History) -> None:
    entry = history.line("One mic")
    for text in ("CANARY first", "hands \x1b up"):
        history.add(EntryDescribed(entry=entry, name="looks_like", text=text))
    history.add(EntryDescribed(entry=entry, name="scope", text="CANARY taken away"))
    history.add(EntryDescribed(entry=entry, name="scope", text=""))
    assert history.entry.details == (Detail(name="looks_like", text="hands up"),)


def test_details_under_names_that_no_file_can_hold_are_cleaned_or_left_out(
    history: History,
) -> None:
    entry = history.line("One mic")
    for name in ("\x1bscope", "scope", "\x1b", ""):
        history.add(EntryDescribed(entry=entry, name=name, text=f"{len(name)} words"))
    history.add(EntryDescribed(entry=entry, name="level", text="\x07"))
    assert history.entry.details == (Detail(name="scope", text="5 words"),)
    record = history.record
    assert read_record(write_record(record).encode(), "record.toml").record == record
    assert "CANARY" not in contents(history.record)


def adopted(history: History, entry: str, *, round_: int = 2) -> str:
    """Ask about the words of an entry, note private things about it, and adopt it."""
    test = history.add(
        EntryTested(
            entry=entry, version=entry, round=round_, method="thumbs", labels=("up", "down"),
            keys=("u", "d"), hear=1,
        )
    )  # fmt: skip
    votes = VotesTaken(entry=entry, test=test, counts=(98_765, 1), passes=54_321)
    history.add(votes, writer="pppppppppp")
    concern = ConcernNoted(entry=entry, test=test, kind="objection", text="CANARY")
    history.add(concern, writer="pppppppppp")
    history.add(EntryAdopted(entry=entry, version=entry, round=round_, on=DAY))
    return test


DAY = dt.date(2026, 11, 22)


def test_adoption_enters_with_its_round_and_day_and_without_a_number_of_anyone(
    history: History,
) -> None:
    adopted(history, history.line("One mic"))
    told = history.entry
    assert (told.state, told.adopted, told.adopted_on) == ("in force", 2, DAY)
    for words in ("CANARY", "98765", "54321", "thumbs", "down"):
        assert words not in contents(history.record)


def test_words_that_nobody_adopted_are_not_called_adopted(history: History) -> None:
    entry = history.line("One mic")
    adopted(history, entry)
    history.add(EntryReworded(entry=entry, text="Two mics"), base=(entry,))
    told = history.entry
    assert (told.state, told.adopted, told.adopted_on) == ("amending", None, None)
    history.add(RewordingWasSmall(entry=entry))
    assert (history.entry.state, history.entry.adopted) == ("in force", 2)


NAMED = EntryAttributed(entry="E", form="name", text="CANARY", scope="team")
YES: dict[str, tuple[list[Any], str, str | None]] = {
    "a name": ([replace(NAMED, text="Ada")], "Ada", "team"),
    "the group": (
        [replace(NAMED, form="group", text="", scope="cohort")],
        "the group",
        "cohort",
    ),
    "asked": ([AttributionAsked(entry="E", form="name")], "", None),
    "for this room": ([replace(NAMED, scope="sitting")], "", None),
    "withdrawn": ([NAMED, AttributionWithdrawn(entry="E")], "", None),
    "asked again": ([NAMED, AttributionAsked(entry="E", form="name")], "", None),
}


@pytest.mark.parametrize(("said", "words", "scope"), YES.values(), ids=YES)
def test_whose_words_they_are_enters_with_a_yes_alone(
    history: History, said: list[Any], words: str, scope: str | None
) -> None:
    entry = history.line("One mic")
    for event in said:
        history.add(replace(event, entry=entry))
    assert (history.entry.attribution, history.entry.attribution_scope) == (words, scope)
    assert "CANARY" not in contents(history.record)


def test_who_is_there_for_what_came_up_does_not_enter(history: History) -> None:
    history.add(PauseStarted(kind="care", at=after(1)))
    history.add(CareHeld(holder="CANARY", follow_up=True))
    assert "CANARY" not in contents(history.record)


@pytest.mark.parametrize("keeps", [True, False])
def test_a_record_says_whether_the_group_agreed_to_it(history: History, keeps: bool) -> None:
    assert not history.record.notes_kept
    history.add(NoteKeepingAgreed(keeps=keeps))
    assert history.record.notes_kept is keeps


# What came along


def taken_up(history: History, **fields: object) -> str:
    given = {
        "sitting": "2026-10-20-early-7q2m", "number": 7, "kind": "agreement", "ring": "cohort",
        "state": "in force", "text": "One mic", "adopted_round": 2,
        "adopted_on": dt.date(2026, 10, 20), **fields,
    }  # fmt: skip
    history.add(EntryTakenUp(**given))  # type: ignore[arg-type]
    return f"{given['sitting']}:A7"


def test_a_carried_line_enters_when_something_was_done_with_it(history: History) -> None:
    entry = taken_up(history)
    assert history.record.entries == ()
    history.add(EntryReaffirmed(entry=entry))
    told = history.entry
    assert (told.id, told.state, told.text) == ("A7", "in force", "One mic")
    assert (told.carried_from, told.origin) == ("2026-10-20-early-7q2m", "carried")
    assert (told.adopted, told.adopted_on) == (2, dt.date(2026, 10, 20))
    assert told.reaffirmed


def test_that_a_line_was_taken_up_cannot_be_undone(history: History) -> None:
    entry = taken_up(history)
    history.add(Undone(event=history.lines[-1].id))
    history.add(EntryReaffirmed(entry=entry))
    assert history.entry.text == "One mic"


def test_a_carried_line_in_other_words_keeps_those_it_came_with(history: History) -> None:
    entry = taken_up(history)
    history.add(EntryReworded(entry=entry, text="One voice"), base=(entry,))
    told = history.entry
    assert (told.text, told.state, told.origin) == ("One voice", "amending", "adapted")
    assert (told.earlier, told.adopted) == ((Wording(text="One mic"),), None)


def test_of_a_carried_line_that_was_let_go_the_cohort_learns_it(history: History) -> None:
    history.add(EntryLetGo(entry=taken_up(history)))
    assert (history.entry.state, history.entry.text) == ("let go", "One mic")
    own = history.line("Say it twice", 8)
    history.add(EntryReadBack(entry=own))
    assert [entry.id for entry in history.record.kept] == ["A8"]


def test_of_a_carried_line_that_was_withdrawn_its_words_do_not_enter(history: History) -> None:
    entry = taken_up(history, text="CANARY", lineage="CANARY")
    history.add(EntryReworded(entry=entry, text="CANARY too"), base=(entry,))
    history.add(EntryWithdrawn(entry=entry))
    last = history.entry
    assert (last.id, last.state, last.text) == ("A7", "withdrawn", "")
    assert "CANARY" not in contents(history.record)


# The day


def held(history: History) -> History:
    """Begun four minutes late; the buffer was used up, and the closing was not reached."""
    history.add(SegmentStarted(segment="arrive", from_=None, at=after(4)))
    history.add(SegmentStarted(segment="agree", from_="arrive", at=after(31)))
    history.add(PauseStarted(kind="care", at=after(40)))
    history.add(PauseEnded(at=after(45.25)))
    history.add(SittingClosed(at=after(65) + dt.timedelta(seconds=10, milliseconds=600)))
    return history


def test_every_part_says_what_became_of_it(history: History) -> None:
    became = {part.id: part.status for part in held(history).record.segments}
    assert became == {
        "arrive": "done",
        "buffer": "passed over",
        "agree": "done",
        "close": "carried",
    }


def test_a_part_has_its_planned_and_its_actual_times_on_the_clocks_there(
    history: History,
) -> None:
    _, _, agree, close = held(history).record.segments
    assert agree == RecordedSegment(
        id="agree",
        title="How we want to be",
        kind="agreements",
        status="done",
        planned_minutes=25,
        actual_minutes=29,  # 34:10 on the clock, 5:15 of them in a pause
        planned_start=on_clock(9, 25),
        planned_end=on_clock(9, 50),
        started=on_clock(9, 31),
        ended=on_clock(10, 5, 10),
    )
    assert (close.planned_start, close.planned_end) == (on_clock(10, 0), on_clock(10, 10))
    assert (close.started, close.ended, close.actual_minutes) == (None, None, 0)


def test_times_carry_the_offset_of_that_day(history: History) -> None:
    record = held(history).record
    assert record.ended is not None
    assert record.ended.isoformat() == "2026-11-22T10:05:10-08:00"
    assert record.started is not None
    assert record.started.isoformat() == "2026-11-22T09:04:00-08:00"


def test_an_offset_of_odd_seconds_is_told_in_whole_minutes() -> None:
    history = History(date=dt.date(1880, 11, 22))  # before standard time, at -7:52:58
    assert history.record.segments[0].planned_start.isoformat() == "1880-11-22T08:59:58-07:53"


def test_the_plan_is_told_as_it_was_moved(history: History) -> None:
    history.add(PlanMoved(start=after(15)))
    assert held(history).record.segments[0].planned_start == on_clock(9, 15)


@pytest.mark.parametrize(("seconds", "minutes"), [(29, 2), (30, 3), (31, 3)])
def test_actual_minutes_are_the_nearest(history: History, seconds: int, minutes: int) -> None:
    history.add(SegmentStarted(segment="arrive", from_=None, at=NINE))
    history.add(SittingClosed(at=NINE + dt.timedelta(minutes=2, seconds=seconds)))
    assert history.record.segments[0].actual_minutes == minutes


def test_a_part_that_ran_twice_has_the_time_of_both(history: History) -> None:
    history.add(SegmentStarted(segment="arrive", from_=None, at=NINE))
    history.add(SegmentStarted(segment="agree", from_="arrive", at=after(10)))
    history.add(PauseStarted(kind="hold", at=after(12)))
    history.add(SegmentStarted(segment="arrive", from_="agree", at=after(20)))
    history.add(SittingClosed(at=after(25)))
    arrive, _, agree, _ = history.record.segments
    assert (arrive.actual_minutes, agree.actual_minutes) == (15, 2)
    assert (arrive.started, arrive.ended) == (on_clock(9, 0), on_clock(9, 25))


def test_while_a_sitting_goes_on_its_record_is_as_of_now(history: History) -> None:
    history.add(SegmentStarted(segment="arrive", from_=None, at=NINE))
    history.add(PauseStarted(kind="tech", at=after(6)))
    record = record_of(history.state, after(9))
    assert [part.status for part in record.segments] == ["running", *["pending"] * 3]
    assert (record.segments[0].actual_minutes, record.segments[0].ended) == (6, None)
    assert (record.started, record.ended) == (on_clock(9, 0), None)


# The sitting


def test_a_record_says_which_sitting_it_was(history: History) -> None:
    record = replace(held(history).record, segments=())
    assert record == SittingRecord(
        id="2026-11-22-listening-ab3d",
        title="Listening circles",
        subtitle="Day one",
        date=dt.date(2026, 11, 22),
        timezone="America/Los_Angeles",
        cohort="north",
        series="circles",
        part=1,
        parts=2,
        place="online",
        for_whom="Anyone who listens",
        objectives=("Listen to one another",),
        started=on_clock(9, 4),
        ended=on_clock(10, 5, 10),
        last_number=0,
        app="0.1.0",
        revision=1,
    )


def test_a_sitting_without_a_cohort_belongs_to_its_series() -> None:
    assert History(cohort=None).record.cohort == "circles"


def test_the_record_of_a_closed_sitting_is_the_same_whenever_it_is_made(
    history: History,
) -> None:
    state = held(history).state
    assert record_of(state, after(70)) == record_of(state, after(100_000))


def test_the_version_is_the_one_that_opened_the_sitting(history: History) -> None:
    joined = RunOpened(sitting="the same", device="warm hill", app="9.9.9")
    early = "000000000001-0000"  # a clock that is decades behind
    history.lines.append(Recorded(writer="b" * 10, n=0, stamp=early, by="co", event=joined))
    assert history.state.history[0].event == joined
    assert history.record.app == "0.1.0"


def test_a_record_is_the_revision_after_the_last_one(history: History) -> None:
    assert history.record.revision == 1
    history.add(RecordWritten(revision=1))
    assert history.record.revision == 2


def test_the_last_number_counts_lines_that_left_too() -> None:
    history = History(numbers_from=31)
    assert history.record.last_number == 30
    history.add(EntryTakenBack(entry=history.line("One", 31)))
    history.add(Undone(event=history.line("Two", 32)))
    assert history.record.last_number == 32


def test_without_a_sitting_there_is_nothing_to_keep() -> None:
    with pytest.raises(Refused, match="nothing to keep"):
        record_of(EMPTY, NINE)


# What leaves the journals


def test_words_that_were_undone_taken_back_or_let_go_are_to_leave(history: History) -> None:
    undone = history.line("undone", 1)
    of_undone = history.add(EntryReworded(entry=undone, text="of an undone line"))
    history.add(Undone(event=undone))
    back = history.line("taken back", 2)
    reworded_back = history.add(EntryReworded(entry=back, text="reworded"), base=(back,))
    history.add(EntryTakenBack(entry=back))
    let_go = history.kept_apart("between us", 3)
    raised = history.add(EntryRaised(entry=let_go, ring="cohort", text="for us"))
    history.add(EntryLetGo(entry=let_go))
    kept = history.line("kept", 4)
    wording = history.add(EntryReworded(entry=kept, text="undone words"), base=(kept,))
    history.add(Undone(event=wording))
    assert gone(history.state) == {undone, of_undone, back, reworded_back, raised, wording}


def test_open_words_of_a_line_that_stays_with_the_sitting_are_to_leave(
    history: History,
) -> None:
    entry = history.line("said too early")
    lowered = history.add(EntryRaised(entry=entry, ring="sitting", text="said too early"))
    assert gone(history.state) == {entry, lowered}


def test_words_given_back_to_the_room_or_to_the_sitting_are_to_leave(
    history: History,
) -> None:
    to_room, to_sitting, to_cohort = (history.line("words", n, ring="team") for n in (1, 2, 3))
    told = history.add(EntryDescribed(entry=to_sitting, name="scope", text="at the door"))
    history.add(EntryLowered(entry=to_room, number=1, ring="room"))
    history.add(EntryLowered(entry=to_sitting, number=2, ring="sitting"))
    history.add(EntryLowered(entry=to_cohort, number=3, ring="cohort"))
    assert gone(history.state) == {to_room, to_sitting, told}
    assert (history.entry.id, history.entry.ring) == ("A3", "cohort")


def test_what_is_told_of_a_line_no_more_is_to_leave(history: History) -> None:
    entry = history.line("kept")
    stays = history.add(EntryDescribed(entry=entry, name="looks_like", text="hands up"))
    taken_away = history.add(EntryDescribed(entry=entry, name="scope", text="at the door"))
    history.add(EntryDescribed(entry=entry, name="scope", text=""))
    assert gone(history.state) == {taken_away}
    history.add(EntryLowered(entry=entry, number=1, ring="sitting"))
    history.add(EntryRaised(entry=entry, ring="cohort", text="kept"))
    assert gone(history.state) == {taken_away, stays}
    assert history.entry.details == ()


def test_a_name_that_a_line_says_no_more_is_to_leave(history: History) -> None:
    entry = history.line("kept")
    first = history.add(EntryAttributed(entry=entry, form="name", text="A", scope="team"))
    last = history.add(EntryAttributed(entry=entry, form="name", text="B", scope="team"))
    assert gone(history.state) == {first}
    history.add(AttributionWithdrawn(entry=entry))
    assert gone(history.state) == {first, last}


def test_words_of_carried_lines_stay_for_earlier_records_have_them_too(
    history: History,
) -> None:
    entry = taken_up(history)
    history.add(EntryReworded(entry=entry, text="One voice"), base=(entry,))
    history.add(EntryWithdrawn(entry=entry))
    assert gone(history.state) == frozenset()


def test_of_a_carried_line_that_is_let_go_only_what_it_came_with_stays(
    history: History,
) -> None:
    entry = taken_up(history)
    said = {
        history.add(EntryReworded(entry=entry, text="CANARY"), base=(entry,)),
        history.add(EntryDescribed(entry=entry, name="scope", text="CANARY")),
        history.add(EntryAttributed(entry=entry, form="name", text="CANARY", scope="public")),
        history.add(EntryRaised(entry=entry, ring="public", text="CANARY")),
    }
    history.add(EntryLetGo(entry=entry))
    assert gone(history.state) == said
    assert (history.entry.state, history.entry.text) == ("let go", "One mic")
    assert "CANARY" not in contents(history.record)
    rest = replay(line for line in history.lines if line.id not in said)
    assert record_of(rest, after(1000)) == history.record


def test_what_is_to_leave_is_the_same_when_some_of_it_has_left(history: History) -> None:
    back, lowered, let_go = (history.line("words", n) for n in (1, 2, 3))
    reworded = {
        history.add(EntryReworded(entry=entry, text="other words"), base=(entry,))
        for entry in (back, lowered, let_go)
    }
    history.add(EntryTakenBack(entry=back))
    history.add(EntryLowered(entry=lowered, number=2, ring="sitting"))
    history.add(EntryLetGo(entry=let_go))
    first = {back, lowered, let_go}
    assert gone(history.state) == first | reworded
    rest = replay(line for line in history.lines if line.id not in first)
    assert gone(rest) == reworded


def test_lines_given_back_to_the_room_are_found_while_anything_tells_of_them(
    history: History,
) -> None:
    to_room, to_sitting = (history.line("words", n) for n in (1, 2))
    history.add(EntryReadBack(entry=to_room))
    assert given_back(history.state) == ()
    history.add(EntryLowered(entry=to_room, number=1, ring="room"))
    history.add(EntryLowered(entry=to_sitting, number=2, ring="sitting"))
    assert given_back(history.state) == (to_room,)
    ids = words_of(history.state, to_room)
    assert given_back(replay(r for r in history.lines if r.id not in ids)) == ()


def test_all_that_is_about_a_line_for_the_room_is_to_leave_but_its_number(
    history: History,
) -> None:
    entry, other = history.line("CANARY", 2), history.line("One mic", 1)
    test = adopted(history, entry)
    reworded = history.add(EntryReworded(entry=entry, text="CANARY too"), base=(entry,))
    history.add(EntryLowered(entry=entry, number=2, ring="room"))
    ids = words_of(history.state, entry)
    assert {entry, test, reworded} <= ids
    rest = replay(line for line in history.lines if line.id not in ids)
    assert list(rest.entries) == [other]
    assert "CANARY" not in contents(rest.history)
    assert record_of(rest, NINE).last_number == 2


def test_words_of_kept_and_of_withdrawn_lines_stay(history: History) -> None:
    entry = history.line("kept", 1)
    history.add(EntryReworded(entry=entry, text="kept still"), base=(entry,))
    raised = history.kept_apart("between us", 2)
    history.add(EntryRaised(entry=raised, ring="cohort", text="for us"))
    history.add(EntryWithdrawn(entry=history.line("withdrawn", 3)))
    assert gone(history.state) == frozenset()
