"""What TOML trips over in one statement, said in the words of people who write agendas."""

from __future__ import annotations

from facilitate.formats.toml_case import Trouble, case_of, sound
from facilitate.formats.toml_line_trouble import CHARACTER_LOOKS, HEADER_LOOKS, STRAY_LOOKS
from facilitate.formats.toml_places import Lines
from facilitate.formats.toml_value_trouble import VALUE_LOOKS

_LOOKS = {
    "pair": (*CHARACTER_LOOKS, *VALUE_LOOKS),
    "stray": (*CHARACTER_LOOKS, *STRAY_LOOKS),
    "table": (*CHARACTER_LOOKS, *HEADER_LOOKS),
    "tables": (*CHARACTER_LOOKS, *HEADER_LOOKS),
}
_MOST_IN_ONE = 20
_LONGEST = 20_000
"""Characters; looking closely at a longer statement takes longer than anyone waits."""


Found = tuple[Trouble, int, int | None]
"""A trouble with its line and column, counted from 1; None when only the line is known."""


def troubles_in(text: str, line: int) -> tuple[list[Found], str | None]:
    """Everything wrong with one statement, and the statement mended if that can be told.

    The list is empty when nothing is wrong.

    Args:
        text: the whole statement with its indentation, as it stands in the file.
        line: the line of the file that it begins on.
    """
    found: list[Found] = []
    meant: str | None = text
    while meant is not None and not sound(meant) and len(found) < _MOST_IN_ONE:
        trouble = _trouble_in(meant, line)
        here, column = Lines(meant).place(trouble.at)
        # Mending an earlier fault of the statement may have moved what follows on its line.
        found.append((trouble, line + here - 1, None if found else column))
        meant = trouble.instead
    return found, meant if meant is not None and sound(meant) else None


def _trouble_in(text: str, line: int) -> Trouble:
    case = case_of(text, line) if len(text) <= _LONGEST else None
    if case is not None:
        for look in _LOOKS[case.statement.kind]:
            if (trouble := look(case)) is not None:
                return trouble
    return Trouble(
        at=len(text) - len(text.lstrip()),
        code="unreadable-line",
        message="This line cannot be read.",
        hint='A line is written name = value, with text between straight quotes: "like this".',
    )
