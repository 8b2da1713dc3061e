"""What the lines of a journal must look like, said to pydantic.

Not to be imported before something is read: start-up does not wait for pydantic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import CoreSchema, SchemaValidator, core_schema

from facilitate.core.events import Event, Recorded
from facilitate.formats.shapes import schema

LARGEST_N = 2**53 - 1
"""Every program that reads JSON can hold it."""


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
    by_kind = core_schema.tagged_union_schema(known, "k")
    by_version = core_schema.tagged_union_schema({version: by_kind}, "v")
    line = core_schema.with_default_schema(by_version, default=None, on_error="default")
    place = {
        "v": core_schema.int_schema(ge=1),
        **_place(),
        "k": core_schema.str_schema(),
    }
    needed = {name: core_schema.typed_dict_field(shape) for name, shape in place.items()}
    return Shapes(
        lines=SchemaValidator(_tolerant(core_schema.list_schema(line))),
        place=SchemaValidator(core_schema.typed_dict_schema(needed)),
    )


def _place() -> dict[str, CoreSchema]:
    return {
        "w": core_schema.str_schema(pattern="^[0-9a-z]{1,32}$"),
        "n": core_schema.int_schema(ge=0, le=LARGEST_N),
        "t": core_schema.str_schema(pattern="^[0-9a-f]{12}-[0-9a-f]{4}$"),
    }


def _recorded(event: CoreSchema) -> CoreSchema:
    """A whole line as the Recorded that it becomes."""
    base = core_schema.tuple_variable_schema(core_schema.str_schema())
    written = {
        **_place(),
        "by": core_schema.str_schema(),
        "d": event,
        "base": core_schema.with_default_schema(base, default=()),
    }
    names = {"w": "writer", "t": "stamp", "d": "event"}
    arguments = [
        core_schema.dataclass_field(
            names.get(name, name), shape, kw_only=True, validation_alias=name
        )
        for name, shape in written.items()
    ]
    return core_schema.dataclass_schema(
        Recorded,
        core_schema.dataclass_args_schema("Recorded", arguments),
        [argument["name"] for argument in arguments],
        slots=True,
    )


def _tolerant(shape: Any) -> Any:
    """The same shape with what holds in journals only.

    A field that a later version added is passed over. A time is UTC and says so: one without
    a zone could not be compared with the others.
    """
    if isinstance(shape, list):
        return [_tolerant(each) for each in shape]
    if not isinstance(shape, dict):
        return shape
    changed = {key: _tolerant(value) for key, value in shape.items()}
    if changed.get("extra_behavior") == "forbid":
        changed["extra_behavior"] = "ignore"
    if changed.get("type") == "datetime":
        changed["tz_constraint"] = 0
    return changed
