"""`facilitate export`: what a group made, written out for someone."""

from __future__ import annotations

import errno
import os
import sys
import warnings
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

import click

from facilitate.cli.meant import meant
from facilitate.cli.told import Told
from facilitate.core.record import RecordRing
from facilitate.core.sharing import FORMS, Form

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from facilitate.core.sharing import Shared
    from facilitate.core.sharing_view import Preview
    from facilitate.session.exporting import Source
    from facilitate.store.places import Places

NOTHING_YET = "There is no sitting here yet. Hold one with facilitate run AGENDA."
NOT_TEXT = frozenset({"docx", "glossary-docx"})
"""Forms that no terminal can show."""


class Seal(NamedTuple):
    """How an export is to be encrypted."""

    recipients: tuple[str, ...] = ()
    passphrase: bool = False
    """Whether one is to be asked for."""

    def __bool__(self) -> bool:
        """Whether it is to be encrypted at all."""
        return bool(self.recipients or self.passphrase)


def _forms() -> str:
    """The forms, as the help has them."""
    rows = (f"  {form:<15}{rules.holds} ({rules.ring})" for form, rules in FORMS.items())
    return "\n".join(("\b", "FORM is one of these; behind it stands its usual RING.", *rows))


@click.command(epilog=_forms())
@click.argument("sitting", metavar="[ID]", required=False)
@click.option(
    "--as", "form", type=click.Choice(list(FORMS)), metavar="FORM", required=True,
    help="What to write it as; see below.",
)  # fmt: skip
@click.option(
    "-o", "output", metavar="FILE",
    help="Where to write it, - for standard output; without it, below the exports of this "
    "program.",
)  # fmt: skip
@click.option(
    "--ring", type=click.Choice(get_args(RecordRing)), metavar="RING",
    help="How far it may go: cohort, team or public. Only lines that may go as far are in it.",
)  # fmt: skip
@click.option("--preview", is_flag=True, help="Only tell what it would hold.")
@click.option(
    "--encrypt-to", "recipients", multiple=True, metavar="RECIPIENT",
    help="Encrypt it to an age or SSH recipient, or to a file of them; can be repeated.",
)  # fmt: skip
@click.option("--passphrase", is_flag=True, help="Encrypt it with a passphrase; asks for it.")
def export(
    sitting: str | None,
    form: Form,
    output: str | None,
    ring: RecordRing | None,
    recipients: tuple[str, ...],
    *,
    preview: bool,
    passphrase: bool,
) -> None:
    """Write out what a group made, before its sitting is closed or after.

    ID is the date of a sitting, as in 2026-11-22, or as much of its id as tells it from the
    others; without it, the one that is open, or else the latest. An export holds what the
    cohort has as of that sitting, as far as it may travel.

    Exit code: 0 when it was written; 1 when it cannot be, or would be empty; 2 when the
    command line cannot be used.
    """
    from facilitate.core.refusal import Refused
    from facilitate.store.files import reason

    try:
        seal = _seal(recipients, passphrase=passphrase)
        here, now = _here_and_now()
        source = _source(here, sitting, now)
        found = _gathered(here, source, form, ring)
        if preview:
            _show(found, source)
        else:
            _hand_on(here, found, source, output, seal, now)
    except Refused as refused:
        raise Told(_shown(str(refused))) from None
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        raise Told(_shown(f"{reason(error)}. Nothing was handed on.")) from None


def _here_and_now() -> tuple[Places, dt.datetime]:
    from facilitate.cli.chosen import here
    from facilitate.session.clock import SystemClock

    return here(), SystemClock().now()


def _source(here: Places, sitting: str | None, now: dt.datetime) -> Source:
    from facilitate.session import exporting

    offered = exporting.sittings(here, now)
    if not offered:
        raise Told(NOTHING_YET)
    one = offered[-1] if sitting is None else meant(sitting, offered)
    return exporting.source(here, one.id, now)


def _gathered(here: Places, source: Source, form: Form, ring: RecordRing | None) -> Shared:
    from facilitate.session import exporting

    return exporting.gathered(here, source, form, ring)


# What it holds


def _show(found: Shared, source: Source) -> None:
    """Tell what an export would hold, for looking at it first."""
    from facilitate.core.sharing_view import preview

    seen = preview(found)
    if seen.nothing:
        raise Told(_nothing(seen, source))
    first, last = (seen.what, seen.contains), (*seen.behind, source.said)
    click.echo("\n\n".join(filter(None, (_lines(first), _rows(seen), _lines(last)))))


def _rows(seen: Preview) -> str:
    """A line for each, with how far it may travel itself."""
    names = max((len(row.name) for row in seen.rows), default=0)
    rings = max((len(row.ring) for row in seen.rows), default=0)
    return "\n".join(
        _shown(f"  {row.name:<{names}}  {row.ring:<{rings}}  {row.text}".rstrip())
        for row in seen.rows
    )


def _nothing(seen: Preview, source: Source) -> str:
    """Why there is nothing to hand on, and what can be done."""
    told = [_shown(seen.nothing), source.said]
    if seen.would_do:
        when = "at the closing" if source.is_open else "in the next sitting"
        told[0] = f"{told[0]} Raise what may go further {when}, or write --ring "
        told[0] += f"{seen.would_do}."
    return "\n".join(filter(None, told))


# Handing it on


def _hand_on(
    here: Places,
    found: Shared,
    source: Source,
    output: str | None,
    seal: Seal,
    now: dt.datetime,
) -> None:
    from facilitate.core.sharing_view import preview
    from facilitate.session import exporting
    from facilitate.store.files import replace_file

    seen = preview(found)
    if seen.nothing:
        raise Told(_nothing(seen, source))
    path = _path(here, found, output, seal)
    content = _sealed(exporting.written(found), seal)
    give: Callable[[bytes], object] = partial(replace_file, path) if path else _print
    exporting.hand_on(here, found, content, now, give=give, path=path, sealed=bool(seal))
    told = (f"{seen.what}. {seen.contains}", *seen.behind, source.said, _where(path, seal))
    click.echo(_lines(told), err=True)


def _where(path: Path | None, seal: Seal) -> str:
    sealed = "It is encrypted" if seal else ""
    if path is None:
        return f"{sealed}." if seal else ""
    return f"{sealed} and stands in {path}" if seal else f"It stands in {path}"


def _print(content: bytes) -> None:
    from facilitate.store.files import reason

    try:
        click.echo(content, nl=False)
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever read it has seen enough
            raise
        _drop_what_waits()
        raise Told(f"{reason(error)}. Not all of it was written.") from None


def _drop_what_waits() -> None:
    """Let go of bytes that wait for standard output, or leaving would try it once more.

    As the library reference has it for a broken pipe, in its notes on SIGPIPE.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _path(here: Places, found: Shared, output: str | None, seal: Seal) -> Path | None:
    """The file to write; None for standard output.

    Raises:
        Told: when it cannot be written there.
    """
    from facilitate.session import exporting

    if output is None:
        return exporting.usual_path(here, found, sealed=bool(seal))
    if output == "-":
        if (seal or found.form in NOT_TEXT) and sys.stdout.isatty():
            raise click.UsageError(
                "A terminal cannot show this. Say where to write it: -o FILE"
            )
        return None
    if not output:
        raise click.UsageError("Say where to write it: -o FILE")
    path = _resolved(output)
    if path.is_dir():
        path /= exporting.file_name(found, sealed=bool(seal))
    _refuse_path(here, path)
    return path


def _resolved(output: str) -> Path:
    """The file that a name leads to."""
    try:
        path = Path(output).resolve()
    except RuntimeError:  # what Python said before 3.13 of links that lead to one another
        path = Path(output)
    if path.is_symlink():
        raise Told(_shown(f"{output} leads nowhere."))
    return path


def _refuse_path(here: Places, path: Path) -> None:
    """Do nothing when a file may be written there.

    Raises:
        Told: when that would take the place of what is not to be replaced.
    """
    if not path.parent.is_dir():
        raise Told(_shown(f"There is no folder {path.parent}. Make it first."))
    if path.exists() and not path.is_file():
        raise Told(_shown(f"{path} is no file. For standard output write -o -"))
    if _is_own(here, path):
        raise Told(_shown(f"{path} lies among the program's own files. Choose another place."))


def _is_own(here: Places, path: Path) -> bool:
    """Whether a file lies where only the program writes, also in the shared folder."""
    roots = (root.resolve() for root in (here.home, *here.record_roots))
    handed_on = path.parent.is_relative_to(here.exports.resolve())
    return path == here.export_list.resolve() or (
        not handed_on and any(path.is_relative_to(root) for root in roots)
    )


# Encrypting


def _seal(recipients: Iterable[str], *, passphrase: bool) -> Seal:
    """How to encrypt it, with recipients that can be used.

    Raises:
        Refused: when nothing can be encrypted here.
    """
    if recipients and passphrase:
        raise click.UsageError("Take --encrypt-to or --passphrase, not both.")
    if not recipients and not passphrase:
        return Seal()
    from facilitate.formats.sealing import NoRecipient, need_pyrage

    need_pyrage()
    try:
        return Seal(tuple(_recipients(recipients)), passphrase)
    except NoRecipient as trouble:
        raise click.BadParameter(_shown(str(trouble)), param_hint="--encrypt-to") from None


def _recipients(given: Iterable[str]) -> Iterator[str]:
    """Every recipient that was given, those in files as well."""
    from facilitate.formats.sealing import (
        LONGEST,
        NoRecipient,
        check_recipient,
        looks_like_a_recipient,
        read_recipients,
    )

    for one in given:
        if looks_like_a_recipient(one):
            check_recipient(one.strip())
            yield one.strip()
            continue
        try:
            with Path(one).open("rb") as file:
                raw = file.read(LONGEST + 1)
        except OSError as error:
            told = f"{one} is no recipient, and no file that can be read ({error.strerror})."
            raise NoRecipient(f"{told} A recipient begins with age1 or ssh-.") from None
        yield from read_recipients(raw, click.format_filename(one))


def _sealed(content: bytes, seal: Seal) -> bytes:
    """The content as it may go out; it is encrypted in memory alone."""
    if not seal:
        return content
    from facilitate.formats import sealing

    if not seal.passphrase:
        return sealing.seal(content, seal.recipients)
    passphrase = _passphrase()
    click.echo("Working on the passphrase; this takes a moment.", err=True)
    return sealing.seal_with(content, passphrase)


def _passphrase() -> str:
    from getpass import GetPassWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GetPassWarning)  # where nothing is there to hide it on
        try:
            asked: str = click.prompt(
                "Passphrase", hide_input=True, confirmation_prompt="Once more", err=True
            )
        except click.Abort:
            raise Told("\nWithout a passphrase nothing was handed on.") from None
    return asked


def _lines(told: Iterable[str]) -> str:
    return "\n".join(_shown(one) for one in told if one)


def _shown(text: str) -> str:
    """Words of others so that they cannot steer the terminal."""
    from facilitate.formats.characters import printable

    return printable(text)
