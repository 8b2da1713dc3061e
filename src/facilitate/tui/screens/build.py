"""The screen on which a day is built: as bars, with clock times, changed where it stands."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import OptionList

from facilitate.core.agenda import Agenda
from facilitate.core.build_changes import (
    MOST,
    Change,
    Copied,
    Lengthened,
    Moved,
    TakenOut,
)
from facilitate.core.build_view import BuildView, build_view, day_facts, head_words, part_facts
from facilitate.core.learned import NOTHING_LEARNED, Learned
from facilitate.tui.build_verbs import BUILD
from facilitate.tui.building import Workbench
from facilitate.tui.screens import build_questions as questions
from facilitate.tui.screens.build_pages import totals_page
from facilitate.tui.screens.building import Building
from facilitate.tui.screens.looking import Looking
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import VERBS
from facilitate.tui.widgets.build_bars import BuildAxis, BuildBars, Typed
from facilitate.tui.widgets.facts import Facts
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice

PAGE = 6
"""Columns of a page that are not for its words."""
NOT_SAVED = "Not saved."
TYPE_FIRST = "Type its minutes, then Enter. t gives it another title."


class BuildScreen(Looking):
    """Draws a `BuildView`; every key is about the marked part, and nothing saves by itself."""

    CSS_PATH = "../styles/build.tcss"
    BINDINGS = [
        *bindings(BUILD),
        *(
            Binding(digit, f"digit('{digit}')", show=False, priority=True)
            for digit in "0123456789"
        ),
        Binding("enter", "take_number", show=False, priority=True),
        Binding("backspace", "digit_back", show=False, priority=True),
    ]

    def __init__(self, building: Building, bench: Workbench) -> None:
        super().__init__()
        self._building = building
        self._bench = bench
        self._learned: Learned = NOTHING_LEARNED
        self._typed: Typed | None = None
        """A length that is being typed, and whose."""
        self._seen: tuple[Agenda, BuildView] | None = None

    def compose(self) -> ComposeResult:
        yield Head()
        yield BuildAxis()
        yield BuildBars()
        with Horizontal(id="below"):
            yield Facts(id="part")
            yield Facts(id="day")
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        self._building.moved = self.draw_soon
        super().on_mount()
        self.query_one(BuildBars).focus()
        self.look_up(self._bench.learned, self._show_learned)

    def _show_learned(self, learned: Learned) -> None:
        self._learned = learned
        self.draw_soon()

    # Drawing

    @property
    def _agenda(self) -> Agenda:
        return self._building.steps.agenda

    @property
    def _view(self) -> BuildView:
        """The day as it is now, laid out once for each step."""
        agenda = self._agenda
        if self._seen is None or self._seen[0] is not agenda:
            self._seen = agenda, build_view(agenda)
        return self._seen[1]

    def draw(self) -> None:
        view, steps = self._view, self._building.steps
        self.query_one(Head).show(view.title, head_words(view))
        self.query_one(BuildAxis).show(view)
        self._draw_bars()
        self.query_one("#day", Facts).show(day_facts(view, steps.day.flaws))
        self._draw_part()
        self.query_one(Notice).show(self.notice, NOT_SAVED if steps.is_changed else "")

    def _draw_bars(self) -> None:
        flawed: dict[str, bool] = {}
        for flaw in self._building.steps.day.flaws:
            if flaw.part is not None:
                flawed[flaw.part] = flawed.get(flaw.part, False) or flaw.is_error
        self.query_one(BuildBars).show(self._view, flawed, self._typed)

    def _draw_part(self) -> None:
        place = min(self._place, len(self._agenda.segments) - 1)
        flaws = self._building.steps.day.flaws
        facts = part_facts(self._agenda, self._view, place, self._learned, flaws)
        self.query_one("#part", Facts).show(facts)

    @on(OptionList.OptionHighlighted)
    def _marked_another(self) -> None:
        if self._typed is not None and self._typed.place != self._place:
            self._take_typed(marks=False)
        self._draw_part()

    @property
    def _place(self) -> int:
        """The place of the marked part."""
        return self.query_one(BuildBars).marked

    # Its length

    def action_longer(self, minutes: int) -> None:
        self._take_typed()
        segment = self._agenda.segments[self._place]
        self._do(Lengthened(self._place, segment.minutes + minutes))

    def action_digit(self, digit: str) -> None:
        if self._typed is not None and self._typed.place != self._place:
            self._take_typed(marks=False)
        digits = (self._typed.digits if self._typed else "") + digit
        if len(digits) <= len(str(MOST)):
            self._typed = Typed(self._place, digits)
            self.draw_soon()

    def action_digit_back(self) -> None:
        if self._typed is not None:
            place, digits = self._typed
            self._typed = Typed(place, digits[:-1]) if digits[:-1] else None
            self.draw_soon()

    def action_take_number(self) -> None:
        if self._typed is None:
            self.host.say(TYPE_FIRST)
        self._take_typed()

    def _take_typed(self, *, marks: bool = True) -> None:
        """Let a length that was typed be that of its part."""
        if self._typed is not None:
            typed, self._typed = self._typed, None
            self._do(Lengthened(typed.place, int(typed.digits)), marks=marks)
            self.draw_soon()

    # What its keys do

    def _do(self, change: Change, *, marks: bool = True) -> None:
        place = self._building.do(change)
        if marks:
            self._mark(place)

    def _mark(self, place: int | None) -> None:
        """Mark a part, once there is a row for it; None marks no other."""
        if place is not None:
            self._draw_bars()
            self.query_one(BuildBars).mark(place)
            self.draw_at_once()

    def action_move(self, way: int) -> None:
        self._take_typed()
        self._do(Moved(self._place, self._place + way))

    def action_take_out(self) -> None:
        self._take_typed()
        self._do(TakenOut(self._place))

    def action_copy_part(self) -> None:
        self._take_typed()
        self._do(Copied(self._place))

    def action_put_in(self) -> None:
        self._take_typed()
        questions.ask_new_part(self.host, self._place, self._do)

    def action_title(self) -> None:
        self._take_typed()
        segment = self._agenda.segments[self._place]
        questions.ask_title(self.host, self._place, segment, self._do)

    def action_gives(self) -> None:
        self._take_typed()
        segment = self._agenda.segments[self._place]
        questions.ask_how_short(self.host, self._place, segment, self._do)

    def action_kind(self) -> None:
        self._take_typed()
        questions.ask_other_kind(self.host, self._place, self._do)

    def action_undo(self) -> None:
        if self._typed is not None:
            self._typed = None
            self.draw_soon()
        else:
            self._mark(self._building.undo())

    def action_redo(self) -> None:
        self._take_typed()
        self._mark(self._building.redo())

    def action_totals(self) -> None:
        self._take_typed()
        flaws, width = self._building.steps.day.flaws, self.app.size.width
        self.app.push_screen(totals_page(self._view, flaws, width - PAGE))

    def action_save_day(self) -> None:
        self._take_typed()
        self._building.save()

    def action_leave_day(self) -> None:
        if self._typed is not None:
            self._typed = None
            self.draw_soon()
        else:
            self.leave_for(self.dismiss)

    def leave_for(self, then: Callable[[], object]) -> None:
        """Leave, and do `then`; asks first when something is not saved."""
        self._take_typed()
        self._building.leave(then)
