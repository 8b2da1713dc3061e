"""A JSON Schema (2020-12) of agendas and programmes, for editors that know TOML.

It says what a file may hold: keys, types, words, bounds. What parts of a file must agree on is
for `facilitate check` to say.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import types
from collections.abc import Iterable, Mapping
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from facilitate.core.agenda import Afterwards, Carried, Offered, Preparation, Segment
from facilitate.formats import common_rules as common
from facilitate.formats import key_words
from facilitate.formats.file_reading import FORMAT
from facilitate.formats.layout import AGENDA, INNER, Layout, keys_of
from facilitate.formats.programme_toml import PROGRAMME
from facilitate.formats.slugs import LONGEST, SLUG

Sort = Literal["agenda", "programme"]
Schema = dict[str, Any]

LAYOUTS: Mapping[Sort, Layout] = {"agenda": AGENDA, "programme": PROGRAMME}
SCHEMA_FILES: Mapping[Sort, str] = {
    "agenda": "agenda.schema.json",
    "programme": "programme.schema.json",
}
"""What a schema is called beside the files that it is for."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_SPACE = "[ \t\xa0\u2009\u202f]*"
CLOCK = (
    f"^{_SPACE}(?:(?:[01]?[0-9]|2[0-3]):[0-5][0-9]"
    rf"|(?:0?[1-9]|1[0-2]):[0-5][0-9]{_SPACE}[AaPp]\.?[Mm]\.?){_SPACE}$"
)
"""A pattern and no format: with the format "time", editors refuse "09:00"."""

_GROUP_SIZE = r"^\s*[1-9][0-9]{0,2}\s?[\-\u2013]\s?[1-9][0-9]{0,2}\s*$"
_MOST_IN_GROUP = 999
_FILE_NAME = r"^[^/\\]+\.toml$"
_SAYS_SOMETHING = r"\S"
_SHORT_NAME = f"^{SLUG.pattern}$"

_SHORT_NAMES = frozenset(
    {"id", "key", "cohort", "programme", "topic", "series", "carried_from"}
    | {"lead", "with", "who", "serves"}
)
"""Keys that hold short names, those of a carried line apart."""
_NEEDED_WORDS = frozenset({"title", "text", "do"})
"""Keys that say something where they are needed."""
_FROM_ZERO = frozenset({"opening", "between", "closing", "spare_rooms"})
"""Keys whose numbers may be 0; so may the minutes of a debrief."""
_MADE = (Segment, "id")
"""A key that a value needs and a file does not: it is made from the title."""


def schema_line(sort: Sort) -> str:
    """The first line of a file, by which editors find the schema that lies beside it."""
    return f"#:schema ./{SCHEMA_FILES[sort]}\n"


def schema_text(sort: Sort | None = None) -> str:
    """The schema of one sort of file, or one that tells both apart, as JSON."""
    schema = _of_both() if sort is None else _of_one(LAYOUTS[sort])
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _of_both() -> Schema:
    """A file with a `[programme]` is a programme, any other an agenda."""
    both = {sort: _file(layout) for sort, layout in LAYOUTS.items()}
    tables = {name: table for layout in LAYOUTS.values() for name, table in _tables(layout)}
    return {
        "$schema": DIALECT,
        "title": "An agenda or a programme of facilitate",
        "type": "object",
        # Without its last key, tombi calls every table of a programme unknown.
        "if": {"required": ["programme"], "additionalProperties": True},
        "then": {"$ref": "#/$defs/programme"},
        "else": {"$ref": "#/$defs/agenda"},
        "additionalProperties": True,  # each of the two says what it allows
        "$defs": {**both, **tables},
    }


def _of_one(layout: Layout) -> Schema:
    return {"$schema": DIALECT, **_file(layout), "$defs": dict(_tables(layout))}


def _file(layout: Layout) -> Schema:
    properties: Schema = {"format": {"const": FORMAT, "description": key_words.FORMAT}}
    properties[layout.head] = _reference(layout.shape)
    if layout.roles is not None:
        properties[layout.roles] = _roles()
    for name, (_, shape) in layout.lists.items():
        least = {"minItems": 1} if name in layout.needed else {}
        properties[name] = {"type": "array", "items": _reference(shape), **least}
    for name, (_, shape) in layout.tables.items():
        properties[name] = _reference(shape)
    return {
        "title": f"{layout.noun.capitalize()} of facilitate",
        "type": "object",
        "properties": properties,
        "required": ["format", *layout.needed],
        "additionalProperties": False,
    }


def _roles() -> Schema:
    return {
        "type": "object",
        "description": key_words.TEAM,
        "propertyNames": {"pattern": _SHORT_NAME, "maxLength": LONGEST},
        "additionalProperties": {"type": "string", "description": key_words.ROLE},
    }


def _tables(layout: Layout) -> list[tuple[str, Schema]]:
    """Every table of a file and every table within one, by the name of its shape."""
    others = (*layout.lists.values(), *layout.tables.values())
    shapes = [layout.shape, *(shape for _, shape in others)]
    for shape in shapes:  # it grows while it is gone through
        shapes += [inner for (outer, _), inner in INNER.items() if outer is shape]
    heads = {layout.shape: layout.head_keys}
    return [
        (shape.__name__, _table(shape, heads.get(shape) or keys_of(shape)))
        for shape in dict.fromkeys(shapes)
    ]


def _table(shape: type, keys: Iterable[str]) -> Schema:
    hints = get_type_hints(shape)
    fields = {field.name.rstrip("_"): field for field in dataclasses.fields(shape)}
    needed = [key for key in keys if _is_needed(shape, key, fields[key])]
    return {
        "type": "object",
        "description": key_words.TABLES[shape],
        "properties": {key: _key(shape, key, hints[fields[key].name]) for key in keys},
        **({"required": needed} if needed else {}),
        "additionalProperties": False,
    }


def _is_needed(shape: type, key: str, field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and (shape, key) != _MADE


def _key(shape: type, key: str, kind: Any) -> Schema:
    """What a key holds, and what it is for."""
    said = {"description": key_words.KEYS[shape][key]}
    present = [one for one in get_args(kind) if one is not type(None)]
    if get_origin(kind) not in {types.UnionType, Union}:
        return _value(shape, key, kind) | said
    if len(present) == 1:
        return _value(shape, key, present[0]) | said
    numbers = {"minimum": 1, "maximum": _MOST_IN_GROUP}
    return {"type": ["integer", "string"], **numbers, "pattern": _GROUP_SIZE} | said


def _value(shape: type, key: str, kind: Any) -> Schema:
    if dataclasses.is_dataclass(kind):
        return _reference(kind)
    if get_origin(kind) is Literal:
        return {"type": "string", "enum": list(get_args(kind))}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _value(shape, key, get_args(kind)[0])}
    if kind is int:
        return {"type": "integer", **_bounds(shape, key)}
    if kind is str:
        return {"type": "string", **_words(shape, key)}
    return dict(_PLAIN[kind])


_PLAIN: Mapping[Any, Schema] = {
    bool: {"type": "boolean"},
    dt.date: {"type": "string", "format": "date"},
    dt.time: {"type": "string", "pattern": CLOCK},
}


def _reference(shape: Any) -> Schema:
    return {"$ref": f"#/$defs/{shape.__name__}"}


def _bounds(shape: type, key: str) -> Schema:
    least = 0 if key in _FROM_ZERO or shape is Afterwards else 1
    return {"minimum": least, "maximum": common.WEEK if shape is Preparation else common.DAY}


def _words(shape: type, key: str) -> Schema:
    if key in _SHORT_NAMES and shape is not Carried:
        return {"pattern": _SHORT_NAME, "maxLength": LONGEST}
    if key == "agenda":
        return {"pattern": _FILE_NAME}
    return {"pattern": _SAYS_SOMETHING} if key in _NEEDED_WORDS and shape is not Offered else {}
