import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from facilitate.core.agenda import Agenda, Objective, Role, Segment
from facilitate.core.events import (
    EntryAdded,
    EntryLetGo,
    EntryRaised,
    EntryReadBack,
    EntryReworded,
    EntryTakenBack,
    EntryWithdrawn,
    Event,
    PauseEnded,
    PauseStarted,
    Recorded,
    RunOpened,
    SegmentStarted,
    SittingClosed,
    Undone,
    WordsKeptApart,
)
from facilitate.core.fold import replay
from facilitate.core.record import record_of
from facilitate.core.refusal import Refused
from facilitate.core.state import SessionState
from facilitate.formats.journal_line import encode, read_file
from facilitate.formats.record_toml import read_record
from facilitate.session import harvest
from facilitate.store.records import NotVerified, altered, read_record_folder

GOLDEN = Path(__file__).parents[1] / "golden" / "record"
START = dt.datetime(2026, 11, 22, 17, 0, tzinfo=dt.UTC)
SITTING = "2026-11-22-listening-circles-1-ab3d"
OWN, PRIVATE = "k3v9q0x2mf", "w8r1t5y7zc"

AGENDA = Agenda(
    id="listening-circles-1",
    title="Listening circles for people who hold others",
    subtitle="Day one: who we are, and the words we share",
    start=dt.time(9),
    timezone="America/Los_Angeles",
    minutes=85,
    place="online",
    programme="listening-2026",
    number=3,
    topic="ways-of-being",
    part=1,
    parts=2,
    for_whom="People who work with families, 12 to 20 of them",
    team=(Role(role="lead", name="CANARY NAME"), Role(role="co")),
    objectives=(
        Objective(key="space", text="Make a space together\nthat is felt & not only <named>."),
        Objective(key="words", text="# Find words that we share"),
    ),
    segments=(
        Segment(id="doors", title="Doors open | grounding", kind="arrival", minutes=20),
        Segment(id="room", title="Room to breathe", kind="buffer", minutes=5),
        Segment(
            id="be", title="How we want to be [with each other]", kind="agreements", minutes=25
        ),
        Segment(id="words", title="Words we carry", kind="dialogue", minutes=25),
        Segment(id="close", title="Closing", kind="closing", minutes=10, protect=True),
    ),
)


class History:
    """A history that grows line by line, a minute each."""

    def __init__(self, **opening: object) -> None:
        self.lines: list[Recorded] = []
        fields = {"sitting": SITTING, "date": dt.date(2026, 11, 22), **opening}
        opened = RunOpened(device="calm bay", app="0.1.0", agenda=AGENDA, **fields)  # type: ignore[arg-type]
        self.add(opened)

    def add(self, event: Event, *, base: tuple[str, ...] = (), writer: str = OWN) -> str:
        n = sum(1 for line in self.lines if line.writer == writer)
        ms = int(START.timestamp() * 1000) + 60_000 * len(self.lines)
        line = Recorded(
            writer=writer, n=n, stamp=f"{ms:012x}-0000", by="co", event=event, base=base
        )
        self.lines.append(line)
        return line.id

    def line(self, number: int, text: str | None, **fields: object) -> str:
        given = {"kind": "agreement", "ring": "cohort", "segment": "be", **fields}
        return self.add(EntryAdded(number=number, text=text, **given))  # type: ignore[arg-type]

    def kept_apart(self, number: int, text: str, **fields: object) -> str:
        given = {"kind": "learning", "ring": "sitting", **fields}
        entry = self.line(number, None, **given)
        self.add(WordsKeptApart(entry=entry, of=entry, text=text), writer=PRIVATE)
        return entry

    def close(self) -> SessionState:
        self.add(SittingClosed(at=START + dt.timedelta(minutes=93, seconds=20)))
        return self.state

    @property
    def state(self) -> SessionState:
        return replay(self.lines)

    def write(self, folder: Path, writer: str) -> Path:
        """The journal file of one writer."""
        path = folder / f"{writer}.0.jsonl"
        folder.mkdir(parents=True)
        path.write_bytes(b"".join(encode(line) for line in self.lines if line.writer == writer))
        return path


def a_full_day() -> History:
    """Everything that may become of a line, and of a part of the day."""
    history = History(cohort="north-2026")
    at = START.replace
    history.add(SegmentStarted(segment="doors", from_=None, at=at(minute=4)))
    history.add(SegmentStarted(segment="be", from_="doors", at=at(minute=31)))
    mic = history.line(12, "One mic", lineage="the elders' circle we learned from")
    voice = history.add(EntryReworded(entry=mic, text="One voice"), base=(mic,))
    history.add(EntryReworded(entry=mic, text="One mic, *one* speaker"), base=(voice,))
    history.add(EntryReadBack(entry=mic))
    stays = history.line(13, "What's said here stays; what's learned leaves")
    history.add(EntryReworded(entry=stays, text="Stories stay, lessons leave"), base=(stays,))
    history.add(EntryReworded(entry=stays, text="Lessons leave, stories stay"), base=(stays,))
    history.add(PauseStarted(kind="care", at=at(minute=40)))
    history.add(PauseEnded(at=at(minute=48)))
    history.add(EntryWithdrawn(entry=history.line(14, "CANARY withdrawn")))
    history.add(EntryTakenBack(entry=history.line(15, "CANARY taken back")))
    history.add(Undone(event=history.line(16, "CANARY undone")))
    history.add(SegmentStarted(segment="words", from_="be", at=START.replace(hour=18)))
    words = {"kind": "term", "segment": "words"}
    history.line(16, "parallel process = how we are together | echoes in <them>", **words)
    history.line(17, "1. Who holds the `supervisor`?", kind="question", segment="words")
    raised = history.kept_apart(18, "CANARY story between us", segment="words")
    history.add(
        EntryRaised(entry=raised, ring="public", text="# Slow is [smooth](https://a.example)")
    )
    history.kept_apart(19, "CANARY that stays with the sitting", segment="words")
    history.add(EntryLetGo(entry=history.kept_apart(20, "CANARY let go", segment="words")))
    history.close()
    return history


@pytest.fixture
def day() -> History:
    return a_full_day()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "records"


# The record on disk


def test_a_closed_sitting_leaves_the_same_bytes_for_ever(day: History, root: Path) -> None:
    written = harvest.write_record(day.state, root)
    assert written.folder == root / "2026" / SITTING
    files = read_record_folder(written.folder)
    assert files["record.toml"] == (GOLDEN / "record.toml").read_bytes()
    assert files["record.md"] == (GOLDEN / "record.md").read_bytes()
    assert altered(files) == []


def test_a_record_on_disk_reads_as_it_was_meant(day: History, root: Path) -> None:
    written = harvest.write_record(day.state, root)
    reading = read_record((written.folder / "record.toml").read_bytes(), "record.toml")
    assert reading.record == record_of(day.state, START)
    assert (written.revision, reading.problems) == (1, ())


def test_no_file_of_a_record_holds_what_was_not_to_travel(day: History, root: Path) -> None:
    folder = harvest.write_record(day.state, root).folder
    assert len(list(folder.iterdir())) == 3
    for path in folder.iterdir():
        assert b"CANARY" not in path.read_bytes()


def test_writing_again_without_anything_new_keeps_the_revision(
    day: History, root: Path
) -> None:
    first = harvest.write_record(day.state, root)
    before = read_record_folder(first.folder)
    assert harvest.write_record(replace(day.state, revision=1), root) == first
    assert read_record_folder(first.folder) == before


def test_two_people_who_close_write_the_same_record(day: History, tmp_path: Path) -> None:
    one = harvest.write_record(replay(day.lines), tmp_path / "one")
    other = harvest.write_record(replay(reversed(day.lines)), tmp_path / "other")
    assert read_record_folder(one.folder) == read_record_folder(other.folder)


def test_a_late_line_makes_the_next_revision_in_the_same_place(
    day: History, root: Path
) -> None:
    first = harvest.write_record(day.state, root)
    day.line(112, "Said while offline")
    second = harvest.write_record(day.state, root)
    assert (second.folder, second.revision) == (first.folder, 2)
    files = read_record_folder(second.folder)
    assert b"Said while offline" in files["record.toml"]
    assert b"Said while offline" in files["record.md"]
    assert altered(files) == []


def test_a_later_revision_has_a_higher_number_than_any_that_was_seen(
    day: History, root: Path
) -> None:
    harvest.write_record(replace(day.state, revision=6), root)
    day.line(112, "Said while offline")
    assert harvest.write_record(day.state, root).revision == 8
    day.line(113, "Said elsewhere")
    assert harvest.write_record(replace(day.state, revision=20), root).revision == 21


def test_a_number_stays_taken_when_its_words_have_left_the_journal(
    day: History, root: Path
) -> None:
    harvest.write_record(day.state, root)
    rest = [line for line in day.lines if getattr(line.event, "number", 0) < 19]
    folder = harvest.write_record(replay(rest), root).folder
    assert b"last_number = 20" in (folder / "record.toml").read_bytes()


def test_a_damaged_record_is_made_again(day: History, root: Path) -> None:
    folder = harvest.write_record(day.state, root).folder
    whole = read_record_folder(folder)
    (folder / "record.toml").write_bytes(whole["record.toml"][:300])
    (folder / "record.md").unlink()
    assert harvest.write_record(day.state, root).revision == 1
    assert read_record_folder(folder) == whole


@pytest.mark.parametrize("later", [b"record = 2", b'record = 1\nheld_by = "us"'])
def test_a_record_of_a_later_version_is_not_written_over(
    day: History, root: Path, later: bytes
) -> None:
    path = harvest.write_record(day.state, root).folder / "record.toml"
    kept = path.read_bytes().replace(b"record = 1", later)
    path.write_bytes(kept)
    with pytest.raises(Refused, match="does not know"):
        harvest.write_record(day.state, root)
    assert path.read_bytes() == kept


def test_the_record_of_another_sitting_is_not_written_over(day: History, root: Path) -> None:
    folder = harvest.write_record(day.state, root).folder
    before = read_record_folder(folder)
    other = History(sitting=SITTING.upper())
    other.add(SegmentStarted(segment="doors", from_=None, at=START))
    with pytest.raises(Refused, match="another sitting"):
        harvest.write_record(other.close(), root)
    assert read_record_folder(folder) == before


def test_an_id_that_is_no_plain_name_stays_within_the_archive(root: Path) -> None:
    history = History(sitting="../../Else Where")
    history.add(SegmentStarted(segment="doors", from_=None, at=START))
    folder = harvest.write_record(history.close(), root).folder
    assert folder == root / "2026" / "else-where"


def test_a_sitting_that_goes_on_has_no_record_yet(root: Path) -> None:
    with pytest.raises(Refused, match="close it first"):
        harvest.write_record(History().state, root)
    assert not root.exists()


def test_a_rehearsal_leaves_no_record(root: Path) -> None:
    with pytest.raises(Refused, match="rehearsal"):
        harvest.write_record(History(rehearsal=True).close(), root)
    assert not root.exists()


def test_a_record_that_reads_back_otherwise_is_told(
    day: History, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = harvest.record_toml.write_record
    monkeypatch.setattr(
        harvest.record_toml,
        "write_record",
        lambda record: write(record).replace("One voice", "One noise"),
    )
    with pytest.raises(NotVerified):
        harvest.write_record(day.state, root)


# The page


def test_the_page_of_a_record_is_shown_without_what_steers_a_terminal(
    day: History, root: Path
) -> None:
    folder = harvest.write_record(day.state, root).folder
    (folder / "record.md").write_bytes(b"# Words\x1b]0;title\x07\r\n\tof \xff us\n")
    assert harvest.record_page(folder) == "# Words]0;title\n\tof \ufffd us\n"


def test_a_page_that_is_missing_is_made_again(day: History, root: Path) -> None:
    folder = harvest.write_record(day.state, root).folder
    (folder / "record.md").unlink()
    assert harvest.record_page(folder).encode() == (GOLDEN / "record.md").read_bytes()
    (folder / "record.toml").write_bytes(b"")
    assert harvest.record_page(folder) == ""


# What leaves the machine


def test_words_kept_apart_leave_and_the_names_stay(day: History, tmp_path: Path) -> None:
    private = tmp_path / "private"
    words = day.write(private, PRIVATE)
    shutil.copy(words, private / "copy of a sync client.jsonl")
    (private / f".{words.name}.1a2b3c4d.new").write_bytes(words.read_bytes())
    (private / "team.toml").write_text("[team]")
    assert harvest.remove_words_kept_apart(private) == 3
    assert [path.name for path in private.iterdir()] == ["team.toml"]


def test_without_words_kept_apart_nothing_is_removed(tmp_path: Path) -> None:
    assert harvest.remove_words_kept_apart(tmp_path / "missing") == 0


def test_words_that_left_the_sitting_leave_its_journals(day: History, tmp_path: Path) -> None:
    own = day.write(tmp_path / "own", OWN)
    for words in (b"CANARY taken back", b"CANARY undone"):
        assert words in own.read_bytes()
    assert harvest.redact(own.parent, day.state) == 2
    text = own.read_bytes()
    assert b"CANARY taken back" not in text
    assert b"CANARY undone" not in text
    assert b"One voice" in text


def test_a_line_that_was_kept_and_then_let_go_leaves_the_journals(tmp_path: Path) -> None:
    history = History()
    entry = history.kept_apart(1, "between us")
    history.add(EntryRaised(entry=entry, ring="cohort", text="CANARY for all"))
    history.add(EntryLetGo(entry=entry))
    own = history.write(tmp_path / "own", OWN)
    harvest.redact(own.parent, history.close())
    assert b"CANARY for all" not in own.read_bytes()


def test_after_that_the_journals_still_tell_the_same_record(
    day: History, root: Path, tmp_path: Path
) -> None:
    before = harvest.write_record(day.state, root)
    own = day.write(tmp_path / "own", OWN)
    harvest.redact(own.parent, day.state)
    again = replay(read_file(own.read_bytes()).events)
    assert harvest.write_record(again, root) == before
