"""How a line of any kind gets to where it stands: commands from its capture on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import NewLine, NewWording
from facilitate.core.captures import Entry, EntryState
from facilitate.core.commands import Command
from facilitate.core.entry_commands import (
    AdoptLine,
    Capture,
    Keep,
    LetGo,
    MoveTo,
    PutToTest,
    ReadBack,
    Reword,
)
from facilitate.core.tally import SCALES

if TYPE_CHECKING:
    from tests.core.conftest import Sitting

FIST = SCALES["fist"]
Road = tuple[Command, ...]

READ = ReadBack(number=1)
TEST = PutToTest(number=1, scale=FIST)
ADOPT = AdoptLine(number=1, confirmed=True)
AMEND = Reword(wording=NewWording(number=1, text="quite another thing"))


def to(state: EntryState, into: int | None = None) -> MoveTo:
    return MoveTo(number=1, state=state, into=into)


_TERM: Mapping[EntryState, Road] = {
    "heard": (),
    "working": (READ,),
    "shared": (READ, to("shared")),
    "moving away from": (READ, to("shared"), to("moving away from")),
}
_TRIED: Mapping[EntryState, Road] = {
    "named": (),
    "open": (to("open"),),
    "tried": (to("open"), to("tried")),
    "learned": (to("open"), to("tried"), to("learned")),
    "let go": (LetGo(number=1),),
}
_NOTED: Mapping[EntryState, Road] = {
    "noted": (),
    "checked": (Keep(number=1),),
    "let go": (LetGo(number=1),),
}
ROADS: Mapping[CaptureKind, Mapping[EntryState, Road]] = {
    "agreement": {
        "heard": (),
        "proposed": (READ,),
        "tested": (READ, TEST),
        "in force": (READ, TEST, ADOPT),
        "amending": (READ, TEST, ADOPT, AMEND),
        "retired": (READ, TEST, ADOPT, to("retired")),
        "open": (READ, to("open")),
        "parked": (to("parked"),),
        "set aside": (to("set aside"),),
        "merged": (to("merged", into=2),),
        "revived": (to("parked"), to("revived")),
    },
    "term": _TERM,
    "framework": _TERM,
    "example": _NOTED,
    "practice": _TRIED,
    "commitment": _TRIED,
    "question": {
        "open": (),
        "parked": (to("parked"),),
        "answered": (to("answered"),),
        "handed on": (to("parked"), to("handed on")),
        "let go": (to("let go"),),
    },
    "learning": _NOTED,
    "resource": _NOTED,
    "gratitude": _NOTED,
}
"""For each state of each kind a road that leads there; line 2 is another one of the kind."""

PLACES = [(kind, state) for kind, roads in ROADS.items() for state in roads]


def brought_to(sitting: Sitting, kind: CaptureKind, state: EntryState) -> Entry:
    """Line 1, brought to a state of its life; line 2 stands where it was captured."""
    for words in ("one thing", "the other thing"):
        sitting.do(Capture(line=NewLine(kind=kind, text=words)))
    for step in ROADS[kind][state]:
        sitting.do(step)
    return next(iter(sitting.state.entries.values()))
