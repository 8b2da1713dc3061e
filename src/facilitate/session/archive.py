"""What can be asked of the archive: words, the history of a line, what is in force.

Nothing that a group withdrew is shown here, whichever of its records still has the words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import clean
from facilitate.core.captures import KINDS, EntryState, Facet
from facilitate.core.searching import Hit, Hits, Query, sought
from facilitate.core.threads import Thread, ThreadKey
from facilitate.session.kept import Kept
from facilitate.session.kept_rows import step_of, threads_of
from facilitate.store.index import Wanted

if TYPE_CHECKING:
    from facilitate.store.index import Index, StepRow

Field = Literal["kind", "state", "cohort", "programme", "facet"]
"""What lines can be chosen by."""

MOST = 50
"""So many lines are found unless someone asks for more."""


class Stats(NamedTuple):
    """How much is kept; counts of lines that stand, and never of people."""

    sittings: int
    cohorts: int
    lines: Mapping[CaptureKind, int]
    """By kind, in the order in which kinds are read; without those that have none."""


class Archive:
    """The archive, to be asked."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def search(self, query: Query, limit: int = MOST) -> Hits:
        """The lines that a query finds, each once, as its latest sitting left it.

        A line is also found by words that it had before. What was withdrawn or let go since
        is not found. The best come first; where none can be better than others, the newest.
        """
        words = sought(query.words)
        if words.is_nothing and words.said:
            return Hits(said=words.said)
        wanted = Wanted(
            beginnings=words.beginnings,
            parts=words.parts,
            columns=_columns(query),
            since=query.since.isoformat() if query.since else "",
            most=limit + 1,
        )

        def question(index: Index) -> Hits:
            found = index.found(wanted)
            hits = tuple(Hit(*step_of(row)) for row in found.steps[:limit])
            more, by_date = len(found.steps) > limit, not (found.ranked and hits)
            return Hits(hits, more=more, newest_first=by_date, said=words.said)

        return self._kept.ask(question, Hits(said=words.said))

    def thread(self, key: ThreadKey) -> Thread | None:
        """A line with its whole history.

        None when there is no such line, and when it was withdrawn.
        """
        found = self._threads(
            lambda index: index.steps(made=key.sitting, name=key.name, twin=key.twin)
        )
        return next((one for one in found if one.latest.entry.state != "withdrawn"), None)

    def timeline(self, label: str, cohort: str = "") -> tuple[Thread, ...]:
        """The terms that ever had a label, whatever its case, by when each first came up.

        With `cohort`, only those of that cohort. What was withdrawn or let go is left out.
        """
        meant = clean(label).casefold()
        found = self._threads(lambda index: index.labelled(meant))
        return tuple(t for t in found if cohort in ("", t.latest.sitting.cohort))

    def in_force(self, cohort: str = "") -> tuple[Thread, ...]:
        """The agreements in force, of a cohort or of all; by when each first came up."""
        agreements = {"kind": "agreement", "state": "in force", **_given(cohort=cohort)}
        return self._threads(lambda index: index.threads(**agreements))

    def lines(self, cohort: str = "") -> tuple[Thread, ...]:
        """All lines that stand, of a cohort or of all; by when each first came up."""
        return self._threads(lambda index: index.threads(**_given(cohort=cohort)))

    def cohorts(self) -> tuple[str, ...]:
        """Every cohort that has a record; the one that met last first."""
        return tuple(self._kept.ask(lambda index: index.cohorts(), []))

    def values(self, field: Field) -> tuple[str, ...]:
        """What lines can be chosen by, as far as there are any; in the order of reading."""
        found: list[str] = self._kept.ask(lambda index: index.values(field), [])
        known = _IN_ORDER.get(field, ())
        return (*(one for one in known if one in found), *(o for o in found if o not in known))

    def stats(self) -> Stats:
        """How much there is."""

        def question(index: Index) -> Stats:
            counts = index.counted("kind")
            lines = {kind: counts[kind] for kind in KINDS if kind in counts}
            return Stats(index.count_sittings(), len(index.cohorts()), lines)

        return self._kept.ask(question, Stats(0, 0, {}))

    def _threads(self, question: Callable[[Index], list[StepRow]]) -> tuple[Thread, ...]:
        """The lines out of rows; rows that cannot be read are noticed while they are asked."""
        return self._kept.ask(lambda index: threads_of(question(index)), ())


_IN_ORDER: Mapping[Field, tuple[str, ...]] = {
    "kind": tuple(KINDS),
    "state": get_args(EntryState),
    "facet": get_args(Facet),
}


def _given(**columns: object) -> dict[str, object]:
    """The columns that something is wanted of."""
    return {column: value for column, value in columns.items() if value}


def _columns(query: Query) -> dict[str, object]:
    return _given(
        kind=query.kind,
        state=query.state,
        cohort=query.cohort,
        programme=query.programme,
        facet=query.facet,
        lineage=query.lineage,
    )
