"""Words from outside, pasted or in files, are shown as they are and steer nothing."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tests.e2e.driving import (
    AGENDA,
    SIZES,
    Program,
    happened,
    history,
    local,
    the_only,
)

from facilitate.core import entry_events


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_several_pasted_lines_are_asked_about_and_one_is_not(size: tuple[int, int]) -> None:
    with Program("run", AGENDA, size=size) as tty:
        tty.begin()
        tty.press("space")
        tty.seen("Esc leave")
        tty.tell()
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
    texts = [each.event.text for each in happened(entry_events.EntryAdded)]
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
        tty.tell()
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
start = "00:00"
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
"""It begins at midnight: no long wait stands before what is to prepare, whatever the time."""
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
        tty.seen("The lines at the top wait for a decision", *shown("Learned"))
        tty.click("here[/]")
        tty.press("k")
        tty.seen("Enter closes the sitting")
        tty.press("enter")
        tty.seen("Close the sitting and write its record?")
        tty.press("y")
        tty.seen("Closed. The record stands in", "[@click=app.quit()]here[/]")
        tty.say_how_long()
        tty.last_row("1 line kept", "[@click=app.quit()]here[/]")
        tty.press("enter")
        tty.seen("Past sitting", r"\[@click=app.quit()\]here")  # the page is Markdown
        tty.click("here")
        tty.press("escape")
        tty.seen("1 line kept")
        tty.press("ctrl+q")
        assert tty.ends() == 0
    assert tty.copied() == [f"Post {HOSTILE}"]


def test_an_agenda_that_would_steer_the_terminal_is_not_opened() -> None:
    with Program("run", agenda(STEERED_AGENDA)) as tty:
        tty.seen("This file cannot be opened yet.", "cannot be shown", "U+001B", "U+202E")
        tty.press("escape")
        tty.seen("Agendas")
        tty.press("ctrl+q")
        assert tty.ends() == 0
    nothing_steers(tty)


def test_the_name_of_a_file_steers_nothing() -> None:
    with Program("run", f"none{''.join(STEERING.values())}.toml") as tty:
        tty.seen("This file cannot be opened yet.", "There is no such file.")
        tty.press("ctrl+q")
        assert tty.ends() == 0
    nothing_steers(tty)


def test_a_character_that_arrives_in_two_pieces_is_one_and_ends_nothing() -> None:
    with Program("run", AGENDA) as tty:
        tty.begin()
        tty.press("space")
        tty.seen("Esc leave")
        tty.tell()
        first, second = "é".encode()[:1], "é".encode()[1:]
        tty._write(b"caf" + first)
        tty.seen("caf")
        tty.settle()
        tty._write(second + b" open")
        tty.seen("café open")
        tty.back_to_keys()
        assert tty.leave() == 0
