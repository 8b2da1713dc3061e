"""Which tables a file may have, what keys they may hold, and what the core makes of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from facilitate.core.agenda import (
    Afterwards,
    Agenda,
    Breakout,
    Carried,
    Link,
    Objective,
    Offered,
    Preparation,
    Round,
    Segment,
)

CLOCKS = frozenset({"start", "ends_by", "starts_at", "starts_by", "not_before", "ends_at"})
"""Keys whose values are clock times, written as text."""
DATES = frozenset({"date", "starts", "ends"})
"""Keys whose values are TOML dates."""

INNER: Mapping[tuple[type, str], type] = {
    (Segment, "breakout"): Breakout,
    (Segment, "links"): Link,
    (Breakout, "rounds"): Round,
}
"""Tables inside of tables: which key of which shape holds what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the tables of one sort of file make up one value of the core."""

    shape: type
    noun: str
    """What to call such a file: "an agenda"."""
    head: str
    """The table whose keys are fields of the shape themselves."""
    lists: Mapping[str, tuple[str, type]]
    """Lists of tables, by their name in the file: the field they become, and their shape."""
    tables: Mapping[str, tuple[str, type]]
    """Single tables, in the same way."""
    roles: str | None = None
    """The table of roles and names; None when there is none."""
    needed: tuple[str, ...]
    """Tables that every such file has."""

    @property
    def names(self) -> tuple[str, ...]:
        """All that may stand at the top of a file."""
        roles = () if self.roles is None else (self.roles,)
        return ("format", self.head, *roles, *self.lists, *self.tables)

    @property
    def head_keys(self) -> tuple[str, ...]:
        """The keys of the head table: the fields that no other table fills."""
        elsewhere = {field for field, _ in (*self.lists.values(), *self.tables.values())}
        if self.roles is not None:
            elsewhere.add(self.roles)
        return tuple(key for key in keys_of(self.shape) if key not in elsewhere)


AGENDA = Layout(
    shape=Agenda,
    noun="an agenda",
    head="session",
    roles="team",
    lists={
        "objective": ("objectives", Objective),
        "carry": ("carried", Carried),
        "offered": ("offered", Offered),
        "before": ("before", Preparation),
        "segment": ("segments", Segment),
    },
    tables={"after": ("after", Afterwards)},
    needed=("session", "team", "objective", "segment"),
)
"""One sitting."""


@cache
def keys_of(shape: type) -> tuple[str, ...]:
    """The keys of a table of that shape, as files write them."""
    return tuple(field.name.rstrip("_") for field in dataclasses.fields(shape))
