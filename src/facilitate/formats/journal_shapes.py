"""What the lines of a journal must look like, said to pydantic.

Not to be imported before something is read: start-up does not wait for pydantic.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from facilitate.core.events import Event, Recorded
from facilitate.formats.pydantic_light import Schema, SchemaValidator
from facilitate.formats.shapes import dataclass_schema, keyword, schema

LARGEST_N = 2**53 - 1
"""Every program that reads JSON can hold it."""
LARGEST = 1_000_000
"""No event has more minutes, nor a number above it."""
FIRST_TIME = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
LAST_TIME = dt.datetime(3000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """Validators of JSON; both are used in strict mode."""

    lines: SchemaValidator
    """An array of lines to a list of Recorded, with None for each that is no known event."""
    place: SchemaValidator
    """Any line to a dict of its v, w, n, t and k."""


def shapes(kinds: Mapping[str, type[Event]], version: int) -> Shapes:
    """The shapes of the lines of one major version.

    All lines of a file go through the validator in one call: a call for each would cost more
    than the reading itself.
    """
    known = {name: _recorded(schema(kind)) for name, kind in kinds.items()}
    by_kind = {"type": "tagged-union", "choices": known, "discriminator": "k"}
    by_version = {"type": "tagged-union", "choices": {version: by_kind}, "discriminator": "v"}
    line = {"type": "default", "schema": by_version, "default": None, "on_error": "default"}
    place = {"v": {"type": "int", "ge": 1}, **_place(), "k": {"type": "str"}}
    needed = {
        name: {"type": "typed-dict-field", "schema": shape} for name, shape in place.items()
    }
    return Shapes(
        lines=SchemaValidator(_tolerant({"type": "list", "items_schema": line})),
        place=SchemaValidator({"type": "typed-dict", "fields": needed}),
    )


def _place() -> dict[str, Schema]:
    return {
        "w": {"type": "str", "pattern": "^[0-9a-z]{1,32}$"},
        "n": {"type": "int", "ge": 0, "le": LARGEST_N},
        "t": {"type": "str", "pattern": "^[0-9a-f]{12}-[0-9a-f]{4}$"},
    }


def _recorded(event: Schema) -> Schema:
    """A whole line as the Recorded that it becomes."""
    base = {"type": "tuple", "items_schema": [{"type": "str"}], "variadic_item_index": 0}
    written = {
        **_place(),
        "by": {"type": "str"},
        "d": event,
        "base": {"type": "default", "schema": base, "default": ()},
    }
    names = {"w": "writer", "t": "stamp", "d": "event"}
    arguments = [keyword(names.get(name, name), shape, name) for name, shape in written.items()]
    return dataclass_schema(Recorded, arguments)


def _tolerant(shape: Any) -> Any:
    """The same shape with what holds in journals only.

    A field that a later version added is passed over. A time is UTC and says so: one without
    a zone could not be compared with the others. Numbers and times are such as a sitting may
    have, so that no sum of them is too much for a clock.
    """
    if isinstance(shape, list):
        return [_tolerant(each) for each in shape]
    if not isinstance(shape, dict):
        return shape
    changed = {key: _tolerant(value) for key, value in shape.items()}
    if changed.get("extra_behavior") == "forbid":
        changed["extra_behavior"] = "ignore"
    if changed.get("type") == "datetime":
        changed |= {"tz_constraint": 0, "ge": FIRST_TIME, "le": LAST_TIME}
    if changed.get("type") == "int" and "le" not in changed:
        changed |= {"ge": -LARGEST, "le": LARGEST}
    return changed
