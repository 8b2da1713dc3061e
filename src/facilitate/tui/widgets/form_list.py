"""The forms in which something can be handed on, a row each: what it is, and for whom."""

from __future__ import annotations

from textual.widgets.option_list import Option

from facilitate.core.sharing import FORMS, Form
from facilitate.tui.widgets.steady_list import SteadyList
from facilitate.tui.words import line

NAMES = 9
ENDINGS = 6
"""Columns for the longest name of a file, and for the longest ending."""


class FormList(SteadyList):
    """Every form, in the order in which they are offered; the first one is marked."""

    def __init__(self) -> None:
        super().__init__(*map(_option, FORMS), markup=False)
        self.highlighted = 0

    @property
    def marked(self) -> Form:
        """The marked form."""
        return list(FORMS)[self.highlighted or 0]


def _option(form: Form) -> Option:
    rules = FORMS[form]
    return Option(
        line(
            (f"{rules.name:<{NAMES}}", "bold $primary"),
            (f"{rules.ending:<{ENDINGS}}", "$soft"),
            rules.holds,
        )
    )
