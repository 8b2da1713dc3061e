"""`facilitate edit`: one part of a day, changed where it stands in its file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from facilitate.cli.told import Told, shown, shown_lines

if TYPE_CHECKING:
    from facilitate.core.agenda import Agenda
    from facilitate.formats.agenda_text import AgendaText
    from facilitate.formats.problem import Problem

_UNREADABLE = 2


class Wish(NamedTuple):
    """What is to become of a part."""

    minutes: int | None
    title: str | None
    before: str | None
    after: str | None
    out: bool

    def check(self) -> None:
        """Do nothing when it can be wished for.

        Raises:
            UsageError: when it says nothing, or two things at once.
        """
        others = [one is not None for one in self[:4]]
        if not self.out and not any(others):
            raise click.UsageError(
                "Say what to change: --minutes, --title, --before, --after or --out."
            )
        if self.out and any(others):
            raise click.UsageError("--out goes alone.")
        if self.before is not None and self.after is not None:
            raise click.UsageError("Take --before or --after, not both.")


@click.command()
@click.argument("agenda", type=click.Path())
@click.argument("part")
@click.option("--minutes", type=click.IntRange(min=1), metavar="N", help="How long it is.")
@click.option("--title", help="What it is called; its id stays.")
@click.option("--before", metavar="PART", help="Move it before this part.")
@click.option("--after", metavar="PART", help="Move it behind this part.")
@click.option("--out", is_flag=True, help="Take it out.")
@click.pass_context
def edit(
    context: click.Context,
    agenda: str,
    part: str,
    minutes: int | None,
    title: str | None,
    before: str | None,
    after: str | None,
    *,
    out: bool,
) -> None:
    """Change one PART of an AGENDA file: its length, its title, its place.

    PART is its id, its number as 1 for the first, or the beginning of its title. Comments and
    layout stay. The minutes of the day follow when they were the sum of its parts.

    Exit code: 0 when it is as you said; 1 when it cannot be; 2 when the file or the command
    line cannot be used.
    """
    from facilitate.core.refusal import Refused
    from facilitate.session.building import Unbuildable
    from facilitate.store.files import reason

    wish = Wish(minutes, title, before, after, out)
    wish.check()
    try:
        _edit(Path(agenda), click.format_filename(agenda), part, wish)
    except Unbuildable as unbuildable:
        for problem in unbuildable.problems:
            click.echo(shown(str(problem)), err=True)
        context.exit(_UNREADABLE)
    except Refused as refused:
        raise Told(shown_lines(str(refused))) from None
    except OSError as error:
        raise Told(f"{reason(error)}. Nothing was changed.") from None


def _edit(path: Path, name: str, part: str, wish: Wish) -> None:
    from facilitate.core.agenda_diff import differences
    from facilitate.session import building

    text = building.read(path, name)
    was = building.draft(text, name)
    changed = _changed(text, was.agenda, building.place_of(was.agenda, part), wish)
    if changed.text == text.text:
        click.echo("It is like that already; nothing was changed.")
        return
    now = building.draft(changed, name)
    worse = building.worse(was, now)
    if stops := [one for one in worse if one in now.errors]:
        raise Told(_lines("The file would have something to mend. Nothing was changed.", stops))
    building.write(path, changed, text)
    for difference in differences(was.agenda, now.agenda):
        click.echo(shown(str(difference)))
    if worse:
        click.echo(_lines("There is something to look at now:", worse))


def _changed(text: AgendaText, agenda: Agenda, place: int, wish: Wish) -> AgendaText:
    from facilitate.session import building

    if wish.out:
        return building.without(text, place)
    if wish.minutes is not None:
        text = building.with_minutes(text, place, wish.minutes)
    if wish.title is not None:
        text = building.titled(text, place, wish.title)
    said = wish.before if wish.before is not None else wish.after
    if said is None:
        return text
    other = building.place_of(agenda, said)
    if other == place:
        raise Told("A part cannot stand beside itself. Name another one.")
    behind = wish.before is None
    return building.moved(text, place, other - (other > place) + behind)


def _lines(message: str, problems: Iterable[Problem]) -> str:
    return "\n".join([message, *(f"  {shown(str(one))}" for one in problems)])
