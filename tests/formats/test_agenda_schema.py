"""The schema for editors: every key is in it with a word, and real editors' tools take it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.formats.agenda_schema import (
    CLOCK,
    LAYOUTS,
    SCHEMA_FILES,
    Sort,
    schema_line,
    schema_text,
)
from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.clock_text import clock_time
from facilitate.formats.key_words import KEYS, TABLES
from facilitate.formats.layout import INNER, keys_of

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "agendas").glob("*.toml"))
AGENDA = (ROOT / "tests" / "data" / "agendas" / "small.toml").read_text(encoding="utf-8")
PROGRAMME = (ROOT / "agendas" / "programme.toml").read_text(encoding="utf-8")
SORTS: list[Sort] = ["agenda", "programme"]


def inside(value: Any) -> Iterator[dict[str, Any]]:
    """Every table in a schema."""
    if isinstance(value, dict):
        yield value
    for one in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from inside(one)


# What it holds


def test_every_key_of_every_table_has_a_word_and_no_other() -> None:
    shapes = {
        (shape, layout.head_keys if shape is layout.shape else keys_of(shape))
        for layout in LAYOUTS.values()
        for shape in (
            layout.shape,
            *(shape for _, shape in (*layout.lists.values(), *layout.tables.values())),
            *INNER.values(),
        )
    }
    assert {shape: set(said) for shape, said in KEYS.items()} == {
        shape: set(keys) for shape, keys in shapes
    }
    assert set(TABLES) == set(KEYS)
    words = [word for said in KEYS.values() for word in said.values()] + list(TABLES.values())
    assert all(word[0].isupper() or word[0].isdigit() for word in words)
    assert all(word.endswith(".") for word in words)


@pytest.mark.parametrize("sort", [*SORTS, None])
def test_every_property_is_described_and_nothing_else_is_allowed(sort: Sort | None) -> None:
    schema = json.loads(schema_text(sort))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    tables = [table for table in inside(schema) if table.get("properties")]
    assert len(tables) >= 7
    for table in tables:
        assert table["additionalProperties"] is False
        for key, value in table["properties"].items():
            described = value.get("description") or value.get("$ref") or value.get("items")
            assert described, key


@pytest.mark.parametrize("sort", SORTS)
def test_the_tables_are_those_that_a_file_may_have(sort: Sort) -> None:
    schema, layout = json.loads(schema_text(sort)), LAYOUTS[sort]
    assert tuple(schema["properties"]) == layout.names
    assert schema["required"] == ["format", *layout.needed]


@given(st.from_regex(CLOCK, fullmatch=True))
def test_what_the_schema_takes_for_a_clock_time_is_one(text: str) -> None:
    assert clock_time(text) is not None


@pytest.mark.parametrize(
    "written", ["09:00", "9:00", "9:00 AM", "9:00am", "12:05 a.m.", "23:59"]
)
def test_clock_times_as_people_write_them_are_taken(written: str) -> None:
    assert re.search(CLOCK, written)


@pytest.mark.parametrize("written", ["24:00", "9", "9:5", "13:00 PM", "0:30 AM", "noon", ""])
def test_other_words_are_no_clock_times(written: str) -> None:
    assert not re.search(CLOCK, written)


@pytest.mark.parametrize("sort", SORTS)
def test_the_line_for_editors_names_the_file_and_is_a_note_to_everyone_else(sort: Sort) -> None:
    assert schema_line(sort) == f"#:schema ./{SCHEMA_FILES[sort]}\n"
    assert read_agenda((schema_line("agenda") + AGENDA).encode(), "day.toml").problems == ()


# The real tools, which must not ask a network


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What a tool says that can reach nothing but this machine."""
    dead = "http://127.0.0.1:9"
    environment = {
        **os.environ,
        "NO_COLOR": "1",
        "http_proxy": dead,
        "https_proxy": dead,
        "all_proxy": dead,
        "TOMBI_OFFLINE": "true",
        "TOMBI_NO_CACHE": "true",
    }
    return subprocess.run(
        [Path(sys.executable).with_name(name), *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        timeout=60,
    )


def taplo(*files: Path) -> subprocess.CompletedProcess[str]:
    return tool("taplo", "lint", "--no-auto-config", *files)


def tombi(*files: Path) -> subprocess.CompletedProcess[str]:
    return tool("tombi", "lint", "--offline", "--error-on-warnings", *files)


Tool = Callable[..., subprocess.CompletedProcess[str]]
TOOLS = pytest.mark.parametrize("lint", [taplo, tombi])


def sort_of(text: str) -> Sort:
    return "programme" if "[programme]" in text else "agenda"


def put(folder: Path, name: str, text: str, schema: Sort | None) -> Path:
    """A file that points to the schema beside it: its own, or that of both."""
    line = "#:schema ./both.json\n" if schema is None else schema_line(schema)
    beside = "both.json" if schema is None else SCHEMA_FILES[schema]
    (folder / beside).write_text(schema_text(schema), encoding="utf-8")
    (folder / "tombi.toml").write_text("[schema.catalog]\npaths = []\n", encoding="utf-8")
    file = folder / name
    file.write_text(line + text, encoding="utf-8")
    return file


@TOOLS
@pytest.mark.parametrize("of_both", [False, True])
def test_editors_take_every_shipped_file(lint: Tool, *, of_both: bool, tmp_path: Path) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in SHIPPED}
    files = [
        put(tmp_path, name, text, None if of_both else sort_of(text))
        for name, text in texts.items()
    ]
    done = lint(*files)
    assert done.returncode == 0, done.stdout + done.stderr


WAYS = [
    ('start = "09:00"', 'start = "9:00 AM"'),
    ('group_size = "2-3"', 'group_size = "2\u20133"'),
    ('group_size = "2-3"', "group_size = 3"),
    ('id = "day"', 'id = "day"\ncarry_over = ["term"]\nparts = 2\nends_by = "9:30am"'),
    ('id = "day"', 'id = "day"\ntimezone = "Etc/GMT+8"'),
]


@TOOLS
def test_editors_take_what_facilitate_takes(lint: Tool, tmp_path: Path) -> None:
    files = []
    for number, (old, new) in enumerate(WAYS):
        text = (
            AGENDA.replace('timezone = "America/Los_Angeles"\n', "")
            if "zone" in new
            else AGENDA
        )
        text = text.replace(old, new)
        assert read_agenda(text.encode(), "day.toml").agenda is not None, new
        files.append(put(tmp_path, f"{number}.toml", text, "agenda"))
    done = lint(*files)
    assert done.returncode == 0, done.stdout + done.stderr


FAULTS = [
    ("agenda", 'if_short = "', 'if_shrt = "'),
    ("agenda", "minutes = 10", 'minutes = "10"'),
    ("agenda", 'kind = "closing"', 'kind = "workshop"'),
    ("agenda", 'start = "09:00"', 'start = "9"'),
    ("agenda", "2027-04-13", '"13.4.2027"'),
    ("agenda", 'id = "day"', 'id = "My Day"'),
    ("agenda", 'group_size = "2-3"', 'group_size = "two"'),
    ("agenda", "minutes = 20", "minutes = 0"),
    ("agenda", '[session]\nid = "day"', "[session]"),
    ("agenda", 'lead = "Sam"', "lead = 1"),
    ("agenda", 'ask = "What goes?"', 'ask = "What goes?", who = "all"'),
    ("programme", 'kind = "deadline"', 'kinds = "deadline"'),
    ("programme", "number = 9\n", 'number = "9"\n'),
    ("programme", 'agenda = "iecmh-01-kick-off.toml"', 'agenda = "one"'),
]


@TOOLS
@pytest.mark.parametrize("of_both", [False, True])
@pytest.mark.parametrize(("sort", "old", "new"), FAULTS)
def test_editors_refuse_what_facilitate_refuses(
    lint: Tool, sort: Sort, old: str, new: str, *, of_both: bool, tmp_path: Path
) -> None:
    text = AGENDA if sort == "agenda" else PROGRAMME
    assert text.count(old) == 1, old
    file = put(tmp_path, "x.toml", text.replace(old, new), None if of_both else sort)
    done = lint(file)
    assert done.returncode == 1
    line = text[: text.index(old)].count("\n") + 2  # one more than it was
    assert f"x.toml:{line}:" in done.stdout + done.stderr
