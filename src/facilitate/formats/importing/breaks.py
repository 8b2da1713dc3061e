"""Breaks put into a day that has too few of them, where someone asked for that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from facilitate.core.agenda import Segment
from facilitate.formats.agenda_advice import LONGEST_STRETCH
from facilitate.formats.importing.draft import Draft
from facilitate.formats.importing.segments import with_ids

LENGTH = 10
"""Minutes."""


def with_breaks(draft: Draft) -> Draft:
    """The draft with a break before each part with which too long a time would go by."""
    agenda = draft.agenda
    places = list(_places(agenda.segments))
    if not places:
        return draft
    segments: list[Segment] = []
    for place, segment in enumerate(agenda.segments):
        if place in places:
            segments.append(Segment(id="", title="Break", kind="break", minutes=LENGTH))
        segments.append(segment)
    before = ", ".join(f'"{agenda.segments[place].title}"' for place in places)
    remarks = (
        one._replace(before=one.before + sum(place < one.before for place in places))
        for one in draft.remarks
    )
    told = f"A break of {LENGTH} min was put in, as asked for, before {before}."
    return replace(
        draft,
        agenda=replace(
            agenda,
            segments=tuple(with_ids(segments)),
            minutes=agenda.minutes + LENGTH * len(places),
        ),
        remarks=tuple(remarks),
        guessed=(*draft.guessed, told),
    )


def _places(segments: Sequence[Segment]) -> Iterator[int]:
    """The parts before which a break is needed; a part that is too long itself stays so."""
    since = 0
    for place, segment in enumerate(segments):
        if segment.kind == "break":
            since = 0
            continue
        if since and since + segment.minutes > LONGEST_STRETCH:
            yield place
            since = 0
        since += segment.minutes
