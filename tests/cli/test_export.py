"""`facilitate export`: what is written, where, for whom, and what is said of it."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyrage
import pytest
from click.testing import CliRunner, Result
from tests.conftest import HandClock
from tests.session.cohort import DAY, line, record, typed
from tests.session.sitting import AGENDA, do, files_under, holding

from facilitate.cli.main import cli
from facilitate.core.commands import Close, Next, NoteRecord
from facilitate.core.entry_commands import AskAttribution, Raise, ReadBack
from facilitate.session import harvest, live
from facilitate.session.clock import SystemClock
from facilitate.session.exported import exported
from facilitate.session.live import LiveSession
from facilitate.store import files
from facilitate.store.places import places

Hold = Callable[..., LiveSession]
ME = pyrage.x25519.Identity.generate()
PAGE = "A page for the group, to print"
TEXT = ("txt", "md", "csv", "json", "toml", "ics", "counts", "html", "glossary-csv")


@pytest.fixture(autouse=True)
def _by_hand(clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SystemClock, "now", lambda _: clock.now())


@pytest.fixture
def hold(clock: HandClock) -> Iterator[Hold]:
    """Begins sittings with some lines, which go on in another window as it were."""
    begun: list[LiveSession] = []

    def holding_one(*texts: str, date: dt.date = DAY) -> LiveSession:
        begun.append(live.begin(places(), clock, AGENDA, date=date))
        do(begun[-1], Next(seen=None))
        clock.forward(minutes=5)
        typed(begun[-1], *texts)
        return begun[-1]

    yield holding_one
    assert all(one.close(5) for one in begun)


def close(one: LiveSession) -> None:
    do(one, Close())
    written = harvest.write_record(one.state, places().records)
    do(one, NoteRecord(revision=written.revision))
    assert one.close(5)
    harvest.tidy(places(), one.state)


def export(*arguments: str | Path, typed: str | None = None) -> Result:
    words = ["export", *map(str, arguments)]
    return CliRunner().invoke(cli, words, input=typed, prog_name="facilitate")


def exports() -> list[Path]:
    """What was written where exports are written."""
    root = places().exports
    return [path for path in files_under(root) if path != places().export_list]


# What is written, and what is said


def test_a_sitting_that_goes_on_is_written_out_for_the_group(hold: Hold) -> None:
    one = hold("a: One mic", "t: calm = lent to one another", "l: CANARY for us", "a: Come in")
    do(one, ReadBack(number=2))
    written = export("--as", "html")
    assert (written.exit_code, written.stdout) == (0, "")
    (path,) = exports()
    assert path == (places().exports / one.sitting / "2026-09-12-harbour-circles-hand-out.html")
    assert written.stderr.splitlines() == [
        f"{PAGE}: Harbour circles (2026-09-12). 3 lines, for the cohort.",
        f"It stands in {path}",
    ]
    page = path.read_text(encoding="utf-8")
    assert "lent to one another" in page
    assert "CANARY" not in page
    modes = [stat.S_IMODE(p.stat().st_mode) for p in (path, path.parent, path.parent.parent)]
    assert modes == [0o600, 0o700, 0o700]


def test_what_stays_behind_is_said(hold: Hold) -> None:
    one = hold("a: One mic", "a: Two breaths", "l: for us", "a: Come in")
    do(one, Raise(number=1, ring="team"), AskAttribution(number=4, form="name"))
    written = export("--as", "txt", "--ring", "team")
    first, *behind, _ = written.stderr.splitlines()
    assert first.endswith("Harbour circles (2026-09-12). 1 line, for the cohort and its team.")
    assert behind == [
        "1 line is not allowed to travel that far: A2.",
        "2 lines wait for a decision at the closing: L3, A4.",
    ]


def test_a_closed_sitting_is_written_out_as_well(hold: Hold) -> None:
    one = hold("a: One mic", "e: The heron")
    before = export("--as", "txt", "-o", "-").stdout
    do(one, Raise(number=2, ring="cohort"))
    close(one)
    after = export("--as", "txt", "-o", "-", one.sitting).stdout
    assert "The heron" not in before
    assert after.startswith(before[: before.index("A1")])
    assert "A1 One mic" in after
    assert "E2 The heron" in after


@pytest.mark.parametrize("form", [*TEXT, "docx", "glossary-docx"])
def test_every_form_is_written_and_listed(form: str, hold: Hold) -> None:
    hold("a: One mic >+6w", "t: calm = lent to one another")
    written = export("--as", form, "--ring", "cohort")
    assert (written.exit_code, written.stdout) == (0, "")
    (path,) = exports()
    assert path.read_bytes()
    (listed,) = exported(places()).exports
    assert (listed.form, listed.path) == (form, str(path))


def test_an_export_of_the_same_name_is_replaced(hold: Hold) -> None:
    one = hold("a: One mic")
    export("--as", "txt")
    (path,) = exports()
    typed(one, "a: Two breaths")
    export("--as", "txt")
    assert exports() == [path]
    assert "Two breaths" in path.read_text(encoding="utf-8")
    assert len(exported(places()).exports) == 2


def test_words_of_others_cannot_steer_the_terminal() -> None:
    record("a", line("A1", "One\x1b[2J mic"), title="Harbour \x1b]0;x\x07 circles")
    for arguments in (("--preview",), ()):
        told = export("--as", "txt", *arguments)
        assert told.exit_code == 0
        assert not {"\x1b", "\x07"} & set(told.output)


# Where it is written


def test_it_is_written_where_someone_says(hold: Hold, tmp_path: Path) -> None:
    hold("a: One mic")
    written = export("--as", "txt", "-o", tmp_path / "for the [b]mail.txt")
    assert written.exit_code == 0
    path = tmp_path / "for the [b]mail.txt"
    assert written.stderr.endswith(f"It stands in {path}\n")
    assert "A1 One mic" in path.read_text(encoding="utf-8")
    assert exports() == []
    assert [one.path for one in exported(places()).exports] == [str(path)]


def test_in_a_folder_it_has_its_usual_name(hold: Hold, tmp_path: Path) -> None:
    hold("a: One mic")
    assert export("--as", "txt", "-o", tmp_path).exit_code == 0
    assert [p.name for p in tmp_path.iterdir()] == ["2026-09-12-harbour-circles-lines.txt"]


def test_a_link_is_followed_and_stays_a_link(hold: Hold, tmp_path: Path) -> None:
    hold("a: One mic")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert export("--as", "txt", "-o", tmp_path / "link").exit_code == 0
    assert (tmp_path / "link").is_symlink()
    assert "One mic" in (tmp_path / "file").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", TEXT)
def test_what_is_text_is_printed(form: str, hold: Hold, tmp_path: Path) -> None:
    hold("a: One mic >+6w", "t: calm = lent")
    path = tmp_path / "x"
    export("--as", form, "--ring", "cohort", "-o", path)
    printed = export("--as", form, "--ring", "cohort", "-o", "-")
    assert printed.exit_code == 0
    assert printed.stdout_bytes == path.read_bytes()
    assert "It stands" not in printed.stderr
    assert [one.path for one in exported(places()).exports] == [str(path), "-"]


def test_what_is_no_text_is_printed_unless_that_is_a_terminal(
    hold: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold("a: One mic")
    assert export("--as", "docx", "-o", "-").stdout_bytes.startswith(b"PK")
    monkeypatch.setattr(
        "click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False
    )
    refused = export("--as", "docx", "-o", "-")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "A terminal cannot show this. Say where to write it: -o FILE" in refused.stderr
    assert export("--as", "txt", "-o", "-").exit_code == 0
    sealed = export("--as", "txt", "-o", "-", "--encrypt-to", str(ME.to_public()))
    assert (sealed.exit_code, sealed.stdout) == (2, "")
    assert len(exported(places()).exports) == 2


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("nowhere/x.txt", "There is no folder "),
        ("file/x.txt", "There is no folder "),
        ("loop", "leads nowhere."),
        ("pipe", "is no file. For standard output write -o -"),
        ("own/sessions/x.jsonl", "lies among the program's own files."),
        ("own/exports/list.jsonl", "lies among the program's own files."),
        ("own/settings.toml", "lies among the program's own files."),
    ],
)
def test_what_is_not_to_be_replaced_stays(
    where: str, said: str, hold: Hold, tmp_path: Path
) -> None:
    import os

    hold("a: One mic")
    places().exports.mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "own").symlink_to(places().home)
    before = files_under(places().home)
    refused = export("--as", "txt", "-o", tmp_path / where)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert said in refused.stderr
    assert files_under(places().home) == before


def test_a_record_in_the_shared_folder_is_not_replaced(hold: Hold, tmp_path: Path) -> None:
    hold("a: One mic")
    shared = tmp_path / "Shared"
    theirs = shared / "records" / "2026" / "2026-09-12-a" / "record.toml"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"record = 1")
    places().settings.write_text(f'[shared]\nfolder = "{shared}"\n', encoding="utf-8")
    for where in (theirs, shared / "records"):
        refused = export("--as", "txt", "-o", where)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert "lies among the program's own files." in refused.stderr
    assert [path.read_bytes() for path in files_under(shared)] == [b"record = 1"]
    assert export("--as", "txt", "-o", shared).exit_code == 0


def test_a_full_disk_is_said_and_leaves_what_was_there(
    hold: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = hold("a: One mic")
    export("--as", "txt")
    (path,) = exports()
    before = path.read_bytes()
    typed(one, "a: Two breaths")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(files, "write_all", full)
    refused = export("--as", "txt")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "The disk is full. Nothing was handed on.\n"
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no such device")
def test_a_full_disk_behind_standard_output_is_said(hold: Hold) -> None:
    import subprocess

    hold("a: One mic")
    program = Path(sys.executable).with_name("facilitate")
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [program, "export", "--as", "txt", "-o", "-"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"},
        )
    assert ended.returncode == 1
    assert ended.stderr == "The disk is full. Not all of it was written.\n"


# Where there is nothing


RAISE = "Raise what may go further at the closing, or write --ring {}.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--as", "glossary-docx"),
            "No term may go as far as the team yet; 2 belong to the cohort. "
            + RAISE.format("cohort"),
        ),
        (
            ("--as", "csv"),
            "No line may be shown to everyone yet; 3 belong to the cohort and 1 to the team. "
            + RAISE.format("team"),
        ),
        (("--as", "ics"), "No line has a day for another look yet."),
    ],
)
def test_an_export_that_would_be_empty_is_not_written(
    arguments: tuple[str, ...], said: str, hold: Hold
) -> None:
    one = hold("a: One mic", "t: calm = lent", "t: door = open", "q: Who?")
    do(one, Raise(number=4, ring="team"))
    for more in ((), ("--preview",), ("-o", "-")):
        refused = export(*arguments, *more)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert refused.stderr.startswith(said)
    assert not places().exports.exists()


def test_of_a_closed_sitting_lines_are_raised_in_the_next_one() -> None:
    record("a", line("T1"))
    said = export("--as", "glossary-csv").stderr
    assert said == (
        "No term may go as far as the team yet; 1 belongs to the cohort. Raise what may go "
        "further in the next sitting, or write --ring cohort.\n"
    )


def test_where_no_line_was_kept_that_is_said(hold: Hold) -> None:
    hold("l: for us")
    assert export("--as", "txt").stderr == (
        "There is no line to hand on yet. 1 line waits for a decision at the closing: L1.\n"
    )
    assert export("--as", "docx").stderr == (
        "There is no agreement, term or framework to hand on yet.\n"
    )


@pytest.mark.parametrize("form", ["counts", "json"])
def test_numbers_and_records_are_written_without_a_line(form: str, hold: Hold) -> None:
    hold()
    assert export("--as", form).exit_code == 0
    assert len(exports()) == 1


def test_where_no_sitting_is_that_is_said() -> None:
    for arguments in ((), ("2026-09-12",), ("",)):
        refused = export("--as", "txt", *arguments)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert refused.stderr.startswith("There is no sitting here yet.")
    assert not places().home.exists()


# Which sitting


def test_a_sitting_is_found_by_its_date_or_the_beginning_of_its_id() -> None:
    for day in (1, 2):
        record(f"one-{day}", line("A1", f"of day {day}"), date=dt.date(2026, 3, day))
    for wanted in ("2026-03-01", "2026-03-01-one", "2026-03-01-ONE-1 "):
        assert "of day 1" in export(wanted, "--as", "txt", "-o", "-").stdout
    assert "of day 2" in export("--as", "txt", "-o", "-").stdout


@pytest.mark.parametrize(
    ("wanted", "first", "named"),
    [
        ("2026-03", 'Several sittings begin with "2026-03". Say more of one:', 2),
        ("2026-03-07", 'There is no sitting "2026-03-07" here. Near it:', 2),
        ("harbour", 'There is no sitting "harbour" here. Near it:', 2),
        ("\x1b[2Jx", 'There is no sitting "[2Jx" here. Near it:', 2),
        ("", 'There is no sitting "" here. Near it:', 2),
    ],
)
def test_a_sitting_that_is_not_there_is_said_with_those_near_it(
    wanted: str, first: str, named: int
) -> None:
    for day in (1, 2):
        record(f"one-{day}", line("A1"), date=dt.date(2026, 3, day))
    refused = export(wanted, "--as", "txt")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.splitlines()[0] == first
    assert len(refused.stderr.splitlines()) == 1 + named
    assert "  2026-03-01-one-1  Harbour circles" in refused.stderr
    assert not places().exports.exists()


# Looking first


def test_a_preview_tells_what_it_would_hold_and_writes_nothing(hold: Hold) -> None:
    one = hold("a: One mic [/b]", "t: calm = lent", "l: CANARY for us", "a: Two breaths")
    do(one, Raise(number=4, ring="public"))
    before = files_under(places().home)
    seen = export("--as", "md", "--preview")
    assert (seen.exit_code, seen.stderr) == (0, "")
    assert seen.stdout == (
        "Every line with its history, for notes: Harbour circles (2026-09-12)\n"
        "3 lines, for the cohort.\n"
        "\n"
        "  A1  cohort  One mic [/b]\n"
        "  A4  public  Two breaths\n"
        "  T2  cohort  calm = lent\n"
        "\n"
        "1 line waits for a decision at the closing: L3.\n"
    )
    assert files_under(places().home) == before


def test_a_preview_of_what_has_no_words_shows_none(hold: Hold) -> None:
    hold("a: CANARY one mic >+6w")
    assert "  A1  cohort\n" in export("--as", "ics", "--preview").stdout
    assert "A1" not in export("--as", "counts", "--preview").stdout
    assert "CANARY" not in export("--as", "ics", "--preview").stdout


# Encrypting


def test_it_is_encrypted_for_those_it_is_for(hold: Hold, tmp_path: Path) -> None:
    hold("a: CANARY one mic")
    plain = tmp_path / "plain.html"
    export("--as", "html", "-o", plain)
    other = pyrage.x25519.Identity.generate()
    (tmp_path / "team").write_text(f"# team\n{other.to_public()}\n", encoding="utf-8")
    sealed = export(
        "--as", "html", "--encrypt-to", ME.to_public(), "--encrypt-to", tmp_path / "team"
    )
    assert sealed.exit_code == 0
    (path,) = exports()
    assert path.name.endswith("-hand-out.html.age")
    assert sealed.stderr.endswith(f"It is encrypted and stands in {path}\n")
    for identity in (ME, other):
        assert pyrage.decrypt(path.read_bytes(), [identity]) == plain.read_bytes()
    assert [one.sealed for one in exported(places()).exports] == [False, True]


def test_plain_words_never_touch_the_disk_on_the_way(
    hold: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold("a: CANARY one mic")
    before = holding("CANARY")
    seen: list[bytes] = []
    write_all = files.write_all

    def noting(descriptor: int, content: bytes, disk: files.Disk) -> None:
        seen.append(content)
        write_all(descriptor, content, disk)

    monkeypatch.setattr(files, "write_all", noting)
    assert export("--as", "txt", "--encrypt-to", ME.to_public()).exit_code == 0
    assert len(seen) == 1
    assert b"CANARY" not in seen[0]
    assert holding("CANARY") == before


def test_it_is_encrypted_with_a_passphrase_that_is_typed_twice(
    hold: Hold, tmp_path: Path
) -> None:
    hold("a: One mic")
    plain, path = tmp_path / "plain", tmp_path / "sealed"
    export("--as", "txt", "-o", plain)
    typed = "one thing\nanother\ndrei Möwen\ndrei Möwen\n"
    sealed = export("--as", "txt", "-o", path, "--passphrase", typed=typed)
    assert (sealed.exit_code, sealed.stdout) == (0, "")
    assert "Working on the passphrase; this takes a moment.\n" in sealed.stderr
    assert "Möwen" not in sealed.stderr
    assert pyrage.passphrase.decrypt(path.read_bytes(), "drei Möwen") == plain.read_bytes()


def test_without_a_passphrase_nothing_is_handed_on(hold: Hold) -> None:
    hold("a: One mic")
    refused = export("--as", "txt", "--passphrase", typed="\n")
    assert refused.exit_code == 1
    assert refused.stderr.endswith("Without a passphrase nothing was handed on.\n")
    assert not places().exports.exists()


def test_what_is_printed_may_be_encrypted(hold: Hold) -> None:
    hold("a: One mic")
    printed = export("--as", "txt", "-o", "-", "--encrypt-to", ME.to_public())
    assert b"A1 One mic" in pyrage.decrypt(printed.stdout_bytes, [ME])
    assert printed.stderr.endswith("It is encrypted.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--encrypt-to", "age1wrong"), '"age1wrong" is no recipient'),
        (("--encrypt-to", "nobody"), "nobody is no recipient, and no file that can be read"),
        (("--encrypt-to", "."), "is no recipient, and no file that can be read"),
        (("--encrypt-to", str(ME)), "This is a secret key. Keep it to yourself"),
        (("--encrypt-to", "x", "--passphrase"), "Take --encrypt-to or --passphrase, not both."),
        (("-o", ""), "Say where to write it: -o FILE"),
        (("--ring", "sitting"), "'sitting' is not one of 'cohort', 'team', 'public'."),
        (("--as", "pdf"), "'pdf' is not one of 'docx'"),
    ],
)
def test_a_command_line_that_cannot_be_used_is_refused(
    arguments: tuple[str, ...], said: str, hold: Hold
) -> None:
    hold("a: One mic")
    refused = export("--as", "txt", *arguments)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert said in refused.stderr
    assert str(ME) not in refused.output
    assert not places().exports.exists()


def test_a_form_has_to_be_said() -> None:
    refused = export()
    assert refused.exit_code == 2
    assert "Missing option '--as'" in refused.stderr


@pytest.mark.parametrize(
    ("missing", "extra", "arguments"),
    [
        ("pyrage", "crypto", ("--as", "txt", "--passphrase")),
        ("pyrage", "crypto", ("--as", "txt", "--encrypt-to", "age1")),
        ("docx", "export", ("--as", "docx")),
    ],
)
def test_what_is_not_installed_is_said_in_one_line(
    missing: str,
    extra: str,
    arguments: tuple[str, ...],
    hold: Hold,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hold("a: One mic")
    for name in list(sys.modules):
        if name.partition(".")[0] == missing or name.startswith("facilitate.formats.export."):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    refused = export(*arguments)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert f"pip install 'facilitate[{extra}]'\n" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert not places().exports.exists()


# The list and the help


def test_the_list_names_lines_and_no_words(hold: Hold) -> None:
    one = hold("a: CANARY one mic", "t: CANARY = lent")
    export("--as", "txt", "-o", "-")
    raw = places().export_list.read_text(encoding="utf-8")
    assert "CANARY" not in raw
    assert "Harbour" not in raw
    assert json.loads(raw)["lines"] == [[one.sitting, "A1", 0], [one.sitting, "T2", 0]]


def test_the_help_names_the_forms_and_the_exit_codes() -> None:
    told = export("--help").output
    assert "Exit code: 0" in told
    for form in (*TEXT, "docx", "glossary-docx"):
        assert f"\n    {form} " in told
