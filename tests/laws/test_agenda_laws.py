"""No input gives a traceback, whatever happened to the file."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from facilitate.formats.agenda_toml import Unreadable, read_agenda
from facilitate.formats.programme_toml import read_programme
from facilitate.formats.toml_reading import is_programme

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "agendas").glob("*.toml"))
AGENDA = (ROOT / "tests" / "data" / "agendas" / "small.toml").read_text(encoding="utf-8")

VALUES = r"""
true
-3
99999999999999999999
1.5
nan
""
"x"
[1]
["x", 1]
[[]]
{ a = 1 }
09:00
09:00:00
"09:00"
"24:00"
2024-02-29
0001-01-01
9999-12-31
015
"a\u202Eb"
"[/b] [red"
“x”
”
""".strip().splitlines()


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A shipped file, damaged in a few places: lines, values, bytes."""
    file = draw(st.sampled_from(SHIPPED))
    lines = file.read_bytes().split(b"\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["drop", "twice", "value", "byte", "insert"])):
            case "drop":
                del lines[at]
            case "twice":
                lines.insert(draw(st.integers(0, len(lines))), lines[at])
            case "value":
                lines[at] = (
                    lines[at].split(b"=")[0] + b"= " + draw(st.sampled_from(VALUES)).encode()
                )
            case "byte":
                place = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:place] + lines[at][place + 1 :]
            case "insert":
                place = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:place] + draw(st.binary(max_size=3)) + lines[at][place:]
    return b"\n".join(lines)


def read_any(raw: bytes) -> None:
    """Read a file as check does; what comes out is whole and has its places."""
    try:
        if is_programme(raw):
            programme = read_programme(raw, "file.toml")
            value, problems = programme.programme is not None, programme.problems
        else:
            agenda = read_agenda(raw, "file.toml")
            value, problems = agenda.agenda is not None, agenda.problems
    except Unreadable:
        return
    assert value == all(problem.level == "warning" for problem in problems)
    lines = raw.count(b"\n") + 1
    assert all(problem.line is None or 1 <= problem.line <= lines for problem in problems)
    assert not any(re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", str(p)) for p in problems)


@given(damaged())
def test_a_damaged_file_gives_problems_and_never_a_traceback(raw: bytes) -> None:
    read_any(raw)


@given(st.binary(max_size=400))
def test_random_bytes_give_problems_and_never_a_traceback(raw: bytes) -> None:
    read_any(raw)


@given(st.text(max_size=200), st.sampled_from(["title", "say", "chat", "kind", "start", "id"]))
def test_any_text_in_any_place_is_read_or_told(text: str, key: str) -> None:
    shown = "".join(f"\\U{ord(c):08X}" for c in text if not 0xD800 <= ord(c) < 0xE000)
    value = f'["{shown}"]' if key == "chat" else f'"{shown}"'
    read_any(f"{AGENDA}\n[[segment]]\nminutes = 1\n{key} = {value}\n".encode())


@given(st.text(st.sampled_from("[]/b#= \"'red{}@click().\\"), max_size=40))
def test_text_that_looks_like_markup_is_kept_as_it_is(text: str) -> None:
    kept = text.replace("\\", "\\\\").replace('"', '\\"')
    raw = AGENDA.replace('title = "Closing"', f'title = "x{kept}"').encode()
    agenda = read_agenda(raw, "file.toml").agenda
    assert agenda is not None
    assert agenda.segments[1].title == f"x{text}"


def test_tables_nested_without_end_are_told() -> None:
    for text in ("a = " + "[" * 5_000 + "]" * 5_000, "a" + ".a" * 500 + " = 1"):
        assert read_agenda(text.encode(), "file.toml").problems
