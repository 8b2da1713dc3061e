"""The verbs of the screen with a whole programme."""

from __future__ import annotations

from facilitate.tui.verb import Verb

PROGRAMME = (
    Verb(
        id="programme.open", key="enter", label="open", noun="sitting", action="screen.open",
        help="Read the record of the marked sitting; of one to come, open its agenda.",
    ),
    Verb(
        id="programme.next", key="n", label="what is next", noun="sitting",
        action="screen.mark_next", help="Mark the sitting that comes next.",
    ),
    Verb(
        id="programme.back", key="escape", label="back", noun="programme",
        action="screen.back", help="Go back.",
    ),
)  # fmt: skip
"""On the timeline of a programme."""
