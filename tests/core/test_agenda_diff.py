from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.core.agenda import (
    Afterwards,
    Agenda,
    Breakout,
    Carried,
    Link,
    Objective,
    Offered,
    Preparation,
    Role,
    Round,
    Segment,
)
from facilitate.core.agenda_diff import differences


def part(title: str, minutes: int = 10, **fields: Any) -> Segment:
    given = {"id": title.lower().replace(" ", "-"), "kind": "practice", **fields}
    return Segment(title=title, minutes=minutes, **given)


def day(*segments: Segment, **fields: Any) -> Agenda:
    given: dict[str, Any] = {
        "id": "day",
        "title": "Day",
        "start": dt.time(9),
        "timezone": "UTC",
        "minutes": sum(segment.minutes for segment in segments),
        "place": "online",
        **fields,
    }
    return Agenda(segments=segments, **given)


A, B, C, D = (part(title) for title in ("Arriving", "Break", "Words we carry", "Dear all"))


def told(before: Agenda, after: Agenda) -> list[str]:
    return [str(one) for one in differences(before, after)]


def about(before: Segment, after: Segment) -> list[str]:
    """What is told of one part, whatever becomes of the day."""
    found = differences(day(before, minutes=1), day(after, minutes=1))
    return [change for one in found for change in one.changes]


def test_a_shorter_part_that_moved_is_told_on_one_line() -> None:
    shorter = replace(C, minutes=5)
    assert told(day(A, B, C, D), day(A, shorter, B, D)) == [
        "The day: minutes 40 -> 35",
        "Words we carry: 10 -> 5 min, moved before Break",
    ]


def test_what_comes_and_what_goes_is_told_with_its_place() -> None:
    new = part("Wandering", 15)
    assert told(day(A, B, C), day(A, new, C)) == [
        "The day: minutes 30 -> 35",
        "Wandering: new, 15 min, before Words we carry",
        "Break: taken out, 10 min",
    ]


def test_as_few_parts_as_possible_have_moved() -> None:
    assert told(day(A, B, C, D), day(B, C, D, A)) == ["Arriving: moved to the end"]
    assert told(day(A, B, C, D), day(D, A, B, C)) == ["Dear all: moved before Arriving"]


def test_nothing_moves_because_something_comes_or_goes() -> None:
    changes = told(day(A, B, C, minutes=1), day(part("New"), A, C, minutes=1))
    assert changes == ["New: new, 10 min, before Arriving", "Break: taken out, 10 min"]


def test_a_part_with_another_id_is_known_by_its_title() -> None:
    assert about(B, replace(B, id="pause")) == ["id break -> pause"]


def test_a_part_with_another_title_is_known_by_its_id() -> None:
    assert about(B, replace(B, title="Pause")) == ["was called Break"]


def test_parts_that_share_an_id_by_mistake_are_still_told_apart() -> None:
    before = day(A, replace(B, minutes=5), replace(B, minutes=7))
    after = day(A, replace(B, minutes=5), replace(B, minutes=8))
    assert told(before, after) == ["The day: minutes 22 -> 23", "Break: 7 -> 8 min"]


def test_a_name_is_not_said() -> None:
    before = day(A, team=(Role(role="lead", name="Robin"), Role(role="co")))
    after = day(A, team=(Role(role="lead"), Role(role="co", name="Robin")))
    assert told(before, after) == ["The day: name of lead taken out, name of co new"]


def test_what_a_day_gains_is_said_in_its_own_words() -> None:
    after = day(A, date=dt.date(2026, 11, 22), ends_by=dt.time(16, 30), after=Afterwards())
    assert told(day(A), after) == [
        "The day: date none -> 2026-11-22, promised end none -> 16:30, debrief new"
    ]


def test_rounds_and_groups_are_told_in_numbers() -> None:
    rooms = Breakout(group_size=3, rounds=(Round(minutes=8, ask="?"),))
    more = replace(rooms, group_size="3-4", rounds=(*rooms.rounds, Round(minutes=5, ask="!")))
    assert about(replace(A, breakout=rooms), replace(A, breakout=more)) == [
        "rounds of 8 -> 8 and 5 min",
        "groups of 3 -> 3-4",
    ]
    asked = replace(rooms, rounds=(Round(minutes=8, ask="Who?"),))
    assert about(replace(A, breakout=rooms), replace(A, breakout=asked)) == [
        "questions of the rounds changed"
    ]
    assert about(A, replace(A, breakout=rooms)) == ["rooms are new"]
    assert about(replace(A, breakout=rooms), A) == ["no rooms any more"]


def test_roles_and_objectives_of_a_part_are_told_by_name() -> None:
    before, after = (
        replace(A, with_=("care", "tech"), serves=("one",)),
        replace(A, with_=("tech", "co"), serves=("one", "two"), protect=True),
    )
    assert about(before, after) == [
        "protected",
        "helping role co new",
        "helping role care taken out",
        "objective two new",
    ]
    turned = replace(before, with_=("tech", "care"))
    assert about(before, turned) == ["helping roles in another order"]


# Whatever differs is told

FULL = day(
    replace(
        A,
        at_least=5,
        at_most=20,
        starts_at=dt.time(9),
        starts_by=dt.time(9),
        not_before=dt.time(9),
        ends_at=dt.time(10),
        on_due="hold",
        lead="lead",
        with_=("co", "care"),
        serves=("one", "two"),
        chat=("A post",),
        capture=("term",),
        links=(Link(label="a", url="b"),),
        materials=("paper",),
        breakout=Breakout(group_size=3, prefer="larger", rounds=(Round(minutes=5, ask="?"),)),
    ),
    B,
    date=dt.date(2026, 11, 22),
    ends_by=dt.time(17),
    cohort="north",
    team=(Role(role="lead", name="Robin"), Role(role="co")),
    objectives=(Objective(key="one", text="1"), Objective(key="two", text="2")),
    carry_over=("term", "question"),
    carried=(Carried(id="T1", kind="term", text="word"),),
    offered=(Offered(kind="term", text="word"),),
    before=(Preparation(minutes=5, who="lead", do="Breathe"),),
    after=Afterwards(minutes=5),
)
OTHER: dict[str, Any] = {
    "kind": "dialogue",
    "place": "both",
    "on_due": "prompt",
    "capture": ("term", "question"),
    "carry_over": ("question", "term"),
    "how": "pairs",
    "prefer": "smaller",
    "group_size": "3-4",
    "after": Afterwards(minutes=6),
    "breakout": None,
    "date": dt.date(2026, 11, 23),
    "segments": (B,),
}


def other(name: str, value: object) -> object:
    """Another value for a field."""
    if name in OTHER:
        return OTHER[name]
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case dt.time():
            return dt.time(12, 34)
        case tuple():
            return (*value, *value) if value else ("else",)
        case _:
            return "else"


def names(shape: type) -> list[str]:
    return [field.name for field in dataclasses.fields(shape)]


def changed(shape: type, name: str, value: object) -> Agenda:
    first, *rest = FULL.segments
    rooms = first.breakout
    assert rooms is not None
    if shape is Agenda:
        return replace(FULL, **{name: value})
    new = {name: value} if shape is Segment else {"breakout": replace(rooms, **{name: value})}
    return replace(FULL, segments=(replace(first, **new), *rest))


def held(shape: type, name: str) -> object:
    first = FULL.segments[0]
    holder = {Agenda: FULL, Segment: first, Breakout: first.breakout}[shape]
    return getattr(holder, name)


FIELDS = [(shape, name) for shape in (Agenda, Segment, Breakout) for name in names(shape)]


@pytest.mark.parametrize(
    ("shape", "name"), FIELDS, ids=lambda one: getattr(one, "__name__", one)
)
def test_a_difference_in_any_field_is_told_both_ways(shape: type, name: str) -> None:
    values = [other(name, held(shape, name))]
    if isinstance(held(shape, name), tuple) and name != "segments":
        values += [(), held(shape, name)[::-1]]  # type: ignore[index]
    for after in (changed(shape, name, value) for value in values):
        if after != FULL:
            assert differences(FULL, after), after
            assert differences(after, FULL)
            assert differences(after, after) == ()


@given(st.data())
def test_days_that_differ_have_a_difference_and_others_have_none(data: st.DataObject) -> None:
    parts = st.builds(
        part,
        st.sampled_from(["Break", "break", "Arriving", "Closing"]),
        st.integers(1, 3),
        id=st.sampled_from("abc"),
    )
    days = st.lists(parts, max_size=5).map(lambda found: day(*found, minutes=1))
    before, after = data.draw(days), data.draw(days)
    assert bool(differences(before, after)) == (before != after)
    assert differences(after, after) == ()
