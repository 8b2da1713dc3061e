"""The verbs of the screens that look back: the archive, hand-outs, the integration grid.

Light on purpose: the first screen has some of them, and its first paint waits for no rules.
"""

from __future__ import annotations

from facilitate.tui.build_verbs import BUILD_SHOWN
from facilitate.tui.verb import Verb

SEARCH = Verb(
    id="archive.show", key="slash", label="search", noun="archive", action="app.search",
    help="Search what was kept of all sittings, while you type.",
)  # fmt: skip

HOME = (
    SEARCH,
    BUILD_SHOWN,
    Verb(
        id="home.hand_out", key="D", label="hand-out", noun="hand-outs",
        action="screen.hand_out",
        help="Hand on what was made up to the marked past sitting.",
    ),
)  # fmt: skip
"""On the first screen."""

ASIDE = (
    SEARCH._replace(in_bar=False),
    Verb(
        id="sharing.show", key="D", label="hand-out", noun="hand-outs", action="app.hand_out",
        needs=lambda state: state.agenda is not None, in_bar=False,
        help="Hand on what was made so far: a page, a glossary, a table, a calendar.",
    ),
    Verb(
        id="grid.show", key="G", label="grid", noun="lines", action="app.grid",
        needs=lambda state: state.agenda is not None, in_bar=False,
        help="The integration grid: which framework has an example in leadership, policy and "
        "practice, and which has none yet.",
    ),
)  # fmt: skip
"""Beside a sitting that runs."""

RECORD = (
    Verb(
        id="record.hand_out", key="D", label="hand-out", noun="hand-outs",
        action="screen.hand_out",
        help="Hand on what was made up to this sitting.",
    ),
    Verb(
        id="record.back", key="escape,q", label="back", noun="record", action="screen.back",
        help="Go back.",
    ),
)  # fmt: skip
"""On the page with the record of a past sitting."""

ARCHIVE = (
    Verb(
        id="archive.open", key="enter", label="open", noun="line", action="screen.open_found",
        while_typing=True,
        help="Show the marked line with its whole history. The arrows mark another.",
    ),
    Verb(
        id="archive.narrow", key="ctrl+n", label="narrow", noun="search",
        action="screen.narrow", while_typing=True,
        help="Show only some: of a kind, a state, a cohort, a programme, since a day, of "
        "leadership, policy or practice, or with a source.",
    ),
    Verb(
        id="archive.widen", key="ctrl+l", label="all again", noun="search",
        action="screen.widen", while_typing=True,
        help="Narrow the search no more; what is typed stays.",
    ),
    Verb(
        id="archive.agreed", key="ctrl+o", label="in force", noun="cohort",
        action="screen.agreed_by_marked", while_typing=True,
        help="All agreements in force of the cohort that the marked line belongs to.",
    ),
    Verb(
        id="archive.grid", key="ctrl+g", label="grid", noun="cohort",
        action="screen.grid_of_marked", while_typing=True,
        help="The integration grid of the cohort that the marked line belongs to.",
    ),
    Verb(
        id="archive.back", key="escape", label="back", noun="archive",
        action="screen.leave_search", while_typing=True, help="Go back.",
    ),
)  # fmt: skip
"""On the screen that searches."""

HISTORY = (
    Verb(
        id="history.record", key="r", label="its record", noun="record",
        action="screen.record", help="Read the record of a sitting that worked with this line.",
    ),
    Verb(
        id="history.agreed", key="a", label="in force", noun="cohort", action="screen.agreed",
        help="All agreements in force of its cohort.",
    ),
    Verb(
        id="history.grid", key="g", label="grid", noun="cohort", action="screen.grid",
        help="The integration grid of its cohort.",
    ),
    Verb(
        id="history.erase", key="X", label="take back for good", noun="line",
        action="screen.erase",
        help="Let its words leave this machine for good, after a question; then see which "
        "hand-outs are to be asked back.",
    ),
    Verb(
        id="history.back", key="escape", label="back", noun="archive", action="screen.back",
        help="Go back.",
    ),
)  # fmt: skip
"""On the screen with the history of one line."""

AGREED = (
    Verb(
        id="agreed.open", key="enter", label="its history", noun="line", action="screen.open",
        help="Show the marked agreement with its whole history.",
    ),
    Verb(
        id="agreed.hand_out", key="D", label="hand-out", noun="hand-outs",
        action="screen.hand_out",
        help="Hand on what this cohort made up to its latest sitting.",
    ),
    Verb(
        id="agreed.back", key="escape", label="back", noun="archive", action="screen.back",
        help="Go back.",
    ),
)  # fmt: skip
"""On the screen with the agreements in force of a cohort."""

GRID = (
    Verb(
        id="grid.back", key="escape", label="back", noun="grid", action="screen.back",
        help="Go back.",
    ),
)  # fmt: skip
"""On the integration grid."""

SHARING = (
    Verb(
        id="sharing.write", key="enter", label="write it", noun="hand-outs",
        action="screen.write", help="Write the marked hand-out to a file, and say where it is.",
    ),
    Verb(
        id="sharing.whom", key="w", label="for whom", noun="hand-outs", action="screen.whom",
        help="For the cohort, for the team too, or for everyone; fewer lines may go further.",
    ),
    Verb(
        id="sharing.back", key="escape", label="back", noun="hand-outs", action="screen.back",
        help="Go back; nothing more is written.",
    ),
)  # fmt: skip
"""On the screen with the hand-outs."""

LOOKING_BACK = (*HOME, *ARCHIVE, *HISTORY, *AGREED, *GRID, *SHARING, *RECORD)
"""All of them but those beside a sitting that runs."""
