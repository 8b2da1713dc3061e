import json
from dataclasses import replace
from zlib import crc32

import pytest
from tests.conftest import HandClock
from tests.session.sitting import (
    AGENDA,
    NAME,
    Begin,
    Resume,
    do,
    files_under,
    holding,
    lines,
    write,
)

from facilitate.core.agenda import Preparation
from facilitate.core.commands import (
    AnswerGap,
    Close,
    Command,
    Next,
    StartPause,
    TickPreparation,
    Undo,
)
from facilitate.core.entry_commands import ReadBack
from facilitate.core.events import ClockGap
from facilitate.session.live import Unreadable
from facilitate.store.places import places


def test_going_on_gives_the_same_state_with_every_word(
    begin: Begin, resume: Resume, clock: HandClock
) -> None:
    live = begin(numbers_from=12)
    do(live, Next(seen=None))
    clock.forward(minutes=5)
    write(live, "One mic")
    write(live, "l: the heron stays")
    do(live, ReadBack(number=12), Undo())
    do(live, StartPause(kind="care"))
    before = live.state
    clock.forward(minutes=20)
    after = resume(live.sitting).state
    assert replace(after, gap=None) == before
    assert [entry.text for entry in after.entries.values()] == ["One mic", "the heron stays"]
    assert after.next_number == 14


def test_the_time_since_the_last_line_becomes_a_gap(
    begin: Begin, resume: Resume, clock: HandClock
) -> None:
    live = begin()
    do(live, Next(seen=None))
    since = clock.now()
    until = clock.forward(minutes=20)
    again = resume(live.sitting)
    assert again.state.gap == ClockGap(since=since, until=until)
    do(again, AnswerGap(answer="still here"))
    assert again.state.gap is None


@pytest.mark.parametrize("commands", [[TickPreparation(item=0)], [Next(seen=None), Close()]])
def test_without_a_part_that_runs_there_is_no_gap(
    begin: Begin,
    resume: Resume,
    clock: HandClock,
    commands: list[Command],
) -> None:
    paper = Preparation(minutes=10, who="lead", do="Lay out paper")
    live = begin(replace(AGENDA, before=(paper,)))
    do(live, *commands)
    clock.forward(minutes=20)
    again = resume(live.sitting)
    assert again.state == live.state
    assert len(lines(places().own(live.sitting))) == len(commands) + 1


def test_going_on_writes_a_file_of_its_own_and_leaves_the_earlier_one(
    begin: Begin, resume: Resume, clock: HandClock
) -> None:
    live = begin()
    do(live, Next(seen=None))
    (earlier,) = places().own(live.sitting).glob("*.jsonl")
    bytes_before = earlier.read_bytes()
    clock.forward(minutes=20)
    again = resume(live.sitting)
    write(again, "One mic")
    assert earlier.read_bytes() == bytes_before
    (later,) = set(places().own(live.sitting).glob("*.jsonl")) - {earlier}
    opened = json.loads(later.read_bytes().splitlines()[0])
    assert opened["k"] == "run.opened"
    assert opened["d"]["agenda"] is None
    assert opened["d"]["sitting"] == live.sitting


def test_names_of_the_team_are_still_there_after_going_on(
    begin: Begin, resume: Resume, clock: HandClock
) -> None:
    live = begin()
    do(live, Next(seen=None))
    clock.forward(minutes=1)
    resume(live.sitting)
    assert holding(NAME) == [f"private/{live.sitting}/team.toml"]


def test_what_was_damaged_is_said_and_the_rest_goes_on(
    begin: Begin, resume: Resume, clock: HandClock
) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "One mic")
    write(live, "Say it twice")
    (path,) = places().own(live.sitting).glob("*.jsonl")
    path.write_bytes(path.read_bytes().replace(b"One mic", b"One mug"))
    again = resume(live.sitting)
    assert again.found.startswith("1 damaged line was left out")
    assert [entry.text for entry in again.state.entries.values()] == ["Say it twice"]


def test_a_whole_journal_needs_no_word(begin: Begin, resume: Resume) -> None:
    live = begin()
    do(live, Next(seen=None))
    assert resume(live.sitting).found == ""


def test_a_sitting_of_a_newer_version_is_refused_with_a_sentence(
    begin: Begin, resume: Resume
) -> None:
    live = begin()
    do(live, Next(seen=None))
    body = b'{"v":99,"w":"zzzzzzzzzz","n":0,"t":"01a200d77bd4-0000","k":"new","by":"co","d":{}'
    newer = places().own(live.sitting) / "zzzzzzzzzz.0.jsonl"
    newer.write_bytes(b'%b,"crc":"%08x"}\n' % (body, crc32(body)))
    before = files_under(places().home)
    with pytest.raises(Unreadable, match=r"newer facilitate .* update"):
        resume(live.sitting)
    assert files_under(places().home) == before


@pytest.mark.parametrize("there", [None, b"", b"not a journal\n"])
def test_a_sitting_without_a_readable_beginning_is_refused_with_a_sentence(
    resume: Resume, there: bytes | None
) -> None:
    if there is not None:
        places().own("2026-09-12-x-aaaa").mkdir(parents=True)
        (places().own("2026-09-12-x-aaaa") / "aaaaaaaaaa.0.jsonl").write_bytes(there)
    with pytest.raises(Unreadable, match=r"beginning .* cannot be read"):
        resume("2026-09-12-x-aaaa")


def test_what_is_done_after_going_on_comes_after_what_was_there(
    begin: Begin, resume: Resume, clock: HandClock
) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "One mic")
    clock.step(minutes=-5)
    again = resume(live.sitting)
    write(again, "*1 One voice at a time")
    assert resume(live.sitting).state.entry(1) == again.state.entry(1)
    (entry,) = again.state.entries.values()
    assert entry.text == "One voice at a time"
