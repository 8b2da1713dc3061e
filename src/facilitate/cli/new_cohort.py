"""`facilitate programme --new`: the dates of a new cohort one by one, then all of its files."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from facilitate.cli.days import read_day
from facilitate.cli.told import shown
from facilitate.core.new_cohort import Proposed, as_offered

if TYPE_CHECKING:
    from facilitate.core.new_cohort import HandedOn
    from facilitate.core.sharing import Shared
    from facilitate.session.new_cohort import NewCohort
    from facilitate.session.programme_files import OpenedProgramme

FREE = "free"
"""What someone answers when the proposed day is to be kept free."""

YEARS = range(1971, 2180)
"""In which a programme can begin."""

MOST_LOOKS = 20
"""So many lines that still name an old year or someone are shown."""

HOW = (
    f'Enter takes a date, another one replaces it, "{FREE}" keeps that day free and takes the '
    "next of the same weekday. Ctrl+c leaves; nothing is written before the end."
)


Propose = Callable[[Collection[dt.date]], Proposed]
"""Gives a date, where some days are to be kept free."""


class Wish(NamedTuple):
    """What is asked for."""

    folder: Path
    starts: dt.date
    free: frozenset[dt.date]
    free_files: tuple[str, ...]
    new_id: str | None
    yes: bool
    """Whether all dates are taken as they are proposed."""


class Row(NamedTuple):
    """One date of the programme, before and after."""

    was: dt.date
    date: dt.date
    title: str
    passed_over: tuple[dt.date, ...]
    """Days that are to be kept free, for which it moved."""


def make_new_cohort(opened: OpenedProgramme, wish: Wish) -> None:
    """Propose the dates of a new cohort, ask about each in a terminal, and write its files.

    Without a terminal to ask on only the plan is told, unless all dates are to be taken.

    Raises:
        Refused: when it cannot be made.
        Unsound: when an agenda cannot be used.
        OSError: when it cannot be written.
    """
    from facilitate.session import new_cohort as use

    use.refuse_unready(opened)
    use.refuse_taken(wish.folder)
    new_id = _new_id(opened, wish)
    asks = not wish.yes and can_ask()
    rows = _dates(opened, wish.starts, wish.free | _free_days(opened, wish), asks=asks)
    given = [use.only_offered(shared) for shared in _handed_on(opened)]
    lines = use.handed_on(line for shared in given for line in shared.lines)
    sittings, others = ([row.date for row in some] for some in rows)
    cohort = use.planned(opened, new_id, sittings, others, lines)
    _say(_plan(cohort, [*rows.sittings, *rows.others], lines))
    if not wish.yes and not (
        asks and click.confirm(shown(f"Write {wish.folder}?"), default=True)
    ):
        _say(["Nothing was written." if asks else "Nothing was written; for that, add --yes."])
        return
    _write(wish.folder, cohort, given, lines)
    _say(_after(opened, cohort, wish.folder))


def can_ask() -> bool:
    """Whether someone can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _new_id(opened: OpenedProgramme, wish: Wish) -> str:
    from facilitate.core.new_cohort import new_id
    from facilitate.formats.slugs import LONGEST, SLUG

    old = opened.programme
    if wish.new_id is None:
        return new_id(old.id, old.starts.year, wish.starts.year, ())
    if not SLUG.fullmatch(wish.new_id) or len(wish.new_id) > LONGEST:
        raise click.UsageError("An id is a short name: small letters a to z, digits, hyphens.")
    if wish.new_id == old.id:
        raise click.UsageError(f"{old.id} is the id of the old programme. Choose another one.")
    return wish.new_id


def _free_days(opened: OpenedProgramme, wish: Wish) -> frozenset[dt.date]:
    from facilitate.session.new_cohort import free_days

    days, timed = free_days(wish.free_files, opened, wish.starts)
    if timed:
        entries = (
            "1 entry with a clock time does" if timed == 1 else f"{timed} with clock times do"
        )
        click.echo(f"Whole days are kept free; {entries} not count.", err=True)
    return days


# The dates, one by one


class Dates(NamedTuple):
    """All dates of a programme, each list in the order of its file."""

    sittings: Sequence[Row]
    others: Sequence[Row]


def _dates(
    opened: OpenedProgramme, starts: dt.date, free: frozenset[dt.date], *, asks: bool
) -> Dates:
    from facilitate.core.new_cohort import other_date, sitting_date
    from facilitate.core.programme_view import title_words

    if starts.year not in YEARS:
        raise click.UsageError(f"The year {starts.year:04} is probably a slip of the pen.")
    if asks:
        _say([HOW, ""])
    programme, taken = opened.programme, set(free)
    old, new = [one.date for one in programme.sessions], list[dt.date]()
    choose = _asked if asks else _taken
    sittings, others = list[Row](), list[Row]()
    for sitting in programme.sessions:
        title = f"{sitting.number}. {title_words(sitting, programme)}"
        propose = partial(sitting_date, old, new, starts)
        sittings.append(choose(title, sitting.date, propose, taken, new[-1:]))
        new.append(sittings[-1].date)
    for other in programme.milestones:
        at = partial(other_date, other.date, old, new, starts)
        others.append(choose(other.title, other.date, at, taken, ()))
    return Dates(sittings, others)


def _taken(
    title: str,
    was: dt.date,
    propose: Propose,
    free: set[dt.date],
    after: Sequence[dt.date],  # noqa: ARG001 - the shape of `_asked`
) -> Row:
    """A date as it is proposed."""
    found = propose(free)
    return Row(was, found.date, title, found.passed_over)


def _asked(
    title: str, was: dt.date, propose: Propose, free: set[dt.date], after: Sequence[dt.date]
) -> Row:
    """A date as someone wants it; `after` holds the one before it, where it must be later."""
    while True:
        found = propose(free)
        _say([f"{title}, was on {_words(was)}", *_instead(found.passed_over)])
        answer: str = click.prompt(f"  {_words(found.date)}", default="", show_default=False)
        if not answer.strip():
            return Row(was, found.date, title, found.passed_over)
        if answer.strip().lower() == FREE:
            free.add(found.date)
            continue
        day = read_day(answer)
        if day is None or day.year not in YEARS:
            _say(['  Write a day like 2027-09-14, "free", or nothing.'])
        elif any(day < one for one in after):
            _say([f"  That is before the sitting above, on {_words(after[0])}."])
        else:
            return Row(was, day, title, ())


def _instead(passed_over: Sequence[dt.date]) -> Iterator[str]:
    if passed_over:
        yield f"  {_kept(passed_over)}"


def _kept(days: Sequence[dt.date]) -> str:
    are = "is" if len(days) == 1 else "are"
    return f"{', '.join(map(_words, days))} {are} kept free"


def _words(day: dt.date) -> str:
    from facilitate.core.programme_view import weekday_words

    return weekday_words(day)


# What the earlier group hands on


def _handed_on(opened: OpenedProgramme) -> list[Shared]:
    """What may travel to the team, of each cohort that met in the programme."""
    from facilitate.cli.chosen import here
    from facilitate.session import exporting
    from facilitate.session.clock import SystemClock
    from facilitate.session.kept import Kept
    from facilitate.session.new_cohort import latest_sittings

    places, now = here(), SystemClock().now()
    sources = (
        exporting.source(places, sitting, now)
        for sitting in latest_sittings(Kept(places), opened.programme)
    )
    return [exporting.gathered(places, source, "toml", "team") for source in sources]


def _write(
    folder: Path, cohort: NewCohort, given: Sequence[Shared], lines: Sequence[HandedOn]
) -> None:
    """Write the files; what is offered in them stands on the list of exports before."""
    from facilitate.cli.chosen import here
    from facilitate.formats.new_cohort_text import offered_block
    from facilitate.session import exporting
    from facilitate.session.clock import SystemClock
    from facilitate.session.new_cohort import write

    places, now = here(), SystemClock().now()
    path, block = folder.absolute() / cohort.offered_in, offered_block(lines).encode()
    for shared in given:
        if shared.lines and cohort.offered_in:
            # Of the bytes of these lines: the file is a day of someone's, and never removed.
            exporting.hand_on(places, shared, block, now, give=lambda _: None, path=path)
    write(folder, cohort)


# What is said


def _plan(cohort: NewCohort, rows: Sequence[Row], lines: Sequence[HandedOn]) -> Iterator[str]:
    programme = cohort.programme
    yield f"{programme.short_title or programme.title}: {programme.id}"
    yield ""
    for row in sorted(rows, key=lambda one: one.date):
        moved = f"  ({_kept(row.passed_over)})" if row.passed_over else ""
        yield f"  {_words(row.was)}  ->  {_words(row.date)}  {row.title}{moved}"
    yield ""
    yield from _offered(cohort, lines)


def _offered(cohort: NewCohort, lines: Sequence[HandedOn]) -> Iterator[str]:
    if not lines:
        yield "Nothing of an earlier group is offered: none of its lines may be handed on."
    elif not cohort.offered_in:
        yield "Nothing of an earlier group is offered: the first sitting has no agenda."
    else:
        yield f"Offered in {cohort.offered_in}, never as agreed:"
        yield from (f"  {line.kind}: {as_offered(line).text}" for line in lines)


def _after(opened: OpenedProgramme, cohort: NewCohort, folder: Path) -> Iterator[str]:
    from facilitate.session.new_cohort import to_look_at

    count = len(cohort.files)
    yield f"{'1 file stands' if count == 1 else f'{count} files stand'} in {folder}"
    looks = to_look_at(opened, cohort)
    if looks:
        yield "These lines still name an old year, or someone of the old team; look at them:"
        yield from (f"  {one.file}:{one.line}: {one.text}" for one in looks[:MOST_LOOKS])
    if len(looks) > MOST_LOOKS:
        yield f"  and {len(looks) - MOST_LOOKS} more"


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(shown(line))
