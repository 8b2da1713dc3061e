"""`facilitate erase`: what it asks, does and says."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.conftest import HandClock
from tests.session.cohort import line, record, typed
from tests.session.sitting import AGENDA, do, holding

from facilitate.cli.main import cli
from facilitate.core.commands import Next
from facilitate.core.exported import SCREEN, ListedExport
from facilitate.core.threads import ThreadKey
from facilitate.formats.export_list import write_line
from facilitate.session import live
from facilitate.store.files import Disk
from facilitate.store.lists import append_line
from facilitate.store.places import places
from facilitate.store.shown import ShownFile

WORDS = "CANARY stories stay, lessons leave"


def erase(*arguments: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["erase", *arguments], input=answer)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is there who can be asked."""
    from click.testing import _NamedTextIOWrapper

    monkeypatch.setattr(_NamedTextIOWrapper, "isatty", lambda _: True, raising=False)


@pytest.fixture
def sitting() -> str:
    return record("a", line("A1"), line("A12", WORDS), title="Harbour circles")


def handed_on(sitting: str, path: Path | None, content: bytes = b"CANARY page") -> None:
    listed = ListedExport(
        when=dt.datetime(2026, 9, 14, 8, tzinfo=dt.UTC),
        form="docx",
        ring="cohort",
        sitting=sitting,
        cohort="harbour-2026",
        path=str(path) if path else SCREEN,
        sha256=hashlib.sha256(content).hexdigest(),
        lines=(ThreadKey(sitting, "A12"),),
    )
    append_line(places().export_list, write_line(listed))
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_a_line_is_taken_back_once_somebody_said_yes(sitting: str, terminal: None) -> None:
    result = erase("A12", answer="y\n")
    assert result.exit_code == 0
    shown = " ".join(result.stdout.split())
    for words in (
        f"A12, agreement, in force: {WORDS}",
        f"2026-09-12, Harbour circles, harbour-2026, {sitting}",
        "every wording it had",
        "It cannot be undone.",
        "Take A12 back for good? [y/N]",
        "A12: 0 lines of notes are emptied, 1 record is written without it.",
        "backups, and earlier versions that a sync program keeps, often for weeks",
        "other machines that held one of these sittings: run the same there",
    ):
        assert words in shown
    assert holding("CANARY") == []


@pytest.mark.parametrize("answer", ["n\n", "\n"])
def test_without_a_yes_nothing_happens(sitting: str, terminal: None, answer: str) -> None:
    result = erase("A12", answer=answer)
    assert (result.exit_code, result.stderr) == (1, "Nothing was taken back.\n")
    assert holding("CANARY")


def test_where_nobody_can_be_asked_it_wants_a_yes_on_the_command_line(sitting: str) -> None:
    result = erase("A12", answer="y\n")
    assert result.exit_code == 1
    assert "add --yes" in result.stderr
    assert holding("CANARY")
    assert erase("A12", "--yes").exit_code == 0
    assert holding("CANARY") == []


def test_what_was_handed_on_is_listed_with_where_it_went(sitting: str, tmp_path: Path) -> None:
    unchanged, moved = tmp_path / "page.docx", tmp_path / "moved.docx"
    handed_on(sitting, unchanged)
    handed_on(sitting, moved)
    handed_on(sitting, None)
    moved.unlink()
    result = erase("A12", "--yes")
    told = result.stdout.splitlines()
    what = "2026-09-14  a page for the group (docx), cohort:"
    assert f"  {what} {unchanged} (its file here is removed)" in told
    assert f"  {what} {moved} (its file was moved or removed)" in told
    assert f"  {what} (it was printed, not written to a file)" in told
    assert result.exit_code == 0
    assert not unchanged.exists()


def test_where_several_lines_have_the_name_they_are_listed_and_one_can_be_said(
    sitting: str,
) -> None:
    other = record("b", line("A12", "CANARY two mics"), cohort="south")
    result = erase("A12", "--yes")
    assert result.exit_code == 1
    assert result.stderr == (
        '2 lines are called "A12". Say which with --sitting, --cohort or --which:\n'
        "  1  A12  2026-09-12  Harbour circles, harbour-2026\n"
        f"     {sitting}  {WORDS}\n"
        "  2  A12  2026-09-12  Harbour circles, south\n"
        f"     {other}  CANARY two mics\n"
    )
    assert erase("A12", "--cohort", "south", "--yes").exit_code == 0
    assert [len(holding(words)) for words in ("two mics", WORDS)] == [0, 1]


def test_of_two_lines_of_one_sitting_with_one_name_the_number_in_the_list_is_said() -> None:
    record("a", line("A3", "CANARY one"), line("A3", "CANARY two"))
    assert "--which" in erase("A3", "--yes").stderr
    assert erase("A3", "--which", "3", "--yes").exit_code == 1
    result = erase("A3", "--which", "2", "--yes")
    assert "Two lines of that sitting are called A3" in result.stdout
    assert [bool(holding(words)) for words in ("CANARY one", "CANARY two")] == [True, False]


def test_where_none_has_the_name_the_near_ones_are_listed(sitting: str) -> None:
    result = erase("T12", "--yes")
    assert result.exit_code == 1
    assert result.stderr.startswith('There is no line "T12" here. People say it as in A12.')
    assert "1  A12  2026-09-12" in result.stderr
    assert holding("CANARY")


def test_without_any_line_it_says_so() -> None:
    assert erase("A1", "--yes").stderr == (
        'There is no line "A1" here. People say it as in A12.\n'
    )


def test_while_a_sitting_of_it_is_held_it_says_what_to_do(sitting: str) -> None:
    shown = ShownFile(places().shown(sitting))
    shown.put(b"{}")
    result = erase("A12", "--yes")
    assert result.exit_code == 1
    assert "Withdraw it there with x and close the sitting, or leave" in result.stderr
    assert holding("CANARY")
    shown.remove()


def test_what_still_holds_the_words_is_named_and_the_exit_code_says_so(sitting: str) -> None:
    post = places().posts / "post-1.txt"
    post.parent.mkdir()
    post.write_text(f"We say: {WORDS}")
    result = erase("A12", "--yes")
    assert result.exit_code == 1
    assert f"These still hold words of it; look at them yourself:\n  {post}\n" in result.stderr
    assert post.exists()


def test_what_could_not_be_done_is_named_and_run_again_it_goes_on(
    sitting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_name = Disk.replace

    def refusing(disk: Disk, source: Path, target: Path) -> None:
        if target.parent.name == sitting:
            raise PermissionError(13, "no")
        replace_name(disk, source, target)

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "replace", refusing)
        result = erase("A12", "--yes")
    assert result.exit_code == 1
    assert "This could not be done; run the same again when it can be:" in result.stderr
    again = erase("A12", "--yes")
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout.count("1 record is written without it") == 1
    assert holding("CANARY") == []


def test_another_line_that_was_begun_before_is_gone_on_with_first(
    sitting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    record("b", line("A7", "CANARY of another day"))

    def refusing(*_: object) -> None:
        raise PermissionError(13, "no")

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "unlink", refusing)  # the note stays
        assert erase("A7", "--yes").exit_code == 1
    assert [name for name in holding("of another day") if not name.startswith("private")] == []
    result = erase("A12", "--yes")
    assert [words for words in ("A7: 0", "A12: 0") if words in result.stdout] == [
        "A7: 0",
        "A12: 0",
    ]
    assert result.exit_code == 0
    assert holding("CANARY") == []


def test_what_cannot_be_gone_on_with_now_keeps_no_other_line_from_going(
    sitting: str, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = live.begin(places(), clock, AGENDA, date=clock.now().date(), cohort="south")
    do(other, Next(seen=None))
    typed(other, "a: CANARY of another day")
    assert other.close(5)

    def refusing(*_: object) -> None:
        raise PermissionError(13, "no")

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "unlink", refusing)  # the note stays
        assert erase("A1", "--cohort", "south", "--yes").exit_code == 1
    shown = ShownFile(places().shown(other.sitting))
    shown.put(b"{}")
    result = erase("A12", "--yes")
    shown.remove()
    assert "A sitting that has A1 is held now in another window." in result.stderr
    assert result.exit_code == 1
    assert holding(WORDS) == []
    assert erase("A12", "--yes").exit_code == 0


def test_run_again_when_all_is_done_it_does_nothing_and_names_the_exports_again(
    sitting: str, tmp_path: Path
) -> None:
    handed_on(sitting, tmp_path / "page.docx")
    erase("A12", "--yes")
    again = erase("A12", "--yes")
    assert again.exit_code == 0
    assert "its words are gone already" in again.stdout
    assert "0 files of records are written" in again.stdout
    assert "(its file was moved or removed)" in again.stdout


def test_a_shared_folder_that_is_not_there_is_said(sitting: str, tmp_path: Path) -> None:
    places().settings.write_text(f'[shared]\nfolder = "{tmp_path}/gone"\n')
    result = erase("A12", "--yes")
    assert result.exit_code == 1
    assert f"The shared folder {tmp_path}/gone is not there now." in result.stderr
    assert "Run the same when it is." in result.stderr


def test_the_records_of_the_shared_folder_are_reached(sitting: str, tmp_path: Path) -> None:
    shared = tmp_path / "Shared"
    shared.mkdir()
    places().records.rename(shared / "records")
    places().settings.write_text(f'[shared]\nfolder = "{shared}"\n')
    assert erase("A12", "--yes").exit_code == 0
    found = [path for path in shared.rglob("*") if path.is_file()]
    assert found
    assert [path for path in found if b"CANARY" in path.read_bytes()] == []


def test_words_that_could_steer_the_terminal_are_shown_and_do_not(terminal: None) -> None:
    record("a", line("A1", "CANARY \x1b[2J[/fix] [b \u202e"))
    result = erase("A1", answer="n\n")
    assert "\x1b" not in result.stdout
    assert "[/fix] [b" in result.stdout
