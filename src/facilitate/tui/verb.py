"""What a verb of the interface is, and the verbs of the first screens.

Light on purpose: the first paint waits for this and not for the rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import ActiveBinding, Binding

if TYPE_CHECKING:
    from facilitate.core.commands import Command
    from facilitate.core.state import SessionState


class Situation(NamedTuple):
    """What a verb may look at."""

    state: SessionState
    now: dt.datetime
    by: str
    chosen: int | None = None
    """Number of the line that is marked on the screen; None when none is."""


Wish = Callable[[Situation], "Command"]


class Verb(NamedTuple):
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
        from facilitate.core.decide import decide
        from facilitate.core.decide_time import HELD_KEY
        from facilitate.core.refusal import NeedsAsking, Refused

        soon = situation.now + HELD_KEY
        try:
            decide(situation.state, self.wish(situation), soon, situation.by)
        except NeedsAsking:
            return True
        except Refused:
            return False
        return True


CARRYING_SHOWN = Verb(
    id="carrying.show", key="g", label="carrying", noun="lines",
    action="screen.carrying", needs=lambda state: state.agenda is not None,
    help="What we are carrying: the lines of earlier sittings, and starting points.",
)  # fmt: skip
"""Before the start, and while a sitting runs."""

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
    Verb(
        id="doors.open", key="o", label="doors open", noun="doors",
        action="screen.open_doors", needs=lambda state: state.doors_at is None,
        help="Note that people may come in from now on.",
    ),
    CARRYING_SHOWN,
)  # fmt: skip
"""On the screen before the start."""

REHEARSAL = (
    Verb(
        id="rehearsal.one", key="1", label="one min on", noun="rehearsal",
        action="app.forward(1)", needs=lambda state: state.rehearsal,
        help="Put the clock of a rehearsal one minute forward.",
    ),
    Verb(
        id="rehearsal.five", key="5", label="five min on", noun="rehearsal",
        action="app.forward(5)", needs=lambda state: state.rehearsal,
        help="Put the clock of a rehearsal five minutes forward.",
    ),
    Verb(
        id="rehearsal.ten", key="0", label="ten min on", noun="rehearsal",
        action="app.forward(10)", needs=lambda state: state.rehearsal,
        help="Put the clock of a rehearsal ten minutes forward.",
    ),
)  # fmt: skip
"""On every screen of a rehearsal, and nowhere else."""

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

KEY_NAMES = {
    "question_mark": "?",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "slash": "/",
}


def key_name(keys: str) -> str:
    """A key as people call it; the first of several."""
    first = keys.partition(",")[0]
    return KEY_NAMES.get(first, first)


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


FIRST = {verb.id: verb for verb in (*BEFORE, *ANYWHERE, *REHEARSAL)}
"""The verbs that are there before a sitting runs, by id."""
