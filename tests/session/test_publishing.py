"""From the console to its file: off the loop, in order, the latest wins."""

import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitate.core.audience import AudienceLine, AudienceView
from facilitate.formats.audience_json import read_audience
from facilitate.session import publishing
from facilitate.session.publishing import Publisher
from facilitate.store.places import places
from facilitate.store.shown import ShownFile

PATIENCE = 10.0


def view(now: str) -> AudienceView:
    return AudienceView(title="Day one", now=now, agreements=(AudienceLine("A1", "One mic"),))


@pytest.fixture
def path() -> Path:
    return places().shown("2026-09-12-harbour-0000")


@pytest.fixture
def publisher(path: Path) -> Iterator[Publisher]:
    publisher = Publisher(path)
    yield publisher
    publisher.close(PATIENCE)


class Gate:
    """Stands before the file: every write waits at it, and what passed is told."""

    def __init__(self) -> None:
        self.refuses = False
        self._came, self._may_pass = threading.Semaphore(0), threading.Semaphore(0)
        self._done: queue.SimpleQueue[AudienceView | None] = queue.SimpleQueue()
        self.count = 0

    def hold(self) -> None:
        self._came.release()
        assert self._may_pass.acquire(timeout=PATIENCE)
        if self.refuses:
            raise OSError

    def tell(self, content: bytes) -> None:
        self.count += 1
        self._done.put(read_audience(content))

    def wait_for_one(self) -> None:
        assert self._came.acquire(timeout=PATIENCE)

    def let_one_pass(self) -> AudienceView | None:
        self._may_pass.release()
        return None if self.refuses else self._done.get(timeout=PATIENCE)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    gate, put = Gate(), ShownFile.put

    def held(file: ShownFile, content: bytes) -> None:
        gate.hold()
        put(file, content)
        gate.tell(content)

    monkeypatch.setattr(ShownFile, "put", held)
    return gate


def test_nothing_is_made_on_disk_before_the_first_view(publisher: Publisher) -> None:
    publisher.close(PATIENCE)
    assert not places().home.exists()


def test_what_is_shown_lies_in_the_file_of_its_sitting_until_the_end(
    publisher: Publisher, path: Path, gate: Gate
) -> None:
    publisher.show(view("Arriving"))
    assert gate.let_one_pass() == view("Arriving")
    publisher.show(view("Break"))
    assert gate.let_one_pass() == view("Break")
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    publisher.close(PATIENCE)
    assert list(path.parent.iterdir()) == []


def test_of_several_views_in_a_row_the_latest_wins_and_the_same_is_written_once(
    publisher: Publisher, gate: Gate
) -> None:
    publisher.show(view("Arriving"))
    gate.wait_for_one()
    for now in ("How we want to be", "Break", "Closing", "Closing"):
        publisher.show(view(now))  # at once, whatever the disk does
    assert gate.let_one_pass() == view("Arriving")
    gate.wait_for_one()
    assert gate.let_one_pass() == view("Closing")
    publisher.show(view("Closing"))
    publisher.close(PATIENCE)
    assert gate.count == 2


def test_with_nothing_to_show_the_file_goes_and_may_come_back(
    publisher: Publisher, path: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed, remove = threading.Event(), ShownFile.remove

    def told(file: ShownFile) -> None:
        remove(file)
        removed.set()

    monkeypatch.setattr(ShownFile, "remove", told)
    publisher.show(view("Arriving"))
    gate.let_one_pass()
    publisher.show(None)
    assert removed.wait(PATIENCE)
    assert not path.exists()
    publisher.show(view("Arriving"))
    assert gate.let_one_pass() == view("Arriving")


@pytest.fixture
def swept(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set once the first view was handed to the disk, whatever came of it."""
    tried = threading.Event()
    monkeypatch.setattr(publishing, "remove_left_behind", lambda _: tried.set())
    return tried


def test_what_the_disk_did_not_take_is_tried_again_without_a_word(
    publisher: Publisher, gate: Gate, swept: threading.Event
) -> None:
    gate.refuses = True
    publisher.show(view("Arriving"))
    gate.let_one_pass()
    assert swept.wait(PATIENCE)
    gate.refuses = False
    publisher.show(view("Arriving"))
    assert gate.let_one_pass() == view("Arriving")


def test_when_the_disk_takes_no_other_view_the_old_one_goes(
    publisher: Publisher, path: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.show(view("Arriving"))
    gate.let_one_pass()
    removed, remove = threading.Event(), ShownFile.remove

    def told(file: ShownFile) -> None:
        remove(file)
        removed.set()

    monkeypatch.setattr(ShownFile, "remove", told)
    gate.refuses = True
    publisher.show(view("Arriving")._replace(agreements=()))  # what it had was taken back
    gate.let_one_pass()
    assert removed.wait(PATIENCE)
    assert not path.exists()
    gate.refuses = False
    publisher.show(view("Break"))
    assert gate.let_one_pass() == view("Break")


def test_what_a_killed_console_left_goes_when_a_sitting_begins_and_when_it_ends(
    publisher: Publisher, path: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = path.with_name("2026-09-11-left-0000.json")
    left.parent.mkdir(parents=True)
    left.write_bytes(b"left behind")
    swept, sweep = threading.Event(), publishing.remove_left_behind

    def told(folder: Path) -> None:
        sweep(folder)
        swept.set()

    monkeypatch.setattr(publishing, "remove_left_behind", told)
    publisher.show(view("Arriving"))
    gate.let_one_pass()
    assert swept.wait(PATIENCE)
    assert [file.name for file in left.parent.iterdir()] == [path.name]
    left.write_bytes(b"left behind")
    publisher.close(PATIENCE)
    assert list(left.parent.iterdir()) == []


def test_two_consoles_leave_each_other_alone(publisher: Publisher, gate: Gate) -> None:
    other = Publisher(places().shown("2026-09-12-other-0000"))
    publisher.show(view("Arriving"))
    gate.let_one_pass()
    other.show(view("Elsewhere"))
    gate.let_one_pass()
    other.close(PATIENCE)
    assert len(list(places().show.iterdir())) == 1


def test_a_console_whose_disk_hangs_ends_all_the_same(publisher: Publisher, gate: Gate) -> None:
    publisher.show(view("Arriving"))
    gate.wait_for_one()
    publisher.close(0.01)
    gate.let_one_pass()
