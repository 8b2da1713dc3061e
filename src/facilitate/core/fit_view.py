"""What the fit screen shows, as plain values."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from facilitate.core.choices import Offer, fitting
from facilitate.core.clock_time import minutes
from facilitate.core.events import FitApplied, Recorded
from facilitate.core.fit import fit
from facilitate.core.fit_words import offers
from facilitate.core.fold import evolve
from facilitate.core.posts import day_shape
from facilitate.core.promises import ahead
from facilitate.core.schedule import Projection, project, taken_for_care
from facilitate.core.state import SessionState
from facilitate.core.time_words import care_words, drift_words, length_words


class Shorter(NamedTuple):
    """One line of the table: a part that would get shorter."""

    title: str
    from_minutes: int
    to_minutes: int
    if_short: str
    """What to leave out first, by the agenda; empty when it does not say."""


class FitView(NamedTuple):
    """The proposal at one moment."""

    stands: str
    """How the day stands, in words."""
    shorter: tuple[Shorter, ...]
    says: tuple[str, ...]
    """What cannot be kept, and what else could be done."""
    before: str
    """The breaks and the end as things are: `10:22 Break, 11:32 end`."""
    after: str
    """The same with the shorter parts; empty when none would be shorter."""
    offers: tuple[Offer, ...]
    """What can be accepted, each for itself."""


def fit_view(state: SessionState, now: dt.datetime) -> FitView | None:
    """The proposal; None when nothing is open or the sitting is closed."""
    proposal, projection = fit(state, now), project(state, now)
    if proposal is None or projection is None:
        return None
    parts = ((state.part(trim.segment), trim) for trim in proposal.trims)
    after = ""
    if proposal.trims:
        applied = FitApplied(allotments=proposal.allotments, at=now)
        after = day_shape(_with(state, applied), now)
    return FitView(
        stands=", ".join(_stands(state, projection, now)),
        shorter=tuple(
            Shorter(part.title, t.from_minutes, t.to_minutes, " ".join(part.if_short.split()))
            for part, t in parts
            if part is not None
        ),
        says=offers(proposal, state, projection),
        before=day_shape(state, now),
        after=after,
        offers=fitting(state, proposal, projection),
    )


def _stands(state: SessionState, projection: Projection, now: dt.datetime) -> list[str]:
    """The drift, what of it went into care, and what is in hand before the next promise."""
    care = taken_for_care(state, projection, now)
    words = [drift_words(projection.drift - care), *care_words(care)]
    if state.run is None:
        return words
    found = ahead(state, projection, now)
    part = state.part(found.barrier.name)
    count = found.in_hand // minutes(1)
    before = part.title if part else "the end"
    return [*words, f"{length_words(count)} in hand before {before}"] if count > 0 else words


def _with(state: SessionState, event: FitApplied) -> SessionState:
    """The state as it would be; nothing is recorded."""
    last = state.history[-1] if state.history else None
    stamp = last.stamp if last else ""
    return evolve(state, Recorded(writer="~", n=0, stamp=stamp, by="", event=event))
