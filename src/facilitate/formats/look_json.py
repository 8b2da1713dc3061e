"""A look as one line of JSON, for other programs."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from facilitate.core.agenda import Agenda
from facilitate.core.clock_time import local, minutes
from facilitate.core.fit import Fit
from facilitate.core.look import CaptureSeen, Look, RowSeen


def look_json(look: Look, agenda: Agenda) -> str:
    """One object on one line, in ASCII.

    Clock times are `HH:MM:SS` in the agenda's zone, lengths are minutes with their
    fractions, and what there is none of is null.
    """
    values = _Values(agenda)
    return json.dumps(values.look(look))


class _Values:
    """Makes plain data out of values, in the zone of one agenda."""

    def __init__(self, agenda: Agenda) -> None:
        self._agenda = agenda

    def look(self, look: Look) -> dict[str, Any]:
        return {
            "now": self._clock(look.now),
            "current": look.current,
            "active_min": _minutes(look.active),
            "left_min": _minutes(look.left),
            "drift_min": _minutes(look.drift),
            "since_began_min": _minutes(look.since_began),
            "projected_end": self._clock(look.projected_end),
            "promised_end": self._clock(look.promised_end),
            "leave_by": self._clock(look.leave_by),
            "on_plan_until": self._clock(look.on_plan_until),
            "signal": look.signal,
            "in_hand_min": _minutes(look.ahead.in_hand if look.ahead else None),
            "back_at": self._clock(look.back_at),
            "barrier": look.ahead.barrier.name if look.ahead else None,
            "rounds": list(look.rounds),
            "offers": list(look.offers),
            "rows": [self._row(row) for row in look.rows],
            "fit": _fit(look.fit),
            "captures": [_capture(capture) for capture in look.captures],
        }

    def _row(self, row: RowSeen) -> dict[str, Any]:
        return {
            "id": row.segment,
            "status": row.status.replace(" ", "-"),
            "planned_start": self._clock(row.planned_start),
            "planned_end": self._clock(row.planned_end),
            "start": self._clock(row.start),
            "end": self._clock(row.end),
            "allotted_min": _minutes(row.allotted),
            "hold_min": _minutes(row.hold),
            "late_min": _minutes(row.late),
            "runs": [[self._clock(start), self._clock(end)] for start, end in row.runs],
        }

    def _clock(self, at: dt.datetime | None) -> str | None:
        return None if at is None else local(self._agenda, at).strftime("%H:%M:%S")


def _minutes(length: dt.timedelta | None) -> float | None:
    if length is None:
        return None
    count = length / minutes(1)
    return int(count) if count.is_integer() else count


def _fit(fit: Fit) -> dict[str, Any]:
    return {
        "trims": [
            {"id": t.segment, "from_min": t.from_minutes, "to_min": t.to_minutes}
            for t in fit.trims
        ],
        "shortfalls": [
            {"promise": s.barrier.name, "minutes": s.minutes} for s in fit.shortfalls
        ],
        "skips": list(fit.skips),
    }


def _capture(capture: CaptureSeen) -> dict[str, Any]:
    return {
        "id": capture.id,
        "kind": capture.kind,
        "state": capture.state,
        "text": capture.text or None,
        "label": capture.label or None,
        "ring": capture.ring,
        "origin": capture.origin,
        "lineage": capture.lineage or None,
        "tags": list(capture.tags),
        "facet": capture.facet,
        "owner": capture.owner or None,
        "when": capture.when or None,
        "version": capture.version,
    }
