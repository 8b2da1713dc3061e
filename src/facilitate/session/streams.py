"""The two streams of lines that a sitting makes, and where they go: to the disk, or nowhere."""

from __future__ import annotations

import contextlib
import random
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from facilitate.core.agenda import Role
from facilitate.core.events import Event, Recorded
from facilitate.store.files import replace_file
from facilitate.store.journal import JournalWriter
from facilitate.store.places import Places

CHANCE = random.SystemRandom()
BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's digits: no letter that is read as another."""

WRITER_LENGTH = 10


class Saving(NamedTuple):
    """What is and what is not on disk."""

    waiting: int
    """Lines not on disk yet."""
    trouble: str | None
    """Why the disk does not take them; None while all is well."""


class Stream:
    """The lines of one run, numbered from 0; these stay in memory and are written nowhere."""

    def __init__(self) -> None:
        self.writer = new_id()
        self._n = 0

    def next(self, stamp: str, by: str, event: Event, base: tuple[str, ...]) -> Recorded:
        """The next line, made of what happened."""
        recorded = Recorded(
            writer=self.writer, n=self._n, stamp=stamp, by=by, event=event, base=base
        )
        self._n += 1
        return recorded

    def prepare(self) -> None:
        """Have ready what a line may need beside it; called before each is recorded."""

    def put(self, recorded: Recorded) -> None:
        """Hand a line over, and return at once."""

    @property
    def saving(self) -> Saving:
        """How far the disk has come."""
        return Saving(waiting=0, trouble=None)

    def settle(self, timeout: float) -> bool:  # noqa: ARG002 - nothing is waited for
        """Wait until everything is on disk; False when `timeout` seconds did not suffice."""
        return True

    def close(self, timeout: float) -> bool:  # noqa: ARG002 - nothing is waited for
        """Stop writing; False when something was still not on disk after `timeout`."""
        return True


class WrittenStream(Stream):
    """The lines of one run, on their way to a journal file of its own."""

    def __init__(self, folder: Path, changed: Callable[[], None]) -> None:
        """`changed` is called in the journal's thread after `saving` has changed."""
        super().__init__()
        self._journal = JournalWriter(folder, self.writer, changed=changed)

    def put(self, recorded: Recorded) -> None:
        """Hand a line to the thread that writes it."""
        from facilitate.formats.journal_line import encode

        self._journal.put(recorded.n, encode(recorded))

    @property
    def saving(self) -> Saving:
        """How far the disk has come."""
        return Saving(waiting=self._journal.waiting, trouble=self._journal.trouble)

    def settle(self, timeout: float) -> bool:
        """Wait until everything is on disk; False when `timeout` seconds did not suffice."""
        return self._journal.settle(timeout)

    def close(self, timeout: float) -> bool:
        """Stop writing; False when something was still not on disk after `timeout`."""
        return self._journal.close(timeout)


class PrivateStream(WrittenStream):
    """The lines that never leave this machine, with the names of the team beside them."""

    def __init__(
        self, folder: Path, names: tuple[Role, ...], changed: Callable[[], None]
    ) -> None:
        super().__init__(folder, changed)
        self._path = folder / "team.toml"
        self._names = names
        self._thread: threading.Thread | None = None

    def prepare(self) -> None:
        """Write the names in a thread; what the disk does not take is tried again next time."""
        if self._names and not (self._thread and self._thread.is_alive()):
            self._thread = threading.Thread(target=self._write_names, name="names", daemon=True)
            self._thread.start()

    def settle(self, timeout: float) -> bool:
        """Wait for the lines, as any stream does, and for the names or their refusal."""
        self._wait_for_names(timeout)
        return super().settle(timeout)

    def close(self, timeout: float) -> bool:
        """Stop writing the lines, as any stream does, once the names are there or refused."""
        self._wait_for_names(timeout)
        return super().close(timeout)

    def _wait_for_names(self, timeout: float) -> None:
        if self._thread is not None:
            self._thread.join(timeout)

    def _write_names(self) -> None:
        from facilitate.formats import team_toml

        with contextlib.suppress(OSError):
            replace_file(self._path, team_toml.write_team(self._names).encode())
            self._names = ()


class Streams(NamedTuple):
    """Where one run of a sitting goes."""

    own: Stream
    """What may be handed on to others."""
    apart: Stream
    """The words that stay with the sitting; private."""


def written(
    places: Places,
    sitting: str,
    changed: Callable[[], None],
    names: tuple[Role, ...] = (),
) -> Streams:
    """Streams into the folders of a sitting; nothing is made there before the first line."""
    return Streams(
        own=WrittenStream(places.own(sitting), changed),
        apart=PrivateStream(places.private(sitting), names, changed),
    )


def unwritten() -> Streams:
    """Streams that never touch the disk."""
    return Streams(own=Stream(), apart=Stream())


def new_id(length: int = WRITER_LENGTH) -> str:
    """A random name of base32 characters."""
    return "".join(CHANCE.choice(BASE32) for _ in range(length))
