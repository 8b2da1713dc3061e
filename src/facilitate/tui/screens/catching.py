"""Catching words: the capture line, and the lines that are worked with from the keys."""

from __future__ import annotations

from textual import events, on
from textual.timer import Timer
from textual.widgets import Input

from facilitate.core.capture_line import Nothing, RoomLine
from facilitate.core.captures import HELD_HERE, Entry
from facilitate.core.completion import Source
from facilitate.core.decide_entries import shown_entry
from facilitate.core.entry_commands import Capture
from facilitate.core.line_choices import to_be_tested
from facilitate.core.line_meaning import command_of
from facilitate.core.lines_view import typing
from facilitate.core.notebook import needs_asking
from facilitate.core.refusal import Refused
from facilitate.tui.line_verbs import meant
from facilitate.tui.screens.following import Following
from facilitate.tui.screens.glance import Glance
from facilitate.tui.widgets.capture_line import CaptureLine, LineInput
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.words import shortened

RESTS = 0.4
"""Seconds without a key after which the hand rests, and something can be asked."""


class Catching(Following):
    """A screen with a capture line. What it keeps, and how far that travels, it always says."""

    _rest: Timer | None = None
    _prefilled = ""
    """What stood in the field to be reworded; it is no half line until it was changed."""
    _worked_with: int | None = None
    """Number of the line that was opened last, and so is marked."""

    # The capture line

    def action_capture(self) -> None:
        self.set_focus(self.query_one(LineInput))  # at once: the next key is typed
        if needs_asking(self.state):
            self._tell_when_hand_rests()

    def _tell_when_hand_rests(self) -> None:
        """Nobody who goes on typing answers a question with a letter of a word."""
        if self._rest is None:
            self._rest = self.set_timer(RESTS, self._tell)
        self._rest.reset()

    def _tell(self) -> None:
        """Tell the group what its notebook keeps, and go on to the line with the answer."""
        self._rest = None
        words = self.query_one(LineInput)
        for_room = typing(self.state, words.value).is_room_only  # of that nothing is kept
        if words.has_focus and self.is_current and not for_room:
            from facilitate.tui.screens.first_line import FirstLine

            self.lay_over(FirstLine(words, self.action_capture))

    def draw_typing(self) -> None:
        """Say what the half line would become, and what to think about before it is kept."""
        line = self.query_one(CaptureLine)
        line.show(typing(self.state, line.words.value))
        self._draw_notice(line.hint)

    def _draw_notice(self, hint: str) -> None:
        """A hint stands where the last word stood, in as many rows: nothing else moves."""
        notice = self.query_one(Notice)
        if hint:
            rows = "\n" * (notice.size.height - 1)
            room = self.app.size.width - 2
            notice.show(shortened(hint, room) + rows, self.unsaved)
        else:
            notice.show(self.notice, self.unsaved)

    @on(Input.Changed)
    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _typed(self) -> None:
        if self.is_mounted:
            self.draw_typing()
        if self._rest is not None:
            self._rest.reset()

    @on(LineInput.Left)
    def _left(self) -> None:
        words = self.query_one(LineInput)
        if words.value == self._prefilled:
            words.clear()
        self.leave_line()

    def leave_line(self) -> None:
        """Go back to the keys; the half line stays."""
        self.set_focus(None)

    @on(LineInput.ManyLines)
    def _pasted(self, event: LineInput.ManyLines) -> None:
        def keep(lines: tuple[str, ...] | None) -> None:
            left = [line for line in lines or () if not self.keep_line(line)]
            if left:
                words = self.query_one(LineInput)
                half = words.value.rstrip()
                words.value = " / ".join([half, *left] if half else left)
                words.cursor_position = len(words.value)

        rows = tuple((line, typing(self.state, line)) for line in event.lines)
        self.app.push_screen(Glance(rows), keep)

    def keep_line(self, text: str, taken: Source | None = None) -> bool:
        """Keep a line as what it says it is; False when it was not taken.

        `taken` is where its words came from when they were completed; None when they were not.
        """
        command = command_of(self.state, text, taken)
        if isinstance(command, Nothing):
            return False
        if isinstance(command, RoomLine):
            self.host.hold_in_room(command)
            return True
        if needs_asking(self.state):
            self._tell_when_hand_rests()
            return False
        kept = self.host.perform(command)
        if kept and isinstance(command, Capture) and self.chosen == self._worked_with:
            self.mark(None)  # the line written last is meant again
        self.draw_at_once()
        return kept

    # The line that is meant

    def action_reword(self) -> None:
        entry = self._entry(meant(self.state, self.chosen))
        if entry is None:
            return
        words = self.query_one(LineInput)
        if words.value.strip():
            self.host.say("A half line is still there: keep it or clear it first.")
        else:
            self._prefilled = words.value = _to_reword(entry)
            words.cursor_position = len(words.value)
        self.set_focus(words)

    def action_test(self) -> None:
        entry = self._entry(self._to_be_tested())
        if entry is not None:
            from facilitate.tui.line_questions import is_for_consent
            from facilitate.tui.screens.consent import ConsentScreen

            if is_for_consent(self.host, entry):
                self._work_with(entry, ConsentScreen(entry.number))

    def _to_be_tested(self) -> int:
        """The marked line, else the agreement that waits for it."""
        entry = None if self.chosen is not None else to_be_tested(self.state)
        return entry.number if entry else meant(self.state, self.chosen)

    def action_show_line(self) -> None:
        number = meant(self.state, self.chosen)
        if number == HELD_HERE:
            from facilitate.tui.screens.reading import room_page

            self.app.push_screen(room_page(note.text for note in self.room))
            return
        entry = self._entry(number)
        if entry is not None:
            from facilitate.tui.screens.one_line import OneLineScreen

            self._work_with(entry, OneLineScreen(entry.number))

    def _work_with(self, entry: Entry, screen: Following) -> None:
        """Open a line; back from there it is still meant, and marked to be seen."""
        self._worked_with = entry.number
        self.mark(entry.number)
        self.lay_over(screen)

    def mark(self, number: int | None) -> None:
        """Mark a line where lines can be marked; None for none."""

    def _entry(self, number: int) -> Entry | None:
        """The line of that number; None when there is none, and that is said."""
        try:
            return shown_entry(self.state, number)
        except Refused as refusal:
            self.host.say(str(refusal))
            return None

    # What is kept, and what is carried

    def action_notes(self) -> None:
        from facilitate.tui.screens.notebook import NotebookScreen

        self.lay_over(NotebookScreen())

    def action_carrying(self) -> None:
        from facilitate.tui.screens.carrying import CarryingScreen

        self.lay_over(CarryingScreen())


def _to_reword(entry: Entry) -> str:
    """A line as it is typed to reword it; it keeps its lineage unless another is written."""
    version = entry.version
    words = f"*{entry.number} {entry.text}"
    has_arrow = version.lineage and "<-" in entry.text  # the last arrow is the one that counts
    return f"{words} <- {version.lineage}" if has_arrow else words
