"""The program in a real pseudo-terminal, and what tests look at around it."""

from __future__ import annotations

import base64
import colorsys
import contextlib
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

from bench.ptybench import Session, encode_key

from facilitate.core.events import Recorded
from facilitate.formats.journal_line import read_file
from facilitate.formats.journal_union import History, unite
from facilitate.store.journal import read_folder

ROOT = Path(__file__).parents[2]
AGENDA = ROOT / "agendas" / "hj-leadership-day-1.toml"
PROGRAMS = Path(__file__).parent / "programs"
FACILITATE = Path(sys.executable).with_name("facilitate")
SIZES = [(100, 30), (60, 24)]
PROFILES = {(100, 30): "modern", (60, 24): "basic"}
"""The wide terminal speaks every new protocol, the narrow one is a plain xterm."""

CLEAR, LEAVE, ENTER = b"\x1b[2J\x1b[H", b"\x1b[?1049l", b"\x1b[?1049h"
SEQUENCE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -~])")


class Program(Session):
    """facilitate with someone at its keys; keeps every byte that it wrote.

    On every screen that a test waits for: no bell, and nothing red.
    """

    started: list[int]
    """Every session of this test, by the id of its first process; set by a fixture."""

    def __init__(
        self,
        *arguments: str | Path,
        command: Iterable[str | Path] = (FACILITATE,),
        size: tuple[int, int] = (100, 30),
        profile: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.output = bytearray()
        self.told = False
        super().__init__(
            [str(part) for part in (*command, *arguments)],
            cols=size[0],
            rows=size[1],
            profile=profile or PROFILES.get(size, "basic"),
            env=env,
            cwd=os.environ["HOME"],
        )
        Program.started.append(self.pid)

    def _emulate(self) -> None:
        self.output += self._chunks[0][1]
        super()._emulate()

    # What is on the screen

    def until(self, condition: Callable[[], bool], *words: str, timeout: float = 10.0) -> None:
        """Wait until something is true of the screen; `words` say what, in a failure."""
        if self.wait_for(condition, timeout) is None:
            end = "the program ended" if self.ended else f"{timeout:g} s passed"
            raise AssertionError(f"{end} without: {' / '.join(words)}\n{self.show()}")
        assert self.terminal.bells == 0
        assert not reds(self)

    def soon(self, condition: Callable[[], bool], *words: str, timeout: float = 10.0) -> None:
        """Wait until something is true that is not of the screen."""
        deadline = time.monotonic() + timeout
        while not condition():
            assert time.monotonic() < deadline, f"{words}\n{self.show()}"
            self.watch(0.02)

    def seen(self, *texts: str) -> None:
        """Wait until the screen shows all of these at once."""
        self.until(lambda: all(text in self.words() for text in texts), *texts)

    def gone(self, *texts: str) -> None:
        """Wait until the screen shows none of these."""
        self.until(lambda: not any(text in self.words() for text in texts), "no", *texts)

    def words(self) -> str:
        """The text on the screen with all white space as single spaces.

        So a sentence is found wherever it was wrapped; lines of a frame are left out.
        """
        return " ".join(re.sub("[│╭╮╰╯─▁-█]", " ", self.terminal.text()).split())

    def place_of(self, text: str) -> tuple[int, int]:
        """Column and row, from 1, of a text that stands on one row."""
        for row, line in enumerate(self.terminal.lines(), 1):
            if text in line:
                return line.index(text) + 1, row
        raise AssertionError(f"nowhere: {text}\n{self.show()}")

    # What someone does

    def keys(self, *names: str) -> None:
        """Press keys one right behind the other, as fast as a machine would."""
        flags = self.terminal.kitty_flags
        self._write(b"".join(encode_key(name, kitty=flags) for name in names))

    def click(self, text: str) -> None:
        """Click on the first letter of a text; for the profile `basic`."""
        column, row = self.place_of(text)
        for end in "Mm":
            self._write(f"\x1b[<0;{column};{row}{end}".encode())

    def capture(self, line: str) -> None:
        """Write a line from the keys, keep it, and go back to the keys."""
        self.press("space")
        self.seen("Esc leave")
        self.tell()
        self.keys(f"text:{line}", "enter")
        self.back_to_keys()

    def tell(self) -> None:
        """Say yes to what the notebook keeps, where that is asked before the first line.

        It is asked when the hand rests. Where the group was told before, in a sitting that is
        gone on with or in an earlier one of the cohort, a test sets `told`: nothing comes.
        """
        if not self.told and self.wait_for(lambda: "r room only for now" in self.words(), 3):
            self.press("k")
            self.seen("Esc leave", "Lines are kept.")
        self.told = True

    def say_how_long(self) -> None:
        """Answer what is asked once, when the first record was written."""
        self.seen("How long are they to be kept beside it?")
        self.press("1")
        self.seen("The answer stands in")

    def last_row(self, *texts: str) -> None:
        """Go to the last row of a list, which may still be filled from behind."""

        def there() -> bool:
            self.press("end")
            return all(text in self.words() for text in texts)

        self.until(there, *texts)

    def back_to_keys(self) -> None:
        """Leave the capture line; the next letter is a key again."""
        self.press("escape")
        self.until(lambda: "n next" in self.words() and "Esc leave" not in self.words(), "keys")

    def begin(self) -> None:
        """From the screen before the start into the first part, whatever the time is."""
        self.seen("to prepare", "Enter start", "[ ]")
        self.press("enter")
        self.seen("Esc goes back")
        self.press("m" if "move the whole plan" in self.words() else "y")
        self.seen("n next", "SAY")

    def next_part(self, text: str) -> None:
        """On to the part that shows this text; a second step right after one is refused."""
        self.press("n")
        self.until(lambda: text in self.words() or "Just moved on" in self.words(), text)
        deadline = time.monotonic() + 10
        while text not in self.words():
            assert time.monotonic() < deadline, f"{text}\n{self.show()}"
            self.watch(0.1)
            self.press("n")
            self.until(lambda: text in self.words() or "Just moved on" in self.words(), text)

    def leave(self) -> int:
        """Leave while a sitting runs; the exit status."""
        self.press("ctrl+q")
        self.seen("Leave now?")
        self.press("y")
        return self.ends()

    def ends(self, within: float = 8.0) -> int:
        """The exit status; fails when the end takes longer."""
        status = self.wait(within)
        assert status is not None, f"still there after {within:g} s\n{self.show()}"
        return status

    def hang_up(self) -> None:
        """Close the terminal window."""
        os.close(self.fd)
        self.fd, self.ended = -1, True

    def kill(self) -> None:
        """As if the machine had died."""
        os.kill(self.pid, signal.SIGKILL)
        assert self.wait(5) == -signal.SIGKILL

    # What it left

    def is_restored(self) -> bool:
        """Whether the terminal is as it was before."""
        return not self.terminal.leftovers() and not self.terminal.alt_screen

    def copied(self) -> list[str]:
        """What was sent to the clipboard."""
        return [base64.b64decode(text).decode() for text in self.terminal.clipboard]

    def said_after(self) -> str:
        """What it wrote to the ordinary screen in the end."""
        return self.output.rpartition(LEAVE)[2].decode()

    def drew_before_leaving(self) -> bytes:
        """What was drawn between the last clearing and leaving: nothing, if all is well."""
        before, left, _ = self.output.rpartition(LEAVE)
        _, cleared, rest = bytes(before).rpartition(CLEAR)
        assert left
        assert cleared
        return SEQUENCE.sub(b"", rest)


# Colours


def reds(tty: Program) -> set[str]:
    """Colours of the screen that are red."""
    rows = tty.terminal.screen.buffer.values()
    colours = {colour for row in rows for cell in row.values() for colour in (cell.fg, cell.bg)}
    return {colour for colour in colours if is_red(colour)}


@cache
def is_red(colour: str) -> bool:
    """Whether a colour of the terminal is one that says alarm."""
    if not re.fullmatch("[0-9a-f]{6}", colour):
        return "red" in colour
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    return min(hue, 1 - hue) < 20 / 360 and saturation > 0.5 and value > 0.3


# Files


def local() -> Path:
    """The folder that FACILITATE_HOME names."""
    return Path(os.environ["FACILITATE_HOME"])


def files(folder: Path | None = None) -> dict[Path, bytes]:
    """Every file of this test's home, or of a folder."""
    paths = (folder or Path(os.environ["HOME"])).rglob("*")
    return {path: path.read_bytes() for path in sorted(paths) if path.is_file()}


def holding(*words: str) -> list[tuple[str, str]]:
    """Every word that lies in a file of this test's home, and in which."""
    return [
        (word, str(path))
        for path, content in files().items()
        for word in words
        if word.encode() in content or word in str(path)
    ]


def nothing_but_the_screen_holds(tty: Program, *words: str) -> None:
    """No file, no clipboard, and nothing that stayed on the terminal has these words."""
    assert holding(*words) == []
    assert not [word for word in words if word in str(tty.copied())]
    nothing_stayed_on_the_terminal(tty, *words)


def nothing_stayed_on_the_terminal(tty: Program, *words: str) -> None:
    """What was drawn was cleared before the end, and none of these words came after it."""
    assert not [word for word in words if word in tty.said_after()]
    assert tty.drew_before_leaving() == b""
    assert tty.terminal._screens[True].display == [" " * tty.terminal.cols] * tty.terminal.rows


def the_only(folder: Path) -> Path:
    """The one entry of a folder."""
    (entry,) = folder.iterdir()
    return entry


def history(*folders: Path) -> History:
    """What happened, as the journals in some folders tell."""
    return unite(read_file(raw) for folder in folders for _, raw in read_folder(folder))


def journal() -> tuple[Recorded, ...]:
    """The events of the only sitting, without the words that are kept apart."""
    found = history(the_only(local() / "sessions") / "own")
    assert (found.report.torn, found.report.bad, found.report.unknown) == (0, 0, 0)
    assert not found.report.missing
    return found.events


def happened(kind: type) -> list[Recorded]:
    """The events of one kind."""
    return [each for each in journal() if isinstance(each.event, kind)]


# Processes


def state(pid: int) -> str:
    """R, S, T ... of a process; empty when it is gone."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return ""


def of_session(leader: int) -> list[str]:
    """The processes that still run in a session, by their names."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            name, _, rest = stat.read_text().rpartition(")")
            status, _, _, session = rest.split()[:4]
            if session == str(leader) and status != "Z":
                found.append(name)
    return found
