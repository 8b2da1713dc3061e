"""The screen on which a sitting is held: now, next, until when, and what to paste."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.widgets import Input, Static

from facilitate.core.commands import MarkBroadcastCopied, MarkPostCopied
from facilitate.core.events import PauseKind
from facilitate.core.lines_view import MadeSoFar
from facilitate.core.posts import filled, next_post
from facilitate.core.rooms_view import rooms_view
from facilitate.core.views import RunView, run_view
from facilitate.tui.screens import questions
from facilitate.tui.screens.catching import Catching
from facilitate.tui.screens.day import DayScreen
from facilitate.tui.screens.fit import FitScreen
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import RUN, VERBS
from facilitate.tui.widgets.capture_line import CaptureLine
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.made_here import MadeHere
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.widgets.now_card import Aside, NowCard
from facilitate.tui.widgets.plan_strip import PlanStrip
from facilitate.tui.widgets.rooms import Rooms
from facilitate.tui.words import plain

NO_POSTS = "This part has no chat posts."


class RunScreen(Catching):
    """Draws a `RunView`; keeps only what is looked at, never what is true."""

    CSS_PATH = "../styles/run.tcss"
    BINDINGS = [
        *bindings(RUN),
        Binding("up", "arrow('up')", show=False, priority=True),
        Binding("down", "arrow('down')", show=False, priority=True),
        Binding("pageup", "scroll_card('up')", show=False),
        Binding("pagedown", "scroll_card('down')", show=False),
    ]

    aside: reactive[Aside | None] = reactive(None, init=False)

    def __init__(self) -> None:
        super().__init__()
        self._made = MadeSoFar()

    def compose(self) -> ComposeResult:
        yield Head(id="top")
        with Horizontal(id="middle"):
            yield PlanStrip()
            with Vertical(id="right"):
                yield Head(id="now")
                yield Rooms()
                yield NowCard()
                yield Static(plain(" made so far"), id="made-label", markup=False)
                yield MadeHere()
        yield Notice()
        yield CaptureLine(self.keep_line)
        yield KeyBar(self.host, VERBS)
        yield Static(plain("A little more room, please: 60 columns, 20 rows."), id="tiny")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(NowCard).focus()

    # Drawing

    def draw(self) -> None:
        view = run_view(self.state, self.now, self.room, self._made)
        if view is None:
            return
        self.query_one("#top", Head).show(view.title, f"{view.clock} · {view.standing}")
        self.query_one(PlanStrip).show(view.plan)
        self.query_one(NowCard).show(view.card, self.aside)
        self.query_one(MadeHere).show(view.made)
        self._draw_now(view)
        self.draw_typing()

    def draw_at_once(self) -> None:
        self.query_one(MadeHere).show(self._made.lines(self.state, self.room))
        self.draw_typing()
        super().draw_at_once()

    def _draw_now(self, view: RunView) -> None:
        now = self.query_one("#now", Head)
        if view.card:
            words = ", ".join(part for part in (view.left, view.ends) if part)
            now.show(view.card.title, words)
        self.query_one(Rooms).show(view.rooms)

    def watch_aside(self) -> None:
        self.draw_soon()

    @property
    def chosen(self) -> int | None:
        return self.query_one(MadeHere).chosen if self.is_mounted else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While someone types, the arrows mark nothing."""
        if action == "arrow" and isinstance(self.focused, Input):
            return False
        return super().check_action(action, parameters)

    async def action_arrow(self, way: Literal["up", "down"]) -> None:
        """Mark a line, wherever the focus is."""
        made = self.query_one(MadeHere)
        self.set_focus(made)
        await made.run_action(f"cursor_{way}")

    async def action_scroll_card(self, way: Literal["up", "down"]) -> None:
        """Also while a line is marked."""
        await self.query_one(NowCard).run_action(f"page_{way}")

    def mark(self, number: int | None) -> None:
        made = self.query_one(MadeHere)
        made.mark(number)
        if made.chosen is not None:
            self.set_focus(made)

    def leave_line(self) -> None:
        self.set_focus(self.query_one(NowCard if self.chosen is None else MadeHere))

    # The part that runs

    def action_aside(self, aside: Aside) -> None:
        segment = self.state.segment
        if segment is not None and not getattr(segment, f"if_{aside}"):
            self.host.say(f"This part says nothing for: {aside}.")
            return
        self.aside = None if self.aside == aside else aside

    def action_extend(self) -> None:
        questions.more_or_fewer(self.host)

    def action_pause(self) -> None:
        def paused(kind: PauseKind) -> None:
            self.aside = "heavy" if kind == "care" else self.aside

        questions.pause(self.host, paused)

    def action_hold_care(self) -> None:
        questions.hold_care(self.host)

    def action_earlier(self) -> None:
        questions.moved_on_earlier(self.host)

    def action_leave_out(self) -> None:
        questions.leave_out(self.host)

    def action_go_back(self) -> None:
        questions.go_back(self.host)

    def action_move(self) -> None:
        questions.move(self.host)

    def action_fit(self) -> None:
        self.lay_over(FitScreen())

    def action_day(self) -> None:
        self.lay_over(DayScreen())

    def action_copy_post(self) -> None:
        rooms = rooms_view(self.state, self.now)
        if rooms is not None and rooms.cue is not None:
            self.host.copy(rooms.message)
            self.host.perform(MarkBroadcastCopied(cue=rooms.cue))
            self.host.say("Sent to the clipboard, for all rooms.")
            return
        place, text = self._next_post()
        if place is None:
            self.host.say(NO_POSTS)
            return
        self.host.copy(text)
        self.host.perform(MarkPostCopied(post=place))
        self.host.say(
            f"Post {place + 1} was sent to the clipboard. If it does not paste, C saves it."
        )

    def action_save_post(self) -> None:
        place, text = self._next_post()
        if place is None:
            self.host.say(NO_POSTS)
        else:
            self.host.save_post(text)

    def _next_post(self) -> tuple[int | None, str]:
        segment = self.state.segment
        place = next_post(self.state, segment) if segment else None
        if segment is None or place is None:
            return None, ""
        return place, filled(self.state, segment.chat[place], self.now)
