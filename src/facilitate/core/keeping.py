"""How long the journals of a sitting stay beside its record."""

from __future__ import annotations

from typing import Literal

WITH_THE_RECORD: Literal["with the record"] = "with the record"
"""As long as the record does."""

Keep = int | Literal["with the record"]
"""Days after the record, or as long as that."""
