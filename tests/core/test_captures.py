from __future__ import annotations

from typing import get_args

import pytest

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import (
    DETAILS,
    KINDS,
    RINGS,
    Attribution,
    Concern,
    ConsentRound,
    Detail,
    Entry,
    KindRules,
    LowerRing,
    Version,
    shown,
)
from facilitate.core.tally import SCALES


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


# More about an entry


def test_a_line_is_under_test_while_its_words_are_those_of_the_last_round() -> None:
    first = ConsentRound("r1", 1, ("v1",), SCALES["fist"])
    assert entry(state="tested", rounds=(first,)).under_test == first
    assert entry(state="amending", rounds=(first,)).under_test == first
    assert entry(state="tested", rounds=(first._replace(versions=("v0",)),)).under_test is None
    assert entry(state="tested", rounds=(first, first._replace(versions=()))).under_test is None
    assert entry(state="in force", rounds=(first,)).under_test is None
    assert entry(state="tested").under_test is None
    assert entry(state="tested", rounds=(first,), withdrawn=True).under_test is None


def test_of_what_was_told_what_is_empty_does_not_hold() -> None:
    told = (("r1", Detail(name="scope", text="here")), ("r2", Detail(name="why", text="")))
    assert entry(details=told).told == {"scope": "here"}


def test_an_attribution_waits_until_it_says_how_far_it_goes() -> None:
    assert Attribution("name", None, None).is_pending
    assert not Attribution("group", None, "cohort").is_pending


def test_rings_go_from_the_narrowest_to_the_widest() -> None:
    assert RINGS == ("sitting", "cohort", "team", "public")
    assert get_args(LowerRing) == ("room", *RINGS[:-1])


def test_what_can_be_told_has_words_for_the_screen() -> None:
    for kind, names in DETAILS.items():
        assert kind in KINDS
        assert all(words and words == words.lower() for words in names.values())


@pytest.mark.parametrize(
    "value",
    [
        Version(id="v1", text="SECRET"),
        Attribution("name", "SECRET", "team"),
        Concern("r1", "concern", "SECRET"),
    ],
    ids=repr,
)
def test_nothing_that_people_said_is_in_what_a_crash_prints(value: object) -> None:
    assert "SECRET" not in repr(value)
