"""The fields of a file made into one value of the core, with every wrong type told at once.

When types are wrong, a value with stand-ins in the wrong places is made as well, so that the
checks after this one are not skipped; what rests on a stand-in is doubtful and not told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from facilitate.formats.finding import touches
from facilitate.formats.layout import Layout
from facilitate.formats.problem import Path
from facilitate.formats.shaping import Shaped

if TYPE_CHECKING:
    from pydantic_core import ValidationError

_STAND_INS: dict[str, Any] = {
    "id": "stand-in",
    "title": "-",
    "key": "stand-in",
    "text": "-",
    "ask": "-",
    "who": "-",
    "do": "-",
    "label": "-",
    "url": "-",
    "kind": "practice",
    "minutes": 1,
    "number": 1,
    "place": "online",
    "timezone": "UTC",
    "date": "2000-01-01",
    "start": "00:00:00",
    "starts": "2000-01-01",
    "ends": "2000-01-01",
    "segments": [],
    "sessions": [],
}
"""What a needed key holds while the checks look at a value that lacks it."""


def typed(shaped: Shaped, layout: Layout) -> Any:
    """The value of the core; findings and doubtful paths are added to what was shaped.

    None when not even stand-ins make a value of it.
    """
    # Loading pydantic takes longer than reading an agenda; who reads none does not pay.
    from facilitate.formats.shapes import ValidationError

    try:
        return _validated(shaped.fields, layout.shape)
    except ValidationError as error:
        _tell(error, shaped, layout)
        for place in (one["loc"] for one in error.errors()):
            _stand_in(shaped.fields, place)
    try:
        return _validated(shaped.fields, layout.shape)
    except ValidationError:
        return None


def _validated(fields: dict[str, Any], shape: type) -> Any:
    from facilitate.formats.shapes import from_fields

    return from_fields(shape, fields)


def _tell(error: ValidationError, shaped: Shaped, layout: Layout) -> None:
    from facilitate.formats.wrong_types import missing, wrong_type

    told: set[Path] = set()
    for one in error.errors():
        path = _path(one["loc"], shaped, layout)
        if one["type"] == "missing":
            finding = missing(path)
        else:
            path, value = _existing(path, shaped.data)
            expected = str(one.get("ctx", {}).get("expected", ""))
            finding = wrong_type(path, one["type"], value, expected)
        # A missing key may be one that could not be read; what stands there can be judged.
        if path not in told and not (
            one["type"] == "missing" and touches(path, shaped.doubtful)
        ):
            told.add(path)
            shaped.findings.append(finding)
    shaped.doubtful |= told


def _path(place: Path, shaped: Shaped, layout: Layout) -> Path:
    """Where in the file the field at a place of the value was written."""
    field, *rest = place
    if field == layout.roles:
        return (str(field), str(shaped.fields["team"][int(rest[0])]["role"]))
    for name, (its_field, _) in (*layout.lists.items(), *layout.tables.items()):
        if field == its_field:
            return (name, *rest)
    return (layout.head, *place)


def _existing(path: Path, data: dict[str, Any]) -> tuple[Path, Any]:
    """As much of a path as there is in the data, and what stands there."""
    value: Any = data
    for length, part in enumerate(path):
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return path[:length], value
    return path, value


def _stand_in(fields: dict[str, Any], place: Path) -> None:
    """Put something of the right type at a place, or take out what may be missing."""
    table, key = fields, str(place[0])
    value: Any = fields
    for part in place:
        if isinstance(value, dict):
            table, key = value, str(part)
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            break
    if key in _STAND_INS:
        table[key] = _STAND_INS[key]
    else:
        table.pop(key, None)
