"""What anything may cost, and how a figure stands to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["ok", "target missed", "TOO MUCH"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What one figure is to reach, and what it may never exceed."""

    name: str
    what: str
    """What is measured, and compared with what."""
    unit: str
    """"x" for a ratio within one run."""
    target: float
    limit: float


def _ratio(name: str, what: str, target: float, limit: float) -> Budget:
    return Budget(name=name, what=what, unit="x", target=target, limit=limit)


BUDGETS = {
    budget.name: budget
    for budget in (
        _ratio("append", "a line kept on disk / a raw write and fsync", 1.25, 1.25),
        Budget(
            name="append-caller",
            what="what keeping a line costs its caller, p95",
            unit="ms",
            target=1,
            limit=1,
        ),
        _ratio("replay-1000", "1,000 events to a state / json.loads of them", 2, 2.5),
        _ratio("replay-10000", "10,000 events to a state / json.loads of them", 2, 2.5),
        _ratio("project", "the day of 60 segments projected / building 60 rows", 4, 4),
        _ratio("rebuild", "the archive's index made again / reading its records", 3, 4),
        _ratio("search", "words in the archive / the bare statement", 1.5, 1.5),
        _ratio("search-commonest", "the commonest word / the bare statement", 1, 1.5),
        _ratio("unchanged", "records looked at again / a bare look at their files", 2.5, 3),
        _ratio("version", "facilitate --version / python -c pass", 5, 5),
        _ratio("check", "facilitate check AGENDA / python -c pass", 14, 17),
        _ratio("first-paint", "something on the screen / bare Textual", 1.15, 1.4),
        _ratio("ready", "the day on the screen / bare Textual", 1.6, 2),
        _ratio("start-cpu", "CPU up to there / bare Textual", 1.6, 2),
        _ratio("list-p50", "key to paint, moving in a list / bare Textual", 2, 4),
        _ratio("list-p95", "the same, the slowest but 5 in 100", 3, 5),
        _ratio("typing-p50", "key to paint, typing a line / bare Textual", 3, 4),
        _ratio("typing-p95", "the same, the slowest but 5 in 100", 3, 5),
        _ratio("kept-p50", "key to paint, a line kept among 500 / bare Textual", 3, 4.5),
        _ratio("kept-p95", "the same, the slowest but 5 in 100", 3, 6),
        _ratio("idle-cpu", "CPU when nobody touches it / bare Textual", 3, 4),
        _ratio("wakeups", "wake-ups when nobody touches it / bare Textual", 1.5, 2),
        Budget(
            name="idle-bytes",
            what="bytes to the terminal when nobody touches it",
            unit="B/s",
            target=300,
            limit=800,
        ),
        _ratio("memory", "peak memory / bare Textual", 1.55, 1.8),
        _ratio("exit", "from the last key to the end / bare Textual", 0.8, 1.1),
        Budget(
            name="growth",
            what="memory grown by 300 changes of focus",
            unit="MiB",
            target=3,
            limit=3,
        ),
        Budget(
            name="left-on-quit",
            what="terminal modes left on after quitting",
            unit="",
            target=0,
            limit=0,
        ),
        Budget(
            name="left-on-term",
            what="terminal modes left on after SIGTERM",
            unit="",
            target=0,
            limit=0,
        ),
        Budget(
            name="left-on-fault",
            what="terminal modes left on after a fault",
            unit="",
            target=0,
            limit=0,
        ),
    )
}
"""By name, in the order in which they are printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value."""

    name: str
    """That of its budget."""
    value: float
    """In the unit of the budget; lower is better."""
    beside: str = ""
    """What is printed beside it: absolute values, what was found."""
    limit: float | None = None
    """A hard limit that follows from the run itself; None for the one of the budget."""

    @property
    def budget(self) -> Budget:
        """What it is held against."""
        return BUDGETS[self.name]

    @property
    def hard_limit(self) -> float:
        """What it may never exceed."""
        return self.budget.limit if self.limit is None else self.limit

    @property
    def verdict(self) -> Verdict:
        """How it stands to its budget."""
        if self.value > self.hard_limit:
            return "TOO MUCH"
        return (
            "ok" if self.value <= max(self.budget.target, self.limit or 0) else "target missed"
        )


def too_much(figures: Iterable[Figure]) -> list[Figure]:
    """Those above their hard limit."""
    return [figure for figure in figures if figure.verdict == "TOO MUCH"]
