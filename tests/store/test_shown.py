"""Files for the moment: in one step, for their owner alone, swept when no one shows them."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitate.store import shown
from facilitate.store.files import Disk
from facilitate.store.shown import ShownFile, held, newest, read, remove_left_behind, sign


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "show" / "a.json"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def open_descriptors() -> int:
    """How many files this process has open."""
    return len(names(Path("/dev/fd")))


def test_what_is_put_is_there_and_then_what_is_put_after_it(path: Path) -> None:
    file, descriptors = ShownFile(path), open_descriptors()
    for content in (b"one", b"a longer one", b""):
        file.put(content)
        assert read(path) == content
        assert names(path.parent) == ["a.json"]
        assert open_descriptors() == descriptors + 1
    file.remove()
    file.remove()
    assert names(path.parent) == []
    assert open_descriptors() == descriptors


def test_folder_and_file_are_for_their_owner_alone(path: Path) -> None:
    before = os.umask(0)
    try:
        ShownFile(path).put(b"one")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


class Refusing(Disk):
    """A disk that refuses one kind of call."""

    def __init__(self, call: str) -> None:
        self._call = call

    def __getattribute__(self, name: str) -> Callable[..., object]:
        if name == object.__getattribute__(self, "_call"):
            return refuse
        found: Callable[..., object] = object.__getattribute__(self, name)
        return found


def refuse(*_: object) -> None:
    raise OSError


@pytest.mark.parametrize("call", ["create", "write", "replace"])
def test_a_disk_that_refuses_leaves_what_was_shown_before(path: Path, call: str) -> None:
    ShownFile(path).put(b"one")
    descriptors = open_descriptors()
    with pytest.raises(OSError):  # noqa: PT011 - any of them
        ShownFile(path, Refusing(call)).put(b"two")
    assert read(path) == b"one"
    assert names(path.parent) == ["a.json"]
    assert open_descriptors() == descriptors


SHOW_AND_DIE = """
import os, sys
from pathlib import Path
from facilitate.store.shown import ShownFile
ShownFile(Path(sys.argv[1])).put(b"left behind")
os._exit(9)
"""


def test_what_a_killed_program_left_is_removed_and_what_is_shown_stays(path: Path) -> None:
    ours = ShownFile(path)
    ours.put(b"one")
    ours.put(b"two")
    left = path.with_name("left.json")
    subprocess.run([sys.executable, "-c", SHOW_AND_DIE, left], check=False)
    half = path.with_name(".half.json.0000.new")
    half.touch()
    remove_left_behind(path.parent)
    assert names(path.parent) == ["a.json"]
    ours.remove()
    remove_left_behind(path.parent)
    remove_left_behind(path.parent / "nowhere")


def test_nothing_but_plain_files_is_removed_or_read(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir(parents=True)
    precious = tmp_path / "precious"
    precious.write_bytes(b"mine")
    (path.parent / "link.json").symlink_to(precious)
    (path.parent / "folder.json").mkdir()
    os.mkfifo(path.parent / "pipe.json")
    assert newest(path.parent) is None
    assert sign(path.parent / "link.json") is None
    remove_left_behind(path.parent)
    assert names(path.parent) == ["folder.json", "link.json", "pipe.json"]
    assert precious.read_bytes() == b"mine"


def test_the_newest_is_the_one_that_changed_last(path: Path) -> None:
    assert newest(path.parent) is None
    for name, changed in (("a.json", 3), ("b.json", 5), ("c.json", 4), (".d.json.new", 9)):
        ShownFile(path.with_name(name)).put(b"")
        os.utime(path.with_name(name), ns=(changed, changed))
    assert newest(path.parent) == path.with_name("b.json")


def test_the_newest_is_one_that_a_living_program_shows(path: Path) -> None:
    left, ours = path.with_name("left.json"), ShownFile(path)
    subprocess.run([sys.executable, "-c", SHOW_AND_DIE, left], check=False)
    assert read(left) == b"left behind"
    descriptors = open_descriptors()
    assert newest(path.parent) is None
    ours.put(b"one")
    os.utime(path, ns=(1, 1))
    assert newest(path.parent) == path
    assert newest(path.parent) == path  # asking takes nothing from anybody
    assert open_descriptors() == descriptors + 1
    ours.remove()
    assert newest(path.parent) is None


def test_where_no_locks_are_known_nothing_can_be_told_to_be_shown(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown.fcntl, "flock", refuse)
    ShownFile(path).put(b"one")
    assert newest(path.parent) is None


def test_a_sign_tells_one_file_from_the_next_even_of_the_same_size(path: Path) -> None:
    file, signs = ShownFile(path), {sign(path)}
    for content in (b"one", b"two", b"six", b"ten"):
        file.put(content)
        signs.add(sign(path))
    assert len(signs) == 5


def test_what_is_too_long_or_not_there_gives_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read(path) == b""
    monkeypatch.setattr(shown, "MOST", 3)
    file = ShownFile(path)
    file.put(b"one")
    assert read(path) == b"one"
    file.put(b"four")
    assert read(path) == b""


def test_what_living_programs_show_is_held_and_what_others_left_is_not(path: Path) -> None:
    assert held(path.parent) == ()
    one, other = ShownFile(path), ShownFile(path.with_name("b.c.json"))
    one.put(b"one")
    other.put(b"other")
    path.with_name("left.json").write_bytes(b"left")
    assert held(path.parent) == ("a", "b.c")
    one.remove()
    assert held(path.parent) == ("b.c",)
    other.remove()
