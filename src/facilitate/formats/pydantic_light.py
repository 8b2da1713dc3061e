"""pydantic's core without the typed description of its schemas.

Three quarters of what importing `pydantic_core` takes are the several hundred typed dicts of
`core_schema`, which describe schemas to type checkers. A schema itself is plain data
(https://docs.pydantic.dev/latest/api/pydantic_core_schema/), and is written as that here. Who
imports `pydantic_core.core_schema` later on gets the real one.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

_DESCRIPTION = "pydantic_core.core_schema"
Schema = dict[str, Any]
"""One node of a schema; `type` says which."""


def _anything(_: str) -> object:
    return Any


if not TYPE_CHECKING and _DESCRIPTION not in sys.modules:
    _stand_in = ModuleType(_DESCRIPTION)
    _stand_in.__getattr__ = _anything
    sys.modules[_DESCRIPTION] = _stand_in
    try:
        import pydantic_core  # noqa: F401
    finally:
        del sys.modules[_DESCRIPTION]

from pydantic_core import SchemaValidator, ValidationError, to_json  # noqa: E402

__all__ = ["Schema", "SchemaValidator", "ValidationError", "to_json"]
