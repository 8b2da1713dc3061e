"""What holds of every record, whatever people wrote and whatever became of it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field, replace
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt  # comes with Textual
from markdown_it.token import Token

from facilitate.core.agenda import Agenda, CaptureKind, Kind, Place, Segment
from facilitate.core.capture_line import NewLine, clean, label, meaning
from facilitate.core.captures import DETAILS, KINDS, Detail, Entry, Facet, Origin
from facilitate.core.entry_events import (
    ConcernNoted,
    EntryAdded,
    EntryDescribed,
    EntryLetGo,
    EntryLowered,
    EntryRaised,
    EntryReworded,
    EntryTakenBack,
    EntryTakenUp,
    EntryTested,
    EntryWithdrawn,
    VotesTaken,
    WordsKeptApart,
)
from facilitate.core.events import Event, Recorded, RunOpened, Undone
from facilitate.core.fold import replay
from facilitate.core.record import (
    RecordedEntry,
    RecordedSegment,
    RecordRing,
    SittingRecord,
    Wording,
    record_of,
)
from facilitate.core.revising import following, key_of, with_added
from facilitate.core.state import SessionState
from facilitate.core.taking_back import TakingBack, has, without
from facilitate.core.travelling import gone
from facilitate.formats.export.markdown import record_markdown
from facilitate.formats.record_toml import read_record, write_record

# Any record

MARKUP = st.sampled_from(
    [*"[]()<>|`*_#+-=>~!\\&;:.\"'$1 ", "\n", "\r\n", "<b>", "](", "&lt;", "---"]
)
TEXT = st.one_of(st.text(max_size=20), st.lists(MARKUP, max_size=12).map("".join)).map(clean)
MEANINGS = st.builds("{} = {}".format, TEXT, TEXT).map(clean)
WORDS = (TEXT | MEANINGS).map(lambda text: text or "word")
NUMBER = st.none() | st.integers(min_value=1, max_value=99)
ZONES = st.integers(min_value=-14 * 60, max_value=14 * 60).map(
    lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))
)
NINE = dt.datetime(2026, 11, 22, 17, tzinfo=dt.UTC)
TIMES = st.builds(
    lambda seconds, zone: (NINE + dt.timedelta(seconds=seconds)).astimezone(zone),
    st.integers(min_value=-(10**10), max_value=10**10),
    ZONES,
)
WORDINGS = st.lists(st.builds(Wording, text=WORDS, lineage=TEXT), max_size=2).map(tuple)
DETAIL_NAMES = st.sampled_from(["looks_like", "also_said", "link"]) | WORDS
ENTRIES = st.builds(
    RecordedEntry,
    id=WORDS,
    kind=st.sampled_from(get_args(CaptureKind)),
    state=WORDS,
    ring=st.sampled_from(get_args(RecordRing)),
    text=WORDS,
    lineage=TEXT,
    segment=st.none() | TEXT,
    tags=st.lists(WORDS, max_size=2).map(tuple),
    facet=st.none() | st.sampled_from(get_args(Facet)),
    owner=TEXT,
    when=st.sampled_from(["", "next", "end", "part2", "+6w", "+1d", "2027-01-31"]) | TEXT,
    origin=st.sampled_from(get_args(Origin)),
    carried_from=TEXT,
    belongs_with=TEXT,
    merged_into=TEXT,
    heard_again=st.integers(min_value=0, max_value=9),
    adopted=NUMBER,
    adopted_on=st.none() | st.dates(),
    reaffirmed=st.booleans(),
    attribution=TEXT,
    attribution_scope=st.none() | st.sampled_from(get_args(RecordRing)),
    details=st.lists(st.builds(Detail, name=DETAIL_NAMES, text=WORDS), max_size=2).map(tuple),
    also=WORDINGS,
    earlier=WORDINGS,
    added=st.none() | st.dates(),
)
SEGMENTS = st.builds(
    RecordedSegment,
    id=TEXT,
    title=TEXT,
    kind=st.sampled_from(get_args(Kind)),
    status=TEXT,
    planned_minutes=st.integers(min_value=0, max_value=600),
    actual_minutes=st.integers(min_value=0, max_value=600),
    planned_start=TIMES,
    planned_end=TIMES,
    started=st.none() | TIMES,
    ended=st.none() | TIMES,
)
RECORDS = st.builds(
    SittingRecord,
    id=TEXT,
    title=WORDS,
    subtitle=TEXT,
    date=st.dates(),
    timezone=TEXT,
    cohort=TEXT,
    programme=st.none() | TEXT,
    number=NUMBER,
    topic=st.none() | TEXT,
    series=st.none() | TEXT,
    part=NUMBER,
    parts=NUMBER,
    place=st.sampled_from(get_args(Place)),
    for_whom=TEXT,
    objectives=st.lists(WORDS, max_size=2).map(tuple),
    started=st.none() | TIMES,
    ended=st.none() | TIMES,
    last_number=st.integers(min_value=0, max_value=9_999),
    app=TEXT,
    notes_kept=st.booleans(),
    revision=st.integers(min_value=1, max_value=99),
    taken_back=st.lists(WORDS, max_size=3).map(tuple),
    segments=st.lists(SEGMENTS, max_size=3).map(tuple),
    entries=st.lists(ENTRIES, max_size=4).map(tuple),
)


@given(RECORDS)
def test_any_record_reads_back_as_it_was_written(record: SittingRecord) -> None:
    reading = read_record(write_record(record).encode(), "record.toml")
    assert reading.problems == ()
    assert reading.record == record


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_make_reading_raise(raw: bytes) -> None:
    head = b"record = 1\n[sitting]\n"
    for file in (raw, head + raw):
        reading = read_record(file, "record.toml")
        assert reading.record is None
        assert reading.problems


# Any page


def plain(text: str) -> str:
    """A word where there is a text, so that nothing in it can mean anything."""
    return "word" if text else ""


def plainly_said(text: str) -> str:
    """A word where there is a text, and two where a term has its meaning."""
    return "word = word" if meaning(text) else plain(text)


def plainly(record: SittingRecord) -> SittingRecord:
    """The record of the same shape in which every text is one word."""

    def wordings(of: tuple[Wording, ...]) -> tuple[Wording, ...]:
        return tuple(Wording(text=plainly_said(w.text), lineage=plain(w.lineage)) for w in of)

    names = {entry.id: f"word{n}" for n, entry in enumerate(record.entries)}
    entries = tuple(
        replace(
            entry,
            id=names[entry.id],
            state=plain(entry.state),
            text=plainly_said(entry.text),
            lineage=plain(entry.lineage),
            tags=tuple(plain(tag) + str(n) for n, tag in enumerate(dict.fromkeys(entry.tags))),
            owner=plain(entry.owner),
            when=plain(entry.when),
            belongs_with=plain(entry.belongs_with),
            merged_into=names.get(entry.merged_into, plain(entry.merged_into)),
            attribution=plain(entry.attribution),
            details=tuple(Detail(name="word", text=plain(d.text)) for d in entry.details),
            also=wordings(entry.also),
            earlier=wordings(entry.earlier),
        )
        for entry in record.entries
    )
    segments = tuple(
        replace(part, title=plain(part.title), status=plain(part.status))
        for part in record.segments
    )
    named = ("id", "title", "subtitle", "timezone", "cohort", "for_whom", "app")
    return replace(
        record,
        **{name: plain(getattr(record, name)) for name in named},
        programme=plain(record.programme or ""),
        topic=plain(record.topic or ""),
        series=plain(record.series or ""),
        objectives=tuple(map(plain, record.objectives)),
        taken_back=tuple(map(plain, record.taken_back)),
        segments=segments,
        entries=entries,
    )


def tokens(page: str) -> list[Token]:
    """The structure of a page, with tables and struck words."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page)


def shape(page: str) -> list[tuple[str, str]]:
    """The structure of a page without its words, inside of its lines too."""
    inner = (
        [("text", "")] if token.type == "inline" else [(token.type, token.tag)]
        for token in tokens(page)
    )
    blocks = [one for part in inner for one in part]
    marks = [
        (child.type, child.tag)
        for token in tokens(page)
        for child in token.children or ()
        if child.type not in {"text", "softbreak"}
    ]
    return blocks + marks


def written(page: str) -> list[str]:
    """The words that a reader sees, by line."""
    return [
        "".join(child.content for child in token.children or ())
        for token in tokens(page)
        if token.type == "inline"
    ]


@given(RECORDS)
def test_nothing_that_people_write_changes_the_structure_of_a_page(
    record: SittingRecord,
) -> None:
    page, bare = record_markdown(record), record_markdown(plainly(record))
    assert shape(page) == shape(bare)
    assert page.count("\n") == bare.count("\n")
    assert page.splitlines() == page.split("\n")[:-1]


@given(RECORDS)
def test_a_reader_of_a_page_sees_the_words_as_they_were_written(record: SittingRecord) -> None:
    lines = written(record_markdown(record))
    for entry in record.entries:
        standing = [entry.id, entry.state]
        if entry.adopted:
            on = f" ({entry.adopted_on})" if entry.adopted_on else ""
            standing.append(f"adopted by consent, round {entry.adopted}{on}")
        if entry.reaffirmed:
            standing.append("re-affirmed")
        means = meaning(entry.text) if entry.kind in ("term", "framework") else ""
        words = f"{label(entry.text)}: {means}" if means else entry.text
        assert f"{', '.join(standing)}: {words}" in lines
        for detail in entry.details:
            name = DETAILS.get(entry.kind, {}).get(detail.name, detail.name)
            assert f"{name}: {detail.text}" in lines
        if entry.attribution:
            narrower = {"cohort": ("team", "public"), "team": ("public",)}
            scope = entry.attribution_scope or "public"
            far = entry.ring in narrower.get(scope, ())
            limit = f" (as far as the {scope}, not further)" if far else ""
            assert f"words of {entry.attribution}{limit}" in lines
    for objective in record.objectives:
        assert objective in lines
    assert lines[0] == record.title
    for part in record.segments:
        assert part.title in lines


# Any history

AGENDA = Agenda(
    id="day",
    title="A day",
    start=dt.time(9),
    timezone="America/Los_Angeles",
    minutes=30,
    place="online",
    segments=(Segment(id="all", title="All of it", kind="dialogue", minutes=30),),
)
OWN, PRIVATE = "a" * 10, "p" * 10
LEAVING = {"let go": EntryLetGo, "take back": EntryTakenBack, "withdraw": EntryWithdrawn}
DEEDS = (
    "add", "take up", "reword", "raise", "lower", "give back", "describe", "ask", "undo",
    *LEAVING,
)  # fmt: skip


@dataclass
class Told:
    """A history as people make it: words of the sitting's ring are kept apart."""

    lines: list[Recorded] = field(default_factory=list)

    def add(self, event: Event, *, base: tuple[str, ...] = (), writer: str = OWN) -> str:
        n = sum(1 for line in self.lines if line.writer == writer)
        stamp = f"{int(NINE.timestamp() * 1000):012x}-{len(self.lines):04x}"
        line = Recorded(writer=writer, n=n, stamp=stamp, by="co", event=event, base=base)
        self.lines.append(line)
        return line.id

    @property
    def state(self) -> SessionState:
        return replay(self.lines)

    def words(self, event: EntryAdded | EntryReworded, *, apart: bool) -> None:
        """Record an event with words: OPEN-n, or APART-n in the place that is for those."""
        text = f"{'APART' if apart else 'OPEN'}-{len(self.lines)}-"
        base: tuple[str, ...] = ()
        if isinstance(event, EntryReworded):
            base = tuple(v.id for v in self.state.entries[event.entry].wordings)
        bare = self.add(replace(event, text=None if apart else text), base=base)
        if apart:
            entry = event.entry if isinstance(event, EntryReworded) else bare
            self.add(WordsKeptApart(entry=entry, of=bare, text=text), writer=PRIVATE)

    def do(self, deed: str, choice: random.Random) -> None:
        """Do one thing to one line; nothing when there is none."""
        state = self.state
        if deed == "add":
            kind = choice.choice(list(KINDS))
            number, ring = state.next_number, KINDS[kind].ring
            added = EntryAdded(number=number, kind=kind, ring=ring, segment=None, text=None)
            self.words(added, apart=ring == "sitting")
        elif deed == "take up":
            number = 700 + len(self.lines)
            text = f"OPEN-{len(self.lines)}-"
            brought = {"kind": "agreement", "ring": "cohort", "state": "proposed"}
            self.add(EntryTakenUp(sitting="before", number=number, text=text, **brought))  # type: ignore[arg-type]
        elif deed == "undo":
            undone = choice.choice([line for line in self.lines if line.writer == OWN])
            self.add(Undone(event=undone.id))
        elif state.entries:
            self._change(deed, choice.choice(list(state.entries)), choice)

    def _change(self, deed: str, entry: str, choice: random.Random) -> None:
        if deed == "reword":
            apart = self.state.entries[entry].ring == "sitting"
            self.words(EntryReworded(entry=entry, text=None), apart=apart)
        elif deed in {"raise", "lower"}:
            ring = choice.choice(get_args(RecordRing)) if deed == "raise" else "sitting"
            self.add(EntryRaised(entry=entry, ring=ring, text=f"OPEN-{len(self.lines)}-"))
        elif deed == "give back":
            number = self.state.entries[entry].number
            self.add(EntryLowered(entry=entry, number=number, ring="room"))
        elif deed == "describe" and self.state.entries[entry].ring != "sitting":
            text = choice.choice(["", f"OPEN-{len(self.lines)}-"])
            name = choice.choice(["looks_like", "scope"])
            self.add(EntryDescribed(entry=entry, name=name, text=text))
        elif deed == "ask":
            self._ask(entry)
        elif deed in LEAVING:
            self.add(LEAVING[deed](entry=entry))

    def _ask(self, entry: str) -> None:
        """Put words to the test; what is counted and seen in them is kept apart."""
        version = self.state.entries[entry].version.id
        scale = {"method": "thumbs", "labels": ("up",), "keys": ("u",), "hear": 0}
        test = self.add(EntryTested(entry=entry, version=version, round=1, **scale))  # type: ignore[arg-type]
        self.add(VotesTaken(entry=entry, test=test, counts=(97_531,)), writer=PRIVATE)
        seen = ConcernNoted(entry=entry, test=test, kind="concern", text="APART-concern")
        self.add(seen, writer=PRIVATE)


@st.composite
def histories(draw: st.DrawFn) -> list[Recorded]:
    told = Told()
    told.add(
        RunOpened(
            sitting="2026-11-22-day-ab3d",
            device="calm bay",
            app="0.1.0",
            agenda=AGENDA,
            date=dt.date(2026, 11, 22),
        )
    )
    choice = draw(st.randoms(use_true_random=False))
    for deed in ("add", "add", *draw(st.lists(st.sampled_from(DEEDS), max_size=25))):
        told.do(deed, choice)
    return told.lines


def pages_of(state: SessionState) -> str:
    """Every byte that a record puts on disk, as text."""
    record = record_of(state, NINE)
    return write_record(record) + record_markdown(record)


@given(histories())
def test_words_of_the_sittings_ring_are_in_no_byte_of_a_record(history: list[Recorded]) -> None:
    pages = pages_of(replay(history))
    assert "APART" not in pages
    assert "97531" not in pages


@given(histories())
def test_a_record_holds_the_open_words_of_every_line_that_travels_and_no_others(
    history: list[Recorded],
) -> None:
    state = replay(history)
    pages = pages_of(state)
    for entry in state.entries.values():
        texts = [version.text for version in entry.versions if version.text]
        texts += [detail.text for _, detail in entry.details if detail.text]
        if entry.let_go and is_told(entry):  # and so it was carried: it is told as it came
            came = entry.versions[0].text
            brought = {came, *(d.text for of, d in entry.details if of == entry.id)}
            assert f'"{came}"' in pages
            assert not [t for t in texts if t not in brought and f'"{t}"' in pages]
            continue
        travels = is_told(entry)
        if travels and entry.text.startswith("OPEN"):
            assert f'"{entry.text}"' in pages
        if not travels:
            assert not [text for text in texts if f'"{text}"' in pages]
    seen = {version.text for entry in state.entries.values() for version in entry.versions}
    seen |= {text for entry in state.entries.values() for text in entry.told.values()}
    for line in history:
        text = getattr(line.event, "text", None)
        if text and text not in seen:  # undone, or told no more
            assert text not in pages


def is_told(entry: Entry) -> bool:
    """Whether the words of a line may stand in a record, those of now or those of before."""
    left = entry.withdrawn or entry.taken_back or (entry.let_go and not entry.carried_from)
    return entry.touched and entry.ring != "sitting" and not left


@given(histories(), st.randoms(use_true_random=False))
def test_a_record_does_not_depend_on_the_order_in_which_lines_arrived(
    history: list[Recorded], choice: random.Random
) -> None:
    shuffled = history[:]
    choice.shuffle(shuffled)
    assert pages_of(replay(shuffled)) == pages_of(replay(history))


@given(histories())
def test_when_the_words_that_are_gone_have_left_the_record_is_the_same(
    history: list[Recorded],
) -> None:
    state = replay(history)
    left = gone(state)
    rest = replay(line for line in history if line.id not in left)
    whole = record_of(state, NINE)
    # Numbers of lines that left stay taken; the session remembers them from the record.
    again = replace(record_of(rest, NINE), last_number=whole.last_number)
    assert again == whole
    open_words = {
        getattr(line.event, "text", None) for line in rest.history if line.writer == OWN
    }
    own = [entry for entry in state.entries.values() if not entry.carried_from]
    gone_lines = [e for e in own if e.taken_back or e.let_go]
    for entry in gone_lines:
        assert not open_words & {v.text for v in entry.versions if v.text}


# The next revision


@given(RECORDS, RECORDS, st.data())
def test_what_a_record_says_was_taken_back_never_comes_in_again(
    before: SittingRecord, meant: SittingRecord, data: st.DataObject
) -> None:
    meant = replace(meant, id=before.id)
    keys = [key_of(entry) for entry in before.entries]
    ended = data.draw(st.sets(st.sampled_from(keys)) if keys else st.just(set()))
    after = following(before, meant, ended)
    assert set(before.taken_back) <= set(after.taken_back)
    assert not {entry.id for entry in after.entries} & set(after.taken_back)
    assert after.last_number >= max(before.last_number, meant.last_number)
    for entry in before.entries:
        gone = entry.id in after.taken_back
        told = key_of(entry) in {key_of(one) for one in after.entries}
        assert gone or told or (entry.carried_from and key_of(entry) in ended)


@given(RECORDS, RECORDS)
def test_writing_the_same_once_more_changes_nothing(
    before: SittingRecord, meant: SittingRecord
) -> None:
    made = tuple(replace(entry, added=None) for entry in meant.entries)  # by its history
    meant = replace(meant, id=before.id, entries=made)
    once = following(before, meant, ())
    assert following(once, meant, ()) == once
    assert once == before or once.revision > before.revision


@given(RECORDS, st.data())
def test_a_record_without_a_line_says_nothing_of_it_but_its_name(
    record: SittingRecord, data: st.DataObject
) -> None:
    if not record.entries:
        return
    entry = data.draw(st.sampled_from(record.entries))
    line = TakingBack(made=entry.carried_from or record.id, name=entry.id, cohort=record.cohort)
    rest = without(record, line)
    assert not has(rest, line)
    others = [one for one in record.entries if not has(replace(record, entries=(one,)), line)]
    assert [one.text for one in rest.entries] == [one.text for one in others]
    if entry.id not in {one.id for one in others}:
        assert entry.id in rest.taken_back
        assert entry.id not in {
            o for e in rest.entries for o in (e.belongs_with, e.merged_into)
        }
    assert without(rest, line) == rest


@given(RECORDS, st.integers(min_value=1, max_value=9_999))
def test_an_added_line_is_in_every_later_revision(record: SittingRecord, number: int) -> None:
    line = NewLine(kind="commitment", text="bring it home")
    record = replace(record, taken_back=())
    with_it = with_added(record, line, number=number, on=record.date)
    again = following(with_it, replace(record, entries=()), {key_of(e) for e in record.entries})
    assert (f"C{number}", "bring it home") in {(one.id, one.text) for one in again.entries}
