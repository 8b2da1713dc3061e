"""`facilitate archive`: what is kept of the sittings that were, and what is found in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

import click

from facilitate.cli.adding import add
from facilitate.cli.meant import meant
from facilitate.cli.told import Told
from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import Facet

if TYPE_CHECKING:
    import datetime as dt

    from facilitate.core.searching import Hit, Hits, Query
    from facilitate.session.kept import Kept, KeptSitting

EMPTY = "The archive is empty. A sitting comes into it when it is closed."

MANY = 50
"""So many files are read before anyone is told how far it is."""


@click.group()
def archive() -> None:
    """What is kept of closed sittings."""


archive.add_command(add)


# What is there


@archive.command("list")
def list_() -> None:
    """List the closed sittings, the latest last.

    Exit code: 0, or 1 when a record could not be read, or when records of one sitting differ
    (the others are listed all the same).
    """
    kept = _kept()
    sittings = kept.sittings()
    for sitting in sittings:
        click.echo(_listed(sitting))
    if not (sittings or kept.unread()):
        click.echo(EMPTY)
    _say(kept.said)
    if trouble := list(_trouble(kept)):
        raise Told("\n".join(trouble))


@archive.command()
@click.argument("sitting", metavar="ID")
def show(sitting: str) -> None:
    """Print the record of one sitting.

    ID is its date, as in 2026-11-22, or as much of its id as tells it from the others.

    Exit code: 0, or 1 when there is no such sitting, several, or nothing that can be read.
    """
    kept = _kept()
    offered = _offered(kept)
    if not offered:
        raise Told(EMPTY)
    one = meant(sitting, offered)
    if one.said:
        _print_merged(kept, one)
    else:
        _print_page(one)


def _print_merged(kept: Kept, one: Offered) -> None:
    """The page that none of several records has."""
    from facilitate.formats.export.markdown import record_markdown

    record = kept.record(one.id)
    if record is None:
        raise Told(f"The record of {one.id} was removed just now.")
    click.echo(record_markdown(record), nl=False)
    _say(one.said)


def _print_page(one: Offered) -> None:
    from facilitate.session.harvest import record_page
    from facilitate.store.records import altered, read_record_folder

    try:
        page = record_page(one.folder)
        changed = altered(read_record_folder(one.folder))
    except OSError as error:
        raise Told(f"The record of {one.id} cannot be read ({error.strerror}).") from None
    if not page:
        raise Told(one.trouble)
    click.echo(page, nl=False)
    if changed:
        click.echo(f"Changed since it was written: {', '.join(changed)}.", err=True)


@archive.command()
def rebuild() -> None:
    """Read every record again, and make the index anew.

    The index makes searching quick. It holds nothing that the records do not hold, and it is
    made again by itself when it is missing or damaged.

    Exit code: 0, or 1 when a record could not be read or the index could not be kept.
    """
    from facilitate.cli.chosen import here
    from facilitate.session.kept import Kept

    kept = Kept(here())
    kept.rebuild(_progress)
    sittings = kept.sittings()
    records = _counted(sum(len(one.files) for one in sittings), "record")
    click.echo(f"{records}, {_counted(sum(one.lines for one in sittings), 'line')}.")
    if said := [*kept.said, *_trouble(kept)]:
        raise Told("\n".join(said))


@archive.command()
def stats() -> None:
    """Count what is kept: sittings, cohorts, and lines of each kind that still stand.

    Nobody is counted. Exit code: 0.
    """
    from facilitate.core.archive_view import plural
    from facilitate.session.archive import Archive

    found = Archive(_kept()).stats()
    click.echo(_counted(found.sittings, "sitting"))
    click.echo(_counted(found.cohorts, "cohort"))
    for kind, count in found.lines.items():
        click.echo(f"{count:,} {kind if count == 1 else plural(kind)}")


# What is found


def _one_of(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> str | None:
    """A kind or a facet that there is."""
    known = get_args(CaptureKind if parameter.name == "kind" else Facet)
    if value is None or value.lower() in known:
        return value and value.lower()
    from facilitate.formats.characters import printable
    from facilitate.formats.wording import did_you_mean

    said = f'There is no {parameter.name} "{printable(value)}".'
    raise click.BadParameter(f"{said} {did_you_mean(value, known)}", context, parameter)


@archive.command()
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@click.option("--kind", callback=_one_of, help="agreement, term, question and so on.")
@click.option("--state", default="", help='Where it stands, as in "in force".')
@click.option("--cohort", default="", help="Whose lines.")
@click.option("--programme", default="", help="Of which programme.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Worked with since that day.")
@click.option("--facet", callback=_one_of, help="leadership, policy or practice.")
@click.option("--lineage", is_flag=True, help="Only lines that say what they stand on.")
@click.option(
    "--limit", default=50, type=click.IntRange(1), help="How many at most; 50 by default."
)
@click.option("--json", "as_json", is_flag=True, help="For programs: one object.")
def search(
    words: tuple[str, ...],
    *,
    kind: CaptureKind | None,
    state: str,
    cohort: str,
    programme: str,
    since: dt.datetime | None,
    facet: Facet | None,
    lineage: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Find lines by their words, as the latest sitting left them.

    Every word stands in the line, in what was told of it, or in words that it had before;
    the beginning of a word is enough. Without words, all lines are found, the newest first.

    Exit code: 0 when something was found, 1 when nothing was, 2 when the command line cannot
    be used.
    """
    from facilitate.core.searching import Query
    from facilitate.session.archive import Archive

    query = Query(
        words=" ".join(words),
        kind=kind,
        state=state,
        cohort=cohort,
        programme=programme,
        since=since.date() if since else None,
        facet=facet,
        lineage=lineage,
    )
    kept = _kept()
    found = Archive(kept).search(query, limit)
    if as_json:
        _print_json(found)
    else:
        for hit in found.hits:
            click.echo(_found(hit))
    _say(_about(found, limit))
    _say((*kept.said, *_in_short(kept)))
    if not found.hits:
        raise Told(_nothing(kept, query, found))


def _found(hit: Hit) -> str:
    """A line on one row, and where and when below it."""
    from facilitate.core.archive_view import where
    from facilitate.formats.characters import printable

    entry, sitting = hit.step.entry, hit.step.sitting
    source = f" <- {entry.lineage}" if entry.lineage else ""
    first = f"{entry.id}  {entry.state}  {entry.text}{source}"
    place = f"{sitting.date}  {where(sitting)}  {sitting.cohort}"
    below = " " * len(entry.id)
    return f"{printable(first)}\n{below}  {printable(place)}"


def _print_json(found: Hits) -> None:
    import json

    from facilitate.formats.found_json import found_fields

    click.echo(json.dumps(found_fields(found), ensure_ascii=False, indent=1))


def _about(found: Hits, limit: int) -> Iterator[str]:
    if found.more:
        which = "newest" if found.newest_first else "best"
        yield f"These are the {which} {limit:,}; --limit {limit * 2} shows more."
    if found.said and found.hits:
        yield found.said


def _nothing(kept: Kept, query: Query, found: Hits) -> str:
    """Why nothing was found, and what may have been meant."""
    from facilitate.formats.characters import printable
    from facilitate.formats.wording import did_you_mean
    from facilitate.session.archive import Archive

    archive = Archive(kept)
    if not archive.cohorts():
        return EMPTY
    if found.said:
        return found.said
    for name, value, there in (
        ("state", query.state, archive.values("state")),
        ("cohort", query.cohort, archive.cohorts()),
        ("programme", query.programme, archive.values("programme")),
    ):
        if value and value not in there:
            shown = f'No line has the {name} "{printable(value)}".'
            return printable(f"{shown} {did_you_mean(value, there)}").rstrip()
    return "Nothing was found."


# Records


class Offered(NamedTuple):
    """A sitting that can be shown. Every text is fit to be printed."""

    id: str
    """The name of the folder when its record cannot be read."""
    title: str
    """Empty when the record cannot be read."""
    folder: Path
    said: tuple[str, ...] = ()
    """What someone should know of its files."""
    trouble: str = ""
    """Why it cannot be read."""


def _offered(kept: Kept) -> list[Offered]:
    """Everything that can be shown, by id, which begins with the date."""
    sittings = kept.sittings()
    readable = [Offered(o.facts.id, o.facts.title, o.folder, o.said) for o in sittings]
    folders = {file.parent for one in sittings for file in one.files}
    unread = {
        one.path.parent: Offered(_name(one.path.parent), "", one.path.parent, (), one.trouble)
        for one in kept.unread()
        if one.path.parent not in folders
    }
    return sorted([*readable, *unread.values()], key=lambda one: one.id)


def _name(folder: Path) -> str:
    from facilitate.formats.characters import printable

    return printable(folder.name.encode(errors="replace").decode())


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _listed(one: KeptSitting) -> str:
    date = one.facts.date.isoformat()
    lines = {0: "no lines kept", 1: "1 line kept"}.get(one.lines, f"{one.lines} lines kept")
    below = " " * len(date)
    return f"{date}  {one.facts.title}  {lines}\n{below}  {one.facts.cohort}, {one.facts.id}"


def _trouble(kept: Kept) -> Iterator[str]:
    """What is not as it should be with the records, a sentence each."""
    yield from kept.told()
    yield from (unread.trouble for unread in kept.unread())


def _in_short(kept: Kept) -> Iterator[str]:
    if count := len(list(_trouble(kept))):
        things = _counted(count, "thing")
        yield f"{things} to know of the records; facilitate archive list says more."


def _kept() -> Kept:
    """All that is kept, as it is now."""
    from facilitate.cli.chosen import here
    from facilitate.session.kept import Kept

    kept = Kept(here())
    kept.refresh(_progress)
    return kept


def _progress(done: int, total: int) -> None:
    """Say how far the reading of records is, to someone who waits for it."""
    if total < MANY or not sys.stderr.isatty():
        return
    line = "" if done == total else f"Reading the records: {done:,} of {total:,}"
    click.echo(f"\r\x1b[K{line}", nl=False, err=True)


def _say(sentences: Iterator[str] | tuple[str, ...]) -> None:
    for sentence in sentences:
        click.echo(sentence, err=True)


__all__ = ["EMPTY", "Told", "archive"]
