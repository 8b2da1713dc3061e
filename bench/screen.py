"""The screen in a real terminal, beside a bare Textual app: start, keys, idleness, end."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from bench import ptybench
from bench.budgets import Figure
from bench.pairs import Effort, beside, in_turn, ratio
from bench.ptybench import (
    BenchError,
    Run,
    Session,
    Settings,
    Step,
    Subject,
    Terminal,
    number,
    percentile,
)
from bench.sitting import AGENDA
from bench.start import FACILITATE
from facilitate.core.decide_time import HELD_KEY

SUBJECTS = Path(__file__).parent / "subjects"
DAY = "Closing day one"
"""The last part of the agenda: when it is on the screen, the day is."""
RUNNING = "min left"
ASKS = "r room only for now"
"""On the page before the first line, once it takes an answer."""
KEPT = "Lines are kept."
LINES = ("the first line", "the second line")
HELLO = Subject(
    "bare Textual",
    [sys.executable, str(SUBJECTS / "hello.py")],
    "Hello World 0",
    [Step("x", "Hello World {n}")],
)
OURS = Subject("facilitate", [FACILITATE, "run", str(AGENDA)], DAY)
FAULTY = Subject(
    "facilitate with a fault",
    [sys.executable, str(SUBJECTS / "fault.py"), "run", str(AGENDA)],
    DAY,
)
IN_THE_LIST = [Step("down"), Step("up")]
IN_THE_LINE = [Step(letter) for letter in "wesaywhatwesee"]
MANY = 500
PASTE = "\n".join(f"We say what we see, the {n}. time" for n in range(1, MANY + 1))
AGREEING = ("now > Someone who stands", "now > How we want to be")
"""The parts up to the one in which agreements are made."""
COLS, ROWS = 100, 30
PATIENCE = 10.0
FIRST_CHANGES = 30
"""Changes of focus that do not count: what is made once is made then."""


def start(effort: Effort) -> list[Figure]:
    """From nothing to an agenda on the screen."""
    runs = in_turn(effort.starts, partial(_started, OURS), partial(_started, HELLO))
    return [
        *_compared("first-paint", runs, "first_paint_ms", "ms"),
        *_compared("ready", runs, "ready_ms", "ms"),
        *_compared("start-cpu", runs, "start_cpu_ms", "ms"),
    ]


def visits(effort: Effort) -> list[Figure]:
    """On the run screen: keys, nobody there, memory, the end."""
    settings = Settings(presses=effort.presses, idle=effort.idle, gap=effort.gap)
    runs = in_turn(effort.visits, partial(_visit, settings), partial(_visit_bare, settings))
    written = median(ours["idle_bytes_per_s"] for ours, _ in runs)
    return [
        *_keys("list", runs),
        *_keys("typing", runs),
        *_compared("idle-cpu", runs, "idle_cpu_pct", "% of a core"),
        *_compared("wakeups", runs, "idle_wakeups_per_s", "a second"),
        Figure(name="idle-bytes", value=written),
        *_compared("memory", runs, "rss_peak_mib", "MiB"),
        *_compared("exit", runs, "exit_ms", "ms"),
    ]


def keeping(effort: Effort) -> list[Figure]:
    """An agreement kept where there are hundreds already, in the part for agreements."""
    settings = Settings(presses=effort.presses, gap=effort.gap)
    runs = in_turn(1, partial(_keep_among_many, settings), partial(_press_in_bare, settings))
    return _keys("kept", runs)


def growth(effort: Effort) -> list[Figure]:
    """Memory before and after many changes of focus; nothing where it cannot be read."""
    with _running(OURS) as tty:
        _change_focus(tty, FIRST_CHANGES)
        before = _memory(tty)
        _change_focus(tty, effort.focus_changes)
        after = _memory(tty)
    if before is None or after is None:
        return []
    grown = max(after - before, 0.0)
    return [Figure(name="growth", value=grown, beside=f"from {number(before)} MiB")]


def endings(_: Effort) -> list[Figure]:
    """What each way to end leaves switched on in the terminal."""
    ways: dict[str, tuple[Subject, Callable[[Session], object]]] = {
        "left-on-quit": (OURS, _quit),
        "left-on-term": (OURS, lambda tty: os.kill(tty.pid, signal.SIGTERM)),
        "left-on-fault": (FAULTY, lambda tty: tty.press("e")),
    }
    return [_ending(name, subject, end) for name, (subject, end) in ways.items()]


# Start


@contextmanager
def _opened(subject: Subject) -> Iterator[Session]:
    """A program in a terminal, with an empty home of its own."""
    with (
        tempfile.TemporaryDirectory() as home,
        Session(subject.command, cols=COLS, rows=ROWS, env={"FACILITATE_HOME": home}) as tty,
    ):
        yield tty


def _started(subject: Subject) -> Run:
    with _opened(subject) as tty:
        run = ptybench.measure_start(tty, subject, Settings())
        tty.press("ctrl+q")
        tty.wait(PATIENCE)
    return run


# A stay on the run screen


@contextmanager
def _running(subject: Subject) -> Iterator[Session]:
    """A sitting that has begun, with some lines made in it, and the keys not in the line."""
    with _opened(subject) as tty:
        tty.wait_for_text(DAY, PATIENCE)
        tty.press("enter")
        answers = {"Begin, and move": "m", " y  Begin": "y"}
        tty.wait_for(lambda: any(words in tty.terminal.text() for words in answers), PATIENCE)
        shown = tty.terminal.text()
        tty.press(next((key for words, key in answers.items() if words in shown), "escape"))
        tty.wait_for_text(RUNNING, PATIENCE)
        tty.press("space")
        tty.wait_for_text(ASKS, PATIENCE)
        tty.press("k")
        tty.wait_for_text(KEPT, PATIENCE)
        for words in LINES:
            tty.press(f"text:{words}")
            tty.wait_for_text(words, PATIENCE)
            tty.press("enter")
            tty.settle()
        tty.press("escape")
        tty.settle()
        yield tty


def _visit(settings: Settings) -> Run:
    with _running(OURS) as tty:
        run = ptybench.measure_idle(tty, settings)
        tty.press("tab")
        tty.settle()
        run["list"] = _pressed(tty, IN_THE_LIST, LINES, settings)
        tty.press("space")
        tty.settle()
        run["typing"] = _pressed(tty, IN_THE_LINE, ("keeps:",), settings)
        return run | _end(tty, _quit)


def _keep_among_many(settings: Settings) -> Run:
    with _running(OURS) as tty:
        for part in AGREEING:
            tty.watch(HELD_KEY.total_seconds())
            tty.press("n")
            tty.wait_for_text(part, PATIENCE)
        tty.press("space")
        tty.press(f"paste:{PASTE}")
        tty.wait_for_text(f"{MANY} lines were pasted", PATIENCE)
        tty.press("enter")
        tty.wait_for_text(f"the {MANY}. time", 3 * PATIENCE)
        tty.settle()
        once = replace(settings, presses=1, warmup_presses=0)
        latencies: list[float] = []
        for _ in range(settings.warmup_presses + settings.presses):
            tty.press("text:now and then")
            tty.settle()
            latencies += _pressed(tty, [Step("enter")], ("heard",), once)["latencies_ms"]
        return {"kept": {"latencies_ms": latencies[settings.warmup_presses :]}}


def _press_in_bare(settings: Settings) -> Run:
    with _opened(HELLO) as tty:
        ptybench.measure_start(tty, HELLO, settings)
        tty.settle()
        return {"kept": ptybench.measure_keys(tty, HELLO, settings)}


def _visit_bare(settings: Settings) -> Run:
    with _opened(HELLO) as tty:
        ptybench.measure_start(tty, HELLO, settings)
        tty.settle()
        run = ptybench.measure_idle(tty, settings)
        run["list"] = run["typing"] = ptybench.measure_keys(tty, HELLO, settings)
        return run | _end(tty, lambda tty: tty.press("ctrl+q"))


def _pressed(
    tty: Session, steps: list[Step], where: tuple[str, ...], settings: Settings
) -> Run:
    """Press keys whose effect shows in the rows with these words, and nowhere else."""
    rows = {y for y, text in enumerate(tty.terminal.lines()) if any(w in text for w in where)}
    others = frozenset(range(ROWS)) - rows
    subject = Subject("facilitate", [], steps=steps)
    run = ptybench.measure_keys(tty, subject, replace(settings, ignore_rows=others))
    if run["keys_missed"]:
        raise BenchError(f"{run['keys_missed']} keys did nothing:\n{tty.show()}")
    return run


def _end(tty: Session, leave: Callable[[Session], float]) -> Run:
    used = ptybench.usage(tty.pid)
    pressed = leave(tty)
    tty.wait(PATIENCE)
    ended = {"exit_ms": (perf_counter() - pressed) * 1e3}
    return ended | ({"rss_peak_mib": used.peak_rss_mib} if used else {})


def _quit(tty: Session) -> float:
    """Leave, and say yes if asked; returns when the last key was pressed."""
    pressed = tty.press("ctrl+q")
    asked = tty.wait_for(lambda: "Leave now?" in tty.terminal.text(), PATIENCE)
    return tty.press("y") if asked else pressed


# Focus and memory


def _change_focus(tty: Session, times: int) -> None:
    for _ in range(times):
        before = tty.terminal.picture()
        tty.press("tab")
        tty.wait_for(partial(_differs, tty.terminal, before), 0.5)


def _differs(terminal: Terminal, before: tuple[object, ...]) -> bool:
    return terminal.picture() != before


def _memory(tty: Session) -> float | None:
    """MiB that a program holds now."""
    tty.settle()
    used = ptybench.usage(tty.pid)
    return used.rss_mib if used else None


# Ends


def _ending(name: str, subject: Subject, end: Callable[[Session], object]) -> Figure:
    with _running(subject) as tty:
        modes = len(tty.leftovers())
        end(tty)
        if tty.wait(PATIENCE) is None:
            raise BenchError(f"{name}: it did not end; the screen was:\n{tty.show()}")
        left = tty.leftovers()
    said = ", ".join(left) or f"of {modes} that were on"
    return Figure(name=name, value=len(left), beside=said)


# Figures


def _compared(name: str, runs: Sequence[tuple[Run, Run]], key: str, unit: str) -> list[Figure]:
    """The figure of a key that all runs have; none where the system does not tell it."""
    pairs = [(ours[key], base[key]) for ours, base in runs if key in ours]
    return [Figure(name=name, value=ratio(pairs), beside=beside(pairs, unit))] if pairs else []


def _keys(name: str, runs: Sequence[tuple[Run, Run]]) -> list[Figure]:
    """Percentiles over the keys of all stays together."""
    ours = [ms for run, _ in runs for ms in run[name]["latencies_ms"]]
    base = [ms for _, run in runs for ms in run[name]["latencies_ms"]]
    half, most, nearly = (
        [(percentile(ours, percent), percentile(base, percent))] for percent in (50, 95, 99)
    )
    slowest = f"{beside(most, 'ms')}; p99 {beside(nearly, 'ms')}"
    return [
        Figure(name=f"{name}-p50", value=ratio(half), beside=beside(half, "ms")),
        Figure(name=f"{name}-p95", value=ratio(most), beside=slowest),
    ]
