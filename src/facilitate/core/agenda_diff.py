"""What differs between two agendas, in the words of the day.

Parts are known by their ids, and those that have none in common by their titles. Of parts in
another order as few as possible are said to have moved. Whatever differs is told: what a short
sentence cannot say is at least named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from facilitate.core.agenda import Agenda, Breakout, Segment


class Difference(NamedTuple):
    """What differs in one part of the day, or in what is said of the whole."""

    title: str
    """Of the part, as it is now; `The day` for what concerns all of it."""
    changes: tuple[str, ...]
    """Each in a few words: `30 -> 25 min`, `moved before Lunch`."""

    def __str__(self) -> str:
        """On one line: `Words we carry: 30 -> 25 min, moved before Lunch`."""
        return f"{self.title}: {', '.join(self.changes)}"


THE_DAY = "The day"


def differences(before: Agenda, after: Agenda) -> tuple[Difference, ...]:
    """What is other in the second agenda: the day first, then its parts in their order.

    Parts that it has no more come last. Empty when both say the same.
    """
    pairs = _pairs(before.segments, after.segments)
    moved = _moved(pairs)
    found = [Difference(THE_DAY, tuple(_day(before, after)))]
    for place, segment in enumerate(after.segments):
        if place in pairs:
            changes = list(_part(before.segments[pairs[place]], segment))
        else:
            changes = [f"new, {segment.minutes} min, {_where(after.segments, place)}"]
        if place in moved:
            changes.append(f"moved {_where(after.segments, place)}")
        found.append(Difference(segment.title, tuple(changes)))
    kept = set(pairs.values())
    gone = (one for place, one in enumerate(before.segments) if place not in kept)
    found += [Difference(one.title, (f"taken out, {one.minutes} min",)) for one in gone]
    return tuple(one for one in found if one.changes)


# Which is which


def _pairs(before: Sequence[Segment], after: Sequence[Segment]) -> dict[int, int]:
    """For the place of a part now, the place that it had before; without new ones."""
    pairs: dict[int, int] = {}
    for name in (_id, _title):
        taken = set(pairs.values())
        free: dict[str, list[int]] = {}
        for place, segment in enumerate(before):
            if place not in taken:
                free.setdefault(name(segment), []).append(place)
        for place, segment in enumerate(after):
            same = free.get(name(segment), [])
            if place not in pairs and same:
                pairs[place] = same.pop(0)
    return pairs


def _id(segment: Segment) -> str:
    return segment.id


def _title(segment: Segment) -> str:
    return segment.title.casefold()


def _moved(pairs: Mapping[int, int]) -> set[int]:
    """Places of parts that have another place now among those that are in both agendas."""
    order = [pairs[place] for place in sorted(pairs)]
    stay = _longest_rise(order)
    return {place for place, was in pairs.items() if was not in stay}


def _longest_rise(numbers: list[int]) -> set[int]:
    """The numbers of a longest run that rises, leaving others out; they are all different."""
    best: list[tuple[int, int]] = []  # length up to here, and the index before in the run
    for place, number in enumerate(numbers):
        runs = ((best[n][0], n) for n in range(place) if numbers[n] < number)
        length, last = max(runs, default=(0, -1))
        best.append((length + 1, last))
    at = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    found = set()
    while at >= 0:
        found.add(numbers[at])
        at = best[at][1]
    return found


def _where(segments: Sequence[Segment], place: int) -> str:
    if place + 1 < len(segments):
        return f"before {segments[place + 1].title}"
    return "to the end" if place else "alone"


# What is other


def _day(before: Agenda, after: Agenda) -> Iterator[str]:
    yield from _values(before, after, _DAY)
    yield from _texts(before, after, {"for_whom": "for whom", "about": "about"})
    yield from _team(before, after)
    texts = [{one.key: one.text for one in agenda.objectives} for agenda in (before, after)]
    yield from _named("objective", texts[0], texts[1])
    if texts[0] == texts[1] and before.objectives != after.objectives:
        yield "objectives changed in their order"
    for name, label in _DAY_LISTS.items():
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield f"{label} {_how(was, now)}"


_DAY: Mapping[str, str] = {
    "id": "id",
    "title": "title",
    "subtitle": "subtitle",
    "date": "date",
    "start": "start",
    "ends_by": "promised end",
    "timezone": "timezone",
    "minutes": "minutes",
    "place": "place",
    "cohort": "cohort",
    "programme": "programme",
    "number": "number",
    "topic": "topic",
    "part": "part",
    "parts": "parts",
    "series": "series",
    "carried_from": "carried from",
}
_DAY_LISTS: Mapping[str, str] = {
    "carry_over": "what is carried over",
    "carried": "carried lines",
    "offered": "starting points",
    "before": "preparation",
    "after": "debrief",
}


def _team(before: Agenda, after: Agenda) -> Iterator[str]:
    """Roles alone: that a name is another one is said, and not which."""
    names = [{one.role: one.name for one in agenda.team} for agenda in (before, after)]
    told = list(_lists("role", names[0], names[1]))
    for role, now in names[1].items():
        was = names[0].get(role, now)
        if was != now:
            told.append(f"name of {role} {_how(was, now)}")
    yield from told
    if not told and before.team != after.team:
        yield "roles changed"


def _part(before: Segment, after: Segment) -> Iterator[str]:
    if before.title != after.title:
        yield f"was called {before.title}"
    if before.id != after.id:
        yield f"id {before.id} -> {after.id}"
    if before.minutes != after.minutes:
        yield f"{before.minutes} -> {after.minutes} min"
    yield from _values(before, after, _PART)
    for name, label in _FLAGS.items():
        if getattr(before, name) != getattr(after, name):
            yield label if getattr(after, name) else f"no longer {label}"
    yield from _lists("helping role", before.with_, after.with_)
    yield from _lists("objective", before.serves, after.serves)
    yield from _counted("post", before.chat, after.chat)
    if before.capture != after.capture:
        yield f"captures {' and '.join(after.capture) or 'nothing of its own'}"
    yield from _texts(before, after, _TEXTS)
    for name in ("links", "materials"):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield f"{name} {_how(was, now)}"
    yield from _rooms(before.breakout, after.breakout)


_PART: Mapping[str, str] = {
    "kind": "kind",
    "at_least": "at least",
    "at_most": "at most",
    "starts_at": "starts at",
    "starts_by": "starts by",
    "not_before": "not before",
    "ends_at": "ends at",
    "on_due": "when its time is over",
    "lead": "lead",
}
_FLAGS: Mapping[str, str] = {"protect": "protected", "skippable": "may be left out"}
_TEXTS: Mapping[str, str] = {
    "purpose": "purpose",
    "say": "words to say",
    "notes": "notes",
    "tech": "tech",
    "access": "access",
    "listen_for": "what to listen for",
    "if_short": "if short",
    "if_heavy": "if heavy",
    "if_quiet": "if quiet",
}


def _rooms(before: Breakout | None, after: Breakout | None) -> Iterator[str]:
    if before is None or after is None:
        if before is not after:
            yield "rooms are new" if before is None else "no rooms any more"
        return
    was, now = ([one.minutes for one in rooms.rounds] for rooms in (before, after))
    if was != now:
        yield f"rounds of {_numbers(was)} -> {_numbers(now)} min"
    elif before.rounds != after.rounds:
        yield "questions of the rounds changed"
    if before.group_size != after.group_size:
        yield f"groups of {_shown(before.group_size)} -> {_shown(after.group_size)}"
    yield from _values(before, after, _ROOMS)
    yield from _texts(before, after, _ROOM_TEXTS)
    for name, label in _ROOM_LISTS.items():
        was_list, now_list = getattr(before, name), getattr(after, name)
        if was_list != now_list:
            yield f"{label} {_how(was_list, now_list)}"


_ROOMS: Mapping[str, str] = {
    "how": "rooms",
    "opening": "minutes before the rounds",
    "between": "minutes between rounds",
    "closing": "minutes after the rounds",
    "prefer": "rooms that are",
    "spare_rooms": "spare rooms",
}
_ROOM_TEXTS: Mapping[str, str] = {
    "stay": "what those do who stay",
    "halfway": "message at half time",
    "last_call": "last call",
    "bring_back": "what comes back",
}
_ROOM_LISTS: Mapping[str, str] = {
    "each_room": "who is in each room",
    "never_alone": "who is never alone",
    "spread": "who is spread over rooms",
}


# In words


def _numbers(lengths: list[int]) -> str:
    return " and ".join(map(str, lengths)) or "none"


def _values(before: object, after: object, labels: Mapping[str, str]) -> Iterator[str]:
    for name, label in labels.items():
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield f"{label} {_shown(was)} -> {_shown(now)}"


def _shown(value: object) -> str:
    if value is None or value == "":
        return "none"
    return f"{value:%H:%M}" if isinstance(value, dt.time) else str(value)


def _how(was: object, now: object) -> str:
    return "new" if not was else "taken out" if not now else "changed"


def _texts(before: object, after: object, labels: Mapping[str, str]) -> Iterator[str]:
    for name, label in labels.items():
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield f"{label} {_how(was, now)}"


def _lists(what: str, before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    """What came and what went; else that the order is another, where it is."""
    was, now = list(before), list(after)
    yield from (f"{what} {one} new" for one in now if one not in was)
    yield from (f"{what} {one} taken out" for one in was if one not in now)
    if was != now and set(was) == set(now):
        yield f"{what}s in another order"


def _named(what: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    yield from _lists(what, sorted(before), sorted(after))
    same = sorted(before.keys() & after.keys())
    yield from (f"{what} {one} changed" for one in same if before[one] != after[one])


def _counted(what: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    if len(before) != len(after):
        yield f"{len(before)} -> {len(after)} {what}s"
    elif before != after:
        yield f"{what}s changed"
