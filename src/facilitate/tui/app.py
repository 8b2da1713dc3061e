"""The full-screen app: turns keys into commands, and the new state into views.

One route for everything: a verb becomes a command, `perform` hands it to the live sitting,
the new state goes down to the screens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Input

from facilitate.core.capture_line import RoomLine
from facilitate.core.captures import RoomNote
from facilitate.core.commands import Command, NeedsAsking, Refused, Undo
from facilitate.core.done_words import done_words
from facilitate.core.state import EMPTY, SessionState
from facilitate.tui.course import Course
from facilitate.tui.life import LivingApp
from facilitate.tui.screens.ask import Ask, Choice
from facilitate.tui.screens.cover import Cover
from facilitate.tui.screens.following import LONG_AGO, Following
from facilitate.tui.theme import THEMES
from facilitate.tui.verbs import VERBS, Situation, Verb, is_live

if TYPE_CHECKING:
    from facilitate.session.clock import Clock
    from facilitate.session.live import LiveSession
    from facilitate.tui.desk import Desk

TICK = 1.0
"""Seconds between two looks at the clock."""
SAYS_SAVING = 0.25
"""What is not on disk after so many seconds is said to be on its way."""


class FacilitateApp(LivingApp):
    """The one owner of the live sitting; screens get its state and ask for commands."""

    CSS_PATH = "styles/app.tcss"

    state: reactive[SessionState] = reactive(EMPTY, init=False, bindings=True)
    now: reactive[datetime] = reactive(LONG_AGO, init=False)
    notice: reactive[str] = reactive("", init=False)
    unsaved: reactive[str] = reactive("", init=False)
    room: reactive[tuple[RoomNote, ...]] = reactive((), init=False)

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        *,
        agenda: str | None = None,
        theme: str = THEMES[0].name,
        keys: dict[str, str] | None = None,
    ) -> None:
        """`agenda` is a file to open at once; `keys` are the user's own, by verb id."""
        super().__init__()
        self.desk = desk
        self.live: LiveSession | None = None
        self._clock = clock
        self.course = Course(self, agenda)
        for ours in THEMES:
            self.register_theme(ours)
        self.theme = theme
        self.set_keymap(keys or {})

    # Screens

    def get_default_screen(self) -> Screen[None]:
        self.set_reactive(FacilitateApp.now, self._clock.now())
        screen = self.bound(self.course.first_screen())
        screen._push_result_callback(self, None)  # else Textual cannot switch away from it
        return screen

    def bound(self, screen: Following) -> Following:
        """A screen that follows this app from now on."""
        cls = FacilitateApp
        screen.data_bind(cls.state, cls.now, cls.notice, cls.unsaved, cls.room)
        return screen

    def on_mount(self) -> None:
        self.set_interval(TICK, self._tick)
        self.course.begin()

    def _tick(self) -> None:
        self.now = self._clock.now()

    def show(self, screen: type[Following]) -> None:
        """Make a screen the one at the bottom; nothing happens when it is there already."""
        if type(self.screen) is not screen:
            self.switch_screen(self.bound(screen()))

    @property
    def is_at_base(self) -> bool:
        """Whether the screen on top is one that belongs to a state, not one laid over it."""
        return len(self.screen_stack) == 1

    def forget(self) -> None:
        """Let go of the sitting that is over."""
        self.live = None
        self.state, self.room, self.unsaved = EMPTY, (), ""

    # The one route

    def perform(self, command: Command) -> bool:
        """Carry out a command; what cannot be done is said in one line. True when done."""
        if self.live is None:
            return False
        before = self.state
        try:
            after = self.live.do(command)
        except NeedsAsking as question:
            self._ask_first(str(question))
            return False
        except Refused as refusal:
            self.say(str(refusal))
            return False
        self.take(after)
        self.say(done_words(before, after))
        return True

    def take(self, state: SessionState) -> None:
        """Make a state the one that is shown."""
        self.now = self._clock.now()
        self.state = state
        self.course.show_where_we_are()
        self.set_timer(SAYS_SAVING, self.look_at_disk)

    def _ask_first(self, question: str) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self.perform(Undo(confirmed=True))

        yes = (Choice(key="y", label="Yes", answer=True),)
        self.push_screen(Ask(question, yes), answered)

    def action_do(self, verb_id: str) -> None:
        verb = VERBS[verb_id]
        if verb.wish is not None:
            self.perform(verb.wish(self._situation()))

    def _situation(self) -> Situation:
        screen = self.screen
        chosen = screen.chosen if isinstance(screen, Following) else None
        by = self.live.by if self.live else ""
        return Situation(state=self.state, now=self.now, by=by, chosen=chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are letters while someone types."""
        screen = self.screen if self.screen_stack else None
        typing = screen is not None and isinstance(screen.focused, Input)
        return is_live(action, parameters, typing=typing)

    def is_possible(self, verb: Verb) -> bool:
        """Whether a verb could be done now; its key says why not when it could not."""
        return verb.is_possible(self._situation())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette lists: the verbs of this screen, and the themes."""
        for active in screen.active_bindings.values():
            verb = VERBS.get(active.binding.id or "")
            if verb is not None and self.is_possible(verb):
                title = f"{verb.noun}: {verb.label}"
                yield SystemCommand(title, verb.help, self._palette_call(active.binding.action))
        yield SystemCommand("theme: change", "Choose colours.", self.action_change_theme)

    def _palette_call(self, action: str) -> Callable[[], None]:
        def call() -> None:
            self.call_later(self.run_action, action)

        return call

    # Words

    def say(self, text: str) -> None:
        """Put one line where it can be read; it stays until the next one."""
        self.notice = text

    def hold_in_room(self, line: RoomLine) -> None:
        """Keep a line in memory, for this room only."""
        if self.live is not None:
            self.live.hold_in_room(line)
            self.room = self.live.room
            self.say("Held in this room: not saved, gone when this closes.")

    def copy(self, text: str) -> None:
        """Hand words to the clipboard; nobody can know whether the terminal took them."""
        self.copy_to_clipboard(text)
        self.run_worker(lambda: self.desk.copy(text), thread=True)

    def save_post(self, text: str) -> None:
        """Write a post to a file of its own."""
        self.course.in_background(lambda: self.desk.save_post(text), self.say)

    # The disk

    def journal_moved(self) -> None:
        """The disk took some lines, or refused them; called by the journal's thread."""
        self.call_later(self.look_at_disk)

    def look_at_disk(self) -> None:
        """Say what is not saved."""
        saving = self.live.saving if self.live else None
        if saving is None or not saving.waiting:
            self.unsaved = ""
        elif saving.trouble:
            self.unsaved = f"Not saved yet; still trying. {saving.trouble}."
        else:
            self.unsaved = "saving"

    # Leaving and covering

    def action_cover(self) -> None:
        if isinstance(self.screen, Cover):
            self.pop_screen()
        else:
            self.cover()

    def action_cover_now(self) -> None:
        self.action_cover()

    def cover(self) -> None:
        if not isinstance(self.screen, Cover):
            self.push_screen(Cover())

    def action_say_how_to_leave(self) -> None:
        self.say("ctrl+q leaves.")

    def action_help(self) -> None:
        from facilitate.tui.screens.reading import help_page

        self.push_screen(help_page())

    def action_close_sitting(self) -> None:
        self.course.harvest()

    def action_leave(self) -> None:
        self.course.leave()
