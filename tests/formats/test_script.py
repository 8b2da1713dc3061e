"""What the lines of a script mean, and what is told when they mean nothing."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from facilitate.core.agenda import Agenda, Segment
from facilitate.core.capture_line import NewWording
from facilitate.core.commands import (
    Adopt,
    Close,
    CloseRooms,
    EndPause,
    Extend,
    GrantOvertime,
    Insert,
    Move,
    Next,
    OpenDoors,
    OpenRooms,
    Restore,
    Skip,
    StartPause,
    Undo,
)
from facilitate.core.entry_commands import (
    AdoptLine,
    AgreeNotes,
    Keep,
    LetGo,
    Lower,
    MoveTo,
    NoteConcern,
    PutToTest,
    Raise,
    ReadBack,
    Reaffirm,
    Reword,
    Withdraw,
)
from facilitate.core.tally import SCALES
from facilitate.formats.script import Script, read_script
from facilitate.formats.script_commands import (
    COMMANDS,
    CloseAndRecord,
    CountVoices,
    GoBack,
    GoOn,
    TakeLook,
    TakeProposal,
    Wish,
    WriteLine,
)
from facilitate.formats.toml_reading import Unreadable

PAGE = Path(__file__).parents[2] / "docs" / "simulate.md"
DATE = dt.date(2024, 1, 31)
AGENDA = Agenda(
    id="day",
    title="Day",
    start=dt.time(9),
    timezone="America/Los_Angeles",
    minutes=60,
    place="online",
    segments=(Segment(id="talk", title="Talk", kind="dialogue", minutes=60),),
)
NINE = dt.datetime(2024, 1, 31, 17, 0, tzinfo=dt.UTC)


def read(*lines: str, date: dt.date = DATE) -> Script:
    return read_script("\n".join(lines).encode(), "day.txt", AGENDA, date)


def wish(command: str) -> Wish:
    """What one command means, said at nine."""
    script = read(f"09:00 {command}")
    assert script.problems == ()
    return script.lines[0].wish


def wrong(*lines: str, date: dt.date = DATE) -> list[str]:
    """What is told about a script, a line each."""
    return [str(problem) for problem in read(*lines, date=date).problems]


# Commands


@pytest.mark.parametrize(
    ("command", "meant"),
    [
        ("start", Next(seen=None)),
        ("start at 08:58", Next(seen=None, at=NINE - dt.timedelta(minutes=2))),
        ("next", GoOn()),
        ("next at 08:59:30", GoOn(at=NINE - dt.timedelta(seconds=30))),
        ("next from=talk", GoOn(seen="talk")),
        ("extend 2 push", Extend(minutes=2)),
        ("extend 2 from:talk", Extend(minutes=2, payer="talk")),
        ("trim 3", Extend(minutes=-3)),
        ("fit", TakeProposal()),
        ("pause care", StartPause(kind="care")),
        ("pause tech", StartPause(kind="tech")),
        ("pause hold", StartPause(kind="hold")),
        ("resume", EndPause()),
        ("skip talk", Skip(segment="talk")),
        ("restore talk", Restore(segment="talk")),
        ("return talk", GoBack(segment="talk")),
        ("move one before two", Move(segment="one", before="two")),
        (
            'insert "A breath, #1" 5 after talk',
            Insert(title="A breath, #1", minutes=5, after="talk"),
        ),
        ("insert Song 5 after talk", Insert(title="Song", minutes=5, after="talk")),
        ("adopt", Adopt()),
        ("overtime 10", GrantOvertime(minutes=10)),
        ("undo", Undo()),
        ("close", Close()),
        ("doors", OpenDoors()),
        ("rooms open", OpenRooms()),
        ("rooms close", CloseRooms()),
        ("look", TakeLook()),
    ],
)
def test_a_command_is_read_as_it_is_meant(command: str, meant: Wish) -> None:
    assert wish(command) == meant
    assert type(wish(command)) is type(meant)


@pytest.mark.parametrize(
    ("command", "meant"),
    [
        ("close --record trial", CloseAndRecord(folder="trial")),
        ('close --record "my trial"', CloseAndRecord(folder="my trial")),
        ("notes keep", AgreeNotes(keeps=True)),
        ("notes room", AgreeNotes(keeps=False)),
        ("capture One mic", WriteLine(text="One mic")),
        ("read-back 12", ReadBack(number=12)),
        ("read-back A12", ReadBack(number=12)),
        ("read-back a12", ReadBack(number=12)),
        ("reword A1 Two mics", Reword(wording=NewWording(number=1, text="Two mics"))),
        ("move-to A1 parked", MoveTo(number=1, state="parked")),
        ("move-to A1 in force", MoveTo(number=1, state="in force")),
        ("move-to A1 in-force", MoveTo(number=1, state="in force")),
        ('move-to A1 "in force"', MoveTo(number=1, state="in force")),
        ("move-to A1 moving-away-from", MoveTo(number=1, state="moving away from")),
        ("move-to A1 merged into A2", MoveTo(number=1, state="merged", into=2)),
        ("test A1 thumbs", PutToTest(number=1, scale=SCALES["thumbs"])),
        ("test A1 fist # as ever", PutToTest(number=1, scale=SCALES["fist"])),
        ("test A1 fist to five", PutToTest(number=1, scale=SCALES["fist"])),
        ('test A1 "fist to five"', PutToTest(number=1, scale=SCALES["fist"])),
        ("test A1 gradients", PutToTest(number=1, scale=SCALES["gradients"])),
        ("test A1 no-objection", PutToTest(number=1, scale=SCALES["objection"])),
        ("tally A1 5x9 4x3 p2 of 15", CountVoices(number=1, text="5x9 4x3 p2 of 15")),
        ("concern A1 so much", NoteConcern(kind="concern", text="so much", number=1)),
        ("objection 1 too much", NoteConcern(kind="objection", text="too much", number=1)),
        ("adopt A1", AdoptLine(number=1)),
        ("re-affirm A1", Reaffirm(number=1)),
        ("raise A1 team", Raise(number=1, ring="team")),
        ("lower A1 room", Lower(number=1, ring="room")),
        ("keep L1", Keep(number=1)),
        ("let-go L1", LetGo(number=1)),
        ("withdraw L1", Withdraw(number=1)),
    ],
)
def test_a_command_about_lines_is_read_as_it_is_meant(command: str, meant: Wish) -> None:
    assert wish(command) == meant


@pytest.mark.parametrize(
    "words",
    [
        'a: "One mic", he said #listening # twice <- us',
        'an open quote " here',
        "\u201cWe\u201d are \xabhere\xbb",
        "two  spaces, and\ta tab",
        "#only-a-tag",
    ],
)
def test_words_of_people_are_taken_exactly_as_they_are_written(words: str) -> None:
    assert wish(f"capture {words}") == WriteLine(text=words)
    assert wish(f"tally A1 {words}") == CountVoices(number=1, text=words)
    assert wish(f"concern A1 {words}") == NoteConcern(kind="concern", text=words, number=1)


def test_other_words_are_read_as_on_the_capture_line() -> None:
    meant = NewWording(number=3, text="Ouch: no #why", lineage="our elders")
    assert wish("reword A3 Ouch: no #why <- our elders") == Reword(wording=meant)


def test_words_of_people_end_with_their_line_whatever_ends_it() -> None:
    raw = b"09:00 capture One mic  \r\n# 09:01 capture no\r\n#09:01 capture no\r\n"
    script = read_script(raw, "day.txt", AGENDA, DATE)
    assert script.problems == ()
    (line,) = script.lines
    assert line.wish == WriteLine(text="One mic")
    assert line.text == "capture One mic"


def test_a_full_first_moment_before_words_of_people_sets_the_date_too() -> None:
    assert read("2024-07-02T06:00+02:00 capture # it is early").date == dt.date(2024, 7, 1)


def test_the_page_names_every_command_and_no_other() -> None:
    tables = PAGE.read_text(encoding="utf-8").split("| command |")[1:]
    rows = "".join(table.partition("\n\n")[0] for table in tables)
    assert re.findall(r"^\| `(.+?)` \|", rows, re.MULTILINE) == list(COMMANDS)


def test_quotes_of_a_word_processor_hold_a_title_together() -> None:
    meant = Insert(title="A breath", minutes=5, after="talk")
    assert wish("insert \u201cA breath\u201d 5 after talk") == meant


def test_comments_and_blank_lines_say_nothing() -> None:
    script = read("# a day", "", "   ", "09:00 start # begins", "09:05 look#now", "")
    assert [(line.number, line.text) for line in script.lines] == [(4, "start"), (5, "look")]


def test_a_file_from_windows_is_read_the_same() -> None:
    raw = b"\xef\xbb\xbf09:00 start\r\n09:05 look\r\n"
    lines = read_script(raw, "day.txt", AGENDA, DATE).lines
    assert [line.text for line in lines] == ["start", "look"]


# Moments


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("09:00", NINE),
        ("9:00", NINE),
        ("09:00:30", NINE + dt.timedelta(seconds=30)),
        ("24:10", NINE + dt.timedelta(hours=15, minutes=10)),
        ("47:59", NINE + dt.timedelta(hours=38, minutes=59)),
        ("2024-01-31T09:00-08:00", NINE),
        ("2024-01-31T17:00Z", NINE),
        ("2024-01-31T18:00:30+01:00", NINE + dt.timedelta(seconds=30)),
    ],
)
def test_a_moment_is_meant_in_the_agendas_zone_on_the_date(
    written: str, meant: dt.datetime
) -> None:
    (line,) = read(f"{written} look").lines
    assert line.at == meant
    assert line.at.tzinfo is dt.UTC


def test_a_full_first_moment_sets_the_date_of_the_sitting() -> None:
    script = read("2024-07-02T06:00+02:00 start", "21:10 look")  # still July 1 in Los Angeles
    assert script.date == dt.date(2024, 7, 1)
    assert script.lines[1].at == dt.datetime(2024, 7, 2, 4, 10, tzinfo=dt.UTC)


def test_a_full_moment_further_down_does_not() -> None:
    script = read("09:00 start", "2024-02-01T09:00-08:00 look")
    assert script.date == DATE
    assert script.problems == ()


def test_a_clock_time_that_comes_twice_is_the_first() -> None:
    (line,) = read("01:30 look", date=dt.date(2024, 11, 3)).lines
    assert line.at == dt.datetime(2024, 11, 3, 8, 30, tzinfo=dt.UTC)


def test_the_second_of_two_equal_clock_times_can_be_said_in_full() -> None:
    script = read(
        "01:50 start", "2024-11-03T01:10-08:00 look", "02:00 look", date=dt.date(2024, 11, 3)
    )
    assert script.problems == ()


def test_a_clock_time_that_is_skipped_is_told() -> None:
    told = wrong("02:30 look", date=dt.date(2024, 3, 10))
    assert told == ["day.txt:1: On 2024-03-10 the clocks go past 02:30."]


def test_lines_of_one_moment_are_fine() -> None:
    assert wrong("09:00 start", "09:00 look", "09:00:00 look") == []


# What is told


def test_a_line_that_goes_back_is_told_with_the_line_it_is_behind() -> None:
    (told,) = wrong("09:00 start", "23:50 look", "00:10 look", "23:55 look")
    assert told == (
        "day.txt:3: This comes before line 2. "
        "Lines stand in the order of time; after midnight hours go on: 24:10."
    )


@pytest.mark.parametrize(
    "written",
    ["soon", "9", "25:60", "09:60", "48:00", "09:00:61", "9.00", "2024-13-01T09:00Z", '"'],
)
def test_what_is_no_moment_is_told_with_an_example(written: str) -> None:
    (told,) = wrong(f"{written} look") if written != '"' else wrong('"" look')
    assert "is no moment. Write it as in 09:07, 09:07:30, 24:10 after midnight" in told


@pytest.mark.parametrize(
    "written", ["9999-12-31T23:59-12:00", "0001-01-01T00:00+14:00", "1969-12-31T23:59Z"]
)
def test_a_year_that_no_sitting_can_be_in_is_no_moment(written: str) -> None:
    (told,) = wrong(f"{written} look")
    assert "is no moment" in told


def test_a_date_at_the_end_of_all_dates_does_not_break_anything() -> None:
    assert len(wrong("24:10 look", date=dt.date.max)) == 1


def test_a_full_moment_without_its_zone_is_told() -> None:
    (told,) = wrong("2024-01-31T09:00 look")
    assert told == (
        "day.txt:1: 2024-01-31T09:00 does not say in which zone it is meant. "
        "Write it as in 2024-01-31T09:00-07:00."
    )


def test_a_moment_inside_of_a_command_is_looked_at_just_as_closely() -> None:
    (told,) = wrong("09:00 next at noon")
    assert told.startswith('day.txt:1: "noon" is no moment.')


def test_an_unknown_command_says_what_was_probably_meant() -> None:
    assert wrong("09:00 strat", "09:01 Next", "09:02 dance")[:2] == [
        'day.txt:1: "strat" is none of the commands. Did you mean "start"?',
        'day.txt:2: "Next" is none of the commands. Did you mean "next"?',
    ]
    assert "It can be: start, next, extend," in wrong("09:02 dance")[0]


@pytest.mark.parametrize(
    ("command", "ways"),
    [
        ("start now", "start or start at HH:MM"),
        ("next from:talk", "next or next at HH:MM or next from=ID"),
        ("next from=", "next or next at HH:MM or next from=ID"),
        ("extend push", "extend N push or extend N from:ID"),
        ("extend -2 push", "extend N push or extend N from:ID"),
        ("trim two", "trim N"),
        ("trim 12345", "trim N"),
        ("pause lunch", "pause care or pause tech or pause hold"),
        ("insert A breath 5 after talk", 'insert "TITLE" N after ID'),
        ('insert "" 5 after talk', 'insert "TITLE" N after ID'),
        ("look closely", "look"),
    ],
)
def test_a_command_written_otherwise_says_how_it_is_written(command: str, ways: str) -> None:
    name = command.split()[0]
    assert wrong(f"09:00 {command}") == [
        f'day.txt:1: "{name}" is not written so. Write: {ways}.'
    ]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("move-to A1 in_force", '"in_force" is none of the states. Did you mean "in force"?'),
        ("move-to A1 merged in", '"merged in" is none of the states. Did you mean "merged"?'),
        ("test A1 fists", '"fists" is none of the methods. Did you mean "fist"?'),
        ("raise A1 teem", '"teem" is none of the rings. Did you mean "team"?'),
        (
            "raise A1 room",
            '"room" is none of the rings. It can be: sitting, cohort, team, public.',
        ),
        ("lower A1 rom", '"rom" is none of the rings. Did you mean "room"?'),
        (
            "keep talk",
            '"talk" is no line. A line is meant by its number or its name, as in 12 or A12.',
        ),
        ("capture", '"capture" is not written so. Write: capture LINE.'),
        ("capture \u200b", "There are no words behind it."),
        ("capture !", "There are no words behind it."),
        ("reword A1 \u200b", "There are no words behind it."),
        ("concern A1 \u200b", "There are no words behind it."),
        ("reword A1", '"reword" is not written so. Write: reword ID TEXT.'),
        ("tally A1", '"tally" is not written so. Write: tally ID TALLY.'),
        (
            "close --record",
            '"close" is not written so. Write: close or close --record DIR.',
        ),
        (
            'close --record ""',
            '"close" is not written so. Write: close or close --record DIR.',
        ),
    ],
)
def test_what_is_wrong_about_a_line_is_told_when_it_is_read(command: str, told: str) -> None:
    assert wrong(f"09:00 {command}") == [f"day.txt:1: {told}"]


def test_a_time_without_a_command_and_an_open_quote_are_told() -> None:
    assert wrong("09:00", '09:01 insert "A breath 5 after talk') == [
        "day.txt:1: There is no command behind the time.",
        "day.txt:2: A quote is opened here and not closed.",
    ]


def test_everything_is_told_at_once_in_order() -> None:
    script = read("noon start", "09:00 strat", "10:00 look", "09:30 look", "10:05 trim")
    assert [problem.line for problem in script.problems] == [1, 2, 4, 5]
    assert [line.number for line in script.lines] == [3]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n"])
def test_a_script_without_a_command_is_told_as_a_whole(text: str) -> None:
    assert wrong(text) == ["day.txt: There is no command in it yet."]


def test_nothing_told_can_steer_the_terminal() -> None:
    (told,) = wrong("09:00 lo\x1b[2Jok\u202e")
    assert "\x1b" not in told
    assert "\u202e" not in told


@pytest.mark.parametrize("raw", ["09:00 look".encode("utf-16"), b"\x00\x01", b"#" * 300_001])
def test_a_file_that_is_no_text_cannot_be_read(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read_script(raw, "day.txt", AGENDA, DATE)
