"""What holds of a day that is being built, however its file is laid out."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.laws.agenda_texts import File, agenda_files

from facilitate.core.agenda import Agenda
from facilitate.core.build_changes import (
    Change,
    Copied,
    Lengthened,
    Moved,
    OfKind,
    PutIn,
    Spared,
    TakenOut,
    Titled,
    changed,
)
from facilitate.core.build_view import build_view
from facilitate.core.refusal import Refused
from facilitate.formats.agenda_text import agenda_text
from facilitate.session.building_steps import Steps, Written, write_out, written

TITLES = st.sampled_from(["Rest", "Break", "[/b] 漢字 שלום", "  two  words ", "👩🏽‍🚀", "["])
MINUTES = st.integers(1, 90)


def day(file: File) -> Written:
    return written(agenda_text(file.raw), "day.toml")


@st.composite
def changes(draw: st.DrawFn, agenda: Agenda) -> Change:
    """A change that can be made."""
    last = len(agenda.segments) - 1
    place = draw(st.integers(0, last))
    kinds: list[Change] = [
        Lengthened(place, draw(MINUTES)),
        Spared(place, draw(st.none() | MINUTES)),
        Titled(place, draw(TITLES)),
        OfKind(place, draw(st.sampled_from(["break", "dialogue", "closing"]))),
        Moved(place, draw(st.integers(0, last))),
        Copied(place),
        PutIn(place, draw(TITLES), "dialogue", draw(MINUTES)),
        *([TakenOut(place)] if last else []),
    ]
    return draw(st.sampled_from(kinds))


def without_ids(agenda: Agenda) -> Agenda:
    """An id is made of a title where none is written, so that only the file tells it."""
    return replace(agenda, segments=tuple(replace(s, id="") for s in agenda.segments))


@given(agenda_files(), st.data())
def test_what_is_seen_of_a_step_is_what_its_text_says_then(
    file: File, data: st.DataObject
) -> None:
    now = day(file)
    for _ in range(3):
        change = data.draw(changes(now.agenda))
        seen = changed(now.agenda, change)
        wrote = write_out(now, [change], "day.toml")
        assert wrote.refusal == ""
        assert without_ids(seen) == without_ids(wrote.days[0].agenda)
        now = wrote.days[0]
        ids = [segment.id for segment in now.agenda.segments]
        assert len(ids) == len(set(ids))


@given(agenda_files(), st.data())
def test_a_part_put_in_leaves_every_line_that_was_there(
    file: File, data: st.DataObject
) -> None:
    now = day(file)
    change = PutIn(data.draw(st.integers(0, len(file.lengths) - 1)), "Rest", "break", 10)
    after = write_out(now, [change], "day.toml").days[0]
    old, new = ([one for one in d.text.text.splitlines() if one] for d in (now, after))
    gone = [one for one in old if old.count(one) > new.count(one)]
    assert [one for one in gone if "minutes" not in one] == []
    assert len(gone) <= 1  # the stated minutes of the day


@given(agenda_files(), st.data())
def test_all_steps_taken_back_are_the_file_again_and_all_made_again_the_last_text(
    file: File, data: st.DataObject
) -> None:
    saved = day(file)
    steps = Steps(saved)
    for _ in range(4):
        steps.do(data.draw(changes(steps.agenda)))
        if data.draw(st.booleans()):
            settle(steps)
    settle(steps)
    last, count = steps.day.text, 0
    while True:
        try:
            steps.undo()
        except Refused:
            break
        count += 1
    assert not steps.is_changed
    assert steps.day.text.raw() == file.raw
    for _ in range(count):
        steps.redo()
    assert steps.day.text == last


def settle(steps: Steps) -> None:
    """Let all texts be written."""
    waiting = steps.waiting()
    assert steps.take(waiting, write_out(waiting.day, waiting.changes, "day.toml"))
    assert steps.is_written


@given(agenda_files(), st.data())
def test_the_parts_of_the_picture_follow_each_other_and_fill_it(
    file: File, data: st.DataObject
) -> None:
    agenda = changed(day(file).agenda, data.draw(changes(day(file).agenda)))
    view = build_view(agenda)
    assert [row.title for row in view.rows] == [one.title for one in agenda.segments]
    assert view.rows[0].start == 0
    assert max(row.start + row.length for row in view.rows) == view.length
    assert view.total == sum(minutes for _, minutes in view.kinds)
    assert view.gives <= view.total - view.protected
