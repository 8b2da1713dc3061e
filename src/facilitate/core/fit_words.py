"""A proposal in words: what would get shorter, what cannot be kept, what could be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from facilitate.core.agenda import Agenda
from facilitate.core.fit import Fit, Shortfall
from facilitate.core.promises import THE_END
from facilitate.core.schedule import Projection
from facilitate.core.state import SessionState
from facilitate.core.time_words import clock_words, length_words

LEFT = "More than a quarter of what remains is short: has the plan been left?"
"""Asked where trimming alone would change the day beyond recognition."""


def trim_words(fit: Fit, state: SessionState) -> tuple[str, ...]:
    """What would get shorter, and how: `Input 28 min instead of 30: One story only.`."""
    found = []
    for trim in fit.trims:
        segment = state.part(trim.segment)
        words = f"{state.title(trim.segment)} {trim.to_minutes} min"
        words += f" instead of {trim.from_minutes}"
        how = " ".join(segment.if_short.split()) if segment else ""
        found.append(f"{words}: {how}" if how else words)
    return tuple(found)


def offers(fit: Fit, state: SessionState, projection: Projection) -> tuple[str, ...]:
    """What cannot be kept, and what could be done besides trimming, a sentence each.

    Each stands for one decision; none is taken together with the trims. `projection` is the
    one that the proposal was made from.
    """
    assert state.agenda is not None, "there is a projection"
    return tuple(_offers(fit, state, state.agenda, projection))


def _offers(
    fit: Fit, state: SessionState, agenda: Agenda, projection: Projection
) -> Iterator[str]:
    yield from (_shortfall(one, state, agenda) for one in fit.shortfalls)
    if fit.skips:
        parts = [_told_apart(one, agenda, projection) for one in fit.skips]
        yield f"leave out {_listed(parts)}"
    if fit.overtime:
        yield f"ask the group for {length_words(fit.overtime)} more"
    for growth in fit.growing:
        yield f"{state.title(growth.segment)} can have {length_words(growth.minutes)} more"
    if fit.early_break is not None:
        segment, at = fit.early_break
        yield f"{state.title(segment)} could begin at {clock_words(agenda, at)}"
    if fit.early_end is not None:
        yield f"the sitting could end at {clock_words(agenda, fit.early_end)}"
    if fit.another_plan:
        yield LEFT


def _shortfall(shortfall: Shortfall, state: SessionState, agenda: Agenda) -> str:
    barrier = shortfall.barrier
    what = "the sitting" if barrier.name == THE_END else state.title(barrier.name)
    deed, at = "end" if barrier.ends else "begin", clock_words(agenda, barrier.at)
    return f"{what} cannot {deed} at {at}: {length_words(shortfall.minutes)} later"


def _told_apart(segment: str, agenda: Agenda, projection: Projection) -> str:
    """A part by its title, and by its time as well where another to come has that title."""
    row = next(row for row in projection.rows if row.segment.id == segment)
    title = row.segment.title
    namesakes = [one for one in projection.later if one.segment.title == title]
    return f"{title} at {clock_words(agenda, row.start)}" if namesakes[1:] else title


def _listed(names: Sequence[str]) -> str:
    """Names in a sentence: `One, Two and Three`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
