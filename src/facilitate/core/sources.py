"""Words that may come into a line from elsewhere: offered by the team, carried, the terms."""

from __future__ import annotations

from collections.abc import Iterator

from facilitate.core.capture_line import NewLine
from facilitate.core.captures import Entry, Origin, shown
from facilitate.core.completion import Source, origin_of
from facilitate.core.lives import ENDED
from facilitate.core.state import SessionState


def sources(state: SessionState) -> tuple[Source, ...]:
    """Offered lines, carried lines, and the terms made here, in this order.

    Carried lines have the words that this sitting gave them. What was withdrawn or let go,
    or stands no more, is left out.
    """
    offered = state.agenda.offered if state.agenda else ()
    terms = shown(e for e in state.entries.values() if e.kind in ("term", "framework"))
    return (
        *(Source(text=one.text, origin="offered", kind=one.kind) for one in offered),
        *_carried(state),
        *(
            Source(text=e.text, origin=e.origin, kind=e.kind, name=e.name)
            for e in terms
            if e.text and not e.carried_from and e.state not in ENDED
        ),
    )


def _carried(state: SessionState) -> Iterator[Source]:
    for line in state.inherited.lines if state.inherited else ():
        entry = state.entries.get(line.id)
        if entry is None or _stands(entry):
            text = entry.text if entry else line.text
            yield Source(text=text, origin="carried", kind=line.kind, name=line.name)


def _stands(entry: Entry) -> bool:
    return entry.is_shown and entry.state not in ENDED


def origin(state: SessionState, line: NewLine) -> Origin:
    """Whose words a new line is made of; those that were brought along stay known as such."""
    if line.origin != "ours":
        return line.origin
    lines = state.inherited.lines if state.inherited else ()
    brought = (
        Source(text=one.text, origin="carried", kind=one.kind, name=one.name) for one in lines
    )
    return origin_of(line.text, None, (*sources(state), *brought))
