"""The one owner of the live sitting, and the one route by which a command takes effect.

Screens know this class and not the app: they get its state and ask it for commands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar, cast, runtime_checkable

from textual.reactive import reactive
from textual.widgets import Input

from facilitate.tui.life import LivingApp
from facilitate.tui.showing import Showing
from facilitate.tui.verb import Situation, Verb

if TYPE_CHECKING:
    from textual.screen import Screen

    from facilitate.core.capture_line import RoomLine
    from facilitate.core.captures import RoomNote
    from facilitate.core.commands import Command
    from facilitate.core.state import SessionState
    from facilitate.core.tally import Scale
    from facilitate.session.clock import Clock
    from facilitate.session.live import LiveSession
    from facilitate.tui.desk import Desk
    from facilitate.tui.looking_back import Ways

SAYS_SAVING = 0.25
"""What is not on disk after so many seconds is said to be on its way."""
TRIES_AGAIN = 2.0
"""Seconds until words that are to leave the disk are taken off it again."""
STILL_THERE = "Its words are still on the disk; still trying."
PATIENCE = 1.0
"""Seconds that the end waits until the group's window shows nothing any more."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


Result = TypeVar("Result")


@runtime_checkable
class Marking(Protocol):
    """A screen on which a line can be marked."""

    @property
    def chosen(self) -> int | None:
        """Number of the marked line; None when none is."""
        ...


@runtime_checkable
class Holding(Protocol):
    """A screen with words or changes that would be lost with it."""

    def leave_for(self, then: Callable[[], object]) -> None:
        """Leave, and do `then`; asks first when something would be lost."""
        ...


class Steps(Protocol):
    """What leads from one screen to another."""

    def show_where_we_are(self) -> None:
        """Show the screen that belongs to the state."""

    def go_home(self) -> None:
        """Show the first screen, and what there is to open."""

    def open_agenda(self, path: str) -> None:
        """Open an agenda file."""

    def go_on_with(self, sitting: str) -> None:
        """Resume a sitting that lies on disk."""

    def finish(self) -> None:
        """Write the record of the closed sitting."""

    def in_background(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        otherwise: Callable[[], None] = lambda: None,
    ) -> None:
        """Do something slow in a thread, and go on with its result on the loop.

        What failed is said; then `otherwise` is done.
        """


class Host(LivingApp):
    """Holds the live sitting; what is true of it flows down to the screens from here."""

    # None only until `wake`: the first paint does not wait for the core.
    state: reactive[SessionState] = reactive(
        cast("SessionState", None), init=False, repaint=False, bindings=True
    )
    now: reactive[datetime] = reactive(LONG_AGO, init=False, repaint=False)
    notice: reactive[str] = reactive("", init=False, repaint=False)
    unsaved: reactive[str] = reactive("", init=False, repaint=False)
    room: reactive[tuple[RoomNote, ...]] = reactive((), init=False, repaint=False)

    course: Steps
    past: Ways

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        *,
        method: str = "",
        scales: Mapping[str, Scale] | None = None,
    ) -> None:
        """`method` chooses the first scale; `scales` are the user's own, by their name."""
        super().__init__()
        self.method = method
        """What chooses the scale of the next round; empty for the usual one."""
        self._own_scales = scales or {}
        self.desk = desk
        self.clock = clock
        self.live: LiveSession | None = None
        self._still_there: set[str] = set()
        """Ids of lines that were given back to the room while the disk did not let them go."""
        self.showing = Showing(self, desk, clock)

    @property
    def is_at_base(self) -> bool:
        """Whether the screen on top is one that belongs to a state, not one laid over it."""
        return len(self.screen_stack) == 1

    def forget(self) -> None:
        """Let go of the sitting that is over."""
        from facilitate.core.state import EMPTY

        self.live = None
        self._still_there.clear()
        self.showing.stop(0)
        self.state, self.room, self.unsaved = EMPTY, (), ""

    # Consent

    @property
    def scales(self) -> Mapping[str, Scale]:
        """Every scale of consent, by what chooses it; the user's own come last."""
        from facilitate.core.tally import SCALES

        return {**SCALES, **self._own_scales}

    @property
    def scale(self) -> Scale:
        """The scale of the next round."""
        from facilitate.core.tally import DEFAULT_METHOD

        return self.scales[self.method or DEFAULT_METHOD]

    # The one route

    def perform(self, command: Command) -> bool:
        """Carry out a command; what cannot be done is said in one line. True when done."""
        from facilitate.core.done_words import done_words
        from facilitate.core.entry_commands import Lower, TakeBack
        from facilitate.core.refusal import NeedsAsking, Refused

        if self.live is None:
            return False
        if isinstance(command, TakeBack) and self._take_back_in_room(self.live):
            return True
        before = self.state
        try:
            after = self.live.do(command)
        except NeedsAsking as question:
            self._ask_first(str(question), command)
            return False
        except Refused as refusal:
            self.say(str(refusal))
            return False
        self.take(after)
        self.say(done_words(before, after))
        if isinstance(command, Lower) and command.ring == "room":
            self._give_back_to_room(before, command.number)
        return True

    def _take_back_in_room(self, live: LiveSession) -> bool:
        """Where a line of the room was written last, that one is meant and no other."""
        if not live.take_back_in_room():
            return False
        self.room = live.room
        self.say("The line of this room is taken back; it was nowhere else.")
        return True

    def _give_back_to_room(self, before: SessionState, number: int) -> None:
        """A line that was given back to the room leaves the disk, and then stays here alone."""
        from facilitate.core.capture_line import RoomLine

        entry, live = before.entry(number), self.live
        if entry is None or live is None:
            return
        line = RoomLine(text=entry.text)

        def gone(words: str) -> None:
            live.hold_in_room(line, given_back=True)
            self.room = live.room
            self.say(words)

        self.say("Its words are leaving the disk.")
        self.take_off_disk(entry.id, gone)

    def take_off_disk(self, entry: str, then: Callable[[str], None]) -> None:
        """Take the words of a line off the disk, and again until that is done.

        `then` gets a sentence about it.
        """
        live, desk = self.live, self.desk
        if live is None:
            return

        def work() -> str | None:
            try:
                return desk.forget(live, entry)
            except OSError:
                return None

        def done(words: str | None) -> None:
            if self.live is not live:
                return  # it is over, and its closing took them along
            self._still_there.discard(entry)
            if words is not None:
                then(words)
            else:
                self._still_there.add(entry)
                self.set_timer(TRIES_AGAIN, lambda: self.take_off_disk(entry, then))
            self.look_at_disk()

        self.course.in_background(work, done)

    def take(self, state: SessionState) -> None:
        """Make a state the one that is shown."""
        self.now = self.clock.now()
        self.state = state
        self.course.show_where_we_are()
        self.set_timer(SAYS_SAVING, self.look_at_disk)

    def _ask_first(self, question: str, command: Command) -> None:
        from facilitate.core.commands import confirmed
        from facilitate.tui.asking import Ask, Choice

        def answered(yes: bool | None) -> None:
            if yes:
                self.perform(confirmed(command))

        yes = (Choice(key="y", label="Yes", answer=True),)
        self.push_screen(Ask(question, yes), answered)

    def action_do(self, verb_id: str) -> None:
        from facilitate.tui.verbs import VERBS

        verb = VERBS[verb_id]
        if verb.wish is not None:
            self.perform(verb.wish(self._situation()))

    def _situation(self) -> Situation:
        marking = (s for s in reversed(self.screen_stack) if isinstance(s, Marking))
        screen = next(marking, None)  # under the palette, too
        chosen = screen.chosen if screen else None
        by = self.live.by if self.live else ""
        return Situation(state=self.state, now=self.now, by=by, chosen=chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are letters while someone types, and only a rehearsal's clock is moved."""
        screen = self.screen if self.screen_stack else None
        if action == "forward" and not self._is_rehearsing(screen):
            return False
        typing = screen is not None and isinstance(screen.focused, Input)
        if not typing:
            return True
        from facilitate.tui.verbs import is_live

        return is_live(action, parameters, typing=True)

    def _is_rehearsing(self, screen: Screen[object] | None) -> bool:
        """Whether a rehearsal is on the screen, and no question with keys of its own."""
        rehearses = self.live is not None and self.live.state.rehearsal
        return rehearses and screen is not None and not screen.is_modal

    def is_possible(self, verb: Verb) -> bool:
        """Whether a verb could be done now; its key says why not when it could not."""
        return verb.is_possible(self._situation())

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
            self.unsaved = STILL_THERE if self._still_there else ""
            self._show_group()
        elif saving.trouble:
            self.unsaved = f"Not saved yet; still trying. {saving.trouble}."
        else:
            self.unsaved = "saving"

    # The group's window

    def watch_state(self) -> None:
        self._show_group()

    def watch_now(self) -> None:
        """The clock alone changes what the group sees only while its rooms are open."""
        if self.live is not None and self.live.state.open_rooms is not None:
            self._show_group()

    def _show_group(self) -> None:
        """Show the group what is true now, while a sitting is held."""
        if self.live is not None:
            self.showing.soon(self.live)

    def on_unmount(self) -> None:
        self.showing.stop(PATIENCE)
