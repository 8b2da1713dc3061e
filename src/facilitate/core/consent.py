"""Consent to exact words: a group is asked, someone types sums, and the group adopts.

Nothing is adopted by the tool, passing is no consent, and there are no rows per person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from facilitate.core.capture_line import clean
from facilitate.core.captures import ConcernKind, ConsentRound, Entry
from facilitate.core.entry_events import ConcernNoted, EntryAdopted, EntryTested, VotesTaken
from facilitate.core.lives import a_kind, may_be_tested
from facilitate.core.refusal import NeedsAsking, Refused
from facilitate.core.tally import Scale, Tally, asks_to_be_heard, tally_words


def put_to_test(entry: Entry, scale: Scale) -> EntryTested:
    """The event that asks the group about the exact words of an agreement.

    Raises:
        Refused: when it is not time for that.
    """
    refuse_other_kinds(entry)
    if entry.state == "heard":
        raise Refused(f"Read {entry.name} back first: b.")
    if not may_be_tested(entry):
        how = _HOW_TO_REOPEN if entry.state == "in force" else "revive it first."
        raise Refused(f"{entry.name} is {entry.state}; {how}")
    refuse_side_by_side(entry)
    return EntryTested(
        entry=entry.id,
        version=entry.version.id,
        round=_next_round(entry),
        method=scale.name,
        labels=scale.labels,
        keys=scale.keys,
        hear=scale.hear,
    )


def refuse_other_kinds(entry: Entry) -> None:
    """Do nothing when an entry is of the kind that a group consents to.

    Raises:
        Refused: when it is no agreement.
    """
    if entry.kind != "agreement":
        raise Refused(f"Consent is for agreements; {entry.name} is {a_kind(entry.kind)}.")


_HOW_TO_REOPEN = "other words (w) open it again."


def _next_round(entry: Entry) -> int:
    """Rounds count from one since the line was adopted last."""
    if not entry.rounds:
        return 1
    last = entry.rounds[-1]
    return 1 if last.adopted else last.number + 1


def votes_taken(entry: Entry, tally: Tally) -> VotesTaken:
    """The event that notes what was counted in the round that goes on.

    Raises:
        Refused: when none does.
    """
    return VotesTaken(
        entry=entry.id,
        test=_going_on(entry).id,
        counts=tally.counts,
        passes=tally.passes,
        present=tally.present,
        no_objection=tally.no_objection,
    )


def concern_noted(entry: Entry, kind: ConcernKind, text: str) -> ConcernNoted:
    """The event that notes what someone saw in the wording.

    Raises:
        Refused: when no round goes on, or there are no words.
    """
    words = clean(text)
    if not words:
        raise Refused("Write in a few words what was seen.")
    return ConcernNoted(entry=entry.id, test=_going_on(entry).id, kind=kind, text=words)


def adopted(entry: Entry, on: dt.date, *, confirmed: bool) -> EntryAdopted:
    """The event by which the group adopts the words it was asked about.

    Raises:
        NeedsAsking: while something in the round speaks against it, and nobody said yes.
        Refused: when these exact words were not put to the test.
    """
    refuse_side_by_side(entry)
    round_ = _going_on(entry)
    doubts = list(_doubts(round_))
    if doubts and not confirmed:
        raise NeedsAsking(f"{' '.join(doubts)} Adopt {entry.name} as it stands?")
    return EntryAdopted(entry=entry.id, version=entry.version.id, round=round_.number, on=on)


def _doubts(round_: ConsentRound) -> Iterator[str]:
    tally = round_.tally
    if tally is None:
        yield "Nothing was counted in this round."
    elif asks_to_be_heard(tally, round_.scale) or not (tally.total or tally.no_objection):
        words = tally_words(tally, round_.scale)
        yield f"{words[0].upper()}{words[1:]}."
    if any(concern.kind == "objection" for concern in round_.concerns):
        yield "An objection was noted: is it worked in?"


def _going_on(entry: Entry) -> ConsentRound:
    round_ = entry.under_test
    if round_ is None:
        how = "b reads it back, then t" if entry.state == "heard" else "t"
        raise Refused(f"The words of {entry.name} are not put to the test yet: {how}.")
    return round_


def refuse_side_by_side(entry: Entry) -> None:
    """Do nothing when an entry has one wording.

    Raises:
        Refused: when it has several, and what people say yes to cannot be told.
    """
    if len(entry.wordings) > 1:
        raise Refused(
            f"{entry.name} has two wordings side by side; say first which one it is: "
            f"*{entry.number} and the words."
        )
