"""What the team says to itself afterwards: kept on this machine, and nowhere else.

It enters neither the journal nor the record, and nobody is asked for a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from facilitate.core.capture_line import clean
from facilitate.formats import debrief_toml
from facilitate.formats.debrief_toml import Answered
from facilitate.store.files import replace_file

DEBRIEF = "debrief.toml"


def write_debrief(private_sitting_folder: Path, answers: Iterable[Answered]) -> Path:
    """Keep the answers that say something, in the place of earlier ones; return their file.

    Raises:
        OSError: when they cannot be written; earlier ones are then what they were.
    """
    said = [(question, text) for question, answer in answers if (text := clean(answer))]
    path = private_sitting_folder / DEBRIEF
    replace_file(path, debrief_toml.write_debrief(said).encode())
    return path


def read_debrief(private_sitting_folder: Path) -> tuple[Answered, ...]:
    """The answers kept for a sitting; empty when there are none, or none that can be read.

    Raises:
        OSError: when the file is there and the disk does not give it.
    """
    try:
        raw = (private_sitting_folder / DEBRIEF).read_bytes()
    except FileNotFoundError:
        return ()
    return debrief_toml.read_debrief(raw.decode("utf-8", errors="replace"))
