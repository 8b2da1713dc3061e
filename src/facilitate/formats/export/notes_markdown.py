"""Every line with its history, for a wiki or for notes: Markdown below a front matter.

The front matter is YAML in which every text is quoted, so that nothing in it is read as a
number, a list or a yes; what is empty is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from facilitate.core.capture_line import clean
from facilitate.core.record import RecordedEntry
from facilitate.core.sharing import Shared, SharedLine
from facilitate.formats.export.line_words import (
    look_day,
    made_words,
    sitting_words,
    title_words,
)
from facilitate.formats.export.markdown import HEADINGS
from facilitate.formats.export.markdown_lines import escaped, line_with_all


def write(shared: Shared) -> bytes:
    """The notes in UTF-8: front matter, a title, the lines by kind; line ends are newlines."""
    record = shared.record
    parts = [
        _front_matter(shared),
        f"# {escaped(record.title)}",
        escaped(record.subtitle),
        *_kinds(shared.lines),
    ]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


# Front matter


def _front_matter(shared: Shared) -> str:
    record = shared.record
    told = {
        "title": _quoted(title_words(record)),
        "date": record.date.isoformat(),
        "cohort": _quoted(record.cohort),
        "programme": _quoted(record.programme or ""),
        "ring": _quoted(shared.ring),
        "sitting": _quoted(record.id),
    }
    pairs = (f"{name}: {value}" for name, value in told.items() if value)
    return "\n".join(("---", *pairs, "---"))


def _quoted(text: str) -> str:
    """The text between double quotes, which YAML reads as JSON does; empty for none."""
    plain = re.sub(r'["\\]', r"\\\g<0>", clean(text))
    return f'"{_NOT_IN_YAML.sub(_by_number, plain)}"' if plain else ""


def _by_number(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


_NOT_IN_YAML = re.compile("[\ufffe\uffff]")
"""No characters; of all that a clean text may hold YAML refuses these alone."""


# Lines


def _kinds(lines: Iterable[SharedLine]) -> Iterator[str]:
    said = [(line, _dated(line)) for line in lines]
    if not said:
        yield "No lines were kept."
    for kind, heading in HEADINGS.items():
        of_kind = [entry for _, entry in said if entry.kind == kind]
        if of_kind:
            listed = (_line(line, entry, of_kind) for line, entry in said if entry.kind == kind)
            yield f"## {heading}\n\n" + "\n".join(listed)


def _dated(line: SharedLine) -> RecordedEntry:
    """With its whole history, and with the day of another look where a span led to one."""
    day = look_day(line)
    return replace(
        line.entry, earlier=line.before, when=day.isoformat() if day else line.entry.when
    )


def _line(line: SharedLine, entry: RecordedEntry, of_kind: list[RecordedEntry]) -> str:
    return "\n".join((*line_with_all(entry, of_kind), *_sittings(line)))


def _sittings(line: SharedLine) -> Iterator[str]:
    """Where it was made, and where it was worked with since."""
    yield f"  - made in: {escaped(made_words(line))}"
    if line.since.id != line.made:
        yield f"  - last worked with in: {escaped(sitting_words(line.since))}"
