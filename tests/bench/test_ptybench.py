"""Tests of ptybench against toy programs whose speed and cost are known.

Other programs may be busy meanwhile, so what a toy does at least is held closely, and what it
does at most is not.
"""

from __future__ import annotations

import json
import signal
import statistics
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench import ptybench

TOY = textwrap.dedent(
    """
    import os, select, sys, termios, time, tty
    start, delay, duty, rate, quits = map(float, sys.argv[1:6])
    time.sleep(start)
    before = termios.tcgetattr(0)
    tty.setraw(0)
    os.write(1, b"\\x1b[?1049h\\x1b[2J\\x1b[Hcount 0\\x1b[3;1Hready")
    count, tick = 0, 0
    while True:
        if select.select([0], [], [], 0.1)[0]:
            key = os.read(0, 100)
            if key == b"\\x11" and quits:
                break
            time.sleep(delay)
            count += 1
            os.write(1, b"\\x1b[Hcount %d  " % count)
        busy = time.process_time() + duty * 0.1
        while time.process_time() < busy:
            pass
        if rate:
            tick += 1
            os.write(1, b"\\x1b[5;1H" + (b"%d" % tick).ljust(int(rate / 10) - 6))
    termios.tcsetattr(0, termios.TCSANOW, before)
    os.write(1, b"\\x1b[?1049l")
    """
)

needs_proc = pytest.mark.skipif(not ptybench.HAVE_PROC, reason="needs /proc")

Toy = Callable[..., list[str]]


@pytest.fixture
def toy(tmp_path: Path) -> Toy:
    path = tmp_path / "toy.py"
    path.write_text(TOY)

    def command(
        start: float = 0, delay: float = 0, duty: float = 0, rate: float = 0, quits: float = 1
    ) -> list[str]:
        return [sys.executable, "-S", str(path), *map(str, (start, delay, duty, rate, quits))]

    return command


def quick(**changes: Any) -> ptybench.Settings:
    few = {"runs": 1, "warmup_runs": 0, "presses": 8, "warmup_presses": 1, "gap": 0.01}
    return ptybench.Settings(**(few | changes))


def counting() -> list[ptybench.Step]:
    return ptybench.parse_steps("x='count {n}'")


# Keys


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a", b"a"), ("A", b"A"), ("=", b"="), ("+", b"+"), ("enter", b"\r"),
        ("escape", b"\x1b"), ("shift+tab", b"\x1b[Z"), ("ctrl+q", b"\x11"),
        ("ctrl+space", b"\x00"), ("alt+x", b"\x1bx"), ("shift+a", b"A"),
        ("up", b"\x1b[A"), ("ctrl+right", b"\x1b[1;5C"), ("f1", b"\x1bOP"),
        ("shift+f1", b"\x1b[1;2P"), ("f5", b"\x1b[15~"), ("alt+delete", b"\x1b[3;3~"),
        ("text:hé llo", "hé llo".encode()), ("paste:hi", b"\x1b[200~hi\x1b[201~"),
        ("hex:1b5b41", b"\x1b[A"), ("é", "é".encode()),
    ],
)  # fmt: skip
def test_a_key_is_sent_as_terminals_send_it(name: str, data: bytes) -> None:
    assert ptybench.encode_key(name) == data


@pytest.mark.parametrize(
    ("name", "flags", "data"),
    [
        ("escape", 1, b"\x1b[27u"), ("ctrl+q", 1, b"\x1b[113;5u"), ("shift+a", 1, b"A"),
        ("ctrl+q", 25, b"\x1b[113;5u"), ("enter", 25, b"\x1b[13u"),
        ("A", 25, b"\x1b[97;2;65u"), ("text:a!", 25, b"\x1b[97;;97u\x1b[33;;33u"),
        ("up", 25, b"\x1b[A"),
    ],
)  # fmt: skip
def test_a_key_is_sent_in_the_kitty_form_when_asked_for(
    name: str, flags: int, data: bytes
) -> None:
    assert ptybench.encode_key(name, kitty=flags) == data


@pytest.mark.parametrize("name", ["nokey", "hyper+x", "hex:zz", "ctrl++"])
def test_a_key_that_no_terminal_can_send_is_refused(name: str) -> None:
    with pytest.raises(ptybench.BenchError):
        ptybench.encode_key(name)


def test_steps_say_what_a_key_must_show_or_take_away() -> None:
    assert ptybench.parse_steps("a down='> one' escape=!Menu = ==x") == [
        ptybench.Step("a"),
        ptybench.Step("down", "> one"),
        ptybench.Step("escape", "Menu", gone=True),
        ptybench.Step("="),
        ptybench.Step("=", "x"),
    ]


@pytest.mark.parametrize("text", ["", "a='", "a=", "a=!", "nokey"])
def test_steps_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ptybench.BenchError):
        ptybench.parse_steps(text)


# The terminal


def fed(data: bytes, profile: str = "basic") -> tuple[ptybench.Terminal, bytes]:
    """A terminal after some output, and what it answered; every sequence comes in pieces."""
    replies: list[bytes] = []
    terminal = ptybench.Terminal(20, 4, profile=profile, reply=replies.append)
    for byte in data:
        terminal.feed(bytes([byte]))
    return terminal, b"".join(replies)


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[<u\x1b[>25u\x1b[?2026$p\x1b[4:3mok\x1b[0m\x1b[2 q",
        b"\x1b]8;id=1;http://x\x1b\\ok\x1b]8;;\x07",
        b"\x1bP>|text\x1b\\o\x1b_apc\x1b\\k\x1b[38:2::1:2:3;58:5:1m",
        b"\x1b(Bok\x1b=\x1b>\x1b7\x1b8",
    ],
)
def test_no_sequence_shows_as_text(data: bytes) -> None:
    assert fed(data)[0].text().split() == ["ok"]


@pytest.mark.parametrize(
    "text", ["日本 é 👍|", "👩\u200d👧|x", "☺\ufe0f|", "a\u200bb|", "नमस्ते|", "שלום|", "é|"]
)
def test_wide_and_joined_characters_are_kept(text: str) -> None:
    assert fed(text.encode())[0].lines()[0].rstrip() == text


def test_the_alternate_screen_gives_way_to_what_was_there() -> None:
    terminal, _ = fed(b"shell\x1b[?1049happ")
    assert terminal.text().split() == ["app"]
    terminal.feed(b"\x1b[?1049l")
    assert terminal.text().split() == ["shell"]
    assert terminal.used_alt_screen


def test_characters_repeat_and_lines_scroll_both_ways() -> None:
    terminal, _ = fed(b"\x1b[2;1Hab\x1b[3b\x1b[S")
    assert terminal.lines()[0].strip() == "abbbb"
    terminal.feed(b"\x1b[2T")
    assert terminal.lines()[2].strip() == "abbbb"


def test_questions_are_answered_as_the_profile_says() -> None:
    questions = b"\x1b[2;3H\x1b[6n\x1b[5n\x1b[c\x1b[?2026$p\x1b[18t\x1b]11;?\x07"
    answers = (
        b"\x1b[2;3R\x1b[0n\x1b[?62;22c\x1b[?2026;%d$y\x1b[8;4;20t"
        b"\x1b]11;rgb:0000/0000/0000\x1b\\"
    )
    assert fed(questions)[1] == answers % 0
    assert fed(questions, "modern")[1] == answers % 2
    assert fed(questions, "mute")[1] == b""


def test_a_synchronized_frame_is_looked_at_when_it_ends() -> None:
    terminal = ptybench.Terminal(20, 4, profile="modern")
    seen = []
    terminal.on_frame = lambda: seen.append(terminal.text().strip())
    for frame in (b"one\x1b[?2026l", b"\x1b[Htwo\x1b[?2026l", b"\x1b[H3"):
        terminal.feed(b"\x1b[?2026h" + frame)
    assert seen == ["one", "two"]
    assert terminal.in_frame


def test_modes_that_are_left_on_are_named() -> None:
    terminal, _ = fed(b"\x1b[?1000;2004h\x1b[?25l\x1b[?2004l\x1b[>1u")
    assert terminal.leftovers() == ["cursor off", "mouse clicks", "kitty keyboard"]


def test_a_picture_sees_styles_and_passes_over_some_rows() -> None:
    terminal, _ = fed(b"\x1b[?25labc")
    before, below = terminal.picture(), terminal.picture(frozenset({0}))
    terminal.feed(b"\x1b[H\x1b[7mabc")
    assert terminal.picture() != before
    assert terminal.picture(frozenset({0})) == below


def test_clipboard_and_title_are_kept() -> None:
    terminal, _ = fed(b"\x1b]52;c;aGk=\x07\x1b]2;name\x1b\\")
    assert (terminal.clipboard, terminal.title) == (["aGk="], "name")


# Figures


def test_start_keys_and_end_take_as_long_as_they_take(toy: Toy) -> None:
    subject = ptybench.Subject("toy", toy(start=0.2, delay=0.03), "ready", counting())
    run = ptybench.measure(subject, quick())
    assert 200 < run["first_paint_ms"] <= run["ready_ms"]
    assert len(run["latencies_ms"]) == 8
    assert min(run["latencies_ms"]) >= 30
    assert statistics.median(run["latencies_ms"]) < 200
    assert run["exit_status"] == 0
    assert run["exit_ms"] < 2_000
    assert run["leftovers"] == []


def test_rows_with_a_clock_do_not_count_as_the_effect_of_a_key(toy: Toy) -> None:
    subject = ptybench.Subject("toy", toy(rate=200), "ready", [ptybench.Step("x")])
    few = {"presses": 2, "warmup_presses": 0, "key_timeout": 0.3}
    count, clock = 0, 4
    deaf = ptybench.measure(subject, quick(**few, ignore_rows=frozenset({count, clock})))
    fooled = ptybench.measure(subject, quick(**few, ignore_rows=frozenset({count})))
    assert (deaf["keys_missed"], fooled["keys_missed"]) == (2, 0)


@needs_proc
def test_what_an_idle_program_does_is_counted(toy: Toy) -> None:
    # 0.1 s of waiting, then 0.02 s of work: a sixth of the time, 8.3 times a second at most
    run = ptybench.measure(
        ptybench.Subject("toy", toy(duty=0.2, rate=300), "ready"), quick(idle=1.0)
    )
    assert 5 < run["idle_cpu_pct"] < 19
    assert 24 < run["idle_bytes_per_s"] / run["idle_writes_per_s"] < 34
    assert 2 < run["idle_writes_per_s"] < 10
    assert 3 < run["rss_peak_mib"] < 100


@needs_proc
def test_children_count_too(toy: Toy, tmp_path: Path) -> None:
    parent = tmp_path / "parent.py"
    parent.write_text("import subprocess, sys\nsubprocess.run(sys.argv[1:])\n")
    command = [sys.executable, str(parent), *toy(duty=0.2)]
    run = ptybench.measure(ptybench.Subject("toy", command, "ready"), quick(idle=1.0))
    assert 5 < run["idle_cpu_pct"] < 19


def test_keys_without_effect_are_counted_as_missed(toy: Toy) -> None:
    subject = ptybench.Subject("toy", toy(), "ready", [ptybench.Step("x", "never")])
    run = ptybench.measure(subject, quick(presses=2, warmup_presses=0, key_timeout=0.1))
    assert (run["keys_missed"], run["latencies_ms"]) == (2, [])


def test_percentiles_are_taken_over_all_runs_together() -> None:
    runs: list[ptybench.Run] = [
        {"latencies_ms": list(range(1, 51))},
        {"latencies_ms": list(range(51, 101))},
    ]
    summary = ptybench.summarise([ptybench.add_percentiles(run) for run in runs])
    assert summary["key_p99_ms"] == {"value": 99, "min": 50, "max": 100}


def test_ratios_are_those_of_pairs() -> None:
    top: list[ptybench.Run] = [{"ready_ms": 10.0}, {"ready_ms": 40.0}, {"ready_ms": 30.0}]
    base: list[ptybench.Run] = [{"ready_ms": 5.0}, {"ready_ms": 20.0}, {"ready_ms": 10.0}]
    assert ptybench.ratios(top, base)["ready_ms"] == {"value": 2.0, "min": 2.0, "max": 3.0}


# Sessions


def test_a_text_that_never_comes_is_reported_with_the_screen(toy: Toy) -> None:
    with (
        ptybench.Session(toy()) as tty,
        pytest.raises(ptybench.BenchError, match=r"(?s)without.*count 0"),
    ):
        tty.wait_for_text("nothing", timeout=0.5)


def test_a_program_learns_that_its_terminal_has_another_size(tmp_path: Path) -> None:
    path = tmp_path / "size.py"
    path.write_text(
        "import os, signal\n"
        "show = lambda *_: os.write(1, str(tuple(os.get_terminal_size(1))).encode())\n"
        "signal.signal(signal.SIGWINCH, show)\nshow()\nwhile True: signal.pause()\n"
    )
    with ptybench.Session([sys.executable, str(path)], cols=90, rows=30) as tty:
        tty.wait_for_text("(90, 30)")
        tty.resize(50, 10)
        tty.wait_for_text("(50, 10)")


def test_closing_ends_a_program_that_will_not_go(tmp_path: Path) -> None:
    path = tmp_path / "stubborn.py"
    path.write_text(
        "import signal, time\n"
        "for name in ('SIGHUP', 'SIGTERM'):\n"
        "    signal.signal(getattr(signal, name), signal.SIG_IGN)\n"
        "print('here', flush=True)\nwhile True: time.sleep(1)\n"
    )
    with ptybench.Session([sys.executable, str(path)]) as tty:
        tty.wait_for_text("here")
    assert tty.exit_status == -signal.SIGKILL


def test_a_command_that_does_not_exist_is_named() -> None:
    with pytest.raises(ptybench.BenchError, match=r"no-such-program.*No such file"):
        ptybench.Session(["no-such-program"])


def test_the_last_words_of_a_program_that_ends_at_once_are_seen() -> None:
    with ptybench.Session([sys.executable, "-c", "print('bye')"]) as tty:
        tty.wait_for_text("bye")
        assert tty.wait(5) == 0


# The command line


def test_two_programs_are_compared_and_budgets_checked(
    toy: Toy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    status = ptybench.main(
        [
            *("--cmd", " ".join(toy(start=0.2)), "--name", "slow"),
            *("--vs", " ".join(toy()), "--vs-name", "quick", "--wait-text", "ready"),
            *("--runs", "2", "--warmup-runs", "0", "--json", str(out)),
            *("--limit", "ready_ms<=1.01x", "--limit", "ready_ms<=60000"),
        ]
    )
    captured = capsys.readouterr()
    assert status == 1
    assert "over budget: ready_ms<=1.01x" in captured.err
    assert "ready_ms<=60000" not in captured.err
    assert captured.out.splitlines()[1].split() == ["figure", "slow", "quick", "ratio"]
    document = json.loads(out.read_text())
    assert document["ratios"]["ready_ms"]["value"] > 1.01
    assert len(document["subjects"][1]["runs"]) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--cmd", "no-such-program"], "cannot start 'no-such-program'"),
        (["--cmd", f"{sys.executable} -c pass"], "ended before painting"),
        (["--cmd", "sleep 9", "--timeout", "0.3"], "did not in 0.3 s finish painting"),
        (["--cmd", "cat", "--keys", "nokey"], "unknown key 'nokey'"),
        (["--cmd", "cat", "--quit", "hex:1"], "key 'hex:1'"),
    ],
)
def test_what_cannot_be_measured_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert ptybench.main([*arguments, "--warmup-runs", "0", "--runs", "1"]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert "Traceback" not in said


@pytest.mark.parametrize("text", ["ready_ms", "nonsense<=3", "ready_ms<=x", "ready_ms>=3"])
def test_a_budget_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(Exception, match="METRIC<=NUMBER"):
        ptybench.Limit.parse(text)


def test_a_program_that_the_quit_key_does_not_end_is_reported(
    toy: Toy, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--cmd", " ".join(toy(quits=0)), "--runs", "1", "--warmup-runs", "0"]
    assert ptybench.main(arguments) == 0
    assert "the quit key did not end it" in capsys.readouterr().out
