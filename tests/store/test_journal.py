"""A run's own file: what is on disk and when it is said, and what happens when it is not."""

from __future__ import annotations

import errno
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from facilitate.store.files import Disk
from facilitate.store.journal import JournalWriter, read_folder

WRITER = "k3v9q0x2mf"
LONG = 20.0
"""Seconds after which a test gives up; nothing waits as long as that."""


def line(n: int) -> bytes:
    return b'{"v":1,"w":"%b","n":%d,"text":"word %d"}\n' % (WRITER.encode(), n, n)


class Moody(Disk):
    """A real disk that does a call wrong as often as it is told to, or waits before it."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.failing: dict[str, int] = {}
        self.error = errno.ENOSPC
        self.free = threading.Event()
        self.free.set()
        self.reached = threading.Event()

    def _do(self, call: str, descriptor: int | None = None) -> None:
        self.done.append(call if descriptor is None else f"{call} {descriptor}")
        self.reached.set()
        assert self.free.wait(LONG)
        if self.failing.get(call, 0) > 0:
            self.failing[call] -= 1
            raise OSError(self.error, "no")

    def create(self, path: Path) -> int:
        self._do("create")
        return super().create(path)

    def write(self, descriptor: int, data: memoryview) -> int:
        self._do("write", descriptor)
        return super().write(descriptor, data)

    def fsync(self, descriptor: int) -> None:
        self._do("fsync", descriptor)

    def close(self, descriptor: int) -> None:
        self.done.append(f"close {descriptor}")
        super().close(descriptor)


class HandMovedWait:
    """Waits until a test lets it go on, or until a new line comes."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self._moved = threading.Condition()
        self._wake: threading.Event | None = None

    def __call__(self, wake: threading.Event, seconds: float) -> None:
        with self._moved:
            self.asked.append(seconds)
            self._wake = wake
            self._moved.notify_all()
        assert wake.wait(LONG)

    def until_asked(self, times: int) -> list[float]:
        """Come back when the writer has begun to wait so many times."""
        with self._moved:
            assert self._moved.wait_for(lambda: len(self.asked) >= times, LONG)
            return list(self.asked)

    def over(self) -> None:
        """Let the time that is waited for have passed."""
        assert self._wake is not None
        self._wake.set()


@pytest.fixture
def disk() -> Moody:
    return Moody()


@pytest.fixture
def wait() -> HandMovedWait:
    return HandMovedWait()


Make = Callable[..., JournalWriter]


@pytest.fixture
def make(tmp_path: Path, disk: Moody, wait: HandMovedWait) -> Iterator[Make]:
    """A maker of writers, which are closed at the end whatever the test did."""
    made: list[JournalWriter] = []

    def writer(**more: object) -> JournalWriter:
        values: dict[str, object] = {"disk": disk, "wait": wait, **more}
        made.append(JournalWriter(tmp_path / "own", WRITER, **values))  # type: ignore[arg-type]
        return made[-1]

    yield writer
    disk.failing.clear()
    disk.free.set()
    assert all(each.close(LONG) for each in made)


def contents(folder: Path) -> dict[str, bytes]:
    return dict(read_folder(folder / "own"))


# All is well


def test_nothing_is_on_disk_before_the_first_line(tmp_path: Path, make: Make) -> None:
    journal = make()
    assert (journal.saved, journal.waiting, journal.trouble) == (-1, 0, None)
    assert journal.settle(0)
    assert journal.close(0)
    assert list(tmp_path.iterdir()) == []


def test_an_acknowledged_line_is_in_a_private_file_of_the_writer(
    tmp_path: Path, make: Make
) -> None:
    journal = make()
    journal.put(0, line(0))
    assert journal.settle(LONG)
    assert (journal.saved, journal.waiting) == (0, 0)
    assert contents(tmp_path) == {f"{WRITER}.0.jsonl": line(0)}
    (path,) = (tmp_path / "own").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_handing_over_does_not_wait_for_the_disk(make: Make, disk: Moody) -> None:
    disk.free.clear()
    journal = make()
    for n in range(3):
        journal.put(n, line(n))
    assert disk.reached.wait(LONG)
    assert (journal.saved, journal.waiting) == (-1, 3)
    assert not journal.settle(0)
    disk.free.set()
    assert journal.settle(LONG)
    assert journal.saved == 2


def test_lines_that_wait_are_written_together(tmp_path: Path, make: Make, disk: Moody) -> None:
    disk.free.clear()
    journal = make()
    journal.put(0, line(0))
    assert disk.reached.wait(LONG)
    for n in range(1, 9):
        journal.put(n, line(n))
    disk.free.set()
    assert journal.settle(LONG)
    assert sum("write" in call for call in disk.done) == 2
    assert sum("fsync" in call for call in disk.done) == 2
    assert list(contents(tmp_path).values()) == [b"".join(map(line, range(9)))]


def test_a_line_is_written_then_waited_for_then_acknowledged(make: Make, disk: Moody) -> None:
    def changed() -> None:
        disk.done.append(f"saved {journal.saved}")

    journal = make(changed=changed)
    for n in range(2):
        journal.put(n, line(n))
        assert journal.settle(LONG)
    assert journal.close(LONG)
    steps = [step.split()[0] for step in disk.done]
    assert steps == ["create", *["write", "fsync", "saved"] * 2, "close"]
    assert [step for step in disk.done if "saved" in step] == ["saved 0", "saved 1"]


def test_a_screen_that_fails_does_not_end_the_saving(make: Make) -> None:
    def changed() -> None:
        raise RuntimeError("the screen is gone")

    journal = make(changed=changed)
    for n in range(2):
        journal.put(n, line(n))
        assert journal.settle(LONG)
    assert journal.saved == 1


def test_lines_come_in_order_and_before_the_end(make: Make) -> None:
    journal = make()
    journal.put(0, line(0))
    for n in (0, -1):
        with pytest.raises(ValueError, match="after line 0"):
            journal.put(n, line(n))
    assert journal.close(LONG)
    with pytest.raises(ValueError, match="closed"):
        journal.put(1, line(1))


def test_closing_fails_while_something_is_not_saved_and_can_be_asked_again(
    make: Make, disk: Moody
) -> None:
    disk.free.clear()
    journal = make()
    journal.put(0, line(0))
    assert not journal.close(0)
    journal.put(1, line(1))
    disk.free.set()
    assert journal.close(LONG)
    assert journal.saved == 1


# The disk does not take it


@pytest.mark.parametrize("call", ["create", "write", "fsync"])
def test_one_failure_costs_nothing_and_is_not_even_told(
    tmp_path: Path, make: Make, disk: Moody, wait: HandMovedWait, call: str
) -> None:
    told: list[str | None] = []
    journal = make(changed=lambda: told.append(journal.trouble))
    disk.failing = {call: 1}
    journal.put(0, line(0))
    assert journal.settle(LONG)
    assert contents(tmp_path) == {f"{WRITER}.1.jsonl": line(0)}
    assert told == [None]
    assert wait.asked == []


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_file_in_which_something_was_acknowledged_stays_when_it_is_abandoned(
    tmp_path: Path, make: Make, disk: Moody, call: str
) -> None:
    journal = make()
    journal.put(0, line(0))
    assert journal.settle(LONG)
    disk.failing = {call: 1}
    journal.put(1, line(1))
    assert journal.settle(LONG)
    files = contents(tmp_path)
    assert files[f"{WRITER}.0.jsonl"].startswith(line(0))
    assert files[f"{WRITER}.1.jsonl"] == line(1)


def test_a_file_is_never_waited_for_again_after_a_failure(make: Make, disk: Moody) -> None:
    journal = make()
    journal.put(0, line(0))
    assert journal.settle(LONG)
    first = disk.done[-1].split()[1]
    disk.failing = {"fsync": 1}
    at = len(disk.done)
    journal.put(1, line(1))
    assert journal.settle(LONG)
    steps = disk.done[at : at + 4]
    assert steps == [f"write {first}", f"fsync {first}", f"close {first}", "create"]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        ("create", errno.EACCES, "This account may not write to the folder"),
        ("write", errno.ENOSPC, "The disk is full"),
        ("fsync", errno.EIO, "The disk reports a fault"),
    ],
)
def test_two_failures_are_told_and_it_goes_on_trying(
    tmp_path: Path,
    make: Make,
    disk: Moody,
    wait: HandMovedWait,
    call: str,
    error: int,
    words: str,
) -> None:
    told: list[tuple[str | None, int]] = []
    journal = make(changed=lambda: told.append((journal.trouble, journal.saved)))
    disk.failing, disk.error = {call: 9}, error
    journal.put(0, line(0))
    for times in range(1, 9):
        asked = wait.until_asked(times)
        assert (journal.trouble, journal.waiting) == (words, 1)
        assert contents(tmp_path) == {}
        wait.over()
    assert asked == [0.25, 0.5, 1, 2, 4, 5, 5, 5]
    assert journal.settle(LONG)
    assert contents(tmp_path) == {f"{WRITER}.9.jsonl": line(0)}
    assert told == [(words, -1), (None, 0)]


def test_after_a_trouble_the_patience_begins_anew(
    make: Make, disk: Moody, wait: HandMovedWait
) -> None:
    journal = make()
    for n in range(2):
        disk.failing = {"write": 3}
        journal.put(n, line(n))
        wait.until_asked(2 * n + 1)
        wait.over()
        wait.until_asked(2 * n + 2)
        wait.over()
        assert journal.settle(LONG)
    assert wait.asked == [0.25, 0.5, 0.25, 0.5]


def test_a_new_line_is_tried_at_once_with_those_that_wait(
    tmp_path: Path, make: Make, disk: Moody, wait: HandMovedWait
) -> None:
    disk.failing = {"write": 2}
    journal = make()
    journal.put(0, line(0))
    wait.until_asked(1)
    journal.put(1, line(1))
    assert journal.settle(LONG)
    assert wait.asked == [0.25]
    assert contents(tmp_path) == {f"{WRITER}.2.jsonl": line(0) + line(1)}


def test_closing_tries_at_once(make: Make, disk: Moody, wait: HandMovedWait) -> None:
    disk.failing = {"write": 2}
    journal = make()
    journal.put(0, line(0))
    wait.until_asked(1)
    assert journal.close(LONG)


def test_a_file_of_the_same_name_is_left_alone(tmp_path: Path, make: Make) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / f"{WRITER}.0.jsonl").write_bytes(b"older\n")
    journal = make()
    journal.put(0, line(0))
    assert journal.settle(LONG)
    assert contents(tmp_path) == {f"{WRITER}.0.jsonl": b"older\n", f"{WRITER}.1.jsonl": line(0)}


@pytest.mark.parametrize("folder_too", [False, True])
def test_a_line_is_not_acknowledged_in_a_file_that_was_removed(
    tmp_path: Path, make: Make, folder_too: bool
) -> None:
    journal = make()
    journal.put(0, line(0))
    assert journal.settle(LONG)
    (tmp_path / "own" / f"{WRITER}.0.jsonl").unlink()
    if folder_too:
        (tmp_path / "own").rmdir()
    journal.put(1, line(1))
    assert journal.settle(LONG)
    assert contents(tmp_path) == {f"{WRITER}.1.jsonl": line(1)}


def test_a_file_that_took_the_name_of_an_abandoned_one_is_left_alone(
    tmp_path: Path, make: Make
) -> None:
    class Meddled(Disk):
        def fsync(self, descriptor: int) -> None:
            path = tmp_path / "own" / f"{WRITER}.0.jsonl"
            if path.read_bytes() == line(0):
                path.unlink()
                path.write_bytes(b"other\n")

    journal = make(disk=Meddled())
    journal.put(0, line(0))
    assert journal.settle(LONG)
    assert contents(tmp_path) == {f"{WRITER}.0.jsonl": b"other\n", f"{WRITER}.1.jsonl": line(0)}
