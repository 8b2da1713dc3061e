"""The index of all that is kept, brought up to date before it is asked.

The records are the truth. The index on this machine knows what is in them, so that only what
changed is read again; whatever happens to it, it is made again, and no record is touched.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

from facilitate import __version__
from facilitate.session.clock import Clock, SystemClock
from facilitate.store.records import look

if TYPE_CHECKING:  # a start that finds no records waits for none of it
    from facilitate.session.kept_filling import Tell
    from facilitate.store.index import Index
    from facilitate.store.index_file import IndexFile
    from facilitate.store.places import Places

SHAPE = crc32(f"1 {__version__}".encode()) >> 1
"""Tells the index of this version from that of others. The first number is raised when rows
change within a version."""

NAMED = 5
"""So many sittings are named at most where all of them would be too many."""

Answer = TypeVar("Answer")


class KeptIndex:
    """The index over all folders of records; threads take turns."""

    def __init__(self, places: Places, clock: Clock | None = None) -> None:
        self._places = places
        self._clock = clock or SystemClock()
        self._turn = threading.RLock()
        self._file: IndexFile | None = None
        self._index: Index | None = None
        """None before anything was looked at, and where there are no records."""
        self._looked = False
        self._unkept = ""
        """Why the index is in memory alone; empty when it is in its file."""
        self._said: tuple[str, ...] = ()
        self._changed_now = False
        """Whether anything had changed when the index was filled last."""

    @property
    def said(self) -> tuple[str, ...]:
        """What someone should know of how it went last time, a sentence each."""
        if not self._unkept:
            return self._said
        why = f"The archive's index cannot be kept ({self._unkept})"
        return (f"{why}; it was made for this time alone.", *self._said)

    def ask(self, question: Callable[[Index], Answer], nothing: Answer) -> Answer:
        """What the index answers, or `nothing` where there are no records.

        Everything is looked at before the first question, and then when `refresh` is called.

        An index that turns out to be damaged is made again, and asked again.
        """
        with self._turn:
            if not self._looked:
                self.refresh()
            if self._index is None:
                return nothing
            from facilitate.store.index import Unusable

            try:
                return self._asked(question)
            except (Unusable, ValueError):
                self._write(_quietly, anew=True)
                return self._asked(question)

    def _asked(self, question: Callable[[Index], Answer]) -> Answer:
        assert self._index is not None
        with self._index.at_once():
            return question(self._index)

    # Looking again

    def refresh(self, tell: Tell | None = None) -> bool:
        """Look at all records again, and read what changed; whether anything did.

        `tell` hears of each file that is read.
        """
        with self._turn:
            self._looked, self._said = True, ()
            self._index = self._opened()
            if self._index is None and not self._is_anything_there():
                return False
            if self._index is None or self._differs(self._index):
                return self._write(tell or _quietly)
            return False

    def rebuild(self, tell: Tell | None = None) -> None:
        """Read every record again, and make the index out of nothing but them."""
        with self._turn:
            self._looked, self._said = True, ()
            if self._is_anything_there():
                self._write(tell or _quietly, anew=True)

    def _is_anything_there(self) -> bool:
        """Whether there are records; without any, there is no index either."""
        looked = look(self._places.record_roots, {})
        self._note_folders(looked.unseen)
        if looked.differing:
            return True
        self._index = None
        if os.path.lexists(self._places.index):
            self._in_file().remove()
        return False

    def _differs(self, index: Index) -> bool:
        from facilitate.store.index import Unusable

        try:
            looked = look(self._places.record_roots, index.known())
            leftovers = index.has_leftovers and not self._unkept
            self._note_folders(looked.unseen)
            return bool(looked.differing or looked.gone or leftovers)
        except Unusable:
            return True

    def _in_file(self) -> IndexFile:
        if self._file is None:
            from facilitate.store.index_file import IndexFile

            self._file = IndexFile(self._places.index, SHAPE)
        return self._file

    def _opened(self) -> Index | None:
        """The index as it is now; None when there is none that can be used."""
        if self._unkept or (self._index is not None and self._in_file().is_still_there()):
            return self._index
        if not os.path.lexists(self._places.index):
            return None
        return self._in_file().open()

    # Writing the index

    def _write(self, tell: Tell, *, anew: bool = False) -> bool:
        """Bring the index up to date, or make it anew; whether anything had changed.

        Where the disk refuses, it is in memory from then on.
        """
        from facilitate.store.index import Unusable

        if not self._unkept:
            try:
                with self._in_file().alone():
                    self._index = (None if anew else self._changed(tell)) or self._made(tell)
            except OSError as error:
                self._unkept = _why(error)
            except Unusable as error:
                self._unkept = str(error)
            else:
                return self._changed_now
            anew = anew or not self._copied_to_memory()
        if anew or self._index is None:
            from facilitate.store.index_file import in_memory

            self._index = in_memory(SHAPE)
        self._fill(self._index, tell)
        return self._changed_now

    def _changed(self, tell: Tell) -> Index | None:
        """The index in its file, brought up to date; None when that cannot be done to it."""
        from facilitate.store.index import Unusable

        index = self._opened()
        if index is None:
            return None
        try:
            self._fill(index, tell)
            leftovers = index.has_leftovers
        except Unusable:
            return None
        if leftovers:
            return self._copied(index)
        self._in_file().note()
        return index

    def _copied(self, index: Index) -> Index:
        """The same index in a new file, in which words that were taken out never were."""
        from facilitate.store.index import Unusable
        from facilitate.store.index_change import copy

        try:
            return self._in_file().make(lambda new: copy(index, new))
        except (OSError, Unusable):
            self._in_file().remove()  # no index at all is better than those words
            raise

    def _made(self, tell: Tell) -> Index:
        from facilitate.store.index_change import settle

        def filled(index: Index) -> None:
            self._fill(index, tell)
            settle(index)

        return self._in_file().make(filled)

    def _copied_to_memory(self) -> bool:
        """Go on in memory with what is known; False when nothing of it can be used."""
        from facilitate.store.index import Unusable
        from facilitate.store.index_change import copy
        from facilitate.store.index_file import in_memory

        known = self._in_file().open()
        if known is None:
            return False
        try:
            self._index = in_memory(SHAPE)
            copy(known, self._index)
        except Unusable:
            return False
        return True

    def _fill(self, index: Index, tell: Tell) -> None:
        from facilitate.session.kept_filling import fill
        from facilitate.store.index_change import changing

        now = int(self._clock.now().timestamp() * 1e9)
        with changing(index) as change:
            looked = look(self._places.record_roots, index.known())
            filled = fill(index, change, looked, now, tell)
        self._changed_now = filled.changed
        self._note_folders(looked.unseen, filled.gone)

    def _note_folders(self, unseen: Mapping[bytes, OSError], gone: Sequence[str] = ()) -> None:
        """Keep in mind what someone should know of the folders of records."""
        said = [
            f"{_shown(folder)} cannot be looked into ({error.strerror})."
            for folder, error in sorted(unseen.items())
        ]
        shared = self._places.shared
        if shared is not None and not shared.is_dir():
            shown = _shown(os.fsencode(shared))
            said.append(f"The shared folder {shown} is not there now, nor are its records.")
        elif gone:
            more = f" and {len(gone) - NAMED} more" if len(gone) > NAMED else ""
            said.append(f"No longer in the archive: {', '.join(gone[:NAMED])}{more}.")
        self._said = tuple(said)


def _quietly(done: int, total: int) -> None:
    """Tell nobody."""


def _shown(path: bytes) -> str:
    """A path that can be printed."""
    from facilitate.formats.characters import printable

    return printable(path.decode("utf-8", errors="replace"))


def _why(error: OSError) -> str:
    """Why the disk refuses, to stand within a sentence."""
    from facilitate.store.files import reason

    words = reason(error)
    return words[:1].lower() + words[1:]
