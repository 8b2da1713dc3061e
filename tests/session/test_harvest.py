import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.session.sitting import NAME, Begin, Resume, do, holding, write

from facilitate.core.agenda import Agenda, CaptureKind, Objective, Role, Segment
from facilitate.core.capture_line import NewLine
from facilitate.core.captures import KINDS, Marks, shown
from facilitate.core.commands import Close, Next, StartPause
from facilitate.core.entry_commands import (
    AdoptLine,
    AskAttribution,
    Capture,
    Describe,
    HoldCare,
    Lower,
    NoteConcern,
    PutToTest,
    ReadBack,
    TakeVotes,
)
from facilitate.core.entry_events import (
    AttributionAsked,
    CareHeld,
    ConcernNoted,
    EntryAdded,
    EntryAdopted,
    EntryAttributed,
    EntryDescribed,
    EntryHeardAgain,
    EntryLetGo,
    EntryMoved,
    EntryRaised,
    EntryReadBack,
    EntryReaffirmed,
    EntryReworded,
    EntryScheduled,
    EntryTakenBack,
    EntryTakenUp,
    EntryTested,
    EntryWithdrawn,
    NoteKeepingAgreed,
    VotesTaken,
    WordsKeptApart,
    taken_up_id,
)
from facilitate.core.events import (
    Event,
    PauseEnded,
    PauseStarted,
    Recorded,
    RunOpened,
    SegmentStarted,
    SittingClosed,
    Undone,
)
from facilitate.core.fold import replay
from facilitate.core.record import record_of
from facilitate.core.refusal import Refused
from facilitate.core.state import SessionState
from facilitate.core.tally import SCALES, Tally
from facilitate.formats.journal_line import encode, read_file
from facilitate.formats.record_toml import read_record
from facilitate.session import harvest
from facilitate.session.live import LiveSession
from facilitate.store.places import places
from facilitate.store.records import NotVerified, altered, read_record_folder

GOLDEN = Path(__file__).parents[1] / "golden" / "record"
START = dt.datetime(2026, 11, 22, 17, 0, tzinfo=dt.UTC)
SITTING = "2026-11-22-listening-circles-1-ab3d"
OWN, PRIVATE, OTHER = "k3v9q0x2mf", "w8r1t5y7zc", "h4n6b2d8sj"

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

    def taken_up(self, number: int, kind: CaptureKind, text: str, **fields: object) -> str:
        given = {"ring": "cohort", "state": "working", **fields}
        event = EntryTakenUp(
            sitting="2026-10-20-listening-circles-0-7q2m",
            number=number,
            kind=kind,
            text=text,
            adopted_on=dt.date(2026, 10, 20) if fields.get("adopted_round") else None,
            **given,  # type: ignore[arg-type]
        )
        self.add(event)
        return taken_up_id(event.sitting, KINDS[kind].letter, number)

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
    lines_that_lived(history)
    history.close()
    return history


def lines_that_lived(history: History) -> None:
    """Consent, carrying, and what is told of a line beyond its words."""
    history.add(NoteKeepingAgreed(keeps=True))
    history.add(CareHeld(holder="CANARY role", follow_up=True))
    marks = Marks(tags=("policy", "first *visit*"), facet="policy", owner="care", when="part2")
    arrive = history.line(21, "We arrive before we begin", origin="offered", marks=marks)
    history.add(EntryHeardAgain(entry=arrive))
    adopt(history, arrive)
    history.add(
        EntryDescribed(entry=arrive, name="looks_like", text="Two breaths | nobody reports")
    )
    history.add(EntryDescribed(entry=arrive, name="scope", text="CANARY taken away"))
    history.add(EntryDescribed(entry=arrive, name="scope", text=""))
    history.add(AttributionAsked(entry=arrive, form="name"))
    merged = history.line(22, "Breathe first", belongs_with=arrive)
    history.add(EntryMoved(entry=merged, state="merged", into=arrive))
    calm = history.line(23, "borrowed calm = calm we lend", kind="term")
    history.add(EntryDescribed(entry=calm, name="also_said", text="co-regulation"))
    history.add(EntryDescribed(entry=calm, name="moving_away_from", text="# self-soothing"))
    history.add(EntryScheduled(entry=calm, when="+6w"))
    history.add(EntryAttributed(entry=calm, form="initials", text="CANARY M.", scope="cohort"))
    history.add(EntryAttributed(entry=calm, form="role", text="the aunties", scope="cohort"))
    lines_that_came_along(history)


def adopt(history: History, entry: str) -> None:
    """A round of consent to the words of an entry; its tally and concerns are private."""
    history.add(EntryReadBack(entry=entry))
    test = history.add(
        EntryTested(
            entry=entry, version=entry, round=1, method="CANARY", labels=("up", "down"),
            keys=("u", "d"), hear=1,
        )
    )  # fmt: skip
    counted = VotesTaken(entry=entry, test=test, counts=(12_345, 1), passes=67_890)
    history.add(counted, writer=PRIVATE)
    concern = ConcernNoted(entry=entry, test=test, kind="concern", text="CANARY concern")
    history.add(concern, writer=PRIVATE)
    day = dt.date(2026, 11, 22)
    history.add(EntryAdopted(entry=entry, version=entry, round=1, on=day))


def lines_that_came_along(history: History) -> None:
    """Lines of an earlier sitting: re-affirmed, put in other words, let go, withdrawn."""
    adopted = {"state": "in force", "adopted_round": 2}
    one = history.taken_up(3, "agreement", "Listen as an ally", **adopted)
    history.add(EntryReaffirmed(entry=one))
    other = history.taken_up(4, "term", "attunement = tuning in", lineage="<the> elders")
    history.add(
        EntryReworded(entry=other, text="attunement = tuning in, and repair"), base=(other,)
    )
    history.add(EntryLetGo(entry=history.taken_up(5, "question", "Who pays?", state="open")))
    withdrawn = history.taken_up(6, "agreement", "CANARY withdrawn later", state="in force")
    history.add(EntryWithdrawn(entry=withdrawn))
    history.taken_up(7, "question", "CANARY that nothing was done with", state="open")


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
        for words in (b"CANARY", b"12345", b"67890"):
            assert words not in path.read_bytes()


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
    assert b"last_number = 23" in (folder / "record.toml").read_bytes()


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
    left = (b"CANARY taken back", b"CANARY undone", b"CANARY taken away", b"CANARY M.")
    assert all(words in own.read_bytes() for words in left)
    assert harvest.redact(own.parent, day.state) == 4
    assert not any(words in own.read_bytes() for words in left)
    for words in (b"One voice", b"Two breaths", b"the aunties"):
        assert words in own.read_bytes()


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


def test_tidying_takes_words_from_own_files_from_those_of_others_and_all_kept_apart(
    day: History,
) -> None:
    text = "CANARY said elsewhere"
    left = EntryAdded(number=24, kind="agreement", ring="cohort", segment="be", text=text)
    day.add(EntryTakenBack(entry=day.add(left, writer=OTHER)))
    day.write(places().own(SITTING), OWN)
    day.write(places().seen(SITTING), OTHER)
    day.write(places().private(SITTING), PRIVATE)
    words = ("CANARY taken back", text, "CANARY that stays with the sitting")
    assert [len(holding(each)) for each in words] == [1, 1, 1]
    harvest.tidy(places(), day.state)
    assert [holding(each) for each in words] == [[], [], []]


# Given back to the room: at once


def folders(live: LiveSession) -> tuple[Path, ...]:
    here, sitting = places(), live.sitting
    return here.own(sitting), here.seen(sitting), here.private(sitting)


def forget(live: LiveSession, number: int) -> int:
    """Give a line back to the room, as the program does it; how many lines changed."""
    entry = live.state.entry(number)
    assert entry is not None
    do(live, Lower(number=number, ring="room"))
    return harvest.forget_words(folders(live), live.state, entry.id)


def opened(begin: Begin) -> LiveSession:
    live = begin()
    do(live, Next(seen=None))
    write(live, "One mic")
    return live


def test_words_given_back_to_the_room_leave_the_disk_and_writing_goes_on(
    begin: Begin, resume: Resume
) -> None:
    live = opened(begin)
    write(live, "CANARY of the room <- CANARY elders")
    write(live, "*2 CANARY in other words")
    do(live, ReadBack(number=2), Describe(number=2, name="scope", text="CANARY scope"))
    assert forget(live, 2) == 4
    assert holding("CANARY") == []
    write(live, "Say it twice")
    do(live, ReadBack(number=3))
    assert len(holding("Say it twice")) == 1
    again = resume(live.sitting)
    assert (again.found, again.state.next_number) == ("", 4)
    shown = {entry.name: entry.state for entry in again.state.entries.values()}
    assert shown == {"A1": "heard", "A3": "proposed"}
    write(again, "Come back")
    assert [entry.name for entry in again.state.entries.values()] == ["A1", "A3", "A4"]


def test_private_words_given_back_to_the_room_leave_the_disk_as_well(
    begin: Begin, resume: Resume
) -> None:
    live = opened(begin)
    write(live, "l: CANARY story #CANARY-tag @CANARY-role")
    write(live, "*2 CANARY story again")
    forget(live, 2)
    assert holding("CANARY") == []
    write(live, "l: the heron stays")
    assert [name.split("/")[0] for name in holding("the heron stays")] == ["private"]
    again = resume(live.sitting)
    assert [entry.text for entry in again.state.entries.values()] == [
        "One mic",
        "the heron stays",
    ]
    assert (again.found, again.state.next_number) == ("", 4)


def test_lines_on_their_way_to_the_disk_arrive_while_words_leave_it(
    begin: Begin, resume: Resume
) -> None:
    live = opened(begin)
    write(live, "CANARY of the room")
    entry = live.state.entry(2)
    assert entry is not None
    do(live, Lower(number=2, ring="room"))
    for n in range(40):
        live.do(Capture(line=NewLine(kind="agreement", text=f"Line {n} before")))
    harvest.forget_words(folders(live), live.state, entry.id)
    for n in range(40):
        live.do(Capture(line=NewLine(kind="agreement", text=f"Line {n} after")))
    assert live.settle(10)
    assert holding("CANARY") == []
    again = resume(live.sitting)
    assert again.found == ""
    assert list(again.state.entries) == [e for e in live.state.entries if e != entry.id]
    assert again.state.next_number == 83


def test_when_the_power_went_before_they_left_they_leave_at_the_harvest(
    begin: Begin, resume: Resume, root: Path
) -> None:
    live = opened(begin)
    write(live, "CANARY of the room")
    write(live, "*2 CANARY in other words")
    write(live, "l: CANARY story")
    do(live, Lower(number=2, ring="room"), Lower(number=3, ring="room"))
    assert holding("CANARY")
    again = resume(live.sitting)
    assert [entry.name for entry in shown(again.state.entries.values())] == ["A1"]
    assert again.state.next_number == 4
    do(again, Close())
    written = harvest.write_record(again.state, root)
    assert b"last_number = 3" in (written.folder / "record.toml").read_bytes()
    assert again.close(5)
    harvest.tidy(places(), again.state)
    assert holding("CANARY") == []


def test_after_the_harvest_no_file_holds_what_was_to_stay_with_the_sitting(
    begin: Begin,
) -> None:
    live = opened(begin)
    write(live, "l: CANARY story #CANARY-tag @CANARY-role <- CANARY elders")
    do(live, ReadBack(number=1), PutToTest(number=1, scale=SCALES["thumbs"]))
    do(live, TakeVotes(tally=Tally(counts=(75_319, 2, 0), present=86_421)))
    do(live, NoteConcern(kind="objection", text="CANARY concern"))
    do(live, AdoptLine(number=1, confirmed=True))
    do(live, AskAttribution(number=1, form="name"), StartPause(kind="care"))
    do(live, HoldCare(holder="care", follow_up=True), Close())
    assert holding("CANARY")
    assert holding("75319")
    harvest.write_record(live.state, places().records)
    assert live.close(5)
    harvest.tidy(places(), live.state)
    for words in ("CANARY", "75319", "86421", "votes.taken", "objection"):
        assert holding(words) == []
    assert holding(NAME) == [f"private/{live.sitting}/team.toml"]
