"""A page to read: the help, or the record of a past sitting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from facilitate.tui.archive_verbs import (
    AGREED,
    ARCHIVE,
    GRID,
    HISTORY,
    HOME,
    RECORD,
    SHARING,
)
from facilitate.tui.build_verbs import BUILD
from facilitate.tui.line_verbs import CARRYING, CONSENT, HARVEST, LINE, READING
from facilitate.tui.programme_verbs import PROGRAMME
from facilitate.tui.verb import ANYWHERE, BEFORE, REHEARSAL, Verb, key_name
from facilitate.tui.verbs import DEBRIEF, RUN
from facilitate.tui.widgets.head import Head
from facilitate.tui.words import cells, line, plain, stack


class Problem(Protocol):
    """Something to mend; as text it says where, what and how."""

    def __str__(self) -> str: ...


class Reading(Screen[None]):
    """Text from top to bottom; Esc goes back."""

    BINDINGS = [Binding("escape,q", "dismiss", "back")]

    def __init__(self, title: str, content: Content) -> None:
        super().__init__()
        self._title = title
        self._content = content

    def compose(self) -> ComposeResult:
        yield Head()
        with VerticalScroll(id="page"):
            yield Static(self._content, markup=False)

    def on_mount(self) -> None:
        self.query_one(Head).show(self._title, "Esc goes back")
        self.query_one(VerticalScroll).focus()


def problems_page(problems: Iterable[Problem]) -> Reading:
    """Everything that is wrong with a file, and what to write instead."""
    lines = [plain("This file cannot be opened yet.", "bold"), Content("")]
    lines += [plain(str(problem)) for problem in problems]
    return Reading("To mend", stack(lines))


def room_page(texts: Iterable[str]) -> Reading:
    """The lines that only this room holds, oldest first."""
    return Reading("Held in this room, not saved", stack(plain(f"!  {text}") for text in texts))


def help_page(keys: Mapping[str, str]) -> Reading:
    """Every verb with its key, from the one table of verbs; `keys` are the user's own."""
    parts = [
        plain("Nothing moves by itself: every step is a key."),
        plain("The arrows mark a line, Enter shows all of it, Esc unmarks.\n"),
    ]
    for title, verbs in (
        ("While a sitting runs", RUN),
        ("Before the start", BEFORE),
        ("Consent to one line", CONSENT),
        ("All about one line", LINE),
        ("What we are carrying", CARRYING),
        ("Closing", HARVEST),
        ("Reading aloud", READING),
        ("After the close", DEBRIEF),
        ("The first screen", HOME),
        ("Building a day", BUILD),
        ("Searching what was kept", ARCHIVE),
        ("The history of one line", HISTORY),
        ("What a cohort agreed", AGREED),
        ("The integration grid", GRID),
        ("Hand-outs", SHARING),
        ("The record of a past sitting", RECORD),
        ("A programme", PROGRAMME),
        ("In a rehearsal", REHEARSAL),
        ("Everywhere", ANYWHERE),
    ):
        parts.append(plain(title, "bold $primary"))
        parts += [_verb(verb, keys.get(verb.id, verb.key)) for verb in verbs]
        parts.append(Content(""))
    parts += [plain("The capture line", "bold $primary"), plain(CAPTURE_HELP)]
    return Reading("Help", stack(parts))


def _verb(verb: Verb, keys: str) -> Content:
    key = key_name(keys)
    gap = " " * max(10 - cells(key), 1)
    return line((f"  {key}{gap}", "bold $footer-key-foreground"), f"{verb.label}: {verb.help}")


CAPTURE_HELP = """\
  One mic, one speaker          the kind of the part that runs
  a: What's said here stays     a kind by its letter or word: agreement, term,
                                framework, example, practice, commitment,
                                question, learning, resource, gratitude
  t: repair = going back        a term and its working meaning
  ... <- the elders' circle     where the words come from
  *12 Ouch and oops             new words for line 12
  ! held in this room           room only: not saved, gone when this closes"""
