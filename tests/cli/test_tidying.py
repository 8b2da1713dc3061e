"""Words that are to go when a sitting is closed go, whenever the program ends."""

from __future__ import annotations

import pytest
from tests.conftest import HandClock
from tests.session.sitting import AGENDA, do, files_under, holding, write

from facilitate.cli.desk import LocalDesk, RehearsalDesk
from facilitate.core.commands import Close, Next, NoteRecord
from facilitate.core.entry_commands import LetGo, TakeBack
from facilitate.session import harvest
from facilitate.session.live import LiveSession
from facilitate.store.places import places


@pytest.fixture
def desk(clock: HandClock) -> LocalDesk:
    return LocalDesk(places(), clock)


def closed(desk: LocalDesk, *texts: str) -> LiveSession:
    """A sitting with some lines, the last of them taken back, and its record on disk."""
    live = desk.begin(AGENDA, lambda: None)
    do(live, Next(seen=None))
    for text in (*texts, "CANARY taken back"):
        write(live, text)
    do(live, TakeBack())
    if texts:
        do(live, LetGo(number=1))
    do(live, Close())
    desk.write_record(live)
    return live


def killed(desk: LocalDesk, *texts: str) -> LiveSession:
    """The same, and the program ended after that had been noted."""
    live = closed(desk, *texts)
    do(live, NoteRecord(revision=1))
    assert live.close(5)
    return live


def refused(*_: object) -> int:
    raise PermissionError


def tidied_to_the_words_kept_apart(live: LiveSession, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tidied, and the program ended before the last step of it."""
    with monkeypatch.context() as patch:
        patch.setattr(harvest, "remove_words_kept_apart", refused)
        with pytest.raises(PermissionError):
            harvest.tidy(places(), live.state)


@pytest.mark.parametrize("texts", [(), ("l: CANARY for us",)], ids=["open", "kept apart"])
def test_the_next_start_tidies_what_a_killed_program_left(
    desk: LocalDesk, texts: tuple[str, ...]
) -> None:
    live = killed(desk, *texts)
    assert holding("CANARY")
    assert desk.home().unfinished == ()
    assert holding("CANARY") == []
    left = [path.name for path in files_under(places().private(live.sitting))]
    assert left == ["team.toml"]
    assert harvest.finish_tidying(places()) == 0


def test_opening_an_agenda_tidies_too_and_a_rehearsal_leaves_all_as_it_is(
    desk: LocalDesk, clock: HandClock
) -> None:
    killed(desk, "l: CANARY for us")
    before = holding("CANARY")
    rehearsal = RehearsalDesk(places(), clock)
    rehearsal.home()
    rehearsal.open_agenda("nowhere.toml")
    assert holding("CANARY") == before
    desk.open_agenda("nowhere.toml")
    assert holding("CANARY") == []


def test_killed_between_the_journals_and_the_words_kept_apart_it_is_finished(
    desk: LocalDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = killed(desk, "l: CANARY for us")
    tidied_to_the_words_kept_apart(live, monkeypatch)
    assert {name.split("/")[0] for name in holding("CANARY")} == {"private"}
    assert harvest.finish_tidying(places()) == 1
    assert holding("CANARY") == []


def test_words_in_several_files_go_when_only_the_first_was_reached(
    desk: LocalDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = desk.begin(AGENDA, lambda: None)
    do(first, Next(seen=None))
    write(first, "CANARY one")
    assert first.close(5)
    live = desk.resume(first.sitting, lambda: None)
    write(live, "*1 CANARY other words")
    do(live, LetGo(number=1), Close())
    desk.write_record(live)
    do(live, NoteRecord(revision=1))
    assert live.close(5)
    own = places().own(live.sitting)
    (early,) = [path for path in own.glob("*.jsonl") if b"CANARY one" in path.read_bytes()]
    late = {path: path.read_bytes() for path in own.glob("*.jsonl") if path != early}
    tidied_to_the_words_kept_apart(live, monkeypatch)
    for path, raw in late.items():
        path.write_bytes(raw)
    assert holding("CANARY other words")
    assert harvest.finish_tidying(places()) == 1
    assert holding("CANARY") == []


def test_a_sitting_that_is_not_over_keeps_its_words(desk: LocalDesk) -> None:
    live = closed(desk, "l: CANARY for us")  # its record is not noted
    before = holding("CANARY")
    assert harvest.finish_tidying(places()) == 0
    desk.home()
    assert holding("CANARY") == before
    assert live.close(5)


def test_what_the_disk_refuses_is_left_for_the_next_start(
    desk: LocalDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed(desk, "l: CANARY for us")
    with monkeypatch.context() as patch:
        patch.setattr(harvest, "redact", refused)
        assert desk.home().unfinished == ()
    assert holding("CANARY")
    desk.home()
    assert holding("CANARY") == []


def test_where_nothing_is_to_go_no_mark_is_left(desk: LocalDesk) -> None:
    live = desk.begin(AGENDA, lambda: None)
    do(live, Next(seen=None))
    write(live, "One mic")
    do(live, Close())
    desk.write_record(live)
    assert not list(places().private(live.sitting).glob("*.jsonl"))
    assert live.close(5)
