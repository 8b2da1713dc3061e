"""Nobody is named with words that they never said yes to."""

import pytest
from tests.core.test_record import History

from facilitate.core.entry_events import (
    EntryAttributed,
    EntryDescribed,
    EntryRaised,
    EntryReworded,
    RewordingWasSmall,
)
from facilitate.core.events import Undone
from facilitate.core.one_line_view import one_line_view


@pytest.fixture
def history() -> History:
    return History()


@pytest.fixture
def entry(history: History) -> str:
    """A line in its second wording, with a yes to that."""
    first = history.line("One mic")
    history.add(EntryReworded(entry=first, text="One voice"), base=(first,))
    say_yes(history, first)
    return first


def say_yes(history: History, entry: str, form: str = "name") -> str:
    return history.add(
        EntryAttributed(entry=entry, form=form, text="Amal", scope="cohort")  # type: ignore[arg-type]
    )


def reword(history: History, entry: str, text: str | None, *, small: bool = False) -> str:
    base = tuple(version.id for version in history.state.entries[entry].wordings)
    return history.add(EntryReworded(entry=entry, text=text, small=small), base=base)


def named(history: History) -> bool:
    """Whether the record and the screen of the line say the name."""
    view = one_line_view(history.state, 1)
    assert view is not None
    (said,) = [fact.text for fact in view.facts if fact.label == "whose words"]
    in_record = history.entry.attribution != ""
    assert in_record == (history.entry.attribution_scope is not None)
    assert ("Amal" in said or "the group" in said) == in_record
    return in_record


def test_other_words_want_a_yes_of_their_own(history: History, entry: str) -> None:
    assert named(history)
    since = reword(history, entry, "One voice, and no other")
    assert not named(history)
    history.add(Undone(event=since))
    assert named(history)
    reword(history, entry, "Nobody interrupts")
    say_yes(history, entry)
    assert named(history)


def test_small_fixes_and_words_that_come_again_keep_the_name(
    history: History, entry: str
) -> None:
    reword(history, entry, "one voice.", small=True)
    assert named(history)
    reword(history, entry, "Each in turn")
    history.add(RewordingWasSmall(entry=entry))
    assert named(history)
    reword(history, entry, "Nobody interrupts")
    reword(history, entry, "Nobody interrupts us")
    history.add(RewordingWasSmall(entry=entry))
    assert not named(history)
    reword(history, entry, "One voice")
    assert named(history)


def test_a_small_fix_of_words_that_were_not_meant_brings_no_name(
    history: History, entry: str
) -> None:
    reword(history, entry, "Nobody interrupts")
    reword(history, entry, "nobody interrupts.", small=True)
    assert not named(history)


def test_words_of_someone_else_beside_them_take_the_name_away(
    history: History, entry: str
) -> None:
    history.add(EntryReworded(entry=entry, text="Nobody interrupts"), base=(entry,))
    assert len(history.state.entries[entry].wordings) == 2
    assert not named(history)


def test_a_wider_ring_and_what_is_told_keep_the_name(history: History, entry: str) -> None:
    history.add(EntryDescribed(entry=entry, name="scope", text="at the door"))
    history.add(EntryRaised(entry=entry, ring="public", text="One voice"))
    assert named(history)
    history.add(EntryRaised(entry=entry, ring="public", text="Other words"))
    assert not named(history)


@pytest.mark.parametrize("reworded", [False, True])
def test_a_line_of_the_sitting_comes_to_the_cohort_with_the_name_unless_it_was_reworded(
    history: History, reworded: bool
) -> None:
    entry = history.kept_apart("between us")
    say_yes(history, entry)
    if reworded:
        reword(history, entry, None)
    history.add(EntryRaised(entry=entry, ring="cohort", text="between us"))
    assert named(history) is not reworded


def test_the_words_of_the_group_stay_the_groups(history: History, entry: str) -> None:
    history.add(EntryAttributed(entry=entry, form="group", text="", scope="public"))
    reword(history, entry, "Nobody interrupts")
    assert named(history)
