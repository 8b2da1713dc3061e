"""What several exports say of a line in the same words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from facilitate.core.capture_line import clean
from facilitate.core.carrying import look_on, when_words
from facilitate.core.record import SittingRecord
from facilitate.core.sharing import SharedLine
from facilitate.core.threads import SittingFacts


def title_words(record: SittingRecord) -> str:
    """What the sitting was called, on one line."""
    return " - ".join(filter(None, (clean(record.title), clean(record.subtitle))))


def texts(line: SharedLine) -> tuple[str, ...]:
    """The words that hold: first those it is known by, then what stands beside them."""
    return tuple(map(clean, (line.entry.text, *(w.text for w in line.entry.also))))


def lineages(line: SharedLine) -> tuple[str, ...]:
    """What its words stand on, in the order of `texts`, each once; none where nothing is."""
    said = (line.entry.lineage, *(wording.lineage for wording in line.entry.also))
    return tuple(dict.fromkeys(filter(None, map(clean, said))))


def side_by_side(several: Iterable[str]) -> str:
    """Several of a thing in one cell or on one line, each once."""
    return " / ".join(dict.fromkeys(filter(None, several)))


def look_day(line: SharedLine) -> dt.date | None:
    """The day on which it wants another look; None where that is no day, or never."""
    return look_on(line.entry.when, line.since.date)


def look_words(line: SharedLine) -> str:
    """When it wants another look: a day in ISO 8601, or words; empty for never.

    A span becomes a day, because who reads an export later does not know from when it counts.
    """
    day = look_day(line)
    return day.isoformat() if day else clean(when_words(line.entry.when))


def made_words(line: SharedLine) -> str:
    """The title and the day of the sitting in which it was made.

    Without a record of it that is the day alone, or its id where that does not begin with one.
    """
    if line.made_in is not None:
        return sitting_words(line.made_in)
    try:
        return dt.date.fromisoformat(line.made[:10]).isoformat()
    except ValueError:
        return clean(line.made)


def sitting_words(sitting: SittingFacts) -> str:
    """The title and the day of a sitting."""
    return f"{clean(sitting.title)} ({sitting.date.isoformat()})"
