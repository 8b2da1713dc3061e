"""What a terminal does to the program, and what the program does to the terminal."""

from __future__ import annotations

import os
import pty
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bench.ptybench import descendants
from tests.e2e.driving import (
    AGENDA,
    CLEAR,
    FACILITATE,
    SIZES,
    Program,
    happened,
    local,
    state,
)

from facilitate.core import entry_events

NEEDS_PROC = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="states of processes are read from /proc"
)


# Ends


@pytest.mark.parametrize(
    ("number", "size"),
    [
        (signal.SIGTERM, SIZES[0]),
        (signal.SIGTERM, SIZES[1]),
        (signal.SIGINT, SIZES[0]),
        (signal.SIGHUP, SIZES[1]),
    ],
)
def test_a_signal_ends_it_in_order(number: signal.Signals, size: tuple[int, int]) -> None:
    with Program("run", AGENDA, size=size) as tty:
        tty.begin()
        tty.capture("a: Said before the signal")
        os.kill(tty.pid, number)
        assert tty.ends(2) == 0
        assert tty.is_restored()
    assert [each.event.text for each in happened(entry_events.EntryAdded)] == [
        "Said before the signal"
    ]


@pytest.mark.parametrize("before", ["", "trap '' HUP; "], ids=["heard", "ignored"])
def test_a_closed_window_ends_it_and_loses_nothing(before: str) -> None:
    command = ("sh", "-c", f'{before}exec "$0" "$@"', FACILITATE)
    with Program("run", AGENDA, command=command) as tty:
        tty.begin()
        tty.capture("a: Said before the window closed")
        tty.keys("space", "text:half a line")
        tty.seen("half a line")
        tty.hang_up()
        tty.ends(2.5)
    assert [each.event.text for each in happened(entry_events.EntryAdded)] == [
        "Said before the window closed"
    ]


def test_a_window_closed_while_it_does_not_take_anything_ends_it_too() -> None:
    """The terminal stands still, the way to it is full, and then it is gone."""
    with Program("run", AGENDA) as tty:
        tty.begin()
        for _ in range(60):
            os.write(tty.fd, b"v" if tty.terminal.kitty_flags == 0 else b"\x1b[118;1;118u")
            time.sleep(0.01)  # each press draws the whole screen, and nobody reads
        tty.hang_up()
        tty.ends(3)


@NEEDS_PROC
def test_an_input_that_ends_ends_it_and_restores_the_screen() -> None:
    """Keys come from one terminal, the screen is another one, and the first is closed."""
    keys, theirs = pty.openpty()
    command = ("sh", "-c", 'exec "$0" "$@" <' + os.ttyname(theirs), FACILITATE)
    os.set_inheritable(keys, False)
    with Program("run", AGENDA, command=command) as tty:
        tty.seen("to prepare")
        os.close(theirs)
        os.close(keys)
        assert tty.ends(2.5) == 0
        tty.settle()
        assert not tty.terminal.alt_screen


# No terminal


@pytest.mark.parametrize(
    "how", ["</dev/null", "2>words.txt", "</dev/null 2>words.txt", "<&-", "2>&-", "<&- 2>&-"]
)
def test_without_a_terminal_it_says_so_and_ends(how: str) -> None:
    command = ("sh", "-c", f'exec "$0" "$@" {how}', FACILITATE)
    with Program("run", AGENDA, command=command) as tty:
        assert tty.ends(8) == 3
        assert not tty.terminal.used_alt_screen
    words = Path(os.environ["HOME"], "words.txt")
    said = words.read_text() if words.exists() else tty.words()
    if "2>&-" not in how:
        assert " ".join(said.split()).startswith("facilitate draws on a terminal")
    assert not local().exists()


# Stopping


NEW_LINE = "hex:0a"
"""What ends a line for a shell even when a stopped program left the terminal raw."""


@contextmanager
def started_by_a_shell(size: tuple[int, int]) -> Iterator[tuple[Program, int]]:
    """The program as the foreground job of a shell, on the screen before the start."""
    env = {"PS1": "$ ", "ENV": ""}
    with Program(command=("sh", "-i"), size=size, env=env) as tty:
        tty.seen("$")
        tty.keys(f"text:{FACILITATE} run {AGENDA}", NEW_LINE)
        tty.begin()
        tty.settle()
        (child,) = [pid for pid in descendants(tty.pid) if pid != tty.pid]
        yield tty, child


def threads(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def below(tty: Program) -> list[str]:
    """The screen without its first lines, where the time is."""
    return tty.terminal.lines()[6:]


def stopped(tty: Program, pid: int) -> None:
    tty.seen("topped")
    tty.soon(lambda: state(pid) == "T", "a stopped process")


def leave_for_the_shell(tty: Program, pid: int, before: list[str]) -> None:
    tty.press("ctrl+q")
    tty.seen("Leave now?")
    tty.press("y")
    tty.until(lambda: not tty.terminal.alt_screen, "the ordinary screen")
    tty.soon(lambda: state(pid) in {"", "Z"} and tty.terminal.leftovers() == before, "the end")


@NEEDS_PROC
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("how", ["the key", "the signal"])
def test_ctrl_z_covers_stops_and_comes_back_whole(how: str, size: tuple[int, int]) -> None:
    with started_by_a_shell(size) as (tty, pid):
        tty.press("space")
        tty.tell()
        tty.keys("text:numbat")
        tty.seen("> numbat")
        tty.settle()
        count, card = threads(pid), below(tty)
        if how == "the key":
            tty.press("ctrl+z")
        else:
            os.kill(pid, signal.SIGTSTP)
        stopped(tty, pid)
        before = tty.terminal.leftovers()  # of the shell
        assert not tty.terminal.alt_screen
        assert tty.drew_before_leaving() == b""
        assert b"uncovers" in tty.output.rpartition(b"numbat")[2].rpartition(CLEAR)[0]
        tty.keys("text:fg", NEW_LINE)
        tty.seen("v uncovers")
        assert "numbat" not in tty.words()
        assert "Doors open" not in tty.words()
        tty.settle()
        assert (threads(pid), state(pid)) == (count, "S")
        tty.press("v")
        tty.until(lambda: below(tty) == card, "the same screen")
        tty.press("text: and more")
        tty.seen("> numbat and more")
        tty.back_to_keys()
        leave_for_the_shell(tty, pid, before)


@NEEDS_PROC
@pytest.mark.parametrize("how", ["the key", "from outside"])
def test_in_the_background_it_stays_stopped_and_draws_nothing(how: str) -> None:
    with started_by_a_shell((60, 24)) as (tty, pid):
        before = ["bracketed paste"] if b"\x1b[?2004h$ " in tty.output else []  # of the shell
        if how == "the key":
            tty.press("ctrl+z")
        else:
            os.kill(pid, signal.SIGSTOP)
        stopped(tty, pid)
        length = len(tty.output)
        tty.keys("text:bg; echo over", NEW_LINE)
        tty.until(lambda: tty.words().count("over") > 1, "over")
        tty.soon(lambda: state(pid) == "T", "a process that stopped again")
        assert CLEAR not in tty.output[length:]
        assert b"\x1b[?1049" not in tty.output[length:]
        tty.keys("text:fg", NEW_LINE)
        tty.soon(lambda: b"\x1b[?1049h" in tty.output[length:], "the second screen")
        tty.settle()
        if how == "the key":
            tty.seen("v uncovers")
            tty.press("v")
        tty.seen("n next", "SAY")
        leave_for_the_shell(tty, pid, before)


@NEEDS_PROC
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_stopped_and_continued_from_outside_it_draws_everything_anew(
    size: tuple[int, int],
) -> None:
    with Program("run", AGENDA, size=size) as tty:
        tty.begin()
        tty.settle()
        modes, count, card = set(tty.terminal.modes), threads(tty.pid), below(tty)
        for _ in range(2):
            length = len(tty.output)
            os.kill(tty.pid, signal.SIGSTOP)
            tty.soon(lambda: state(tty.pid) == "T", "a stopped process")
            tty.terminal.screen.erase_in_display(2)  # someone else wrote there meanwhile
            os.kill(tty.pid, signal.SIGCONT)
            tty.until(lambda: below(tty) == card, "the same screen")
            tty.settle()
            assert tty.output[length:].count(b"\x1b[?1049h") == 1
            assert (tty.terminal.modes, threads(tty.pid)) == (modes, count)
        tty.capture("a: every letter once")
        tty.seen("A1 heard every letter once")
        assert tty.leave() == 0
        assert tty.is_restored()


@NEEDS_PROC
def test_ctrl_z_where_no_shell_would_bring_it_back_only_covers() -> None:
    with Program("run", AGENDA, size=(60, 24)) as tty:
        tty.begin()
        tty.press("ctrl+z")
        tty.seen("v uncovers")
        tty.settle()
        assert state(tty.pid) in {"S", "R"}
        tty.press("v")
        tty.seen("n next")
        assert tty.leave() == 0
        assert tty.is_restored()


@NEEDS_PROC
def test_a_window_closed_while_it_is_stopped_ends_it() -> None:
    with started_by_a_shell((60, 24)) as (tty, pid):
        tty.capture("a: Said before")
        tty.press("ctrl+z")
        stopped(tty, pid)
        tty.hang_up()
        tty.soon(lambda: state(pid) in {"", "Z"}, "the end", timeout=3)
    assert len(happened(entry_events.EntryAdded)) == 1


# Keyboards


def test_iterm_is_not_asked_for_the_keys_that_lose_dead_keys_there() -> None:
    with Program(env={"TERM_PROGRAM": "iTerm.app"}) as tty:
        tty.seen("Agendas")
        tty.press("ctrl+q")
        assert tty.ends() == 0
    assert b"u" not in {sequence[-1:] for sequence in keyboard_sequences(tty)}


def test_other_terminals_are_asked_for_unambiguous_keys() -> None:
    with Program(env={"TERM_PROGRAM": "WezTerm"}) as tty:
        tty.seen("Agendas")
        assert tty.terminal.kitty_flags & 1
        tty.press("ctrl+q")
        assert tty.ends() == 0
        assert tty.is_restored()
    assert len(keyboard_sequences(tty)) == 2  # on, and off again


def keyboard_sequences(tty: Program) -> list[bytes]:
    return re.findall(rb"\x1b\[[<>=][0-9;]*u", tty.output)


# Room


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_too_small_a_window_asks_for_more_room_and_keeps_the_line(
    size: tuple[int, int],
) -> None:
    with Program("run", AGENDA, size=size) as tty:
        tty.begin()
        tty.press("space")
        tty.tell()
        tty.keys("text:numbat")
        tty.seen("> numbat")
        tty.resize(50, 15)
        tty.seen("A little more room, please: 60 columns, 20 rows.", "> numbat")
        tty.press("text: and more")
        tty.seen("> numbat and more")
        assert "Doors open" not in tty.words()
        tty.resize(*size)
        tty.seen("Doors open", "SAY", "> numbat and more")
        assert "A little more room" not in tty.words()
        tty.back_to_keys()
        assert tty.leave() == 0


class Watched(Program):
    """Keeps every screen that was shown at any time."""

    def _look(self) -> None:
        self.shown.append(self.terminal.text())
        super()._look()

    shown: list[str]


def test_a_narrow_window_is_never_drawn_as_a_wide_one_first() -> None:
    Watched.shown = []
    with Watched("run", AGENDA, size=(60, 24)) as tty:
        tty.begin()
        tty.settle()
        assert tty.leave() == 0
    between_plan_and_card = "│ Let people land"
    assert len(tty.shown) > 10
    assert not [text for text in tty.shown if between_plan_and_card in text]
