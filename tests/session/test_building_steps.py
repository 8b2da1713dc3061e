"""The steps of building a day: seen at once, written out later, taken back and made again."""

from pathlib import Path

import pytest
from tests.tui.stage import DAY

from facilitate.core.build_changes import (
    Copied,
    Lengthened,
    Moved,
    PutIn,
    Spared,
    TakenOut,
    Titled,
)
from facilitate.core.build_view import Flaw
from facilitate.core.refusal import Refused
from facilitate.formats.agenda_text import agenda_text
from facilitate.session.building_steps import Steps, Written, write_out, written

SMALL = Path(__file__).parents[1] / "data" / "agendas" / "small.toml"


def day(text: str = DAY) -> Written:
    return written(agenda_text(text.encode()), "day.toml")


def settle(steps: Steps) -> str:
    """Let all texts be written; why one could not be."""
    waiting = steps.waiting()
    wrote = write_out(waiting.day, waiting.changes, "day.toml")
    steps.take(waiting, wrote)
    return wrote.refusal


def lengths(steps: Steps) -> list[int]:
    return [segment.minutes for segment in steps.agenda.segments]


def lines(steps: Steps) -> list[str]:
    """The lines that the file has not."""
    saved = steps.saved.text.text.splitlines()
    return [one for one in steps.day.text.text.splitlines() if one not in saved]


def test_a_step_is_seen_before_its_text_is_written() -> None:
    steps = Steps(day())
    steps.do(Lengthened(1, 30))
    assert lengths(steps) == [15, 30, 15, 35, 25, 20]
    assert not steps.is_written
    assert steps.is_changed
    assert settle(steps) == ""
    assert steps.is_written
    assert lines(steps) == ["minutes = 140", "minutes = 30"]


def test_lengths_that_follow_each_other_are_one_step_until_they_are_written() -> None:
    steps = Steps(day())
    for minutes in (35, 30, 25):
        steps.do(Lengthened(1, minutes))
    assert steps.waiting().changes == (Lengthened(1, 25),)
    steps.undo()
    assert lengths(steps) == lengths(Steps(day()))


def test_lengths_of_two_parts_and_those_after_a_rest_are_steps_of_their_own() -> None:
    steps = Steps(day())
    steps.do(Lengthened(1, 35))
    steps.do(Lengthened(0, 10))
    settle(steps)
    steps.do(Lengthened(0, 5))
    steps.undo()
    assert lengths(steps)[:2] == [10, 35]
    steps.undo()
    assert lengths(steps)[:2] == [15, 35]


def test_a_length_that_cannot_be_leaves_the_step_before_as_it_was() -> None:
    steps = Steps(day())
    steps.do(Lengthened(1, 35))
    with pytest.raises(Refused):
        steps.do(Lengthened(1, 0))
    assert lengths(steps)[1] == 35


def test_what_was_taken_back_cannot_be_done_again_after_another_step() -> None:
    steps = Steps(day())
    steps.do(Lengthened(1, 35))
    steps.undo()
    steps.do(TakenOut(2))
    with pytest.raises(Refused):
        steps.redo()
    steps.undo()
    with pytest.raises(Refused):
        steps.undo()


def test_a_step_taken_back_while_it_is_written_stays_so_and_has_its_text_when_redone() -> None:
    steps = Steps(day())
    steps.do(Lengthened(1, 35))
    waiting = steps.waiting()
    steps.undo()
    steps.take(waiting, write_out(waiting.day, waiting.changes, "day.toml"))
    assert not steps.is_changed
    steps.redo()
    assert steps.is_written
    assert steps.is_changed


def test_a_text_that_comes_for_a_step_that_is_gone_changes_nothing() -> None:
    steps = Steps(day())
    steps.do(Lengthened(1, 35))
    waiting = steps.waiting()
    steps.do(Lengthened(1, 30))
    assert steps.take(waiting, write_out(waiting.day, waiting.changes, "day.toml"))
    assert lengths(steps)[1] == 30
    assert not steps.is_written


def in_one_line(text: str) -> str:
    """A day whose [session] is a table on one line, which nothing is written into."""
    head, _, rest = text.partition("\n[team]")
    before, _, table = head.partition("[session]\n")
    return f"{before}session = {{ {', '.join(table.strip().splitlines())} }}\n[team]{rest}"


def test_a_step_that_the_file_does_not_allow_is_taken_back_with_all_after_it() -> None:
    steps = Steps(day(in_one_line(DAY)))
    steps.do(Titled(5, "The end"))
    steps.do(Lengthened(5, 15))
    steps.do(Titled(0, "Here"))
    assert settle(steps) == "There is no [session] on lines of its own in this file."
    assert [one.title for one in steps.agenda.segments][::5] == ["Arriving", "The end"]
    assert lengths(steps)[5] == 20
    assert steps.is_written
    with pytest.raises(Refused):
        steps.redo()


def test_what_the_check_found_is_told_of_its_part_and_else_of_the_day() -> None:
    steps = Steps(day())
    assert steps.saved.flaws == ()
    steps.do(Lengthened(1, 20))
    steps.do(TakenOut(2))
    settle(steps)
    found = {(one.part, one.is_error) for one in steps.day.flaws}
    assert ("be", True) in found  # at_least is 25
    assert ("arriving", True) in found  # no break any more
    behind = f'{DAY}\n[[offered]]\nkind = "agreement"\ntext = 5\n'
    assert [(one.part, one.is_error) for one in day(behind).flaws] == [(None, True)]


def test_a_part_keeps_what_was_found_in_it_where_it_is_moved_to() -> None:
    steps = Steps(day(DAY.replace("at_least = 25", "at_least = 45")))
    (flaw,) = [one for one in steps.day.flaws if one.part == "be"]
    assert flaw == Flaw(flaw.words, is_error=True, part="be")
    steps.do(Moved(1, 0))
    settle(steps)
    assert "be" in {one.part for one in steps.day.flaws}


def test_a_copy_takes_the_comments_along_and_gets_an_id_of_its_own() -> None:
    noted = DAY.replace('[[segment]]\nid = "break"', '# tea\n[[segment]]\nid = "break"  # b')
    steps = Steps(day(noted))
    steps.do(Copied(2))
    settle(steps)
    assert steps.day.text.parts[3] == steps.day.text.parts[2].replace(
        '"break"  #', '"break-2"  #'
    )
    assert "# tea" in steps.day.text.parts[3]
    assert steps.agenda.segments[3].id == "break-2"


def test_a_new_part_stands_in_four_lines_behind_the_one_before() -> None:
    steps = Steps(day())
    steps.do(PutIn(2, "Walk [outside]", "practice", 10))
    settle(steps)
    assert steps.day.text.parts[3].splitlines() == [
        "[[segment]]",
        'id = "walk-outside"',
        'title = "Walk [outside]"',
        'kind = "practice"',
        "minutes = 10",
    ]
    assert "minutes = 160" in steps.day.text.text


def test_how_short_a_part_may_become_can_be_said_and_taken_out_again() -> None:
    steps = Steps(day())
    steps.do(Spared(4, 20))
    settle(steps)
    assert lines(steps) == ["at_least = 20"]
    steps.do(Spared(4, None))
    settle(steps)
    assert not steps.is_changed


def test_an_agenda_from_disk_can_be_built_on(tmp_path: Path) -> None:
    steps = Steps(day(SMALL.read_text(encoding="utf-8")))
    steps.do(Lengthened(0, 5))
    assert settle(steps) == ""
    assert lines(steps)[0] == "minutes = 25"
