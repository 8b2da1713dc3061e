"""Words that may come into a line from elsewhere: offered by the team, carried, the terms."""

from __future__ import annotations

from facilitate.core.capture_line import NewLine
from facilitate.core.captures import Origin, shown
from facilitate.core.completion import Source, origin_of
from facilitate.core.state import SessionState


def sources(state: SessionState) -> tuple[Source, ...]:
    """Offered lines, carried lines, and the terms made here, in this order."""
    offered = state.agenda.offered if state.agenda else ()
    carried = state.inherited.lines if state.inherited else ()
    terms = (e for e in shown(state.entries.values()) if e.kind in ("term", "framework"))
    return (
        *(Source(text=one.text, origin="offered", kind=one.kind) for one in offered),
        *(
            Source(text=line.text, origin="carried", kind=line.kind, name=line.name)
            for line in carried
        ),
        *(
            Source(text=e.text, origin=e.origin, kind=e.kind, name=e.name)
            for e in terms
            if e.text and not e.carried_from
        ),
    )


def origin(state: SessionState, line: NewLine) -> Origin:
    """Whose words a new line is made of."""
    if line.origin != "ours":
        return line.origin
    return origin_of(line.text, None, sources(state))
