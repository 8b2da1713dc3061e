"""The proposal: what could give minutes, what cannot be kept, and what to ask the group."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from facilitate.core.choices import Offer
from facilitate.core.fit_view import FitView, Shorter, fit_view
from facilitate.core.state import SessionState
from facilitate.tui.screens.following import Following
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import UNDO, VERBS
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.widgets.steady_list import SteadyList
from facilitate.tui.words import line, plain, stack

NOTHING = "Nothing needs to give: what was promised can be kept."


class Offered(Option):
    """One offer in the list; it has no id, as two of them may say the same."""

    def __init__(self, offer: Offer) -> None:
        super().__init__(plain(offer.label))
        self.offer = offer


class FitScreen(Following):
    """A table to look at and a few offers to accept; leaving it changes nothing."""

    CSS_PATH = "../styles/fit.tcss"
    BINDINGS = [*bindings(UNDO), Binding("escape", "back", "leave it as it is")]

    def __init__(self) -> None:
        super().__init__()
        self._looked_at: SessionState | None = None
        self._offers: tuple[Offer, ...] = ()

    def compose(self) -> ComposeResult:
        yield Head()
        with VerticalScroll(id="proposal"):
            yield Static(id="table", markup=False)
        yield SteadyList(markup=False)
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(OptionList).focus()

    def draw(self) -> None:
        self.query_one(Notice).show(self.notice, self.unsaved)
        if self.state is self._looked_at:
            return  # what is being read stays as it is until something is done
        view = fit_view(self.state, self.now)
        if view is None:
            return
        self._looked_at = self.state
        self.query_one(Head).show("What could give", view.stands)
        self.query_one("#table", Static).update(_table(view))
        self._show_offers(view.offers)

    def _show_offers(self, offers: tuple[Offer, ...]) -> None:
        """Draw other offers; the mark stays on its own, and is on none when that is gone."""
        if offers == self._offers:
            return
        listed = self.query_one(OptionList)
        marked = listed.highlighted_option
        before, self._offers = self._offers, offers
        listed.clear_options()
        listed.add_options(map(Offered, offers))
        if isinstance(marked, Offered):
            kept = marked.offer in offers
            listed.highlighted = offers.index(marked.offer) if kept else None
        else:
            listed.highlighted = 0 if offers and not before else None

    @on(OptionList.OptionSelected)
    def _accept(self, event: OptionList.OptionSelected) -> None:
        """Accept what was read: an offer that is gone, or is another one now, is not."""
        if isinstance(event.option, Offered) and event.option.offer in self._offers:
            self.host.perform(event.option.offer.command)

    def action_back(self) -> None:
        self.app.pop_screen()


def _table(view: FitView) -> Content:
    rows = [line((" as it is  ", "$soft"), view.before)]
    if view.after:
        rows.append(line((" then      ", "$soft"), (view.after, "bold")))
    rows.append(Content(""))
    rows += [_shorter(one) for one in view.shorter]
    rows += [plain(f" {words}") for words in view.says or ([] if view.shorter else [NOTHING])]
    return stack(rows)


def _shorter(one: Shorter) -> Content:
    first = f"\n      if short: {one.if_short}" if one.if_short else ""
    return line(
        (f" {one.title}  ", "bold"),
        (f"{one.to_minutes} min", "bold $accent"),
        f" instead of {one.from_minutes}",
        (first, "$soft"),
    )
