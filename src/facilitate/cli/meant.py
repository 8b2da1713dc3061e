"""Which sitting someone means by its date, or by the beginning of its id."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from facilitate.cli.told import Told

NEAR = 5
"""So many sittings are named at most when none or several were meant."""

ALIKE = 0.7
"""How much of two ids is the same when one may have been meant for the other, from 0 to 1."""


class Named(Protocol):
    """A sitting that can be meant."""

    @property
    def id(self) -> str:
        """It begins with the date."""
        ...

    @property
    def title(self) -> str:
        """What tells it from its neighbours; empty when that is not known."""
        ...


N = TypeVar("N", bound=Named)


def meant(wanted: str, offered: Sequence[N]) -> N:
    """The one sitting that was asked for.

    Raises:
        Told: when there is none, or more than one.
    """
    sought, shown = wanted.strip().lower(), f'"{_shown(wanted)}"'
    begins = [one for one in offered if one.id.lower().startswith(sought)]
    found = [one for one in begins if one.id.lower() == sought] or begins
    if len(found) == 1:
        return found[0]
    if found and sought:
        raise Told(_named(f"Several sittings begin with {shown}. Say more of one:", found))
    raise Told(_named(f"There is no sitting {shown} here. Near it:", _near(sought, offered)))


def _near(sought: str, offered: Sequence[N]) -> Sequence[N]:
    """The sittings that someone may have meant; the latest ones when nothing is near."""
    within = [one for one in offered if sought in f"{one.id} {one.title}".lower()]
    beginnings = {one.id: one.id.lower()[: len(sought)] for one in offered}
    likely = difflib.get_close_matches(sought[:100], set(beginnings.values()), NEAR, ALIKE)
    return within or [o for o in offered if beginnings[o.id] in likely] or offered[-NEAR:]


def _named(message: str, choices: Iterable[Named]) -> str:
    """The message with a line for each choice, as far as they can be taken in at a glance."""
    lines = [f"  {_shown(one.id)}  {_shown(one.title)}".rstrip() for one in choices]
    more = [f"  and {len(lines) - NEAR} more"] if len(lines) > NEAR else []
    return "\n".join((message, *lines[:NEAR], *more))


def _shown(text: str) -> str:
    from facilitate.formats.characters import printable

    return printable(text)
