"""Whose words a line says it is. A name without a yes stays in the field it was typed in."""

from __future__ import annotations

from typing import Literal

from facilitate.core.captures import AttributionForm, Entry, Ring
from facilitate.core.entry_commands import AskAttribution, Attribute, DropAttribution
from facilitate.tui.asking import Ask, Choice
from facilitate.tui.asking_words import AskWords
from facilitate.tui.host import Host
from facilitate.tui.line_questions import is_refused

Whose = AttributionForm | Literal["nobody"]

_WHO: dict[AttributionForm, str] = {
    "role": "Which role or organisation?",
    "initials": "Which initials?",
    "name": "Which name?",
}


def ask_whose(host: Host, entry: Entry) -> None:
    """Whose words they are, and whether that person said yes to being told of."""
    group = Attribute(number=entry.number, form="group", text="", scope="public")
    if is_refused(host, group):
        return

    def chosen(whose: Whose | None) -> None:
        if whose == "nobody":
            host.perform(DropAttribution(number=entry.number))
        elif whose == "group":
            host.perform(group)
        elif whose is not None:
            _ask_who(host, entry, whose)

    host.push_screen(Ask(f"Whose words are those of {entry.name}?", _choices(entry)), chosen)


def _choices(entry: Entry) -> tuple[Choice[Whose], ...]:
    choices: tuple[Choice[Whose], ...] = (
        Choice(key="g", label="the group's", answer="group"),
        Choice(key="r", label="of a role or organisation ...", answer="role"),
        Choice(key="i", label="of someone, by initials ...", answer="initials"),
        Choice(key="n", label="of someone, by name ...", answer="name"),
    )
    if entry.attribution is None:
        return choices
    return (*choices, Choice(key="d", label="say no more whose they are", answer="nobody"))


def _ask_who(host: Host, entry: Entry, form: AttributionForm) -> None:
    def said(text: str | None) -> None:
        if text:
            _ask_yes(host, entry, form, text)

    question = f"{_WHO[form]} It is kept only with their yes."
    host.push_screen(AskWords(question), said)


def _ask_yes(host: Host, entry: Entry, form: AttributionForm, text: str) -> None:
    def answered(scope: Ring | Literal["not yet"] | None) -> None:
        if scope == "not yet":
            _wait(host, entry, form)
        elif scope is not None:
            host.perform(Attribute(number=entry.number, form=form, text=text, scope=scope))

    host.push_screen(Ask("Did they say yes, and how far?", _YES), answered)


_YES: tuple[Choice[Ring | Literal["not yet"]], ...] = (
    Choice(key="n", label="not yet: what was typed is dropped", answer="not yet"),
    Choice(key="c", label="yes, as far as the cohort", answer="cohort"),
    Choice(key="t", label="yes, as far as the team", answer="team"),
    Choice(key="p", label="yes, everyone may read it", answer="public"),
)
"""Enter takes the first, which writes no name down."""


def _wait(host: Host, entry: Entry, form: AttributionForm) -> None:
    if host.perform(AskAttribution(number=entry.number, form=form)):
        host.say(f"{entry.name} waits for a yes. What was typed is dropped; y asks again.")
