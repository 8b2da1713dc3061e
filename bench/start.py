"""Commands that print something and end: what they cost above starting Python at all."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from bench.budgets import Figure
from bench.pairs import Effort, beside, in_turn, ratio
from bench.ptybench import child_environment
from bench.sitting import AGENDA

FACILITATE = str(Path(sys.executable).with_name("facilitate"))
BARE = (sys.executable, "-c", "pass")


def commands(effort: Effort) -> list[Figure]:
    """`facilitate --version` and `facilitate check`, beside a Python that does nothing."""
    return [
        _start("version", (FACILITATE, "--version"), effort.spawns),
        _start("check", (FACILITATE, "check", str(AGENDA)), effort.spawns),
    ]


def _start(name: str, command: Sequence[str], runs: int) -> Figure:
    with tempfile.TemporaryDirectory() as home:
        environment = child_environment({"FACILITATE_HOME": home})
        pairs = in_turn(
            runs, lambda: _spawned(command, environment), lambda: _spawned(BARE, environment)
        )
    return Figure(name=name, value=ratio(pairs), beside=beside(pairs, "ms"))


def _spawned(command: Sequence[str], environment: dict[str, str]) -> float:
    """Milliseconds from start to end.

    Raises:
        CalledProcessError: when it does not end well.
    """
    began = perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return (perf_counter() - began) * 1e3
