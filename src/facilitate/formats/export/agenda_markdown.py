"""An agenda as Markdown; everything people wrote stays the text it was."""

from __future__ import annotations

from collections.abc import Iterator

from facilitate.core.agenda import Agenda
from facilitate.formats.export.agenda_fields import Audience, left_out
from facilitate.formats.export.agenda_page import (
    FOR_TEAM,
    PARTS_FOR_ALL,
    PARTS_FOR_TEAM,
    SITTING_FOR_ALL,
    SITTING_FOR_TEAM,
    AgendaPage,
    PagePart,
    agenda_page,
)
from facilitate.formats.export.agenda_part import Item
from facilitate.formats.export.markdown_lines import escaped, listed


def write(agenda: Agenda, audience: Audience) -> bytes:
    """The page of an agenda in UTF-8, which ends in a newline."""
    page = agenda_page(agenda, audience)
    return ("\n\n".join(filter(None, _blocks(page))) + "\n").encode()


def untold(agenda: Agenda, audience: Audience) -> tuple[str, ...]:
    """What of the agenda is not on its page, in words."""
    if audience == "team":
        return left_out(agenda, SITTING_FOR_TEAM, PARTS_FOR_TEAM)
    return left_out(agenda, SITTING_FOR_ALL, PARTS_FOR_ALL)


def _blocks(page: AgendaPage) -> Iterator[str]:
    yield f"# {escaped(page.title)}"
    yield escaped(page.subtitle)
    if page.audience == "team":
        yield f"*{FOR_TEAM}*"
    yield listed(f"{one.name}: {escaped(one.text)}" for one in page.facts)
    yield from map(escaped, page.about)
    if page.objectives:
        yield "## What it is for"
        yield listed(map(escaped, page.objectives))
    for one in page.lists:
        yield from _under(one)
    yield "## The day"
    yield _table(page)
    for part in page.parts:
        yield from _part(part)
    for one in page.after:
        yield from _under(one)


def _under(item: Item) -> Iterator[str]:
    yield f"## {item.name}"
    yield listed(map(escaped, item.texts))


def _table(page: AgendaPage) -> str:
    rows = [page.heads, *(tuple(map(escaped, row)) for row in page.rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    rule = tuple("-" * max(width, 3) for width in widths)
    return "\n".join(
        "| " + " | ".join(map(str.ljust, row, widths)) + " |"
        for row in (rows[0], rule, *rows[1:])
    )


def _part(part: PagePart) -> Iterator[str]:
    yield f"## {escaped(part.heading)}"
    yield escaped(part.about)
    for item in part.items:
        if item.is_list:
            yield f"**{item.name}**"
            yield listed(map(escaped, item.texts))
        else:
            first, *more = map(escaped, item.texts)
            yield f"**{item.name}:** {first}"
            yield from more
