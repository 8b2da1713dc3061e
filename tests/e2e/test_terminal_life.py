"""What a terminal does to the program, and what the program does to the terminal."""

from __future__ import annotations

import os
import pty
import re
import resource
import signal
import sys
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
    history,
    local,
    state,
    the_only,
)

from facilitate.core import events

NEEDS_PROC = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="states of processes are read from /proc"
)


# Ends


def ends(tty: Program, within: float) -> int | None:
    """The exit status; fails when it takes longer."""
    status = tty.wait(within)
    assert status is not None, f"still there after {within:g} s"
    return status


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
        assert ends(tty, 2) == 0
        assert tty.is_restored()
    assert [each.event.text for each in happened(events.EntryAdded)] == [
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
        ends(tty, 2.5)
    assert [each.event.text for each in happened(events.EntryAdded)] == [
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
        ends(tty, 3)


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
        assert ends(tty, 2.5) == 0
        tty.settle()
        assert not tty.terminal.alt_screen


# No terminal


@pytest.mark.parametrize(
    "how", ["</dev/null", "2>words.txt", "</dev/null 2>words.txt", "<&-", "2>&-", "<&- 2>&-"]
)
def test_without_a_terminal_it_says_so_and_ends(how: str) -> None:
    command = ("sh", "-c", f'exec "$0" "$@" {how}', FACILITATE)
    with Program("run", AGENDA, command=command) as tty:
        assert ends(tty, 8) == 3
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
        tty.keys("space", "text:numbat")
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
    assert len(happened(events.EntryAdded)) == 1


# Keyboards


def test_iterm_is_not_asked_for_the_keys_that_lose_dead_keys_there() -> None:
    with Program(env={"TERM_PROGRAM": "iTerm.app"}) as tty:
        tty.seen("Agendas")
        tty.press("ctrl+q")
        assert tty.wait(8) == 0
    assert b"u" not in {sequence[-1:] for sequence in keyboard_sequences(tty)}


def test_other_terminals_are_asked_for_unambiguous_keys() -> None:
    with Program(env={"TERM_PROGRAM": "WezTerm"}) as tty:
        tty.seen("Agendas")
        assert tty.terminal.kitty_flags & 1
        tty.press("ctrl+q")
        assert tty.wait(8) == 0
        assert tty.is_restored()
    assert len(keyboard_sequences(tty)) == 2  # on, and off again


def keyboard_sequences(tty: Program) -> list[bytes]:
    return re.findall(rb"\x1b\[[<>=][0-9;]*u", tty.output)


# Pastes


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_several_pasted_lines_are_asked_about_and_one_is_not(size: tuple[int, int]) -> None:
    with Program("run", AGENDA, size=size) as tty:
        tty.begin()
        tty.press("space")
        tty.seen("Esc leave")
        tty.press("paste:a: first\n\n  q: second\r\n! third\n")
        tty.seen("3 lines were pasted", "a: first", "q: second", "! third")
        tty.press("escape")
        tty.gone("3 lines were pasted")
        tty.press("paste:a: One line, ")
        tty.press("text:and more")
        tty.seen("agreement > a: One line, and more")
        tty.press("enter")
        tty.seen("A1 heard One line, and more")
        tty.press("paste:a: first\n\n  q: second\r\n! third\n")
        tty.seen("3 lines were pasted")
        tty.press("enter")
        tty.seen("A2 heard first", "Q3 open second", "! not saved third")
        tty.back_to_keys()
        assert tty.leave() == 0
    texts = [each.event.text for each in happened(events.EntryAdded)]
    assert texts == ["One line, and more", "first", "second"]


STEERING = {
    "colour": "\x1b[31m",
    "clipboard": "\x1b]52;c;aGFjaw==\x07",
    "title": "\x1b]0;hacked\x07",
    "eight bits": "\x9b31m",
    "right to left": "\u202e",
    "isolate": "\u2066",
    "bell": "\x07",
    "backspaces": "\x08\x08",
}
QUIET = {name: steering for name, steering in STEERING.items() if "\x1b" not in steering}
"""An escape in a paste is taken for a key by Textual, so what comes of it is not foretold."""
QUIET_LEFT = {name: "31m" if name == "eight bits" else "" for name in QUIET}


def nothing_steers(tty: Program) -> None:
    """None of it reached the terminal, not even in part; and it did nothing."""
    written = OURS.sub(b"", tty.output)
    for steering in (*STEERING.values(), "\x9b", "\x08"):
        assert steering.encode() not in written
    assert b"\x1b]52" not in tty.output
    assert (tty.terminal.clipboard, tty.terminal.bells) == ([], 0)
    assert "hacked" not in tty.terminal.title


OURS = re.compile(rb"\x1b\]22;[a-z-]*\x07")
"""The shape of the mouse pointer."""


def test_what_steers_a_terminal_is_taken_out_of_a_paste() -> None:
    with Program("run", AGENDA, profile="basic") as tty:
        tty.begin()
        tty.press("space")
        tty.seen("Esc leave")
        for number, (name, steering) in enumerate(STEERING.items(), 1):
            tty.press(f"paste:{name}{steering} and on")
            tty.until(lambda: name in capture_line(tty), name)  # noqa: B023 - at once
            tty.press("enter")
            tty.seen(f"L{number} noted")
        several = "\n".join(f"{name}{steering}" for name, steering in QUIET.items())
        tty.press(f"paste:{several}")
        tty.seen(f"{len(QUIET)} lines were pasted")
        tty.press("enter")
        tty.seen(f"L{len(STEERING) + len(QUIET)} noted")
        tty.back_to_keys()
        assert tty.leave() == 0
    nothing_steers(tty)
    kept = [each.event.text for each in history(the_only(local() / "private")).events]
    assert kept[-len(QUIET) :] == [f"{name}{rest}" for name, rest in QUIET_LEFT.items()]
    assert not [text for text in kept if re.search("[\x00-\x1f\x7f-\x9f\u202e\u2066]", text)]


def capture_line(tty: Program) -> str:
    """What stands on the capture line."""
    return next(line for line in tty.terminal.lines() if "learning >" in line)


HOSTILE = "[/fix] [b]x[/b] [@click=app.quit()]here[/] [/]"
ODD_AGENDA = f"""
format = 1

[session]
id = "odd"
title = "{HOSTILE}"
date = 2026-12-05
start = "09:00"
timezone = "America/Los_Angeles"
minutes = 60
place = "online"

[team]
lead = ""

[[objective]]
key = "space"
text = "Objective {HOSTILE}"

[[before]]
minutes = 10
who = "lead"
do = "Prepare {HOSTILE}"

[[segment]]
title = "One {HOSTILE}"
kind = "dialogue"
minutes = 60
purpose = "Purpose {HOSTILE}"
say = "Say {HOSTILE}"
chat = ["Post {HOSTILE}"]
if_heavy = "Heavy {HOSTILE}"
"""
STEERED_AGENDA = ODD_AGENDA.replace('"Say ', '"\\u001b]52;c;aGFjaw==\\u0007\\u202e\\u009b31m')


def agenda(text: str, name: str = "odd.toml") -> Path:
    path = Path(os.environ["HOME"], name)
    path.write_text(text, encoding="utf-8")
    return path


def shown(before: str) -> tuple[str, str]:
    """The odd words behind others, in two pieces: they may be wrapped in the middle."""
    return f"{before} [/fix] [b]x[/b]", "[@click=app.quit()]here[/] [/]"


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_brackets_are_shown_as_they_are_and_do_nothing(size: tuple[int, int]) -> None:
    """On every screen: before, question, run, glance, closing, record."""
    with Program("run", agenda(ODD_AGENDA), size=size, profile="basic") as tty:
        tty.seen(*shown("lead: Prepare"))
        tty.click("here[/]")
        tty.begin()
        tty.seen(*shown("Purpose"), *shown("SAY Say"), *shown("CHAT 1 Post"))
        tty.click("here[/]")
        tty.press("h")
        tty.seen(*shown("IF HEAVY Heavy"))
        tty.press("c")
        tty.seen("was sent to the clipboard")
        tty.capture(f"l: Learned {HOSTILE}")
        tty.seen(*shown("L1 noted Learned"))
        tty.click("Learned")
        tty.press("space")
        tty.seen("Esc leave")
        tty.press(f"paste:{HOSTILE} a\n{HOSTILE} b")
        tty.seen("2 lines were pasted", "here[/] [/] a", "here[/] [/] b")
        tty.click("here[/]")
        tty.press("escape")
        tty.gone("2 lines were pasted")
        tty.press("ctrl+e")
        tty.seen("These lines belong to this sitting only", *shown("Learned"))
        tty.click("here[/]")
        tty.press("k")
        tty.seen("Enter closes the sitting")
        tty.press("enter")
        tty.seen("It cannot be reopened.")
        tty.press("y")
        tty.seen("Closed. The record stands in", "[@click=app.quit()]here[/]")
        tty.press("end")
        tty.seen("1 line kept", "[@click=app.quit()]here[/]")
        tty.press("enter")
        tty.seen("Past sitting", r"\[@click=app.quit()\]here")  # the page is Markdown
        tty.click("here")
        tty.press("escape")
        tty.seen("1 line kept")
        tty.press("ctrl+q")
        assert tty.wait(8) == 0
    assert tty.copied() == [f"Post {HOSTILE}"]


def test_an_agenda_that_would_steer_the_terminal_is_not_opened() -> None:
    with Program("run", agenda(STEERED_AGENDA)) as tty:
        tty.seen("This file cannot be opened yet.", "cannot be shown", "U+001B", "U+202E")
        tty.press("escape")
        tty.seen("Agendas")
        tty.press("ctrl+q")
        assert tty.wait(8) == 0
    nothing_steers(tty)


def test_the_name_of_a_file_steers_nothing() -> None:
    with Program("run", f"none{''.join(STEERING.values())}.toml") as tty:
        tty.seen("This file cannot be opened yet.", "There is no such file.")
        tty.press("ctrl+q")
        assert tty.wait(8) == 0
    nothing_steers(tty)


# Room


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_too_small_a_window_asks_for_more_room_and_keeps_the_line(
    size: tuple[int, int],
) -> None:
    with Program("run", AGENDA, size=size) as tty:
        tty.begin()
        tty.keys("space", "text:numbat")
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


# The disk


@contextmanager
def full_disk(pid: int) -> Iterator[None]:
    """The system takes nothing more from a process into any file, until this ends."""
    no_limit = resource.RLIM_INFINITY
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, no_limit))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (no_limit, no_limit))


@pytest.mark.skipif(sys.platform != "linux", reason="prlimit is of Linux")
def test_what_the_disk_refuses_is_said_and_kept_until_it_is_taken() -> None:
    with Program("run", AGENDA) as tty:
        tty.begin()
        tty.capture("a: before")
        tty.seen("A1 heard before")
        tty.settle()
        with full_disk(tty.pid):
            tty.capture("a: while it refuses")
            tty.seen("Not saved yet; still trying.", "A2 heard while it refuses")
            tty.capture("a: and still")
            tty.seen("Not saved yet; still trying.", "A3 heard and still")
            tty.press("ctrl+q")
            tty.seen("Leave now?")
            tty.press("y")
            tty.seen("Not on disk yet: 2 lines.", "w Wait")
            assert tty.exit_status is None
        tty.press("w")
        assert ends(tty, 8) == 0
        assert tty.is_restored()
    assert [each.event.text for each in happened(events.EntryAdded)] == [
        "before", "while it refuses", "and still",
    ]  # fmt: skip
    assert len(list((the_only(local() / "sessions") / "own").iterdir())) > 1


@pytest.mark.skipif(sys.platform != "linux", reason="prlimit is of Linux")
def test_once_the_disk_takes_it_again_the_banner_goes() -> None:
    with Program("run", AGENDA, size=(60, 24)) as tty:
        tty.begin()
        tty.settle()
        with full_disk(tty.pid):
            tty.capture("a: while it refuses")
            tty.seen("Not saved yet; still trying.")
        tty.gone("Not saved yet")
        tty.kill()
    assert [each.event.text for each in happened(events.EntryAdded)] == ["while it refuses"]
