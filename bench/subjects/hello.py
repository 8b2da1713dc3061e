"""The bare app that screens are compared with: one Static, one key."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """Counts how often x was pressed."""

    BINDINGS = [("x", "flip", "Flip")]  # noqa: RUF012 - Textual reads it from the class
    presses = 0

    def compose(self) -> ComposeResult:
        yield Static("Hello World 0", id="s")

    def action_flip(self) -> None:
        self.presses += 1
        self.query_one("#s", Static).update(f"Hello World {self.presses}")


if __name__ == "__main__":
    Hello().run()
