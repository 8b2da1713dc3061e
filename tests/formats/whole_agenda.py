"""An agenda in which everything is said that can be said, for tests of what becomes of it."""

from __future__ import annotations

from pathlib import Path

from facilitate.core.agenda import Agenda
from facilitate.formats.agenda_toml import read_agenda

GOLDEN = Path(__file__).parents[1] / "golden" / "agenda_export"
SHIPPED = sorted(
    path
    for path in (Path(__file__).parents[2] / "agendas").glob("*.toml")
    if path.name != "programme.toml"
)

OF_TEAM = (
    "Name One", "Name Two", "co_lead", "no hurry", "SUM(A1", "[doors]", "day_shape",
    "+1 if you",
    "Captions", "Read it aloud", "What helps", "Leave out", "Slow down", "Wait.", "example.org",
    "@pens", "scissors", "A question?", "Stay and write", "What stays?", "Half of it", "Nearly",
    "One word", "facilitator>=1", "guest", "offered words", "Open the doors", "What stayed?",
    "The notes to all", "our-cohort", "our-programme", "our-topic", "our-series", "winter-1",
    "agreement", "breakout", "protected",
)  # fmt: skip
"""Words that only the team is to read."""

FOR_ALL = (
    "A day in <spring> & [b]more[/b]", "Part one: \u05de\u05d9\u05dd | words", "14 March 2027",
    "09:00 to 10:45 (America/Los_Angeles)", "online and in person",
    "Everyone who works with *babies*", "Two lines of one paragraph.", "And another _one_.",
    "Begin a list of #words.", "- Rest.", "Arriving | together", "Let people land.", "Break",
    "\u05de\u05d9\u05dd \u05e8\u05d1\u05d9\u05dd", "Closing",
)  # fmt: skip
"""Words that everyone reads on a page."""


def read(path: Path) -> Agenda:
    """The agenda in a file."""
    agenda = read_agenda(path.read_bytes(), path.name).agenda
    assert agenda is not None
    return agenda


def whole() -> Agenda:
    """The agenda of the golden files."""
    return read(GOLDEN / "agenda.toml")
