from dataclasses import FrozenInstanceError, field, replace

import pytest

from facilitate.core.captures import Entry, Version
from facilitate.core.entry_events import EntryAdded
from facilitate.core.values import dataclass
from facilitate.formats.journal_line import FileReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    text: str
    times: int = 1
    heard_at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    text: str
    times: int = 1
    heard_at: str = ""


def test_values_are_the_same_when_their_fields_are() -> None:
    assert Said(text="slow down") == Said(text="slow down", times=1)
    assert Said(text="slow down") != Said(text="slow down", times=2)
    assert hash(Said(text="slow down")) == hash(Said(text="slow down"))
    assert len({Said(text="a"), Said(text="a"), Said(text="b")}) == 2


def test_values_of_two_sorts_are_never_the_same() -> None:
    assert Said(text="slow down") != Written(text="slow down")
    assert Said(text="slow down") != ("slow down", 1, "")


def test_a_field_that_is_not_compared_makes_no_difference() -> None:
    one, other = Said(text="a", heard_at="09:00"), Said(text="a", heard_at="10:00")
    assert one == other
    assert hash(one) == hash(other)


def test_a_value_cannot_be_changed_only_replaced() -> None:
    one = Said(text="a")
    with pytest.raises(FrozenInstanceError):
        one.text = "b"  # type: ignore[misc]
    assert replace(one, text="b") == Said(text="b")


def test_what_people_said_is_not_in_a_repr() -> None:
    assert repr([Said(text="CANARY")]) == "[<Said>]"


def test_no_words_are_in_the_repr_of_what_the_group_made() -> None:
    version = Version(id="a.1", text="CANARY", lineage="CANARY")
    entry = Entry("a.1", 1, "agreement", "cohort", None, "heard", (version,))
    added = EntryAdded(number=1, kind="agreement", ring="cohort", segment=None, text="CANARY")
    read = FileReading(lines=(b"CANARY",))
    assert "CANARY" not in repr([version, entry, added, read])
