"""The app of the window that a facilitator shares with the group.

It follows a sitting from a process of its own, and learns nothing that it does not show.
"""

from __future__ import annotations

from textual.binding import Binding
from textual.screen import Screen

from facilitate.tui.life import LivingApp
from facilitate.tui.screens.audience import AudienceScreen, Followed
from facilitate.tui.theme import THEMES, wear


class AudienceApp(LivingApp):
    """Shows the group where it is and what it made; three keys, and no others."""

    TITLE = "facilitate"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = ["styles/app.tcss", "styles/audience.tcss"]
    BINDINGS = [
        Binding("l", "change_type", "larger type"),
        Binding("v", "cover", "cover"),
        Binding("ctrl+q", "quit", "leave", priority=True),
    ]

    def __init__(self, followed: Followed, *, theme: str = THEMES[0].name) -> None:
        super().__init__()
        self._page = AudienceScreen(followed)
        wear(self, theme)

    def get_default_screen(self) -> Screen[None]:
        return self._page

    def action_change_type(self) -> None:
        self._page.change_type()
