"""`facilitate programme`: a whole programme, its calendar, and a new cohort from an old one."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from facilitate.cli import days
from facilitate.cli.told import Told, shown, shown_lines

if TYPE_CHECKING:
    import datetime as dt

    from facilitate.core.programme_view import Timeline, TimelineRow
    from facilitate.session.programme_files import OpenedProgramme

_UNREADABLE = 2


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--ics", is_flag=True, help="Write its dates for a calendar.")
@click.option(
    "-o", "output", metavar="FILE",
    help="With --ics: where to write them. A calendar that this command wrote there before is "
    "brought up to date; no other file is touched. Without it they are printed.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One object per date, one per line.")
@click.option(
    "--new", "folder", metavar="FOLDER",
    help="Make the files of a new cohort in a new folder; goes with --starts.",
)  # fmt: skip
@click.option("--starts", metavar="DATE", callback=days.day, help="With --new: its first day.")
@click.option(
    "--free", metavar="DATE", multiple=True, callback=days.days,
    help="With --new: a day that is to be kept free; can be repeated.",
)  # fmt: skip
@click.option(
    "--free-file", "free_files", metavar="FILE", multiple=True,
    help="With --new: days to be kept free, a date on each line, or a calendar (.ics) of "
    "holidays; can be repeated.",
)  # fmt: skip
@click.option("--id", "new_id", metavar="ID", help="With --new: the id of the new programme.")
@click.option("--yes", is_flag=True, help="With --new: take all dates as they are proposed.")
@click.pass_context
def programme(
    context: click.Context,
    file: str,
    *,
    ics: bool,
    output: str | None,
    as_json: bool,
    folder: str | None,
    starts: dt.date | None,
    free: tuple[dt.date, ...],
    free_files: tuple[str, ...],
    new_id: str | None,
    yes: bool,
) -> None:
    """Show a whole programme: what was held, what comes next, what is to come.

    FILE is a programme file, or a folder with one. Its agendas are looked for beside it.

    With --new the dates are proposed one by one, in the rhythm of the old programme; in a
    terminal each can be changed before anything is written. Names of the team and lines of the
    old cohort are left out. What its group allowed to be handed on is offered to the new one.

    Exit code: 0 all went well; 1 it cannot be done; 2 the command line cannot be used, or
    FILE has errors.
    """
    _refuse_two({"--ics": ics, "--json": as_json, "--new": folder is not None})
    if not ics:
        _refuse_without("--ics", {"-o": output})
    if folder is None:
        only_new = {"--starts": starts, "--free": free, "--free-file": free_files}
        _refuse_without("--new FOLDER", {**only_new, "--id": new_id, "--yes": yes})
    elif starts is None:
        raise click.UsageError("When does the new cohort begin? Write --starts DATE.")

    def do() -> None:
        from facilitate.session.programme_files import open_programme

        opened = open_programme(file)
        if folder is not None and starts is not None:
            from facilitate.cli.new_cohort import Wish, make_new_cohort

            wish = Wish(Path(folder), starts, frozenset(free), free_files, new_id, yes)
            make_new_cohort(opened, wish)
        elif ics:
            _calendar(opened, output)
        else:
            _show(opened, as_json=as_json)

    context.exit(_told(do))


def _refuse_two(ways: Mapping[str, bool]) -> None:
    """Do nothing unless two things are asked for at once.

    Raises:
        UsageError: when they are.
    """
    asked = [name for name, is_asked in ways.items() if is_asked]
    if len(asked) > 1:
        raise click.UsageError(f"Take one of {' and '.join(asked)}.")


def _refuse_without(needed: str, given: Mapping[str, object]) -> None:
    """Do nothing unless something is given that goes with what is not.

    Raises:
        UsageError: when it is.
    """
    for name, value in given.items():
        if value:
            raise click.UsageError(f"{name} goes with {needed}.")


def _told(do: Callable[[], None]) -> int:
    """Do something; what keeps it from being done is said. Returns the exit code."""
    from facilitate.core.refusal import Refused
    from facilitate.session.programme_files import Unsound
    from facilitate.store.files import reason

    try:
        do()
    except Unsound as unsound:
        for problem in unsound.problems:
            click.echo(shown(str(problem)), err=True)
        return _UNREADABLE
    except Refused as refused:
        raise Told(shown_lines(str(refused))) from None
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever read it has seen enough
            raise
        raise Told(shown(f"{reason(error)}. Nothing was written.")) from None
    return 0


# The timeline


def _show(opened: OpenedProgramme, *, as_json: bool) -> None:
    from facilitate.cli.chosen import here
    from facilitate.cli.timelines import LocalProgrammes
    from facilitate.session.clock import SystemClock
    from facilitate.session.kept import Kept

    places = here()
    found = LocalProgrammes(places, SystemClock().now, lambda: Kept(places)).look(opened)
    for line in _objects(found) if as_json else _page(found):
        click.echo(line if as_json else shown(line))
    for said in found.said:
        click.echo(shown(said), err=True)


def _page(found: Timeline) -> Iterator[str]:
    """A line for what comes next, then two for each date."""
    yield found.title
    yield found.stands
    yield ""
    for row in found.rows:
        mark = ">" if row.standing == "next" else " "
        yield f"{mark} {row.day}  {row.title}"
        yield f"{'':<{len(row.day) + 4}}{'; '.join(_known(row))}"


def _known(row: TimelineRow) -> Iterator[str]:
    yield row.status
    for fact in row.facts:
        yield fact.text if fact.label == "where" else f"{fact.label}: {fact.text}"


def _objects(found: Timeline) -> Iterator[str]:
    for row in found.rows:
        told = {
            "date": row.date.isoformat(),
            "number": row.number,
            "title": row.title,
            "standing": row.standing,
            "status": row.status,
            "place": row.place,
            "agenda": row.agenda,
            "record": row.sitting or None,
            "facts": {fact.label: fact.text for fact in row.facts},
        }
        yield json.dumps(told)


# The calendar


def _calendar(opened: OpenedProgramme, output: str | None) -> None:
    from facilitate.session.programme import calendar
    from facilitate.store.files import add_file, rewrite_file

    if output is None or output == "-":
        click.echo(calendar(opened).content, nl=False)
        return
    path = _target(output, opened)
    before = path.read_bytes() if path.exists() else None
    made = calendar(opened, before)
    if made.is_new:
        (add_file if before is None else rewrite_file)(path, made.content)
    where = f"It stands in {path}" if made.is_new else f"{path} has all of it already"
    count = len(opened.programme.sessions)
    click.echo(
        shown(f"{'1 sitting' if count == 1 else f'{count} sittings'}. {where}"), err=True
    )


def _target(output: str, opened: OpenedProgramme) -> Path:
    """The file that is meant.

    Raises:
        Told: when nothing can be written there.
    """
    path = Path(output)
    if path.is_dir():
        path /= f"{opened.programme.id}.ics"
    if not path.parent.is_dir():
        raise Told(shown(f"There is no folder {path.parent}. Make it first."))
    if path.exists() and not path.is_file():
        raise Told(shown(f"{path} is no file. For standard output write -o -"))
    return path
