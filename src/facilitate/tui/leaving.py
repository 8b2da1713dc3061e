"""Leaving the program: nothing that was written is lost without a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitate.tui.host import Holding, Host

if TYPE_CHECKING:
    from facilitate.session.live import LiveSession

PATIENCE = 2.0
"""Seconds that leaving waits for the disk before it asks."""


def leave(app: Host) -> None:
    """Leave the program; ask first while a sitting runs or something is not on disk."""
    live = app.live
    holds = (one for one in app.screen_stack if isinstance(one, Holding))
    if (holding := next(holds, None)) is not None:
        holding.leave_for(app.exit)
    elif live is None:
        app.exit()
    elif app.state.run is None:
        _settle_and_exit(app)
    else:
        _ask_whether(app, live)


def _ask_whether(app: Host, live: LiveSession) -> None:
    from facilitate.tui.asking import Ask, Choice

    def answered(choice: bool | None) -> None:
        if choice:
            _settle_and_exit(app)

    yes = (Choice(key="y", label="Leave", answer=True),)
    app.push_screen(Ask(_question(live), yes), answered)


def _settle_and_exit(app: Host) -> None:
    live = app.live
    if live is not None:
        app.course.in_background(
            lambda: live.settle(PATIENCE), lambda saved: _exit_when_saved(app, saved)
        )


def _exit_when_saved(app: Host, saved: bool) -> None:
    if saved:
        app.exit()
        return
    from facilitate.tui.asking import Ask, Choice

    waiting = app.live.saving.waiting if app.live else 0
    question = f"Not on disk yet: {_lines(waiting)}. Wait for that?"
    choices = (
        Choice(key="w", label="Wait", answer=True),
        Choice(key="l", label="Leave; these lines are lost", answer=False),
    )

    def answered(wait: bool | None) -> None:
        if wait is False:
            app.exit()
        elif wait:
            _settle_and_exit(app)

    app.push_screen(Ask(question, choices), answered)


def _question(live: LiveSession) -> str:
    if live.state.rehearsal:
        return "Leave the rehearsal? Nothing of it is kept."
    held = len(live.room)
    gone = f" {_lines(held)} held in this room will be gone." if held else ""
    return f"Leave now? The sitting can be gone on with later.{gone}"


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"
