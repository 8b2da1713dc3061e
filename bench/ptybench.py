#!/usr/bin/env python3
r"""Measure how fast and how light a full-screen terminal program is.

ptybench starts a command in a real pseudo-terminal, feeds what it writes to a
terminal emulator (pyte), answers the questions it asks the terminal, presses
keys, and reports:

  start   first byte, first paint, a given text on the screen, CPU spent so far
  keys    from writing a key to the first screen that shows its effect
  idle    CPU, wake-ups, bytes and writes per second while nobody touches it
  cost    peak memory of the process tree
  end     time to quit, exit status, terminal modes left switched on

Times are taken when output *arrives*, before it is emulated, so the
emulator's own slowness is not part of any figure. With --vs a second command
runs alternately with the first and every figure is also given as a ratio:
ratios carry over to other machines, milliseconds do not.

Needs Python 3.11+, pyte, and a POSIX system; CPU, wake-ups and memory are read
from Linux's /proc and are left out elsewhere.

    ptybench.py --cmd 'python hello.py' --wait-text Hello
    ptybench.py --cmd 'myapp demo.toml' --vs 'python bare.py' --runs 7 \\
        --wait-text Ready --vs-wait-text Hello --keys 'down=!"> one" up="> one"' \\
        --idle 5 --limit 'first_paint_ms<=1.6x' --limit 'idle_cpu_pct<=2'

As a library, `Session` drives a program for end-to-end tests:

    with Session(["myapp"], cols=80, rows=24) as tty:
        tty.wait_for_text("Ready", timeout=5)
        tty.press("tab")
        print("\\n".join(tty.terminal.lines()))
"""

from __future__ import annotations

import argparse
import codecs
import contextlib
import errno
import fcntl
import json
import math
import os
import platform
import pty
import random
import re
import select
import shlex
import signal
import statistics
import struct
import sys
import termios
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

try:
    import pyte
    from wcwidth import wcwidth
except ImportError:  # pragma: no cover - depends on the environment
    sys.exit("ptybench: the 'pyte' package is missing; install it with: pip install pyte")

VERSION = "1.0"
clock = time.perf_counter


class BenchError(Exception):
    """A measurement that cannot be taken, with a message for the user."""


# --------------------------------------------------------------------------
# Keys
# --------------------------------------------------------------------------

_CURSOR = {"up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F"}
_TILDE = {
    "insert": 2, "delete": 3, "pageup": 5, "pagedown": 6,
    "f5": 15, "f6": 17, "f7": 18, "f8": 19, "f9": 20, "f10": 21, "f11": 23, "f12": 24,
}  # fmt: skip
_SS3 = {"f1": "P", "f2": "Q", "f3": "R", "f4": "S"}
_PLAIN = {
    "enter": "\r", "tab": "\t", "escape": "\x1b", "esc": "\x1b", "space": " ",
    "backspace": "\x7f",
}  # fmt: skip
_MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}


def encode_key(name: str, *, kitty: int = 0) -> bytes:
    """Return the bytes a terminal sends for a key.

    Names are single characters, `enter`, `tab`, `escape`, `space`, `backspace`, arrows,
    `home`, `end`, `pageup`, `pagedown`, `insert`, `delete`, `f1`-`f12`, with `ctrl+`, `alt+`
    and `shift+` in front. Also `text:abc` (typed at once), `paste:abc` (bracketed paste),
    `hex:1b5b41`.

    Args:
        name: The key.
        kitty: Flags of the kitty keyboard protocol the program asked for.
            1 sends Escape and modified characters in that protocol's form, 8
            sends every character so, 16 adds the text it types.

    Raises:
        BenchError: when there is no such key.
    """
    kind, colon, rest = name.partition(":")
    if colon and kind == "text":
        return b"".join(encode_key(character, kitty=kitty) for character in rest)
    if colon and kind == "paste":
        return b"\x1b[200~" + rest.encode() + b"\x1b[201~"
    if colon and kind == "hex":
        try:
            return bytes.fromhex(rest)
        except ValueError as error:
            raise BenchError(f"key {name!r}: {error}") from None
    bits, base = _modifiers(name)
    named = _encode_named(base, bits)
    if named is not None:
        return named
    character = _PLAIN.get(base, base)
    if len(character) != 1:
        raise BenchError(f"unknown key {name!r} (use text:... to type a word)")
    if kitty & 8 or (kitty & 1 and (character == "\x1b" or bits & ~1)):
        return _encode_kitty(character, bits, with_text=bool(kitty & 16)).encode()
    return _encode_classic(name, character, bits)


def _modifiers(name: str) -> tuple[int, str]:
    """The modifier bits of a key's name, and what is left of the name."""
    *prefixes, base = name.split("+") if len(name) > 1 else [name]
    if not base:
        prefixes, base = prefixes[:-1], "+"
    bits = 0
    for prefix in prefixes:
        if prefix not in _MODIFIERS:
            raise BenchError(f"key {name!r}: unknown modifier {prefix!r}")
        bits |= _MODIFIERS[prefix]
    return bits, base


def _encode_named(base: str, bits: int) -> bytes | None:
    """Arrows, function keys and their neighbours; None for every other key."""
    modifier = f";{bits + 1}" if bits else ""
    if base in _CURSOR:
        return f"\x1b[{'1' if bits else ''}{modifier}{_CURSOR[base]}".encode()
    if base in _SS3:
        return (f"\x1b[1{modifier}{_SS3[base]}" if bits else f"\x1bO{_SS3[base]}").encode()
    if base in _TILDE:
        return f"\x1b[{_TILDE[base]}{modifier}~".encode()
    return None


def _encode_classic(name: str, character: str, bits: int) -> bytes:
    """Encode a character key as terminals have always done."""
    if bits & 1 and character == "\t":
        return b"\x1b[Z"
    if bits & 1:
        character = character.upper()
    if bits & 4:
        if not "@" <= character.upper() <= "_" and character != " ":
            raise BenchError(f"key {name!r} has no classic encoding; try --profile modern")
        character = chr(ord(character.upper()) & 0x1F)
    return (("\x1b" if bits & 2 else "") + character).encode()


def _encode_kitty(character: str, bits: int, *, with_text: bool) -> str:
    """Encode a character key as `CSI code ; modifiers ; text u`."""
    if character.isupper() and len(character.lower()) == 1:
        bits |= 1
    code, modifier = ord(character.lower()[0]), str(bits + 1) if bits else ""
    if with_text and character.isprintable() and not bits & ~1:
        text = character.upper() if bits & 1 else character
        return f"\x1b[{code};{modifier};{ord(text[0])}u"
    return f"\x1b[{code}{';' if modifier else ''}{modifier}u"


@dataclass(frozen=True)
class Step:
    """One key press and what the screen must show afterwards.

    `expect` is the text that must appear; with `gone`, the text that must
    disappear; None means any visible change. In both texts `{n}` stands for
    the number of the press, counted from 1 over all presses of a run.
    """

    key: str
    expect: str | None = None
    gone: bool = False


def parse_steps(text: str) -> list[Step]:
    """Parse `--keys`: shell-quoted words `KEY`, `KEY=TEXT` or `KEY=!TEXT`."""
    steps = []
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise BenchError(f"--keys: {error}") from None
    for word in words:
        key, equals, expect = word.partition("=")
        if not key:  # the key "=" itself, alone or with an expectation
            key, equals, expect = "=", expect[:1], expect[1:]
        gone = expect.startswith("!")
        expect = expect[1:] if gone else expect
        if equals and not expect:
            raise BenchError(f"--keys: {word!r} expects an empty text")
        encode_key(key, kitty=1)
        steps.append(Step(key, expect if equals else None, gone))
    if not steps:
        raise BenchError("--keys: no key given")
    return steps


# --------------------------------------------------------------------------
# Terminal
# --------------------------------------------------------------------------

_SEQUENCE = re.compile(
    rb"\x1b(?:"
    rb"\[(?P<private>[<=>?]?)(?P<params>[0-9:;]*)(?P<middle>[ -/]*)(?P<final>[@-~])"
    rb"|\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    rb"|[PX^_](?P<string>[^\x1b]*)\x1b\\"
    rb"|(?P<charset>[ -/]+[0-~])"
    rb"|(?P<escape>[0-OQ-WYZ\\`-~])"
    rb")"
)
_LONGEST_SEQUENCE = 4 << 20
_QUESTIONS = {"n", "c", ">c", ">q", "t", "?$p", "?u"}
_ALT_SCREEN_MODES = {47, 1047, 1049}
_ON_BY_DEFAULT = {7, 25}
_MODE_NAMES = {
    1: "application cursor keys", 7: "line wrap", 25: "cursor", 1000: "mouse clicks",
    1002: "mouse drags", 1003: "mouse motion", 1004: "focus reports", 1006: "mouse SGR",
    1015: "mouse urxvt", 1016: "mouse pixels", 1049: "alternate screen",
    2004: "bracketed paste", 2026: "synchronized output", 2048: "in-band resize",
}  # fmt: skip
PROFILES = ("basic", "modern", "mute")


class _Screen(pyte.Screen):
    """pyte's screen, except that it does not stop drawing at zero-width characters.

    Joiners, variation selectors and non-spacing marks that are no combining
    characters are kept on the cell before them.
    """

    def draw(self, data: str) -> None:
        if data.isascii():
            super().draw(data)
            return
        run = ""
        for character in data:
            width = wcwidth(character)
            if width > 0 or unicodedata.combining(character):
                run += character
            elif width == 0:
                super().draw(run)
                run = ""
                self._attach(character)
        super().draw(run)

    def _attach(self, character: str) -> None:
        line, x = self.buffer[self.cursor.y], self.cursor.x - 1
        while x > 0 and not line[x].data:  # the second half of a wide character
            x -= 1
        if x >= 0:
            line[x] = line[x]._replace(data=line[x].data + character)


class Terminal:
    """A terminal emulator: pyte plus what modern programs expect around it.

    It keeps what pyte lacks (alternate screen, synchronized output, sequence
    forms it would print as text) and answers queries through `reply`.

    Args:
        cols: Width in cells.
        rows: Height in cells.
        profile: `basic` answers like a plain xterm; `modern` also has
            synchronized output, in-band resize and the kitty keyboard
            protocol; `mute` answers nothing.
        reply: Called with the bytes the terminal sends back.
    """

    def __init__(
        self,
        cols: int = 80,
        rows: int = 24,
        *,
        profile: str = "basic",
        reply: Callable[[bytes], None] = lambda _: None,
    ) -> None:
        self.cols, self.rows = cols, rows
        self.profile = profile
        self.reply = reply
        self.on_frame: Callable[[], None] = lambda: None
        self.used_alt_screen = False
        self.in_frame = False
        self.frames = 0
        self.bells = 0
        self.title = ""
        self.clipboard: list[str] = []
        self.modes: set[int] = set(_ON_BY_DEFAULT)
        self.kitty_stack: list[int] = []
        self._screens = {
            False: _Screen(cols, rows),
            True: _Screen(cols, rows),
        }
        self._streams = {alt: pyte.Stream(screen) for alt, screen in self._screens.items()}
        self._alt = False
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = b""
        self._last_text = ""

    # What can be seen

    @property
    def screen(self) -> pyte.Screen:
        """The screen shown now."""
        return self._screens[self._alt]

    @property
    def alt_screen(self) -> bool:
        """Whether the alternate screen is shown."""
        return self._alt

    def lines(self) -> list[str]:
        """The text on the screen, one string a row."""
        buffer, columns = self.screen.buffer, range(self.cols)
        return ["".join([buffer[y][x].data for x in columns]) for y in range(self.rows)]

    def text(self) -> str:
        """The text on the screen, rows joined by newlines."""
        return "\n".join(self.lines())

    def is_blank(self) -> bool:
        """Whether no cell shows a character."""
        return not any(
            char.data.strip() for line in self.screen.buffer.values() for char in line.values()
        )

    def picture(self, ignore_rows: frozenset[int] = frozenset()) -> tuple[Any, ...]:
        """Everything visible (text, styles, cursor) in a form that compares."""
        screen, columns = self.screen, range(self.cols)
        cells = tuple(
            tuple([screen.buffer[y][x] for x in columns])
            for y in range(self.rows)
            if y not in ignore_rows
        )
        cursor = screen.cursor
        hidden = 25 not in self.modes or cursor.y in ignore_rows
        return cells, None if hidden else (cursor.x, cursor.y)

    def leftovers(self) -> list[str]:
        """Names of the modes that differ from a fresh terminal's."""
        names = [
            _MODE_NAMES.get(mode, f"mode {mode}") + (" off" if mode in _ON_BY_DEFAULT else "")
            for mode in sorted(self.modes ^ _ON_BY_DEFAULT)
        ]
        return names + (["kitty keyboard"] if self.kitty_stack else [])

    @property
    def kitty_flags(self) -> int:
        """Flags of the kitty keyboard protocol in force."""
        return self.kitty_stack[-1] if self.kitty_stack and self.profile == "modern" else 0

    # What comes in

    def feed(self, data: bytes) -> None:
        """Take in output; calls `on_frame` at the end of each synchronized frame."""
        data = self._rest + data
        self._rest = b""
        position = 0
        while position < len(data):
            start = data.find(b"\x1b", position)
            if start < 0:
                start = len(data)
            if start > position:
                self._draw(data[position:start])
            if start == len(data):
                break
            match = _SEQUENCE.match(data, start)
            if match:
                self._sequence(match)
                position = match.end()
            elif self._is_unfinished(data, start):
                self._rest = data[start:]
                break
            else:  # not a sequence: a terminal drops the ESC
                position = start + 1

    @staticmethod
    def _is_unfinished(data: bytes, start: int) -> bool:
        """Whether the bytes from `start` may yet grow into a sequence."""
        tail = data[start:]
        if len(tail) > _LONGEST_SEQUENCE:
            return False
        if len(tail) == 1:
            return True
        if tail[1:2] == b"[":
            return re.fullmatch(rb"\x1b\[[<=>?]?[0-9:;]*[ -/]*", tail) is not None
        if tail[1:2] in (b"]", b"P", b"X", b"^", b"_"):
            return b"\x1b" not in tail[2:-1]
        return re.fullmatch(rb"\x1b[ -/]*", tail) is not None

    def _draw(self, data: bytes) -> None:
        text = self._decode(data)
        if text:
            self.bells += text.count("\a")
            self._last_text = text[-1]
            self._streams[self._alt].feed(text)

    def _sequence(self, match: re.Match[bytes]) -> None:
        if match["final"] is not None:
            self._control(
                match["private"].decode(),
                match["params"].decode(),
                match["middle"].decode(),
                match["final"].decode(),
            )
        elif match["osc"] is not None:
            self._osc(match["osc"].decode("utf-8", "replace"))
        elif match["escape"] is not None and match["escape"] in b"78DEHMc":
            self._pass("\x1b" + match["escape"].decode())
        elif match["charset"] is not None and match["charset"][:1] in b"()":
            self._pass("\x1b" + match["charset"].decode())

    def _pass(self, sequence: str) -> None:
        self._streams[self._alt].feed(sequence)

    def _control(self, private: str, params: str, middle: str, final: str) -> None:
        numbers = [int(part) if part.isdigit() else 0 for part in params.split(";")]
        if self._question(private + middle + final, numbers[0]):
            return
        count = max(1, numbers[0])
        match private, middle, final:
            case "?", "", "h" | "l":
                for mode in numbers:
                    self._set_mode(mode, final == "h")
                self._pass(f"\x1b[?{params}{final}")
            case ">", "", "u":
                self.kitty_stack.append(numbers[0])
            case "<", "", "u":
                del self.kitty_stack[-count:]
            case "", "", "m" if ":" in params:
                self._pass(f"\x1b[{_semicolons(params)}m")
            case "", "", "b":
                self._draw(self._last_text.encode() * count)
            case "", "", "S" | "T":
                self._scroll(count, up=final == "S")
            case "", "", _ if final in "@ABCDEFGHJKLMPX`adefghlmr":
                self._pass(f"\x1b[{params}{final}")

    def _question(self, form: str, number: int) -> bool:
        """Answer a control sequence if it is a question; False when it is none."""
        match form, number:
            case "n", 5:
                self._answer("\x1b[0n")
            case "n", 6:
                cursor = self.screen.cursor
                self._answer(f"\x1b[{cursor.y + 1};{cursor.x + 1}R")
            case "c", _:
                self._answer("\x1b[?62;22c")
            case ">c", _:
                self._answer("\x1b[>1;10;0c")
            case ">q", _:
                self._answer(f"\x1bP>|ptybench {VERSION}\x1b\\")
            case "t", 18:
                self._answer(f"\x1b[8;{self.rows};{self.cols}t")
            case "?$p", mode:
                self._report_mode(mode)
            case "?u", _ if self.profile == "modern":
                self._answer(f"\x1b[?{self.kitty_flags}u")
        return form in _QUESTIONS

    def _set_mode(self, mode: int, on: bool) -> None:
        (self.modes.add if on else self.modes.discard)(mode)
        if mode in _ALT_SCREEN_MODES and on != self._alt:
            self._alt = on
            self.used_alt_screen |= on
            if on:
                self.screen.reset()
        if mode == 2026 and self.profile == "modern" and on != self.in_frame:
            self.in_frame = on
            if not on:
                self.frames += 1
                self.on_frame()

    def _report_mode(self, mode: int) -> None:
        known = self.profile == "modern" and mode in _MODE_NAMES
        self._answer(f"\x1b[?{mode};{(1 if mode in self.modes else 2) if known else 0}$y")

    def _osc(self, text: str) -> None:
        code, _, value = text.partition(";")
        if code in ("0", "2"):
            self.title = value
        elif code == "52":
            self.clipboard.append(value.partition(";")[2])
        elif code in ("10", "11") and value == "?":
            colour = "ffff/ffff/ffff" if code == "10" else "0000/0000/0000"
            self._answer(f"\x1b]{code};rgb:{colour}\x1b\\")

    def _scroll(self, count: int, *, up: bool) -> None:
        """Scroll the region (SU and SD), which pyte does not know."""
        screen = self.screen
        margins = screen.margins
        top, bottom = (margins.top, margins.bottom) if margins else (0, self.rows - 1)
        x, y = screen.cursor.x, screen.cursor.y
        for _ in range(min(count, self.rows)):
            screen.cursor.y = bottom if up else top
            screen.index() if up else screen.reverse_index()
        screen.cursor.x, screen.cursor.y = x, y

    def _answer(self, text: str) -> None:
        if self.profile != "mute":
            self.reply(text.encode())

    def resize(self, cols: int, rows: int) -> None:
        """Change the size of both screens."""
        self.cols, self.rows = cols, rows
        for screen in self._screens.values():
            screen.resize(rows, cols)


def _semicolons(params: str) -> str:
    """Rewrite SGR parameters with colons (`4:3`, `38:2::1:2:3`) for pyte."""
    parts = []
    for part in params.split(";"):
        numbers = part.split(":")
        if numbers[0] == "58":  # underline colour, which pyte does not know
            continue
        if numbers[0] in ("38", "48"):
            if numbers[1:2] == ["2"] and len(numbers) == 6:
                del numbers[2]  # the colour space
            parts.append(";".join(number or "0" for number in numbers))
        elif len(numbers) > 1 and numbers[0] == "4":
            parts.append("24" if numbers[1] == "0" else "4")
        else:
            parts.append(numbers[0])
    return ";".join(parts)


# --------------------------------------------------------------------------
# Processes
# --------------------------------------------------------------------------

_TICK = os.sysconf("SC_CLK_TCK")
HAVE_PROC = Path("/proc/self/stat").exists()


def _stat_fields(pid: int) -> list[str]:
    """Fields of /proc/PID/stat after the command name (state is field 0)."""
    text = Path(f"/proc/{pid}/stat").read_text()
    return text[text.rindex(")") + 2 :].split()


def descendants(pid: int) -> list[int]:
    """A process and all that descend from it, by /proc."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError):
                process = int(entry.name)
                parents.setdefault(int(_stat_fields(process)[1]), []).append(process)
    found, todo = [], [pid]
    while todo:
        found.append(current := todo.pop())
        todo += parents.get(current, [])
    return found


@dataclass
class Usage:
    """What a process tree has used so far."""

    cpu_s: float = 0.0
    wakeups: int = 0
    rss_mib: float = 0.0
    peak_rss_mib: float = 0.0


def usage(pid: int) -> Usage | None:
    """Read what a process tree has used; None without /proc or process.

    CPU comes from each process's own clock (nanoseconds, all threads); children
    that have ended count with the clock ticks their parent collected.
    """
    if not HAVE_PROC:
        return None
    total = Usage()
    alive = False
    for process in descendants(pid):
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = _stat_fields(process)
            if fields[0] == "Z":
                continue
            total.cpu_s += _cpu_seconds(process, fields)
            status = Path(f"/proc/{process}/status")
            total.rss_mib += _status_number(status, "VmRSS") / 1024
            total.peak_rss_mib += _status_number(status, "VmHWM") / 1024
            for task in Path(f"/proc/{process}/task").iterdir():
                total.wakeups += _status_number(task / "status", "voluntary_ctxt_switches")
            alive = True
    return total if alive else None


def _cpu_seconds(pid: int, fields: Sequence[str]) -> float:
    """CPU of a process and of its children that have ended."""
    try:
        own = time.clock_gettime((~pid << 3) | 2)  # clock_getcpuclockid(3)
    except OSError:
        own = (int(fields[11]) + int(fields[12])) / _TICK
    return own + (int(fields[13]) + int(fields[14])) / _TICK


def _status_number(path: Path, name: str) -> int:
    """A number in a /proc status file; 0 when it is not there."""
    found = re.search(rf"^{name}:\s+(\d+)", path.read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


_NOT_INHERITED = (
    "COLUMNS", "LINES", "NO_COLOR", "TERM_PROGRAM", "TERMINFO", "TMUX", "STY",
    "PYTHONASYNCIODEBUG", "PYTHONDEVMODE", "PYTHONDONTWRITEBYTECODE", "PYTHONOPTIMIZE",
    "PYTHONPROFILEIMPORTTIME", "PYTHONTRACEMALLOC", "PYTHONUNBUFFERED", "TEXTUAL",
)  # fmt: skip


def child_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment a program is measured in: this one, made comparable.

    What describes the terminal around us and what slows Python down or makes
    it compile at every start is removed, and colour is on.
    """
    environment = dict(os.environ)
    for name in _NOT_INHERITED:
        environment.pop(name, None)
    environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    if "UTF-8" not in environment.get("LC_ALL", environment.get("LANG", "")).upper():
        environment |= {"LC_ALL": "C.UTF-8"}
    return environment | dict(extra or {})


class Session:
    """A program running in a pseudo-terminal, with someone watching its screen.

    Args:
        command: Program and arguments.
        cols: Terminal width.
        rows: Terminal height.
        env: Variables to add to `child_environment`.
        cwd: Working directory.
        profile: How the terminal behaves, see `Terminal`.
    """

    _SLICE = 512  # bytes emulated between two looks for new output

    def __init__(
        self,
        command: Sequence[str],
        *,
        cols: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
        profile: str = "basic",
    ) -> None:
        self.command = list(command)
        self.terminal = Terminal(cols, rows, profile=profile, reply=self._write)
        self.terminal.on_frame = self._look
        self.bytes_out = 0
        self.writes = 0
        self.first_byte_at: float | None = None
        self.ended = False
        self.exit_status: int | None = None
        self._chunks: list[tuple[float, bytes]] = []
        self._condition: Callable[[], bool] | None = None
        self._met_at: float | None = None
        self._arrival = 0.0
        environment = child_environment(env)
        failure_out, failure_in = os.pipe()  # closes on exec, so: silence means success
        self.started_at = clock()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            self._become(failure_in, environment, cwd, cols, rows)
        self._line_discipline = termios.tcgetattr(self.fd)
        os.close(failure_in)
        self._resize_tty(cols, rows)
        os.set_blocking(self.fd, False)
        with os.fdopen(failure_out, encoding="utf-8") as pipe:
            failure = pipe.read()
        if failure:
            os.close(self.fd)
            os.waitpid(self.pid, 0)
            raise BenchError(f"cannot start {self.command[0]!r}: {failure}")

    def _become(
        self, failure_in: int, env: dict[str, str], cwd: str | None, cols: int, rows: int
    ) -> None:
        """In the child: turn into the command, or say why not."""
        try:
            if cwd:
                os.chdir(cwd)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            os.execvpe(self.command[0], self.command, env)
        except OSError as error:
            os.write(failure_in, (error.strerror or str(error)).encode())
        finally:
            os._exit(127)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Input

    def _write(self, data: bytes) -> None:
        while data and not self.ended:
            try:
                data = data[os.write(self.fd, data) :]
            except BlockingIOError:
                select.select([], [self.fd], [], 0.1)
            except OSError as error:
                if error.errno != errno.EIO:
                    raise
                return

    def press(self, key: str) -> float:
        """Press a key (see `encode_key`); return when it was written."""
        data = encode_key(key, kitty=self.terminal.kitty_flags)
        when = clock()
        self._write(data)
        return when

    def _resize_tty(self, cols: int, rows: int) -> None:
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def resize(self, cols: int, rows: int) -> float:
        """Give the terminal another size; return when."""
        self.terminal.resize(cols, rows)
        when = clock()
        self._resize_tty(cols, rows)  # the kernel sends SIGWINCH
        if 2048 in self.terminal.modes and self.terminal.profile == "modern":
            self._write(f"\x1b[48;{rows};{cols};0;0t".encode())
        return when

    # Output

    def _read(self, timeout: float) -> None:
        """Take in all there is to read, noting when each piece arrived."""
        while not self.ended:
            if not select.select([self.fd], [], [], max(0.0, timeout))[0]:
                return
            timeout = 0.0
            try:
                data = os.read(self.fd, 65536)
            except BlockingIOError:
                return
            except OSError as error:  # EIO: nobody holds the other side any more
                if error.errno != errno.EIO:
                    raise
                data = b""
            when = clock()
            if not data:
                self.ended = True
                return
            self.first_byte_at = self.first_byte_at or when
            self.bytes_out += len(data)
            self.writes += 1
            self._chunks.append((when, data))

    def _look(self) -> None:
        """See whether the awaited condition holds on the screen shown now."""
        if self._condition is not None and self._met_at is None and self._condition():
            self._met_at = self._arrival

    def _emulate(self) -> None:
        """Feed the oldest piece of output, reading on between slices."""
        self._arrival, data = self._chunks.pop(0)
        for start in range(0, len(data), self._SLICE):
            self.terminal.feed(data[start : start + self._SLICE])
            self._read(0)
        if not self.terminal.in_frame:
            self._look()

    def wait_for(self, condition: Callable[[], bool], timeout: float) -> float | None:
        """Wait for a condition on the screen.

        Returns:
            When the output that made it true arrived, or None if it did not
            come true within `timeout` seconds or before the program ended.
        """
        deadline = clock() + timeout
        self._condition, self._met_at, self._arrival = condition, None, clock()
        if not self.terminal.in_frame:
            self._look()
        try:
            while self._met_at is None:
                if self._chunks:
                    self._emulate()
                elif self.ended or (left := deadline - clock()) <= 0:
                    break
                else:
                    self._read(left)
            return self._met_at
        finally:
            self._condition = None

    def wait_for_text(self, text: str, timeout: float = 10.0) -> float:
        """Wait until the screen shows a text; BenchError if it never does."""
        when = self.wait_for(lambda: text in self.terminal.text(), timeout)
        if when is None:
            reason = "the program ended" if self.ended else f"{timeout:g} s passed"
            raise BenchError(
                f"{shlex.join(self.command)}: {reason} without the text {text!r}; "
                f"the screen was:\n{self.show()}"
            )
        return when

    def watch(self, seconds: float) -> None:
        """Let time pass, taking in output."""
        self.wait_for(lambda: False, seconds)

    def settle(self, quiet: float = 0.25, timeout: float = 2.0) -> None:
        """Wait until nothing was written for `quiet` seconds (or `timeout`)."""
        deadline = clock() + timeout
        while not self.ended and clock() < deadline:
            before = self.writes
            self.watch(quiet)
            if self.writes == before:
                return

    def show(self) -> str:
        """The screen in a frame, for messages."""
        lines = [line.ljust(self.terminal.cols) for line in self.terminal.lines()]
        edge = "+" + "-" * self.terminal.cols + "+"
        return "\n".join([edge, *(f"|{line}|" for line in lines), edge])

    # End

    def leftovers(self) -> list[str]:
        """Names of what is switched otherwise than in a fresh terminal, before `close`."""
        same = termios.tcgetattr(self.fd) == self._line_discipline
        return self.terminal.leftovers() + ([] if same else ["line discipline"])

    def wait(self, timeout: float) -> int | None:
        """Wait for the end; return the exit status (negative: a signal)."""
        deadline = clock() + timeout
        while self.exit_status is None:
            self.watch(0.002)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_status = os.waitstatus_to_exitcode(status)
                self.watch(0)
                while self._chunks:
                    self._emulate()
            elif clock() >= deadline:
                break
            elif self.ended:
                time.sleep(0.002)
        return self.exit_status

    def close(self) -> None:
        """Close the terminal window: hang up, then ask, then force."""
        if self.fd >= 0:
            with contextlib.suppress(OSError):
                os.close(self.fd)
            self.ended = True
            self.fd = -1
        for number in (None, signal.SIGTERM, signal.SIGKILL):
            if self.exit_status is None and number is not None:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.pid, number)
            if self.wait(1.5) is not None:
                return


# --------------------------------------------------------------------------
# Measuring
# --------------------------------------------------------------------------


@dataclass
class Subject:
    """A command to measure, and how to tell that it is ready."""

    name: str
    command: list[str]
    wait_text: str | None = None
    steps: list[Step] = field(default_factory=list)
    quit_key: str = "ctrl+q"


@dataclass
class Settings:
    """How to measure."""

    cols: int = 80
    rows: int = 24
    runs: int = 5
    warmup_runs: int = 1
    presses: int = 40
    warmup_presses: int = 5
    gap: float = 0.08
    idle: float = 0.0
    timeout: float = 20.0
    key_timeout: float = 2.0
    profile: str = "basic"
    ignore_rows: frozenset[int] = frozenset()
    env: dict[str, str] = field(default_factory=dict)
    cwd: str | None = None
    show: bool = False


Run = dict[str, Any]


def measure(subject: Subject, settings: Settings, *, show: bool = False) -> Run:
    """Run a subject once and return its figures (times in milliseconds).

    With `show`, print the screen it ended with on standard error.
    """
    with Session(
        subject.command,
        cols=settings.cols,
        rows=settings.rows,
        env=settings.env,
        cwd=settings.cwd,
        profile=settings.profile,
    ) as tty:
        run = measure_start(tty, subject, settings)
        tty.settle()
        if settings.idle:
            run |= measure_idle(tty, settings)
        if subject.steps:
            run |= measure_keys(tty, subject, settings)
        if used := usage(tty.pid):
            run["rss_peak_mib"] = used.peak_rss_mib
        if show:
            print(f"{subject.name}:\n{tty.show()}", file=sys.stderr)
        if tty.wait(0) is None:
            pressed = tty.press(subject.quit_key)
            if tty.wait(3.0) is not None:
                run["exit_ms"] = (clock() - pressed) * 1000
        run["exit_status"] = tty.exit_status
        run["leftovers"] = tty.leftovers() if tty.exit_status is not None else None
    return run


def measure_start(tty: Session, subject: Subject, settings: Settings) -> Run:
    """Wait until a program just started is ready; how long that took, and its CPU.

    Raises:
        BenchError: when it ends or does not become ready in time.
    """
    painted_on: dict[bool, float] = {}

    def painted() -> bool:
        """Note the first paint of each screen; the alternate one counts if used."""
        alt = tty.terminal.alt_screen
        if alt not in painted_on and not tty.terminal.is_blank():
            painted_on[alt] = tty._arrival
        return alt in painted_on

    def ready() -> bool:
        painted()
        return subject.wait_text is None or subject.wait_text in tty.terminal.text()

    when = tty.wait_for(lambda: ready() and painted(), settings.timeout)
    used = usage(tty.pid)
    if when is None:
        reason = "ended" if tty.ended else f"did not in {settings.timeout:g} s"
        wanted = f"showing {subject.wait_text!r}" if subject.wait_text else "painting"
        raise BenchError(
            f"{subject.name} ({shlex.join(subject.command)}) {reason}"
            f"{' before' if tty.ended else ' finish'} {wanted}; the screen was:\n{tty.show()}"
        )

    def since(moment: float) -> float:
        return (moment - tty.started_at) * 1000

    assert tty.first_byte_at is not None
    run: Run = {
        "first_byte_ms": since(tty.first_byte_at),
        "first_paint_ms": since(painted_on[tty.terminal.alt_screen]),
    }
    if subject.wait_text is not None:
        run["ready_ms"] = since(when)
    if used:
        run["start_cpu_ms"] = used.cpu_s * 1000
    return run


def measure_idle(tty: Session, settings: Settings) -> Run:
    """Leave a program alone for `settings.idle` seconds, and see what it does meanwhile.

    Raises:
        BenchError: when it ends.
    """
    before, start = usage(tty.pid), clock()
    written, writes = tty.bytes_out, tty.writes
    tty.watch(settings.idle)
    seconds = clock() - start
    after = usage(tty.pid)
    if tty.ended:
        raise BenchError(
            f"the program ended while it was left idle; the screen was:\n{tty.show()}"
        )
    run: Run = {
        "idle_bytes_per_s": (tty.bytes_out - written) / seconds,
        "idle_writes_per_s": (tty.writes - writes) / seconds,
    }
    if before and after:
        run["idle_cpu_pct"] = 100 * (after.cpu_s - before.cpu_s) / seconds
        run["idle_wakeups_per_s"] = (after.wakeups - before.wakeups) / seconds
    return run


def _effect(
    terminal: Terminal, step: Step, number: int, settings: Settings
) -> Callable[[], bool]:
    """The condition that shows the effect of a key on the present screen."""
    if step.expect is None:
        before = terminal.picture(settings.ignore_rows)
        return lambda: terminal.picture(settings.ignore_rows) != before
    expect = step.expect.replace("{n}", str(number))
    return lambda: (expect in terminal.text()) != step.gone


def measure_keys(tty: Session, subject: Subject, settings: Settings) -> Run:
    """Press the subject's keys in turn, and see how long each takes to show.

    Raises:
        BenchError: when the program ends, or shows the effect before the key.
    """
    jitter = random.Random(7)  # keeps presses from beating with the program's own timers
    latencies: list[float] = []
    missed: list[str] = []
    warmup = settings.warmup_presses
    used_before = None
    written = 0
    for number in range(1, warmup + settings.presses + 1):
        if number == warmup + 1:
            used_before, written = usage(tty.pid), tty.bytes_out
        step = subject.steps[(number - 1) % len(subject.steps)]
        tty.watch(settings.gap * jitter.uniform(0.75, 1.25))
        shown = _effect(tty.terminal, step, number, settings)
        if step.expect is not None and shown():
            state = "gone" if step.gone else "shown"
            raise BenchError(
                f"press {number} ({step.key}): {step.expect!r} is already {state} before the "
                f"key is pressed; the screen was:\n{tty.show()}"
            )
        pressed = tty.press(step.key.replace("{n}", str(number)))
        seen = tty.wait_for(shown, settings.key_timeout)
        if tty.ended:
            raise BenchError(f"the program ended after the key {step.key!r} (press {number})")
        if number <= warmup:
            continue
        if seen is None:
            missed.append(step.key)
        else:
            latencies.append((seen - pressed) * 1000)
    used_after = usage(tty.pid)
    run: Run = {"latencies_ms": latencies, "keys_missed": len(missed)}
    run["key_bytes"] = (tty.bytes_out - written) / settings.presses
    if used_before and used_after:
        run["key_cpu_ms"] = (used_after.cpu_s - used_before.cpu_s) * 1000 / settings.presses
    return run


METRICS: dict[str, str] = {
    "first_byte_ms": "first byte written",
    "first_paint_ms": "first character on the screen",
    "ready_ms": "--wait-text on the screen",
    "start_cpu_ms": "CPU used up to there",
    "key_p50_ms": "key to paint, median",
    "key_p95_ms": "key to paint, 95th percentile",
    "key_p99_ms": "key to paint, 99th percentile",
    "key_max_ms": "key to paint, slowest",
    "key_cpu_ms": "CPU per key press (with its gap)",
    "key_bytes": "bytes per key press (with its gap)",
    "keys_missed": "presses without the expected effect",
    "idle_cpu_pct": "CPU while idle, % of one core",
    "idle_wakeups_per_s": "wake-ups per second while idle",
    "idle_bytes_per_s": "bytes per second while idle",
    "idle_writes_per_s": "reads it took per second while idle",
    "rss_peak_mib": "peak memory of the process tree, MiB",
    "exit_ms": "quit key to process end",
}


def percentile(values: Sequence[float], percent: float) -> float:
    """Nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def add_percentiles(run: Run) -> Run:
    """The same run, with percentiles of its latencies if it has any."""
    if latencies := run.get("latencies_ms"):
        for percent in (50, 95, 99):
            run[f"key_p{percent}_ms"] = percentile(latencies, percent)
        run["key_max_ms"] = max(latencies)
    return run


def summarise(runs: Sequence[Run]) -> dict[str, dict[str, float]]:
    """Median, lowest and highest of each figure over the runs.

    Key percentiles are taken over the presses of all runs together.
    """
    pooled = add_percentiles(
        {"latencies_ms": [ms for run in runs for ms in run.get("latencies_ms", [])]}
    )
    summary = {}
    for name in METRICS:
        values = [run[name] for run in runs if run.get(name) is not None]
        if values:
            middle = pooled.get(name, statistics.median(values))
            summary[name] = {"value": middle, "min": min(values), "max": max(values)}
    return summary


def ratios(runs: Sequence[Run], base: Sequence[Run]) -> dict[str, dict[str, float]]:
    """Each figure of `runs` over `base`: median and range of the paired ratios.

    Key percentiles are compared pooled, since one run has few presses.
    """
    top, bottom = summarise(runs), summarise(base)
    result = {}
    for name in METRICS:
        pairs = [
            one[name] / other[name]
            for one, other in zip(runs, base, strict=True)
            if one.get(name) is not None and other.get(name)
        ]
        if pairs:
            value = statistics.median(pairs)
            if name.startswith("key_p"):
                value = top[name]["value"] / bottom[name]["value"]
            result[name] = {"value": value, "min": min(pairs), "max": max(pairs)}
    return result


@dataclass(frozen=True)
class Limit:
    """A budget: `METRIC<=NUMBER`, or `METRIC<=NUMBERx` for a ratio."""

    metric: str
    value: float
    is_ratio: bool

    @classmethod
    def parse(cls, text: str) -> Limit:
        """Parse the text form."""
        match = re.fullmatch(r"\s*(\w+)\s*<=\s*([0-9.]+)\s*(x?)\s*", text)
        if not match or match[1] not in METRICS:
            raise argparse.ArgumentTypeError(
                f"{text!r} is not METRIC<=NUMBER or METRIC<=NUMBERx; "
                f"metrics: {', '.join(METRICS)}"
            )
        return cls(match[1], float(match[2]), bool(match[3]))

    def __str__(self) -> str:
        return f"{self.metric}<={self.value:g}{'x' if self.is_ratio else ''}"


def measure_all(
    subjects: Sequence[Subject],
    settings: Settings,
    progress: Callable[[str], None] = lambda _: None,
) -> list[list[Run]]:
    """Measure subjects alternately; the order turns round every round."""
    results: list[list[Run]] = [[] for _ in subjects]
    for number in range(-settings.warmup_runs, settings.runs):
        order = list(enumerate(subjects))
        for index, subject in order if number % 2 == 0 else reversed(order):
            label = "warm-up" if number < 0 else f"run {number + 1}/{settings.runs}"
            progress(f"{label} {subject.name}")
            show = settings.show and number == settings.runs - 1
            run = add_percentiles(measure(subject, settings, show=show))
            if number >= 0:
                results[index].append(run)
    return results


def host() -> dict[str, Any]:
    """What the figures were taken on."""
    return {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
    }


# --------------------------------------------------------------------------
# Reporting
# --------------------------------------------------------------------------


def number(value: float) -> str:
    """A value with as many digits as mean something."""
    if value >= 100 or value == int(value):
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _cell(entry: Mapping[str, float] | None, suffix: str = "") -> str:
    if entry is None:
        return "-"
    text = number(entry["value"]) + suffix
    return f"{text} [{number(entry['min'])}..{number(entry['max'])}]"


def table(rows: Iterable[Sequence[str]]) -> str:
    """Lay out rows in columns; the first is left-aligned."""
    cells = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = []
    for first, *others in cells:
        rest = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        lines.append("  ".join([first.ljust(widths[0]), *rest]).rstrip())
    return "\n".join(lines)


def report(
    subjects: Sequence[Subject], results: Sequence[Sequence[Run]], settings: Settings
) -> str:
    """The figures as text for people."""
    summaries = [summarise(runs) for runs in results]
    compared = ratios(results[0], results[1]) if len(subjects) > 1 else {}
    heading = ["figure", *(subject.name for subject in subjects)]
    if compared:
        heading.append("ratio")
    rows = [heading]
    for name in METRICS:
        if any(name in summary for summary in summaries):
            row = [name, *(_cell(summary.get(name)) for summary in summaries)]
            rows.append(row + ([_cell(compared.get(name), "x")] if compared else []))
    info = host()
    heading_line = (
        f"{settings.runs} runs each, {settings.cols}x{settings.rows}, profile "
        f"{settings.profile}, {info['cores']} cores, load {info['load']}; "
        "median [lowest..highest run]"
    )
    lines = [heading_line, table(rows)]
    for subject, runs in zip(subjects, results, strict=True):
        statuses = sorted({str(run["exit_status"]) for run in runs})
        if statuses != ["0"]:
            hint = " (None: the quit key did not end it)" if "None" in statuses else ""
            lines.append(f"{subject.name}: exit status {', '.join(statuses)}{hint}")
        left = sorted({name for run in runs for name in run["leftovers"] or []})
        if left:
            lines.append(f"{subject.name}: left switched on: {', '.join(left)}")
    return "\n".join(lines)


def check_limits(limits: Sequence[Limit], results: Sequence[Sequence[Run]]) -> Iterator[str]:
    """Yield a message for each budget that is broken or cannot be checked."""
    summary = summarise(results[0])
    compared = ratios(results[0], results[1]) if len(results) > 1 else {}
    for limit in limits:
        entry = (compared if limit.is_ratio else summary).get(limit.metric)
        if entry is None:
            yield f"{limit}: not measured" + (" (needs --vs)" if limit.is_ratio else "")
        elif entry["value"] > limit.value:
            yield f"{limit}: it is {number(entry['value'])}{'x' if limit.is_ratio else ''}"


def _rows(text: str) -> frozenset[int]:
    """Parse `1,3-5` (rows counted from 1) into row indices."""
    found: set[int] = set()
    for part in filter(None, text.split(",")):
        match = re.fullmatch(r"(\d+)(?:-(\d+))?", part.strip())
        if not match or int(match[1]) < 1:
            raise argparse.ArgumentTypeError(
                f"{part!r} is not a row or a range of rows like 3-5"
            )
        found.update(range(int(match[1]) - 1, int(match[2] or match[1])))
    return frozenset(found)


def _assignment(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def build_parser() -> argparse.ArgumentParser:
    """The command line."""
    description, _, rest = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        prog="ptybench",
        description=description,
        epilog=rest.partition("\n\nAs a library")[0] + "\n\nfigures:\n"
        + "\n".join(f"  {name:<20} {text}" for name, text in METRICS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    what = parser.add_argument_group("what to measure")
    what.add_argument("--cmd", required=True, help="command line to measure (no shell)")
    what.add_argument("--name", help="what to call it in the report")
    what.add_argument("--wait-text", metavar="TEXT", help="text that shows it is ready")
    what.add_argument(
        "--keys",
        metavar="STEPS",
        help="keys to press in turn: KEY (any visible change counts), KEY=TEXT (TEXT must "
        "appear), KEY=!TEXT (TEXT must go); {n} is the number of the press; quote texts with "
        "spaces; "
        "keys: a, enter, escape, down, f1, ctrl+p, shift+tab, text:abc, paste:abc, hex:1b",
    )
    what.add_argument(
        "--idle", type=float, default=0, metavar="S", help="leave it alone for S seconds"
    )
    what.add_argument(
        "--quit", default="ctrl+q", metavar="KEY", help="key that ends it (ctrl+q)"
    )
    base = parser.add_argument_group("what to compare it with")
    base.add_argument("--vs", metavar="CMD", help="second command; ratios are --cmd over --vs")
    base.add_argument("--vs-name", metavar="NAME", help="what to call it in the report")
    base.add_argument(
        "--vs-wait-text", metavar="TEXT", help="like --wait-text (same if not given)"
    )
    base.add_argument("--vs-keys", metavar="STEPS", help="like --keys (same if not given)")
    base.add_argument("--vs-quit", metavar="KEY", help="like --quit (same if not given)")
    how = parser.add_argument_group("how")
    how.add_argument("--cols", type=int, default=80, help="terminal width (80)")
    how.add_argument("--rows", type=int, default=24, help="terminal height (24)")
    how.add_argument("--runs", type=int, default=5, help="runs of each command (5)")
    how.add_argument("--warmup-runs", type=int, default=1, help="runs thrown away first (1)")
    how.add_argument("--presses", type=int, default=40, help="key presses a run (40)")
    how.add_argument(
        "--warmup-presses", type=int, default=5, help="presses thrown away first (5)"
    )
    how.add_argument(
        "--gap", type=float, default=0.08, help="seconds between presses (0.08 +-25%%)"
    )
    how.add_argument("--timeout", type=float, default=20, help="seconds to become ready (20)")
    how.add_argument(
        "--key-timeout", type=float, default=2, help="seconds for a key's effect (2)"
    )
    how.add_argument(
        "--ignore-rows",
        type=_rows,
        default=frozenset(),
        metavar="ROWS",
        help="rows that do not count as a key's effect, e.g. a clock: 1,3-5",
    )
    how.add_argument(
        "--profile",
        choices=PROFILES,
        default="basic",
        help="terminal: basic (like xterm), modern (synchronized output, in-band resize, kitty "
        "keyboard), mute (answers no query)",
    )
    how.add_argument(
        "--env",
        action="append",
        type=_assignment,
        default=[],
        metavar="NAME=VALUE",
        help="variable to set for the commands; may be repeated",
    )
    how.add_argument("--cwd", help="directory to run the commands in")
    out = parser.add_argument_group("output")
    out.add_argument("--json", metavar="FILE", help="write all figures there (- for stdout)")
    out.add_argument(
        "--limit",
        action="append",
        type=Limit.parse,
        default=[],
        metavar="BUDGET",
        help="METRIC<=NUMBER, or METRIC<=NUMBERx for the ratio to --vs; exit status 1 when "
        "broken; may be repeated",
    )
    out.add_argument(
        "--show", action="store_true", help="print the last screen of the last run"
    )
    out.add_argument("--quiet", action="store_true", help="no progress on standard error")
    return parser


def _subjects(options: argparse.Namespace) -> list[Subject]:
    def subject(
        name: str | None, command: str, text: str | None, keys: str | None, end: str
    ) -> Subject:
        words = shlex.split(command)
        if not words:
            raise BenchError("an empty command was given")
        encode_key(end)
        steps = parse_steps(keys) if keys else []
        return Subject(name or Path(words[-1]).name, words, text, steps, end)

    subjects = [
        subject(options.name, options.cmd, options.wait_text, options.keys, options.quit)
    ]
    if options.vs:
        subjects.append(
            subject(
                options.vs_name,
                options.vs,
                options.vs_wait_text or options.wait_text,
                options.vs_keys or options.keys,
                options.vs_quit or options.quit,
            )
        )
    return subjects


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(
        cols=options.cols,
        rows=options.rows,
        runs=options.runs,
        warmup_runs=options.warmup_runs,
        presses=options.presses,
        warmup_presses=options.warmup_presses,
        gap=options.gap,
        idle=options.idle,
        timeout=options.timeout,
        key_timeout=options.key_timeout,
        profile=options.profile,
        ignore_rows=options.ignore_rows,
        env=dict(options.env),
        cwd=options.cwd,
        show=options.show,
    )


def _write_json(
    path: str, subjects: Sequence[Subject], results: Sequence[Sequence[Run]], settings: Settings
) -> None:
    document: dict[str, Any] = {
        "tool": f"ptybench {VERSION}",
        "host": host(),
        "settings": {**vars(settings), "ignore_rows": sorted(settings.ignore_rows)},
        "subjects": [
            {
                "name": subject.name,
                "command": subject.command,
                "summary": summarise(runs),
                "runs": runs,
            }
            for subject, runs in zip(subjects, results, strict=True)
        ],
    }
    if len(subjects) > 1:
        document["ratios"] = ratios(results[0], results[1])
    text = json.dumps(document, indent=1)
    if path == "-":
        print(text)
    else:
        Path(path).write_text(text + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns 0, 1 (a budget is broken) or 2 (an error)."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    if min(options.cols, options.rows, options.runs, options.presses) < 1:
        parser.error("--cols, --rows, --runs and --presses must be at least 1")

    def progress(text: str) -> None:
        if not options.quiet and sys.stderr.isatty():
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)

    try:
        subjects, settings = _subjects(options), _settings(options)
        results = measure_all(subjects, settings, progress)
    except (BenchError, ValueError) as error:
        progress("")
        print(f"ptybench: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        progress("")
        print("ptybench: stopped", file=sys.stderr)
        return 130
    progress("")
    if options.json:
        _write_json(options.json, subjects, results, settings)
    if options.json != "-":
        print(report(subjects, results, settings))
    broken = list(check_limits(options.limit, results))
    for message in broken:
        print(f"over budget: {message}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
