import pytest

from facilitate.formats.debrief_toml import read_debrief, write_debrief

ANSWERS = (
    ("How are we?", "tired, and glad"),
    ("Who was quiet?", 'the "back row" [x] \\ 名前'),
    ("How are we?", "asked twice"),
)


def test_answers_come_back_as_they_were_in_their_order() -> None:
    assert read_debrief(write_debrief(ANSWERS)) == ANSWERS


def test_the_file_can_be_read_and_mended_by_hand() -> None:
    short = (("How are we?", "tired, and glad"), ("Who was quiet?", "nobody"))
    assert write_debrief(short) == (
        '[[answer]]\nquestion = "How are we?"\ntext = "tired, and glad"\n\n'
        '[[answer]]\nquestion = "Who was quiet?"\ntext = "nobody"\n'
    )


def test_nothing_that_was_answered_is_an_empty_file() -> None:
    assert write_debrief(()) == ""


@pytest.mark.parametrize(
    "text", ["", "answer = [", "answer = 7\n", "[answer]\n", "answer = []"]
)
def test_a_file_that_cannot_be_read_holds_no_answers(text: str) -> None:
    assert read_debrief(text) == ()


@pytest.mark.parametrize("row", ["7", "{ question = 'Q' }", "{ question = 'Q', text = 7 }"])
def test_a_row_that_is_something_else_is_left_out(row: str) -> None:
    text = f"answer = [{{ question = 'A', text = 'a' }}, {row}]\n"
    assert read_debrief(text) == (("A", "a"),)
