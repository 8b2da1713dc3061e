"""The shape of a core dataclass, said to pydantic's core.

The core types say everything themselves; pydantic's own way from a type to a validator takes
several times as long as this one and brings modules that reading never uses. What is not
known here raises at once, so a new kind of field cannot slip through unread.

Not to be imported before something is read: start-up does not wait for it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from collections.abc import Callable
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic_core import CoreSchema, SchemaValidator, ValidationError, core_schema

__all__ = ["ValidationError", "read_json", "schema"]

Value = TypeVar("Value")
_validators: dict[type, SchemaValidator] = {}
"""Each made once, when it is first asked for."""


def read_json(kind: type[Value], text: str) -> Value:
    """The value of a core dataclass that JSON holds, read strictly.

    Raises:
        ValidationError: with everything that does not fit, and places as files write them.
    """
    if kind not in _validators:
        _validators[kind] = SchemaValidator(schema(kind))
    value = _validators[kind].validate_json(text, strict=True)
    assert isinstance(value, kind)
    return value


def schema(kind: type) -> CoreSchema:
    """The schema of a core dataclass; a key that is no field is an error."""
    hints = get_type_hints(kind)
    known = dataclasses.fields(kind)
    return core_schema.dataclass_schema(
        kind,
        core_schema.dataclass_args_schema(
            kind.__name__,
            [_field(field, hints[field.name]) for field in known],
            extra_behavior="forbid",
        ),
        [field.name for field in known],
        slots=True,
    )


def _field(field: dataclasses.Field[Any], kind: Any) -> core_schema.DataclassField:
    shape = _shape(kind)
    if field.default is not dataclasses.MISSING:
        shape = core_schema.with_default_schema(shape, default=field.default)
    return core_schema.dataclass_field(
        field.name, shape, kw_only=True, validation_alias=field.name.rstrip("_")
    )


def _shape(kind: Any) -> CoreSchema:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return schema(kind)
    if kind in _PLAIN:
        return _PLAIN[kind]()
    inner = get_args(kind)
    origin = get_origin(kind)
    if origin is Literal:
        return core_schema.literal_schema(list(inner))
    if origin is tuple and inner[1:] == (Ellipsis,):
        return core_schema.tuple_variable_schema(_shape(inner[0]))
    if origin in {types.UnionType, Union}:
        return _union(inner)
    raise TypeError(f"no shape is known for {kind}")


def _union(kinds: tuple[Any, ...]) -> CoreSchema:
    present = [_shape(kind) for kind in kinds if kind is not type(None)]
    one = present[0] if len(present) == 1 else core_schema.union_schema([*present])
    return core_schema.nullable_schema(one) if type(None) in kinds else one


_PLAIN: dict[type, Callable[[], CoreSchema]] = {
    str: core_schema.str_schema,
    int: core_schema.int_schema,
    bool: core_schema.bool_schema,
    dt.date: core_schema.date_schema,
    dt.time: core_schema.time_schema,
    dt.datetime: core_schema.datetime_schema,
}
