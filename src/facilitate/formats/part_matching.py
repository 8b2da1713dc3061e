"""Which part of one version of an agenda is which part of another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from facilitate.formats.agenda_text import SEGMENT, AgendaText, data_of
from facilitate.formats.slugs import give_ids

ALIKE = 0.6
"""How much of two parts is the same when one may have become the other, from 0 to 1."""


class Part(NamedTuple):
    """One part of one version."""

    text: str
    title: str
    id: str
    """Written, or made from the title."""
    has_id: bool
    """Whether it is written."""
    minutes: int | None
    """None when it has no length that could be added."""


def parts_of(text: AgendaText) -> list[Part]:
    """The parts of an agenda in their order.

    Raises:
        ValueError: when they do not stand each below a header.
    """
    found: Any = data_of(text.text).get(SEGMENT, [])
    written = [isinstance(one, dict) and "id" in one for one in found]
    give_ids(found)
    return [
        Part(
            text=part,
            title=str(one.get("title", "")),
            id=str(one.get("id", "")),
            has_id=has_id,
            minutes=one["minutes"] if type(one.get("minutes")) is int else None,
        )
        for part, one, has_id in zip(text.parts, found, written, strict=True)
    ]


def matches(before: Sequence[Part], after: Sequence[Part]) -> dict[int, int]:
    """For the place of a part in the later version the place of the same one before.

    Ids that someone wrote come first; ids that were made may belong to another part of the
    same title. Then what did not change at all, what kept its title, and what is much alike.
    """
    found: dict[int, int] = {}
    for is_same in (_same_id, _same_text, _same_title, _alike):
        pairs = sorted(_free_pairs(before, after, found, is_same), reverse=True)
        for _, later, earlier in pairs:
            if -later not in found and -earlier not in found.values():
                found[-later] = -earlier
    return found


def _free_pairs(
    before: Sequence[Part],
    after: Sequence[Part],
    found: dict[int, int],
    is_same: Callable[[Part, Part], float],
) -> list[tuple[float, int, int]]:
    """What could be the same of what is left: how alike, and both places as negatives."""
    taken = set(found.values())
    return [
        (how, -later, -earlier)
        for later, new in enumerate(after)
        if later not in found
        for earlier, old in enumerate(before)
        if earlier not in taken and (how := is_same(old, new))
    ]


def _same_id(old: Part, new: Part) -> float:
    return float(old.id == new.id and (old.has_id or new.has_id))


def _same_text(old: Part, new: Part) -> float:
    return float(old.text == new.text)


def _same_title(old: Part, new: Part) -> float:
    both = old.has_id and new.has_id
    return 0 if both or old.title != new.title else 1 + likeness(old.text, new.text)


def _alike(old: Part, new: Part) -> float:
    if old.has_id and new.has_id:
        return 0
    how = likeness(old.text, new.text)
    return how if how >= ALIKE else 0


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, by lines, from 0 to 1."""
    return SequenceMatcher(None, one.split("\n"), other.split("\n"), autojunk=False).ratio()
