"""Plain data of a file made into the fields of one value of the core.

Nothing is guessed and nothing is ignored: a key that nobody knows is told with what was
probably meant. Whether each value has the right type is for `facilitate.formats.typed` to say.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from facilitate.core.agenda import Agenda, Breakout, Segment
from facilitate.formats import merge_markers
from facilitate.formats.characters import REFUSED, named, settled
from facilitate.formats.clock_text import clock_text, clock_time
from facilitate.formats.finding import Finding, touches
from facilitate.formats.layout import CLOCKS, DATES, INNER, Layout, keys_of
from facilitate.formats.problem import Path
from facilitate.formats.toml_reading import Document
from facilitate.formats.wording import closest, did_you_mean

NEVER = 0.5
"""Stands for what no key of a file may hold: a fraction, or a date where none belongs."""

_ANY_CLOCK = "00:00:00"
_ANY_DATE = "2000-01-01"
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOST_NAMED = 8


@dataclass(slots=True, kw_only=True)
class Shaped:
    """What the tables of a file came to."""

    data: dict[str, Any]
    """The file's own tables, a lone table of a list being a list of one."""
    fields: dict[str, Any] = field(default_factory=dict)
    """Fields of the value as JSON has them: clock times and dates are text."""
    findings: list[Finding] = field(default_factory=list)
    doubtful: set[Path] = field(default_factory=set)
    """Where something else stands than was meant."""


def shaped(document: Document, layout: Layout) -> Shaped:
    """The fields of the value that a file describes, and what is wrong with its keys."""
    shaping = _Shaping(document, layout)
    shaping.fill()
    return shaping.result


_LONGEST_SHOWN = 60


class _Shaping:
    """One file on its way from plain data to a value."""

    def __init__(self, document: Document, layout: Layout) -> None:
        self.layout = layout
        self.result = Shaped(data=dict(document.data), doubtful=set(document.doubtful))

    def fill(self) -> None:
        """Fill in the fields of the result."""
        layout, data, fields = self.layout, self.result.data, self.result.fields
        for name in data:
            if name not in layout.names:
                self._unknown_at_top(name)
        for name in layout.needed:
            if not touches((name,), self.result.doubtful) and name not in data:
                self._missing_table(name)
        fields.update(self._one(layout.head, layout.shape))
        for name, (key, shape) in layout.lists.items():
            if name in data:
                fields[key] = self._many(name, shape)
        for name, (key, shape) in layout.tables.items():
            if name in data:
                fields[key] = self._one(name, shape)
        if layout.roles in data:
            fields["team"] = self._roles()

    def _one(self, name: str, shape: type) -> dict[str, Any]:
        """The fields of a table that comes once."""
        table = self.result.data.get(name, {})
        if isinstance(table, dict):
            return self._table(table, shape, (name,))
        self._tell((name,), "header", f"Write [{name}], once and with single brackets.")
        self.result.doubtful.add((name,))
        return {}

    def _many(self, name: str, shape: type) -> list[Any]:
        """The fields of each table of a list."""
        tables = self.result.data[name]
        if not isinstance(tables, list):
            from facilitate.formats.toml_mending import single_brackets  # rarely needed

            said = single_brackets(name)
            self._tell((name,), said.code, said.message, said.hint)
            tables = [tables] if isinstance(tables, dict) else []
            self.result.data[name] = tables
        return self._tables(tables, shape, (name,))

    def _table(self, table: dict[str, Any], shape: type, path: Path) -> dict[str, Any]:
        keys = self.layout.head_keys if path == (self.layout.head,) else keys_of(shape)
        fields = {}
        for key, value in table.items():
            if key in keys:
                fields[key] = self._value(value, shape, (*path, key))
            else:
                self._unknown(key, table, keys, shape, path)
        return fields

    def _tables(self, tables: list[Any], shape: type, path: Path) -> list[Any]:
        return [
            self._table(one, shape, (*path, n)) if isinstance(one, dict) else NEVER
            for n, one in enumerate(tables)
        ]

    def _roles(self) -> list[Any]:
        name = str(self.layout.roles)
        team = self.result.data[name]
        if not isinstance(team, dict):
            self._tell((name,), "header", f"Write [{name}], once and with single brackets.")
            self.result.doubtful.add((name,))
            return []
        for role in set(team) & set(self.layout.head_keys):
            self._misplaced(role, f"above the line [{name}]", (name,))
            self.result.doubtful.add((self.layout.head, role))
        return [
            {"role": role, "name": self._plain(called, (name, role))}
            for role, called in team.items()
            if role not in self.layout.head_keys
        ]

    def _value(self, value: Any, shape: type, path: Path) -> Any:
        inner = INNER.get((shape, str(path[-1])))
        if inner is not None:
            return self._inner(value, inner, path)
        if path[-1] in CLOCKS:
            return self._clock(value, path)
        if path[-1] in DATES:
            return self._date(value, path)
        return self._plain(value, path)

    def _inner(self, value: Any, shape: type, path: Path) -> Any:
        if isinstance(value, dict):
            return self._table(value, shape, path)
        return self._tables(value, shape, path) if isinstance(value, list) else NEVER

    def _plain(self, value: Any, path: Path) -> Any:
        match value:
            case str():
                self._look_at_text(value, path)
                return settled(value)
            case bool() | int():
                return value
            case list():
                return [self._plain(one, (*path, n)) for n, one in enumerate(value)]
            case dict():
                return {key: self._plain(one, (*path, key)) for key, one in value.items()}
        return NEVER

    def _clock(self, value: Any, path: Path) -> Any:
        if isinstance(value, dt.time):
            message = f'Clock times need quotes: {path[-1]} = "{clock_text(value)}".'
            self._tell(path, "clock-time", message)
            return value.isoformat()
        time = clock_time(value) if isinstance(value, str) else None
        if time is None:
            import json  # only what is wrong is shown

            shown = json.dumps(value, ensure_ascii=False, default=str)[:_LONGEST_SHOWN]
            hint = f'Write {path[-1]} = "09:00" or {path[-1]} = "9:00 AM".'
            self._tell(path, "clock-time", f"{shown} is not a clock time.", hint)
            self.result.doubtful.add(path)
            return _ANY_CLOCK
        return time.isoformat()

    def _date(self, value: Any, path: Path) -> Any:
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value.isoformat()
        self.result.doubtful.add(path)
        meant = _ISO_DATE.match(str(value))
        example = f"{path[-1]} = {meant[0] if meant else '2025-01-14'}"
        message = f"{path[-1]} takes a date: year-month-day, without quotes and without a time."
        self._tell(path, "date", message, f"Write {example}.")
        return _ANY_DATE

    def _look_at_text(self, text: str, path: Path) -> None:
        if merge_markers.IN_TEXT.search(text) is not None:
            self._tell(path, merge_markers.CODE, merge_markers.BEGINS, merge_markers.HINT)
        for character in sorted(set(REFUSED.findall(text))):
            self.result.findings.append(
                Finding(
                    at=path,
                    code="control-character",
                    message=f"The text holds a character that cannot be shown"
                    f" ({named(character)}).",
                    hint="Delete it, or type it anew.",
                    character=character,
                )
            )

    def _tell(self, path: Path, code: str, message: str, hint: str = "") -> None:
        self.result.findings.append(Finding(at=path, code=code, message=message, hint=hint))

    def _missing_table(self, name: str) -> None:
        header = f"[[{name}]]" if name in self.layout.lists else f"[{name}]"
        self.result.doubtful.add((name,))
        noun = self.layout.noun.capitalize()
        self._tell((name,), "missing", f"There is no {header}.", f"{noun} has one.")

    def _unknown_at_top(self, name: str) -> None:
        layout, near = self.layout, closest(name, self.layout.names)
        if name in layout.head_keys:
            self._misplaced(name, f"below the line [{layout.head}]", ())
            self.result.doubtful.add((layout.head, name))
        elif layout.shape is Agenda and name in keys_of(Segment):
            self._misplaced(name, "below a line [[segment]]", ())
        else:
            self._suspect(near, (), self.result.data)
            if near is not None and near in layout.lists:
                tables = self.result.data.get(near)
                many = len(tables) if isinstance(tables, list) else 0
                self.result.doubtful.add((near, many))  # it may be one more of them
            self._tell(
                (name,),
                "unknown-key",
                f'Nothing called "{name}" stands at the top of {layout.noun}.',
                did_you_mean(name, layout.names),
            )

    def _suspect(self, near: str | None, path: Path, table: dict[str, Any]) -> None:
        """Count a key as doubtful that was probably meant by another one."""
        if near is not None and near not in table:
            self.result.doubtful.add((*path, near))

    def _unknown(
        self, key: str, table: dict[str, Any], keys: tuple[str, ...], shape: type, path: Path
    ) -> None:
        if shape is Breakout and key in keys_of(Segment):
            self._misplaced(key, "above the line [segment.breakout]", path)
            self.result.doubtful.add((*path[:-1], key))
        elif shape is Segment and key in keys_of(Breakout):
            self._misplaced(key, "below the line [segment.breakout]", path)
            self.result.doubtful.add((*path, "breakout", key))
        else:
            near = closest(key, keys)
            self._suspect(near, path, table)
            choices = keys if near is not None or len(keys) <= _MOST_NAMED else ()
            self._tell(
                (*path, key),
                "unknown-key",
                f'Nothing called "{key}" belongs here.',
                did_you_mean(key, choices),
            )

    def _misplaced(self, key: str, where: str, path: Path) -> None:
        self._tell((*path, key), "misplaced-key", f'"{key}" belongs {where}.')
