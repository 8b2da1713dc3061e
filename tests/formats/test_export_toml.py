import datetime as dt
from pathlib import Path

import pytest
from tests.formats.shared_lines import TWO, everything, line, nothing, sitting

from facilitate.core.agenda import Carried
from facilitate.core.record import Wording
from facilitate.core.sharing import SharedLine, shared
from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.export.carry_toml import write

GOLDEN = Path(__file__).parents[1] / "golden" / "export"
AGENDA = b"""\
format = 1

[session]
id = "next"
title = "The next one"
start = "09:00"
timezone = "UTC"
minutes = 10
place = "online"

[team]
lead = ""

[[objective]]
key = "be"
text = "Be here"

[[segment]]
title = "Closing"
kind = "closing"
minutes = 10
serves = ["be"]

"""


def carried(raw: bytes) -> tuple[Carried, ...]:
    """What an agenda brings along that has the lines at its end, and nothing else to say."""
    reading = read_agenda(AGENDA + raw, "next.toml")
    assert reading.problems == ()
    assert reading.agenda is not None
    return reading.agenda.carried


def test_the_lines_to_carry_are_the_same_for_ever() -> None:
    assert write(everything("toml")) == (GOLDEN / "carry.toml").read_bytes()


def test_an_agenda_reads_every_line_back() -> None:
    every = everything("toml")
    due = {"A2": "2027-01-03", "A31": "2027-01-31", "Q34": "next"}
    assert carried(write(every)) == tuple(_as_carried(line, due) for line in every.lines)
    assert len(every.lines) == 15


def _as_carried(line: SharedLine, due: dict[str, str]) -> Carried:
    entry = line.entry
    return Carried(id=entry.id, kind=entry.kind, text=entry.text, due=due.get(entry.id))


def test_a_file_without_lines_says_what_it_is_for_and_changes_no_agenda() -> None:
    raw = write(nothing("toml"))
    assert raw.startswith(b"# What the next sitting brings along.")
    assert carried(raw) == ()


def test_a_span_is_written_as_its_day_because_no_agenda_knows_where_it_began() -> None:
    said = sitting(TWO, line("A1", "One", "open", when="+1m"))
    assert [one.due for one in carried(write(shared(said, [], "toml")))] == ["2026-12-22"]


def test_two_lines_with_one_name_are_told_apart() -> None:
    names = ("A1", "A1", "A1-2", "A1")
    lines = [line(name, f"{place}", "open") for place, name in enumerate(names)]
    found = carried(write(shared(sitting(TWO, *lines), [], "toml")))
    assert sorted(one.text for one in found) == ["0", "1", "2", "3"]
    assert len({one.id for one in found}) == 4
    assert {"A1", "A1-2"} <= {one.id for one in found}


@pytest.mark.parametrize(
    "text", ['"""', "\\", "'''", "# so", "“curly”", "a = b\n[[carry]]", "🏳️‍🌈"]
)
def test_no_words_end_a_line_of_the_file(text: str) -> None:
    one = line("A1", text, "open", lineage=text, also=(Wording(text=text, lineage=text),))
    (found,) = carried(write(shared(sitting(TWO, one), [], "toml")))
    assert found.text == text.replace("\n", " ")


def test_what_an_agenda_has_no_key_for_stands_above_the_line() -> None:
    other = Wording(text="Two", lineage="them")
    one = line("A1", "One", "open", lineage="us", also=(other,))
    raw = write(shared(sitting(TWO, one, date=dt.date(2026, 11, 22)), [], "toml"))
    assert raw.decode().partition("\n\n")[2] == (
        "# stands on: us\n"
        "# also in these words: Two (stands on: them)\n"
        '[[carry]]\nid = "A1"\nkind = "agreement"\ntext = "One"\n'
    )
