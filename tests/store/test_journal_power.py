"""Power cuts: what was acknowledged is on the disk, whatever became of the rest.

The disk is in memory. It notes every step, and after each of them it is looked at as if the
power had gone then: what was not waited for may be there, cut, zeroed or garbage.
"""

from __future__ import annotations

import errno
import random
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitate.core.entry_events import EntryLetGo
from facilitate.formats.journal_line import read_file
from facilitate.formats.journal_union import unite
from facilitate.store.files import Disk
from facilitate.store.journal import JournalWriter

APPENDING = Path(__file__).parent / "faults" / "appending.py"
line_of: Callable[[int], bytes] = runpy.run_path(str(APPENDING))["line_of"]


class Powered(Disk):
    """A disk in memory that notes every step and fails where it is told to."""

    def __init__(self, failing: dict[tuple[str, int], int]) -> None:
        self.log: list[tuple[str, Path, bytes]] = []
        self._failing = failing
        self._open: dict[int, Path] = {}
        self._count: dict[str, int] = {}

    def _note(self, call: str, path: Path, data: bytes = b"") -> None:
        number = self._count[call] = self._count.get(call, 0) + 1
        error = self._failing.get((call, number), 0)
        self.log.append((f"{call} failed" if error else call, path, data))
        if error:
            raise OSError(error, "no")

    def make_folder(self, folder: Path) -> None:
        folder.mkdir()
        self._note("create", folder)

    def create(self, path: Path) -> int:
        self._note("create", path)
        descriptor = 1_000 + len(self._open)
        self._open[descriptor] = path
        return descriptor

    def write(self, descriptor: int, data: memoryview) -> int:
        taken = bytes(data[:200])
        self._note("write", self._open[descriptor], taken)
        return len(taken)

    def fsync(self, descriptor: int) -> None:
        self._note("fsync", self._open[descriptor])

    def fsync_folder(self, folder: Path) -> None:
        self._note("names", folder)

    def has_name(self, descriptor: int) -> bool:
        return True

    def unlink(self, path: Path) -> None:
        self._note("unlink", path)

    def close(self, descriptor: int) -> None:
        pass


class Platter:
    """What is certain, and what is possible, after a part of what was noted."""

    def __init__(self) -> None:
        self.certain: dict[Path, bytes] = {}
        self.possible: dict[Path, bytes] = {}
        """What comes after `certain` in each file, if the power holds."""
        self.named: set[Path] = set()
        self.given_up: set[Path] = set()
        """Files whose bytes the system dropped when it reported the failure."""

    def follow(self, call: str, path: Path, data: bytes) -> None:
        """Take note of one step."""
        match call:
            case "create":
                self.certain[path] = self.possible[path] = b""
            case "write":
                self.possible[path] += data
            case "fsync" if path not in self.given_up:
                self.certain[path] += self.possible[path]
                self.possible[path] = b""
            case "fsync failed":
                self.given_up.add(path)
            case "names":
                self.named |= {each for each in self.certain if each.parent == path}
            case "unlink":
                self.named.discard(path)

    def after_a_cut(self, chance: random.Random) -> list[bytes]:
        """The files as they may be found when the power is back."""
        return [
            certain + left_of(self.possible[path], len(certain), chance)
            for path, certain in self.certain.items()
            if {path, path.parent} <= self.named or chance.random() < 0.3
        ]


def left_of(pending: bytes, offset: int, chance: random.Random) -> bytes:
    """What may be found of bytes that were not waited for, at that offset of a file."""
    how = chance.choice(["kept", "cut", "zeroed", "sectors zeroed", "sectors of garbage"])
    if how == "kept":
        return pending
    if how == "cut":
        return pending[: chance.randint(0, len(pending))]
    if how == "zeroed":
        return bytes(chance.randint(0, 4096))
    left = bytearray(pending)
    for sector in range(offset // 512, (offset + len(pending)) // 512 + 1):
        if chance.random() < 0.5:
            for place in range(max(sector * 512, offset), (sector + 1) * 512):
                if place - offset < len(left):
                    left[place - offset] = 0 if "zeroed" in how else chance.randrange(256)
    return bytes(left)


NOTHING_FAILS: dict[tuple[str, int], int] = {}


@pytest.mark.parametrize(
    "failing",
    [
        NOTHING_FAILS,
        {("fsync", 4): errno.EIO},
        {("fsync", 1): errno.EIO, ("fsync", 5): errno.EIO, ("fsync", 6): errno.ENOSPC},
        {("write", 3): errno.ENOSPC, ("write", 9): errno.EIO},
        {("create", 2): errno.EIO, ("names", 2): errno.EIO},
    ],
    ids=str,
)
@pytest.mark.parametrize("seed", range(4))
def test_a_power_cut_at_any_step_leaves_everything_acknowledged(
    tmp_path: Path, failing: dict[tuple[str, int], int], seed: int
) -> None:
    chance = random.Random(seed)
    disk = Powered(failing)

    def changed() -> None:
        disk.log.append(("saved", Path(), b"%d" % journal.saved))

    journal = JournalWriter(
        tmp_path / "own",
        "k3v9q0x2mf",
        disk=disk,
        changed=changed,
        wait=lambda wake, _seconds: wake.wait(0.001),
    )
    for n in range(24):
        journal.put(n, line_of(n))
        if chance.random() < 0.6:
            assert journal.settle(20)
    assert journal.close(20)

    platter, saved = Platter(), -1
    platter.named.add(tmp_path)
    for call, path, data in disk.log:
        if call == "saved":
            saved = int(data)
        platter.follow(call, path, data)
        for _ in range(12):
            history = unite(map(read_file, platter.after_a_cut(chance)))
            found = {each.n: each.event for each in history.events}
            assert set(range(saved + 1)) <= set(found)
            for n, event in found.items():
                assert event == EntryLetGo(entry=f"line {n} {'x' * (40 * (n % 5))}")
    assert saved == 23
