"""Tests of ptybench against toy programs whose speed and cost are known."""

from __future__ import annotations

import json
import signal
import sys
import textwrap
from pathlib import Path

import pytest
from bench.ptybench import BenchError, Limit, Session, Settings, Step, Subject, Terminal

from bench import ptybench

TOY = textwrap.dedent(
    """
    import os, select, sys, time, tty
    start, delay, duty, rate, quits = map(float, sys.argv[1:6])
    time.sleep(start)
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
    os.write(1, b"\\x1b[?1049l")
    """
)


@pytest.fixture
def toy(tmp_path):
    path = tmp_path / "toy.py"
    path.write_text(TOY)

    def command(start=0.0, delay=0.0, duty=0.0, rate=0, quits=1):
        return [sys.executable, "-S", str(path), *map(str, (start, delay, duty, rate, quits))]

    return command


def quick(**changes):
    return Settings(
        **({"runs": 1, "warmup_runs": 0, "presses": 8, "warmup_presses": 1} | changes)
    )


def count_steps():
    return ptybench.parse_steps("x='count {n}'")


class TestKeys:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("a", b"a"), ("A", b"A"), ("=", b"="), ("+", b"+"), ("enter", b"\r"),
            ("escape", b"\x1b"), ("shift+tab", b"\x1b[Z"), ("ctrl+q", b"\x11"),
            ("ctrl+space", b"\x00"), ("alt+x", b"\x1bx"), ("shift+a", b"A"),
            ("up", b"\x1b[A"), ("ctrl+right", b"\x1b[1;5C"), ("f1", b"\x1bOP"),
            ("shift+f1", b"\x1b[1;2P"), ("f5", b"\x1b[15~"), ("alt+delete", b"\x1b[3;3~"),
            ("text:hé llo", "hé llo".encode()), ("paste:hi", b"\x1b[200~hi\x1b[201~"),
            ("hex:1b5b41", b"\x1b[A"), ("é", "é".encode()), ("ctrl++", None),
        ],
    )  # fmt: skip
    def test_classic(self, name, data):
        if data is None:
            with pytest.raises(BenchError):
                ptybench.encode_key(name)
        else:
            assert ptybench.encode_key(name) == data

    def test_kitty(self):
        assert ptybench.encode_key("escape", kitty=1) == b"\x1b[27u"
        assert ptybench.encode_key("ctrl+q", kitty=1) == b"\x1b[113;5u"
        assert ptybench.encode_key("shift+a", kitty=1) == b"A"
        assert ptybench.encode_key("ctrl+q", kitty=25) == b"\x1b[113;5u"
        assert ptybench.encode_key("enter", kitty=25) == b"\x1b[13u"
        assert ptybench.encode_key("A", kitty=25) == b"\x1b[97;2;65u"
        assert ptybench.encode_key("text:a!", kitty=25) == b"\x1b[97;;97u\x1b[33;;33u"
        assert ptybench.encode_key("up", kitty=25) == b"\x1b[A"

    @pytest.mark.parametrize("name", ["nokey", "hyper+x", "hex:zz"])
    def test_unknown(self, name):
        with pytest.raises(BenchError):
            ptybench.encode_key(name)

    def test_steps(self):
        assert ptybench.parse_steps("a down='> one' escape=!Menu = ==x") == [
            Step("a"),
            Step("down", "> one"),
            Step("escape", "Menu", gone=True),
            Step("="),
            Step("=", "x"),
        ]

    @pytest.mark.parametrize("text", ["", "a='", "a=", "a=!", "nokey"])
    def test_bad_steps(self, text):
        with pytest.raises(BenchError):
            ptybench.parse_steps(text)


class TestTerminal:
    def feed(self, data, **options):
        replies = []
        terminal = Terminal(20, 4, reply=replies.append, **options)
        for byte in data:  # byte by byte: every way to cut a sequence
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
    def test_no_sequence_shows_as_text(self, data):
        assert self.feed(data)[0].text().split() == ["ok"]

    @pytest.mark.parametrize(
        "text", ["日本 é 👍|", "👩\u200d👧|x", "☺\ufe0f|", "a\u200bb|", "नमस्ते|", "שלום|", "é|"]
    )
    def test_wide_zero_width_and_split_characters(self, text):
        assert self.feed(text.encode())[0].lines()[0].rstrip() == text

    def test_alternate_screen(self):
        terminal, _ = self.feed(b"shell\x1b[?1049happ")
        assert terminal.text().split() == ["app"]
        terminal.feed(b"\x1b[?1049l")
        assert terminal.text().split() == ["shell"]
        assert terminal.used_alt_screen

    def test_repeat_and_scroll(self):
        terminal, _ = self.feed(b"\x1b[2;1Hab\x1b[3b\x1b[S")
        assert terminal.lines()[0].strip() == "abbbb"
        terminal.feed(b"\x1b[2T")
        assert terminal.lines()[2].strip() == "abbbb"

    def test_replies(self):
        questions = b"\x1b[2;3H\x1b[6n\x1b[c\x1b[?2026$p\x1b]11;?\x07"
        answers = b"\x1b[2;3R\x1b[?62;22c\x1b[?2026;%d$y\x1b]11;rgb:0000/0000/0000\x1b\\"
        assert self.feed(questions)[1] == answers % 0
        assert self.feed(questions, profile="modern")[1] == answers % 2
        assert self.feed(questions, profile="mute")[1] == b""

    def test_synchronized_frames(self):
        terminal = Terminal(20, 4, profile="modern")
        seen = []
        terminal.on_frame = lambda: seen.append(terminal.text().strip())
        terminal.feed(
            b"\x1b[?2026hone\x1b[?2026l\x1b[?2026h\x1b[Htwo\x1b[?2026l\x1b[?2026h\x1b[H3"
        )
        assert seen == ["one", "two"]
        assert terminal.in_frame

    def test_leftovers(self):
        terminal, _ = self.feed(b"\x1b[?1000;2004h\x1b[?25l\x1b[?2004l\x1b[>1u")
        assert terminal.leftovers() == ["cursor off", "mouse clicks", "kitty keyboard"]

    def test_picture_sees_styles_and_ignores_rows(self):
        terminal, _ = self.feed(b"\x1b[?25labc")
        before, below = terminal.picture(), terminal.picture(frozenset({0}))
        terminal.feed(b"\x1b[H\x1b[7mabc")
        assert terminal.picture() != before
        assert terminal.picture(frozenset({0})) == below

    def test_clipboard_and_title(self):
        terminal, _ = self.feed(b"\x1b]52;c;aGk=\x07\x1b]2;name\x1b\\")
        assert (terminal.clipboard, terminal.title) == (["aGk="], "name")


class TestFigures:
    def test_start_keys_and_end(self, toy):
        subject = Subject("toy", toy(start=0.2, delay=0.03), "ready", count_steps())
        run = ptybench.measure(subject, quick())
        assert 200 < run["first_paint_ms"] <= run["ready_ms"] < 400
        assert len(run["latencies_ms"]) == 8
        assert all(30 <= latency < 60 for latency in run["latencies_ms"])
        assert run["exit_status"] == 0
        assert run["exit_ms"] < 500
        assert run["leftovers"] == []

    def test_any_change_can_ignore_a_clock(self, toy):
        subject = Subject("toy", toy(delay=0.03, rate=200), "ready", [Step("x")])
        settings = quick(ignore_rows=frozenset({4}))
        run = ptybench.measure(subject, settings)
        assert all(30 <= latency < 60 for latency in run["latencies_ms"])

    @pytest.mark.skipif(not ptybench.HAVE_PROC, reason="needs /proc")
    def test_idle(self, toy):
        subject = Subject("toy", toy(duty=0.2, rate=300), "ready")
        run = ptybench.measure(subject, quick(idle=2.0))
        # 0.1 s of waiting, then 0.02 s of work: 1/6 of the time, 8.3 times a second
        assert 14 < run["idle_cpu_pct"] < 19
        assert 200 < run["idle_bytes_per_s"] < 300
        assert 6 < run["idle_writes_per_s"] < 10
        assert 3 < run["rss_peak_mib"] < 100

    @pytest.mark.skipif(not ptybench.HAVE_PROC, reason="needs /proc")
    def test_children_count(self, toy, tmp_path):
        parent = tmp_path / "parent.py"
        parent.write_text("import subprocess, sys\nsubprocess.run(sys.argv[1:])\n")
        command = [sys.executable, str(parent), *toy(duty=0.2)]
        run = ptybench.measure(Subject("toy", command, "ready"), quick(idle=2.0))
        assert 14 < run["idle_cpu_pct"] < 19

    def test_missed_keys(self, toy):
        subject = Subject("toy", toy(), "ready", [Step("x", "never")])
        run = ptybench.measure(subject, quick(presses=2, warmup_presses=0, key_timeout=0.1))
        assert (run["keys_missed"], run["latencies_ms"]) == (2, [])

    def test_percentiles_pool_the_runs(self):
        runs = [{"latencies_ms": list(range(1, 51))}, {"latencies_ms": list(range(51, 101))}]
        summary = ptybench.summarise([ptybench.add_percentiles(run) for run in runs])
        assert summary["key_p99_ms"] == {"value": 99, "min": 50, "max": 100}

    def test_ratios_are_paired(self):
        top = [{"ready_ms": 10.0}, {"ready_ms": 40.0}, {"ready_ms": 30.0}]
        base = [{"ready_ms": 5.0}, {"ready_ms": 20.0}, {"ready_ms": 10.0}]
        assert ptybench.ratios(top, base)["ready_ms"] == {"value": 2.0, "min": 2.0, "max": 3.0}


class TestSession:
    def test_text_that_never_comes(self, toy):
        with Session(toy()) as tty, pytest.raises(BenchError, match=r"(?s)without.*count 0"):
            tty.wait_for_text("nothing", timeout=0.5)

    def test_resize(self, tmp_path):
        path = tmp_path / "size.py"
        path.write_text(
            "import os, signal\n"
            "show = lambda *_: print(tuple(os.get_terminal_size(1)), flush=True)\n"
            "signal.signal(signal.SIGWINCH, show)\nshow()\nwhile True: signal.pause()\n"
        )
        with Session([sys.executable, str(path)], cols=90, rows=30) as tty:
            tty.wait_for_text("(90, 30)")
            tty.resize(50, 10)
            tty.wait_for_text("(50, 10)")

    def test_close_ends_a_program_that_will_not_go(self, tmp_path):
        path = tmp_path / "stubborn.py"
        path.write_text(
            "import signal, time\n"
            "for name in ('SIGHUP', 'SIGTERM'):\n"
            "    signal.signal(getattr(signal, name), signal.SIG_IGN)\n"
            "print('here', flush=True)\nwhile True: time.sleep(1)\n"
        )
        with Session([sys.executable, str(path)]) as tty:
            tty.wait_for_text("here")
            tty.watch(0.2)
        assert tty.exit_status == -signal.SIGKILL

    def test_command_that_does_not_exist(self):
        with pytest.raises(BenchError, match=r"no-such-program.*No such file"):
            Session(["no-such-program"])

    def test_program_that_ends_at_once(self):
        with Session([sys.executable, "-c", "print('bye')"]) as tty:
            tty.wait_for_text("bye")
            assert tty.wait(5) == 0


class TestCommandLine:
    def test_compares_and_checks_budgets(self, toy, tmp_path, capsys):
        out = tmp_path / "out.json"
        status = ptybench.main(
            [
                *("--cmd", " ".join(toy(start=0.2)), "--name", "slow"),
                *("--vs", " ".join(toy()), "--vs-name", "quick", "--wait-text", "ready"),
                *("--runs", "2", "--warmup-runs", "0", "--json", str(out)),
                *("--limit", "ready_ms<=1.01x", "--limit", "ready_ms<=5000"),
            ]
        )
        captured = capsys.readouterr()
        assert status == 1
        assert "over budget: ready_ms<=1.01x" in captured.err
        assert "ready_ms<=5000" not in captured.err
        assert captured.out.splitlines()[1].split() == ["figure", "slow", "quick", "ratio"]
        document = json.loads(Path(out).read_text())
        assert document["ratios"]["ready_ms"]["value"] > 1.5
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
    def test_errors(self, capsys, arguments, message):
        assert ptybench.main([*arguments, "--warmup-runs", "0", "--runs", "1"]) == 2
        assert message in capsys.readouterr().err

    @pytest.mark.parametrize("text", ["ready_ms", "nonsense<=3", "ready_ms<=x", "ready_ms>=3"])
    def test_bad_budgets(self, text):
        with pytest.raises(Exception, match="METRIC<=NUMBER"):
            Limit.parse(text)

    def test_a_program_the_quit_key_does_not_end(self, toy, capsys):
        arguments = ["--cmd", " ".join(toy(quits=0)), "--runs", "1", "--warmup-runs", "0"]
        assert ptybench.main(arguments) == 0
        assert "the quit key did not end it" in capsys.readouterr().out
