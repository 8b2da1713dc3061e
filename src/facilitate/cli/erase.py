"""`facilitate erase`: a line taken back for good."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from facilitate.cli.told import Told

if TYPE_CHECKING:
    from facilitate.core.taking_back import Line, TakingBack
    from facilitate.session.erasing import Found, TakenBack
    from facilitate.session.exports_recalled import Recall
    from facilitate.store.places import Places

FIRST_WORDS = 40
"""So many characters of a line are shown where several are listed."""

WHAT_IT_DOES = """\
This takes it out of the notes and the records here, with every wording it had, what was told,
counted and seen of it, and out of what was handed on, where that is as it was written. It
cannot be undone. Close other windows of facilitate first: they may have it in memory."""

OUT_OF_REACH = """\
Out of reach from here:
  what was printed, sent or copied: ask for it back
  backups, and earlier versions that a sync program keeps, often for weeks
  other machines that held one of these sittings: run the same there"""

FATES = {
    "removed": "its file here is removed",
    "changed": "its file was changed since and stays",
    "replaced": "its file was replaced since",
    "not there": "its file was moved or removed",
    "printed": "it was printed, not written to a file",
}


@click.command()
@click.argument("line", metavar="ID")
@click.option(
    "--sitting", default="", metavar="S",
    help="A sitting that has it: its date, or as much of its id as tells it from the others.",
)  # fmt: skip
@click.option("--cohort", default="", metavar="C", help="Whose line it is.")
@click.option(
    "--which", type=click.IntRange(1), metavar="N",
    help="The so-many-th of those that are listed, where several are meant all the same.",
)  # fmt: skip
@click.option("--yes", is_flag=True, help="Do it without asking.")
def erase(line: str, sitting: str, cohort: str, which: int | None, *, yes: bool) -> None:
    """Take a line back for good: out of every file of this machine that can be reached.

    ID is what people say of it, as in A12. It leaves the notes, the records in every folder,
    and what was handed on; what is to be asked back is listed, and what cannot be reached is
    said. Run again, it goes on with what was left.

    Exit code: 0 when nothing is left of it here; 1 when something is, when it was not done, or
    when it cannot be told which line is meant.
    """
    from facilitate.cli.chosen import chosen
    from facilitate.session import erasing

    settings = chosen()
    here = settings.places
    done = [_gone_on_with(here, one) for one in erasing.unfinished(here)]
    meant = _meant(erasing.find(here, line, cohort=cohort, sitting=sitting), line, which)
    if not (done and not meant.text):  # else it was just ended what was begun before
        _refuse_held(here, meant.taking_back)
        _show(meant)
        if not yes and not _wanted(meant.name):
            raise Told("Nothing was taken back.")
        done.append(_taken_back(here, meant.taking_back))
    click.echo(f"\n{OUT_OF_REACH}")
    if settings.missing:
        click.echo(_shown(f"\n{settings.missing} Run the same when it is."), err=True)
    if settings.missing or not all(done):
        sys.exit(1)


# Which line


def _meant(found: Found, said: str, which: int | None) -> Line:
    """The one line that was asked for.

    Raises:
        Told: when there is none, or more than one.
    """
    lines, name = found.lines, f'"{_shown(said)}"'
    if not lines:
        near = "\nNear it:\n" + _rows(found.near) if found.near else ""
        raise Told(f"There is no line {name} here. People say it as in A12.{near}")
    if which is not None and which <= len(lines):
        return lines[which - 1]
    if len(lines) == 1:
        return lines[0]
    how = "Say which with --sitting, --cohort or --which"
    raise Told(f"{len(lines)} lines are called {name}. {how}:\n{_rows(lines)}")


def _rows(lines: Sequence[Line]) -> str:
    return "\n".join(_row(place, line) for place, line in enumerate(lines, 1))


def _row(place: int, line: Line) -> str:
    first = line.sittings[0]
    words = line.text if len(line.text) <= FIRST_WORDS else f"{line.text[:FIRST_WORDS]}..."
    head = f"{place}  {line.name}  {first.date}  {first.title}, {first.cohort}"
    return _shown(f"  {head}") + "\n" + _shown(f"     {line.made}  {words}".rstrip())


def _show(line: Line) -> None:
    """Tell which line it is, and what is about to be done."""
    latest, first = line.latest, line.sittings[0]
    where = ", ".join(filter(None, (latest.kind, latest.state)))
    words = line.text or "its words are gone already"
    more = len(line.sittings) - 1
    also = f"; also in {more} later {'sitting' if more == 1 else 'sittings'}" if more else ""
    click.echo(_shown(f"{line.name}, {where}: {words}"))
    click.echo(_shown(f"{first.date}, {first.title}, {first.cohort}, {line.made}{also}"))
    click.echo(f"\n{WHAT_IT_DOES}\n")


def _wanted(name: str) -> bool:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo("To do it without being asked, add --yes.", err=True)
        return False
    return click.confirm(f"Take {name} back for good?", default=False)


def _refuse_held(here: Places, line: TakingBack) -> None:
    from facilitate.core.refusal import Refused
    from facilitate.session import erasing

    try:
        erasing.check_free(here, line)
    except Refused as refused:
        raise Told(str(refused)) from None


# What was done


def _gone_on_with(here: Places, line: TakingBack) -> bool:
    """Take a line back that was begun before; what hinders that hinders no other line."""
    try:
        return _taken_back(here, line)
    except Told as told:
        told.show()
        return False


def _taken_back(here: Places, line: TakingBack) -> bool:
    """Take a line back and tell about it; whether nothing is left of it.

    Raises:
        Told: when it could not even be begun.
    """
    from facilitate.core.refusal import Refused
    from facilitate.session import erasing
    from facilitate.store.files import reason

    try:
        done = erasing.take_back(here, line)
    except Refused as refused:
        raise Told(str(refused)) from None
    except OSError as error:
        raise Told(f"{reason(error)}. Nothing was taken back.") from None
    click.echo("\n".join(map(_shown, told(done))))
    if not done.is_done:
        click.echo("\n".join(map(_shown, left(done))), err=True)
    return done.is_done


def told(done: TakenBack) -> Iterator[str]:
    """What was done, a line each, with what is to be asked back."""
    notes = _count(done.notes, "line of notes is emptied", "lines of notes are emptied")
    records = _count(done.records, "record is written", "files of records are written")
    yield f"{done.name}: {notes}, {records} without it."
    if done.exports:
        yield "Ask for these back, wherever they went; they held it:"
        yield from (f"  {_recalled(one)}" for one in done.exports)
    yield from done.said


def _recalled(one: Recall) -> str:
    from facilitate.core.sharing import FORMS

    export = one.export
    form = next((rules.holds for name, rules in FORMS.items() if name == export.form), "")
    what = f"{form} ({export.form})" if form else export.form
    where = f" {export.path}" if export.is_file else ""
    sealed = ", encrypted" if export.sealed else ""
    return f"{export.when.date()}  {what}, {export.ring}{sealed}:{where} ({FATES[one.fate]})"


def left(done: TakenBack) -> Iterator[str]:
    """What could not be done, a line each; nothing when all was."""
    if done.still:
        yield "These still hold words of it; look at them yourself:"
        yield from (f"  {path}" for path in done.still)
    if done.trouble:
        yield "This could not be done; run the same again when it can be:"
        yield from (f"  {told}" for told in done.trouble)


def _count(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _shown(text: str) -> str:
    """Words of others so that they cannot steer the terminal."""
    from facilitate.formats.characters import printable

    return printable(text)
