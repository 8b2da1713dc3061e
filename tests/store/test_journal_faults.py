"""Kills and failing disks: what was acknowledged is there afterwards.

The real program on a real disk is killed, and its calls to the system are made to fail by
faults/shim.c.
"""

from __future__ import annotations

import errno
import random
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

import facilitate
from facilitate.core.entry_events import EntryLetGo
from facilitate.formats.journal_line import read_file
from facilitate.formats.journal_union import History, unite
from facilitate.store.journal import JournalWriter, read_folder

FAULTS = Path(__file__).parent / "faults"
SOURCE = Path(facilitate.__file__).parents[1]
line_of: Callable[[int], bytes] = runpy.run_path(str(FAULTS / "appending.py"))["line_of"]
AT_ONCE = 4
"""Programs that run at the same time."""


def start(folder: Path, *how: str, **env: str) -> subprocess.Popen[bytes]:
    """The program that appends lines and tells which were acknowledged."""
    return subprocess.Popen(
        [sys.executable, str(FAULTS / "appending.py"), str(folder), *how],
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(SOURCE), **env},
    )


def read(folder: Path) -> History:
    return unite(read_file(raw) for _, raw in read_folder(folder))


def check(folder: Path, acknowledged: set[int], written: int) -> History:
    """Everything acknowledged is there with the right words, and nothing that was not put."""
    history = read(folder)
    found = {each.n: each.event for each in history.events}
    assert acknowledged <= set(found)
    for n, event in found.items():
        assert event == EntryLetGo(entry=f"line {n} {'x' * (40 * (n % 5))}")
        assert n < written
    assert (history.report.forks, history.report.bad, history.report.unknown) == (0, 0, 0)
    return history


def acknowledged(said: list[bytes]) -> set[int]:
    """Every number up to the last one that was told."""
    return set(range(max((int(word) for word in said if word.isdigit()), default=-1) + 1))


# kill -9


@pytest.mark.parametrize("part", range(4))
def test_a_killed_program_has_saved_what_it_acknowledged(tmp_path: Path, part: int) -> None:
    """A hundred programs in all, killed after so many acknowledgements."""
    chance = random.Random(part)
    killed_after = [chance.randint(1, 400) for _ in range(25)]

    def kill(number: int) -> int:
        folder = tmp_path / str(number)
        with start(folder, "1000000", "0", "together") as program:
            assert program.stdout is not None
            said = [program.stdout.readline() for _ in range(killed_after[number])]
            program.kill()
            said += program.stdout.readlines()
        whole = [word.strip() for word in said if word.endswith(b"\n")]
        history = check(folder, acknowledged(whole), 1_000_000)
        assert history.report.missing == {}
        return len(acknowledged(whole))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert min(pool.map(kill, range(25))) > 0


# Calls that fail


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that lets calls fail."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not sys.platform.startswith("linux"):
        pytest.skip("calls are made to fail with LD_PRELOAD, which is of Linux")
    if compiler is None:
        pytest.skip("there is no C compiler to build faults/shim.c with")
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    source = str(FAULTS / "shim.c")
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-o", str(library), source, "-ldl"], check=True
    )
    return library


@dataclass(frozen=True)
class Fault:
    """What fails, and how."""

    call: str
    error: int
    bytes: int = 0
    """How much of a write is written before it fails."""


FAILING = [
    Fault("open", errno.ENOSPC),
    Fault("open", errno.EACCES),
    Fault("write", errno.ENOSPC),
    Fault("write", errno.EIO),
    Fault("write", errno.ENOSPC, bytes=1),
    Fault("write", errno.ENOSPC, bytes=50),
    Fault("write", errno.EIO, bytes=10_000),
    Fault("fsync", errno.EIO),
    Fault("fsync", errno.ENOSPC),
]
SHORT = [Fault("write", 0, bytes=1), Fault("write", 0, bytes=37)]
COUNT = 20
EVERY_LINE = set(range(COUNT))


def run(folder: Path, shim: Path, fault: Fault, first: int, times: int) -> list[bytes]:
    """What the program says whose calls fail from the `first` on, 0 times being for ever."""
    patience = "60" if times or not fault.error else "0.05"
    env = {
        "LD_PRELOAD": str(shim),
        "FAULT_FOLDER": str(folder),
        "FAULT_CALL": fault.call,
        "FAULT_FROM": str(first),
        "FAULT_TIMES": str(times),
        "FAULT_ERRNO": str(fault.error),
        "FAULT_BYTES": str(fault.bytes),
    }
    with start(folder, str(COUNT), patience, **env) as program:
        assert program.stdout is not None
        said = program.stdout.read().splitlines()
    assert program.returncode == 0
    return said


@pytest.mark.parametrize("fault", FAILING + SHORT, ids=str)
def test_a_call_that_fails_once_costs_nothing(tmp_path: Path, shim: Path, fault: Fault) -> None:
    places = (1,) if fault.call == "open" else (1, 2, 3, 5, 8, 13, 20)

    def once(first: int) -> None:
        folder = tmp_path / str(first)
        said = run(folder, shim, fault, first, times=1)
        assert said == [*(b"%d" % n for n in range(COUNT)), b"closed"]
        assert acknowledged(said) == EVERY_LINE
        check(folder, EVERY_LINE, COUNT)
        segments = {Path(name).suffixes[0] for name, _ in read_folder(folder)}
        assert (".1" in segments) == bool(fault.error)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(once, places))


@pytest.mark.parametrize("fault", SHORT, ids=str)
def test_a_disk_that_takes_little_at_a_time_is_given_the_rest(
    tmp_path: Path, shim: Path, fault: Fault
) -> None:
    said = run(tmp_path / "own", shim, fault, 1, times=0)
    assert said[-1] == b"closed"
    check(tmp_path / "own", EVERY_LINE, COUNT)
    assert len(read_folder(tmp_path / "own")) == 1


@pytest.mark.parametrize("fault", FAILING, ids=str)
def test_a_call_that_goes_on_failing_is_told_and_nothing_more_is_acknowledged(
    tmp_path: Path, shim: Path, fault: Fault
) -> None:
    places = (1,) if fault.call == "open" else (1, 2, 6, 20)

    def for_ever(first: int) -> None:
        folder = tmp_path / str(first)
        said = run(folder, shim, fault, first, times=0)
        assert any(word.startswith(b"!") for word in said)
        assert said[-1] == b"open"
        saved = acknowledged(said)
        assert saved < EVERY_LINE
        check(folder, saved, COUNT)
        assert len(read_folder(folder)) <= 2  # the first, and one that is just being tried

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(for_ever, places))


@pytest.mark.parametrize("fault", FAILING, ids=str)
def test_a_disk_that_gets_well_again_gets_everything(
    tmp_path: Path, shim: Path, fault: Fault
) -> None:
    places = (1,) if fault.call == "open" else (1, 2, 6, 16)

    def a_while(first: int) -> None:
        folder = tmp_path / str(first)
        said = run(folder, shim, fault, first, times=5)
        assert any(word.startswith(b"!") for word in said)
        assert said[-2:] == [b"19", b"closed"]
        assert check(folder, EVERY_LINE, COUNT).report.missing == {}

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(a_while, places))


# A disk that is really full


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or not sys.platform.startswith("linux"):
        pytest.skip("there is no way here to mount a small tmpfs")
    command = [mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("a small tmpfs may not be mounted by this account")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_on_a_full_disk_nothing_acknowledged_is_lost_and_room_lets_it_go_on(
    small_disk: Path,
) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(24_000))
    told: list[str | None] = []
    journal = JournalWriter(
        small_disk / "own",
        "k3v9q0x2mf",
        changed=lambda: told.append(journal.trouble),
        wait=lambda wake, _seconds: wake.wait(0.001),
    )
    count = 0
    while journal.trouble is None:
        journal.put(count, line_of(count))
        count += 1
        assert count < 1_000
        journal.settle(0.05)
    saved = journal.saved
    assert 0 < saved < count
    check(small_disk / "own", set(range(saved + 1)), count)
    assert told[-1] == "The disk is full"
    ballast.unlink()
    assert journal.close(20)
    assert check(small_disk / "own", set(range(count)), count).report.missing == {}
    assert len(read_folder(small_disk / "own")) <= 2
