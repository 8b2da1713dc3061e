"""Every verb of the interface, said once: its key, its words, and what it asks for.

Footer, command palette, help page, the user's own keys and the grey of what is not possible
now all read this table.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.actions import parse

from facilitate.core.commands import Adopt, CloseRooms, Command, Next, OpenRooms, Undo
from facilitate.core.entry_commands import HoldCare, ReadBack, TakeBack, Withdraw
from facilitate.core.posts import next_post
from facilitate.core.state import SessionState
from facilitate.tui.archive_verbs import ASIDE, LOOKING_BACK
from facilitate.tui.build_verbs import BUILD
from facilitate.tui.line_verbs import (
    CARRYING,
    CONSENT,
    HARVEST,
    LINE,
    READING,
    latest_number,
    meant,
)
from facilitate.tui.programme_verbs import PROGRAMME
from facilitate.tui.verb import ANYWHERE, BEFORE, CARRYING_SHOWN, REHEARSAL, Situation, Verb


def _next(situation: Situation) -> Command:
    run = situation.state.run
    return Next(seen=run.segment if run else None)


def _rooms(situation: Situation) -> Command:
    return CloseRooms() if situation.state.open_rooms else OpenRooms()


def _withdraw(situation: Situation) -> Command:
    return Withdraw(number=meant(situation.state, situation.chosen))


def _runs(state: SessionState) -> bool:
    return state.run is not None


def _has_post(state: SessionState) -> bool:
    return state.segment is not None and next_post(state, state.segment) is not None


def _has_line(state: SessionState) -> bool:
    return latest_number(state) is not None


def _offers(field: str) -> Callable[[SessionState], bool]:
    return lambda state: bool(state.segment and getattr(state.segment, field))


RUN = (
    Verb(
        id="segment.next", key="n", label="next", noun="part", wish=_next,
        help="End this part and begin the next one, at one instant.",
    ),
    Verb(
        id="segment.extend", key="e", label="extend", noun="part",
        action="screen.extend", needs=_runs,
        help="Give this part more minutes, or fewer; everything later moves.",
    ),
    Verb(
        id="fit.show", key="f", label="fit", noun="time",
        action="screen.fit", needs=_runs,
        help="Show what could give minutes, what cannot be kept, and what to ask the group.",
    ),
    Verb(
        id="segment.pause", key="p", label="pause", noun="part",
        action="screen.pause", needs=_runs,
        help="Let the time of this part stand still: for care, for the tech, or to hold.",
    ),
    Verb(
        id="rooms.toggle", key="o", label="rooms", noun="rooms", wish=_rooms,
        help="The rooms were opened, or closed again: the round clock runs in between.",
    ),
    Verb(
        id="segment.leave_out", key="k", label="leave out", noun="part",
        action="screen.leave_out", needs=_runs, in_bar=False,
        help="Leave a part out that is to come, cut this one short, or bring one back.",
    ),
    Verb(
        id="segment.return", key="r", label="go back", noun="part",
        action="screen.go_back", needs=_runs, in_bar=False,
        help="Go back to a part that is over; what runs now comes again after it.",
    ),
    Verb(
        id="plan.move", key="m", label="move", noun="plan",
        action="screen.move", needs=_runs, in_bar=False,
        help="Move a part that is to come, or put a new one in.",
    ),
    Verb(
        id="segment.earlier", key="N", label="moved on earlier", noun="part",
        action="screen.earlier", needs=_runs, in_bar=False,
        help="Say that you moved on some minutes ago; the times are kept as they were.",
    ),
    Verb(
        id="plan.adopt", key="A", label="adopt", noun="plan",
        wish=lambda _: Adopt(), in_bar=False,
        help="Let the day as it looks now be the plan; u takes that back.",
    ),
    Verb(
        id="day.show", key="d", label="day", noun="day",
        action="screen.day", needs=_runs, in_bar=False,
        help="Show the day as bars: planned, as it was, as it looks now.",
    ),
    Verb(
        id="post.copy", key="c", label="copy", noun="post",
        action="screen.copy_post", needs=_has_post,
        help="Copy the next chat post, its times filled in from the clock.",
    ),
    Verb(
        id="post.save", key="C", label="save post", noun="post",
        action="screen.save_post", needs=_has_post, in_bar=False,
        help="Write the next chat post to a file, where the clipboard does not work.",
    ),
    Verb(
        id="line.capture", key="space", label="write", noun="line",
        action="screen.capture",
        help="Go to the capture line. Enter keeps the line, Esc leaves; half a line stays.",
    ),
    Verb(
        id="line.read_back", key="b", label="read back", noun="line",
        wish=lambda s: ReadBack(number=s.chosen),
        help="After reading a line aloud: heard becomes proposed. The marked line, or the "
        "one that has waited longest.",
    ),
    Verb(
        id="line.reword", key="w", label="reword", noun="line",
        action="screen.reword", needs=_has_line, in_bar=False,
        help="Give the marked line, or the last one, other words; the earlier ones stay "
        "readable.",
    ),
    Verb(
        id="line.test", key="t", label="test", noun="line",
        action="screen.test", needs=_has_line,
        help="Consent to the exact words of the marked agreement, or of the last one.",
    ),
    Verb(
        id="line.show", key="l", label="all of it", noun="line",
        action="screen.show_line", needs=_has_line, in_bar=False,
        help="Everything about the marked line, or the last one: its history, how far "
        "it travels, where it stands, and what else can be told of it.",
    ),
    CARRYING_SHOWN._replace(in_bar=False),
    Verb(
        id="line.withdraw", key="x", label="withdraw", noun="line", wish=_withdraw,
        in_bar=False,
        help="Hide the marked line, or the last one, everywhere.",
    ),
    Verb(
        id="line.take_back", key="ctrl+b", label="take back", noun="line",
        wish=lambda _: TakeBack(), while_typing=True, in_bar=False,
        help="Take the last line back, as if it had not been written; also one of the room, "
        "and while typing.",
    ),
    Verb(
        id="notes.agree", key="K", label="what is kept", noun="notes",
        action="screen.notes", in_bar=False,
        help="What this notebook keeps, to read to the group; then keep, or room only for now.",
    ),
    Verb(
        id="care.hold", key="H", label="who holds it", noun="care",
        action="screen.hold_care", in_bar=False,
        wish=lambda _: HoldCare(holder="", follow_up=False),
        help="After a pause for care: who is there for it, and whether to come back to it. "
        "Nothing is written about what it was.",
    ),
    Verb(
        id="segment.heavy", key="h", label="heavy", noun="part",
        action="screen.aside('heavy')", needs=_offers("if_heavy"),
        help="Show what to do if the room is hurting; again hides it.",
    ),
    Verb(
        id="segment.short", key="s", label="short", noun="part",
        action="screen.aside('short')", needs=_offers("if_short"),
        help="Show what to leave out first when time is short; again hides it.",
    ),
    Verb(
        id="segment.quiet", key="q", label="quiet", noun="part",
        action="screen.aside('quiet')", needs=_offers("if_quiet"),
        help="Show what to do if nobody speaks; again hides it.",
    ),
    Verb(
        id="step.undo", key="u", label="undo", noun="step", wish=lambda _: Undo(),
        help="Take the last step back, a line included; older ones are asked about.",
    ),
    Verb(
        id="sitting.close", key="ctrl+e", label="close", noun="sitting",
        action="app.close_sitting", while_typing=True, in_bar=False,
        needs=lambda state: state.started_at is not None,
        help="End the sitting: decide what travels on, and write its record.",
    ),
    *ASIDE,
)  # fmt: skip
"""On the screen where a sitting runs."""

DEBRIEF = (
    Verb(
        id="debrief.next", key="enter", label="next question", noun="debrief",
        action="screen.next_question", while_typing=True,
        help="Go on to the next question; from the last one to the first.",
    ),
    Verb(
        id="debrief.save", key="ctrl+s", label="save", noun="debrief",
        action="screen.save", while_typing=True,
        help="Keep the answers, on this machine only.",
    ),
    Verb(
        id="debrief.leave", key="escape", label="leave", noun="debrief",
        action="screen.leave", while_typing=True,
        help="Go on without answers; nothing of them is kept.",
    ),
)  # fmt: skip
"""On the screen with the questions for afterwards."""

VERBS = {
    verb.id: verb
    for verb in (
        *BEFORE, *RUN, *LINE, *CONSENT, *CARRYING, *HARVEST, *READING, *DEBRIEF,
        *LOOKING_BACK, *PROGRAMME, *BUILD, *REHEARSAL, *ANYWHERE,
    )
}  # fmt: skip
"""By id, in the order of the help page."""


def is_live(action: str, parameters: tuple[object, ...], *, typing: bool) -> bool:
    """Whether a Textual action means something now; actions of no verb always do.

    Screens may share the name of one, as `screen.save`: where it works while someone types on
    one of them, it does on each.
    """
    if not typing:
        return True
    if action == "do":
        verb = VERBS.get(str(parameters[0]))
        return verb is None or verb.while_typing
    meant = _BY_ACTION.get((action, parameters), ())
    return not meant or any(verb.while_typing for verb in meant)


UNDO = tuple(verb for verb in RUN if verb.id == "step.undo")
"""The undo alone, for screens other than the running one."""

_BY_ACTION: dict[tuple[str, tuple[object, ...]], list[Verb]] = {}
"""By name and parameters of the Textual action."""
for _verb in VERBS.values():
    if _verb.action:
        _BY_ACTION.setdefault(parse(_verb.action)[1:], []).append(_verb)
