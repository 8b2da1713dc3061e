"""No input gives a traceback, whatever happened to the file.

`FACILITATE_FUZZ=20000 pytest tests/laws/test_agenda_laws.py` looks at so many damaged files.
"""

import os
import random
import re
import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from facilitate.formats.agenda_advice import BEARABLE
from facilitate.formats.agenda_fixing import fixed
from facilitate.formats.agenda_toml import Unreadable, look_at_agenda, read_agenda
from facilitate.formats.cards import card_of
from facilitate.formats.file_sort import sort_of
from facilitate.formats.neighbour_rules import Folder, findings
from facilitate.formats.programme_toml import look_at_programme, read_programme
from facilitate.formats.toml_reading import read_toml

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "agendas").glob("*.toml"))
FAULTY = sorted((ROOT / "tests" / "data" / "agendas").rglob("*.toml"))
AGENDA = (ROOT / "tests" / "data" / "agendas" / "small.toml").read_text(encoding="utf-8")

FILES = int(os.environ.get("FACILITATE_FUZZ", "300"))
"""How many files are damaged at random."""

NEIGHBOURS = [
    path for path in SHIPPED if path.stem in {"programme", "iecmh-02-attachment-part-1"}
]
FOLDER = Folder(
    cards=tuple(
        card_of(
            path.name,
            "programme" if path.stem == "programme" else "agenda",
            read_toml(path.read_bytes(), path.name, ("session", "topic", "before")),
        )
        for path in NEIGHBOURS
    ),
    names=frozenset(path.name for path in SHIPPED),
    asked=frozenset({"file.toml"}),
)
"""What lies beside the damaged file."""

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
        sort = sort_of(raw, "file.toml")
        if sort == "programme":
            programme = read_programme(raw, "file.toml")
            value, problems = programme.programme is not None, programme.problems
            looked = look_at_programme(raw, "file.toml")
        else:
            agenda = read_agenda(raw, "file.toml")
            value, problems = agenda.agenda is not None, agenda.problems
            looked = look_at_agenda(raw, "file.toml")
        better = fixed(raw, "file.toml")
    except Unreadable:
        return
    assert value == all(p.level == "warning" or p.code in BEARABLE for p in problems)
    lines = raw.count(b"\n") + 1
    own = card_of(
        "file.toml", "programme" if sort == "programme" else "agenda", looked.document
    )
    told = looked.problems(findings(own, FOLDER._replace(cards=(*FOLDER.cards, own))))
    assert set(problems) <= set(told)
    assert all(problem.line is None or 1 <= problem.line <= lines for problem in told)
    assert not any(re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", str(p)) for p in told)
    look_at_mended(raw, better)


def look_at_mended(raw: bytes, better: bytes) -> None:
    """What was mended has the same lines, and needs no more mending; what is sound stays."""
    assert better.count(b"\n") == raw.count(b"\n")
    assert fixed(better, "file.toml") == better
    text = raw.decode("utf-8-sig")
    try:
        tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError):
        return
    assert better == text.encode()


@given(damaged())
def test_a_damaged_file_gives_problems_and_never_a_traceback(raw: bytes) -> None:
    read_any(raw)


WORDS = [path.read_bytes() for path in (*SHIPPED, *FAULTY) if path.is_file()]
TOKEN = re.compile(rb"\w+|\"{3}|\s+|[^\w\s]")
ODD = [
    *(value.encode() for value in VALUES),
    *(
        mark.encode()
        for mark in ("\u201c", "\u201d\u201d\u201d", "\xa0", "\u200b", "\u202e", "\x00")
    ),
    *(
        b'"',
        b'"""',
        b"'",
        b"\\",
        b"\r",
        b"\n",
        b"[[",
        b"]",
        b"{",
        b"=",
        b"#",
        b",",
        b"\xff",
        b"\xef\xbb\xbf",
    ),
    *(b"[segment]", b"[[segment]]", b"[segment.breakout]", b"[programme]", b"a.b.c = 1"),
]


def mutated(dice: random.Random) -> bytes:
    """A file of ours, damaged in up to eight places, at its bytes or at its words."""
    raw = bytearray(dice.choice(WORDS))
    if dice.random() < 0.2:
        raw = raw.replace(b"\n", b"\r\n")
    if dice.random() < 0.5:
        for _ in range(dice.randint(1, 8)):
            at = dice.randrange(len(raw) + 1)
            raw[at : at + dice.choice((0, 0, 1, 1, 3, 40))] = dice.choice(
                (b"", bytes([dice.randrange(256)]), dice.choice(ODD))
            )
        return bytes(raw)
    tokens = TOKEN.findall(bytes(raw))
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(tokens) + 1)
        length = dice.choice((0, 1, 1, 2, 9))
        tokens[at : at + length] = dice.choice(
            (
                [],
                [dice.choice(ODD)],
                [dice.choice(tokens or [b""])],
                tokens[at : at + length] * 2,
            )
        )
    return b"".join(tokens)


def test_no_file_damaged_at_random_gives_a_traceback() -> None:
    for number in range(FILES):
        raw = mutated(random.Random(number))
        try:
            read_any(raw)
        except Exception as error:
            error.add_note(f"file number {number}")
            raise


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
