from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.core.roads import brought_to

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import NewLine, NewWording
from facilitate.core.captures import DETAILS, HELD_HERE, KINDS, Entry
from facilitate.core.commands import Command, EndPause, StartPause, Undo, confirmed
from facilitate.core.entry_commands import (
    AdoptLine,
    AgreeNotes,
    AskAttribution,
    Attribute,
    Capture,
    Describe,
    DrawLesson,
    DropAttribution,
    HearAgain,
    HoldCare,
    Keep,
    LetGo,
    LookAgain,
    Lower,
    NoteConcern,
    Raise,
    Reaffirm,
    Reword,
    TakeVotes,
    Withdraw,
)
from facilitate.core.entry_events import CareHeld
from facilitate.core.tally import Tally

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

LOOKS_LIKE = (
    "Of an agreement one cannot tell that. It has: what it looks like on a hard afternoon, "
    "where it holds."
)
ROOM_ONLY = "This group holds its lines in the room only for now; nothing of them is saved."


def line(sitting: Sitting, number: int = 1) -> Entry:
    return next(e for e in sitting.state.entries.values() if e.number == number)


@pytest.fixture
def agreeing(running: Sitting) -> Sitting:
    """With an agreement of the cohort, A1, and a learning of the sitting, L2."""
    running.write("a: One mic")
    running.write("l: it was quiet <- us")
    return running


# Keeping notes


WORDS: list[Command] = [
    Capture(line=NewLine(kind="agreement", text="Stories stay")),
    Reword(wording=NewWording(number=1, text="One voice at a time")),
    DrawLesson(number=2, text="quiet helps"),
    NoteConcern(kind="concern", text="slow", number=1),
    Describe(number=1, name="scope", text="in the rooms"),
    Attribute(number=1, form="role", text="an elder", scope="cohort"),
]


@pytest.mark.parametrize("command", WORDS, ids=repr)
def test_where_nothing_is_to_be_kept_no_words_are(command: Command, agreeing: Sitting) -> None:
    assert agreeing.state.notes_kept is None
    agreeing.do(AgreeNotes(keeps=False))
    assert agreeing.refusal(command) == ROOM_ONLY


@pytest.mark.parametrize(
    "command",
    [
        HearAgain(number=1),
        Withdraw(number=1),
        LetGo(number=2),
        Lower(number=1, ring="room"),
        Describe(number=1, name="scope", text=""),
        LookAgain(number=1, when="next"),
    ],
    ids=repr,
)
def test_what_was_kept_before_can_still_be_seen_to(command: Command, agreeing: Sitting) -> None:
    assert agreeing.do(AgreeNotes(keeps=False)).do(command)


def test_a_group_may_change_its_mind_about_notes(running: Sitting) -> None:
    running.do(AgreeNotes(keeps=False))
    assert running.refusal(AgreeNotes(keeps=False)) == "That is how it is already."
    running.do(AgreeNotes(keeps=True)).write("a: One mic")
    assert (running.state.notes_kept, running.state.may_keep) == (True, True)
    running.undo().undo()
    assert (running.state.notes_kept, running.state.may_keep) == (False, False)


# Care


def test_care_is_held_after_a_pause_for_care_and_without_a_word_about_it(
    running: Sitting,
) -> None:
    hold = HoldCare(holder=" the care role\n", follow_up=True)
    assert running.refusal(hold) == "There was no pause for care yet; p makes one."
    running.do(StartPause(kind="tech")).later(minutes=1).do(EndPause())
    assert running.refusal(hold) == "There was no pause for care yet; p makes one."
    running.do(StartPause(kind="care")).later(minutes=1).do(hold)
    assert running.state.care == (CareHeld(holder="the care role", follow_up=True),)
    assert set(CareHeld.__dataclass_fields__) == {"holder", "follow_up"}
    assert running.undo().state.care == ()


# Rings


def test_a_line_travels_further_only_step_for_step_upward(agreeing: Sitting) -> None:
    for ring in ("sitting", "cohort"):
        raised = Raise(number=1, ring=ring)
        assert agreeing.refusal(raised) == "A1 travels that far already."
    agreeing.do(Raise(number=1, ring="team")).do(Raise(number=1, ring="public"))
    assert (line(agreeing).ring, line(agreeing).text) == ("public", "One mic")
    assert agreeing.undo().state.entries[line(agreeing).id].ring == "team"


def test_a_line_that_is_kept_was_looked_at_and_a_raised_one_was_not(agreeing: Sitting) -> None:
    agreeing.write("l: it was warm")
    agreeing.do(Keep(number=2)).do(Raise(number=3, ring="cohort"))
    assert [line(agreeing, number).state for number in (2, 3)] == ["checked", "noted"]
    assert agreeing.refusal(Keep(number=2)) == "L2 travels with the cohort already."


def test_a_line_can_be_given_to_a_narrower_ring(agreeing: Sitting) -> None:
    agreeing.do(Raise(number=1, ring="public"))
    for ring in ("team", "cohort", "sitting"):
        agreeing.do(Lower(number=1, ring=ring))
        assert line(agreeing).ring == ring
        words = agreeing.refusal(Lower(number=1, ring=ring))
        assert words == "A1 does not travel further than that."
    assert line(agreeing).is_shown


def test_what_was_told_of_a_line_goes_where_it_may_not_travel_any_more(
    agreeing: Sitting,
) -> None:
    agreeing.do(Describe(number=1, name="scope", text="in the rooms"))
    agreeing.do(Attribute(number=1, form="role", text="an elder", scope="cohort"))
    before = line(agreeing)
    agreeing.do(Lower(number=1, ring="sitting"))
    assert (line(agreeing).told, line(agreeing).attribution) == ({}, None)
    assert agreeing.undo().state.entries[before.id] == before


def test_a_line_for_the_room_is_gone_for_good_and_its_number_stays_taken(
    agreeing: Sitting,
) -> None:
    agreeing.do(Lower(number=2, ring="room"))
    assert not line(agreeing, 2).is_shown
    assert agreeing.refusal(Withdraw(number=2)) == "There is no line 2 to be seen here."
    agreeing.write("a: Stories stay")
    assert line(agreeing, 3).text == "Stories stay"
    agreeing.undo()
    assert agreeing.refusal(Undo()) == "Its words left the disk; that cannot be undone."
    assert [e.number for e in agreeing.state.entries.values() if e.is_shown] == [1]
    assert agreeing.state.next_number == 4


def test_a_line_that_is_held_in_the_room_has_no_number_to_speak_of(running: Sitting) -> None:
    words = running.refusal(Withdraw(number=HELD_HERE))
    assert words == "That line is held in this room only; it goes when this closes."


# Whose words


def test_before_a_yes_nothing_is_written_down_but_that_someone_is_asked(
    agreeing: Sitting,
) -> None:
    agreeing.do(AskAttribution(number=1, form="name"))
    event = agreeing.history[-1].event
    assert {name: getattr(event, name) for name in event.__dataclass_fields__} == {
        "entry": line(agreeing).id,
        "form": "name",
    }
    said = line(agreeing).attribution
    assert said is not None
    assert (said.is_pending, said.text, said.scope) == (True, None, None)


@pytest.mark.parametrize("scope", ["cohort", "team", "public"])
def test_a_yes_is_kept_with_how_far_it_goes_and_can_be_withdrawn(
    scope: str, agreeing: Sitting
) -> None:
    agreeing.do(AskAttribution(number=1, form="initials"))
    agreeing.do(Attribute(number=1, form="initials", text=" M.\tK. ", scope=scope))
    said = line(agreeing).attribution
    assert said is not None
    assert (said.is_pending, said.form, said.text, said.scope) == (
        False,
        "initials",
        "M. K.",
        scope,
    )
    agreeing.do(DropAttribution(number=1))
    assert line(agreeing).attribution is None
    assert agreeing.refusal(DropAttribution(number=1)) == "A1 does not say whose it is."
    agreeing.undo()
    assert line(agreeing).attribution == said


def test_the_group_needs_no_asking_and_has_no_name(agreeing: Sitting) -> None:
    words = agreeing.refusal(AskAttribution(number=1, form="group"))
    assert words == "The group as a whole needs no asking."
    agreeing.do(Attribute(number=1, form="group", text="NAME", scope="cohort"))
    said = line(agreeing).attribution
    assert said is not None
    assert (said.form, said.text, said.is_pending) == ("group", None, False)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (
            Attribute(number=1, form="role", text=" ", scope="cohort"),
            "Write the role as it may stand there.",
        ),
        (
            Attribute(number=1, form="name", text="NAME", scope="sitting"),
            "A yes for this room alone is said aloud; nothing is kept.",
        ),
        (
            Attribute(number=2, form="role", text="an elder", scope="cohort"),
            "L2 stays in this sitting; give it to the cohort first.",
        ),
        (
            AskAttribution(number=2, form="role"),
            "L2 stays in this sitting; give it to the cohort first.",
        ),
        (
            DropAttribution(number=2),
            "L2 stays in this sitting; give it to the cohort first.",
        ),
    ],
)
def test_a_name_is_never_written_without_a_yes_that_goes_beyond_the_room(
    command: Command, words: str, agreeing: Sitting
) -> None:
    assert agreeing.refusal(command) == words


# More about a line


@pytest.mark.parametrize("kind", list(DETAILS))
def test_each_kind_can_be_told_more_of_under_its_own_names(
    kind: CaptureKind, running: Sitting
) -> None:
    brought_to(running, kind, KINDS[kind].first)
    if line(running).ring == "sitting":
        running.do(Keep(number=1))
    for name in DETAILS[kind]:
        running.do(Describe(number=1, name=name, text=f"first {name}"))
        running.do(Describe(number=1, name=name, text=f" then\n{name} "))
    assert line(running).told == {name: f"then {name}" for name in DETAILS[kind]}
    for name in DETAILS[kind]:
        running.do(Describe(number=1, name=name, text=""))
    assert line(running).told == {}


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        (
            "agreement",
            "credit",
            LOOKS_LIKE,
        ),
        ("question", "scope", "Of a question one cannot tell that. It has nothing like it."),
        ("example", "level", "E1 stays in this sitting; give it to the cohort first."),
    ],
)
def test_what_cannot_be_told_of_a_line_is_said(
    kind: CaptureKind, name: str, words: str, running: Sitting
) -> None:
    brought_to(running, kind, KINDS[kind].first)
    assert running.refusal(Describe(number=1, name=name, text="words")) == words


# When to look again


@pytest.mark.parametrize(
    ("when", "kept"),
    [
        ("next", "next"),
        (" NEXT ", "next"),
        ("part2", "part2"),
        ("end", "end"),
        ("+6w", "+6w"),
        ("+10D", "+10d"),
        ("2027-03-01", "2027-03-01"),
        ("", ""),
    ],
)
def test_a_line_knows_when_to_be_looked_at_again(
    when: str, kept: str, agreeing: Sitting
) -> None:
    agreeing.write("a: Stories stay #policy @team >end")
    agreeing.do(LookAgain(number=3, when=when))
    marks = line(agreeing, 3).marks
    assert (marks.when, marks.owner, marks.tags) == (kept, "team", ("policy",))


@pytest.mark.parametrize(
    "when", ["soon", "part0", "+0w", "2027-02-30", "20270301", "next week", "NAME asked for it"]
)
def test_other_words_about_when_are_not_kept(when: str, agreeing: Sitting) -> None:
    words = "Say next, part2, end, a span such as +6w, or a date as 2027-03-01."
    assert agreeing.refusal(LookAgain(number=2, when=when)) == words


# Story and lesson


def test_a_story_goes_and_its_lesson_stays(agreeing: Sitting) -> None:
    agreeing.do(DrawLesson(number=2, text=" quiet\nhelps "))
    story, lesson = line(agreeing, 2), line(agreeing, 3)
    assert (story.let_go, story.is_shown) == (True, False)
    assert (lesson.kind, lesson.ring, lesson.text) == ("learning", "cohort", "quiet helps")
    assert (lesson.segment, lesson.origin, lesson.version.lineage) == ("arrive", "ours", "")
    assert agreeing.undo().undo().state.entry(2) == story._replace(let_go=False, state="noted")
    assert agreeing.state.entry(3) is None


def test_a_lesson_has_words_and_comes_of_a_story(agreeing: Sitting) -> None:
    words = agreeing.refusal(DrawLesson(number=2, text=" "))
    assert words == "Write the lesson in a few words; the story can go then."
    words = agreeing.refusal(DrawLesson(number=1, text="quiet helps"))
    assert words == "A1 tells no story; w gives it other words."


# Other wishes


def test_what_is_heard_again_is_counted_and_nothing_else(agreeing: Sitting) -> None:
    before = line(agreeing)
    agreeing.do(HearAgain(number=1)).do(HearAgain(number=1))
    assert line(agreeing) == before._replace(heard_again=2)


def test_only_what_was_brought_along_is_said_yes_to_again(agreeing: Sitting) -> None:
    words = agreeing.refusal(Reaffirm(number=1))
    assert words == "A1 was made here; there is nothing to say yes to again."


def test_a_yes_to_what_was_asked_is_the_same_wish() -> None:
    assert confirmed(AdoptLine(number=1)) == AdoptLine(number=1, confirmed=True)
    votes = TakeVotes(tally=Tally((1,)))
    assert confirmed(votes) is votes
