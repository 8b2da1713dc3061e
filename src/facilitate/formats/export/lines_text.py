"""Short lines with ids, to be pasted into a chat or a mail.

They are plain text and nothing else: a title, and below it the lines, those of one kind
together. Nothing in them is escaped, since nothing reads marks out of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from facilitate.core.capture_line import clean
from facilitate.core.sharing import Shared, SharedLine
from facilitate.formats.export.line_words import title_words


def write(shared: Shared) -> bytes:
    """The lines in UTF-8, kinds a blank line apart; line ends are newlines."""
    kinds = groupby(shared.lines, key=lambda line: line.entry.kind)
    groups = ["\n".join(said for line in group for said in _line(line)) for _, group in kinds]
    title = f"{title_words(shared.record)} ({shared.record.date.isoformat()})"
    return ("\n\n".join([title, *(groups or ["No lines."])]) + "\n").encode()


def _line(line: SharedLine) -> Iterator[str]:
    """The line, and below it the words that hold beside its own."""
    entry = line.entry
    about = "; ".join((clean(entry.state), *_source(entry.lineage)))
    yield f"{clean(entry.id)} {clean(entry.text)} ({about})"
    for other in entry.also:
        source = "".join(f" ({said})" for said in _source(other.lineage))
        yield f"    or: {clean(other.text)}{source}"


def _source(lineage: str) -> Iterator[str]:
    if said := clean(lineage):
        yield f"from {said}"
