from pathlib import Path

import pytest

from facilitate.session import harvest
from facilitate.session.debrief import DEBRIEF, read_debrief, write_debrief

ANSWERS = (("How are we?", "tired, and glad"), ("Who was quiet?", "the back row"))


@pytest.fixture
def private(tmp_path: Path) -> Path:
    return tmp_path / "private" / "2026-09-12-harbour-1-ab3d"


def test_answers_stand_in_one_file_that_its_owner_alone_can_read(private: Path) -> None:
    path = write_debrief(private, ANSWERS)
    assert path == private / DEBRIEF
    assert [one.name for one in private.iterdir()] == [DEBRIEF]
    assert path.stat().st_mode & 0o777 == 0o600
    assert private.stat().st_mode & 0o777 == 0o700
    assert read_debrief(private) == ANSWERS


def test_what_steers_a_terminal_and_what_says_nothing_is_left_out(private: Path) -> None:
    said = (("A", "  over\ntwo \x1b[2Jlines "), ("B", " \n "), ("C", "\u202e"))
    write_debrief(private, said)
    assert read_debrief(private) == (("A", "over two [2Jlines"),)


def test_later_answers_take_the_place_of_earlier_ones(private: Path) -> None:
    write_debrief(private, ANSWERS)
    write_debrief(private, ANSWERS[1:])
    assert read_debrief(private) == ANSWERS[1:]


def test_answers_that_the_disk_does_not_take_leave_the_earlier_ones(private: Path) -> None:
    private.parent.mkdir()
    private.write_text("in the way", encoding="utf-8")
    with pytest.raises(NotADirectoryError):
        write_debrief(private, ANSWERS)
    assert private.read_text(encoding="utf-8") == "in the way"


def test_without_a_file_there_are_no_answers(private: Path) -> None:
    assert read_debrief(private) == ()


def test_bytes_that_are_no_text_hold_no_answers(private: Path) -> None:
    private.mkdir(parents=True)
    (private / DEBRIEF).write_bytes(b"\xff\xfe[")
    assert read_debrief(private) == ()


def test_answers_stay_when_the_words_kept_apart_are_removed(private: Path) -> None:
    write_debrief(private, ANSWERS)
    (private / "w8r1t5y7zc.0.jsonl").write_text("{}\n", encoding="utf-8")
    assert harvest.remove_words_kept_apart(private) == 1
    assert read_debrief(private) == ANSWERS
