"""What was agreed, and to which words: the part of the fold that consent rests on; total."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import takewhile

from facilitate.core.captures import (
    Adoption,
    Concern,
    ConsentRound,
    Entry,
    EntryState,
)
from facilitate.core.entry_events import (
    ConcernNoted,
    EntryAdopted,
    EntryTested,
    RewordingWasSmall,
    VotesTaken,
)
from facilitate.core.events import Recorded
from facilitate.core.lives import LIVES, may_be_tested
from facilitate.core.tally import Scale, Tally

# Rounds


def round_begun(entry: Entry, recorded: Recorded, event: EntryTested) -> Entry:
    """The entry once the group is asked about its words.

    Nothing where someone took it elsewhere; that nobody read it back does not matter.
    """
    unread = entry.kind == "agreement" and entry.state == "heard"  # it was, and that was undone
    if not (unread or may_be_tested(entry)):
        return entry
    scale = Scale(event.method, event.labels, event.keys, event.hear)
    begun = ConsentRound(recorded.id, event.round, (event.version,), scale)
    state: EntryState = "amending" if entry.state == "amending" else "tested"
    asked = entry._replace(
        rounds=(*entry.rounds, begun), state=state, reopened_from=None, reopened_by=()
    )
    return asked if stands_with(entry, begun.versions) else opened_again(asked)


def round_counted(entry: Entry, _: Recorded, event: VotesTaken) -> Entry:
    """The entry once voices were counted in a round; the latest sums hold."""
    tally = Tally(
        counts=event.counts,
        passes=event.passes,
        present=event.present,
        no_objection=event.no_objection,
    )
    return _in_round(entry, event.test, lambda one: one._replace(tally=tally))


def round_concern(entry: Entry, recorded: Recorded, event: ConcernNoted) -> Entry:
    """The entry once something was seen in the words that a round is about."""
    concern = Concern(recorded.id, event.kind, event.text)
    return _in_round(
        entry, event.test, lambda one: one._replace(concerns=(*one.concerns, concern))
    )


def _in_round(entry: Entry, test: str, change: Callable[[ConsentRound], ConsentRound]) -> Entry:
    rounds = tuple(change(one) if one.id == test else one for one in entry.rounds)
    return entry._replace(rounds=rounds)


def round_adopted(entry: Entry, _: Recorded, event: EntryAdopted) -> Entry:
    """The entry once the group adopted a wording.

    Nothing where no round about that wording goes on; other words do not end one.
    """
    asked = _asked_about(entry, event.version)
    if asked is None:
        return entry
    agreed = entry._replace(
        state="in force",
        rounds=tuple(
            one._replace(adopted=True) if one is asked else one for one in entry.rounds
        ),
        adopted=Adoption(event.round, event.on, asked.versions),
        reopened_from=None,
        reopened_by=(),
    )
    return as_agreed(agreed)


def _asked_about(entry: Entry, version: str) -> ConsentRound | None:
    """The latest round about a wording, where none was adopted since; None without one."""
    if not {entry.state, entry.reopened_from} & {"tested", "amending"}:
        return None
    since = takewhile(lambda one: not one.adopted, reversed(entry.rounds))
    return next((one for one in since if version in one.versions), None)


# Other words


def opened_again(entry: Entry) -> Entry:
    """The entry once its words are not those that it stands there with."""
    if entry.state == "checked":
        return entry._replace(state="noted")  # nobody has looked at these words
    state = _REOPENED.get(entry.state)
    if state is None or state not in LIVES[entry.kind] or entry.reopened_from:
        return entry
    by = _in_place_of(entry, _agreed(entry, entry.state))
    return entry._replace(state=state, reopened_from=entry.state, reopened_by=by)


_REOPENED: dict[EntryState, EntryState] = {
    "in force": "amending",
    "amending": "amending",
    "tested": "proposed",
    "shared": "working",
}
"""Where other words lead to: what was agreed, or asked about, is so no more."""


def _in_place_of(entry: Entry, agreed: tuple[str, ...]) -> tuple[str, ...]:
    """The latest wording, when the one right before it was agreed; terms are not adopted."""
    before, latest = entry.versions[-2:][0], entry.version
    return (latest.id,) if not agreed or before.id in agreed else ()


def as_agreed(entry: Entry) -> Entry:
    """The entry, opened again where other words stand beside those that were agreed."""
    agreed = _agreed(entry, entry.state)
    return entry if not agreed or stands_with(entry, agreed) else opened_again(entry)


def stands_with(entry: Entry, versions: tuple[str, ...]) -> bool:
    """Whether the words of an entry are among these wordings, and no others beside them."""
    return all(version.id in versions for version in entry.wordings)


def _agreed(entry: Entry, state: EntryState) -> tuple[str, ...]:
    """Ids of the wordings with which an entry stood in the state that it was opened from."""
    if state == "in force":
        return entry.adopted.versions if entry.adopted else ()
    return entry.rounds[-1].versions if entry.rounds else ()


def holding_too(entry: Entry, before: Collection[str], version: str) -> Entry:
    """What was said of any of these wordings holds for another one as well."""
    rounds, adopted, by = entry.rounds, entry.adopted, entry.reopened_by
    if rounds and not set(rounds[-1].versions).isdisjoint(before):
        last = rounds[-1]._replace(versions=(*rounds[-1].versions, version))
        rounds = (*rounds[:-1], last)
    if adopted and not set(adopted.versions).isdisjoint(before):
        adopted = adopted._replace(versions=(*adopted.versions, version))
    if not set(by).isdisjoint(before):
        by = (*by, version)
    return entry._replace(rounds=rounds, adopted=adopted, reopened_by=by)


def was_small(entry: Entry, recorded: Recorded, _: RewordingWasSmall) -> Entry:
    """The entry once its new words were said to mean what was agreed.

    Nothing where someone else's words stand there by now, which were not meant, or where the
    words before were not agreed either, so that there is nothing to mean the same as.
    """
    meant = recorded.base or (entry.version.id,)
    if entry.reopened_from is None or tuple(v.id for v in entry.wordings) != meant:
        return entry
    if entry.version.id not in entry.reopened_by:
        return entry
    agreed = _agreed(entry, entry.reopened_from)
    held = holding_too(entry, agreed, entry.version.id)
    return held._replace(state=entry.reopened_from, reopened_from=None, reopened_by=())
