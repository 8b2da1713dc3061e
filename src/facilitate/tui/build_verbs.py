"""The verbs of the screen on which a day is built."""

from __future__ import annotations

from facilitate.tui.verb import Verb

BUILD_SHOWN = Verb(
    id="build.show", key="B", label="build", noun="agenda", action="screen.build",
    help="Change the marked agenda: its lengths, its order, its titles; seen as bars.",
)  # fmt: skip
"""On the first screen."""

BUILD = (
    Verb(
        id="build.more", key="plus,equals_sign", label="5 more", noun="part",
        action="screen.longer(5)",
        help="Give the marked part five minutes more. A number that is typed, and Enter, is "
        "its length.",
    ),
    Verb(
        id="build.fewer", key="minus", label="5 fewer", noun="part",
        action="screen.longer(-5)", help="Give it five minutes fewer.",
    ),
    Verb(
        id="build.earlier", key="E,shift+up", label="earlier", noun="part",
        action="screen.move(-1)",
        help="Move it before the part above it; shift and an arrow do the same.",
    ),
    Verb(
        id="build.later", key="L,shift+down", label="later", noun="part",
        action="screen.move(1)", help="Move it behind the part below it.",
    ),
    Verb(
        id="build.title", key="t", label="title", noun="part", action="screen.title",
        help="Give it another title. Its id stays: history and records know it by that.",
    ),
    Verb(
        id="build.gives", key="g", label="gives", noun="part", action="screen.gives",
        help="Say how short it may become when time is short.",
    ),
    Verb(
        id="build.kind", key="k", label="kind", noun="part", action="screen.kind",
        in_bar=False, help="Say what happens in it: a break, a dialogue, a closing ...",
    ),
    Verb(
        id="build.new", key="n", label="new", noun="part", action="screen.put_in",
        help="Put a new part in behind it.",
    ),
    Verb(
        id="build.copy", key="c", label="copy", noun="part", action="screen.copy_part",
        in_bar=False, help="Put the same part in once more, behind itself.",
    ),
    Verb(
        id="build.out", key="x", label="take out", noun="part", action="screen.take_out",
        help="Take it out; u brings it back.",
    ),
    Verb(
        id="build.undo", key="u", label="undo", noun="step", action="screen.undo",
        help="Take the last step back; every one since this was opened, saved or not.",
    ),
    Verb(
        id="build.redo", key="r", label="redo", noun="step", action="screen.redo",
        in_bar=False, help="Make the step again that was taken back.",
    ),
    Verb(
        id="build.totals", key="d", label="the day", noun="day", action="screen.totals",
        help="Show all figures of the day, and all that the check found.",
    ),
    Verb(
        id="build.save", key="ctrl+s", label="save", noun="agenda", action="screen.save_day",
        help="Write the file; only what you changed is other in it, and comments stay.",
    ),
    Verb(
        id="build.leave", key="escape", label="leave", noun="agenda", action="screen.leave_day",
        help="Go back; asks when something is not saved.",
    ),
)  # fmt: skip
"""On the screen where a day is built."""
