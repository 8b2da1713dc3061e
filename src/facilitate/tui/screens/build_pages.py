"""Pages to read while a day is built: all of its figures, and what someone else changed."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from facilitate.core.build_view import BuildView, Flaw, totals
from facilitate.tui.screens.reading import Reading
from facilitate.tui.widgets.facts import fact_rows
from facilitate.tui.words import plain, stack


def totals_page(view: BuildView, flaws: Iterable[Flaw], width: int) -> Reading:
    """Every figure of a day, and all that the check found in it, in so many columns."""
    rows: list[Content] = []
    for heading, facts in totals(view, flaws):
        rows.append(plain(heading, "bold $primary"))
        rows += [row for fact in facts for row in fact_rows(fact, width)]
        rows.append(Content(""))
    return Reading(view.title, stack(rows))


def theirs_page(name: str, told: Iterable[str]) -> Reading:
    """What a file says that someone else changed, beside what it said before."""
    rows = [plain(f"In {name}, beside what it said when it was opened:", "bold"), Content("")]
    rows += [plain(f"  {one}") for one in told]
    return Reading("What they changed", stack(rows))
