"""What is not on the disk is said, kept, and saved as soon as that can be done."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from tests.e2e.driving import (
    AGENDA,
    Program,
    happened,
    local,
    the_only,
)

from facilitate.core import entry_events


@contextmanager
def full_disk(pid: int) -> Iterator[None]:
    """The system takes nothing more from a process into any file, until this ends."""
    no_limit = resource.RLIM_INFINITY
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, no_limit))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (no_limit, no_limit))


@pytest.mark.skipif(sys.platform != "linux", reason="prlimit is of Linux")
def test_what_the_disk_refuses_is_said_and_kept_until_it_is_taken() -> None:
    with Program("run", AGENDA) as tty:
        tty.begin()
        tty.capture("a: before")
        tty.seen("A1 heard before")
        tty.settle()
        with full_disk(tty.pid):
            tty.capture("a: while it refuses")
            tty.seen("Not saved yet; still trying.", "A2 heard while it refuses")
            tty.capture("a: and still")
            tty.seen("Not saved yet; still trying.", "A3 heard and still")
            tty.press("ctrl+q")
            tty.seen("Leave now?")
            tty.press("y")
            tty.seen("Not on disk yet: 2 lines.", "w Wait")
            assert tty.exit_status is None
        tty.press("w")
        assert tty.ends(8) == 0
        assert tty.is_restored()
    assert [each.event.text for each in happened(entry_events.EntryAdded)] == [
        "before", "while it refuses", "and still",
    ]  # fmt: skip
    assert len(list((the_only(local() / "sessions") / "own").iterdir())) > 1


@pytest.mark.skipif(sys.platform != "linux", reason="prlimit is of Linux")
def test_once_the_disk_takes_it_again_the_banner_goes() -> None:
    with Program("run", AGENDA, size=(60, 24)) as tty:
        tty.begin()
        tty.settle()
        with full_disk(tty.pid):
            tty.capture("a: while it refuses")
            tty.seen("Not saved yet; still trying.")
        tty.gone("Not saved yet")
        tty.kill()
    assert [each.event.text for each in happened(entry_events.EntryAdded)] == [
        "while it refuses"
    ]
