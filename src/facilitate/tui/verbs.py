"""Every verb of the interface, said once: its key, its words, and what it asks for.

Footer, command palette, help page, the user's own keys and the grey of what is not possible
now all read this table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from textual.actions import parse
from textual.binding import ActiveBinding, Binding

from facilitate.core.commands import (
    Command,
    Keep,
    LetGo,
    NeedsAsking,
    Next,
    ReadBack,
    Refused,
    TakeBack,
    Undo,
    Withdraw,
)
from facilitate.core.decide import HELD_KEY, decide
from facilitate.core.posts import next_post
from facilitate.core.state import SessionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a verb may look at."""

    state: SessionState
    now: dt.datetime
    by: str
    chosen: int | None = None
    """Number of the line that is marked on the screen; None when none is."""


Wish = Callable[[Situation], Command]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One thing that a facilitator can do."""

    id: str
    key: str
    label: str
    """One or two words for the key bar."""
    noun: str
    """What it is about; the palette lists `noun: label`."""
    help: str
    """A sentence for the help page."""
    action: str = ""
    """A Textual action, for what opens something first; empty when `wish` says it all."""
    wish: Wish | None = None
    """The command it asks for; also asked whether it is possible."""
    needs: Callable[[SessionState], bool] = lambda _: True
    """Whether it makes sense, where no command can be asked."""
    while_typing: bool = False
    """Whether the key works while someone types."""
    in_bar: bool = True

    def binding(self) -> Binding:
        """The key as Textual wants it.

        Every key has priority, and so takes effect before the next one is looked at: words
        typed right after Space never reach the keys. `is_live` keeps letters out of the way
        while someone types.
        """
        return Binding(
            self.key,
            self.action or f"app.do('{self.id}')",
            self.label,
            show=self.in_bar,
            tooltip=self.help,
            priority=True,
            id=self.id,
        )

    def is_possible(self, situation: Situation) -> bool:
        """Whether it could be done now; a question to be asked first does not count against.

        Nor does what is refused only because a key might be held down.
        """
        if self.wish is None:
            return self.needs(situation.state)
        soon = situation.now + HELD_KEY
        try:
            decide(situation.state, self.wish(situation), soon, situation.by)
        except NeedsAsking:
            return True
        except Refused:
            return False
        return True


def _next(situation: Situation) -> Command:
    run = situation.state.run
    return Next(seen=run.segment if run else None)


def _withdraw(situation: Situation) -> Command:
    return Withdraw(number=situation.chosen or latest_number(situation.state) or 0)


def latest_number(state: SessionState) -> int | None:
    """Number of the line captured last that can be seen; None when there is none."""
    visible = [e for e in state.entries.values() if e.is_shown]
    return visible[-1].number if visible else None


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
        id="segment.pause", key="p", label="pause", noun="part",
        action="screen.pause", needs=_runs,
        help="Let the time of this part stand still: for care, for the tech, or to hold.",
    ),
    Verb(
        id="post.copy", key="c", label="copy post", noun="post",
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
        action="screen.reword", needs=_has_line,
        help="Give the marked line, or the last one, other words; the earlier ones stay "
        "readable.",
    ),
    Verb(
        id="line.withdraw", key="x", label="withdraw", noun="line", wish=_withdraw,
        help="Hide the marked line, or the last one, everywhere.",
    ),
    Verb(
        id="line.take_back", key="ctrl+b", label="take back", noun="line",
        wish=lambda _: TakeBack(), while_typing=True, in_bar=False,
        help="Take the last line back, as if it had not been written; also while typing.",
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
)  # fmt: skip
"""On the screen where a sitting runs."""

BEFORE = (
    Verb(
        id="sitting.start", key="enter", label="start", noun="sitting",
        action="screen.start", needs=lambda state: state.agenda is not None,
        help="Begin the first part, after a question; the true start is kept.",
    ),
    Verb(
        id="preparation.tick", key="space", label="tick", noun="preparation",
        action="screen.tick", needs=lambda state: bool(state.agenda and state.agenda.before),
        help="Mark the preparation item as done, or as not done.",
    ),
)  # fmt: skip
"""On the screen before the start."""

HARVEST = (
    Verb(
        id="harvest.keep", key="k", label="keep", noun="line",
        wish=lambda s: Keep(number=s.chosen or 0),
        help="Let the marked line travel with the cohort, and enter the record.",
    ),
    Verb(
        id="harvest.let_go", key="l", label="let go", noun="line",
        wish=lambda s: LetGo(number=s.chosen or 0),
        help="Let the marked line go: it leaves this machine.",
    ),
    Verb(
        id="harvest.close", key="enter", label="close", noun="sitting", action="screen.close",
        help="End the sitting and write its record, once every line was decided.",
    ),
    Verb(
        id="harvest.back", key="escape", label="back", noun="sitting", action="screen.back",
        help="Go back to the sitting; nothing is decided for good.",
    ),
)  # fmt: skip
"""On the screen that closes a sitting."""

ANYWHERE = (
    Verb(
        id="screen.cover", key="v", label="cover", noun="screen", action="app.cover",
        help="Cover the whole screen at once; again uncovers it.",
    ),
    Verb(
        id="screen.cover_now", key="f9", label="cover while typing", noun="screen",
        action="app.cover_now", while_typing=True, in_bar=False,
        help="The same, also while typing.",
    ),
    Verb(
        id="help.show", key="question_mark", label="help", noun="help",
        action="app.help", help="Show every key and what it does.",
    ),
    Verb(
        id="palette.show", key="ctrl+p", label="more", noun="palette",
        action="app.command_palette", while_typing=True,
        help="List all that can be done now; a few letters find it.",
    ),
    Verb(
        id="app.quit", key="ctrl+q", label="quit", noun="program",
        action="app.leave", while_typing=True, in_bar=False,
        help="Leave; asks while a sitting runs. The sitting can be gone on with later.",
    ),
)  # fmt: skip
"""On every screen."""

VERBS = {verb.id: verb for verb in (*BEFORE, *RUN, *HARVEST, *ANYWHERE)}
"""By id, in the order of the help page."""


KEY_NAMES = {
    "question_mark": "?",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
}


def key_name(keys: str) -> str:
    """A key as people call it; the first of several."""
    first = keys.partition(",")[0]
    return KEY_NAMES.get(first, first)


def is_live(action: str, parameters: tuple[object, ...], *, typing: bool) -> bool:
    """Whether a Textual action means something now; actions of no verb always do."""
    verb = (
        VERBS.get(str(parameters[0]))
        if action == "do"
        else _BY_ACTION.get((action, parameters))
    )
    return verb is None or verb.while_typing or not typing


UNDO = tuple(verb for verb in RUN if verb.id == "step.undo")
"""The undo alone, for screens other than the running one."""

_BY_ACTION = {parse(verb.action)[1:]: verb for verb in VERBS.values() if verb.action}
"""By name and parameters of the Textual action."""


def bindings(
    *groups: tuple[Verb, ...],
) -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """The keys of some groups of verbs, for a screen."""
    return [verb.binding() for group in groups for verb in group]


def first_keys(active: Iterable[ActiveBinding]) -> Iterator[ActiveBinding]:
    """Each action once, with the first of its keys."""
    seen: set[str] = set()
    for one in active:
        if one.binding.action not in seen:
            seen.add(one.binding.action)
            yield one
