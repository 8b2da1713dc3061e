"""Out of the program and back: what is lost on the way is what was told before."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from tests.formats.importing.imported import draft, errors
from tests.formats.whole_agenda import GOLDEN, OF_TEAM, SHIPPED, read, whole

from facilitate.core.agenda import Agenda, Objective, Role, Segment
from facilitate.core.capture_line import clean
from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.export import agenda_csv, agenda_markdown
from facilitate.formats.importing.agenda_file import agenda_file
from facilitate.formats.importing.draft import Draft

KEPT = (
    "title", "kind", "minutes", "lead", "with_", "serves", "at_least", "at_most", "purpose",
    "say", "notes", "tech", "access", "listen_for", "if_short", "if_heavy", "if_quiet", "chat",
    "materials",
)  # fmt: skip
"""What a table for the team keeps of a part."""

AGENDAS = {path.stem: path for path in (*SHIPPED, GOLDEN / "agenda.toml")}


def cells(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def as_csv(agenda: Agenda) -> Draft:
    raw = agenda_csv.write(agenda, "team")
    return draft(raw, "day.csv", timezone=agenda.timezone, date=agenda.date)


def as_workbook(agenda: Agenda) -> Draft:
    """The same table, by way of a workbook whose cells are times and numbers."""
    made = openpyxl.Workbook()
    for row in cells(agenda_csv.write(agenda, "team")):
        made.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    raw = io.BytesIO()
    made.save(raw)
    return draft(raw.getvalue(), "day.xlsx", timezone=agenda.timezone, date=agenda.date)


def on_one_line(segment: Segment) -> Segment:
    """A part as a table keeps it: one line for each text, and only what has a column."""
    kept = {}
    for key in KEPT:
        value = getattr(segment, key)
        if isinstance(value, str):
            value = clean(value)
        if key in {"chat", "materials"}:
            value = tuple(map(clean, value))
        kept[key] = value
    return Segment(id="", **kept)


@pytest.mark.parametrize("way", [as_csv, as_workbook])
@pytest.mark.parametrize("name", AGENDAS)
def test_a_table_comes_back_with_all_that_it_has_columns_for(
    name: str, way: Callable[[Agenda], Draft]
) -> None:
    agenda = read(AGENDAS[name])
    back = way(agenda)
    assert [replace(one, id="") for one in back.agenda.segments] == [
        on_one_line(one) for one in agenda.segments
    ]
    assert (back.agenda.start, back.agenda.minutes) == (
        agenda.start, sum(one.minutes for one in agenda.segments),
    )  # fmt: skip
    assert {one.key for one in back.agenda.objectives} <= {"day"} | {
        one.key for one in agenda.objectives
    }
    roles = [Role(role=one.role) for one in back.agenda.team]
    assert list(back.agenda.team) == roles
    assert not errors(back)


def test_all_that_does_not_come_back_was_told_before() -> None:
    agenda = whole()
    back = as_csv(agenda).agenda
    told = agenda_csv.untold(agenda, "team")
    assert {
        "its id", "the title", "the subtitle", "the date", "the promised end", "the timezone",
        "the place", "the cohort", "the team", "the objectives", "the preparation",
        "promised starts (1 part)", "fixed ends (1 part)", "that they are protected (1 part)",
        "plans for small rooms (1 part)", "links (1 part)", "line ends within texts",
    } <= set(told)  # fmt: skip
    assert [one.lead for one in back.segments] == ["lead", None, "co_lead", None]
    assert back.objectives == (
        Objective(key="words", text="words"), Objective(key="rest", text="rest"),
    )  # fmt: skip


def test_a_time_that_does_not_follow_from_the_lengths_is_told_on_the_way_back() -> None:
    back = as_csv(whole())
    assert [(one.what, one.rows) for one in back.left_out] == [('"start"', (5,))]
    assert back.differs == (
        "Line 4 begins at 09:40 and has 40 min, so it ends at 10:20; line 5 begins at 10:30.",
    )


@pytest.mark.parametrize("name", AGENDAS)
def test_a_page_in_markdown_comes_back_with_the_table_of_its_day(name: str) -> None:
    agenda = read(AGENDAS[name])
    back = draft(agenda_markdown.write(agenda, "team"), "day.md", timezone=agenda.timezone)
    assert [(one.title, one.kind, one.minutes, one.lead) for one in back.agenda.segments] == [
        (clean(one.title), one.kind, one.minutes, one.lead) for one in agenda.segments
    ]
    assert back.agenda.title == clean(agenda.title)
    assert any(one.what.endswith("of text outside of the table") for one in back.left_out)
    assert not errors(back)


@pytest.mark.parametrize("name", AGENDAS)
def test_a_page_for_everyone_comes_back_with_its_times_and_purposes(name: str) -> None:
    agenda = read(AGENDAS[name])
    back = draft(agenda_markdown.write(agenda, "participants"), "x.md", timezone="UTC")
    assert [(one.title, clean(one.purpose)) for one in back.agenda.segments] == [
        (clean(one.title), clean(one.purpose)) for one in agenda.segments
    ]
    assert back.agenda.start == agenda.start


def test_a_file_that_was_made_says_what_was_shown() -> None:
    back = as_csv(whole())
    reading = read_agenda(agenda_file(back, "day.csv"), "new.toml")
    assert reading.agenda is not None
    assert reading.agenda.segments == back.agenda.segments
    assert reading.agenda.objectives == back.agenda.objectives


# The table itself


@pytest.mark.parametrize("audience", ["team", "participants"])
def test_the_table_is_the_same_for_ever(audience: str) -> None:
    golden = (GOLDEN / f"{audience}.csv").read_bytes()
    assert agenda_csv.write(whole(), "team" if audience == "team" else "participants") == golden


def test_the_table_for_everyone_holds_nothing_that_is_the_teams() -> None:
    raw = agenda_csv.write(whole(), "participants").decode()
    assert not [word for word in OF_TEAM if word in raw]
    assert cells(raw.encode())[0] == ["start", "minutes", "title", "purpose"]


def test_no_cell_of_the_table_is_computed_by_a_spreadsheet() -> None:
    agenda = whole()
    wild = replace(agenda.segments[0], title="=1+1", chat=("@x", "-y"), say="+1")
    raw = agenda_csv.write(replace(agenda, segments=(wild, *agenda.segments[1:])), "team")
    assert not [
        cell for row in cells(raw) for cell in row if cell.startswith(("=", "+", "-", "@"))
    ]
    back = draft(raw).agenda.segments[0]
    assert (back.title, back.chat, back.say) == ("=1+1", ("@x", "-y"), "+1")


def test_shipped_agendas_are_all_tried() -> None:
    assert len(AGENDAS) > len(list(Path(GOLDEN).glob("*.toml"))) + 15
