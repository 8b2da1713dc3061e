import os
import platform
import socket
import stat
import threading
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.contents import contents
from tests.session.sitting import AGENDA, NAME, Begin, do, files_under, holding, lines, write

from facilitate.core.agenda import Role
from facilitate.core.capture_line import NewLine, RoomLine
from facilitate.core.captures import RoomNote
from facilitate.core.commands import Next, StartPause, Undo
from facilitate.core.entry_commands import (
    AdoptLine,
    AskAttribution,
    Capture,
    Keep,
    LetGo,
    NoteConcern,
    PutToTest,
    ReadBack,
    TakeBack,
    TakeVotes,
)
from facilitate.core.refusal import Refused
from facilitate.core.tally import SCALES, Tally
from facilitate.session.streams import Saving
from facilitate.store.files import Disk
from facilitate.store.places import places

# Beginning


def test_looking_at_an_agenda_leaves_nothing_on_disk(begin: Begin, home: Path) -> None:
    live = begin()
    assert live.state.agenda is not None
    assert live.saving == Saving(waiting=0, trouble=None)
    assert files_under(home) == []
    assert not places().home.exists()


def test_what_is_refused_leaves_nothing_on_disk_and_changes_nothing(begin: Begin) -> None:
    live = begin()
    before = live.state
    with pytest.raises(Refused, match="Nothing runs yet"):
        live.do(StartPause(kind="care"))
    assert live.state is before
    assert not places().home.exists()


def test_the_first_line_holds_the_whole_agenda_without_names(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    first, second = lines(places().own(live.sitting))
    assert first["k"] == "run.opened"
    assert first["d"]["date"] == "2026-09-12"
    assert [part["title"] for part in first["d"]["agenda"]["segments"]] == [
        "Arriving",
        "How we want to be",
    ]
    assert [one["name"] for one in first["d"]["agenda"]["team"]] == ["", ""]
    assert second["k"] == "segment.started"
    assert all(line["by"] == "lead" for line in (first, second))


def test_a_sitting_is_named_after_its_day_and_its_agenda(begin: Begin) -> None:
    one, other = begin(), begin()
    assert one.sitting.startswith("2026-09-12-harbour-1-")
    assert one.sitting != other.sitting


def test_the_machine_is_called_by_two_random_words_and_never_by_its_own_name(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A name that cannot stand in a file by chance, as a short one can in an identifier.
    own = "the-laptop-of-the-office"
    uname = os.uname()
    named = os.uname_result((uname.sysname, own, uname.release, uname.version, uname.machine))
    monkeypatch.setattr(os, "uname", lambda: named)
    monkeypatch.setattr(socket, "gethostname", lambda: own)
    monkeypatch.setattr(platform, "node", lambda: own)
    live = begin()
    do(live, Next(seen=None))
    device = lines(places().own(live.sitting))[0]["d"]["device"]
    assert len(device.split()) == 2
    assert holding(own) == []


def test_names_stand_in_one_private_file_and_nowhere_else(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    assert holding(NAME) == [f"private/{live.sitting}/team.toml"]
    team = places().private(live.sitting) / "team.toml"
    assert tomllib.loads(team.read_text(encoding="utf-8")) == {"team": {"lead": NAME}}
    assert NAME not in contents(live.state.agenda)


def test_a_team_without_names_makes_no_file(begin: Begin) -> None:
    live = begin(replace(AGENDA, team=(Role(role="lead"),)))
    do(live, Next(seen=None))
    assert not places().private(live.sitting).exists()


def test_the_cohort_is_that_of_the_agenda_unless_another_is_named(begin: Begin) -> None:
    assert begin().state.cohort == "harbour-2026"
    assert begin(cohort="north").state.cohort == "north"


def test_every_folder_is_for_its_owner_alone_and_every_file_too(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "One mic")
    write(live, "l: for us alone")
    modes = {path.is_dir(): set() for path in places().home.rglob("*")}  # type: dict[bool, set[int]]
    for path in [places().home, *places().home.rglob("*")]:
        modes[path.is_dir()].add(stat.S_IMODE(path.stat().st_mode))
    assert modes == {True: {0o700}, False: {0o600}}


# Rings


def test_words_for_the_cohort_stand_in_the_journal(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "One mic, one speaker <- the elders")
    added = lines(places().own(live.sitting))[-1]
    assert added["d"]["text"] == "One mic, one speaker"
    assert added["d"]["lineage"] == "the elders"
    assert not list(places().private(live.sitting).glob("*.jsonl"))


def test_words_for_this_sitting_stand_in_private_and_only_their_id_in_the_journal(
    begin: Begin,
) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "l: the heron stays <- the tide")
    added = lines(places().own(live.sitting))[-1]
    assert (added["d"]["text"], added["d"]["lineage"]) == (None, "")
    (kept,) = lines(places().private(live.sitting))
    assert (kept["d"]["text"], kept["d"]["lineage"]) == ("the heron stays", "the tide")
    assert kept["d"]["entry"] == f"{added['w']}.{added['n']}"
    assert [name.split("/")[0] for name in holding("the heron stays")] == ["private"]
    assert [name.split("/")[0] for name in holding("the tide")] == ["private"]
    assert live.state.entries[kept["d"]["entry"]].text == "the heron stays"


def test_new_words_for_a_line_of_this_sitting_stay_in_private_too(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "l: the heron stays")
    write(live, "*1 the heron leaves <- the ebb")
    for words in ("the heron leaves", "the ebb"):
        assert [name.split("/")[0] for name in holding(words)] == ["private"]
    (entry,) = live.state.entries.values()
    assert (entry.text, entry.version.lineage) == ("the heron leaves", "the ebb")
    assert [version.text for version in entry.versions] == [
        "the heron stays",
        "the heron leaves",
    ]


def test_a_line_that_is_kept_at_the_harvest_comes_into_the_journal_with_its_words(
    begin: Begin,
) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "l: the heron stays")
    do(live, Keep(number=1))
    own = places().own(live.sitting)
    assert lines(own)[-1]["k"] == "entry.raised"
    assert lines(own)[-1]["d"]["text"] == "the heron stays"
    write(live, "*1 the heron goes with us")
    assert lines(own)[-1]["d"]["text"] == "the heron goes with us"


def test_a_line_that_is_let_go_leaves_its_words_out_of_the_journal(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "l: the heron stays")
    do(live, LetGo(number=1))
    assert [name.split("/")[0] for name in holding("the heron stays")] == ["private"]


def test_words_for_the_room_are_in_no_file_and_not_in_the_history(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    before = live.state
    live.hold_in_room(RoomLine(text="under the jetty"))
    write(live, "One mic")
    assert live.room == (RoomNote(segment="arrive", text="under the jetty"),)
    assert holding("under the jetty") == []
    assert "under the jetty" not in contents(live.state.history)
    assert live.state.next_number == before.next_number + 1


def test_the_line_of_the_room_that_was_written_last_is_taken_back(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    assert not live.take_back_in_room()
    for words in ("first", "second"):
        live.hold_in_room(RoomLine(text=words))
    write(live, "One mic")
    write(live, "l: the heron stays")
    assert not live.take_back_in_room()
    do(live, TakeBack(), TakeBack())
    assert live.take_back_in_room()
    assert [note.text for note in live.room] == ["first"]
    write(live, "Say it twice")
    do(live, Undo())
    assert live.take_back_in_room()
    assert live.room == ()
    assert not live.take_back_in_room()


def test_new_words_and_what_was_given_back_are_not_a_line_of_the_room(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "One mic")
    live.hold_in_room(RoomLine(text="given back"), given_back=True)
    assert not live.take_back_in_room()
    live.hold_in_room(RoomLine(text="written"))
    write(live, "*1 One voice")
    assert not live.take_back_in_room()
    assert len(live.room) == 2


def test_what_is_said_of_words_for_this_sitting_stands_in_private_too(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "l: the heron stays #tidepool #policy @ferrywoman >2031-07-09")
    added = lines(places().own(live.sitting))[-1]
    assert (added["d"]["text"], added["d"]["marks"]) == (None, None)
    (kept,) = lines(places().private(live.sitting))
    assert kept["d"]["marks"]["tags"] == ["tidepool", "policy"]
    for words in ("tidepool", "ferrywoman", "2031-07-09", '"facet":"policy"'):
        assert [name.split("/")[0] for name in holding(words)] == ["private"]
    (entry,) = live.state.entries.values()
    assert (entry.marks.facet, entry.marks.owner) == ("policy", "ferrywoman")


def test_tallies_and_concerns_stand_in_private_and_nowhere_else(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "One mic")
    do(live, ReadBack(number=1), PutToTest(number=1, scale=SCALES["thumbs"]))
    do(live, TakeVotes(tally=Tally(counts=(7_531, 2, 0), passes=8_642, present=9_753)))
    do(live, NoteConcern(kind="objection", text="not on the phone"))
    do(live, AdoptLine(number=1, confirmed=True))
    own = [line["k"] for line in lines(places().own(live.sitting))]
    assert own[-2:] == ["entry.tested", "entry.adopted"]
    private = [line["k"] for line in lines(places().private(live.sitting))]
    assert private == ["votes.taken", "concern.noted"]
    for words in ("7531", "8642", "9753", "not on the phone", "objection"):
        assert [name.split("/")[0] for name in holding(words)] == ["private"]


def test_a_name_that_was_only_asked_for_is_on_no_disk(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    write(live, "One mic")
    do(live, AskAttribution(number=1, form="name"))
    asked = lines(places().own(live.sitting))[-1]
    assert (asked["k"], asked["d"].keys()) == ("attribution.asked", {"entry", "form"})


# Order


def test_stamps_rise_even_when_the_wall_clock_steps_back(
    begin: Begin, clock: HandClock
) -> None:
    live = begin()
    do(live, Next(seen=None))
    clock.step(hours=-3)
    write(live, "One mic")
    clock.step(hours=1)
    write(live, "Say it twice")
    stamps = [line["t"] for line in lines(places().own(live.sitting))]
    assert stamps == sorted(set(stamps))


# The disk


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A disk that finishes nothing until this event is set."""
    finishes = threading.Event()
    fsync = Disk.fsync

    def waiting(disk: Disk, descriptor: int) -> None:
        assert finishes.wait(10)
        fsync(disk, descriptor)

    monkeypatch.setattr(Disk, "fsync", waiting)
    yield finishes
    finishes.set()


def test_a_command_never_waits_for_the_disk_and_what_is_not_saved_is_counted(
    begin: Begin, disk: threading.Event
) -> None:
    live = begin()
    live.do(Next(seen=None))
    live.do(Capture(line=NewLine(kind="learning", text="the heron stays")))
    assert live.saving == Saving(waiting=4, trouble=None)
    assert not live.settle(0)
    assert not live.close(0)
    disk.set()
    assert live.settle(5)
    assert live.saving == Saving(waiting=0, trouble=None)
    assert len(lines(places().own(live.sitting))) == 3


def test_the_reason_is_given_while_the_disk_takes_nothing(
    begin: Begin, clock: HandClock
) -> None:
    places().home.mkdir()
    (places().home / "sessions").write_text("in the way", encoding="utf-8")
    told = threading.Event()
    live = begin(changed=told.set)
    live.do(Next(seen=None))
    assert told.wait(5)
    assert live.saving.waiting == 2
    assert live.saving.trouble == "There is a file where the folder should be"
    (places().home / "sessions").unlink()
    assert live.settle(10)
    assert live.saving == Saving(waiting=0, trouble=None)


def test_names_that_the_disk_refused_are_written_at_a_later_command(begin: Begin) -> None:
    places().home.mkdir()
    (places().home / "private").write_text("in the way", encoding="utf-8")
    live = begin()
    do(live, Next(seen=None))
    assert live.saving == Saving(waiting=0, trouble=None)
    assert holding(NAME) == []
    (places().home / "private").unlink()
    write(live, "One mic")
    assert holding(NAME) == [f"private/{live.sitting}/team.toml"]


def test_names_that_are_on_disk_are_not_written_again(begin: Begin) -> None:
    live = begin()
    do(live, Next(seen=None))
    (places().private(live.sitting) / "team.toml").unlink()
    write(live, "One mic")
    assert holding(NAME) == []


def test_somebody_is_told_when_lines_are_on_disk(begin: Begin) -> None:
    told = threading.Event()
    live = begin(changed=told.set)
    live.do(Next(seen=None))
    assert told.wait(5)
    assert live.settle(5)
