"""Questions about one part of a day that is being built: each leads to one step, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from facilitate.core.agenda import Kind, Segment
from facilitate.core.build_changes import Change, OfKind, PutIn, Spared, Titled
from facilitate.tui.asking import Ask, Choice
from facilitate.tui.asking_words import AskWords
from facilitate.tui.host import Host
from facilitate.tui.screens.new_part import read_part

Do = Callable[[Change], object]

LETTERS: dict[Kind, str] = {
    "arrival": "a", "grounding": "g", "agreements": "s", "connection": "n", "didactic": "d",
    "reflection": "r", "breakout": "o", "dialogue": "l", "practice": "p", "integration": "i",
    "celebration": "e", "break": "b", "buffer": "u", "closing": "c",
}  # fmt: skip
"""The key of each kind, a letter of its name."""
NO_NUMBER = "Write a number of minutes, such as 20; nothing when it does not give."


def ask_title(host: Host, place: int, segment: Segment, do: Do) -> None:
    """Another title for a part."""

    def said(title: str | None) -> None:
        if title is not None:
            do(Titled(place, title))

    host.push_screen(AskWords("What is it called?", segment.title), said)


def ask_how_short(host: Host, place: int, segment: Segment, do: Do) -> None:
    """How short a part may become."""

    def said(words: str | None) -> None:
        if words is None:
            return
        if words and not (words.isascii() and words.isdigit() and len(words) < 5):  # noqa: PLR2004 - more digits than any day has minutes
            host.say(NO_NUMBER)
        else:
            do(Spared(place, int(words) if words else None))

    question = (
        f"{segment.title}: {segment.minutes} min. How short may it become? Nothing when it does"
        " not give."
    )
    now = "" if segment.at_least is None else str(segment.at_least)
    host.push_screen(AskWords(question, now, empty=True), said)


def ask_kind(host: Host, then: Callable[[Kind], object]) -> None:
    """What happens in a part."""
    choices = tuple(
        Choice(key=letter, label=kind, answer=kind) for kind, letter in LETTERS.items()
    )

    def chosen(kind: Kind | None) -> None:
        if kind is not None:
            then(kind)

    host.push_screen(Ask("What happens in it?", choices), chosen)


def ask_other_kind(host: Host, place: int, do: Do) -> None:
    """Another kind for a part."""
    ask_kind(host, lambda kind: do(OfKind(place, kind)))


def ask_new_part(host: Host, place: int, do: Do) -> None:
    """A new part behind one."""

    def said(words: str | None) -> None:
        part = read_part(words) if words else None
        if part is not None:
            title, minutes = part
            ask_kind(host, lambda kind: do(PutIn(place, title, kind, minutes)))

    question = "A new part behind this one. Its title and its minutes, such as Walk outside 15:"
    host.push_screen(AskWords(question), said)
