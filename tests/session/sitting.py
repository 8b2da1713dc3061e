"""A small agenda, what is done with a sitting of it, and what then lies on the disk."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from facilitate.core.agenda import Agenda, Objective, Role, Segment
from facilitate.core.capture_line import NewLine, NewWording, read_line
from facilitate.core.commands import Command
from facilitate.core.entry_commands import Capture, Reword
from facilitate.session.live import LiveSession
from facilitate.store.places import places

Begin = Callable[..., LiveSession]
Resume = Callable[[str], LiveSession]

NAME = "NAME OF THE LEAD"
DATE = dt.date(2026, 9, 12)
AGENDA = Agenda(
    id="harbour-1",
    title="Harbour circles",
    start=dt.time(9),
    timezone="America/New_York",
    minutes=60,
    place="online",
    programme="harbour-2026",
    date=dt.date(2026, 1, 1),
    team=(Role(role="lead", name=NAME), Role(role="care")),
    objectives=(Objective(key="words", text="Find words."),),
    segments=(
        Segment(id="arrive", title="Arriving", kind="arrival", minutes=20),
        Segment(id="be", title="How we want to be", kind="agreements", minutes=40),
    ),
)


def write(live: LiveSession, text: str) -> None:
    """Keep a line, or reword one, and wait for the disk."""
    line = read_line(text, "agreement")
    assert isinstance(line, NewLine | NewWording)
    is_new = isinstance(line, NewLine)
    live.do(Capture(line=line) if is_new else Reword(wording=line))
    assert live.settle(5)


def do(live: LiveSession, *commands: Command) -> None:
    for command in commands:
        live.do(command)
    assert live.settle(5)


def lines(folder: Path) -> list[dict[str, Any]]:
    """What stands in the journals of a folder, file by file."""
    files = sorted(folder.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_bytes().splitlines()]


def files_under(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def holding(words: str) -> list[str]:
    """The files of this home that hold some words, by their path."""
    home = places().home
    found = [path for path in files_under(home.parent) if words.encode() in path.read_bytes()]
    return [str(path.relative_to(home)) for path in found]
