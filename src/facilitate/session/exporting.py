"""Handing on what a group made, before its sitting is closed and after.

Nothing leaves that is not on the list of exports first, so that everything can be asked back.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from facilitate.core.capture_line import clean
from facilitate.core.exported import SCREEN, ListedExport
from facilitate.core.harvest_view import harvest_view
from facilitate.core.record import RecordRing, SittingRecord, record_of
from facilitate.core.refusal import Refused
from facilitate.core.sharing import Form, Shared, SharedLine, shared
from facilitate.core.state import SessionState
from facilitate.core.threads import facts
from facilitate.formats.export_list import write_line
from facilitate.formats.slugs import slug
from facilitate.session.finished import is_finished
from facilitate.session.history import read_state, report_words
from facilitate.session.kept import Kept
from facilitate.store.lists import append_line
from facilitate.store.places import Places

WRITERS: Mapping[Form, str] = {
    "docx": "handout_docx",
    "html": "handout_html",
    "md": "notes_markdown",
    "txt": "lines_text",
    "csv": "register_csv",
    "glossary-csv": "glossary_csv",
    "glossary-docx": "glossary_docx",
    "json": "record_json",
    "toml": "carry_toml",
    "ics": "reviews_ics",
    "counts": "counts_csv",
}
"""What writes each form: a module of `formats.export`, imported when it is used."""

NEED_MORE: Mapping[Form, str] = {
    "docx": "a Word document",
    "glossary-docx": "a Word document",
    "ics": "a calendar",
}
"""Forms that need the extra `export`, and what they are."""

_LONGEST = 100
"""A folder of exports has a name of at most so many characters."""


# Which sitting


class Offered(NamedTuple):
    """A sitting of which something can be handed on."""

    id: str
    title: str
    """What tells it from its neighbours."""


class Source(NamedTuple):
    """A sitting, and what else is to be known to hand on what it made."""

    record: SittingRecord
    """As it stands now, also before there is one on disk."""
    is_open: bool
    """Whether it has no record on disk yet."""
    held: tuple[str, ...] = ()
    """What people say of lines that wait for a decision at its closing."""
    since: tuple[SittingRecord, ...] = ()
    """Sittings that are open besides, in which a line may have been taken back."""
    said: str = ""
    """What reading its files found that someone should know; empty when all is well."""

    def __repr__(self) -> str:
        """Which one it is, without what people said."""
        return f"<Source {self.record.id}>"


def sittings(places: Places, now: dt.datetime) -> tuple[Offered, ...]:
    """Everything that something can be handed on of; the one that is meant unsaid is the last.

    That is the open sitting with the latest line, and without one the newest record.
    """
    kept = [Offered(one.facts.id, one.facts.title) for one in Kept(places).sittings()]
    recorded = {one.id for one in kept}
    found = [one for one in _open(places, now) if one.id not in recorded]
    found.sort(key=lambda one: one.state.history[-1].stamp)
    prepared = [one.offered for one in found if one.state.started_at is None]
    begun = [one.offered for one in found if one.state.started_at is not None]
    return (*prepared, *kept, *begun)


def source(places: Places, sitting: str, now: dt.datetime) -> Source:
    """A sitting as its record has it, or as its journals have it when there is none yet.

    Raises:
        Refused: when there is neither, and when a newer version wrote its journals.
    """
    kept, found = Kept(places), list(_open(places, now))
    record, meant = kept.record(sitting), next((o for o in found if o.id == sitting), None)
    if record is not None:
        here = Source(record, is_open=False)
    elif meant is None:
        raise Refused("The record of this sitting is not here any more.")
    elif meant.is_newer:
        raise Refused("A newer facilitate wrote this sitting; update to hand on what it made.")
    else:
        here = source_of(meant.state, now)._replace(said=meant.said)
    since = tuple(one.record(now) for one in found if one.id != sitting)
    said = (here.said, _unread_words(kept, here.record.cohort))
    return here._replace(since=since, said=" ".join(filter(None, said)))


def _unread_words(kept: Kept, cohort: str) -> str:
    """That records of a cohort cannot be read, in one sentence; empty when all can."""
    count = sum(one.remains.cohort in (cohort, None) for one in kept.unread())
    if not count:
        return ""
    cannot = (
        "1 record cannot be read; it plays"
        if count == 1
        else f"{count} records cannot be read; they play"
    )
    return f"{cannot} no part here. facilitate archive list says why."


def source_of(state: SessionState, now: dt.datetime) -> Source:
    """A sitting that has no record yet, as whoever holds it has it.

    Raises:
        Refused: when it is a rehearsal, of which nothing is to remain.
    """
    if state.rehearsal:
        raise Refused("This is a rehearsal; nothing of it is handed on.")
    waiting = harvest_view(state).waiting
    held = tuple(row.name for row in waiting if row.asks in ("keep or let go", "a yes"))
    return Source(record_of(state, state.closed_at or now), is_open=True, held=held)


class _Open(NamedTuple):
    """A sitting of this machine without a record."""

    id: str
    state: SessionState
    is_newer: bool
    """Whether a later version wrote some of it."""
    said: str

    @property
    def offered(self) -> Offered:
        agenda = self.state.agenda
        assert agenda is not None, "a sitting without one cannot be read"
        return Offered(self.id, agenda.subtitle or agenda.title)

    def record(self, now: dt.datetime) -> SittingRecord:
        """What its record would be."""
        return record_of(self.state, self.state.closed_at or now)


def _open(places: Places, now: dt.datetime) -> Iterator[_Open]:
    """The sittings of this machine without a record; those beyond reading are left out."""
    for folder in sorted(places.sittings.iterdir()) if places.sittings.is_dir() else ():
        own = places.own(folder.name)
        try:
            if is_finished(own):
                continue
            state, report = read_state([own, places.seen(folder.name)], now)
        except OSError:
            continue
        if state.agenda is not None and not state.rehearsal:
            yield _Open(state.sitting or folder.name, state, report.newer, report_words(report))


# What is in it


def gathered(
    places: Places, here: Source, form: Form, ring: RecordRing | None = None
) -> Shared:
    """What an export of a form holds; `ring` is None for that of the form."""
    others = Kept(places).records(here.record.cohort)
    found = shared(here.record, others, form, ring=ring, held=here.held, since=here.since)
    match form:
        case "ics":
            return _with_a_day(found)
        case "docx" | "html":
            return _on_the_page(found)
        case _:
            return found


def _with_a_day(found: Shared) -> Shared:
    """Only the lines that a calendar can have."""
    from facilitate.formats.export.line_words import look_day
    from facilitate.formats.export.reviews_ics import without_a_day

    dated = (line for line in found.lines if look_day(line) is not None)
    return _only(found, dated, without_a_day(found))


def _on_the_page(found: Shared) -> Shared:
    """Only the lines that stand on the page: no others are handed on by it."""
    from facilitate.core.handout import hand_out

    sections = hand_out(found).sections
    names = {line.name for section in sections for line in section.lines}
    placed = tuple(line for line in found.lines if clean(line.entry.id) in names)
    left = [clean(line.entry.id) for line in found.lines if line not in placed]
    if not left:
        return found
    lines = "1 line has" if len(left) == 1 else f"{len(left)} lines have"
    return _only(found, placed, (f"{lines} no place on this page yet: {', '.join(left)}.",))


def _only(found: Shared, lines: Iterable[SharedLine], behind: tuple[str, ...]) -> Shared:
    """What is left of an export with some of its lines, and why the others stay behind."""
    kept = tuple(lines)
    keys = tuple(line.key for line in kept)
    return found._replace(lines=kept, keys=keys, behind=(*found.behind, *behind))


def written(found: Shared) -> bytes:
    """The bytes of an export.

    Raises:
        Refused: when its form needs what is not installed.
    """
    try:
        writer = importlib.import_module(f"facilitate.formats.export.{WRITERS[found.form]}")
        content: bytes = writer.write(found)
    except ModuleNotFoundError as error:
        if found.form not in NEED_MORE or (error.name or "").startswith("facilitate"):
            raise
        what = NEED_MORE[found.form]
        raise Refused(
            f"For {what} facilitate needs one more part: pip install 'facilitate[export]'"
        ) from None
    return content


def file_name(found: Shared, *, sealed: bool = False) -> str:
    """What the file of an export is called: `2026-11-22-day-one-hand-out.docx`."""
    about, rules = facts(found.record), found.rules
    words = filter(None, (about.date.isoformat(), slug(about.title), rules.name))
    return f"{'-'.join(words)}.{rules.ending}{'.age' if sealed else ''}"


def usual_path(places: Places, found: Shared, *, sealed: bool = False) -> Path:
    """Where an export is written unless someone says otherwise."""
    plain = re.sub(r"[^0-9a-z.-]+", "-", found.record.id.lower())[:_LONGEST].strip(".-")
    folder = plain or found.record.date.isoformat()
    return places.exports / folder / file_name(found, sealed=sealed)


# Handing it on


def hand_on(
    places: Places,
    found: Shared,
    content: bytes,
    now: dt.datetime,
    *,
    give: Callable[[bytes], object],
    path: Path | None,
    sealed: bool = False,
) -> ListedExport:
    """Put an export on the list, and then give it out.

    Where it cannot be given out it stands on the list all the same, which does no harm.

    Args:
        places: where the list is.
        found: what is in it.
        content: its bytes, encrypted when it is `sealed`.
        now: UTC.
        give: writes the bytes to where they go.
        path: the file that they go to; None when they are printed.
        sealed: whether only those it is for can open it.

    Raises:
        OSError: when it cannot be listed, and when it cannot be given out.
    """
    listed = ListedExport(
        when=now,
        form=found.form,
        ring=found.ring,
        sitting=found.record.id,
        cohort=found.record.cohort,
        path=SCREEN if path is None else str(path.absolute()),
        sha256=hashlib.sha256(content).hexdigest(),
        sealed=sealed,
        lines=() if found.form == "counts" else found.keys,
    )
    append_line(places.export_list, write_line(listed))
    give(content)
    return listed
