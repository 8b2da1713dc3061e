"""Closing a sitting: what stays between these people, and what travels on with them."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static

from facilitate.core.captures import Entry
from facilitate.core.commands import Close
from facilitate.core.entry_commands import DrawLesson, DropAttribution, Keep, Lower, Raise
from facilitate.core.harvest_view import (
    Harvest,
    HarvestRow,
    brought_back,
    closing_words,
    harvest_view,
    missing_words,
)
from facilitate.core.line_choices import narrower, wider
from facilitate.core.read_aloud import lines_to_read
from facilitate.core.state import SessionState
from facilitate.tui.asking import Ask, Choice
from facilitate.tui.asking_words import AskWords
from facilitate.tui.line_questions import is_refused
from facilitate.tui.line_verbs import HARVEST
from facilitate.tui.screens.following import Following
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import UNDO, VERBS
from facilitate.tui.widgets.harvest_list import HarvestList
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.words import plain, say_in

ASKS = (
    "The lines at the top wait for a decision. Keep: it travels with the cohort and enters the "
    "record. Let go: it leaves this machine. The others travel on unless you let them go."
)
NONE_LEFT = "No line waits for a decision. Enter closes the sitting and writes its record."
REHEARSED = "No line waits for a decision. Enter ends the rehearsal; nothing of it is kept."
MARK_ONE = "Mark a line first, with the arrow keys."
LESSON = "The lesson that may leave; the story goes."
TO_THE_ROOM = (
    "Give {} back to the room? Its words leave the disk at once, and are gone when this "
    "closes. It cannot be undone."
)


class HarvestScreen(Following):
    """One key a line; Enter closes once nothing waits for a decision."""

    CSS_PATH = "../styles/harvest.tcss"
    BINDINGS = bindings(HARVEST, UNDO)

    def __init__(self) -> None:
        super().__init__()
        self._looked_at: SessionState | None = None
        self._harvest = Harvest((), (), (), 0)

    def compose(self) -> ComposeResult:
        yield Head()
        yield Static(id="asks", markup=False)
        yield HarvestList()
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(HarvestList).focus()

    def draw(self) -> None:
        self.query_one(Notice).show(self.notice, self.unsaved)
        if self.state is self._looked_at:
            return
        back = brought_back(self._looked_at, self.state) if self._looked_at else None
        self._looked_at, self._harvest = self.state, harvest_view(self.state)
        waiting = len(self._harvest.waiting)
        to_do = f"{waiting} to decide" if waiting else "what travels on"
        self.query_one(Head).show("Closing", to_do)
        none_left = REHEARSED if self.state.rehearsal else NONE_LEFT
        say_in(self.query_one("#asks", Static), plain(ASKS if waiting else none_left))
        self.query_one(HarvestList).show(self._harvest, back)

    @on(OptionList.OptionHighlighted)
    def _judge_keys_anew(self) -> None:
        self.refresh_bindings()

    @property
    def chosen(self) -> int | None:
        row = self._marked_row()
        return row.number if row else None

    def _marked_row(self) -> HarvestRow | None:
        return self.query_one(HarvestList).marked if self.is_mounted else None

    def _row(self) -> HarvestRow | None:
        """The marked line; says that one is to be marked when there is none."""
        row = self._marked_row()
        if row is None:
            self.host.say(MARK_ONE)
        return row

    def _entry(self) -> Entry | None:
        row = self._row()
        entry = self.state.entry(row.number) if row else None
        if row is not None and entry is None:
            self.host.say(f"{row.name} has ended; nothing can be done with it here.")
        return entry

    # One line

    def action_marked(self, verb_id: str) -> None:
        if self._row() is not None:
            self.host.action_do(verb_id)

    def action_reword(self) -> None:
        entry = self._entry()
        if entry is not None:
            from facilitate.tui.rewording import reword

            reword(self.host, entry)

    def action_lesson(self) -> None:
        row = self._row()
        if row is None:
            return
        if is_refused(self.host, DrawLesson(number=row.number, text="any")):
            return

        def written(words: str | None) -> None:
            if words is not None:
                self.host.perform(DrawLesson(number=row.number, text=words))

        self.app.push_screen(AskWords(LESSON), written)

    def action_raise_ring(self) -> None:
        entry = self._entry()
        if entry is None:
            return
        if entry.ring == "sitting":  # it is looked at here, as it is for keeping
            self.host.perform(Keep(number=entry.number))
        elif rings := wider(entry):
            self.host.perform(Raise(number=entry.number, ring=rings[0]))
        else:
            self.host.say(f"{entry.name} travels as far as a line can.")

    def action_lower_ring(self) -> None:
        entry = self._entry()
        rings = narrower(entry) if entry else ()
        if entry is None:
            return
        if not rings:
            self.host.say(f"{entry.name} stands in an earlier record, too; l lets it go.")
        elif rings[0] == "room":
            self._ask_for_the_room(entry)
        else:
            self.host.perform(Lower(number=entry.number, ring=rings[0]))

    def _ask_for_the_room(self, entry: Entry) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self.host.perform(Lower(number=entry.number, ring="room"))

        choices = (Choice(key="y", label="Back to the room", answer=True),)
        self.app.push_screen(Ask(TO_THE_ROOM.format(entry.name), choices), answered)

    def action_whose(self) -> None:
        row = self._row()
        if row is None:
            return
        if row.asks != "a yes":
            self.host.say(f"{row.name} waits for nobody's yes.")
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._show_line(row.number)
            elif yes is False:
                self.host.perform(DropAttribution(number=row.number))

        choices = (
            Choice(key="y", label="They said yes: go to the line", answer=True),
            Choice(key="d", label="Drop it: the line does not say whose it is", answer=False),
        )
        self.app.push_screen(Ask(f"May {row.name} say whose it is?", choices), answered)

    def _show_line(self, number: int) -> None:
        from facilitate.tui.screens.one_line import OneLineScreen  # seldom needed here

        self.lay_over(OneLineScreen(number))

    # All of them

    def action_read_aloud(self) -> None:
        if not lines_to_read(self.state):
            self.host.say("There is no line to read aloud: none travels yet.")
            return
        from facilitate.tui.screens.reading_aloud import ReadingAloudScreen

        self.lay_over(ReadingAloudScreen())

    def action_back(self) -> None:
        self.app.pop_screen()

    def action_close(self) -> None:
        harvest = self._harvest
        if missing := missing_words(harvest):
            self.host.say(missing)
            return
        question = (
            f"Close the sitting and write its record? {closing_words(harvest)} No line enters "
            "it that does not stand on this list. It cannot be reopened."
        )
        label = "Close and write the record"
        if self.state.rehearsal:
            question, label = "End the rehearsal? Nothing of it is kept.", "End it"

        def answered(yes: bool | None) -> None:
            if yes and harvest != harvest_view(self.state):
                self.host.say("The list has changed meanwhile; look at it once more.")
            elif yes:
                self._close()

        choices = (Choice(key="y", label=label, answer=True),)
        self.app.push_screen(Ask(question, choices), answered)

    def _close(self) -> None:
        is_closed = self.state.closed_at is not None  # and its record could not be written
        if is_closed or self.host.perform(Close()):
            self.dismiss()  # or the next sitting would find this one in its way
            self.host.course.finish()
