"""The way from the bytes of an agenda or programme to its value and its problems."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from facilitate.formats.characters import REFUSED
from facilitate.formats.finding import Finding, certain, problems, touches
from facilitate.formats.layout import Layout
from facilitate.formats.problem import Path, Problem
from facilitate.formats.shaping import shaped
from facilitate.formats.slugs import give_ids
from facilitate.formats.toml_reading import Document, read_toml
from facilitate.formats.typed import typed

FORMAT = 1
"""The newest format that can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A file as it was read, before its problems are put in order."""

    file: str
    """Its name as the user gave it."""
    document: Document
    value: Any
    """With stand-ins for what could not be read; None when not even those make a value."""
    findings: tuple[Finding, ...]
    doubtful: frozenset[Path]
    """What may be other than it seems."""

    def problems(self, more: Iterable[Finding] = ()) -> tuple[Problem, ...]:
        """What is wrong with it, in its order; `more` is left out where it is in doubt."""
        found = [*self.findings, *certain(more, self.doubtful)]
        text, data = self.document.text, self.document.data
        return problems(found, file=self.file, text=text, data=data)


def read_file(
    raw: bytes,
    file: str,
    layout: Layout,
    rules: Callable[[Any], Iterable[Finding]],
    bearable: Collection[str] = (),
) -> tuple[Any, tuple[Problem, ...]]:
    """The value that a file describes, and all of its problems.

    None when one is an error, unless its code is one of the `bearable` ones.

    Raises:
        Unreadable: when the bytes are not text in UTF-8.
    """
    looked = look_at(raw, file, layout, rules)
    told = looked.problems()
    stops = any(one.level == "error" and one.code not in bearable for one in told)
    return (None if stops else looked.value), told


def look_at(
    raw: bytes, file: str, layout: Layout, rules: Callable[[Any], Iterable[Finding]]
) -> Looked:
    """A file and everything that is found in it by itself.

    Raises:
        Unreadable: when the bytes are not text in UTF-8.
    """
    document = read_toml(raw, file, layout.lists)
    stop = _not_ours(document)
    if stop is not None:
        nothing = frozenset[Path]({()})
        return Looked(
            file=file, document=document, value=None, findings=(stop,), doubtful=nothing
        )
    result = shaped(document, layout)
    give_ids(result.fields.get("segments"))
    value = typed(result, layout)
    found = [
        *document.findings,
        *_format(document, result.doubtful),
        *result.findings,
        *_in_notes(document),
    ]
    if value is not None:
        found += certain(rules(value), result.doubtful)
    return Looked(
        file=file,
        document=document,
        value=value,
        findings=tuple(found),
        doubtful=frozenset(result.doubtful),
    )


def _not_ours(document: Document) -> Finding | None:
    """The one thing to say of a file that it is pointless to read on; else None."""
    if not document.data and not document.findings:
        return Finding(at=(), code="empty", message="There is nothing in this file yet.")
    number = document.data.get("format")
    if isinstance(number, int) and number > FORMAT:
        return Finding(
            at=("format",),
            code="newer-format",
            message=f"This file was made for a newer facilitate: it has format {number}, and"
            f" this one reads format {FORMAT}.",
            hint="Update facilitate to open it.",
        )
    return None


def _format(document: Document, doubtful: Collection[Path]) -> list[Finding]:
    number = document.data.get("format")
    if number == FORMAT and type(number) is int:  # True and 1.0 equal 1, too
        return []
    if number is None and touches(("format",), doubtful):
        return []
    said = "is missing" if number is None else "does not say 1"
    return [
        Finding(
            at=("format",),
            code="format",
            message=f"The line format = {FORMAT} {said}.",
            hint=f"Write format = {FORMAT} at the top of the file.",
        )
    ]


def _in_notes(document: Document) -> Iterator[Finding]:
    """Characters behind a # that could turn what an editor shows; those in texts are errors."""
    text = document.text
    if REFUSED.search(text) is None:
        return
    # Hardly any file holds one.
    from facilitate.formats.toml_case import QUOTED
    from facilitate.formats.toml_line_trouble import unshown
    from facilitate.formats.toml_places import Lines

    lines = Lines(text)
    for note in (found for found in QUOTED.finditer(text) if found[0][0] == "#"):
        for found in REFUSED.finditer(note[0]):
            said = unshown(found[0], at=0)
            line, column = lines.place(note.start() + found.start())
            yield Finding(
                at=(),
                code=said.code,
                message=said.message,
                hint=said.hint,
                level="warning",
                line=line,
                column=column,
            )
