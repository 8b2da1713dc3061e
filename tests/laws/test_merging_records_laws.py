"""What holds of records in folders: whatever lies there, however often, in whatever order."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.test_record_laws import RECORDS

from facilitate.core.merging import differ, merged
from facilitate.core.record import RecordedEntry, SittingRecord, Wording
from facilitate.core.searching import Query
from facilitate.core.threads import threads
from facilitate.formats.record_toml import write_record
from facilitate.session.archive import Archive
from facilitate.session.kept import Kept
from facilitate.store.places import Places

FIRST, SECOND, THIRD = "2026-09-12-a", "2026-09-12-b", "2026-09-19-c"
DAYS = {FIRST: dt.date(2026, 9, 12), SECOND: dt.date(2026, 9, 12), THIRD: dt.date(2026, 9, 19)}
WORDS = ("One mic", "One voice", "修复关系", "Wer trägt das?", "repair = going back")
LOOKED_FOR = ("", "one", "mic", "repair", "关系", "tragt", "heron")

NAMES = st.sampled_from(["A2", "T3", "A10"])
ENTRIES = st.builds(
    RecordedEntry,
    id=NAMES,
    kind=st.sampled_from(["agreement", "term"]),
    state=st.sampled_from(["in force", "in force", "let go", "withdrawn"]),
    ring=st.just("cohort"),
    text=st.sampled_from(WORDS),
    carried_from=st.sampled_from(["", FIRST]),
    earlier=st.lists(st.sampled_from(WORDS), max_size=1).map(
        lambda texts: tuple(Wording(text=text) for text in texts)
    ),
)


def copies_of(
    sitting: str, revisions: st.SearchStrategy[int]
) -> st.SearchStrategy[SittingRecord]:
    """Records of one sitting that may say different things."""
    return st.builds(
        SittingRecord,
        id=st.just(sitting),
        title=st.sampled_from(["Harbour", "Circles"]),
        date=st.just(DAYS[sitting]),
        timezone=st.just("America/New_York"),
        cohort=st.just("harbour"),
        place=st.just("online"),
        last_number=st.sampled_from([9, 10, 11]),
        app=st.sampled_from(["0", "1"]),
        revision=revisions,
        notes_kept=st.booleans(),
        taken_back=st.lists(NAMES, max_size=1).map(tuple),
        entries=st.lists(ENTRIES, max_size=3).map(tuple),
    )


ANY_REVISION = st.lists(
    copies_of(FIRST, st.integers(min_value=-1, max_value=3)), min_size=1, max_size=5
)
ONE_REVISION = st.lists(copies_of(FIRST, st.just(2)), min_size=1, max_size=5)


# Merging


@given(ANY_REVISION, st.randoms())
def test_the_order_of_copies_and_how_many_there_are_play_no_part(
    copies: list[SittingRecord], chance: Random
) -> None:
    more = [*copies, *chance.choices(copies, k=2)]
    chance.shuffle(more)
    assert merged(more) == merged(copies)
    assert differ(more) == differ(copies)


@given(ANY_REVISION)
def test_merging_again_changes_nothing(copies: list[SittingRecord]) -> None:
    once = merged(copies)
    assert merged([once]) == merged([once, once]) == once


@given(ONE_REVISION, ONE_REVISION)
def test_copies_of_one_revision_may_be_merged_in_any_groups(
    some: list[SittingRecord], others: list[SittingRecord]
) -> None:
    assert merged([merged(some), merged(others)]) == merged([*some, *others])
    assert merged([merged(some), *others]) == merged([*some, *others])


@given(ANY_REVISION)
def test_copies_may_be_merged_revision_by_revision(copies: list[SittingRecord]) -> None:
    revisions = {copy.revision for copy in copies}
    groups = [merged([c for c in copies if c.revision == r]) for r in sorted(revisions)]
    assert merged(groups) == merged(copies)


@given(ANY_REVISION)
def test_nothing_is_lost_but_what_left_and_nothing_comes_from_nowhere(
    copies: list[SittingRecord],
) -> None:
    one = merged(copies)
    gone = {name for copy in copies for name in copy.taken_back}
    told = [entry for copy in copies for entry in copy.entries]
    keys = {(entry.carried_from, entry.id) for entry in told if entry.id not in gone}
    assert {(entry.carried_from, entry.id) for entry in one.entries} == keys
    assert all(entry in told for entry in one.entries)
    assert len(set(one.entries)) == len(one.entries)
    assert one.last_number == max(copy.last_number for copy in copies)
    assert set(one.taken_back) == gone


# Folders


@contextmanager
def shared_folder() -> Iterator[Places]:
    """A home, and a folder that is shared with others."""
    with tempfile.TemporaryDirectory() as folder:
        shared = Path(folder, "shared")
        shared.mkdir()
        yield Places(home=Path(folder, "home"), shared=shared)


def put(path: Path, record: SittingRecord) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_record(record).encode())


def shown(kept: Kept) -> list[object]:
    """Everything that can be seen of an archive, in its order."""
    archive = Archive(kept)
    return [
        kept.sittings(),
        [(one.path, one.trouble, one.remains) for one in kept.unread()],
        kept.records(),
        [archive.search(Query(words)) for words in LOOKED_FOR],
        [archive.search(Query(words, kind="term")) for words in LOOKED_FOR],
        archive.lines(),
        archive.in_force(),
        archive.timeline("Repair"),
        archive.stats(),
        kept.last_number("harbour"),
    ]


def from_nothing(places: Places) -> list[object]:
    """The same folders, seen by someone who never saw them."""
    with tempfile.TemporaryDirectory() as home:
        return shown(Kept(replace(places, home=Path(home))))


@given(RECORDS)
def test_any_record_comes_out_of_the_archive_as_it_went_in(record: SittingRecord) -> None:
    with shared_folder() as places:
        put(places.records / "2026" / "one" / "record.toml", record)
        kept = Kept(places)
        if record.id:
            assert kept.records() == (merged([record]),)
            assert kept.record(record.id) == merged([record])
            assert kept.unread() == ()
        else:
            assert "which sitting" in kept.unread()[0].trouble


@settings(max_examples=30)
@given(
    st.lists(st.sampled_from([FIRST, SECOND, THIRD]), min_size=1, max_size=6),
    st.data(),
    st.randoms(),
)
def test_records_give_the_same_archive_in_whatever_order_they_arrive(
    sittings: list[str], data: st.DataObject, chance: Random
) -> None:
    records = [data.draw(copies_of(one, st.integers(1, 2))) for one in sittings]
    with shared_folder() as places:
        paths = [places.records / "2026" / f"{n}" / "record.toml" for n in range(len(records))]
        for path, record in zip(paths, records, strict=True):
            put(path, record)
        meant = from_nothing(places)
        shutil.rmtree(places.records)
        arriving = list(zip(paths, records, strict=True))
        chance.shuffle(arriving)
        kept = Kept(places)
        for path, record in arriving:
            put(path, record)
            kept.refresh()
        assert shown(kept) == meant


@settings(max_examples=80)
@given(st.lists(st.sampled_from([FIRST, SECOND, THIRD]), min_size=1, max_size=6), st.data())
def test_the_archive_tells_of_lines_what_their_records_tell(
    sittings: list[str], data: st.DataObject
) -> None:
    records = [data.draw(copies_of(one, st.integers(1, 2))) for one in sittings]
    with shared_folder() as places:
        for n, record in enumerate(records):
            put(places.records / "2026" / f"{n}" / "record.toml", record)
        archive = Archive(Kept(places))
        wholes = [
            merged([r for r in records if r.id == one]) for one in dict.fromkeys(sittings)
        ]
        followed = threads(wholes)
        standing = [thread for thread in followed if thread.stands]
        assert sorted(archive.lines(), key=lambda t: t.key) == sorted(
            standing, key=lambda t: t.key
        )
        found = {hit.key: hit.step for hit in archive.search(Query()).hits}
        assert found == {thread.key: thread.latest for thread in standing}
        for thread in followed:
            withdrawn = thread.latest.entry.state == "withdrawn"
            assert archive.thread(thread.key) == (None if withdrawn else thread)


# What becomes of folders in time

Deed = Callable[[Path, Random], None]


def write(records: Path, chance: Random, record: SittingRecord) -> None:
    folder = records / "2026" / chance.choice(["a", "b", "c"])
    put(folder / chance.choice(["record.toml", "record (copy).toml"]), record)


def files(records: Path) -> list[Path]:
    return sorted(path for path in records.rglob("*") if path.is_file())


def remove(records: Path, chance: Random) -> None:
    chance.choice(files(records)).unlink()


def remove_folder(records: Path, chance: Random) -> None:
    shutil.rmtree(chance.choice(files(records)).parent)


def cut(records: Path, chance: Random) -> None:
    path = chance.choice(files(records))
    raw = path.read_bytes()
    path.write_bytes(raw[: chance.randrange(len(raw) + 1)])


def rename(records: Path, chance: Random) -> None:
    path = chance.choice(files(records))
    path.rename(path.with_name(f"{chance.randrange(9)}.toml"))


def rename_folder(records: Path, chance: Random) -> None:
    folder = chance.choice(files(records)).parent
    to = folder.with_name(f"{folder.name}{chance.randrange(9)}"[-9:])
    if not to.exists():
        folder.rename(to)


def copy(records: Path, chance: Random) -> None:
    path = chance.choice(files(records))
    to = path.with_name("record.sync-conflict.toml")
    if to != path:
        shutil.copy2(path, to)


def swap(records: Path, chance: Random) -> None:
    """Two files change places: neither has a new size, nor a new time of its own."""
    one, other = chance.choice(files(records)), chance.choice(files(records))
    between = one.with_name(".between")
    os.rename(one, between)  # noqa: PTH104 - one of many
    if other != one:
        other.rename(one)
    between.rename(other)


def leave_a_page(records: Path, chance: Random) -> None:
    chance.choice(files(records)).with_name("record.md").write_text("# Words\n")


DEEDS: list[Deed] = [
    remove, remove_folder, cut, rename, rename_folder, copy, copy, swap, leave_a_page,
]  # fmt: skip


@settings(max_examples=40)
@given(st.data(), st.randoms(), st.integers(2, 8))
def test_after_any_changes_the_archive_is_what_someone_sees_who_never_saw_it(
    data: st.DataObject, chance: Random, steps: int
) -> None:
    with shared_folder() as places:
        kept = Kept(places)
        for _ in range(steps):
            if not files(places.records) or chance.random() < 0.5:
                sitting = data.draw(st.sampled_from([FIRST, SECOND, THIRD]))
                record = data.draw(copies_of(sitting, st.integers(1, 2)))
                write(places.records, chance, record)
            else:
                chance.choice(DEEDS)(places.records, chance)
            if chance.random() < 0.7:
                kept.refresh()
        kept.refresh()
        assert shown(kept) == from_nothing(places)
        assert shown(Kept(places)) == from_nothing(places)
        kept.rebuild()
        assert shown(kept) == from_nothing(places)
