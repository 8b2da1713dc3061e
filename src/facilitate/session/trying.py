"""Doing what can be done, and saying what could not."""

from __future__ import annotations

from pathlib import Path

from facilitate.core.refusal import Refused
from facilitate.store.files import reason


class Troubles:
    """What failed while the rest went on."""

    def __init__(self) -> None:
        self.told: list[str] = []
        """What could not be done, a sentence each; empty when all was."""
        self.said: list[str] = []
        """What someone should know besides."""

    def trying(self, what: Path | str) -> _Trying:
        """Let what is done within it fail for itself; `what` says which it was."""
        return _Trying(what, self.told)


class _Trying:
    def __init__(self, what: Path | str, told: list[str]) -> None:
        self._what = what
        self._told = told

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, where: object) -> bool:
        """Whether it failed in a way that can be told."""
        match error:
            case Refused():
                self._told.append(f"{self._what}: {error}")
            case OSError():
                self._told.append(f"{self._what}: {reason(error)}.")
            case _:
                return False
        return True
