from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from facilitate.core.agenda import CaptureKind, Segment
from facilitate.core.line_meaning import capture_kind
from facilitate.core.lines_view import Typing, typing

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


@pytest.fixture
def agreeing(running: Sitting) -> Sitting:
    """In the second part, on time."""
    return running.at("09:20").next()


def test_the_part_chooses_the_kind(running: Sitting) -> None:
    assert capture_kind(running.state) == "learning"
    assert capture_kind(running.at("09:20").next().state) == "agreement"


@pytest.mark.parametrize(
    ("text", "label", "keeps"),
    [
        ("", "agreement", "cohort"),
        ("One", "agreement", "cohort"),
        ("t: rupture", "term", "cohort"),
        ("t:", "agreement", "cohort"),
        ("gratitude: rain", "gratitude", "this sitting only, until closing"),
        ("*1 other", "new words for A1", "cohort"),
        ("*L2 other", "new words for L2", "this sitting only, until closing"),
        ("*7 other", "agreement", "cohort"),
        ("&1 also outside", "agreement with A1", "cohort"),
        ("&1", "A1 also heard", "cohort"),
        ("*7", "agreement", "cohort"),
    ],
)
def test_a_half_line_says_what_it_would_become(
    text: str, label: str, keeps: str, agreeing: Sitting
) -> None:
    agreeing.write("One mic")
    agreeing.write("l: it was quiet")
    assert typing(agreeing.state, text) == Typing(label=label, keeps=keeps)


@pytest.mark.parametrize("text", ["!", " !", "! ", "!h", "! a: held", "\u200f!", "!*1 other"])
def test_from_the_very_first_mark_a_line_is_for_the_room(text: str, agreeing: Sitting) -> None:
    said = typing(agreeing.state, text)
    assert said.label == "room only"
    assert said.keeps.startswith("not saved")


@pytest.mark.parametrize("kind", ["agreement", "question", "learning", "resource"])
def test_an_empty_line_says_how_far_its_kind_travels(
    kind: CaptureKind, open_parts: Callable[..., Sitting]
) -> None:
    part = Segment(id="a", title="A", kind="dialogue", minutes=10, capture=(kind,))
    sitting = open_parts(part).next()
    sitting_only = kind in {"learning", "resource"}
    assert typing(sitting.state, "").label == kind
    assert typing(sitting.state, "").keeps.startswith(
        "this sitting" if sitting_only else "cohort"
    )
