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
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from facilitate.formats.pydantic_light import (
    Schema,
    SchemaValidator,
    ValidationError,
    to_json,
)

__all__ = [
    "ValidationError",
    "dataclass_schema",
    "from_fields",
    "keyword",
    "read_json",
    "schema",
]

Value = TypeVar("Value")
_validators: dict[type, SchemaValidator] = {}
"""Each made once, when it is first asked for."""


def from_fields(kind: type[Value], fields: dict[str, Any]) -> Value:
    """The value of a core dataclass from its fields as JSON has them.

    Raises:
        ValidationError: as `read_json`.
    """
    return read_json(kind, to_json(fields, inf_nan_mode="constants"))


def read_json(kind: type[Value], text: str | bytes) -> Value:
    """The value of a core dataclass that JSON holds, read strictly.

    Raises:
        ValidationError: with everything that does not fit, and places as files write them.
    """
    if kind not in _validators:
        _validators[kind] = SchemaValidator(schema(kind))
    value = _validators[kind].validate_json(text, strict=True)
    assert isinstance(value, kind)
    return value


def schema(kind: type) -> Schema:
    """The schema of a core dataclass; a key that is no field is an error."""
    hints = get_type_hints(kind)
    known = dataclasses.fields(kind)
    arguments = [_field(field, hints[field.name]) for field in known]
    return dataclass_schema(kind, arguments, extra_behavior="forbid")


def dataclass_schema(kind: type, arguments: list[Schema], **how: str) -> Schema:
    """The schema of a dataclass with slots that is made of some keyword arguments."""
    made = {"type": "dataclass-args", "dataclass_name": kind.__name__, "fields": arguments}
    fields = [argument["name"] for argument in arguments]
    return {
        "type": "dataclass",
        "cls": kind,
        "schema": made | how,
        "fields": fields,
        "slots": True,
    }


def keyword(name: str, shape: Schema, written: str) -> Schema:
    """One argument of a dataclass, and the key that it has in files."""
    return {
        "type": "dataclass-field",
        "name": name,
        "schema": shape,
        "kw_only": True,
        "validation_alias": written,
    }


def _field(field: dataclasses.Field[Any], kind: Any) -> Schema:
    shape = _shape(kind)
    if field.default is not dataclasses.MISSING:
        shape = {"type": "default", "schema": shape, "default": field.default}
    return keyword(field.name, shape, field.name.rstrip("_"))


def _shape(kind: Any) -> Schema:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return schema(kind)
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    inner = get_args(kind)
    origin = get_origin(kind)
    if origin is Literal:
        return {"type": "literal", "expected": list(inner)}
    if origin is tuple and inner[1:] == (Ellipsis,):
        return {"type": "tuple", "items_schema": [_shape(inner[0])], "variadic_item_index": 0}
    if origin in {types.UnionType, Union}:
        return _union(inner)
    raise TypeError(f"no shape is known for {kind}")


def _union(kinds: tuple[Any, ...]) -> Schema:
    present = [_shape(kind) for kind in kinds if kind is not type(None)]
    one = present[0] if len(present) == 1 else {"type": "union", "choices": present}
    return {"type": "nullable", "schema": one} if type(None) in kinds else one


_PLAIN: dict[type, str] = {
    str: "str",
    int: "int",
    bool: "bool",
    dt.date: "date",
    dt.time: "time",
    dt.datetime: "datetime",
}
