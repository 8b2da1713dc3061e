from __future__ import annotations

import pytest

from facilitate.core.tally import (
    DEFAULT_METHOD,
    MOST_LABELS,
    SCALES,
    Scale,
    Tally,
    asks_to_be_heard,
    own_scale,
    read_tally,
    tally_words,
    trouble_words,
    written_tally,
)

THUMBS, FIST, GRADIENTS, OBJECTION = SCALES.values()
OURS = own_scale("our four", ["yes", "fine", "unsure", "no"])
NO_OBJECTION = Tally(counts=(), no_objection=True)


def fist(*counts: int) -> Tally:
    """A tally of fist to five in which the labels not named have no voice."""
    return Tally((*counts, *[0] * (6 - len(counts))))


# Scales


def test_the_scales_are_known_by_a_short_word_and_fist_is_the_one_nobody_chose() -> None:
    assert list(SCALES) == ["thumbs", "fist", "gradients", "objection"]
    assert [s.name for s in SCALES.values()] == [
        "thumbs",
        "fist to five",
        "gradients",
        "no objection",
    ]
    assert SCALES[DEFAULT_METHOD] is FIST


@pytest.mark.parametrize("scale", [*SCALES.values(), OURS], ids=lambda scale: scale.name)
def test_a_scale_has_one_key_for_each_label_and_not_all_of_them_are_low(scale: Scale) -> None:
    assert len(scale.keys) == len(scale.labels) == len(set(scale.keys))
    assert 0 <= scale.hear < max(len(scale.labels), 1)


def test_keys_of_an_own_scale_count_down_to_one() -> None:
    assert OURS.labels == ("yes", "fine", "unsure", "no")
    assert (OURS.name, OURS.keys, OURS.hear) == ("our four", ("4", "3", "2", "1"), 1)
    nine = own_scale("nine", list("abcdefghi"), hear=0)
    assert nine.keys == tuple("987654321")
    assert len(nine.labels) == MOST_LABELS


def test_a_printed_tally_tells_nothing_of_what_people_showed() -> None:
    assert repr(fist(9, 3, 0, 2)) == "<Tally>"


# What is typed


@pytest.mark.parametrize(
    ("text", "tally"),
    [
        # in the order of the labels
        ("9/3/2", fist(9, 3, 2)),
        ("9/3", fist(9, 3)),
        ("0/0/0/1/0/12", fist(0, 0, 0, 1, 0, 12)),
        ("0009/9999", fist(9, 9_999)),
        # a digit a voice
        ("555443", fist(3, 2, 1)),
        ("50", fist(1, 0, 0, 0, 0, 1)),
        # a key and how many
        ("5x9 4x3 2", fist(9, 3, 0, 1)),
        ("5x9", fist(9)),
        ("5x1", fist(1)),
        ("5X9 4*3 3×2", fist(9, 3, 2)),  # noqa: RUF001 # a sign people type
        ("2 5 5", fist(2, 0, 0, 1)),
        ("5x2 5x3", fist(5)),
        ("5x0", fist()),
        # and more
        ("  9/3/2\t", fist(9, 3, 2)),
        ("9/3/2 p2", fist(9, 3, 2)._replace(passes=2)),
        ("9/3/2 of 15", fist(9, 3, 2)._replace(present=15)),
        ("9/3/2 of15", fist(9, 3, 2)._replace(present=15)),
        ("9/3/2 P1  OF  15", fist(9, 3, 2)._replace(passes=1, present=15)),
        ("9/3/2 of 15 p1", fist(9, 3, 2)._replace(passes=1, present=15)),
        ("555443 of 6", fist(3, 2, 1)._replace(present=6)),
        ("5x9 4x3 2 p1 of 15", fist(9, 3, 0, 1)._replace(passes=1, present=15)),
        ("0/0 p4 of 4", fist()._replace(passes=4, present=4)),
    ],
)
def test_a_tally_of_fist_to_five_is_typed_in_three_ways(text: str, tally: Tally) -> None:
    assert read_tally(text, FIST) == tally


@pytest.mark.parametrize(
    "text", ["12/2/1", "u12 s2 d1", "U12 S2 D1", "ux12 s s d", "d u*12 s2", "s s u11 u d1"]
)
def test_thumbs_are_typed_by_their_letters(text: str) -> None:
    assert read_tally(text, THUMBS) == Tally((12, 2, 1))


@pytest.mark.parametrize("text", ["6/0/0/1", "6666663", "6x6 3", "3 6x6"])
def test_gradients_are_typed_by_digits(text: str) -> None:
    assert read_tally(text, GRADIENTS) == Tally((6, 0, 0, 1, 0, 0))


@pytest.mark.parametrize("text", ["2/1/0/1", "4431", "4x2 3 1"])
def test_an_own_scale_is_typed_by_its_digits(text: str) -> None:
    assert read_tally(text, OURS) == Tally((2, 1, 0, 1))


@pytest.mark.parametrize("scale", [*SCALES.values(), OURS], ids=lambda scale: scale.name)
def test_no_objection_heard_can_be_typed_with_every_scale(scale: Scale) -> None:
    assert read_tally(" = ", scale) == NO_OBJECTION
    assert read_tally("= p2 of 12", scale) == NO_OBJECTION._replace(passes=2, present=12)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "words",
        # one key alone may be anything
        "5",
        "5 p2",
        # not of this scale
        "9/3/2/0/0/0/0",
        "567",
        "6x2",
        "u12 s2",
        # half a form, or two of them
        "9/",
        "/9",
        "9//3",
        "9 / 3",
        "9/3/2 5x3",
        "59 4x3",
        "55 44",
        "5x",
        "x9",
        "5xx9",
        "5 x 9",
        "5x9, 4x3",
        "-1/3",
        "1.5/3",
        "==",
        "=9",
        "= 9/3",
        # more with nothing before it, twice, or in the middle
        "p2",
        "of 15",
        "p2 of 15",
        "9/3 p1 p2",
        "9/3 of 15 of 15",
        "9/3 p1 of 15 p1",
        "p2 9/3",
        "5x9 p2 4x3",
        "9/3 p",
        "9/3 of",
        "9/3 p 2",
        "9/3of 15",
        "=p2",
        # numbers that cannot be
        "10000/3",
        "5x10000",
        "5x9999 5",
        "9/3 p10000",
        "9/3 of 10000",
        # more voices than people
        "9/3/2 of 13",
        "9/3/2 p2 of 15",
        "= p3 of 2",
        # digits of other scripts
        "٩/٣",
        "٣٣",
        "²²",
        "\ud800",
    ],
)
def test_what_is_no_tally_of_fist_to_five_is_left_alone(text: str) -> None:
    assert read_tally(text, FIST) is None


@pytest.mark.parametrize("text", ["u", "uus", "12", "u1 p", "5x9", "up"])
def test_what_is_no_tally_of_thumbs_is_left_alone(text: str) -> None:
    assert read_tally(text, THUMBS) is None


@pytest.mark.parametrize("text", ["9/3", "55", "5x9", "u12", "0/0"])
def test_where_only_objections_are_asked_for_nothing_is_counted(text: str) -> None:
    assert read_tally(text, OBJECTION) is None


def test_a_text_of_any_length_is_read() -> None:
    assert read_tally("5" * 9_999, FIST) == fist(9_999)
    assert read_tally("5" * 10_000, FIST) is None
    assert read_tally("9/3 of " + "9" * 5_000, FIST) is None
    assert read_tally("9/" * 5_000, FIST) is None


def test_passes_and_people_in_the_room_are_no_voices() -> None:
    tally = read_tally("5x9 4x3 2 p1 of 15", FIST)
    assert tally is not None
    assert tally.total == 13


# What is said


@pytest.mark.parametrize(
    ("scale", "typed", "words"),
    [
        (FIST, "9/3", "no one below three"),
        (FIST, "0/0/3", "no one below three"),
        (FIST, "9/3/0/1", "one below three: hear them first"),
        (FIST, "9/3/0/1/0/1", "two below three: hear them first"),
        (FIST, "0x12 5", "twelve below three: hear them first"),
        (FIST, "0x13 5", "13 below three: hear them first"),
        (THUMBS, "9/0/0", "no one to the side or down"),
        (THUMBS, "9/1/1", "one to the side, one down: hear them first"),
        (THUMBS, "9/2/0", "two to the side: hear them first"),
        (THUMBS, "9/0/3", "three down: hear them first"),
        (GRADIENTS, "6/1/1", "no one at 'mixed feelings' or lower"),
        (GRADIENTS, "6/0/0/1/0/1", "two at 'mixed feelings' or lower: hear them first"),
        (OURS, "6/1/4", "no one at 'no'"),
        (OURS, "6/1/4/1", "one at 'no': hear them first"),
        (OURS._replace(hear=2), "6/1/1/1", "two at 'unsure' or lower: hear them first"),
        (OURS._replace(hear=0), "6/1/1/1", "nine voices"),
        (OURS._replace(hear=0), "0/0/0/1", "one voice"),
        (OBJECTION, "=", "no objection heard"),
        (FIST, "=", "no objection heard"),
        # nobody low is not said where nobody showed anything
        (FIST, "0/0", "no voices counted"),
        # passes and people who are not counted
        (FIST, "9/3 p1", "no one below three; one passed, and passing is not consent"),
        (FIST, "9/3 p2", "no one below three; two passed, and passing is not consent"),
        (FIST, "9/3 of 12", "no one below three"),
        (FIST, "9/3 of 13", "no one below three; one not counted"),
        (
            FIST,
            "5x9 4x3 2 p2 of 18",
            (
                "one below three: hear them first; two passed, and passing is not consent; "
                "three not counted"
            ),
        ),
        (OBJECTION, "= of 12", "no objection heard"),
        (OBJECTION, "= p1", "no objection heard; one passed, and passing is not consent"),
    ],
)
def test_the_screen_says_whom_to_hear_first(scale: Scale, typed: str, words: str) -> None:
    tally = read_tally(typed, scale)
    assert tally is not None
    assert tally_words(tally, scale) == words
    assert asks_to_be_heard(tally, scale) == ("hear them first" in words)


def test_the_words_go_by_the_labels_whatever_a_scale_is_called() -> None:
    assert tally_words(fist(1, 0, 0, 1), FIST._replace(name="fist")) == (
        "one below three: hear them first"
    )
    assert tally_words(fist(1, 0, 0, 1), FIST._replace(hear=2)) == "no one at '1' or lower"


@pytest.mark.parametrize(
    ("scale", "typed", "written"),
    [
        (FIST, "9/3/0/1", "5: 9, 4: 3, 2: 1"),
        (FIST, "13/0/0/0/0/1 p2 of 16", "5: 13, 0: 1"),
        (THUMBS, "u9 s3 d2", "up: 9, to the side: 3, down: 2"),
        (OURS, "4x2 1", "yes: 2, no: 1"),
        (FIST, "0/0", "no voices counted"),
        (OBJECTION, "= of 12", "no objection heard"),
    ],
)
def test_the_counts_are_written_with_their_labels(
    scale: Scale, typed: str, written: str
) -> None:
    tally = read_tally(typed, scale)
    assert tally is not None
    assert written_tally(tally, scale) == written


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5x9 2x2 of 9", "11 showed something; 9 were in the room."),
        ("5x9 p2 of 10", "9 showed something and 2 passed; 10 were in the room."),
        ("= p2 of 1", "2 passed; 1 was in the room."),
        ("5x9 of 9", ""),
        ("words of 9", ""),
    ],
)
def test_more_people_than_in_the_room_are_told_as_such(text: str, words: str) -> None:
    assert trouble_words(text, FIST) == words
