"""Consent to one line: its exact words, the tally, and whom to hear first."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Static

from facilitate.core.captures import ConcernKind
from facilitate.core.consent_view import ConsentView, consent_view, tally_said
from facilitate.core.entry_commands import NoteConcern, PutToTest, TakeVotes
from facilitate.core.lines_view import RING_WORDS
from facilitate.core.one_line_view import Fact
from facilitate.core.tally import Scale, read_tally
from facilitate.tui.asking import Ask, Choice, numbered
from facilitate.tui.asking_words import AskWords
from facilitate.tui.line_questions import is_refused
from facilitate.tui.line_verbs import CONSENT
from facilitate.tui.screens.of_one_line import SHEET, OfOneLine, worded
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import UNDO, VERBS
from facilitate.tui.widgets.facts import Facts
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.widgets.tally_line import TallyLine
from facilitate.tui.words import plain, say_in

WITHOUT_WHOM = "What was seen in these words? Without who it was; it goes at the closing."
ASK_FIRST = "t asks the group about these words first."
ASK_NOW = "Ask the group now"
REHEARSING = "In a rehearsal digits are for its clock. Space goes to the line for the tally."


class ConsentScreen(OfOneLine):
    """Looking at it begins nothing; the group is asked with a key, and adopts with another."""

    CSS_PATH = [SHEET, "../styles/consent.tcss"]
    BINDINGS = [
        *bindings(CONSENT, UNDO),
        *(Binding(key, f"digit('{key}')", show=False, priority=True) for key in "0123456789"),
    ]
    AUTO_FOCUS = "#sheet"  # never the tally line: the next key may be pressed already

    def compose(self) -> ComposeResult:
        yield Head()
        with VerticalScroll(id="sheet"):
            yield Static(id="words", markup=False)
            yield Facts()
        yield Static(id="can", markup=False)
        with Horizontal(id="row"):
            yield Static(plain(" tally >", "bold $accent"), id="kind", markup=False)
            yield TallyLine(self.take_tally)
            yield Static(plain(f"{RING_WORDS['sitting']} ", "$soft"), id="keeps", markup=False)
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        super().on_mount()
        self._leave_tally()

    def draw(self) -> None:
        view = self.view
        if view is None:
            self.leave()
            return
        self.query_one(Head).show(f"Consent to {view.name}", view.stands)
        say_in(self.query_one("#words", Static), worded(view.wordings, view.lineage))
        self.query_one(Facts).show(tuple(_facts(view, self.host.scale)))
        self.query_one("#row").display = view.scale is not None
        self._say_what_can_be_done(view)
        self.query_one(Notice).show(self.notice, self.unsaved)

    @property
    def view(self) -> ConsentView | None:
        """The line as the group is asked about it; None when it can be seen no more."""
        return consent_view(self.host.state, self._number, self.host.scale)

    def _say_what_can_be_done(self, view: ConsentView) -> None:
        words = self.query_one(TallyLine)
        is_typing = self.focused is words and view.round is not None
        said = tally_said(words.value, view.scale) if is_typing and view.scale else view.can
        say_in(self.query_one("#can", Static), plain(said))
        asked = "space types it here" if view.round else "t asks the group first"
        words.placeholder = "" if is_typing else asked

    # The tally

    def action_begin(self) -> None:
        view = self.view
        if view is None or view.round is None or not (view.counted or view.concerns):
            self._begin()
            return
        question = f"Ask the group again about the same words? Round {view.round + 1} begins."
        self._ask_first(question, Choice(key="y", label="Ask again", answer=True))

    def _ask_first(self, question: str, choice: Choice[bool]) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._begin()

        self.app.push_screen(Ask(question, (choice,)), answered)

    @property
    def _round(self) -> PutToTest:
        """The wish for the next round."""
        return PutToTest(number=self._number, scale=self.host.scale)

    def _begin(self) -> None:
        if self.host.perform(self._round):
            words = self.query_one(TallyLine)
            words.clear()  # half a tally of other words says nothing
            self.set_focus(words)  # at once: the next key may be typed already

    def action_tally(self) -> None:
        if self._goes_on():
            self.set_focus(self.query_one(TallyLine))

    def action_digit(self, digit: str) -> None:
        """A digit begins a tally, and is its first one; in a rehearsal none does."""
        if self.state.rehearsal:
            self.host.say(REHEARSING)
        elif self._goes_on():
            words = self.query_one(TallyLine)
            self.set_focus(words)
            words.insert_text_at_cursor(digit)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Digits are digits while someone types."""
        if action == "digit":
            return not isinstance(self.focused, Input)
        return super().check_action(action, parameters)

    def take_tally(self, text: str) -> bool:
        """Take a typed tally; what is none is told how one is typed. False when not taken."""
        view = self.view
        if view is None or view.scale is None:
            return False
        tally = read_tally(text, view.scale)
        if tally is None:
            self.host.say(tally_said(text, view.scale))
            return False
        taken = self.host.perform(TakeVotes(tally=tally, number=self._number))
        if taken:
            self._leave_tally()  # what comes next is a key
        return taken

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.draw_soon()

    def on_descendant_focus(self) -> None:
        self.draw_soon()

    def on_words_input_left(self) -> None:
        self._leave_tally()

    def _leave_tally(self) -> None:
        self.set_focus(self.query_one("#sheet"))

    # What is heard, and what comes of it

    def action_concern(self, kind: ConcernKind) -> None:
        def noted(words: str | None) -> None:
            if words:
                self.host.perform(NoteConcern(kind=kind, text=words, number=self._number))

        view = self.view
        if view is not None and view.round is not None:
            self.app.push_screen(AskWords(f"{kind.capitalize()}. {WITHOUT_WHOM}"), noted)
        elif not is_refused(self.host, self._round):  # words typed now must mean no keys
            self._ask_first(ASK_FIRST, Choice(key="t", label=ASK_NOW, answer=True))

    def _goes_on(self) -> bool:
        """Whether the group is being asked; says what can be done when it is not."""
        view = self.view
        if view is not None and view.round is None:
            self.host.say(view.can)
        return view is not None and view.round is not None

    def action_amend(self) -> None:
        from facilitate.tui.rewording import reword

        if self.entry is not None:
            reword(self.host, self.entry)

    def action_method(self) -> None:
        scales = self.host.scales.items()
        choices = tuple(
            numbered(place, _scale_words(scale), method)
            for place, (method, scale) in enumerate(scales, 1)
        )

        def chosen(method: str | None) -> None:
            if method is not None:
                self.host.method = method
                self.host.say(f"From the next round on: {self.host.scale.name}.")

        question = "How does the group show where it stands, from the next round on?"
        self.app.push_screen(Ask(question, choices), chosen)


def _facts(view: ConsentView, following: Scale) -> Iterator[Fact]:
    if view.heard:
        yield Fact("tally", view.heard)
        yield Fact("counted", f"{view.counted}  ({RING_WORDS['sitting']})")
    for concern in view.concerns:
        yield Fact(concern.kind, concern.text)
    if view.scale is not None:
        yield Fact("method", _scale_words(view.scale))
        if view.scale != following:
            yield Fact("next round", following.name)
    for one in view.earlier:
        yield Fact(f"round {one.number}", one.words)
        yield from (Fact(concern.kind, concern.text) for concern in one.concerns)


def _scale_words(scale: Scale) -> str:
    """`thumbs: u up, s to the side, d down`; a key that is its own label stands once."""
    pairs = zip(scale.keys, scale.labels, strict=False)  # a journal may come from anywhere
    told = ", ".join(key if key == label else f"{key} {label}" for key, label in pairs)
    return f"{scale.name}: {told}" if told else f"{scale.name}: whoever has one says so"
