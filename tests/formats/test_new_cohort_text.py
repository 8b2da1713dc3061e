import datetime as dt
import difflib
import textwrap
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from tests.core.programmes import PROGRAMME

from facilitate.core.new_cohort import HandedOn
from facilitate.core.refusal import Refused
from facilitate.formats.agenda_toml import read_agenda
from facilitate.formats.new_cohort_text import (
    NOT_THEIRS,
    AgendaOfNewCohort,
    agenda_of_new_cohort,
    programme_of_new_cohort,
    with_offered,
)
from facilitate.formats.programme_toml import read_programme
from facilitate.formats.still_named import still_named

ROOT = Path(__file__).parents[2]

AGENDA = textwrap.dedent(
    """
    # The second day. Keep the quiet beginning.
    format = 1

    [session]
    id = "harbour-2"             # others point here
    programme = "harbour-2026"
    cohort = "harbour-2026"
    title = "Harbour circles"
    date = 2026-10-10            # a Saturday
    start = "09:00"
    timezone = "America/New_York"
    minutes = 20
    place = "online"
    carried_from = "harbour-1"
    carry_over = ["agreement"]

    [team]
    lead = "NAME OF THE LEAD"    # holds the arc
    co = ""
    "care" = 'NAME TWO'

    [[objective]]
    key = "be"
    text = "Be here."

    # What day one left
    [[carry]]
    id = "A3"
    kind = "agreement"
    text = "WORDS OF THE OLD COHORT"

    # Who opens the room
    [[before]]
    minutes = 20
    who = "lead"
    do = "Open the room"

    # The heart of it
    [[segment]]
    title = "Circle"
    kind = "closing"
    minutes = 20
    serves = ["be"]
    """
).encode()

NEW = AgendaOfNewCohort(
    programme="harbour-2027",
    date=dt.date(2027, 10, 9),
    ids={"harbour-1": "harbour-1-2027", "harbour-2": "harbour-2-2027"},
)
MIC = HandedOn(
    kind="agreement", state="in force", text="One mic", lineage="the elders'\ncircle"
)
REPAIR = HandedOn(kind="term", state="shared", text='repair = "going back" \\ 漢字')


def changes(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    both = list(difflib.ndiff(before.decode().splitlines(), after.decode().splitlines()))
    gone, came = ([line[2:] for line in both if line[0] == sign] for sign in "-+")
    return gone, came


# Agendas


def test_of_an_agenda_only_what_was_of_the_old_cohort_changes() -> None:
    gone, came = changes(AGENDA, agenda_of_new_cohort(AGENDA, NEW))
    assert came == [
        'id = "harbour-2-2027"             # others point here',
        'programme = "harbour-2027"',
        'cohort = "harbour-2027"',
        "date = 2027-10-09            # a Saturday",
        'carried_from = "harbour-1-2027"',
        'lead = ""    # holds the arc',
        '"care" = ""',
    ]
    assert [line for line in gone if line] == [
        'id = "harbour-2"             # others point here',
        'programme = "harbour-2026"',
        'cohort = "harbour-2026"',
        "date = 2026-10-10            # a Saturday",
        'carried_from = "harbour-1"',
        'lead = "NAME OF THE LEAD"    # holds the arc',
        "\"care\" = 'NAME TWO'",
        "# What day one left",
        "[[carry]]",
        'id = "A3"',
        'kind = "agreement"',
        'text = "WORDS OF THE OLD COHORT"',
    ]


def test_what_was_carried_from_elsewhere_is_carried_no_more() -> None:
    away = replace_in(AGENDA, 'carried_from = "harbour-1"', 'carried_from = "mooring-9"')
    assert (
        "carried_from" not in tomllib.loads(agenda_of_new_cohort(away, NEW).decode())["session"]
    )


def test_what_an_agenda_does_not_say_is_not_added() -> None:
    bare = AGENDA
    for line in (
        'programme = "harbour-2026"',
        'cohort = "harbour-2026"',
        "date = 2026-10-10            # a Saturday",
        'carried_from = "harbour-1"',
    ):
        bare = replace_in(bare, f"{line}\n", "")
    session = tomllib.loads(agenda_of_new_cohort(bare, NEW).decode())["session"]
    assert not {"programme", "cohort", "date", "carried_from"} & set(session)
    assert session["id"] == "harbour-2-2027"


def test_line_ends_and_a_mark_of_another_system_stay() -> None:
    raw = b"\xef\xbb\xbf" + AGENDA.replace(b"\n", b"\r\n")
    new = with_offered(agenda_of_new_cohort(raw, NEW), [MIC])
    assert new.startswith(b"\xef\xbb\xbf")
    assert new.count(b"\r\n") == new.count(b"\n")


def test_a_team_in_one_line_is_for_a_person_to_change() -> None:
    inline = replace_in(AGENDA, "[team]\n", "[other]\n").replace(
        b"format = 1\n", b'format = 1\nteam = { lead = "NAME" }\n'
    )
    with pytest.raises(
        Refused, match=r"the team cannot be changed from here\. Change it in an"
    ):
        agenda_of_new_cohort(inline, NEW)


def replace_in(raw: bytes, old: str, new: str) -> bytes:
    assert old.encode() in raw
    return raw.replace(old.encode(), new.encode())


# What an earlier group hands on


def test_lines_of_an_earlier_group_are_offered_and_say_so() -> None:
    new = with_offered(AGENDA, [MIC, REPAIR])
    agenda = read_agenda(new, "x").agenda
    assert agenda is not None
    assert [(one.kind, one.text) for one in agenda.offered] == [
        ("agreement", "One mic (from an earlier group)"),
        ("term", 'repair = "going back" \\ 漢字 (from an earlier group)'),
    ]


def test_they_stand_before_the_preparation_with_what_they_stand_on() -> None:
    gone, came = changes(AGENDA, with_offered(AGENDA, [MIC]))
    assert not gone
    assert came == [
        f"# {NOT_THEIRS}",
        "# stands on: the elders' circle",
        "[[offered]]",
        'kind = "agreement"',
        'text = "One mic (from an earlier group)"',
        "",
    ]
    lines = with_offered(AGENDA, [MIC]).decode().splitlines()
    assert lines.index("[[offered]]") + 4 == lines.index("# Who opens the room")


def test_they_stand_behind_what_the_team_offers_already() -> None:
    own = '[[offered]]\nkind = "agreement"\ntext = "OUR OWN"  # the team\'s\n\n# Who opens'
    raw = replace_in(AGENDA, "# Who opens", own)
    new = with_offered(raw, [MIC]).decode()
    assert new.index("OUR OWN") < new.index("One mic") < new.index("# Who opens the room")
    assert "# the team's\n\n# From" in new


def test_what_is_offered_already_is_not_doubled() -> None:
    once = with_offered(AGENDA, [MIC])
    assert with_offered(once, [MIC]) == once
    assert with_offered(AGENDA, []) == AGENDA


def test_in_an_agenda_without_anything_else_they_stand_before_its_parts() -> None:
    bare = AGENDA[: AGENDA.index(b"# Who opens")] + AGENDA[AGENDA.index(b"# The heart") :]
    new = with_offered(bare, [MIC]).decode()
    assert new.index("One mic") < new.index("# The heart of it\n[[segment]]")


# A programme


def test_of_the_shipped_programme_only_id_and_dates_change() -> None:
    raw = (ROOT / "agendas" / "programme.toml").read_bytes()
    year = dt.timedelta(days=364)
    old = read_programme(raw, "x").programme
    assert old is not None
    new = replace(
        old,
        id="another",
        starts=old.starts + year,
        ends=old.ends + year,
        sessions=tuple(replace(one, date=one.date + year) for one in old.sessions),
        milestones=tuple(replace(one, date=one.date + year) for one in old.milestones),
    )
    changed = programme_of_new_cohort(raw, new)
    assert read_programme(changed, "x").programme == new
    gone, came = changes(raw, changed)
    assert len(gone) == len(came) == 1 + 2 + 14 + 4
    assert {line.split(" ")[0] for line in gone} == {"id", "starts", "ends", "date"}


def test_a_programme_that_cannot_be_changed_in_place_says_so() -> None:
    raw = b'programme = { id = "x" }\n'
    with pytest.raises(Refused, match="id cannot be changed from here"):
        programme_of_new_cohort(raw, PROGRAMME)


# What is left to look at


def test_lines_that_still_name_an_old_year_are_told() -> None:
    raw = b"\xef\xbb\xbf# May 2023\nid = 'x-2023'\nn = 12023\nt = '20234'\nu = 2024-01-02\n"
    assert [tuple(one) for one in still_named(raw, {2023, 2024})] == [
        (1, "# May 2023"),
        (2, "id = 'x-2023'"),
        (5, "u = 2024-01-02"),
    ]
    assert not list(still_named(raw, set()))


def test_lines_that_still_hold_a_name_are_told_and_longer_words_are_not() -> None:
    raw = b"# led by Lead One\nsay = 'Lead Ones, one'\nnotes = 'ask One (+1)'\n"
    assert [one.line for one in still_named(raw, names={"Lead One", "One (+1)"})] == [1, 3]
