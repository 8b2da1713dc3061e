"""What holds for every scale, every tally, and whatever is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from facilitate.core.tally import (
    MOST,
    MOST_LABELS,
    SCALES,
    Scale,
    Tally,
    asks_to_be_heard,
    own_scale,
    read_tally,
    tally_words,
    written_tally,
)

LABEL = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=8)
LABELS = st.lists(LABEL, min_size=2, max_size=MOST_LABELS, unique=True)
OWN_SCALES = LABELS.flatmap(
    lambda labels: st.builds(
        own_scale, st.just("ours"), st.just(labels), st.integers(0, len(labels) - 1)
    )
)
COUNTED = st.sampled_from([scale for scale in SCALES.values() if scale.labels]) | OWN_SCALES
EVERY_SCALE = COUNTED | st.just(SCALES["objection"])
COUNTS = st.integers(0, 30) | st.integers(0, MOST)

LIKE_A_TALLY = st.lists(
    st.sampled_from([*"0123456789usdpx×*=/ ", " p", " of ", "of", "5x", "9/3"]),  # noqa: RUF001
    max_size=12,
).map("".join)
LINES = st.text() | LIKE_A_TALLY | st.text(st.characters(codec=None))


@st.composite
def tallies(draw: st.DrawFn, scale: Scale) -> Tally:
    """Any tally of the scale that someone could have typed."""
    counts = draw(st.tuples(*[COUNTS] * len(scale.labels)))
    passes = draw(st.integers(0, 3) | st.integers(0, MOST))
    voices = sum(counts) + passes
    present = draw(st.none() | st.integers(voices, MOST)) if voices <= MOST else None
    return Tally(counts, passes, present)


CASES = COUNTED.flatmap(lambda scale: st.tuples(st.just(scale), tallies(scale)))
HEARD_NONE = st.builds(
    lambda passes, more: Tally((), passes, more if more is None else passes + more, True),
    st.integers(0, 12),
    st.none() | st.integers(0, 30),
)


def endings(tally: Tally) -> Iterator[str]:
    """What may stand after each of the forms, in every way to write it."""
    passed = f" p{tally.passes}" if tally.passes else ""
    if tally.present is None:
        yield passed
    else:
        yield f"{passed} of {tally.present}"
        yield f" of{tally.present}{passed}"


def forms(tally: Tally, scale: Scale) -> Iterator[str]:
    """Every way to type the counts."""
    shown = list(zip(scale.keys, tally.counts, strict=True))
    yield "/".join(map(str, tally.counts))
    for sign in ("x", "*", "×") if scale.keys[0].isdigit() else ("x", "*", "×", ""):  # noqa: RUF001
        yield " ".join(f"{key}{sign}{count}" for key, count in shown)
    if 1 < tally.total <= 200:
        yield " ".join(key for key, count in shown for _ in range(count))
        if scale.keys[0].isdigit():
            yield "".join(key * count for key, count in shown)


@given(LINES, EVERY_SCALE)
def test_whatever_is_typed_is_a_tally_that_can_be_or_none(line: str, scale: Scale) -> None:
    tally = read_tally(line, scale)
    if tally is None:
        return
    assert len(tally.counts) == (0 if tally.no_objection else len(scale.labels))
    assert all(0 <= count <= MOST for count in (*tally.counts, tally.passes))
    assert tally.present is None or tally.total + tally.passes <= tally.present <= MOST
    assert tally_words(tally, scale)
    assert written_tally(tally, scale)


@given(CASES)
def test_every_form_of_a_tally_is_read_as_that_tally(case: tuple[Scale, Tally]) -> None:
    scale, tally = case
    for form in forms(tally, scale):
        for ending in endings(tally):
            assert read_tally(form + ending, scale) == tally
            assert read_tally(f" \t{form}{ending}\n".upper(), scale) == tally


@given(HEARD_NONE, EVERY_SCALE)
def test_no_objection_heard_is_read_with_every_scale(tally: Tally, scale: Scale) -> None:
    for ending in endings(tally):
        assert read_tally(f"={ending}", scale) == tally
    assert not asks_to_be_heard(tally, scale)


@given(st.data(), COUNTED)
def test_it_does_not_matter_in_which_order_people_show_what_they_think(
    data: st.DataObject, scale: Scale
) -> None:
    voices = data.draw(st.lists(st.sampled_from(scale.keys), min_size=2, max_size=30))
    shuffled = data.draw(st.permutations(voices))
    tally = read_tally(" ".join(voices), scale)
    assert tally is not None
    assert tally.total == len(voices)
    assert read_tally(" ".join(shuffled), scale) == tally
    if scale.keys[0].isdigit():
        assert read_tally("".join(shuffled), scale) == tally


@given(CASES)
def test_who_is_low_is_heard_first_and_no_one_else(case: tuple[Scale, Tally]) -> None:
    scale, tally = case
    high = len(scale.labels) - scale.hear
    assert asks_to_be_heard(tally, scale) == (sum(tally.counts[high:]) > 0)
    assert asks_to_be_heard(tally, scale) == (": hear them first" in tally_words(tally, scale))


@given(CASES | st.tuples(COUNTED, HEARD_NONE))
def test_words_about_a_tally_are_no_score_and_no_verdict(case: tuple[Scale, Tally]) -> None:
    scale, tally = case
    told = f"{tally_words(tally, scale)}; {written_tally(tally, scale)}"
    assert not re.search("[%.+-]|average|adopt|fail|approve|agree|majority|most", told)
    assert told.count("passed") == told.count("passing is not consent") == (tally.passes > 0)
