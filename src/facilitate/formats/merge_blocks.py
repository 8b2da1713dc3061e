"""Which stretch between the parts of one version is which of another one."""

from __future__ import annotations

from collections.abc import Sequence

from facilitate.formats.merge_versions import Block
from facilitate.formats.part_matching import ALIKE, likeness

Three = tuple[Block | None, Block | None, Block | None]
"""One stretch in base, ours and theirs; None where it is not."""


def threes(
    base: Sequence[Block], ours: Sequence[Block], theirs: Sequence[Block]
) -> list[Three]:
    """Every stretch of three versions: those of ours in their order, then the others."""
    mine, yours = _matches(base, ours), _matches(base, theirs)
    added = [n for n in range(len(theirs)) if n not in yours]
    found: list[Three] = []
    for place, block in enumerate(ours):
        if place in mine:
            was = mine[place]
            found.append((base[was], block, _of(theirs, yours, was)))
            continue
        same = next((n for n in added if theirs[n].anchor == block.anchor), None)
        found.append((None, block, None if same is None else theirs[same]))
        if same is not None:
            added.remove(same)
    gone = (n for n in range(len(base)) if n not in mine.values())
    found += [(base[n], None, _of(theirs, yours, n)) for n in gone]
    return [*found, *((None, None, theirs[n]) for n in added)]


def _of(side: Sequence[Block], known: dict[int, int], was: int) -> Block | None:
    return next((side[n] for n, before in known.items() if before == was), None)


def _matches(before: Sequence[Block], after: Sequence[Block]) -> dict[int, int]:
    """For the place of a stretch the place that it had before.

    What did not change comes first, then what is in the same place, then what is alike.
    """
    found: dict[int, int] = {}
    for closeness in (4, 3, 2, 1):
        for place, new in enumerate(after):
            for was, old in enumerate(before):
                is_free = place not in found and was not in found.values()
                if is_free and _closeness(old, new) >= closeness:
                    found[place] = was
    return found


def _closeness(old: Block, new: Block) -> int:
    if old.text == new.text:
        return 4 if old.anchor == new.anchor else 3
    if old.anchor == new.anchor:
        return 2
    return int(likeness(old.text, new.text) >= ALIKE)
