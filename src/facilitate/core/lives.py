"""How a line lives: where each kind may go from where it stands.

The drawing is that of docs/captures.md. Withdrawing is possible from anywhere and is no state;
"due another look" is derived from dates and is none either.
"""

from __future__ import annotations

from collections.abc import Mapping

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import KINDS, Entry, EntryState
from facilitate.core.refusal import Refused

Life = Mapping[EntryState, tuple[EntryState, ...]]
"""From a state to those that may follow it."""

_ASIDE: tuple[EntryState, ...] = ("open", "parked", "set aside", "merged")

_AGREEMENT: Life = {
    "heard": ("proposed", *_ASIDE),
    "proposed": ("tested", *_ASIDE),
    "tested": ("in force", "proposed", *_ASIDE),
    "in force": ("amending", "retired"),
    "amending": ("in force", "retired"),
    "open": ("proposed", "tested", "parked", "set aside", "merged"),
    "parked": ("revived", "set aside"),
    "set aside": ("revived",),
    "merged": ("revived",),
    "retired": ("revived",),
    "revived": ("proposed", "tested", *_ASIDE),
}
_TERM: Life = {
    "heard": ("working",),
    "working": ("shared",),
    "shared": ("working", "moving away from"),
    "moving away from": (),
}
_TRIED: Life = {
    "named": ("open", "let go"),
    "open": ("tried", "let go"),
    "tried": ("learned", "let go"),
    "learned": (),
    "let go": (),
}
_QUESTION: Life = {
    "open": ("parked", "answered", "handed on", "let go"),
    "parked": ("open", "answered", "handed on", "let go"),
    "answered": (),
    "handed on": (),
    "let go": (),
}
_NOTED: Life = {"noted": ("checked", "let go"), "checked": ("noted",), "let go": ()}

LIVES: Mapping[CaptureKind, Life] = {
    "agreement": _AGREEMENT,
    "term": _TERM,
    "framework": _TERM,
    "example": _NOTED,
    "practice": _TRIED,
    "commitment": _TRIED,
    "question": _QUESTION,
    "learning": _NOTED,
    "resource": _NOTED,
    "gratitude": _NOTED,
}

ENDED: frozenset[EntryState] = frozenset(
    {"retired", "set aside", "merged", "moving away from", "learned", "answered", "let go"}
)
"""States that nothing is carried on from."""

BEFORE_ADOPTION: frozenset[EntryState] = frozenset({"heard", "proposed", "tested", "open"})
"""States of an agreement to which nobody has said yes yet, unless it says when that was."""

WITHOUT_ADOPTION: frozenset[EntryState] = frozenset({"retired", "set aside", "revived"})
"""States in which what was adopted before holds no more."""

_BY_DEED: Mapping[EntryState, str] = {
    "tested": "Put its exact words to the group with t.",
    "in force": "It takes a test of its exact words, and then the group's yes.",
    "amending": "Give it other words with w; that opens it again.",
    "noted": "Give it other words with w; then it is looked at again.",
}
"""States that a deed of their own leads to, and what to do instead of moving there."""


def following(entry: Entry) -> tuple[EntryState, ...]:
    """The states that may follow the one where an entry stands."""
    return LIVES[entry.kind].get(entry.state, ())


def may_be_read_back(entry: Entry) -> bool:
    """Whether reading an entry aloud to the group moves it on, where it stands now."""
    return entry.state in _UNREAD and KINDS[entry.kind].read_back in following(entry)


_UNREAD: tuple[EntryState, ...] = ("heard", "open", "revived")
"""Where an entry waits for the group to hear it, or to hear it again."""


def may_be_tested(entry: Entry) -> bool:
    """Whether the group can be asked about the words of an entry, where it stands now."""
    return entry.state in ("tested", "amending") or "tested" in following(entry)


def may_move(entry: Entry, to: EntryState) -> bool:
    """Whether an entry may be moved to a state, from where it stands now."""
    return to in following(entry) and to not in _BY_DEED


def check_move(entry: Entry, to: EntryState) -> None:
    """Do nothing when an entry may be moved to a state.

    Raises:
        Refused: when it may not; the sentence says what is possible instead.
    """
    if to == entry.state:
        raise Refused(f"{entry.name} is {to} already. {_possible(entry)}")
    if to not in LIVES[entry.kind]:
        raise Refused(f"{a_kind(entry.kind).capitalize()} is never {to}. {_possible(entry)}")
    if to not in following(entry):
        raise Refused(f"{entry.name} is {entry.state}. {_possible(entry)}")
    if to in _BY_DEED:
        raise Refused(_BY_DEED[to])


def _possible(entry: Entry) -> str:
    possible = following(entry)
    if not possible:
        return "From here it can only be withdrawn."
    return f"From here it can become {' or '.join(possible)}."


def a_kind(kind: CaptureKind) -> str:
    """A kind as people say it of one line: `an agreement`, `a term`."""
    return f"{'an' if kind[0] in 'ae' else 'a'} {kind}"
