"""A day while it is built: what is seen of it, and what each step does."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from facilitate.core.agenda import Agenda, Objective, Segment
from facilitate.core.build_changes import (
    FIRST_ALREADY,
    LAST_ALREADY,
    NO_TITLE,
    ONLY_PART,
    TOO_LONG,
    TOO_SHORT,
    Change,
    Copied,
    Lengthened,
    Moved,
    OfKind,
    PutIn,
    Spared,
    TakenOut,
    Titled,
    change_words,
    changed,
    place_after,
    step_words,
)
from facilitate.core.build_view import (
    Flaw,
    build_view,
    check_words,
    day_facts,
    head_words,
    part_facts,
    totals,
)
from facilitate.core.learned import NOTHING_LEARNED, Learned, Taken
from facilitate.core.refusal import Refused


def part(id_: str, minutes: int, **how: Any) -> Segment:
    return Segment(
        **{"id": id_, "title": id_.title(), "kind": "dialogue"} | how, minutes=minutes
    )


DAY = Agenda(
    id="day",
    title="A day",
    subtitle="Day one",
    start=dt.time(9),
    timezone="America/New_York",
    date=dt.date(2026, 9, 12),
    minutes=120,
    place="online",
    objectives=(
        Objective(key="words", text="Find words."),
        Objective(key="rest", text="Rest."),
    ),
    segments=(
        part("arrive", 20, kind="arrival", at_least=15, serves=("rest",)),
        part("agree", 40, kind="agreements", at_least=25, at_most=50, serves=("words", "rest")),
        part("break", 15, kind="break", protect=True),
        part("weave", 25, serves=("words",)),
        part("close", 20, kind="closing", at_least=10),
    ),
)


def after(*changes: Change, of: Agenda = DAY) -> Agenda:
    for change in changes:
        of = changed(of, change)
    return of


def ids(agenda: Agenda) -> list[str]:
    return [one.id for one in agenda.segments]


def facts(agenda: Agenda, *flaws: Flaw) -> dict[str, str]:
    return {one.label: one.text for one in day_facts(build_view(agenda), flaws)}


def of_part(place: int, learned: Learned = NOTHING_LEARNED, *flaws: Flaw) -> list[str]:
    found = part_facts(DAY, build_view(DAY), place, learned, flaws)
    return [f"{one.label}: {one.text}" for one in found]


# What is seen


def test_one_glance_tells_the_end_what_gives_and_the_longest_time_without_a_break() -> None:
    assert (
        head_words(build_view(DAY))
        == "ends 11:00, 20 min to give, longest 60 min without a break"
    )


def test_each_part_has_its_clock_time_and_its_place_in_the_picture() -> None:
    rows = build_view(DAY).rows
    assert [row.begins for row in rows] == ["09:00", "09:20", "10:00", "10:15", "10:40"]
    assert [(row.start, row.length) for row in rows] == [
        (0, 20), (20, 40), (60, 15), (75, 25), (100, 20),
    ]  # fmt: skip


def test_what_is_protected_gives_nothing_though_it_may_become_shorter() -> None:
    view = build_view(DAY)
    assert [row.gives for row in view.rows] == [5, 15, 0, 0, 0]
    assert [row.is_protected for row in view.rows] == [False, False, True, False, True]
    assert (view.gives, view.protected) == (20, 35)


def test_minutes_are_summed_for_each_kind_and_each_objective() -> None:
    view = build_view(after(OfKind(0, "agreements")))
    assert view.kinds == (("agreements", 60), ("dialogue", 25), ("closing", 20), ("break", 15))
    assert [(one.objective.key, one.minutes) for one in view.objectives] == [
        ("words", 65),
        ("rest", 60),
    ]


def test_the_figures_of_the_day_are_said_in_a_few_words_each() -> None:
    assert facts(DAY) == {
        "ends": "11:00, as promised, 2 h in all",
        "to give": "20 min, 35 min protected",
        "breaks": "15 min; longest without one 60 min from 09:00",
        "check": "nothing to mend",
        "kinds": "agreements 40, dialogue 25, arrival 20, closing 20, break 15",
        "serves": "words 65, rest 60",
    }


def test_an_end_after_the_promised_one_is_said_with_both() -> None:
    late = replace(DAY, ends_by=dt.time(10, 45))
    assert facts(late)["ends"] == "11:00, 15 min after the promised 10:45"
    early = replace(DAY, ends_by=dt.time(11, 5))
    assert facts(early)["ends"] == "11:00, 5 min before the promised 11:05"


def test_a_sum_that_is_not_what_the_day_says_is_said() -> None:
    assert facts(replace(DAY, minutes=150))["adds up to"] == "120 min, and the day says 150"


def test_a_day_without_breaks_and_one_of_breaks_alone_are_told_so() -> None:
    assert facts(after(TakenOut(2)))["breaks"] == "none in 105 min from 09:00"
    alone = replace(DAY, segments=(part("break", 15, kind="break"),))
    assert facts(alone)["breaks"] == "nothing else"
    assert head_words(build_view(alone)) == "ends 09:15, 0 min to give"


def test_a_part_that_waits_for_the_clock_moves_the_end() -> None:
    waits = replace(DAY.segments[3], not_before=dt.time(10, 30))
    view = build_view(replace(DAY, segments=(*DAY.segments[:3], waits, DAY.segments[4])))
    assert view.rows[3].begins == "10:30"
    assert (view.ends, view.late, view.total) == ("11:15", 15, 120)
    (waits,) = [one.text for one in day_facts(view, ()) if one.label == "waits"]
    assert waits == "15 min before Weave, which does not begin earlier"


@pytest.mark.parametrize(
    "broken",
    [
        replace(DAY, timezone="Nowhere/At all"),
        replace(DAY, timezone="../etc"),
        replace(DAY, timezone=""),
        replace(DAY, date=dt.date(1, 1, 1)),
        replace(DAY, date=dt.date(9999, 12, 31)),
        replace(DAY, date=None),
        replace(DAY, minutes=10**30),
        replace(DAY, segments=(part("long", 10**30), part("short", -5, at_least=-90))),
        replace(DAY, segments=(part("x", 5, ends_at=dt.time(3)), part("x", 5))),
    ],
)
def test_a_day_with_something_to_mend_is_drawn_all_the_same(broken: Agenda) -> None:
    view = build_view(broken)
    assert len(view.rows) == len(broken.segments)
    assert view.length >= 1
    assert day_facts(view, ())
    assert part_facts(broken, view, 0, NOTHING_LEARNED, ())


# What records tell, and what the check found


def test_of_a_part_it_is_told_how_long_it_has_taken() -> None:
    learned = Learned({"agree": Taken(5, 35, 31, 38, 1)}, {"agreements": Taken(9, 30, 1, 2, 0)})
    assert of_part(1, learned) == [
        "agreements: Agree",
        "length: 40 min, at least 25, at most 50",
        "so far: this has taken 31-38 minutes, five times",
        "serves: words, rest",
    ]


def test_of_a_new_part_it_is_told_how_long_its_kind_takes_and_how_far_beyond_the_plan() -> None:
    learned = Learned({}, {"dialogue": Taken(14, 30, 25, 38, 6)})
    taken = "dialogue has mostly taken 25-38 minutes, 14 times; mostly 6 more than planned"
    assert of_part(3, learned) == [
        "dialogue: Weave",
        "length: 25 min, does not give",
        f"so far: new here; {taken}",
        "serves: words",
    ]
    fewer = Learned({}, {"dialogue": Taken(1, 20, 20, 20, -5)})
    assert "dialogue took 20 minutes, once; mostly 5 fewer than planned" in of_part(3, fewer)[2]


def test_what_the_check_found_stands_with_its_part_and_is_counted_for_the_day() -> None:
    flaws = (
        Flaw("It is too short.", is_error=True, part="agree"),
        Flaw("Nobody leads it.", is_error=False, part="agree"),
        Flaw("The parts add up to 5.", is_error=True, part=None),
    )
    assert of_part(1, NOTHING_LEARNED, *flaws)[2:4] == [
        "to mend: It is too short.",
        "think of: Nobody leads it.",
    ]
    assert of_part(0, NOTHING_LEARNED, *flaws)[2:] == ["serves: rest"]
    told = "2 to mend, 1 to think about. The parts add up to 5."
    assert check_words(flaws) == told
    assert facts(DAY, *flaws)["check"] == told


def test_a_page_tells_all_figures_and_all_that_the_check_found() -> None:
    view = build_view(DAY)
    page = dict(totals(view, [Flaw("Too late.", is_error=False, part="close")]))
    assert [one.text for one in page["Minutes of each kind"]] == [
        kind for kind, _ in view.kinds
    ]
    assert [(o.label, o.text) for o in page["Minutes that serve what it is for"]] == [
        ("65 min", "Find words."),
        ("60 min", "Rest."),
    ]
    assert [(o.label, o.text) for o in page["What the check found"]] == [
        ("think of", "Too late.")
    ]
    assert dict(totals(view, ()))["What the check found"][0].text == "nothing to mend"


# Steps


def test_the_stated_minutes_follow_where_they_were_the_sum() -> None:
    assert after(Lengthened(1, 30)).minutes == 110
    assert after(TakenOut(2)).minutes == 105
    assert after(Copied(2)).minutes == 135
    assert after(PutIn(2, "Walk", "practice", 10)).minutes == 130
    assert after(Lengthened(1, 30), of=replace(DAY, minutes=150)).minutes == 150


def test_each_step_changes_what_it_says_and_nothing_else() -> None:
    assert after(Lengthened(1, 30)).segments[1] == replace(DAY.segments[1], minutes=30)
    assert after(Spared(3, 20)).segments[3] == replace(DAY.segments[3], at_least=20)
    assert after(Spared(1, None)).segments[1].least == 40
    titled = after(Titled(3, "  Weaving \n it ")).segments[3]
    assert titled == replace(DAY.segments[3], title="Weaving it")
    assert ids(after(Moved(3, 1))) == ["arrive", "weave", "agree", "break", "close"]
    assert ids(after(TakenOut(0))) == ["agree", "break", "weave", "close"]


def test_a_part_once_more_has_an_id_of_its_own() -> None:
    assert ids(after(Copied(2), Copied(2))) == [
        "arrive", "agree", "break", "break-3", "break-2", "weave", "close",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (Lengthened(0, 0), TOO_SHORT),
        (Lengthened(0, 1441), TOO_LONG),
        (Spared(0, 0), TOO_SHORT),
        (Titled(0, " \t "), NO_TITLE),
        (Moved(0, -1), FIRST_ALREADY),
        (Moved(4, 5), LAST_ALREADY),
        (PutIn(0, "", "break", 5), NO_TITLE),
        (PutIn(0, "Walk", "break", 0), TOO_SHORT),
    ],
)
def test_what_cannot_be_done_says_why(change: Change, why: str) -> None:
    with pytest.raises(Refused, match=why):
        changed(DAY, change)


def test_the_last_part_stays() -> None:
    with pytest.raises(Refused, match=ONLY_PART):
        changed(replace(DAY, segments=DAY.segments[:1]), TakenOut(0))


@pytest.mark.parametrize(
    ("change", "words", "place"),
    [
        (Lengthened(1, 30), "Agree: 40 -> 30 min. The day: minutes 120 -> 110", 1),
        (Moved(1, 3), "Agree: moved before Close", 3),
        (Moved(0, 4), "Arrive: moved to the end", 4),
        (TakenOut(2), "Break: taken out, 15 min. The day: minutes 120 -> 105", 2),
        (Spared(3, 20), "Weave: at least none -> 20", 3),
        (Copied(2), "Break: new, 15 min, before Weave. The day: minutes 120 -> 135", 3),
    ],
)
def test_a_step_says_what_it_changed(change: Change, words: str, place: int) -> None:
    now = after(change)
    assert place_after(change) == place
    assert step_words(change, place, DAY, now) == words


def test_a_move_that_is_taken_back_is_said_of_the_part_that_was_moved() -> None:
    assert step_words(Moved(1, 3), 1, after(Moved(1, 3)), DAY) == "Agree: moved before Break"


def test_where_nothing_differs_nothing_is_said() -> None:
    assert change_words(DAY, after(Lengthened(1, 30), Lengthened(1, 40))) == ""
