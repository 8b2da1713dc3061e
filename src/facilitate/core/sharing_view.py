"""What an export would hold, to be looked at before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import RINGS
from facilitate.core.record import RecordedEntry, RecordRing
from facilitate.core.sharing import Shared, contains_words
from facilitate.core.threads import facts

WITHOUT_WORDS = frozenset({"ics", "counts"})
"""Forms in which nothing stands that anyone said."""


class PreviewRow(NamedTuple):
    """One line that would be handed on."""

    name: str
    """What people say: `A12`."""
    kind: CaptureKind
    ring: RecordRing
    """How far the line itself may travel."""
    text: str
    """Empty where the export has its name alone."""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<PreviewRow {self.name}>"


class Preview(NamedTuple):
    """What an export would hold."""

    what: str
    """What it is, of which sitting: `A page for the group: Day one (2026-11-22)`."""
    contains: str
    """How much is in it and how far it may go, in one sentence."""
    rows: tuple[PreviewRow, ...]
    """Every line of which something is in it but its number, in the order of the export."""
    behind: tuple[str, ...]
    """What stays behind, each one as a sentence; empty when nothing does."""
    nothing: str
    """Why there is nothing to hand on, in a sentence; empty when there is something."""
    would_do: RecordRing | None
    """The widest ring with which there would be something; None when no ring would do."""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<Preview {self.contains}>"


def preview(shared: Shared) -> Preview:
    """What an export holds, before anything is written."""
    holds, sitting = shared.rules.holds, facts(shared.record)
    nothing = nothing_words(shared)
    return Preview(
        what=f"{holds[0].upper()}{holds[1:]}: {sitting.title} ({sitting.date.isoformat()})",
        contains=contains_words(shared),
        rows=_rows(shared),
        behind=shared.behind,
        nothing=nothing,
        would_do=max(shared.narrow, key=RINGS.index) if nothing and shared.narrow else None,
    )


def _rows(shared: Shared) -> tuple[PreviewRow, ...]:
    """The numbers of a funder have no line of their own; a record has all of its sitting's."""
    if shared.form == "counts":
        return ()
    entries = (line.entry for line in shared.lines)
    if shared.rules.here:
        entries = (entry for entry in shared.record.entries)
    return tuple(_row(entry, with_words=shared.form not in WITHOUT_WORDS) for entry in entries)


def _row(entry: RecordedEntry, *, with_words: bool) -> PreviewRow:
    text = entry.text if with_words else ""
    return PreviewRow(name=entry.id, kind=entry.kind, ring=entry.ring, text=text)


# Where there is nothing


_GO: Mapping[RecordRing, str] = {
    "cohort": "go to the cohort",
    "team": "go as far as the team",
    "public": "be shown to everyone",
}
_BELONGS: Mapping[RecordRing, str] = {
    "cohort": "to the cohort", "team": "to the team", "public": "to everyone",
}  # fmt: skip


def nothing_words(shared: Shared) -> str:
    """Why an export would hold nothing, in a sentence; empty when it would hold something.

    Numbers and records are something also without a line.
    """
    if shared.lines or shared.rules.here or shared.form == "counts":
        return ""
    what = _what(shared.rules.kinds)
    if shared.narrow:
        return f"No {what} may {_GO[shared.ring]} yet; {_belong(shared)}."
    if shared.form == "ics":
        return " ".join(("No line has a day for another look yet.", *shared.behind))
    return " ".join((f"There is no {what} to hand on yet.", *shared.behind))


_FEW = 3
"""Up to so many kinds are named one by one."""


def _what(kinds: tuple[CaptureKind, ...]) -> str:
    """What could be in it: `agreement, term or framework`, or just any line."""
    if len(kinds) > _FEW:
        return "line"
    return " or ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))


def _belong(shared: Shared) -> str:
    """How far the lines may go that would be in it: `5 belong to the cohort`."""
    counts = Counter(shared.narrow)
    first, *others = ((counts[ring], to) for ring, to in _BELONGS.items() if counts[ring])
    verb = "belongs" if first[0] == 1 else "belong"
    return " and ".join((f"{first[0]} {verb} {first[1]}", *(f"{n} {to}" for n, to in others)))
