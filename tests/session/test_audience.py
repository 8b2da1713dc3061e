"""From the file to the window: which sitting, what of it, and when it is read."""

import os
import queue
import threading
from pathlib import Path

import pytest

from facilitate.core.audience import AudienceView
from facilitate.formats.audience_json import write_audience
from facilitate.session import audience
from facilitate.session.audience import Audience
from facilitate.store.places import places
from facilitate.store.shown import ShownFile

OURS, OTHERS = "2026-09-12-harbour-0000", "2026-09-12-other-0000"
PATIENCE = 10.0


def view(now: str) -> AudienceView:
    return AudienceView(title="Day one", now=now)


def put(sitting: str, now: str, changed: int) -> ShownFile:
    """Show a view of a sitting, as if at that instant."""
    file = ShownFile(places().shown(sitting))
    file.put(write_audience(view(now)))
    os.utime(places().shown(sitting), ns=(changed, changed))
    return file


def test_where_nothing_is_held_there_is_nothing(home: Path) -> None:
    assert Audience(places()).look() is None
    assert Audience(places(), OURS).look() is None
    assert not places().home.exists()  # looking leaves no trace


def test_it_finds_what_is_held_follows_it_and_sees_it_end() -> None:
    window = Audience(places())
    assert window.look() is None
    ours = put(OURS, "Arriving", 1)
    assert window.look() == view("Arriving")
    put(OURS, "Break", 2)
    assert window.look() == view("Break")
    ours.remove()
    assert window.look() is None
    put(OURS, "Closing", 3)
    assert window.look() == view("Closing")


def test_it_begins_with_the_latest_and_never_changes_to_another_group_meanwhile() -> None:
    put(OTHERS, "Elsewhere", 1)
    ours = put(OURS, "Arriving", 2)
    window = Audience(places())
    assert window.look() == view("Arriving")
    put(OTHERS, "Their break", 3)
    assert window.look() == view("Arriving")
    ours.remove()
    assert window.look() == view("Their break")


def leave(sitting: str, now: str, changed: int) -> None:
    """What a console shows that is killed then."""
    file = put(sitting, now, changed)
    assert file._held is not None
    os.close(file._held)
    file._held = None


def test_it_does_not_begin_with_what_a_killed_console_left() -> None:
    leave(OTHERS, "Elsewhere", 9)
    window = Audience(places())
    assert window.look() is None
    put(OURS, "Arriving", 2)
    assert window.look() == view("Arriving")


def test_what_it_follows_stays_while_its_console_is_killed_and_started_again() -> None:
    ours = put(OURS, "Arriving", 1)
    window = Audience(places())
    window.look()
    ours.remove()
    leave(OTHERS, "Elsewhere", 2)
    assert window.look() is None  # and takes no other that is dead
    put(OURS, "Arriving", 3)
    window.look()
    leave(OURS, "Break", 4)
    assert window.look() == view("Break")
    put(OTHERS, "Their break", 5)
    assert window.look() == view("Break")
    put(OURS, "Closing", 6)
    assert window.look() == view("Closing")


def test_a_sitting_that_was_named_is_shown_as_it_was_left() -> None:
    leave(OURS, "Break", 1)
    assert Audience(places(), OURS).look() == view("Break")


def test_a_sitting_that_was_named_is_the_only_one() -> None:
    window = Audience(places(), OURS)
    put(OTHERS, "Elsewhere", 1)
    assert window.look() is None
    put(OURS, "Arriving", 2)
    put(OTHERS, "Their break", 3)
    assert window.look() == view("Arriving")


def test_a_file_is_read_only_when_it_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Path] = []
    read = audience.read

    def counted(path: Path) -> bytes:
        reads.append(path)
        return read(path)

    monkeypatch.setattr(audience, "read", counted)
    window = Audience(places())
    put(OURS, "Arriving", 1)
    assert {window.look() for _ in range(4)} == {view("Arriving")}
    assert len(reads) == 1
    put(OURS, "Break", 2)
    assert {window.look() for _ in range(4)} == {view("Break")}
    assert len(reads) == 2


@pytest.mark.parametrize("raw", [b"", b"{", b'{"v":2}', b"\x00" * 99])
def test_damage_shows_nothing_until_there_is_something_whole(raw: bytes) -> None:
    window = Audience(places())
    put(OURS, "Arriving", 1)
    window.look()
    places().shown(OURS).write_bytes(raw)
    assert window.look() is None
    put(OURS, "Break", 3)
    assert window.look() == view("Break")


def test_following_tells_what_is_shown_first_and_then_every_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(audience, "LOOKS", 0.001)
    told: queue.SimpleQueue[AudienceView | None] = queue.SimpleQueue()
    window = Audience(places())
    window.follow(told.put)
    assert told.get(timeout=PATIENCE) is None
    ours = put(OURS, "Arriving", 1)
    assert told.get(timeout=PATIENCE) == view("Arriving")
    ours.remove()
    assert told.get(timeout=PATIENCE) is None
    window.stop(PATIENCE)
    put(OURS, "Break", 2)
    assert told.empty()
    assert "audience" not in {thread.name for thread in threading.enumerate()}


def test_a_window_that_follows_nothing_can_be_stopped() -> None:
    Audience(places()).stop(PATIENCE)
