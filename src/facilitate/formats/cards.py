"""What a file says of its place among the files beside it, as far as it could be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from facilitate.formats.characters import settled
from facilitate.formats.finding import touches
from facilitate.formats.problem import Path
from facilitate.formats.toml_reading import Document

Sort = Literal["agenda", "programme"]


class Slot(NamedTuple):
    """A session or milestone of a programme. What is None is not said, or in doubt."""

    at: Path
    """Where it stands in the programme's file."""
    number: int | None
    """None for a milestone."""
    date: dt.date | None
    topic: str | None
    part: int | None
    agenda: str | None
    """A file name."""

    @property
    def is_session(self) -> bool:
        """Whether it is a sitting of the programme."""
        return self.at[0] == "session"


class Card(NamedTuple):
    """What one file says of its place. What is None is not said, or in doubt."""

    file: str
    """Its name in the folder."""
    sort: Sort
    id: str | None
    programme: str | None = None
    number: int | None = None
    date: dt.date | None = None
    topic: str | None = None
    part: int | None = None
    series: str | None = None
    carried_from: str | None = None
    roles: tuple[str, ...] | None = None
    """The keys of the team; None when the team is in doubt."""
    prepares: bool = True
    """Of an agenda: whether it has, or may have, a list of preparations of its own."""
    topics: tuple[str, ...] | None = None
    """Of a programme: the keys of its topics; None when they are in doubt."""
    slots: tuple[Slot, ...] = ()
    """Of a programme: its sessions, then its milestones."""
    helpers: tuple[str, ...] = ()
    """Of a programme: the roles that its list of preparations names."""


def card_of(file: str, sort: Sort, document: Document) -> Card:
    """The card of a file.

    Args:
        file: its name in the folder.
        sort: what it is.
        document: what it says.
    """
    return _CardReading(document.data, document.doubtful).card(settled(file), sort)


class _CardReading:
    """Plain tables of a file, of which any value may be anything."""

    def __init__(self, data: Mapping[str, Any], doubtful: Collection[Path]) -> None:
        self.data, self.doubtful = data, doubtful

    def card(self, file: str, sort: Sort) -> Card:
        if sort == "programme":
            return Card(
                file=file,
                sort=sort,
                id=self._text("programme", "id"),
                topics=self._topics(),
                slots=(*self._slots("session"), *self._slots("milestone")),
                helpers=tuple(self._helpers()),
            )
        return Card(
            file=file,
            sort=sort,
            id=self._text("session", "id"),
            programme=self._text("session", "programme"),
            number=self._number("session", "number"),
            date=self._date("session", "date"),
            topic=self._text("session", "topic"),
            part=self._number("session", "part"),
            series=self._text("session", "series"),
            carried_from=self._text("session", "carried_from"),
            roles=self._roles(),
            prepares="before" in self.data or touches(("before",), self.doubtful),
        )

    def _roles(self) -> tuple[str, ...] | None:
        team = self._value("team")
        return tuple(team) if isinstance(team, dict) else None

    def _topics(self) -> tuple[str, ...] | None:
        if touches(("topic",), self.doubtful):
            return None
        keys = (self._text("topic", place, "key") for place in self._places("topic"))
        return tuple(key for key in keys if key is not None)

    def _slots(self, name: str) -> Iterator[Slot]:
        for place in self._places(name):
            yield Slot(
                at=(name, place),
                number=self._number(name, place, "number"),
                date=self._date(name, place, "date"),
                topic=self._text(name, place, "topic"),
                part=self._number(name, place, "part"),
                agenda=self._text(name, place, "agenda"),
            )

    def _helpers(self) -> Iterator[str]:
        for place in self._places("before"):
            who = self._text("before", place, "who")
            if who is not None:
                yield who

    def _places(self, name: str) -> range:
        tables = self.data.get(name)
        return range(len(tables)) if isinstance(tables, list) else range(0)

    def _text(self, *path: str | int) -> str | None:
        value = self._value(*path)
        return settled(value) if isinstance(value, str) else None

    def _number(self, *path: str | int) -> int | None:
        value = self._value(*path)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def _date(self, *path: str | int) -> dt.date | None:
        value = self._value(*path)
        is_date = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
        return value if is_date else None

    def _value(self, *path: str | int) -> Any:
        """What stands at a path; None when nothing does, or something else was meant."""
        if touches(path, self.doubtful):
            return None
        value: Any = self.data
        for part in path:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return None
        return value
