"""The page that a group sees: where we are, what is asked, and what was made and read back.

Nothing on it moves by itself. What is new comes into view; all else stays where it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Digits, Static

from facilitate.core.audience import AudienceLine, AudienceView
from facilitate.tui.words import plain

QUIET = "Nothing is shown yet.\n\nThis window follows the session that is held on this machine."
PATIENCE = 1.0
"""Seconds that the end waits for the last look."""


class Followed(Protocol):
    """A sitting that is followed from outside."""

    def follow(self, changed: Callable[[AudienceView | None], None]) -> None:
        """Call `changed`, in another thread, with what is shown now and whenever it changes."""
        ...

    def stop(self, timeout: float) -> None:
        """Call it no more; wait at most so many seconds for a call that is under way."""
        ...


class Lines(Vertical):
    """Lines below each other under a heading; not there at all while there are none."""

    def __init__(self, name: str, heading: str) -> None:
        super().__init__(id=name)
        self._heading = heading
        self._lines: tuple[AudienceLine, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static(plain(self._heading), classes="heading", markup=False)

    def on_mount(self) -> None:
        self.display = False

    async def show(self, lines: tuple[AudienceLine, ...]) -> Widget | None:
        """Show these lines; the last of those that are new, None when none is."""
        before, self._lines = self._lines, lines
        if lines == before:
            return None
        self.display = bool(lines)
        rows = [_row(line) for line in lines]
        await self.query(".line").remove()
        await self.mount_all(rows)
        new = [row for row, line in zip(rows, lines, strict=True) if line not in before]
        return new[-1] if new else None


def _row(line: AudienceLine) -> Widget:
    return Horizontal(
        Static(plain(line.name), classes="name", markup=False),
        Static(plain(line.text), classes="said", markup=False),
        classes="line",
    )


class AudienceScreen(Screen[None]):
    """Follows a sitting: shows one view of it at a time, or that there is none."""

    VERTICAL_BREAKPOINTS = [(0, "-flat"), (30, "-tall")]

    def __init__(self, followed: Followed) -> None:
        super().__init__(classes="-quiet")
        self._followed = followed
        self._view: AudienceView | None = None

    def compose(self) -> ComposeResult:
        yield Static(plain(QUIET), id="quiet", markup=False)
        with Vertical(id="where"):
            yield Static(id="title", markup=False)
            yield Static(id="now", markup=False)
            yield Static(id="back", markup=False)
            yield Digits(id="clock")
        with VerticalScroll(id="made"):
            yield Static(id="prompt", markup=False)
            yield Lines("agreements", "our agreements so far")
            yield Lines("terms", "our words so far")
        yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        def changed(view: AudienceView | None) -> None:
            self.call_later(self.show, view)

        self._name_keys()
        self._followed.follow(changed)

    def on_unmount(self) -> None:
        self._followed.stop(PATIENCE)

    async def show(self, view: AudienceView | None) -> None:
        """Show a view from now on; None for the quiet page."""
        if self._pruning:  # on its way out its parts go first
            return
        before, self._view = self._view, view
        self.set_class(view is None, "-quiet")
        view = view or AudienceView(title="")
        self._show_where_we_are(view)
        with self.app.batch_update():
            agreement = await self.query_one("#agreements", Lines).show(view.agreements)
            term = await self.query_one("#terms", Lines).show(view.terms)
        page, new = self.query_one("#made", VerticalScroll), term or agreement
        if before is None or (before.now, before.prompt) != (view.now, view.prompt):
            page.scroll_home(animate=False)
        elif new is not None:
            self.call_after_refresh(new.scroll_visible, animate=False)

    def _show_where_we_are(self, view: AudienceView) -> None:
        for name, text in (
            ("title", view.title),
            ("now", view.now),
            ("back", f"back at {view.back_at}" if view.back_at else ""),
            ("prompt", view.prompt),
        ):
            part = self.query_one(f"#{name}", Static)
            part.update(plain(text))
            part.display = bool(text)
        clock = self.query_one("#clock", Digits)
        clock.update(view.back_at)
        clock.display = bool(view.back_at)

    def change_type(self) -> None:
        """Make the type large, or as it was."""
        self.toggle_class("-large")
        self._name_keys()

    def _name_keys(self) -> None:
        type_ = "smaller type" if self.has_class("-large") else "larger type"
        keys = f"l {type_}   v cover   ctrl+q leave"
        self.query_one("#keys", Static).update(plain(keys))
