from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.contents import contents
from tests.formats.shared_lines import (
    ONE,
    TWO,
    everything,
    line,
    nothing,
    part_one,
    part_two,
    sitting,
    told,
)

from facilitate.core.handout import (
    EMPTY,
    HandOut,
    PageLine,
    Said,
    day_words,
    hand_out,
    language_of,
)
from facilitate.core.record import RecordedEntry, SittingRecord
from facilitate.core.sharing import shared
from facilitate.core.travelling import Wording

AGREED, ON_THE_WAY, WORDS = (
    "What we agreed",
    "On the way: not agreed yet",
    "Words we share",
)
FIRST_DAY = dt.date(2026, 9, 12)
IN_FORCE = {"adopted": 2, "adopted_on": dt.date(2026, 11, 22)}


def page_of(*entries: RecordedEntry, before: SittingRecord | None = None) -> HandOut:
    return hand_out(shared(sitting(TWO, *entries), [before] if before else [], "html"))


def names(page: HandOut) -> dict[str, list[str]]:
    return {each.heading: [line.name for line in each.lines] for each in page.sections}


def only(page: HandOut) -> PageLine:
    ((found,),) = (section.lines for section in page.sections)
    return found


def small(page: HandOut) -> list[str]:
    """What stands small below the one line of a page."""
    return [
        f"{said.what}: {said.words}" if said.words else said.what for said in only(page).small
    ]


# Where a line stands


def test_lines_stand_below_what_is_true_of_them() -> None:
    assert names(hand_out(everything("html"))) == {
        AGREED: ["A1", "A3", "A31"],
        ON_THE_WAY: ["A2", "A5", "A7", "A32"],
        WORDS: ["T8", "T10", "T33", "F12"],
    }


@pytest.mark.parametrize(
    ("state", "heading"),
    [
        ("heard", ON_THE_WAY),
        ("proposed", ON_THE_WAY),
        ("tested", ON_THE_WAY),
        ("amending", ON_THE_WAY),
        ("open", ON_THE_WAY),
        ("revived", ON_THE_WAY),
        ("a later word", ON_THE_WAY),
        ("in force", AGREED),
        ("parked", None),
        ("set aside", None),
        ("retired", None),
        ("merged", None),
    ],
)
def test_only_what_is_in_force_stands_as_agreed(state: str, heading: str | None) -> None:
    page = page_of(line("A1", "One mic", state, **IN_FORCE))
    assert [section.heading for section in page.sections] == ([heading] if heading else [])


def test_what_ended_stands_nowhere_in_whatever_export_it_comes() -> None:
    record = sitting(TWO, *(line("A1", "One", state) for state in ("retired", "merged")))
    assert hand_out(shared(record, [], "md")).sections == ()


def test_words_that_nobody_adopted_never_stand_as_agreed() -> None:
    assert names(page_of(line("A1", "One mic", "in force"))) == {ON_THE_WAY: ["A1"]}
    both = line("A1", "One mic", "in force", also=(Wording(text="One voice"),), **IN_FORCE)
    page = page_of(both)
    assert names(page) == {ON_THE_WAY: ["A1"]}
    assert small(page) == ["Held, and not adopted in these words"]


@pytest.mark.parametrize("name", ["T1", "F1"])
def test_words_stand_there_once_they_were_read_back(name: str) -> None:
    for state, stands in [
        ("heard", False), ("working", True), ("shared", True), ("moving away from", False),
    ]:  # fmt: skip
        assert bool(page_of(line(name, "calm = lent", state)).sections) is stands


def test_other_kinds_of_lines_are_not_on_the_page() -> None:
    page = page_of(line("Q1", "Who?", "open"), line("E2", "So", "checked"))
    assert page.empty == EMPTY


def test_what_is_not_agreed_is_marked_as_such_and_said_in_its_heading() -> None:
    agreed, on_the_way, words = hand_out(everything("html")).sections
    assert (agreed.agreed, on_the_way.agreed, words.agreed) == (True, False, True)
    assert "not agreed yet" in on_the_way.heading
    assert [section.narrow for section in (agreed, on_the_way, words)] == [False, False, True]


# What is told of a line


def test_an_agreement_says_when_it_was_adopted_and_never_how_many_said_yes() -> None:
    page = page_of(line("A1", "One mic", "in force", **IN_FORCE, heard_again=7))
    assert small(page) == ["Adopted by consent, round 2 on 22 November 2026"]
    assert "7" not in contents(page.sections)


def test_a_day_that_is_not_known_is_not_told() -> None:
    page = page_of(line("A1", "One mic", "in force", adopted=1))
    assert small(page) == ["Adopted by consent, round 1"]


def test_an_agreement_says_what_it_looks_like_and_where_it_holds() -> None:
    of_it = told(scope="in the rooms", looks_like="we wait", unheard_of="x")
    page = page_of(line("A1", "One mic", "in force", **IN_FORCE, details=of_it))
    assert only(page).more == (
        Said("On a hard afternoon", "we wait"),
        Said("Where it holds", "in the rooms"),
    )


def test_a_term_says_what_it_means_what_else_is_said_and_what_it_stands_on() -> None:
    of_it = told(also_said="la base", language="en", why="no")
    page = page_of(line("T1", "calm = lent = borrowed", "shared", lineage="us", details=of_it))
    assert only(page) == PageLine(
        name="T1",
        words="calm",
        meaning="lent = borrowed",
        more=(Said("Also said", "la base"),),
        small=(Said("Stands on", "us"),),
        language="en",
    )


def test_a_framework_says_its_parts() -> None:
    page = page_of(line("F1", "ports = arrive", "shared", details=told(parts="a; b")))
    assert only(page).more == (Said("Its parts", "a; b"),)


def test_an_equals_sign_in_an_agreement_is_a_part_of_its_words() -> None:
    page = page_of(line("A1", "late = in", "proposed"))
    assert (only(page).words, only(page).meaning) == ("late = in", "")


@pytest.mark.parametrize(
    ("told_of_it", "language"),
    [("he", "he"), ("es-419", "es-419"), ("Hebrew", ""), ('"', ""), ("", "")],
)
def test_a_language_is_passed_on_only_where_it_is_a_tag(told_of_it: str, language: str) -> None:
    entry = line("T1", "calm", "shared", details=told(language=told_of_it))
    assert language_of(entry) == language


def test_words_that_are_not_settled_say_so() -> None:
    assert small(page_of(line("T1", "calm", "working"))) == [
        "A working meaning, not settled yet"
    ]
    assert small(page_of(line("T1", "calm", "shared"))) == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("heard", "Heard, and not read back yet"),
        ("proposed", "Proposed: read back to the group"),
        ("tested", "Tested: the group was asked about these words"),
        ("amending", "Amending: these words are new since it was agreed"),
        ("open", "Open: a doubt is held"),
        ("revived", "Revived: taken up again"),
        ("a later word", "A later word"),
    ],
)
def test_what_is_on_the_way_says_how_far_it_is(state: str, words: str) -> None:
    assert small(page_of(line("A1", "One mic", state))) == [words]


def test_two_wordings_are_both_there_and_said_to_be_two() -> None:
    other = Wording(text="One voice", lineage="the second table")
    page = page_of(line("A1", "One mic", "proposed", also=(other,)))
    assert only(page).words == "One mic"
    assert only(page).more == (
        Said(
            "Two wordings stand side by side; the other",
            "One voice (stands on: the second table)",
        ),
    )


def test_of_three_wordings_none_is_left_out() -> None:
    others = (Wording(text="calm = b"), Wording(text="peace"))
    page = page_of(line("T1", "calm = a", "working", also=others))
    assert only(page).more == (
        Said("3 wordings stand side by side; another", "calm: b"),
        Said("3 wordings stand side by side; another", "peace"),
    )


def test_lines_that_got_one_number_say_so() -> None:
    twins = (line("A1", "One mic", "proposed"), line("A1", "Come late", "proposed"))
    (section,) = page_of(*twins, line("A2", "Rest", "proposed")).sections
    assert [len(each.small) for each in section.lines] == [2, 2, 1]
    assert section.lines[0].small[1] == Said("one of several lines with this number")


# Where it comes from


def test_a_starting_point_is_said_to_be_one_until_the_group_made_it_its_own() -> None:
    offered = "a starting point from the team"
    for name, state, said in [
        ("A1", "proposed", True), ("A1", "in force", False),
        ("T1", "working", True), ("T1", "shared", False),
    ]:  # fmt: skip
        page = page_of(line(name, "calm", state, **IN_FORCE, origin="offered"))
        assert (offered in small(page)) is said, (name, state)
    assert offered not in small(page_of(line("A1", "calm", "proposed", origin="adapted")))


def test_a_line_of_an_earlier_sitting_says_since_when_it_is_there() -> None:
    before = sitting(ONE, line("A1", "One mic", "proposed"))
    assert small(page_of(before=before))[1:] == ["with us since 12 September 2026"]
    again = line("A1", "One mic", "in force", **IN_FORCE, carried_from=ONE)
    assert small(page_of(again, before=before)) == [
        "Adopted by consent, round 2 on 22 November 2026",
        "with us since 12 September 2026",
    ]


def test_since_when_is_not_told_where_it_is_not_known_or_told_already() -> None:
    carried = line("A1", "One mic", "proposed", carried_from=ONE)
    assert len(small(page_of(carried))) == 1
    adopted = line("A1", "One mic", "in force", adopted=1, adopted_on=FIRST_DAY)
    assert len(small(page_of(before=sitting(ONE, adopted)))) == 1


def test_a_yes_that_was_said_again_is_told_with_its_day_where_it_still_holds() -> None:
    again = line("A1", "One mic", "in force", adopted=1, adopted_on=FIRST_DAY, reaffirmed=True)
    assert small(page_of(again))[1:] == ["said yes to again on 22 November 2026"]
    assert len(small(page_of(replace(again, state="amending", adopted=None)))) == 1


def test_nobody_is_named_on_the_page() -> None:
    by = {"attribution": "CANARY", "attribution_scope": "public", "owner": "CANARY"}
    page = page_of(
        line("A1", "One", "in force", **IN_FORCE, **by), line("T2", "two", "shared", **by)
    )
    assert "CANARY" not in contents(page)


# The page


def test_the_page_says_what_it_is_of_and_for_whom() -> None:
    page = hand_out(everything("html"))
    assert page.title == "Harbour circles"
    assert page.subtitle == "Attachment, part two: <what holds> & who holds it"
    assert (page.day, page.cohort, page.empty) == ("22 November 2026", "harbour-2026", "")
    assert page.foot == "For the cohort. To come back to a line, say its number: A1."


@pytest.mark.parametrize(
    ("ring", "whom", "there"),
    [
        ("team", "For the cohort and its team.", ["A1", "A31"]),
        ("public", "For everyone.", ["A1", "A31"]),
    ],
)
def test_a_page_that_goes_further_holds_only_what_may(
    ring: str, whom: str, there: list[str]
) -> None:
    page = hand_out(shared(part_two(), [part_one()], "html", ring=ring))  # type: ignore[arg-type]
    assert page.foot.startswith(whom)
    assert names(page)[AGREED] == there


def test_without_lines_one_sentence_says_what_will_stand_there() -> None:
    page = hand_out(nothing("html"))
    assert page.sections == ()
    assert page.empty == "What the group agrees on, and the words it shares, will stand here."
    assert page.foot == "For the cohort."


def test_every_word_of_people_is_fit_to_be_shown() -> None:
    bad = "a\x00\u202e\nb"
    other = Wording(text=bad, lineage=bad)
    entry = line("A1", bad, bad, lineage=bad, also=(other,), details=told(scope=bad))
    record = replace(sitting(TWO, entry), title=bad, subtitle=bad, cohort=bad)
    page = hand_out(shared(record, [], "html"))
    assert "a b" in contents(page)
    assert not {"\x00", "\u202e"} & set(contents(page))


def test_what_a_page_is_called_tells_no_words() -> None:
    page = hand_out(everything("html"))
    section = page.sections[0]
    assert repr(page) == "<HandOut 2026-11-22>"
    assert repr(section.lines[0]) == "<PageLine A1>"
    assert repr(section.lines[0].more[0]) == "<Said On a hard afternoon>"
    assert "mic" not in repr(section)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 1, 2), "2 January 2026"),
        (dt.date(2026, 12, 31), "31 December 2026"),
        (dt.date(987, 5, 6), "6 May 987"),
    ],
)
def test_a_day_is_told_in_words_whatever_the_machine_speaks(day: dt.date, words: str) -> None:
    assert day_words(day) == words
