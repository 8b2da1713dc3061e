import datetime as dt
import errno
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from facilitate.cli import archive as commands
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


def test_sittings_whose_files_differ_are_told_and_listed_all_the_same() -> None:
    folder = put(golden())
    shutil.copy(folder / "record.toml", folder / "record (copy).toml")
    assert (run("list").stderr, run("list").exit_code) == ("", 0)
    other = replace(golden(), last_number=24)
    (folder / "record (copy).toml").write_text(write_record(other), encoding="utf-8")
    listed = run("list")
    assert listed.stdout.startswith("2026-11-22  Day one")
    files = f"{ID}/record.toml, {ID}/record (copy).toml"
    assert listed.stderr == (
        f"{ID}: 2 files of it differ; what any of them has counts: {files}.\n"
    )
    assert listed.exit_code == 1


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


def test_a_sitting_whose_files_differ_shows_what_any_of_them_has() -> None:
    folder = put(replace(golden(), entries=golden().entries[:1]))
    shutil.copytree(folder, folder.with_name("copy"))
    whole = write_record(golden())
    (folder.with_name("copy") / "record.toml").write_text(whole, encoding="utf-8")
    shown = run("show", ID)
    assert "One mic" in shown.stdout
    assert "2 files of it differ" in shown.stderr
    assert shown.exit_code == 0


def test_a_copy_that_cannot_be_read_does_not_hide_the_sitting_beside_it() -> None:
    folder = put(golden())
    (folder / "record (copy).toml").write_bytes(b"record = ")
    assert "One mic" in run("show", "2026-11-22").stdout
    assert "record (copy).toml: The record is damaged" in run("list").stderr


# Searching


def test_a_line_is_found_with_its_state_and_where_and_when() -> None:
    put(golden())
    found = run("search", "Listen", "ally")
    assert found.stdout == (
        "A3  in force  Listen as an ally\n"
        "    2026-11-22  Day one: who we are, and the words we share, ways-of-being, part 1"
        "  north-2026\n"
    )
    assert (found.stderr, found.exit_code) == ("", 0)


def test_what_is_found_says_what_it_stands_on() -> None:
    entry = replace(golden().entries[0], lineage="the elders' circle")
    put(replace(golden(), entries=(entry,)))
    head = run("search").stdout.splitlines()[0]
    assert head == "A3  in force  Listen as an ally <- the elders' circle"


def test_lines_can_be_chosen_by_what_they_are() -> None:
    first, *others = golden().entries
    entry = replace(first, lineage="the elders", facet="practice")
    put(replace(golden(), entries=(entry, *others)))
    agreements = [entry for entry in golden().kept if entry.kind == "agreement"]
    assert len(run("search", "--kind", "Agreement").stdout.splitlines()) == 2 * len(agreements)
    for chosen in (
        ("--state", "in force"), ("--cohort", "north-2026"), ("--programme", "listening-2026"),
        ("--since", "2026-11-22"), ("--lineage",), ("--facet", "practice"),
    ):  # fmt: skip
        assert run("search", *chosen).exit_code == 0, chosen
    for other in (("--cohort", "south"), ("--since", "2026-11-23"), ("--state", "retired")):
        assert run("search", *other).exit_code == 1, other


def test_more_lines_than_asked_for_are_told() -> None:
    put(golden())
    found = run("search", "--limit", "2")
    assert len(found.stdout.splitlines()) == 4
    assert found.stderr == "These are the newest 2; --limit 4 shows more.\n"
    assert found.exit_code == 0


def test_nothing_found_is_said_and_is_no_success() -> None:
    assert run("search", "mic").stderr == f"{commands.EMPTY}\n"
    put(golden())
    found = run("search", "heron")
    assert (found.stdout, found.stderr, found.exit_code) == ("", "Nothing was found.\n", 1)
    assert "no letter and no digit" in run("search", "!!").stderr
    assert run("search", "!!").exit_code == 1


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (
            ("--cohort", "nroth-2026"),
            'No line has the cohort "nroth-2026". Did you mean "north',
        ),
        (("--state", "in forse"), 'No line has the state "in forse". Did you mean "in force"?'),
        (("--programme", "x\x1b[2J"), 'No line has the programme "x[2J". It can be: listening'),
    ],
)
def test_what_no_line_has_is_told_with_what_may_be_meant(
    chosen: tuple[str, str], said: str
) -> None:
    put(golden())
    found = run("search", "mic", *chosen)
    assert said in found.stderr
    assert found.exit_code == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--kind", "agrement"), 'There is no kind "agrement". Did you mean "agreement"?'),
        (("--facet", "zzz"), "It can be: leadership, policy, practice."),
        (("--since", "last week"), "last week"),
        (("--limit", "0"), "0"),
        (("--colour",), "--colour"),
    ],
)
def test_a_command_line_that_cannot_be_used_ends_with_two(
    wrong: tuple[str, ...], said: str
) -> None:
    put(golden())
    found = run("search", "mic", *wrong)
    assert said in " ".join(found.stderr.split())
    assert found.exit_code == 2


def test_programs_get_what_the_page_about_the_archive_says() -> None:
    put(golden())
    found = run("search", "mic", "--json", "--limit", "1")
    told = json.loads(found.stdout)
    page = (GOLDEN.parents[2] / "docs" / "archive.md").read_text(encoding="utf-8")
    shape = json.loads(page.partition("```json\n")[2].partition("```")[0])
    assert list(told) == list(shape)
    assert list(told["hits"][0]) == list(shape["hits"][0])
    assert list(told["hits"][0]["sitting"]) == list(shape["hits"][0]["sitting"])
    assert told["hits"][0]["sitting"]["id"] == ID
    nothing = run("search", "heron", "--json")
    assert json.loads(nothing.stdout)["hits"] == []
    assert nothing.exit_code == 1


def test_words_in_json_cannot_steer_a_terminal_and_keep_their_accents() -> None:
    entry = replace(golden().entries[0], text="Wer trägt das? 修复")
    put(replace(golden(), entries=(entry,), title="x\u202ey", subtitle=""))
    found = run("search", "tragt", "--json").stdout
    assert "Wer trägt das? 修复" in found
    assert "\u202e" not in found


def test_searching_says_that_there_is_more_to_know() -> None:
    folder = put(golden())
    (folder / "record (copy).toml").write_bytes(b"record = ")
    found = run("search", "mic")
    assert found.stderr == (
        "1 thing to know of the records; facilitate archive list says more.\n"
    )
    assert found.exit_code == 0


def test_a_record_that_went_is_told_by_whoever_looks_next() -> None:
    kept("2026-03-02", "a-2222", "Sound")
    folder = put(golden())
    assert run("list").stderr == ""
    shutil.rmtree(folder)
    assert run("list").stderr == f"No longer in the archive: {ID}.\n"
    assert run("list").stderr == ""


# The index, and counts


def test_the_index_is_made_again_and_it_is_said_of_how_much() -> None:
    put(golden())
    kept("2026-03-01", "b-1111", "Another", 2)
    run("list")
    places().index.write_bytes(b"garbage")
    rebuilt = run("rebuild")
    assert (rebuilt.stdout, rebuilt.exit_code) == ("2 records, 12 lines.\n", 0)
    assert run("search", "mic").exit_code == 0


def test_an_index_that_cannot_be_kept_is_told() -> None:
    put(golden())
    places().index.parent.write_bytes(b"a file where a folder should be")
    rebuilt = run("rebuild")
    assert rebuilt.stdout == "1 record, 10 lines.\n"
    assert "cannot be kept (there is a file where the folder should be)" in rebuilt.stderr
    assert rebuilt.exit_code == 1
    found = run("search", "mic")
    assert "it was made for this time alone" in found.stderr
    assert found.exit_code == 0


def test_how_far_the_reading_is_is_told_to_people_who_wait(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands._progress(3, commands.MANY)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    commands._progress(3, commands.MANY - 1)
    assert capsys.readouterr().err == ""
    commands._progress(999, 1_000)
    commands._progress(1_000, 1_000)
    assert capsys.readouterr().err == ("\r\x1b[KReading the records: 999 of 1,000\r\x1b[K")


def test_counts_are_told_of_things_and_of_nobody() -> None:
    put(golden())
    kinds = [entry.kind for entry in golden().kept]
    told = run("stats").stdout.splitlines()
    assert told[:2] == ["1 sitting", "1 cohort"]
    assert f"{kinds.count('agreement')} agreements" in told
    assert "1 gratitude" in told or "gratitude" not in kinds


def test_an_empty_archive_counts_nothing() -> None:
    assert run("stats").stdout == "0 sittings\n0 cohorts\n"
    assert run("rebuild").stdout == "0 records, 0 lines.\n"
    assert not places().home.exists()


@pytest.mark.parametrize("command", ["list", "show", "rebuild"])
def test_the_help_says_what_the_exit_codes_mean(command: str) -> None:
    helped = run(command, "--help")
    assert "Exit code: 0, or 1 when" in " ".join(helped.output.split())
