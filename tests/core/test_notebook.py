"""When a group is asked about its notebook, and what it is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from facilitate.core.carrying import Inherited
from facilitate.core.entry_commands import AgreeNotes
from facilitate.core.notebook import PAGE, needs_asking, stands

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def test_a_group_is_asked_once(running: Sitting) -> None:
    assert needs_asking(running.state)
    assert stands(running.state) == ""
    running.do(AgreeNotes(keeps=True))
    assert not needs_asking(running.state)
    running.undo()
    assert needs_asking(running.state)


def test_room_only_is_an_answer_too(running: Sitting) -> None:
    running.do(AgreeNotes(keeps=False))
    assert not needs_asking(running.state)
    assert stands(running.state).startswith("Lines are held in this room only now.")
    running.do(AgreeNotes(keeps=True))
    assert stands(running.state).startswith("Lines are kept now.")


@pytest.mark.parametrize("kept", [True, False])
def test_a_cohort_that_said_yes_before_is_not_asked_again(
    running: Sitting, *, kept: bool
) -> None:
    running.state = replace(running.state, inherited=Inherited(notes_kept=kept))
    assert needs_asking(running.state) == (not kept)
    assert stands(running.state).startswith("Lines are kept now.") == kept


def test_the_page_is_short_sentences_that_can_be_read_aloud() -> None:
    for heading, sentences in PAGE:
        assert heading[0].isupper()
        for sentence in sentences:
            assert sentence.endswith(".")
            assert len(sentence.split()) <= 20, sentence
