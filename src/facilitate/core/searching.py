"""What someone looks for in the archive, and what is found."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import Facet
from facilitate.core.threads import Step, ThreadKey


class Query(NamedTuple):
    """What is looked for; everything that is given must hold of a line's latest step."""

    words: str = ""
    """Every word, or its beginning, stands in the line or what was told of it; also in words
    that it had before. Empty finds all lines."""
    kind: CaptureKind | None = None
    state: str = ""
    """As in a record: `in force`; empty for any, as in all that follow."""
    cohort: str = ""
    programme: str = ""
    since: dt.date | None = None
    """The sitting that worked with it last was on that day, or later."""
    facet: Facet | None = None
    lineage: bool = False
    """Whether it has to say what it stands on."""


class Hit(NamedTuple):
    """A line that was found."""

    key: ThreadKey
    step: Step
    """How the sitting that worked with it last left it."""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<Hit {self.key.name}>"


class Hits(NamedTuple):
    """What was found: each line once, the best first, or the newest."""

    hits: tuple[Hit, ...] = ()
    more: bool = False
    """Whether there are more of them than were asked for."""
    newest_first: bool = True
    """Whether they stand by date: without words, and when words are in so many lines that
    none of them fits better than another."""
