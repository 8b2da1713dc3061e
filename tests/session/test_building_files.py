"""The files of a day that is being built: nothing is lost, and nothing is written unasked."""

from pathlib import Path

import pytest
from tests.tui.stage import DAY, day_file

from facilitate.core.build_changes import Change, Lengthened, Moved
from facilitate.session.agenda_files import Unbuildable
from facilitate.session.building_files import (
    CHANGED,
    GONE,
    SAME_DAY,
    THEIRS,
    UNREADABLE,
    Theirs,
    let_go,
    open_day,
    put_aside,
    save,
    save_over,
)
from facilitate.session.building_steps import Written, write_out
from facilitate.store.places import places


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return day_file(tmp_path)


def opened(path: Path) -> Written:
    return open_day(places(), path).saved


def after(day: Written, *changes: Change) -> Written:
    return write_out(day, changes, "day.toml").days[-1]


def kept() -> list[str]:
    """The names of what lies beside agendas."""
    return sorted(path.name for path in places().unsaved.glob("*/*"))


def test_opening_and_looking_writes_nothing(path: Path) -> None:
    found = open_day(places(), path)
    assert found.name == "harbour.toml"
    assert found.unsaved is None
    assert not places().unsaved.exists()


def test_what_is_not_saved_is_found_again_with_what_it_was_made_to(path: Path) -> None:
    day = opened(path)
    changed = after(day, Lengthened(1, 30))
    put_aside(places(), path, changed, day)
    found = open_day(places(), path).unsaved
    assert found is not None
    assert found.day.text == changed.text
    assert found.before.text == day.text
    assert path.read_text() == DAY
    assert {one.stat().st_mode & 0o077 for one in places().unsaved.glob("*/*")} == {0}


def test_each_file_has_its_own_and_a_link_leads_to_the_same(path: Path, tmp_path: Path) -> None:
    day = opened(path)
    put_aside(places(), path, after(day, Lengthened(1, 30)), day)
    other = tmp_path / "other.toml"
    other.write_text(DAY)
    assert open_day(places(), other).unsaved is None
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    assert open_day(places(), link).unsaved is not None


def test_what_is_as_the_file_says_is_not_put_aside(path: Path) -> None:
    day = opened(path)
    put_aside(places(), path, after(day, Lengthened(1, 30)), day)
    put_aside(places(), path, day, day)
    assert kept() == []


def test_what_the_file_says_meanwhile_is_not_offered(path: Path) -> None:
    day = opened(path)
    changed = after(day, Lengthened(1, 30))
    put_aside(places(), path, changed, day)
    path.write_bytes(changed.text.raw())
    assert open_day(places(), path).unsaved is None


def test_changes_to_a_file_that_another_changed_since_are_offered_with_their_own_start(
    path: Path,
) -> None:
    day = opened(path)
    put_aside(places(), path, after(day, Lengthened(1, 30)), day)
    path.write_text(DAY.replace('"Arriving"', '"Here"'))
    found = open_day(places(), path)
    assert found.unsaved is not None
    assert found.unsaved.before.text == day.text
    assert found.saved.agenda.segments[0].title == "Here"
    put_aside(places(), path, after(found.saved, Lengthened(0, 10)), found.saved)
    newer = open_day(places(), path).unsaved
    assert newer is not None
    assert newer.before.text == found.saved.text


@pytest.mark.parametrize("name", ["changed.toml", "before.toml"])
@pytest.mark.parametrize("raw", [None, b"", b"\xff\xfe", b"format = 1\n"])
def test_what_was_put_aside_and_cannot_be_read_is_not_offered(
    path: Path, name: str, raw: bytes | None
) -> None:
    day = opened(path)
    put_aside(places(), path, after(day, Lengthened(1, 30)), day)
    (broken,) = places().unsaved.glob(f"*/{name}")
    if raw is None:
        broken.unlink()
    else:
        broken.write_bytes(raw)
    assert open_day(places(), path).unsaved is None


def test_saving_writes_the_changed_lines_and_keeps_the_permissions(path: Path) -> None:
    path.chmod(0o640)
    day = opened(path)
    assert save(path, after(day, Lengthened(1, 30), Moved(4, 3)), day) is None
    assert path.stat().st_mode & 0o777 == 0o640
    gone = [one for one in DAY.splitlines() if one not in path.read_text().splitlines()]
    assert gone == ["minutes = 150", "minutes = 40"]


def test_what_another_wrote_meanwhile_is_told_and_not_written_over(path: Path) -> None:
    day = opened(path)
    theirs = DAY.replace('"Arriving"', '"Here"').replace("minutes = 15\n", "minutes = 10\n")
    path.write_text(theirs)
    found = save(path, after(day, Lengthened(1, 30)), day)
    assert found is not None
    assert found.told == (
        "Here: was called Arriving, 15 -> 10 min",
        "Break: 15 -> 10 min",
    )
    assert path.read_text() == theirs


@pytest.mark.parametrize(
    ("raw", "told"),
    [(f"{DAY}\n# a note\n".encode(), SAME_DAY), (b"\xff", UNREADABLE), (b"a = ", UNREADABLE)],
)
def test_whatever_another_wrote_is_told(path: Path, raw: bytes, told: str) -> None:
    day = opened(path)
    path.write_bytes(raw)
    assert save(path, after(day, Lengthened(1, 30)), day) == Theirs(raw, (told,))


def test_mine_is_kept_and_theirs_is_put_aside_and_stays_there(path: Path) -> None:
    day = opened(path)
    mine = after(day, Lengthened(1, 30))
    put_aside(places(), path, mine, day)
    theirs = DAY.replace('"Arriving"', '"Here"')
    path.write_text(theirs)
    found = save(path, mine, day)
    assert found is not None
    aside = save_over(places(), path, mine, found)
    let_go(places(), path)
    assert isinstance(aside, Path)
    assert aside.read_text() == theirs
    assert path.read_bytes() == mine.text.raw()
    assert kept() == [THEIRS]
    let_go(places(), path)
    assert kept() == [THEIRS]


def test_a_file_that_changes_once_more_is_asked_about_once_more(path: Path) -> None:
    day = opened(path)
    mine = after(day, Lengthened(1, 30))
    path.write_text(f"{DAY}\n# one\n")
    found = save(path, mine, day)
    assert found is not None
    path.write_text(f"{DAY}\n# two\n")
    again = save_over(places(), path, mine, found)
    assert isinstance(again, Theirs)
    assert again.raw == path.read_bytes()
    assert kept() == []


def test_a_file_that_is_gone_can_be_written_anew(path: Path) -> None:
    day = opened(path)
    mine = after(day, Lengthened(1, 30))
    path.unlink()
    found = save(path, mine, day)
    assert found == Theirs(None, (GONE,))
    assert save_over(places(), path, mine, found) is None
    assert path.read_bytes() == mine.text.raw()
    assert isinstance(save_over(places(), path, day, found), Theirs)


def test_what_cannot_be_read_is_no_file_that_someone_changed(path: Path) -> None:
    day = opened(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(IsADirectoryError):
        save(path, after(day, Lengthened(1, 30)), day)


def test_what_is_no_agenda_cannot_be_built_on(tmp_path: Path) -> None:
    for content in (b"", b"\xff\xfe", b'[programme]\nid = "p"\n', b"format = 2\n"):
        (tmp_path / "x.toml").write_bytes(content)
        with pytest.raises(Unbuildable) as caught:
            open_day(places(), tmp_path / "x.toml")
        assert caught.value.problems
    with pytest.raises(Unbuildable):
        open_day(places(), tmp_path / "none.toml")


def test_half_a_copy_is_never_taken_for_one_of_another_start(path: Path) -> None:
    day = opened(path)
    put_aside(places(), path, after(day, Lengthened(1, 30)), day)
    other = after(day, Lengthened(0, 10))
    (changed,) = places().unsaved.glob(f"*/{CHANGED}")
    changed.unlink()  # as if the power went between the two
    assert open_day(places(), path).unsaved is None
    put_aside(places(), path, other, day)
    found = open_day(places(), path).unsaved
    assert found is not None
    assert found.day.text == other.text
