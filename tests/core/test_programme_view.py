import datetime as dt
from dataclasses import replace

import pytest
from tests.core.programmes import (
    ONE,
    PROGRAMME,
    TWO,
    agenda,
    facts,
    held,
    lines,
    sitting,
    step,
)

from facilitate.core.captures import Marks
from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.programme import Topic
from facilitate.core.programme_view import (
    NO_RECORD,
    Coming,
    HeldSitting,
    Timeline,
    TimelineRow,
    is_last,
    next_sitting,
    timeline,
    title_words,
)

NOVEMBER = dt.date(2026, 11, 1)


def row(found: Timeline, number: int) -> TimelineRow:
    return next(one for one in found.rows if one.number == number)


def told(one: TimelineRow) -> dict[str, str]:
    return {fact.label: fact.text for fact in one.facts}


def carried(number: int, when: str = "", **fields: object) -> CarriedLine:
    given = {"kind": "agreement", "state": "in force", "text": "Words", **fields}
    return CarriedLine(  # type: ignore[arg-type]
        sitting=ONE.facts.id, number=number, ring="cohort", marks=Marks(when=when), **given
    )


# The dates


def test_dates_stand_in_their_order_and_a_sitting_before_what_else_is_on_its_day() -> None:
    found = timeline(PROGRAMME, (), (), dt.date(2026, 1, 1))
    assert [(one.day, one.title) for one in found.rows] == [
        ("Tue 04 Aug 2026", "Come and see"),
        ("Sat 12 Sep 2026", "1. Kick-off"),
        ("Sat 12 Sep 2026", "Names are in"),
        ("Sat 10 Oct 2026", "2. Repair, part one"),
        ("Sat 14 Nov 2026", "3. Going back (Repair, part two)"),
        ("Sat 12 Dec 2026", "4. What we carry on"),
        ("Sat 09 Jan 2027", "Closing celebration"),
    ]


def test_where_a_title_may_be_cut_off_its_part_comes_first() -> None:
    found = timeline(PROGRAMME, (), (), dt.date(2026, 1, 1))
    assert [one.short for one in found.rows[1:5]] == [
        "1. Kick-off",
        "Names are in",
        "2. part one: Repair",
        "3. part two: Going back",
    ]


def test_what_was_held_is_done_the_first_to_come_is_next_and_the_others_are_to_come() -> None:
    found = timeline(PROGRAMME, (ONE, TWO), (), NOVEMBER)
    assert {one.number: one.standing for one in found.rows if one.number} == {
        1: "done",
        2: "done",
        3: "next",
        4: "to come",
    }
    assert found.next == 4
    assert found.stands == "next: Sat 14 Nov 2026, 3. Going back (Repair, part two)"


def test_a_day_that_passed_without_a_record_is_said_as_it_is() -> None:
    found = timeline(PROGRAMME, (TWO,), (), NOVEMBER)
    assert (row(found, 1).standing, row(found, 1).status) == ("passed", NO_RECORD)
    assert (row(found, 2).status, row(found, 3).status) == ("done", "next")


def test_a_sitting_is_next_until_its_day_is_over() -> None:
    on_its_day = timeline(PROGRAMME, (), (), dt.date(2026, 9, 12))
    assert row(on_its_day, 1).status == "next, today"
    after = timeline(PROGRAMME, (), (), dt.date(2026, 9, 13))
    assert row(after, 1).status == NO_RECORD
    assert row(after, 2).status == "next"


def test_when_it_was_held_on_its_day_already_the_one_behind_it_is_next() -> None:
    found = timeline(PROGRAMME, (ONE,), (), dt.date(2026, 9, 12))
    assert (row(found, 1).status, row(found, 2).status) == ("done, today", "next")


def test_after_the_last_sitting_nothing_is_to_come() -> None:
    found = timeline(PROGRAMME, (), (), dt.date(2026, 12, 13))
    assert found.next is None
    assert found.stands == "no sitting is to come"
    assert next_sitting(PROGRAMME, (), dt.date(2026, 12, 13)) is None


def test_a_sitting_held_on_another_day_says_which() -> None:
    found = timeline(PROGRAMME, (held(1, "2026-09-19"),), (), NOVEMBER)
    assert row(found, 1).status == "done, on Sat 19 Sep 2026"


def test_records_of_other_programmes_and_without_a_number_are_none_of_it() -> None:
    others = (
        held(1, "2026-09-12", programme="mooring-2026"),
        HeldSitting(ONE.facts._replace(number=None), 4),
    )
    found = timeline(PROGRAMME, others, (), NOVEMBER)
    assert not [one for one in found.rows if one.sitting]


def test_of_two_records_of_one_number_the_later_counts() -> None:
    again = held(1, "2026-09-26", lines=5)
    for order in ((ONE, again), (again, ONE)):
        found = row(timeline(PROGRAMME, order, (), NOVEMBER), 1)
        assert (found.sitting, told(found)["kept"]) == (again.facts.id, "5 lines")


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2026-09-11", "deadline, to come"),
        ("2026-09-12", "deadline, today"),
        ("2026-09-13", "deadline, passed"),
    ],
)
def test_a_deadline_says_what_it_is_and_where_it_stands(today: str, status: str) -> None:
    found = timeline(PROGRAMME, (), (), dt.date.fromisoformat(today))
    assert next(one for one in found.rows if one.title == "Names are in").status == status


def test_a_title_that_says_its_kind_says_it_once() -> None:
    found = timeline(PROGRAMME, (), (), NOVEMBER)
    assert found.rows[-1].status == "to come"


def test_each_row_has_what_opens_it() -> None:
    found = timeline(PROGRAMME, (ONE,), (), NOVEMBER)
    assert row(found, 1).sitting == ONE.facts.id
    assert (row(found, 3).sitting, row(found, 3).agenda) == ("", "day-3.toml")
    assert row(found, 4).agenda is None
    assert (found.rows[0].agenda, told(found.rows[0])["begins"]) == ("info.toml", "16:00")


# What is known of a sitting


def test_a_sitting_says_where_it_is_what_was_kept_and_which_file_it_has() -> None:
    found = timeline(PROGRAMME, (ONE, TWO), (), NOVEMBER)
    assert told(row(found, 1)) == {"where": "in person", "kept": "12 lines"}
    assert told(row(found, 2))["kept"] == "1 line"
    assert told(row(found, 4)) == {"where": "online", "agenda": "none yet"}


def test_what_is_next_says_what_it_carries_and_how_much_of_that_is_due() -> None:
    inherited = Inherited(
        lines=(carried(1), carried(2, "next"), carried(3, "2026-11-14"), carried(4, "end"))
    )
    coming = Coming(agenda(number=3, topic="repair", part=2), inherited)
    found = row(timeline(PROGRAMME, (ONE, TWO), (), NOVEMBER, coming), 3)
    assert told(found)["carried"] == "4 lines, 2 due for another look"


def test_at_the_last_sitting_what_was_left_for_the_end_is_due() -> None:
    coming = Coming(agenda(number=4), Inherited(lines=(carried(4, "end"),)))
    found = row(timeline(PROGRAMME, (), (), dt.date(2026, 12, 1), coming), 4)
    assert told(found)["carried"] == "1 line, 1 due for another look"


@pytest.mark.parametrize("inherited", [None, Inherited()])
def test_where_nothing_is_carried_yet_it_says_so(inherited: Inherited | None) -> None:
    coming = Coming(agenda(number=1), inherited)
    found = row(timeline(PROGRAMME, (), (), dt.date(2026, 9, 1), coming), 1)
    assert told(found)["carried"] == "nothing yet"


def test_only_what_is_next_says_what_it_carries() -> None:
    coming = Coming(agenda(number=3), Inherited(lines=(carried(1),)))
    found = timeline(PROGRAMME, (ONE, TWO), lines(step(ONE, "Q5")), NOVEMBER, coming)
    with_it = [one.number for one in found.rows if {"carried", "questions"} & set(told(one))]
    assert with_it == [3]


def test_the_questions_that_nobody_has_answered_are_named() -> None:
    of_all = lines(
        step(ONE, "Q12"),
        step(ONE, "Q5"),
        step(TWO, "Q5", state="parked", carried_from=ONE.facts.id),
        step(TWO, "Q7", state="answered"),
        step(TWO, "Q8", state="withdrawn", text=""),
        step(TWO, "A3"),
    )
    found = row(timeline(PROGRAMME, (ONE, TWO), of_all, NOVEMBER), 3)
    assert told(found)["questions"] == "2 open (Q5, Q12)"


# Words that go through a topic


def test_part_two_shows_the_terms_of_part_one_beside_its_own() -> None:
    three = held(3, "2026-11-14")
    of_all = lines(
        step(TWO, "T14"),
        step(TWO, "T4"),
        step(three, "T4", carried_from=TWO.facts.id),
        step(three, "T20"),
        step(ONE, "T1"),
        step(TWO, "A9"),
    )
    found = timeline(PROGRAMME, (ONE, TWO, three), of_all, dt.date(2026, 12, 1))
    assert told(row(found, 2))["words"] == "2 terms (T4, T14)"
    assert told(row(found, 3))["part one"] == "2 terms (T4, T14)"
    assert told(row(found, 3))["words"] == "2 terms (T4, T20)"
    assert "words" not in told(row(found, 1))


def test_part_two_that_is_to_come_shows_what_part_one_left() -> None:
    found = timeline(PROGRAMME, (ONE, TWO), lines(step(TWO, "T4")), NOVEMBER)
    assert told(row(found, 3)) == {
        "where": "online",
        "part one": "1 term (T4)",
        "agenda": "day-3.toml",
    }


def test_a_term_that_was_withdrawn_since_is_named_nowhere() -> None:
    gone = step(held(3, "2026-11-14"), "T4", "", state="withdrawn", carried_from=TWO.facts.id)
    found = timeline(PROGRAMME, (ONE, TWO), lines(step(TWO, "T4"), gone), NOVEMBER)
    assert "T4" not in str(found.rows)


# Words


@pytest.mark.parametrize(
    ("title", "topic", "part", "words"),
    [
        ("Repair", "repair", 1, "Repair, part one"),
        ("repair", "repair", 12, "repair, part 12"),
        ("Going back", "repair", 2, "Going back (Repair, part two)"),
        ("Going back", "repair", None, "Going back"),
        ("Going back", None, 2, "Going back, part two"),
        ("Going\n\x1b[31mback\u202e", None, None, "Going [31mback"),
    ],
)
def test_a_title_names_its_part_and_the_topic_where_that_is_called_otherwise(
    title: str, topic: str | None, part: int | None, words: str
) -> None:
    one = sitting(1, "2026-09-12", title, topic=topic, part=part)
    assert title_words(one, PROGRAMME) == words


def test_a_part_of_a_topic_that_the_file_does_not_name_has_its_own_title() -> None:
    one = sitting(1, "2026-09-12", "Repair", topic="mending", part=1)
    assert title_words(one, replace(PROGRAMME, topics=(Topic(key="x", title="X"),))) == (
        "Repair, part one"
    )


def test_a_programme_has_its_short_title_where_it_has_one() -> None:
    assert timeline(PROGRAMME, (), (), NOVEMBER).title == "Harbour circles"
    plain = replace(PROGRAMME, short_title="")
    assert timeline(plain, (), (), NOVEMBER).title == "Harbour circles for a whole year"


def test_the_last_sitting_is_the_one_with_the_highest_number() -> None:
    last = [is_last(PROGRAMME, one) for one in PROGRAMME.sessions]
    assert last == [False, False, False, True]


def test_nothing_of_what_people_said_is_in_it() -> None:
    of_all = lines(step(TWO, "T4", "CANARY = a bird"), step(ONE, "Q5", "CANARY?"))
    inherited = Inherited(lines=(carried(1, text="CANARY"),))
    coming = Coming(agenda(number=3), inherited)
    found = timeline(PROGRAMME, (ONE, TWO), of_all, NOVEMBER, coming)
    assert "CANARY" not in str(found)


def test_facts_of_another_cohort_in_the_same_programme_count_as_well() -> None:
    other = HeldSitting(facts(2, "2026-10-10")._replace(cohort="mooring"), 6)
    assert row(timeline(PROGRAMME, (ONE, other), (), NOVEMBER), 2).standing == "done"
