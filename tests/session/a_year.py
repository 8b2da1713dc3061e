"""A year of one cohort, and a little of another: what an archive is searched for."""

from __future__ import annotations

import datetime as dt

from tests.session.cohort import line, record

from facilitate.core.captures import Detail
from facilitate.core.record import RecordedEntry
from facilitate.core.travelling import Wording

HARBOUR, MOORING = "harbour-2026", "mooring-2026"
MONTHS = (
    "arriving", "how we want to be", "repair, a first look", "rest", "tending the tired",
    "halfway", "words at home", "the long summer", "repair, again", "who holds the supervisor",
    "thanks", "looking back",
)  # fmt: skip
"""The sittings of the year, one a month."""
PART_ONE, PART_TWO = 3, 9
"""Months of the two parts of one topic."""


def day(month: int) -> dt.date:
    """The day of the sitting of a month."""
    return dt.date(2026, month, 12)


def sitting_of(month: int) -> str:
    """Its id."""
    return f"{day(month)}-m{month}"


def write_a_year() -> None:
    """Twelve sittings: agreements adopted, amended, let go; a term in two parts; examples."""
    for month, title in enumerate(MONTHS, 1):
        parts = {PART_ONE: 1, PART_TWO: 2}
        part = {"topic": "repair", "part": parts[month], "parts": 2} if month in parts else {}
        record(
            f"m{month}", *lines_of(month), date=day(month), cohort=HARBOUR,
            subtitle=title.capitalize(), programme="harbour-circles", number=month, **part,
        )  # fmt: skip
    record(
        "tide", line("A1", "Repair begins with whoever noticed it", ring="public"),
        line("A2", "Boats leave on time [b]always[/b]"),
        date=dt.date(2026, 5, 2), cohort=MOORING, subtitle="Mooring circle",
    )  # fmt: skip


def lines_of(month: int) -> tuple[RecordedEntry, ...]:
    """What the sitting of a month kept."""
    found = f"Bring what we found to the {MONTHS[month - 1]} table"
    return *_LINES.get(month, ()), line(f"C{40 + month}", found)


def again(made: int, name: str, text: str, **fields: object) -> RecordedEntry:
    """A line that was made in another month."""
    return line(name, text, carried_from=sitting_of(made), **fields)


_MIC = "One mic, one speaker"
_BREATH = "One mic, one speaker, and we wait a breath"
_LOOKS_LIKE = (
    Detail(name="looks_like", text="Someone holds up a hand before the second voice"),
)
_LINES: dict[int, tuple[RecordedEntry, ...]] = {
    2: (
        line(
            "A3", _MIC, adopted=1, adopted_on=day(2), lineage="the elders' circle",
            details=_LOOKS_LIKE, ring="public",
        ),
        line(
            "A4", "What is said here stays; what is learned leaves", adopted=2,
            adopted_on=day(2),
        ),
        line("A5", "Cameras are on", adopted=1, adopted_on=day(2)),
        RecordedEntry(
            id="F6", kind="framework", state="shared", ring="cohort",
            text="circle of care = a safe base and a way back",
        ),
        RecordedEntry(
            id="F7", kind="framework", state="working", ring="cohort", text="tides = it returns"
        ),
    ),
    3: (
        line("T10", "repair = saying sorry", state="working"),
        line("Q11", "Who goes first when both are hurt?", when="part2"),
        line(
            "E12", "The intake form asks who counts as family", facet="policy",
            belongs_with="F6",
        ),
        line(
            "E13", "A supervisor opens with two minutes of arrival", facet="leadership",
            details=(Detail(name="links", text="circle of care"),),
        ),
    ),
    6: (
        again(2, "A3", _BREATH, adopted=2, adopted_on=day(6), lineage="the elders' circle",
              details=_LOOKS_LIKE, earlier=(Wording(text=_MIC),), ring="public"),
        again(2, "A5", "Cameras are on", state="let go"),
    ),
    9: (
        again(3, "T10", "repair = going back to someone, and staying", state="shared",
              earlier=(Wording(text="repair = saying sorry"),)),
        again(3, "Q11", "Who goes first when both are hurt?", state="answered"),
    ),
    12: (
        again(2, "A3", _BREATH, adopted=2, adopted_on=day(6), lineage="the elders' circle",
              reaffirmed=True, ring="public"),
    ),
}  # fmt: skip
