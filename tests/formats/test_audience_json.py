"""The file between two programs: what was meant arrives, and everything else is nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.core.audience import AudienceLine, AudienceView
from facilitate.formats.audience_json import (
    MOST_LINES,
    TEXT,
    TITLE,
    read_audience,
    write_audience,
)

VIEW = AudienceView(
    title="Day one",
    now="Break [/b]",
    back_at="11:15",
    prompt="What helps you stay?\n\nAnd what helps you come back? שלום 👩🏽‍🚀",
    agreements=(AudienceLine("A1", "One mic"), AudienceLine("A1", "One voice")),
    terms=(AudienceLine("T2", 'repair = "going back"'),),
)


def file(**changes: Any) -> bytes:
    """The file of a view, with other values in it."""
    return json.dumps({**json.loads(write_audience(VIEW)), **changes}).encode()


def test_what_was_written_is_read() -> None:
    assert read_audience(write_audience(VIEW)) == VIEW
    bare = AudienceView(title="Day one")
    assert read_audience(write_audience(bare)) == bare


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)
lines = st.lists(st.builds(AudienceLine, words, words), max_size=4).map(tuple)


@given(st.builds(AudienceView, words, words, st.just("09:05"), words, lines, lines))
def test_whatever_people_write_arrives(view: AudienceView) -> None:
    assert read_audience(write_audience(view)) == view


def test_half_a_file_is_nothing() -> None:
    whole = write_audience(VIEW)
    assert {read_audience(whole[:length]) for length in range(len(whole))} == {None}


@given(st.binary(max_size=200))
def test_anything_else_is_nothing(raw: bytes) -> None:
    assert read_audience(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"null", b"[]", b'"v"', b"1", b"{}", b'{"v": 1}', b"[" * 100_000,
        b'{"v": ' + b"9" * 5_000 + b"}", b"\xff\xfe{}", "{}".encode("utf-16"),
    ],
    ids=lambda raw: repr(raw[:12]),
)  # fmt: skip
def test_json_that_is_no_view_is_nothing(raw: bytes) -> None:
    assert read_audience(raw) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("v", version) for version in (0, 2, "1", True, 1.0, None)),
        *((text, wrong) for text in ("title", "now", "prompt") for wrong in (None, 1, [], {})),
        *(
            ("back_at", wrong)
            for wrong in (None, 915, "9:15", "24:00", "09:60", "soon", "\u0661\u0661:15")
        ),
        *(
            (kind, wrong)
            for kind in ("agreements", "terms")
            for wrong in (None, "A1", {}, ["A1"], [["A1"]], [["A1", 1]], [["A1", "x", "y"]])
        ),
    ],
)
def test_a_value_of_the_wrong_kind_makes_it_nothing(key: str, value: object) -> None:
    assert read_audience(file(**{key: value})) is None


@pytest.mark.parametrize("key", json.loads(write_audience(VIEW)))
def test_a_value_that_is_missing_makes_it_nothing(key: str) -> None:
    data = json.loads(write_audience(VIEW))
    del data[key]
    assert read_audience(json.dumps(data).encode()) is None


def test_nothing_in_it_steers_a_terminal() -> None:
    steering = "a\x1b[2Jb\x07\x9b\u202ec\ud800d\te\n"
    view = read_audience(
        file(title=steering, now=steering, prompt=steering, agreements=[[steering, steering]])
    )
    assert view is not None
    safe = "a[2Jbcd e"
    assert (view.title, view.now, view.prompt) == (safe, safe, safe)
    assert view.agreements == (AudienceLine(safe, safe),)


def test_texts_and_lists_are_cut_to_what_a_window_can_show() -> None:
    numbered = [[f"A{n}", "x" * 9_000] for n in range(MOST_LINES + 7)]
    view = read_audience(file(title="x" * 9_000, prompt="x\n" * 9_000, agreements=numbered))
    assert view is not None
    assert (len(view.title), len(view.prompt) <= TEXT) == (TITLE, True)
    assert len(view.agreements) == MOST_LINES
    assert view.agreements[-1].name == f"A{MOST_LINES + 6}"  # the newest stay
    assert {len(line.text) for line in view.agreements} == {TEXT}


def test_what_a_later_version_adds_is_passed_over() -> None:
    assert read_audience(file(colour="blue")) == VIEW
