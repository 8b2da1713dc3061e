"""Frozen values: the standard `dataclass`, quicker to define, and without words in its `repr`.

Most of what defining a dataclass costs is compiling its methods, class by class, and every
start of the program waits for that. `__eq__`, `__hash__` and `__repr__` can be the same
functions for all of them, which halves it. And a `repr` ends up in places that nobody thought
of, so it tells what something is and never what people said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from collections.abc import Callable

    Kind = TypeVar("Kind", bound=type)

    def dataclass(**how: Any) -> Callable[[Kind], Kind]:
        """As `dataclasses.dataclass` with the same arguments."""

        def made(kind: Kind) -> Kind:
            kind.__eq__, kind.__hash__, kind.__repr__ = _equal, _hash, _name
            return dataclasses.dataclass(eq=False, repr=False, **how)(kind)

        return made


def _contents(value: Any) -> tuple[object, ...]:
    fields = value.__dataclass_fields__.values()
    return tuple([getattr(value, field.name) for field in fields if field.compare])


def _equal(one: Any, other: object) -> Any:
    if one is other:
        return True
    if one.__class__ is not other.__class__:
        return NotImplemented
    return _contents(one) == _contents(other)


def _hash(value: Any) -> int:
    return hash(_contents(value))


def _name(value: Any) -> str:
    return f"<{type(value).__name__}>"


__all__ = ["dataclass"]
