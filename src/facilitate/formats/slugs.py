"""Short stable names: `closing-day-one`."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
LONGEST = 80
_LONGEST_MADE = 48


def slug(text: str) -> str:
    """The text as a short name; empty when it has neither letters a to z nor digits."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    made = "-".join(words)
    if len(made) > _LONGEST_MADE:
        made = made[: _LONGEST_MADE + 1].rpartition("-")[0] or made[:_LONGEST_MADE]
    return made


def give_ids(tables: Any) -> None:
    """Give each table without an `id` one from its title, different from all others.

    The second `break` becomes `break-2`; ids that are written stay as they are. What is not
    a list of tables is left alone.
    """
    segments = (
        [one for one in tables if isinstance(one, dict)] if isinstance(tables, list) else []
    )
    taken = {one["id"] for one in segments if isinstance(one.get("id"), str)}
    for place, one in enumerate(segments, start=1):
        if "id" in one:
            continue
        title = one.get("title")
        made = (slug(title) if isinstance(title, str) else "") or f"part-{place}"
        count, unique = 1, made
        while unique in taken:
            count += 1
            unique = f"{made}-{count}"
        taken.add(unique)
        one["id"] = unique
