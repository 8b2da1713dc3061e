"""`python -m bench`: measures, prints a table, and ends with 1 when a hard limit is broken."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench import archive, day, journal, screen, start
from bench.budgets import Figure, too_much
from bench.pairs import Effort
from bench.ptybench import BenchError, host, number

Bench = Callable[[Effort], list[Figure]]

BENCHES: Mapping[str, Bench] = {
    "append": journal.append,
    "replay": journal.replays,
    "projecting": day.projecting,
    "archive": archive.archive,
    "unchanged": archive.unchanged,
    "commands": start.commands,
    "start": screen.start,
    "visits": screen.visits,
    "keeping": screen.keeping,
    "growth": screen.growth,
    "endings": screen.endings,
}
SHORT = Effort(
    spawns=10,
    starts=7,
    visits=3,
    idle=3.0,
    presses=30,
    gap=0.05,
    appends=300,
    replays=9,
    records=300,
    small_records=2_000,
)
LONG = Effort(
    spawns=30, starts=15, visits=5, idle=10.0, presses=60, gap=0.08, appends=2_000, replays=25
)
RESULTS = Path(__file__).parent / "results" / "latest.json"


def main(
    arguments: Sequence[str] | None = None,
    benches: Mapping[str, Bench] = BENCHES,
    results: Path = RESULTS,
) -> int:
    """Run benches; 0 when every figure is within its hard limit, 1 when one is not."""
    options = _options(arguments, benches)
    effort = SHORT if options.short else LONG
    figures: list[Figure] = []
    failed = False
    for name in options.only or benches:
        _progress(name)
        try:
            figures += _measured(benches[name], effort)
        except (BenchError, OSError, subprocess.CalledProcessError) as error:
            print(f"{name} could not be measured: {error}", file=sys.stderr)
            failed = True
    _progress("")
    print(report(figures))
    _write(results, figures, short=options.short)
    return int(failed or bool(too_much(figures)))


def _options(
    arguments: Sequence[str] | None, benches: Mapping[str, Bench]
) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer runs, below two minutes")
    parser.add_argument(
        "--only", action="append", choices=benches, metavar="NAME", help=", ".join(benches)
    )
    return parser.parse_args(arguments)


def _measured(bench: Bench, effort: Effort) -> list[Figure]:
    """The figures of a bench; those above their limit are measured once more, and longer."""
    figures = bench(effort)
    if not too_much(figures):
        return figures
    again = {figure.name: figure for figure in bench(effort.more())}
    return [
        replace(again[figure.name], beside=f"{again[figure.name].beside}, measured twice")
        if figure in too_much(figures)
        else figure
        for figure in figures
    ]


def report(figures: Sequence[Figure]) -> str:
    """A table for people, and what it was taken on."""
    rows = [("figure", "value", "target", "limit", "", ""), *map(_row, figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for name, value, target, limit, verdict, beside in rows:
        numbers = zip((value, target, limit), widths[1:4], strict=True)
        cells = [name.ljust(widths[0]), *(text.rjust(width) for text, width in numbers)]
        lines.append("  ".join([*cells, verdict.ljust(widths[4]), beside]).rstrip())
    about = host()
    taken = f"{about['system']}, Python {about['python']}, {about['cores']} cores"
    return "\n".join([*lines, f"{taken}, load {about['load']}"])


def _row(figure: Figure) -> tuple[str, str, str, str, str, str]:
    value, target, limit = (
        f"{number(each)} {figure.budget.unit}".rstrip()
        for each in (figure.value, figure.budget.target, figure.hard_limit)
    )
    return figure.name, value, target, limit, figure.verdict, figure.beside


def _write(path: Path, figures: Sequence[Figure], *, short: bool) -> None:
    values = [
        {
            "name": figure.name,
            "what": figure.budget.what,
            "value": figure.value,
            "unit": figure.budget.unit,
            "target": figure.budget.target,
            "limit": figure.hard_limit,
            "verdict": figure.verdict,
            "beside": figure.beside,
        }
        for figure in figures
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {"host": host(), "short": short, "figures": values}
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
