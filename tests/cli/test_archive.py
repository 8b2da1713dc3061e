import datetime as dt
import errno
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from facilitate.cli.archive import archive
from facilitate.core.record import SittingRecord
from facilitate.formats.export.markdown import record_markdown
from facilitate.formats.record_toml import read_record, write_record
from facilitate.store.places import places
from facilitate.store.records import write_record_folder

GOLDEN = Path(__file__).parents[1] / "golden" / "record"
ID = "2026-11-22-listening-circles-1-ab3d"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(archive, arguments)


def golden() -> SittingRecord:
    record = read_record((GOLDEN / "record.toml").read_bytes(), "record.toml").record
    assert record is not None
    return record


def put(record: SittingRecord) -> Path:
    files = {
        "record.toml": write_record(record).encode(),
        "record.md": record_markdown(record).encode(),
    }
    return write_record_folder(places().records, f"{record.date.year}", record.id, files)


def kept(date: str, rest: str, title: str, lines: int = 0) -> Path:
    record = golden()
    return put(
        replace(
            record,
            id=f"{date}-{rest}",
            subtitle=title,
            date=dt.date.fromisoformat(date),
            entries=record.entries[:lines],
        )
    )


# The list


def test_the_archive_lists_each_sitting_with_what_tells_it_apart() -> None:
    put(golden())
    listed = run("list")
    assert listed.output == (
        "2026-11-22  Day one: who we are, and the words we share  10 lines kept\n"
        f"            north-2026, {ID}\n"
    )
    assert listed.exit_code == 0


def test_sittings_are_listed_by_date_the_latest_last() -> None:
    kept("2026-03-01", "b-1111", "Second", 1)
    kept("2025-12-31", "a-2222", "First")
    kept("2026-03-02", "a-3333", "Third", 2)
    heads = [line for line in run("list").output.splitlines() if line[0] != " "]
    assert heads == [
        "2025-12-31  First  no lines kept",
        "2026-03-01  Second  1 line kept",
        "2026-03-02  Third  2 lines kept",
    ]


def test_a_sitting_without_a_subtitle_is_listed_by_its_title() -> None:
    kept("2026-03-01", "b-1111", "")
    assert "2026-03-01  Listening circles for people who hold others  " in run("list").output


def test_an_empty_archive_says_how_something_comes_into_it() -> None:
    listed = run("list")
    assert "is empty" in listed.output
    assert listed.exit_code == 0
    assert not places().records.exists()


def test_a_record_that_cannot_be_read_is_told_and_hides_no_other() -> None:
    (kept("2026-03-01", "b-1111", "Damaged") / "record.toml").write_bytes(b"record = ")
    (kept("2026-03-03", "b-3333", "A folder") / "record.toml").unlink()
    (places().records / "2026" / "2026-03-03-b-3333" / "record.toml").mkdir()
    kept("2026-03-02", "a-2222", "Sound")
    listed = run("list")
    assert listed.exit_code == 1
    assert listed.stdout.startswith("2026-03-02  Sound")
    assert "2026-03-01-b-1111/record.toml: The record is damaged" in listed.stderr
    assert "2026-03-03-b-3333/record.toml cannot be read (Is a directory)." in listed.stderr


# One record


@pytest.mark.parametrize("wanted", [ID, "2026-11-22", "2026-11", ID[:-2], f" {ID.upper()} "])
def test_a_record_is_shown_by_its_date_or_the_beginning_of_its_id(wanted: str) -> None:
    put(golden())
    kept("2026-03-01", "b-1111", "Another")
    shown = run("show", wanted)
    assert shown.stdout == (GOLDEN / "record.md").read_text(encoding="utf-8")
    assert (shown.stderr, shown.exit_code) == ("", 0)


def test_an_id_that_is_the_beginning_of_another_one_is_still_that_id() -> None:
    kept("2026-03-01", "b-1111", "Short")
    kept("2026-03-01", "b-1111-2222", "Long")
    assert "Short" in run("show", "2026-03-01-b-1111").stdout


def test_what_could_steer_a_terminal_is_not_printed() -> None:
    folder = put(golden())
    (folder / "record.md").write_bytes(b"# Words\x1b[2J\x07 here\n")
    assert run("show", ID).stdout == "# Words[2J here\n"


def test_a_page_that_was_edited_is_shown_with_a_word_about_it() -> None:
    (put(golden()) / "record.md").write_bytes(b"# Mine\n")
    shown = run("show", ID)
    assert shown.stdout == "# Mine\n"
    assert shown.stderr == "Changed since it was written: record.md.\n"
    assert shown.exit_code == 0


def test_when_several_were_meant_they_are_named() -> None:
    for place in range(7):
        kept("2026-03-01", f"b-{place}{place}{place}{place}", f"Part {place}")
    shown = run("show", "2026-03-01")
    assert shown.exit_code == 1
    assert shown.stderr.splitlines() == [
        'Several sittings begin with "2026-03-01". Say more of one:',
        *(f"  2026-03-01-b-{p}{p}{p}{p}  Part {p}" for p in range(5)),
        "  and 2 more",
    ]


@pytest.mark.parametrize("wanted", ["2026-02-01", "circles-2", "REPAIR", "2026-03-01-circels"])
def test_when_none_was_meant_the_near_ones_are_named(wanted: str) -> None:
    kept("2026-03-01", "circles-2-1111", "Hurt and repair")
    kept("2019-09-09", "welcome-2222", "Welcome")
    shown = run("show", wanted)
    assert shown.exit_code == 1
    assert shown.stderr == (
        f'There is no sitting "{wanted}" here. Near it:\n'
        "  2026-03-01-circles-2-1111  Hurt and repair\n"
    )


def test_when_nothing_is_near_the_latest_ones_are_named() -> None:
    for month in range(1, 8):
        kept(f"2026-0{month}-01", "b-1111", "")
    shown = run("show", "zzz\x07")
    assert shown.exit_code == 1
    assert "\x07" not in shown.stderr
    assert [line[2:12] for line in shown.stderr.splitlines()[1:]] == [
        f"2026-0{month}-01" for month in range(3, 8)
    ]


def test_an_empty_archive_has_nothing_to_show() -> None:
    shown = run("show", "2026")
    assert "is empty" in shown.stderr
    assert shown.exit_code == 1


def test_a_damaged_record_still_shows_its_page() -> None:
    folder = put(golden())
    (folder / "record.toml").write_bytes(b"record = ")
    shown = run("show", ID)
    assert "One mic" in shown.stdout
    assert "Changed since it was written: record.toml." in shown.stderr
    (folder / "record.md").unlink()
    shown = run("show", ID)
    assert "The record is damaged" in shown.stderr
    assert shown.exit_code == 1


def test_a_disk_that_gives_nothing_back_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Path) -> str:
        raise OSError(errno.EIO, "Input/output error")

    put(golden())
    monkeypatch.setattr("facilitate.session.harvest.record_page", fail)
    shown = run("show", ID)
    assert shown.stderr == f"The record of {ID} cannot be read (Input/output error).\n"
    assert shown.exit_code == 1


@pytest.mark.parametrize("command", ["list", "show"])
def test_the_help_says_what_the_exit_codes_mean(command: str) -> None:
    helped = run(command, "--help")
    assert "Exit code: 0, or 1 when" in helped.output
