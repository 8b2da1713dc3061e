"""Lines for the next agenda, where the archive that has them is not at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import tomli_w

from facilitate.core.capture_line import clean
from facilitate.core.sharing import Shared, SharedLine
from facilitate.formats.export.line_words import look_day

TITLE = """\
# What the next sitting brings along. Copy it to the end of its agenda file; the lines are then
# shown as carried, not yet confirmed, also on a machine that has no record of them.
"""


def write(shared: Shared) -> bytes:
    """A `[[carry]]` for each line, as agendas have it; line ends are newlines.

    Above each stands as a comment what it stands on and what other words hold beside its own,
    for which an agenda has no key.
    """
    names = _names(shared)
    tables = (_table(line, name) for line, name in zip(shared.lines, names, strict=True))
    return "\n".join((TITLE, *tables)).encode()


def _table(line: SharedLine, name: str) -> str:
    entry = line.entry
    told = {"id": name, "kind": entry.kind, "text": clean(entry.text), "due": _due(line)}
    comments = "".join(f"# {said}\n" for said in _beside(line))
    pairs = tomli_w.dumps({key: value for key, value in told.items() if value})
    return f"{comments}[[carry]]\n{pairs}"


def _beside(line: SharedLine) -> Iterator[str]:
    if lineage := clean(line.entry.lineage):
        yield f"stands on: {lineage}"
    for other in line.entry.also:
        lineage = f" (stands on: {clean(other.lineage)})" if clean(other.lineage) else ""
        yield f"also in these words: {clean(other.text)}{lineage}"


def _due(line: SharedLine) -> str:
    """When to look at it again; a span as its day, which it does not say on its own."""
    day = look_day(line)
    return day.isoformat() if day else clean(line.entry.when)


def _names(shared: Shared) -> Iterator[str]:
    """What people say of the lines; of two with one name the second is told apart by `-2`.

    An agenda takes every name once.
    """
    given: Counter[str] = Counter()
    for line in shared.lines:
        name = free = clean(line.entry.id) or "line"
        while given[free]:
            given[name] += 1
            free = f"{name}-{given[name]}"
        given[free] += 1
        yield free
