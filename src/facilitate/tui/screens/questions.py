"""Questions about the time: each leads to one command, or to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from facilitate.core import choices
from facilitate.core.choices import Offer
from facilitate.core.commands import Command, EndPause, Extend, Insert, StartPause
from facilitate.core.entry_commands import HoldCare
from facilitate.core.events import PauseKind
from facilitate.tui.asking import Ask, Choice, numbered
from facilitate.tui.host import Host
from facilitate.tui.line_questions import is_refused
from facilitate.tui.screens.new_part import NewPart

MORE = (("2", 2), ("5", 5), ("0", 10), ("", 15))
FEWER = (("", -2), ("", -5), ("", -10))


def choose(host: Host, question: str, offers: Iterable[Offer], otherwise: str) -> None:
    """Put a question and carry out what was chosen; say `otherwise` without any choice."""
    listed = tuple(Choice(key="", label=o.label, answer=o.command) for o in offers)
    if not listed:
        host.say(otherwise)
        return

    def chosen(command: Command | None) -> None:
        if command is not None:
            host.perform(command)

    host.push_screen(Ask(question, listed), chosen)


def more_or_fewer(host: Host) -> None:
    """More or fewer minutes for what runs, and who pays."""
    answers: list[Choice[int]] = [
        Choice(key=key, label=f"{count} more", answer=count) for key, count in MORE
    ]
    answers.append(Choice(key="f", label="more, from another part", answer=0))
    answers += [Choice(key=key, label=f"{-count} fewer", answer=count) for key, count in FEWER]

    def chosen(count: int | None) -> None:
        if count == 0:
            offers = choices.payers(host.state, host.now)
            choose(host, "Which part gives them?", offers, "No part has minutes to give.")
        elif count is not None:
            host.perform(Extend(minutes=count))

    question = "How many minutes more for this part? Everything later moves."
    host.push_screen(Ask(question, tuple(answers)), chosen)


def pause(host: Host, then: Callable[[PauseKind], None]) -> None:
    """Pause what runs, and do `then` with the kind; or go on, and ask who is there for it."""
    paused = host.state.pause
    if paused is not None:
        if host.perform(EndPause()) and paused.kind == "care":
            hold_care(host)
        return
    kinds: tuple[Choice[PauseKind], ...] = (
        Choice(key="c", label="care: the room needs it", answer="care"),
        Choice(key="t", label="tech: something does not work", answer="tech"),
        Choice(key="h", label="hold: for any other reason", answer="hold"),
    )

    def chosen(kind: PauseKind | None) -> None:
        if kind is not None and host.perform(StartPause(kind=kind)):
            then(kind)

    question = "Pause this part? The clock goes on, its time stands still."
    host.push_screen(Ask(question, kinds), chosen)


def hold_care(host: Host) -> None:
    """Who is there for what made a pause for care, and whether to come back to it."""
    if is_refused(host, HoldCare(holder="", follow_up=False)):
        return
    agenda = host.state.agenda
    roles = [one.role for one in agenda.team] if agenda else []
    holders = [numbered(place, role, role) for place, role in enumerate(roles, 1)]
    holders.append(Choice(key="n", label="nobody yet", answer=""))

    def held(holder: str | None) -> None:
        if holder is not None:
            _come_back(host, holder)

    question = "Who is there for it? Nothing is written about what it was."
    host.push_screen(Ask(question, tuple(holders)), held)


def _come_back(host: Host, holder: str) -> None:
    def answered(follow_up: bool | None) -> None:
        if follow_up is not None:
            host.perform(HoldCare(holder=holder, follow_up=follow_up))

    choices = (
        Choice(key="y", label="Yes, afterwards", answer=True),
        Choice(key="n", label="No, it is held", answer=False),
    )
    host.push_screen(Ask("Come back to it afterwards?", choices), answered)


def moved_on_earlier(host: Host) -> None:
    """Say that the group moved on some minutes ago."""
    offers = choices.earlier(host.state, host.now)
    choose(host, "When did you move on?", offers, "Nothing to move on to, or nothing runs yet.")


def leave_out(host: Host) -> None:
    """Leave a part out, or bring one back."""
    offers = choices.left_out(host.state, host.now)
    choose(host, "Leave out, or bring back?", offers, "Nothing to leave out is to come.")


def go_back(host: Host) -> None:
    """Interrupt what runs for a part that is over."""
    offers = choices.returns(host.state, host.now)
    question = "Go back to which part? What runs now comes again after it."
    choose(host, question, offers, "No part is over yet.")


def move(host: Host) -> None:
    """Move a part that is to come, or put a new one in."""
    rows = choices.movable(host.state, host.now)
    parts = [
        Choice(key="", label=f"move {choices.titled(host.state, row)}", answer=row.segment.id)
        for row in rows
    ]
    parts.append(Choice(key="n", label="put in a new part", answer=""))

    def chosen(segment: str | None) -> None:
        if segment == "":
            _put_in(host)
        elif segment is not None:
            offers = choices.places(host.state, segment, host.now)
            choose(host, "To come before which part?", offers, "It stands alone already.")

    host.push_screen(Ask("What is to be moved?", tuple(parts)), chosen)


def _put_in(host: Host) -> None:
    run = host.state.run
    if run is None:
        host.say("Nothing runs yet; Enter starts the first part.")
        return

    def written(part: tuple[str, int] | None) -> None:
        if part is not None:
            title, count = part
            host.perform(Insert(title=title, minutes=count, after=run.segment))

    host.push_screen(NewPart(), written)
