"""The integration grid: beside each framework what leads, what is written down, what is done.

An example stands where it was told to belong: it was said with a framework, or what it shows
names one. A framework without an example in a place is no failure; the grid only shows where
one could still be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, get_args

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import label
from facilitate.core.captures import Entry, Facet, shown
from facilitate.core.carrying import as_taken_up
from facilitate.core.entry_fold import taken_up
from facilitate.core.lives import ENDED
from facilitate.core.merging import spoken_order
from facilitate.core.record import RecordedEntry
from facilitate.core.state import SessionState
from facilitate.core.threads import Thread, ThreadKey

FACETS: tuple[Facet, ...] = get_args(Facet)
"""In the order in which they stand side by side."""
NO_EXAMPLE = "no example yet"


class GridLine(NamedTuple):
    """What the grid has to know of a framework or an example."""

    name: str
    kind: CaptureKind
    text: str
    facet: Facet | None
    belongs_with: str
    """What people say of the line that it was said with; empty for none."""
    shows: str
    """What an example was said to show, as it was written; empty for nothing."""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<GridLine {self.name}>"


class Example(NamedTuple):
    """An example in its place."""

    name: str
    text: str

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<Example {self.name}>"


class GridRow(NamedTuple):
    """A framework with its examples."""

    name: str
    label: str
    cells: tuple[tuple[Example, ...], ...]
    """For each of `FACETS`, by number; empty where there is no example yet."""
    unplaced: tuple[Example, ...]
    """Its examples that were not said to be about leadership, policy or practice."""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<GridRow {self.name}>"


class Grid(NamedTuple):
    """The whole grid."""

    rows: tuple[GridRow, ...]
    """By number."""
    apart: tuple[Example, ...]
    """Examples that belong to no framework yet."""

    @property
    def words(self) -> str:
        """How it stands: `2 frameworks, 3 places without an example yet`."""
        if not self.rows:
            return "no frameworks yet"
        count = "1 framework" if len(self.rows) == 1 else f"{len(self.rows)} frameworks"
        bare = sum(not cell for row in self.rows for cell in row.cells)
        if not bare:
            return f"{count}, an example in every place"
        places = "1 place" if bare == 1 else f"{bare} places"
        return f"{count}, {places} without an example yet"


def grid(lines: Iterable[GridLine]) -> Grid:
    """The grid of some frameworks and examples; lines of other kinds play no part."""
    known = sorted(lines, key=lambda line: spoken_order(line.name))
    frameworks = [line for line in known if line.kind == "framework"]
    examples = [line for line in known if line.kind == "example"]
    homes = {id(one): _homes(one, frameworks) for one in examples}
    apart = (one for one in examples if not homes[id(one)])
    return Grid(
        rows=tuple(
            _row(f, [one for one in examples if f in homes[id(one)]]) for f in frameworks
        ),
        apart=tuple(Example(one.name, one.text) for one in apart),
    )


def _row(framework: GridLine, examples: list[GridLine]) -> GridRow:
    return GridRow(
        name=framework.name,
        label=label(framework.text),
        cells=tuple(_of_facet(examples, facet) for facet in FACETS),
        unplaced=_of_facet(examples, None),
    )


def _of_facet(examples: Iterable[GridLine], facet: Facet | None) -> tuple[Example, ...]:
    return tuple(Example(one.name, one.text) for one in examples if one.facet == facet)


def _homes(example: GridLine, frameworks: Iterable[GridLine]) -> list[GridLine]:
    """The frameworks that an example belongs to.

    Of two that could be meant by the same words, the one that is called by more of them is.
    """
    shows, found = _words(example.shows), []
    by_length = sorted(frameworks, key=lambda one: -len(_words(label(one.text))))
    for framework in by_length:
        called = _take_out(_words(label(framework.text)), shows)
        named = _take_out(_words(framework.name), shows)
        if called or named or example.belongs_with == framework.name:
            found.append(framework)
    return found


_WORD = re.compile(r"[^\s,;:/.()]+")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _take_out(phrase: list[str], words: list[str]) -> bool:
    """Take some words out of others where they stand one behind the other; whether they did."""
    span = len(phrase)
    places = range(len(words) - span + 1)
    at = next((n for n in places if phrase and words[n : n + span] == phrase), None)
    if at is not None:
        words[at : at + span] = [""]  # so that those around it stay apart
    return at is not None


# Where its lines come from


def grid_of_threads(threads: Iterable[Thread]) -> Grid:
    """The grid of what a cohort keeps."""
    return grid(_kept(threads))


def _kept(threads: Iterable[Thread]) -> Iterator[GridLine]:
    for thread in threads:
        entry = thread.latest.entry
        if thread.stands and _is_meant(entry.kind, entry.state):
            yield _of_record(entry)


def _is_meant(kind: CaptureKind, state: str) -> bool:
    return kind in ("framework", "example") and state not in ENDED


def _of_record(entry: RecordedEntry) -> GridLine:
    told = {detail.name: detail.text for detail in entry.details}
    return GridLine(
        name=entry.id,
        kind=entry.kind,
        text=entry.text,
        facet=entry.facet,
        belongs_with=entry.belongs_with,
        shows=told.get("links", ""),
    )


def grid_of_state(state: SessionState, earlier: Iterable[Thread] = ()) -> Grid:
    """The grid of a sitting that goes on, with what it carries.

    `earlier` are the lines of its cohort in records; one that this sitting works with counts
    as it stands here.
    """
    carried = state.inherited.lines if state.inherited else ()
    brought = {line.id: taken_up(as_taken_up(line)) for line in carried}
    known = brought | {entry.id: entry for entry in state.entries.values()}
    lines = [_of_entry(e, known) for e in shown(known.values()) if _is_meant(e.kind, e.state)]
    others = (
        thread
        for thread in earlier
        if thread.key.sitting != state.sitting and taken_up_as(thread.key) not in known
    )
    return grid((*lines, *_kept(others)))


def taken_up_as(key: ThreadKey) -> str:
    """The id of a line in the history of a sitting that it is brought into."""
    return f"{key.sitting}:{key.name}"


def _of_entry(entry: Entry, known: Mapping[str, Entry]) -> GridLine:
    beside = known.get(entry.belongs_with or "")
    return GridLine(
        name=entry.name,
        kind=entry.kind,
        text=entry.text,
        facet=entry.marks.facet,
        belongs_with=beside.name if beside else "",
        shows=entry.told.get("links", ""),
    )
