"""A day that is being built: its steps, its text, and its way into the file.

A step is drawn at once. Its text is written when the hand rests, in a thread, and what is not
saved is put aside with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual.timer import Timer

from facilitate.core.build_changes import Change, change_words, place_after, step_words
from facilitate.core.build_view import check_words
from facilitate.core.refusal import Refused
from facilitate.session.building_files import Opened, Theirs
from facilitate.session.building_steps import Steps, Waiting, Written, WroteOut
from facilitate.tui.asking import Ask, Choice
from facilitate.tui.building import Workbench
from facilitate.tui.host import Host

Result = TypeVar("Result")

RESTS = 0.3
"""Seconds without a key after which what was changed is written out, and checked."""
NOTHING_TO_SAVE = "All of it is saved."


class Building:
    """The day that is being built; what it does is said, and told to the screen."""

    def __init__(self, host: Host, bench: Workbench, opened: Opened, steps: Steps) -> None:
        self._host = host
        self._bench = bench
        self._opened = opened
        self.steps = steps
        self.moved: Callable[[], None] = lambda: None
        """Is called when there is something to draw."""
        self._rest: Timer | None = None
        self._is_busy = False
        """Whether something is written in a thread now."""
        self._aside_of = steps.saved
        """What the file said when changes to it were put aside last."""
        self._then: Callable[[], object] | None = None
        """What waits until all is written out."""

    # Steps. Each leads to the place of the part that it was about, once it is made.

    def do(self, change: Change) -> int | None:
        """Make a step; what cannot be done is said, and leads nowhere."""

        def step() -> Change:
            self.steps.do(change)
            return change

        return self._step(step, place_after)

    def undo(self) -> int | None:
        """Take the last step back; nowhere when there was none, or when it was several."""
        return self._step(self.steps.undo, lambda change: change.place)

    def redo(self) -> int | None:
        """Make the step again that was taken back last; leads as `undo` does."""
        return self._step(self.steps.redo, place_after)

    def _step(
        self, step: Callable[[], Change | None], place_of: Callable[[Change], int]
    ) -> int | None:
        before = self.steps.agenda
        try:
            change = step()
        except Refused as refused:
            self._host.say(str(refused))
            return None
        place = None if change is None else place_of(change)
        self._host.say(step_words(change, place or 0, before, self.steps.agenda))
        self.moved()
        if self._rest is None:
            self._rest = self._host.set_timer(RESTS, self._write_out)
        self._rest.reset()
        return place

    # Writing out

    def _write_out(self) -> None:
        self._stop_waiting()
        if self._is_busy:
            return  # once that is done, what came since is next
        bench, path, saved = self._bench, self._opened.path, self.steps.saved
        waiting = self.steps.waiting()

        def wrote(found: tuple[WroteOut, str]) -> None:
            self._aside_of = saved
            self._wrote(waiting, *found)

        self._away(lambda: bench.write_out(path, waiting, saved), wrote)

    def _stop_waiting(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None

    def _wrote(self, waiting: Waiting, wrote: WroteOut, trouble: str) -> None:
        is_whole = self.steps.take(waiting, wrote)
        if not is_whole or trouble:
            self._host.say(trouble if is_whole else wrote.refusal)
        self.moved()

    def _away(self, work: Callable[[], Result], then: Callable[[Result], object]) -> None:
        """Do one thing in a thread, and then `then`; after it comes what waited for it."""
        self._is_busy = True

        def done(result: Result) -> None:
            self._is_busy = False
            then(result)
            self._go_on()

        def failed() -> None:
            self._is_busy, self._then = False, None

        self._host.course.in_background(work, done, failed)

    def _go_on(self) -> None:
        if self._is_busy or self._rest is not None:
            return
        if not self.steps.is_written or self._aside_of is not self.steps.saved:
            self._write_out()
        elif self._then is not None:
            then, self._then = self._then, None
            then()

    def _when_written(self, then: Callable[[], object]) -> None:
        """Do something once the text of the day as it is now is known, and put aside."""
        is_waiting = self._rest is not None
        self._then = then
        if is_waiting:
            self._write_out()
        else:
            self._go_on()

    # Saving

    def save(self, then: Callable[[], object] = lambda: None) -> None:
        """Write the file, then do `then`; what is in the way is asked."""
        self._when_written(lambda: self._save(then))

    def _save(self, then: Callable[[], object]) -> None:
        steps, bench, path = self.steps, self._bench, self._opened.path
        if not steps.is_changed:
            self._host.say(NOTHING_TO_SAVE)
            then()
            return
        day, saved = steps.day, steps.saved

        def answered(theirs: Theirs | None) -> None:
            if theirs is None:
                self._saved(day, "", then)
            else:
                self._ask_whose(day, theirs, then)

        self._away(lambda: bench.save(path, day, saved), answered)

    def _saved(self, day: Written, more: str, then: Callable[[], object]) -> None:
        words = change_words(self.steps.saved.agenda, day.agenda)
        self.steps.saved = day
        if self.steps.is_written and self.steps.day is day:
            self._aside_of = day  # saving let go of what was put aside
        check = check_words(day.flaws) if day.flaws else ""
        told = (one.rstrip(".") for one in ("Saved", words, check, more) if one)
        self._host.say(f"{'. '.join(told)}.")
        self.moved()
        then()

    def _ask_whose(self, day: Written, theirs: Theirs, then: Callable[[], object]) -> None:
        question = (
            f"{self._opened.name} was changed meanwhile by someone else: {theirs.told[0]}"
            f"{_more(theirs.told)}\nNothing was written."
        )
        choices = (
            Choice(key="k", label="Keep mine; theirs is put aside", answer="mine"),
            Choice(key="l", label="Look at what they changed", answer="look"),
        )

        def answered(answer: str | None) -> None:
            if answer == "mine":
                self._save_over(day, theirs, then)
            elif answer == "look":
                from facilitate.tui.screens.build_pages import theirs_page

                page = theirs_page(self._opened.name, theirs.told)
                self._host.push_screen(page, lambda _: self._ask_whose(day, theirs, then))

        self._host.push_screen(Ask(question, choices), answered)

    def _save_over(self, day: Written, theirs: Theirs, then: Callable[[], object]) -> None:
        bench, path = self._bench, self._opened.path

        def answered(found: Theirs | str) -> None:
            if isinstance(found, str):
                self._saved(day, found, then)
            else:
                self._ask_whose(day, found, then)

        self._away(lambda: bench.save_over(path, day, theirs), answered)

    # Leaving

    def leave(self, then: Callable[[], object]) -> None:
        """Go away, and do `then`; asks first when something is not saved."""
        self._when_written(lambda: self._ask_and(then))

    def _ask_and(self, then: Callable[[], object]) -> None:
        steps = self.steps
        if not steps.is_changed:
            then()
            return
        words = change_words(steps.saved.agenda, steps.day.agenda)
        choices = (
            Choice(key="s", label="Save, and leave", answer=True),
            Choice(key="l", label="Leave; these changes are let go", answer=False),
        )

        def answered(saves: bool | None) -> None:
            if saves:
                self._save(then)
            elif saves is False:
                bench, path = self._bench, self._opened.path
                self._away(lambda: bench.let_go(path), lambda _: then())

        self._host.push_screen(Ask(f"Not saved yet. {words}", choices), answered)


def _more(told: tuple[str, ...]) -> str:
    return f", and {len(told) - 1} more." if len(told) > 1 else ""
