"""People's words reach no file, clipboard or other screen that they are not meant for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.e2e.driving import (
    AGENDA,
    FACILITATE,
    PROGRAMS,
    SIZES,
    Program,
    files,
    holding,
    local,
    nothing_but_the_screen_holds,
)

ROOM_ONLY = "quokka of this room"
HALF = "numbat half typed"
TAKEN = "potoroo taken back"
LET_GO = "bilby let go"
PASTED = "wombat pasted and refused"
CANARIES = [word.split()[0] for word in (ROOM_ONLY, HALF, TAKEN, LET_GO, PASTED)]
FAULT = "facilitate met a fault of its own and stopped."


def say_everything(tty: Program) -> None:
    """Put every kind of word on the screen that is not to be kept."""
    tty.capture(f"! {ROOM_ONLY}")
    tty.seen("not saved", ROOM_ONLY)
    tty.press("space")
    tty.seen("Esc leave")
    tty.keys(f"text:l: {TAKEN}", "enter")
    tty.seen("noted", TAKEN)
    tty.press("ctrl+b")
    tty.gone(TAKEN)
    tty.keys(f"text:l: {LET_GO}", "enter")
    tty.seen("noted", LET_GO)
    tty.press(f"paste:{PASTED}\nand {PASTED} again")
    tty.seen("2 lines were pasted", PASTED)
    tty.press("escape")
    tty.gone(PASTED)
    tty.press(f"text:{HALF}")
    tty.seen(HALF)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_words_that_are_not_kept_are_nowhere_after_the_close(size: tuple[int, int]) -> None:
    with Program("run", AGENDA, size=size) as tty:
        tty.begin()
        say_everything(tty)
        assert holding(*CANARIES[:2], CANARIES[4]) == []  # while it runs, too
        tty.press("ctrl+e")
        tty.seen("The lines at the top wait for a decision", LET_GO)
        tty.press("l")
        tty.seen("Enter closes the sitting")
        tty.press("enter")
        tty.seen("Close the sitting and write its record?")
        tty.press("y")
        tty.seen("Closed. The record stands in")
        tty.press("ctrl+q")
        assert tty.ends() == 0
        assert tty.is_restored()
    assert all(word.encode() in tty.output for word in CANARIES)  # they were on the screen
    assert list(files(local() / "records"))
    nothing_but_the_screen_holds(tty, *CANARIES)


def test_leaving_in_the_middle_keeps_nothing_of_the_room_and_of_half_lines() -> None:
    with Program("run", AGENDA) as tty:
        tty.begin()
        say_everything(tty)
        assert tty.leave() == 0
        assert tty.is_restored()
    nothing_but_the_screen_holds(tty, "quokka", "numbat", "wombat")


# Faults


@pytest.mark.parametrize(
    ("where", "size"),
    [
        ("screen", SIZES[0]),
        ("screen", SIZES[1]),
        ("callback", SIZES[0]),
        ("thread", SIZES[1]),
        ("writer", SIZES[0]),
    ],
)
def test_a_fault_restores_the_terminal_and_prints_no_words(
    where: str, size: tuple[int, int]
) -> None:
    command = (sys.executable, PROGRAMS / "faulty.py", where)
    with Program("run", AGENDA, command=command, size=size) as tty:
        tty.begin()
        tty.capture("! quokka")
        tty.capture("a: galah")
        tty.seen("A1 heard galah")
        if where == "thread":
            tty.press("C")
        else:
            tty.keys("space", "text:a: kookaburra", "enter", "text:numbat")
        assert tty.ends(10) == 1
    assert tty.is_restored()
    said = tty.said_after()
    assert said.count(FAULT) == 1
    assert "ValueError at" in said
    assert "faulty.py:" in said
    assert "Welcome" not in said  # the post that could not be saved
    nothing_but_the_screen_holds(tty, "quokka", "numbat")
    assert not [word for word in ("galah", "kookaburra", "cannot draw") if word in said]
    assert [path for path, content in files(local()).items() if b"galah" in content]


# Other ways out


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+x"])
def test_what_is_typed_cannot_be_copied_to_the_clipboard(key: str) -> None:
    with Program("run", AGENDA, profile="basic") as tty:
        tty.begin()
        tty.press("space")
        tty.tell()
        tty.press("text:numbat")
        tty.seen("> numbat")
        tty.keys("shift+home", key, "end", "text: stays")
        tty.seen("> numbat stays")
        tty.keys("home", "shift+end", key, "end", "text:.")
        tty.seen("> numbat stays.")
        tty.click("numbat")
        tty.click("numbat")
        tty.keys(key, "end", "text:!")
        tty.seen("> numbat stays.!")
        assert tty.leave() == 0
    assert tty.copied() == []


def test_the_palette_offers_no_screenshot() -> None:
    with Program("run", AGENDA) as tty:
        tty.begin()
        tty.press("ctrl+p")
        tty.seen("part: extend")
        tty.press("text:screenshot")
        tty.seen("No matches")
        tty.press("escape")
        tty.gone("No matches")
        assert tty.leave() == 0
    assert not [path for path in files() if path.suffix in {".svg", ".png"}]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TEXTUAL_LOG", "words.log"),
        ("TEXTUAL_SCREENSHOT", "1"),
        ("TEXTUAL_DEBUG", "1"),
        ("TEXTUAL", "devtools"),
        ("TEXTUAL", "debug"),
    ],
)
def test_it_does_not_start_where_the_screen_would_be_written_down(
    name: str, value: str
) -> None:
    with Program("run", AGENDA, env={name: value}) as tty:
        assert tty.ends() == 1
    assert tty.words().startswith(f"{name} would write what people say")
    assert not tty.terminal.used_alt_screen
    assert files() == {}


def test_no_core_file_can_be_made() -> None:
    with Program("run", AGENDA) as tty:
        tty.seen("to prepare")
        limits = Path(f"/proc/{tty.pid}/limits")
        if not limits.exists():
            pytest.skip("limits of another process are read from /proc")
        (core,) = [line for line in limits.read_text().splitlines() if "core file" in line]
    assert core.split()[4:6] == ["0", "0"]


SHIELDED = """
import ctypes, sys
from facilitate.cli.main import main
sys.argv = ["facilitate", "--version"]
try:
    main()
except SystemExit:
    print("dumpable:", ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))  # PR_GET_DUMPABLE
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is of Linux")
def test_other_programs_of_the_same_user_cannot_read_its_memory() -> None:
    said = subprocess.run([sys.executable, "-c", SHIELDED], capture_output=True, check=True)
    assert b"dumpable: 0" in said.stdout


@pytest.mark.parametrize("umask", ["022", "000"])
def test_files_are_for_their_owner_alone_whatever_the_umask(umask: str) -> None:
    command = ("sh", "-c", f'umask {umask}; exec "$0" "$@"', FACILITATE)
    with Program("run", AGENDA, command=command) as tty:
        tty.begin()
        tty.capture("l: between us")
        tty.press("C")
        tty.seen("The post stands in")
        private = [path.name for path in files(local() / "private")]
        tty.press("ctrl+e")
        tty.seen("between us")
        tty.press("k")
        tty.seen("Enter closes the sitting")
        tty.press("enter")
        tty.seen("Close the sitting and write its record?")
        tty.press("y")
        tty.seen("Closed. The record stands in")
        tty.press("ctrl+q")
        assert tty.ends() == 0
    assert private
    made = [local(), *local().rglob("*")]
    assert {path.name for path in made} >= {"posts", "own", "record.toml", "private"}
    modes = {path: path.stat().st_mode & 0o777 for path in made}
    assert {m for p, m in modes.items() if p.is_dir()} == {0o700}
    assert {m for p, m in modes.items() if p.is_file()} == {0o600}
