from __future__ import annotations

from typing import get_args

import pytest
from tests.formats.importing.imported import draft, table, words

from facilitate.core.agenda import Kind
from facilitate.formats.importing.agenda_file import agenda_file
from facilitate.formats.importing.draft import Draft
from facilitate.formats.importing.kinds import kind_in, kind_of


def led(*who: str, heading: str = "Who") -> Draft:
    """Parts led by someone, as a column says."""
    rows = [("5", f"Part {place}", text) for place, text in enumerate(who, start=1)]
    return draft(table(("Min", "Title", heading), *rows))


# Who


def test_roles_are_roles_and_have_no_names() -> None:
    found = led("Facilitator A", "tech host", "Lead, Care & co-facilitator")
    team = [(one.role, one.name) for one in found.agenda.team]
    assert team == [
        ("facilitator-a", ""), ("tech-host", ""), ("lead", ""), ("care", ""),
        ("co-facilitator", ""),
    ]  # fmt: skip
    last = found.agenda.segments[2]
    assert (last.lead, last.with_) == ("lead", ("care", "co-facilitator"))


def test_a_name_stands_behind_a_role_in_the_team_and_nowhere_else() -> None:
    found = led("Quilliam", "quilliam and Zebedee Moss", "Lead")
    assert [(one.role, one.name) for one in found.agenda.team] == [
        ("person-1", "Quilliam"), ("person-2", "Zebedee Moss"), ("lead", ""),
    ]  # fmt: skip
    assert [one.lead for one in found.agenda.segments] == ["person-1", "person-1", "lead"]
    assert found.agenda.segments[1].with_ == ("person-2",)
    text = agenda_file(found, "day.csv").decode()
    team = text.partition("[team]")[2].partition("[[objective]]")[0]
    for name in ("Quilliam", "Zebedee", "Moss"):
        assert text.count(name) == team.count(name) == 1
    told = "Lines 2 and 3: a name, which stands under [team] and nowhere else."
    assert told in found.guessed
    assert not any("Quilliam" in one or "Moss" in one for one in found.guessed)


def test_a_name_that_is_left_out_is_not_repeated_either() -> None:
    raw = table(("Min", "Title", "Guest speaker's mail"), ("5", "A", "Quilliam"))
    found = draft(raw)
    assert "Quilliam" not in agenda_file(found, "day.csv").decode()
    assert [one.what for one in found.left_out] == ['"Guest speaker\'s mail"']


def test_a_column_of_role_keys_is_taken_as_it_is() -> None:
    head = ("Min", "Title", "lead role", "with roles")
    found = draft(table(head, ("5", "A", "quilliam", "co_lead; \u05d0")))
    assert [(one.role, one.name) for one in found.agenda.team] == [
        ("quilliam", ""), ("co_lead", ""), ("person-1", "\u05d0"),
    ]  # fmt: skip


def test_a_mark_that_names_nobody_is_left_out() -> None:
    found = led("-", "Lead")
    assert found.agenda.segments[0].lead is None
    assert [(one.role, one.name) for one in found.agenda.team] == [("lead", "")]
    assert [(one.what, one.rows) for one in found.left_out] == [('"Who"', (2,))]


def test_without_anybody_there_is_a_team_of_one_role() -> None:
    found = draft(table(("Min", "Title"), ("5", "A")))
    assert [(one.role, one.name) for one in found.agenda.team] == [("lead", "")]


# Kinds


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_is_read_by_its_own_name(kind: Kind) -> None:
    assert kind_of(kind.upper()) == (kind, True, True)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Coffee break", "break"),
        ("Lunch", "break"),
        ("Mittagspause", "break"),
        ("Break-out rooms", "breakout"),
        ("Small groups: a map", "breakout"),
        ("Welcome and arrival", "arrival"),
        ("Check-in", "connection"),
        ("Check out", "closing"),
        ("Wrap up & goodbye", "closing"),
        ("Ground rules", "agreements"),
        ("Q&A", "dialogue"),
        ("Keynote", "didactic"),
        ("Role-play", "practice"),
        ("Didactic: parallel process", "didactic"),
    ],
)
def test_a_title_tells_a_kind(title: str, kind: Kind) -> None:
    assert kind_in(title) == (kind, False, True)


@pytest.mark.parametrize("title", ["", "Parallel process", "\u05d0", "Breakdown", "[b]"])
def test_a_title_that_tells_none_is_a_dialogue_and_that_is_said(title: str) -> None:
    assert kind_in(title) == ("dialogue", False, False)


def test_what_was_guessed_of_kinds_is_told_with_its_rows() -> None:
    head = ("Min", "Title", "Type")
    rows = [
        ("5", "A", "Plenary"), ("5", "B", "groundign"), ("5", "C", "Xyzzy"), ("5", "Lunch", ""),
        ("5", "D", ""), ("5", "E", "Plenary"),
    ]  # fmt: skip
    found = draft(table(head, *rows))
    assert [one.kind for one in found.agenda.segments] == [
        "dialogue", "grounding", "dialogue", "break", "dialogue", "dialogue",
    ]  # fmt: skip
    told = "\n".join(found.guessed)
    assert 'Lines 2 and 7: "Plenary" was taken for the kind dialogue.' in told
    assert 'Line 3: "groundign" was taken for the kind grounding.' in told
    assert 'Line 4: "Xyzzy" is no kind; dialogue was put in. There are: arrival, ' in told
    assert "Line 5: the kind is break, by its title." in told
    assert "Line 6: no kind; dialogue was put in." in told
    assert [(one.what, one.rows) for one in found.left_out] == [('"Type"', (4,))]


def test_a_part_without_a_title_is_called_as_its_kind() -> None:
    found = draft(table(("Min", "Title", "Type"), ("5", "", "Break"), ("5", "", "")))
    assert [one.title for one in found.agenda.segments] == ["Break", "Dialogue"]
    assert "Dialogue" in words(found)
