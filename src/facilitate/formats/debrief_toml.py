"""What a team answered to the questions for afterwards, for this machine only."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable

import tomli_w

Answered = tuple[str, str]
"""A question, and what was answered."""


def write_debrief(answers: Iterable[Answered]) -> str:
    """The questions with their answers, as TOML, in their order."""
    rows = ({"question": question, "text": text} for question, text in answers)
    return "\n".join(f"[[answer]]\n{tomli_w.dumps(row)}" for row in rows)


def read_debrief(text: str) -> tuple[Answered, ...]:
    """The answers in a file of `write_debrief`; empty when it cannot be read."""
    try:
        rows = tomllib.loads(text).get("answer", [])
    except tomllib.TOMLDecodeError:
        return ()
    answers = (_answered(row) for row in rows) if isinstance(rows, list) else ()
    return tuple(answer for answer in answers if answer is not None)


def _answered(row: object) -> Answered | None:
    """What a row says; None when it is something else."""
    match row:
        case {"question": str(question), "text": str(text)}:
            return question, text
        case _:
            return None
