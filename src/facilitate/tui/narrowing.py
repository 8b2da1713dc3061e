"""Questions that narrow a search: by what, and then to which of the values that there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from facilitate.core.archive_view import day_words, plural
from facilitate.core.captures import KINDS
from facilitate.core.grid import FACETS
from facilitate.core.searching import Query
from facilitate.tui.asking import Ask, Choice, numbered
from facilitate.tui.asking_words import AskWords
from facilitate.tui.host import Host
from facilitate.tui.looking_back import Field

Then = Callable[[Query], None]

ANY = "any"
_A_DAY = -1
BY = (
    Choice(key="k", label="kind: agreements, terms, questions ...", answer="kind"),
    Choice(key="s", label="state: in force, open, working ...", answer="state"),
    Choice(key="c", label="cohort", answer="cohort"),
    Choice(key="p", label="programme", answer="programme"),
    Choice(key="d", label="since a day", answer="since"),
    Choice(key="f", label="leadership, policy or practice", answer="facet"),
    Choice(key="l", label="only with a source that it stands on", answer="lineage"),
)
SPANS = (
    Choice(key="3", label="three months ago", answer=91),
    Choice(key="6", label="six months ago", answer=182),
    Choice(key="y", label="a year ago", answer=365),
    Choice(key="d", label="on a day ...", answer=_A_DAY),
    Choice(key="x", label=ANY, answer=0),
)
"""Days back; 0 for any day."""
NO_SUCH_DAY = "Write the day like 2026-11-22."


def narrow(host: Host, query: Query, then: Then) -> None:
    """Ask by what a search is to be narrowed, and to what; `then` gets the narrower one."""

    def chosen(field: str | None) -> None:
        if field == "lineage":
            then(query._replace(lineage=not query.lineage))
        elif field is not None:
            _ASK[field](host, query, then)

    host.push_screen(Ask("Narrow by what?", BY), chosen)


def _to(
    host: Host, field: str, query: Query, values: Iterable[Choice[Any]], then: Then
) -> None:
    """Put one of some values into a field; where one is there already, any can be chosen."""
    choices = list(values)
    if getattr(query, field):
        choices.append(Choice(key="x", label=ANY, answer=_EMPTY[field]))

    def chosen(choice: tuple[Any] | None) -> None:
        if choice is not None:
            then(query._replace(**{field: choice[0]}))

    wrapped = tuple(one._replace(answer=(one.answer,)) for one in choices)
    host.push_screen(Ask(_QUESTION[field], wrapped), chosen)


_EMPTY: dict[str, Any] = {
    "kind": None, "state": "", "cohort": "", "programme": "", "since": None, "facet": None,
}  # fmt: skip
_QUESTION = {
    "kind": "Which kind?",
    "state": "Which state?",
    "cohort": "Which cohort?",
    "programme": "Which programme?",
    "facet": "About what?",
}


def _kind(host: Host, query: Query, then: Then) -> None:
    kinds = (
        Choice(key=rules.letter, label=plural(kind), answer=kind)
        for kind, rules in KINDS.items()
    )
    _to(host, "kind", query, kinds, then)


def _facet(host: Host, query: Query, then: Then) -> None:
    places = enumerate(FACETS, 1)
    _to(host, "facet", query, (numbered(n, facet, facet) for n, facet in places), then)


def _known(field: Field) -> Callable[[Host, Query, Then], None]:
    """Asks for one of the values that only the archive knows."""

    def ask(host: Host, query: Query, then: Then) -> None:
        past = host.desk.past()

        def listed(values: tuple[str, ...]) -> None:
            choices = [numbered(n, value, value) for n, value in enumerate(values, 1)]
            if choices or getattr(query, field):
                _to(host, field, query, choices, then)
            else:
                host.say(f"No line here has a {field}.")

        host.course.in_background(lambda: past.values(field), listed)

    return ask


def _since(host: Host, query: Query, then: Then) -> None:
    def chosen(days: int | None) -> None:
        if days == _A_DAY:
            host.push_screen(AskWords("Since which day? Like 2026-11-22."), said)
        elif days is not None:
            since = host.now.date() - dt.timedelta(days=days) if days else None
            then(query._replace(since=since))

    def said(text: str | None) -> None:
        try:
            if text:
                then(query._replace(since=dt.date.fromisoformat(text)))
        except ValueError:
            host.say(NO_SUCH_DAY)

    now = f" Now: {day_words(query.since)}." if query.since else ""
    host.push_screen(Ask(f"Since when?{now}", SPANS if query.since else SPANS[:-1]), chosen)


_ASK: dict[str, Callable[[Host, Query, Then], None]] = {
    "kind": _kind,
    "state": _known("state"),
    "cohort": _known("cohort"),
    "programme": _known("programme"),
    "since": _since,
    "facet": _facet,
}
