"""The way from the bytes of an agenda or programme to its value and its problems."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from facilitate.formats.finding import Finding, certain, problems, touches
from facilitate.formats.layout import Layout
from facilitate.formats.problem import Path, Problem
from facilitate.formats.shaping import shaped
from facilitate.formats.slugs import give_ids
from facilitate.formats.toml_reading import Document, read_toml
from facilitate.formats.typed import typed

FORMAT = 1
"""The newest format that can be read."""


def read_file(
    raw: bytes, file: str, layout: Layout, rules: Callable[[Any], Iterable[Finding]]
) -> tuple[Any, tuple[Problem, ...]]:
    """The value that a file describes, and all of its problems; None when one is an error.

    Raises:
        Unreadable: when the bytes are not text in UTF-8.
    """
    document = read_toml(raw, file, layout.lists)
    stop = _not_ours(document)
    value, found = (None, [stop]) if stop else _read(document, layout, rules)
    told = problems(found, file=file, text=document.text, data=document.data)
    return (None if any(one.level == "error" for one in told) else value), told


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


def _read(
    document: Document, layout: Layout, rules: Callable[[Any], Iterable[Finding]]
) -> tuple[Any, list[Finding]]:
    result = shaped(document, layout)
    give_ids(result.fields.get("segments"))
    value = typed(result, layout)
    found = [*document.findings, *_format(document, result.doubtful), *result.findings]
    if value is not None:
        found += certain(rules(value), result.doubtful)
    return value, found


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
