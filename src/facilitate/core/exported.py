"""What was handed on, as the list of exports has it: never a word of anyone's."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from facilitate.core.threads import ThreadKey

SCREEN = "-"
"""Stands for a path where it was printed."""


class ListedExport(NamedTuple):
    """One export that was handed on from this machine, or was about to be."""

    when: dt.datetime
    """UTC, whole seconds."""
    form: str
    """A `sharing.Form`, or one of a later version."""
    ring: str
    """How far it may go: a `record.RecordRing`."""
    sitting: str
    """Id of the sitting as of which it was."""
    cohort: str
    path: str
    """Where it was written, absolute; `SCREEN` where it was printed."""
    sha256: str
    """Of the bytes that were written, in hexadecimal."""
    sealed: bool = False
    """Whether those were encrypted."""
    lines: tuple[ThreadKey, ...] = ()
    """Every line of which something was in it."""
    version: int = 1
    """Of the form in which the list has it."""
    more: tuple[tuple[str, object], ...] = ()
    """What a later version knows of it, by name."""

    @property
    def is_file(self) -> bool:
        """Whether it was written to a file."""
        return self.path != SCREEN

    def __repr__(self) -> str:
        """What it is, without where it is: someone chose that name."""
        return f"<ListedExport {self.form} of {self.sitting}>"
