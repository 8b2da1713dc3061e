from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from facilitate.core.commands import (
    Adopt,
    ApplyFit,
    Command,
    Extend,
    GrantOvertime,
    Insert,
    Move,
    Restore,
    Return,
    Skip,
)
from facilitate.core.decide_plan import MOST_MINUTES
from facilitate.core.events import (
    Allotment,
)

if TYPE_CHECKING:
    from tests.core.conftest import Sitting


def shorter(segment: str, minutes: int) -> ApplyFit:
    return ApplyFit(allotments=(Allotment(segment=segment, minutes=minutes),))


def nothing(sitting: Sitting) -> None:
    pass


def begun(sitting: Sitting) -> None:
    sitting.at("09:00").next().at("09:05")


def agreeing(sitting: Sitting) -> None:
    begun(sitting)
    sitting.at("09:20").next().at("09:35")


def returned(sitting: Sitting) -> None:
    agreeing(sitting)
    sitting.do(Return(segment="arrive", seen="agree")).at("09:37")


def cut_short(sitting: Sitting) -> None:
    begun(sitting)
    sitting.do(Skip(segment="arrive")).at("09:10")


def drinking(sitting: Sitting) -> None:
    begun(sitting)
    sitting.at("09:20").begin("tea").at("09:25")


def without_tea(sitting: Sitting) -> None:
    begun(sitting)
    sitting.do(Skip(segment="tea"))


def closing(sitting: Sitting) -> None:
    begun(sitting)
    sitting.at("10:05").begin("close").at("10:10")


Case = tuple[Callable[["Sitting"], None], Command, str]
MOVED_ON = "The day has moved on since; look at the proposal again."
GONE_PAST = "The day has gone past that place already."
NO_MINUTES = f"A new part has 1 to {MOST_MINUTES} minutes."
NO_PART = "This day has no part called lunch."

REFUSALS: list[Case] = [
    # more minutes, from another part
    (
        begun,
        Extend(minutes=-2, payer="agree"),
        "Only more minutes can be taken from another part.",
    ),
    (
        begun,
        Extend(minutes=11, payer="agree"),
        "How we want to be can give 10 min and no more.",
    ),
    (begun, Extend(minutes=1, payer="close"), "Closing can give 0 min and no more."),
    (begun, Extend(minutes=1, payer="lunch"), NO_PART),
    (
        begun,
        Extend(minutes=1, payer="arrive"),
        "Arriving is running; n goes on to the next part.",
    ),
    (agreeing, Extend(minutes=1, payer="arrive"), "Arriving is over."),
    (
        returned,
        Extend(minutes=1, payer="agree"),
        "How we want to be was interrupted and comes back next.",
    ),
    (
        cut_short,
        Extend(minutes=1, payer="arrive"),
        "Arriving was cut short; k can bring it back.",
    ),
    (
        drinking,
        Extend(minutes=1, payer="agree"),
        "How we want to be was passed over; k can bring it back.",
    ),
    (without_tea, Extend(minutes=1, payer="tea"), "Tea was left out; k can bring it back."),
    (
        nothing,
        Extend(minutes=1, payer="agree"),
        "Nothing runs yet; Enter starts the first part.",
    ),
    # a proposal
    (begun, ApplyFit(allotments=()), "There is nothing to shorten."),
    (begun, shorter("lunch", 5), NO_PART),
    (begun, shorter("agree", 19), "How we want to be needs 20 min at least."),
    (begun, shorter("close", 20), MOVED_ON),
    (begun, shorter("arrive", 5), MOVED_ON),  # one minute is left to it
    (begun, shorter("arrive", 9), "Arriving needs 10 min at least."),
    (agreeing, shorter("arrive", 15), MOVED_ON),
    (without_tea, shorter("tea", 10), MOVED_ON),
    (returned, shorter("agree", 14), MOVED_ON),
    # left out and brought back
    (begun, Skip(segment="lunch"), NO_PART),
    (agreeing, Skip(segment="arrive"), "Arriving is over."),
    (without_tea, Skip(segment="tea"), "Tea was left out; k can bring it back."),
    (closing, Skip(segment="close"), "This is the last part. ctrl+e closes the sitting."),
    (begun, Restore(segment="lunch"), NO_PART),
    (begun, Restore(segment="tea"), "Tea was not left out."),
    (agreeing, Restore(segment="arrive"), "Arriving was not left out."),
    # put in
    (begun, Insert(title=" \n ", minutes=5, after="agree"), "A new part needs a title."),
    (begun, Insert(title="Song", minutes=0, after="agree"), NO_MINUTES),
    (begun, Insert(title="Song", minutes=721, after="agree"), NO_MINUTES),
    (begun, Insert(title="Song", minutes=5, after="lunch"), NO_PART),
    (agreeing, Insert(title="Song", minutes=5, after="arrive"), GONE_PAST),
    (returned, Insert(title="Song", minutes=5, after="arrive"), GONE_PAST),
    # in another order
    (begun, Move(segment="lunch", before="tea"), NO_PART),
    (begun, Move(segment="tea", before="lunch"), NO_PART),
    (begun, Move(segment="tea", before="tea"), "Tea stands there already."),
    (
        begun,
        Move(segment="tea", before="arrive"),
        "Arriving is running; n goes on to the next part.",
    ),
    (
        begun,
        Move(segment="arrive", before="tea"),
        "Arriving is running; n goes on to the next part.",
    ),
    (
        without_tea,
        Move(segment="tea", before="agree"),
        "Tea was left out; k can bring it back.",
    ),
    # the rest
    (nothing, Adopt(), "Nothing runs yet; Enter starts the first part."),
    (begun, GrantOvertime(minutes=0), "Zero minutes change nothing."),
    (begun, GrantOvertime(minutes=721), "No part changes by more than 720 minutes at once."),
    (
        begun,
        GrantOvertime(minutes=-5),
        "A promised end is not taken back; close earlier instead.",
    ),
]


@pytest.mark.parametrize(
    ("before", "command", "words"),
    REFUSALS,
    ids=[f"{before.__name__}: {command}" for before, command, _ in REFUSALS],
)
def test_what_cannot_be_done_to_the_plan_is_said_in_a_sentence(
    before: Callable[[Sitting], None], command: Command, words: str, sitting: Sitting
) -> None:
    before(sitting)
    assert sitting.refusal(command) == words
