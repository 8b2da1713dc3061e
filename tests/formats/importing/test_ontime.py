"""Spreadsheets and projects of Ontime."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from tests.formats.importing.imported import (
    DATA,
    draft,
    errors,
    parts,
    refusal,
    sample,
    table,
)

from facilitate.formats.importing.agenda_file import agenda_file
from facilitate.formats.importing.breaks import with_breaks
from facilitate.formats.importing.sheet import left_out_words

PROJECT: dict[str, Any] = json.loads((DATA / "ontime-project.json").read_text(encoding="utf-8"))


def project(**changes: Any) -> bytes:
    return json.dumps({**PROJECT, **changes}).encode()


def test_the_sample_sheet_comes_to_its_three_parts() -> None:
    found = sample("ontime-default-columns.csv")
    assert parts(found) == [
        ("Grounding", 10, "grounding"),
        ("Didactic: parallel process", 25, "didactic"),
        ("Breakouts", 65, "breakout"),
    ]
    assert found.agenda.start == dt.time(9)
    assert [(one.text, one.before) for one in found.remarks] == [
        ("Morning", 1), ("Doors close", 3),
    ]  # fmt: skip
    assert found.differs == ()


def test_everything_that_ontime_has_beyond_an_agenda_is_named_with_how_often() -> None:
    found = sample("ontime-default-columns.csv")
    told = [left_out_words(one, found.counted) for one in found.left_out]
    assert 'a row of the type "skip-import", "Notes to self" (line 8)' in told
    for name, times in (
        ("Cue", "3 times"), ("Link Start", "3 times"), ("Colour", "2 times"),
        ("Timer Type", "3 times"), ("End Action", "3 times"), ("Warning Time", "2 times"),
        ("Danger Time", "2 times"), ("Count to End", "3 times"), ("ID", "5 times"),
    ):  # fmt: skip
        assert any(one.startswith(f'"{name}", {times} (') for one in told), name


def test_headings_of_ontime_are_found_below_its_notes_and_in_any_case() -> None:
    raw = table(
        ("\u24d8 Notes on import", "", "", "\u24d8 How to use"),
        ("Ontime will import this", "", "", "1. Make your own copy"),
        ("", "", "Note -----------", "Note -------"),
        ("CUE", "title", "Time START", "duration", "Timer Type", "note"),
        ("1", "Welcome", "09:00:00", "00:10:00", "count-down", "hi"),
        ("1", "Session", "", "50", "none", ""),
    )
    found = draft(raw)
    assert parts(found) == [("Welcome", 10, "arrival"), ("Session", 50, "dialogue")]
    assert found.agenda.segments[0].notes == "hi"


def test_a_skipped_row_is_left_out_and_named() -> None:
    head = ("Title", "Duration", "Skip", "Timer Type")
    raw = table(head, ("A", "5", "FALSE", ""), ("B", "5", "TRUE", ""), ("C", "5", "x", ""))
    found = draft(raw)
    assert parts(found) == [("A", 5, "dialogue")]
    assert [(one.what, one.rows) for one in found.left_out] == [
        ('a row that is skipped, "B"', (3,)), ('a row that is skipped, "C"', (4,)),
    ]  # fmt: skip


def test_groups_stand_as_remarks_and_a_row_of_an_unknown_type_is_left_out() -> None:
    head = ("Title", "Duration", "Timer Type")
    rows = [
        ("One", "", "Group"),
        ("A", "5", "count-up"),
        ("", "", "group-end"),
        ("B", "5", "odd"),
    ]
    found = draft(table(head, *rows, ("", "", "milestone")))
    assert parts(found) == [("A", 5, "dialogue")]
    assert [one.text for one in found.remarks] == ["One"]
    assert {one.what for one in found.left_out} == {
        '"Timer Type"', 'a row of the type "odd", "B"', "a heading or a moment without a title",
    }  # fmt: skip


# Projects


def test_the_sample_project_comes_to_its_parts() -> None:
    found = sample("ontime-project.json")
    assert parts(found) == [("Grounding", 10, "grounding"), ("Words we carry", 45, "dialogue")]
    assert (found.agenda.title, found.agenda.start) == ("A spring gathering", dt.time(9))
    assert [(one.text, one.before) for one in found.remarks] == [
        ("Morning", 0), ("Doors close", 2),
    ]  # fmt: skip
    assert not errors(found)


def test_all_that_is_set_in_a_project_is_taken_or_named() -> None:
    found = sample("ontime-project.json")
    told = [left_out_words(one, found.counted) for one in found.left_out]
    assert 'a row of the type "delay" (entry 4)' in told
    assert 'a row that is skipped, "Not today" (entry 6)' in told
    assert '"custom: Song", once (entry 2)' in told
    assert '"Colour", 2 times (entries 1 and 3)' in told
    assert '"Warning Time", once (entry 2)' in told
    assert 'the rundown "Second day"' in told
    assert '"description" of the project' in told
    assert 'settings: "viewSettings"' in told


def test_a_rundown_can_be_asked_for() -> None:
    told = refusal(project(), "day.json", sheet="Second day")
    assert "There are no parts of a day in it." in told
    assert parts(draft(project(), "day.json", sheet="first DAY")) == parts(
        sample("ontime-project.json")
    )
    assert "There are: First day, Second day." in refusal(project(), "x.json", sheet="Third")


def test_an_old_project_has_one_list() -> None:
    old = [
        {"type": "block", "title": "Morning"},
        {
            "type": "event",
            "title": "A",
            "timeStart": 0,
            "timeEnd": 600_000,
            "duration": 600_000,
        },
    ]
    found = draft(json.dumps({"rundown": old, "eventData": {"title": "Old"}}), "old.json")
    assert parts(found) == [("A", 10, "dialogue")]
    assert (found.agenda.title, found.agenda.start) == ("Old", dt.time(0))


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"{", "The JSON is damaged here."),
        (b'{"a": 1}', "no project of Ontime"),
        (b"[1, 2]", "no project of Ontime"),
        (b'{"rundowns": {"x": {"entries": {}}}}', "There are no parts"),
        (b'{"rundowns": {"x": {"order": ["a"], "entries": {"a": 5}}}}', "There are no parts"),
        (b'{"x": ' + b"9" * 5000 + b"}", "no project of Ontime"),
        (b'{"a":' * 100_000, "no project of Ontime"),
        (b'{"rundown": [{"type": "event", "title": {"a": [1]}, "duration": NaN}]}', ""),
    ],
)
def test_a_project_that_is_none_is_refused_in_plain_words(raw: bytes, told: str) -> None:
    if told:
        assert told in refusal(raw, "day.json")
    else:
        assert len(draft(raw, "day.json").agenda.segments) == 1


def test_a_ring_of_groups_comes_to_an_end() -> None:
    entries = {
        "a": {"type": "group", "title": "A", "entries": ["b", "a"]},
        "b": {"type": "group", "title": "B", "entries": ["a", "c", "c"]},
        "c": {"type": "event", "title": "C", "duration": 60_000, "timeStart": 0},
    }
    raw = json.dumps({"rundowns": {"x": {"order": ["a", "a"], "entries": entries}}})
    found = draft(raw, "day.json")
    assert parts(found) == [("C", 1, "dialogue")]
    assert [one.text for one in found.remarks] == ["A", "B"]


def test_a_field_of_your_own_can_be_taken_over_with_what_is_known() -> None:
    found = draft(project(), "day.json", 'notes="custom: Song"')
    assert found.agenda.segments[0].notes == "Feet on the floor\n\nSlow"
    assert not [one for one in found.left_out if "Song" in one.what]


# Breaks that were asked for


def test_breaks_that_were_asked_for_are_put_in_where_they_are_needed() -> None:
    found = with_breaks(sample("ontime-default-columns.csv"))
    assert [one.title for one in found.agenda.segments] == [
        "Grounding", "Didactic: parallel process", "Break", "Breakouts",
    ]  # fmt: skip
    assert found.agenda.minutes == 110
    assert not errors(found)
    assert [(one.text, one.before) for one in found.remarks] == [
        ("Morning", 1), ("Doors close", 4),
    ]  # fmt: skip
    assert found.guessed[-1] == (
        'A break of 10 min was put in, as asked for, before "Breakouts".'
    )
    ids = [one.id for one in found.agenda.segments]
    assert len(set(ids)) == len(ids)


def test_a_day_with_enough_breaks_stays_as_it_is() -> None:
    found = sample("generic.csv")
    assert with_breaks(found) is found


def test_remarks_stand_above_the_parts_that_they_belong_to() -> None:
    text = agenda_file(sample("ontime-default-columns.csv"), "x.csv").decode()
    assert '\n# Morning\n[[segment]]\ntitle = "Didactic: parallel process"' in text
    assert text.endswith("\n# Doors close\n")
