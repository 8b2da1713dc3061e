"""What a value holds, all of it: a `repr` of our own values tells no words."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping


def contents(value: object) -> str:
    """Every word and number in a value, however deep it lies."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return contents([getattr(value, field.name) for field in dataclasses.fields(value)])
    if isinstance(value, Mapping):
        return contents([*value, *value.values()])
    if isinstance(value, list | tuple | set | frozenset):
        return "\n".join(contents(each) for each in value)
    return str(value)
