"""Everything that is known of one line."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from facilitate.core.captures import Detail, Marks
from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.entry_commands import (
    AdoptLine,
    AskAttribution,
    Attribute,
    Describe,
    HearAgain,
    LookAgain,
    MoveTo,
    NoteConcern,
    PutToTest,
    Raise,
    ReadBack,
    Reaffirm,
    TakeVotes,
    Withdraw,
)
from facilitate.core.entry_events import EntryReworded
from facilitate.core.one_line_view import OneLineView, one_line_view
from facilitate.core.tally import SCALES, Tally

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

FIST = SCALES["fist"]


def view(sitting: Sitting, number: int = 1) -> OneLineView:
    found = one_line_view(sitting.state, number)
    assert found is not None
    return found


def told(sitting: Sitting, number: int = 1) -> dict[str, str]:
    """The facts by their label; of one label the last."""
    return {fact.label: fact.text for fact in view(sitting, number).facts}


def adopt(sitting: Sitting) -> None:
    sitting.do(PutToTest(number=1, scale=FIST))
    sitting.do(TakeVotes(tally=Tally((9,))))
    sitting.do(AdoptLine(number=1))


def test_a_new_line_tells_where_it_stands_what_may_follow_and_how_far_it_travels(
    running: Sitting,
) -> None:
    running.write("a: One mic <- the elders")
    shown = view(running)
    assert (shown.name, shown.kind, shown.stands) == ("A1", "agreement", "heard")
    assert shown.wordings == ("One mic",)
    assert told(running) == {
        "stands": "heard",
        "can become": "proposed, open, parked, set aside or merged",
        "how far": "cohort",
        "stands on": "the elders",
        "made by": "this group",
        "made in": "Arriving",
    }


def test_marks_details_and_the_next_look_are_told_in_words(running: Sitting) -> None:
    running.write("c: bring it home #policy #Night_shift @home-visiting >part2")
    running.write("a: One mic")
    running.do(Describe(number=2, name="looks_like", text="we wait for each other"))
    running.do(Describe(number=2, name="scope", text="in here"))
    assert {
        "tags": "#policy #Night_shift",
        "belongs to": "policy",
        "for": "home-visiting",
        "next look": "in part 2",
    }.items() <= told(running).items()
    assert (
        told(running, 2)["what it looks like on a hard afternoon"] == "we wait for each other"
    )


def test_a_detail_that_was_taken_away_is_told_no_more(running: Sitting) -> None:
    running.write("a: One mic")
    running.do(Describe(number=1, name="scope", text="in here"))
    running.do(Describe(number=1, name="scope", text=""))
    assert "where it holds" not in told(running)


def test_a_look_that_was_called_off_is_told_no_more(running: Sitting) -> None:
    running.write("a: One mic >next")
    running.do(LookAgain(number=1, when=""))
    assert "next look" not in told(running)


def test_earlier_wordings_are_told_in_order_and_each_once(running: Sitting) -> None:
    running.write("a: One mic")
    running.write("*1 One mic, one speaker")
    running.do(Raise(number=1, ring="team"))  # says the same words once more
    running.write("*1 One mic; nobody has to speak")
    facts = [fact for fact in view(running).facts if "One mic" in fact.text]
    assert [(fact.label, fact.text) for fact in facts] == [
        ("worded before", "One mic"),
        ("", "One mic, one speaker"),
    ]
    assert view(running).wordings == ("One mic; nobody has to speak",)


def test_two_wordings_side_by_side_both_stand_there(running: Sitting) -> None:
    entry = running.write("a: One mic")
    running.record(EntryReworded(entry=entry, text="One speaker", lineage=""), "co", base=())
    assert view(running).wordings == ("One mic", "One speaker")
    assert told(running)["two wordings"] == "they stand side by side; w says which words hold"
    assert "worded before" not in told(running)


def test_rounds_and_adoption_are_told_without_any_count(running: Sitting) -> None:
    running.write("a: One mic")
    running.do(ReadBack(number=1))
    running.do(PutToTest(number=1, scale=FIST))
    running.do(TakeVotes(tally=Tally((9, 0, 0, 0, 1))))
    running.write("*1 One mic, one speaker")
    adopt(running)
    facts = told(running)
    assert facts["stands"] == "in force, adopted by consent, round 2, 2026-09-12"
    assert facts["round 1"] == "asked about: One mic"
    assert facts["round 2"] == "asked about: One mic, one speaker"
    assert facts["can become"] == "amending or retired"
    assert not any("9" in text for label, text in facts.items() if label != "stands")


def test_what_was_seen_in_a_round_stays_below_it_when_the_next_one_begins(
    running: Sitting,
) -> None:
    running.write("a: One mic")
    running.do(ReadBack(number=1))
    for kind, text in (("concern", "the late shift"), ("objection", "too early")):
        running.do(PutToTest(number=1, scale=FIST))
        running.do(NoteConcern(kind=kind, text=text, number=1))
    facts = [(fact.label, fact.text) for fact in view(running).facts]
    assert facts[-5:-1] == [
        ("round 1", "asked about: One mic"),
        ("concern", "the late shift"),
        ("round 2", "goes on"),
        ("objection", "too early"),
    ]


def test_lines_that_belong_together_name_each_other(running: Sitting) -> None:
    for text in ("a: One mic", "a: One speaker", "a: In turns"):
        running.write(text)
    line = running.state.entry(1)
    assert line is not None
    written = running.write("a: and the children, too")
    entry = running.state.entries[written]
    beside = entry._replace(belongs_with=line.id)
    running.state = replace(running.state, entries={**running.state.entries, entry.id: beside})
    running.do(MoveTo(number=2, state="merged", into=1))
    running.do(MoveTo(number=3, state="merged", into=1))
    assert told(running, 2)["a part of"] == "A1 One mic"
    assert told(running, 4)["said with"] == "A1 One mic"
    assert told(running)["said with"] == "A4 and the children, too"
    parts = [fact.text for fact in view(running).facts if fact.label == "part of it"]
    assert parts == ["A2 One speaker", "A3 In turns"]


def test_what_was_also_heard_is_told(running: Sitting) -> None:
    running.write("a: One mic")
    for words in ("once more", "twice more", "3 times more"):
        running.do(HearAgain(number=1))
        assert told(running)["also heard"] == words


def test_whose_words_they_are_is_told_once_someone_said_yes(running: Sitting) -> None:
    running.write("a: One mic")
    assert "whose words" not in told(running)
    running.do(AskAttribution(number=1, form="initials"))
    assert told(running)["whose words"] == (
        "asked whether initials may stand there; nothing is written down before a yes"
    )
    running.do(Attribute(number=1, form="initials", text="N. N.", scope="team"))
    assert told(running)["whose words"] == "N. N., with a yes as far as the team"
    running.do(Attribute(number=1, form="group", text="", scope="public"))
    assert told(running)["whose words"] == "the group's"


def test_a_carried_line_tells_where_it_comes_from_and_how_it_was_worded(
    running: Sitting,
) -> None:
    line = CarriedLine(
        sitting="2026-06-06-harbour-1-abcd",
        number=7,
        kind="agreement",
        ring="cohort",
        state="in force",
        text="One mic",
        marks=Marks(when="next"),
        origin="ours",
        details=(Detail(name="scope", text="in here"),),
        adopted_round=2,
        adopted_on=dt.date(2026, 6, 6),
        topic="arriving",
        earlier=("No talking",),
    )
    running.state = replace(running.state, inherited=Inherited(lines=(line,), highest=7))
    facts = told(running, 7)
    assert facts["stands"] == "in force, adopted by consent, round 2, 2026-06-06"
    assert facts["carried from"] == "the sitting of 2026-06-06: arriving"
    assert facts["worded before"] == "No talking"
    assert facts["where it holds"] == "in here"
    assert facts["made by"] == "this group"
    assert "made in" not in facts
    assert "re-affirmed" not in facts
    running.do(Reaffirm(number=7))
    assert "re-affirmed" in told(running, 7)
    other = replace(running.state, entries={})
    strange = line._replace(sitting="archive", origin="offered", topic="")
    other = replace(other, inherited=Inherited(lines=(strange,), highest=7))
    found = one_line_view(other, 7)
    assert found is not None
    assert {fact.label: fact.text for fact in found.facts}["carried from"] == "archive"
    assert {fact.label: fact.text for fact in found.facts}["made by"] == (
        "the team, as a starting point"
    )


def test_a_line_that_has_come_to_its_end_says_so(running: Sitting) -> None:
    running.write("q: who holds us?")
    running.do(MoveTo(number=1, state="answered"))
    assert told(running)["can become"] == "nothing more"


def test_a_line_that_is_not_to_be_seen_is_none(running: Sitting) -> None:
    running.write("a: One mic")
    running.do(Withdraw(number=1))
    assert one_line_view(running.state, 1) is None
    assert one_line_view(running.state, 2) is None
