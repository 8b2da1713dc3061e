from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.session.sitting import Begin, Resume, do, write

from facilitate.core.commands import Next
from facilitate.core.fold import replay
from facilitate.formats.journal_union import Report
from facilitate.session.history import read_history, report_words
from facilitate.store.places import places


def report(**counts: object) -> Report:
    """A report in which all is well but for what is given."""
    well = {
        "torn": 0, "bad": 0, "refused": 0, "duplicates": 0, "forks": 0, "unknown": 0,
        "newer": False, "redacted": 0, "missing": {}, "ahead": (),
    }  # fmt: skip
    return Report(**{**well, **counts})  # type: ignore[arg-type]


def test_the_history_is_the_union_of_all_files_in_all_folders(
    begin: Begin, resume: Resume, clock: HandClock
) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "l: the heron stays")
    clock.forward(minutes=3)
    again = resume(live.sitting)
    write(again, "One mic")
    own, private = places().own(live.sitting), places().private(live.sitting)
    history = read_history([own, private])
    assert replay(history.events) == again.state
    assert len(history.events) == len(again.state.history)
    assert {history.report.bad, history.report.torn, history.report.duplicates} == {0}


def test_without_the_private_folder_words_of_the_sitting_are_missing_and_nothing_else(
    begin: Begin,
) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "l: the heron stays")
    write(live, "One mic")
    state = replay(read_history([places().own(live.sitting)]).events)
    assert [entry.text for entry in state.entries.values()] == ["", "One mic"]


def test_folders_that_are_not_there_count_as_empty(tmp_path: Path) -> None:
    history = read_history([tmp_path / "own", tmp_path / "seen"])
    assert history.events == ()
    assert report_words(history.report) == ""


def test_a_clock_far_ahead_is_named_when_the_time_is_known(
    begin: Begin, clock: HandClock
) -> None:
    live = begin()
    clock.forward(hours=3)
    do(live, Next(seen=None))
    own = places().own(live.sitting)
    assert len(read_history([own], clock.step(hours=-3)).report.ahead) == 1
    assert read_history([own]).report.ahead == ()


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, ""),
        ({"duplicates": 7, "redacted": 3}, ""),
        ({"bad": 1}, "1 damaged line was left out."),
        ({"bad": 1, "torn": 1}, "2 damaged lines were left out."),
        ({"unknown": 2}, "2 lines of a newer version were left out."),
        ({"forks": 1}, "1 line had two forms; one is shown."),
        ({"refused": 1}, "1 file in a foreign encoding was left out."),
        ({"missing": {"a": 2, "b": 1}}, "3 lines are still to come."),
        (
            {"bad": 1, "ahead": ("a",)},
            "1 damaged line was left out; 1 clock is far ahead.",
        ),
    ],
)
def test_what_reading_found_is_told_in_one_line(counts: dict[str, object], words: str) -> None:
    assert report_words(report(**counts)) == words
