"""Journals go when their time has come, and only when the record has all that they have."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.session.cohort import typed
from tests.session.sitting import Begin, do, files_under

from facilitate.cli.desk import LocalDesk
from facilitate.core.commands import Close, Next, NoteRecord
from facilitate.core.entry_events import EntryAdded
from facilitate.core.events import Recorded
from facilitate.formats.journal_line import encode
from facilitate.session import harvest, library, retention
from facilitate.session.live import LiveSession
from facilitate.store.files import Disk
from facilitate.store.places import places
from facilitate.store.shown import ShownFile

KEEP = 14


def finished(begin: Begin, clock: HandClock) -> LiveSession:
    """A sitting that is over, written down and tidied; its files are as old as its clock."""
    live = begin()
    do(live, Next(seen=None))
    typed(live, "a: One mic", "l: CANARY story")
    do(live, Close())
    written = harvest.write_record(live.state, places().records)
    do(live, NoteRecord(revision=written.revision))
    assert live.close(5)
    harvest.tidy(places(), live.state)
    dated(live, clock)
    return live


def dated(live: LiveSession, clock: HandClock) -> None:
    """Let the journals be as old as the hand-moved clock says."""
    for path in files_under(folder(live)):
        os.utime(path, (clock.now().timestamp(),) * 2)


def folder(live: LiveSession) -> Path:
    return places().sittings / live.sitting


def let_go(clock: HandClock, keep: int | str | None = KEEP) -> retention.LetGo:
    return retention.let_go_of_old_journals(places(), keep, clock.now())


def stays_because(clock: HandClock, live: LiveSession) -> str:
    """Why the journals of the only old sitting stay."""
    done = let_go(clock)
    assert done.removed == ()
    assert folder(live).is_dir()
    (why,) = done.stay
    assert live.sitting in why
    return why


def from_a_colleague(live: LiveSession, **fields: object) -> None:
    """A line that someone else wrote, and that arrived now."""
    given = {
        "number": 101,
        "kind": "agreement",
        "ring": "cohort",
        "segment": "be",
        "text": "Late",
        **fields,
    }
    event = EntryAdded(**given)  # type: ignore[arg-type]
    line = Recorded(
        writer="h4n6b2d8sj", n=0, stamp=live.state.history[3].stamp, by="co", event=event
    )
    seen = places().seen(live.sitting)
    seen.mkdir()
    (seen / "h4n6b2d8sj.jsonl").write_bytes(encode(line))


def test_journals_go_so_many_days_after_their_record_was_noted(
    begin: Begin, clock: HandClock
) -> None:
    live = finished(begin, clock)
    debrief = places().private(live.sitting) / "debrief.toml"
    debrief.write_bytes(b"[[answer]]")
    clock.forward(days=KEEP)
    assert let_go(clock) == retention.LetGo()
    clock.forward(seconds=1)
    assert let_go(clock) == retention.LetGo(removed=(live.sitting,))
    assert not folder(live).exists()
    assert not places().leaving.exists()
    left = files_under(places().private(live.sitting))
    assert [path.name for path in left] == ["debrief.toml", "team.toml"]
    assert library.past(places())[0].title
    assert library.unfinished(places(), clock.now()) == ()


@pytest.mark.parametrize("keep", [None, "with the record", 400])
def test_nothing_goes_unless_a_time_was_chosen_and_has_come(
    begin: Begin, clock: HandClock, keep: int | str | None
) -> None:
    live = finished(begin, clock)
    clock.forward(days=399)
    assert let_go(clock, keep) == retention.LetGo()
    assert folder(live).is_dir()


def test_the_time_counts_from_the_note_and_not_from_the_files(
    begin: Begin, clock: HandClock
) -> None:
    live = finished(begin, clock)
    for path in files_under(folder(live)):
        os.utime(path, (0, 0))
    clock.forward(days=KEEP - 1)
    assert let_go(clock) == retention.LetGo()
    assert folder(live).is_dir()


def test_a_sitting_that_is_not_over_keeps_everything(begin: Begin, clock: HandClock) -> None:
    live = begin()
    do(live, Next(seen=None))
    typed(live, "a: One mic")
    assert live.close(5)
    dated(live, clock)
    clock.forward(days=400)
    assert let_go(clock) == retention.LetGo()
    assert folder(live).is_dir()


def test_they_stay_while_the_sitting_is_held(begin: Begin, clock: HandClock) -> None:
    live = finished(begin, clock)
    shown = ShownFile(places().shown(live.sitting))
    shown.put(b"{}")
    clock.forward(days=15)
    assert "held in another window" in stays_because(clock, live)
    shown.remove()


def test_they_stay_while_words_are_to_go_first(begin: Begin, clock: HandClock) -> None:
    live = finished(begin, clock)
    (places().private(live.sitting) / "untidy.jsonl").write_bytes(b"")
    clock.forward(days=15)
    assert "to go at its closing" in stays_because(clock, live)


def test_they_stay_when_the_record_is_gone(begin: Begin, clock: HandClock) -> None:
    live = finished(begin, clock)
    shutil.rmtree(places().records)
    clock.forward(days=15)
    assert "its record is gone" in stays_because(clock, live)


def test_a_record_in_a_renamed_folder_is_found(begin: Begin, clock: HandClock) -> None:
    live = finished(begin, clock)
    record = next(places().records.glob("*/*"))
    record.rename(record.with_name("Our first circle"))
    clock.forward(days=15)
    assert let_go(clock).removed == (live.sitting,)


def test_they_stay_when_the_record_was_changed(begin: Begin, clock: HandClock) -> None:
    live = finished(begin, clock)
    (page,) = places().records.glob("*/*/record.md")
    page.write_bytes(b"# Mine\n")
    clock.forward(days=15)
    assert "changed since it was written: record.md" in stays_because(clock, live)


def test_they_stay_when_the_record_has_less_than_they_have(
    begin: Begin, clock: HandClock
) -> None:
    live = finished(begin, clock)
    (record,) = places().records.glob("*/*/record.toml")
    raw = record.read_bytes()
    cut = raw[: raw.index(b"[[entry]]")]
    record.write_bytes(cut)
    clock.forward(days=15)
    assert "late notes" in stays_because(clock, live)


@pytest.mark.parametrize("ring", ["cohort", "sitting"])
def test_they_stay_when_late_notes_came_and_when_such_a_line_waits(
    begin: Begin, clock: HandClock, ring: str
) -> None:
    live = finished(begin, clock)
    from_a_colleague(live, ring=ring)
    clock.forward(days=15)
    assert "late notes" in stays_because(clock, live)


def test_they_stay_when_a_later_version_wrote_some_of_them(
    begin: Begin, clock: HandClock
) -> None:
    live = finished(begin, clock)
    (own,) = places().own(live.sitting).glob("*.jsonl")
    newer = own.read_bytes().splitlines()[-1].replace(b'{"v":1,', b'{"v":2,')
    from zlib import crc32

    body = newer[:-18]
    own.write_bytes(own.read_bytes() + b'%b,"crc":"%08x"}\n' % (body, crc32(body)))
    dated(live, clock)
    clock.forward(days=15)
    assert "newer facilitate" in stays_because(clock, live)


class Ended(BaseException):
    """The power went."""


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_half_removed_sitting_is_never_taken_for_one_that_is_not_over(
    begin: Begin, clock: HandClock, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = finished(begin, clock)
    (own,) = places().own(live.sitting).glob("*.jsonl")
    shutil.copy(own, own.with_name("a copy.jsonl"))
    dated(live, clock)
    clock.forward(days=15)
    left = [after]

    def ends(*_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Ended

    def removing(path: Path) -> None:
        for file in sorted(files_under(path), reverse=True):
            ends()
            file.unlink()

    replace_name = Disk.replace

    def replacing(disk: Disk, source: Path, target: Path) -> None:
        ends()
        replace_name(disk, source, target)

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "replace", replacing)
        patch.setattr(shutil, "rmtree", removing)
        with pytest.raises(Ended):
            let_go(clock)
    assert library.unfinished(places(), clock.now()) == ()
    done = let_go(clock)
    assert done.removed == ((live.sitting,) if after == 0 else ())
    assert done.stay == ()
    assert not folder(live).exists()
    assert not places().leaving.exists()


def test_what_the_disk_refuses_is_told_and_hinders_no_other(
    begin: Begin, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stubborn, other = finished(begin, clock), finished(begin, clock)
    clock.forward(days=15)
    replace_name = Disk.replace

    def refusing(disk: Disk, source: Path, target: Path) -> None:
        if source == folder(stubborn):
            raise PermissionError(13, "no")
        replace_name(disk, source, target)

    monkeypatch.setattr(Disk, "replace", refusing)
    done = let_go(clock)
    assert done.removed == (other.sitting,)
    assert done.stay == (
        f"The notes of {stubborn.sitting} stay: This account may not write to the folder.",
    )


# At the start of the program


def test_the_first_screen_lets_them_go_and_says_why_others_stay(
    begin: Begin, clock: HandClock
) -> None:
    gone, stays = finished(begin, clock), finished(begin, clock)
    from_a_colleague(stays)
    clock.forward(days=15)
    home = LocalDesk(places(), clock, keep=KEEP).home()
    assert not folder(gone).exists()
    assert folder(stays).is_dir()
    assert [said for said in home.said if stays.sitting in said]
    assert LocalDesk(places(), clock).home().said == ()


def test_a_start_finishes_what_an_earlier_one_began_although_nothing_was_chosen(
    begin: Begin, clock: HandClock
) -> None:
    live = finished(begin, clock)
    places().leaving.mkdir()
    folder(live).rename(places().leaving / live.sitting)
    LocalDesk(places(), clock).home()
    assert not places().leaving.exists()
