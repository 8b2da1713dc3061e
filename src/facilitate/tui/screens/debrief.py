"""The questions for afterwards, when the record is written; answers stay on this machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from facilitate.core.time_words import length_words
from facilitate.tui.asking import Ask, Choice
from facilitate.tui.screens.following import Following
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import DEBRIEF, VERBS
from facilitate.tui.widgets.capture_line import WordsInput
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.words import plain

if TYPE_CHECKING:
    from facilitate.core.agenda import Afterwards
    from facilitate.core.care_view import CareRow
    from facilitate.tui.desk import Answers

FOR_WHOM = "For the team. Answers stay on this machine and enter no record; no names, please."
TO_COME_BACK_TO = "To come back to"
NOTHING_YET = "Nothing is written here yet. Esc leaves without answering."


class Answer(WordsInput):
    """Where one question is answered."""

    def __init__(self) -> None:
        super().__init__(select_on_focus=False)
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        event.text = " ".join(event.text.split())  # an answer is one line, however long


class DebriefScreen(Following):
    """A field below each question; half-typed words are nowhere but here."""

    CSS_PATH = "../styles/debrief.tcss"
    BINDINGS = bindings(DEBRIEF)

    def __init__(
        self,
        after: Afterwards,
        keep: Callable[[Answers], None],
        leave: Callable[[], None],
        care: tuple[CareRow, ...] = (),
    ) -> None:
        """`keep` takes the answers that say something; `leave` leads on without any.

        `care` are the pauses for care of the sitting, which is over by now.
        """
        super().__init__()
        self._after = after
        self._care = care
        self._keep = keep
        self._leave = leave

    def compose(self) -> ComposeResult:
        yield Head()
        with VerticalScroll(can_focus=False):
            yield Static(plain(FOR_WHOM), classes="soft", markup=False)
            for row in self._care:
                yield Static(plain(row.words), classes="care", markup=False)
            for question in self._after.questions:
                yield Static(plain(question), classes="question", markup=False)
                yield Answer()
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        super().on_mount()
        for answer in self.query(Answer)[:1]:  # there is none where only care is to be held
            answer.focus()

    def draw(self) -> None:
        count = self._after.minutes
        self.query_one(Head).show("Debrief", f"{length_words(count)} for this" if count else "")
        self.query_one(Notice).show(self.notice, self.unsaved)

    @property
    def answers(self) -> Answers:
        """The questions that have an answer, with it."""
        texts = [answer.value.strip() for answer in self.query(Answer)]
        pairs = zip(self._after.questions, texts, strict=True)
        return tuple((question, text) for question, text in pairs if text)

    @property
    def _to_come_back_to(self) -> Answers:
        """Pauses for care that someone comes back to; kept with the answers."""
        return tuple((TO_COME_BACK_TO, row.words) for row in self._care if row.follow_up)

    def action_next_question(self) -> None:
        self.focus_next(Answer)

    def action_save(self) -> None:
        self._after_what_was_typed(self._save)

    def _save(self) -> None:
        if said := (*self._to_come_back_to, *self.answers):
            self._keep(said)
        else:
            self.host.say(NOTHING_YET)

    def action_leave(self) -> None:
        self.leave_for(self._leave)

    def leave_for(self, then: Callable[[], None]) -> None:
        """Leave without answers; asks first when that would lose any."""
        self._after_what_was_typed(lambda: self._ask_and(then))

    def _after_what_was_typed(self, do: Callable[[], None]) -> None:
        """A key of a verb overtakes the letters before it; they belong to the answer."""
        (self.focused or self).call_later(do)

    def _ask_and(self, then: Callable[[], None]) -> None:
        if not self.answers:
            then()
            return

        def answered(yes: bool | None) -> None:
            if yes:
                then()

        question = "Leave without keeping these answers?"
        self.app.push_screen(
            Ask(question, (Choice(key="y", label="Leave", answer=True),)), answered
        )
