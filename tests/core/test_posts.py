from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from facilitate.core.agenda import Segment
from facilitate.core.commands import Extend, MarkPostCopied
from facilitate.core.posts import PLACEHOLDERS, filled, next_post
from facilitate.core.state import EMPTY

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def fill(sitting: Sitting, post: str) -> str:
    return filled(sitting.state, post, sitting.now)


@pytest.mark.parametrize(
    ("post", "text"),
    [
        ("Back at {back_at}.", "Back at 09:20."),
        ("Today: {day_shape}", "Today: 09:55 Tea, 10:30 end"),
        ("We end at {ends_at}", "We end at 10:30"),
        ("Then: {next}", "Then: How we want to be"),
        ("{next}, {next} {back_at}", "How we want to be, How we want to be 09:20"),
        ("{else} {} {next {{next}}", "{else} {} {next {How we want to be}"),
        ("[/fix] [b", "[/fix] [b"),
    ],
)
def test_a_post_is_filled_from_the_clock(post: str, text: str, running: Sitting) -> None:
    assert fill(running, post) == text


def test_every_placeholder_is_filled(running: Sitting) -> None:
    for name in PLACEHOLDERS:
        assert "{" not in fill(running, f"{{{name}}}")


def test_a_return_time_moves_with_the_day_and_is_a_whole_minute(running: Sitting) -> None:
    running.at("09:20").next().do(Extend(minutes=8))
    assert fill(running, "{back_at}") == "09:58"
    assert fill(running.at("09:58:10"), "{back_at}") == "09:59"
    assert fill(running, "{day_shape}") == "09:58 Tea, 10:34 end"


def test_a_return_is_the_end_of_the_part_that_the_post_belongs_to(running: Sitting) -> None:
    running.at("09:56:20").begin("tea")
    assert fill(running, "{back_at}, {next}") == "10:07, Closing"


def test_d33_a_break_that_begins_a_minute_late_is_back_a_minute_late(timing: Sitting) -> None:
    timing.at("10:21").begin("break")
    assert fill(timing, "back at {back_at}") == "back at 10:31"


def test_in_the_last_part_the_end_is_told(running: Sitting) -> None:
    running.at("10:07").begin("close")
    assert fill(running, "{back_at}, {next}") == "10:32, the end"


def test_the_end_is_never_told_before_its_promise(running: Sitting) -> None:
    running.at("10:00").begin("close")
    assert fill(running, "{ends_at}; {day_shape}") == "10:30; 10:30 end"
    assert fill(running.at("10:33"), "{ends_at}") == "10:33"


def test_a_buffer_that_is_used_up_is_not_told_as_next(running: Sitting) -> None:
    running.at("09:20").next()
    assert fill(running, "{next}") == "Slack"
    assert fill(running.at("09:55"), "{next}") == "Tea"


def test_words_of_the_agenda_are_not_filled_again(open_parts: Callable[..., Sitting]) -> None:
    first = Segment(id="a", title="A", kind="arrival", minutes=10)
    tea = Segment(id="b", title="{ends_at} {next}", kind="break", minutes=10)
    sitting = open_parts(first, tea).next()
    assert fill(sitting, "{next}") == "{ends_at} {next}"
    assert fill(sitting, "{day_shape}") == "09:10 {ends_at} {next}, 10:30 end"


def test_before_an_agenda_is_open_a_post_stays_as_it_is(sitting: Sitting) -> None:
    assert filled(EMPTY, "{next}", sitting.now) == "{next}"


def test_the_next_post_is_the_first_that_was_not_copied(running: Sitting) -> None:
    running.at("09:20").next()
    agree = running.state.segment
    assert agree is not None
    assert next_post(running.state, agree) == 0
    running.do(MarkPostCopied(post=1))
    assert next_post(running.state, agree) == 0
    running.do(MarkPostCopied(post=0))
    assert next_post(running.state, agree) == 0  # again from the first


def test_after_the_first_post_the_second_is_next(running: Sitting) -> None:
    running.at("09:20").next().do(MarkPostCopied(post=0))
    agree = running.state.segment
    assert agree is not None
    assert next_post(running.state, agree) == 1


def test_a_part_without_posts_has_no_next_one(running: Sitting) -> None:
    assert next_post(running.state, running.agenda.segments[0]) is None
