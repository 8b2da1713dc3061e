from __future__ import annotations

from typing import get_args

import pytest

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import KINDS, Entry, KindRules, Version, shown


def entry(number: int = 1, kind: CaptureKind = "agreement", **fields: object) -> Entry:
    rules = KINDS[kind]
    given = {
        "id": f"a.{number}",
        "ring": rules.ring,
        "segment": "agree",
        "state": rules.first,
        "versions": (Version(id="v1", text="One mic"),),
        **fields,
    }
    return Entry(number=number, kind=kind, **given)  # type: ignore[arg-type]


def test_every_kind_has_rules_and_a_letter_of_its_own() -> None:
    assert set(KINDS) == set(get_args(CaptureKind))
    assert len({rules.letter for rules in KINDS.values()}) == len(KINDS)


def test_what_is_close_to_a_person_stays_in_the_sitting() -> None:
    sitting = {kind for kind, rules in KINDS.items() if rules.ring == "sitting"}
    assert sitting == {"example", "learning", "resource", "gratitude"}
    assert {rules.ring for rules in KINDS.values()} == {"sitting", "cohort"}


def test_first_states_follow_the_kind() -> None:
    by_state: dict[str, set[str]] = {}
    for kind, rules in KINDS.items():
        by_state.setdefault(rules.first, set()).add(kind)
    assert by_state == {
        "heard": {"agreement", "term", "framework"},
        "named": {"practice", "commitment"},
        "open": {"question"},
        "noted": {"example", "learning", "resource", "gratitude"},
    }


def test_reading_back_moves_three_kinds_on_and_no_other() -> None:
    moved = {kind: rules.read_back for kind, rules in KINDS.items() if rules.read_back}
    assert moved == {"agreement": "proposed", "term": "working", "framework": "working"}


@pytest.mark.parametrize(
    ("kind", "number", "name"),
    [("agreement", 1, "A1"), ("term", 2, "T2"), ("question", 3, "Q3")],
)
def test_people_say_a_letter_and_a_number(kind: CaptureKind, number: int, name: str) -> None:
    assert entry(number, kind).name == name


def test_the_wordings_that_hold_are_those_nobody_replaced() -> None:
    versions = tuple(Version(id=v, text=v.upper()) for v in ("v1", "v2", "v3"))
    several = entry(versions=versions, superseded=frozenset({"v1"}))
    assert [v.id for v in several.wordings] == ["v2", "v3"]
    assert several.text == "V3"
    assert several._replace(superseded=frozenset({"v3"})).text == "V2"


def test_an_entry_has_words_even_when_every_wording_was_replaced() -> None:
    assert entry(superseded=frozenset({"v1"})).text == "One mic"


def test_words_that_are_not_at_hand_are_empty() -> None:
    assert entry(versions=(Version(id="v1", text=None),)).text == ""


@pytest.mark.parametrize("gone", ["withdrawn", "taken_back", "let_go"])
def test_what_was_withdrawn_taken_back_or_let_go_is_not_shown(gone: str) -> None:
    assert entry().is_shown
    assert entry().waits_for_reading
    assert not entry(**{gone: True}).is_shown
    assert not entry(**{gone: True}).waits_for_reading
    assert shown([entry(**{gone: True})]) == []


def test_only_a_line_in_its_first_state_waits_for_reading() -> None:
    assert not entry(state="proposed").waits_for_reading
    assert not entry(kind="question").waits_for_reading


def test_lines_are_shown_by_number_and_two_of_one_number_both() -> None:
    lines = [entry(3), entry(1, id="b.9"), entry(2), entry(1, id="a.4")]
    assert [(e.number, e.id) for e in shown(lines)] == [
        (1, "a.4"),
        (1, "b.9"),
        (2, "a.2"),
        (3, "a.3"),
    ]


def test_rules_cannot_be_changed_in_passing() -> None:
    agreement = KINDS["agreement"]
    with pytest.raises(AttributeError):
        agreement.ring = "public"  # type: ignore[misc]
    assert isinstance(agreement, KindRules)
