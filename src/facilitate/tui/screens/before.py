"""The screen before the start: what is to be prepared, and the day as planned."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from facilitate.core.before_view import BeforeView, PreparationRow, before_view, head_title
from facilitate.core.state import SessionState
from facilitate.tui.screens.following import Following
from facilitate.tui.verb import BEFORE, FIRST, bindings
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.widgets.plan_strip import PlanStrip
from facilitate.tui.widgets.steady_list import ARROWS, SteadyList
from facilitate.tui.words import line, plain, say_in, stack


class Preparation(SteadyList, inherit_bindings=False):
    """The preparation list; Enter belongs to the start, so a click or Space ticks."""

    BINDINGS = [*ARROWS]

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._rows: tuple[PreparationRow, ...] = ()

    @property
    def item(self) -> int | None:
        """The marked item; None when there is none."""
        return self.item_at(self.highlighted) if self.highlighted is not None else None

    def show(self, rows: tuple[PreparationRow, ...]) -> None:
        """Draw other rows; the mark stays where it is."""
        if rows == self._rows:
            return
        marked, self._rows = self.highlighted, rows
        self.clear_options()
        self.add_option(Option(plain("to prepare", "bold $primary"), disabled=True))
        self.add_options(Option(_row(row)) for row in rows)
        if rows:
            self.highlighted = min(marked or 1, len(rows))

    def item_at(self, place: int) -> int:
        """The item on that row; the first one holds the heading."""
        return self._rows[place - 1].item


class BeforeScreen(Following):
    """Preparation on the left, the day on the right; the start is a deliberate key."""

    BINDINGS = bindings(BEFORE)

    def compose(self) -> ComposeResult:
        yield Head()
        with Horizontal(id="middle"):
            yield Preparation()
            with Vertical(id="right"):
                yield PlanStrip(heading="the day")
                with VerticalScroll(id="about"):
                    yield Static(id="what-for", markup=False)
        yield Static(id="carrying", markup=False)
        yield Notice()
        yield KeyBar(self.host, FIRST)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(Preparation).focus()

    def draw(self) -> None:
        self.query_one(Notice).show(self.notice, self.unsaved)
        view = before_view(self.state, self.now)
        if view is None:
            return
        title = head_title(self.state, view.subtitle or view.title)
        times = (view.clock, view.doors, view.starts)
        self.query_one(Head).show(title, " · ".join(words for words in times if words))
        self.query_one(Preparation).show(view.preparation)
        self.query_one(PlanStrip).show(view.day)
        say_in(self.query_one("#what-for", Static), _what_for(view))
        carrying = self.query_one("#carrying", Static)
        say_in(carrying, plain(_carrying(self.state), "$accent"))
        carrying.display = bool(carrying.content)

    # What can be done

    def action_tick(self) -> None:
        from facilitate.core.commands import TickPreparation

        item = self.query_one(Preparation).item
        if item is not None:
            self.host.perform(TickPreparation(item=item))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        from facilitate.core.commands import TickPreparation

        item = self.query_one(Preparation).item_at(event.option_index)
        self.host.perform(TickPreparation(item=item))

    def action_carrying(self) -> None:
        from facilitate.tui.screens.carrying import CarryingScreen

        self.lay_over(CarryingScreen())

    def action_open_doors(self) -> None:
        from facilitate.core.commands import OpenDoors

        self.host.perform(OpenDoors())

    def action_start(self) -> None:
        from facilitate.tui.asking import Ask, Choice

        view = before_view(self.state, self.now)
        if view is None:
            return
        first = view.day[0].title if view.day else ""
        if view.far_off:
            question = f"{view.far_off} Begin with {first}?"
            choices: tuple[Choice[bool], ...] = (
                Choice(key="m", label="Begin, and move the whole plan to now", answer=True),
                Choice(key="k", label="Begin; the plan keeps its times", answer=False),
            )
        else:
            question = f"It is {view.clock}. Begin now with {first}?"
            choices = (Choice(key="y", label="Begin", answer=False),)
        self.app.push_screen(Ask(question, choices), self._begin)

    def _begin(self, move_plan: bool | None) -> None:
        from facilitate.core.commands import MovePlan, Next

        if move_plan is None:
            return
        if move_plan:
            self.host.perform(MovePlan())
        self.host.perform(Next(seen=None))


def _carrying(state: SessionState) -> str:
    """What earlier sittings hand on, in a few words; most have no earlier one."""
    if state.inherited is None or not state.inherited.lines:
        return ""
    from facilitate.core.carrying_view import carrying_words  # not for the first paint

    return f"carrying {carrying_words(state)}: g"


def _row(row: PreparationRow) -> Content:
    mark = "[x]" if row.done else "[ ]"
    when = f"{row.due} {row.wait}".strip()
    return line(
        (f"{mark} ", "bold"),
        (f"{when}  ", "$accent" if not row.done else "$soft"),
        (f"{row.who}: ", "bold"),
        (row.do, "$soft" if row.done else ""),
    )


def _what_for(view: BeforeView) -> Content:
    rows = [line((f"ends {view.ends}  ", "bold"), (f"clock times of {view.zone}", "$soft"))]
    rows += [Content(""), plain("What it is for", "bold $primary")]
    rows += [plain(f"- {text}") for text in view.objectives]
    return stack(rows)
