"""A stage for the whole interface: the real desk, real files in this test's home, a hand clock.

What a test sees is what stands on the screen, cell by cell, and what lies on the disk.
"""

from __future__ import annotations

import io
import json
import textwrap
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console
from tests.conftest import HandClock
from textual.color import Color
from textual.events import Key, Paste
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot
from textual.widgets import Input, Static

from facilitate.cli.desk import LocalDesk
from facilitate.core.carrying import Inherited
from facilitate.store.places import places
from facilitate.tui.app import FacilitateApp

WIDE, NARROW = (100, 30), (60, 24)
BOTH_SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])

DAY = textwrap.dedent(
    '''
    format = 1

    [session]
    id = "harbour-circle-1"
    title = "Harbour circles"
    subtitle = "Day one: arriving, and the words we share"
    date = 2026-09-12
    start = "09:00"
    ends_by = "11:30"
    timezone = "America/New_York"
    minutes = 150
    place = "online"

    [team]
    lead = "NAME OF THE LEAD"
    co = ""
    tech = ""

    [[objective]]
    key = "words"
    text = "Find a few words that this group shares."

    [[before]]
    minutes = 45
    who = "tech"
    do = "Open the room, and try the captions"

    [[before]]
    minutes = 20
    who = "lead"
    do = "Lay out water, paper and the words of the day"

    [[segment]]
    id = "arriving"
    title = "Arriving"
    kind = "arrival"
    minutes = 15
    serves = ["words"]
    purpose = "Everyone is here before anything is asked of them."
    say = "Welcome. There is time to look around."
    chat = ["Welcome. The shape of the morning: {day_shape}."]
    if_quiet = "Quiet is fine; wait with them."

    [[segment]]
    id = "be"
    title = "How we want to be with each other"
    kind = "agreements"
    minutes = 40
    at_least = 25
    at_most = 50
    serves = ["words"]
    purpose = "Make agreements this group would use when it gets hard."
    say = """
    Before we talk about anything else, we decide how we want to be in here.

    What would help you to stay, and to come back when you drift?
    """
    notes = "Have the list of last spring at hand."
    tech = "Spotlight whoever speaks."
    access = "Read the chat aloud."
    chat = ["What helps you to stay?", "And what helps you to come back? After this: {next}."]
    capture = ["agreement", "question"]
    listen_for = "Short sentences in the group's own words."
    if_short = "Three agreements, and the one about repair."
    if_heavy = "Stop. Breathe. Ask what is needed first."
    if_quiet = "Two minutes of writing, then pairs."

    [[segment]]
    id = "break"
    title = "Break"
    kind = "break"
    minutes = 15
    starts_by = "10:00"
    chat = ["Break until {back_at}."]

    [[segment]]
    id = "rooms"
    title = "In threes: what we practise already"
    kind = "breakout"
    minutes = 35
    serves = ["words"]
    purpose = "Everyone gets to speak."
    say = "Three rounds, a question each."
    chat = ["1) What do you practise already? 2) What would you try?"]

    [segment.breakout]
    group_size = 3
    how = "random"
    stay = "Stay in the main room and write."
    rounds = [
      { minutes = 12, ask = "What do you practise already?" },
      { minutes = 15, ask = "What would you try?" },
    ]

    [[segment]]
    id = "weave"
    title = "Weaving it together"
    kind = "integration"
    minutes = 25
    serves = ["words"]
    capture = ["commitment"]

    [[segment]]
    id = "close"
    title = "Closing"
    kind = "closing"
    minutes = 20
    protect = true
    serves = ["words"]
    say = "Read back what was made, and end on time."
    capture = ["gratitude"]
    '''
)


class Stage:
    """The running app, the keys of a facilitator, and what can be seen of both."""

    def __init__(self, app: FacilitateApp, pilot: Pilot[None], clock: HandClock) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock

    # Doing

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until all that they started has come to rest."""
        await self.pilot.press(*keys)
        await self._workers()

    def tell(self) -> None:
        """As if the group had been told in an earlier sitting what its notebook keeps."""
        live = self.app.live
        assert live is not None
        inherited = (live.state.inherited or Inherited())._replace(notes_kept=True)
        live.state = replace(live.state, inherited=inherited)
        self.app.state = live.state

    async def write(self, words: str) -> None:
        """A line on the capture line, and away from it again."""
        self.tell()
        if words.isascii():
            await self.burst("space", *words, "enter", "escape")
        else:  # signs of no width are not typed
            await self.press("space")
            await self.paste(words)
            await self.press("enter", "escape")

    async def paste(self, words: str) -> None:
        """What a terminal sends when someone pastes."""
        self.app.post_message(Paste(words))
        await self.rest()

    async def burst(self, *keys: str) -> None:
        """Keys that are all there before the first of them is looked at."""
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 else key
            self.app.post_message(Key(name, key if len(key) == 1 else key_to_character(key)))
        await self.rest()

    async def click_on(self, words: str) -> None:
        """Click on the first of some words that stand on the screen once."""
        (place,) = [
            (cell_len(line[: line.index(words)]), y)
            for y, line in enumerate(self.lines)
            if words in line
        ]
        await self.pilot.click(offset=place)
        await self.rest()

    async def rest(self) -> None:
        """Wait for the threads and messages that are under way."""
        await self.pilot.pause()
        await self._workers()

    async def _workers(self) -> None:
        while self.app.workers:
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something that another thread brings about."""
        for _ in range(500):
            if holds():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"it never came to that:\n{self.text}")

    async def hand_rests(self) -> None:
        """Wait until a hand that rests was noticed, or nobody waits for that."""
        await self.until(lambda: getattr(self.app.screen, "_rest", None) is None)

    async def start(self) -> None:
        """From the screen before the start to the first part."""
        await self.press("enter", "y")

    async def go_to_the_agreements(self) -> None:
        """To the second part, at its planned time: everything that a part can have."""
        await self.start()
        self.tell()
        await self.pass_time(minutes=15)
        await self.press("n")

    async def go_to_the_rooms(self) -> None:
        """To the part with small rooms, behind the break, at its planned time."""
        await self.go_to_the_agreements()
        for minutes in (45, 15):
            await self.pass_time(minutes=minutes)
            await self.press("n")

    async def pass_time(self, **step: float) -> None:
        """Let time pass, and let the app look at the clock as it does once a second."""
        self.clock.forward(**step)
        self.app.now = self.clock.now()
        await self.pilot.pause()

    # Seeing

    @property
    def lines(self) -> list[str]:
        """The screen, a string a row, the question laid over it included."""
        width, height = self.app.size
        console = Console(
            width=width, height=height, file=io.StringIO(), record=True, force_terminal=True
        )
        above = self.app._background_screens
        console.print(self.app.screen._compositor.render_update(full=True, screen_stack=above))
        return console.export_text().splitlines()

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    def is_grey(self, words: str) -> bool:
        """Whether some words stand on the screen in the soft colour from their first letter."""
        ((x, y),) = [
            (cell_len(line[: line.index(words)]), y)
            for y, line in enumerate(self.lines)
            if words in line
        ]
        soft = Color.parse(self.app.theme_variables["soft"])
        style = self.app.screen.get_style_at(x, y)
        return style.color is not None and Color.from_rich_color(style.color) == soft

    @property
    def screens(self) -> list[str]:
        """What lies on what, the topmost last."""
        return [type(screen).__name__ for screen in self.app.screen_stack]

    @property
    def question(self) -> str:
        """What is asked, on one line."""
        return str(self.app.screen.query_one("#question", Static).content)

    @property
    def half_a_line(self) -> str:
        """What stands on the capture line."""
        return self.app.screen.query_one(Input).value

    # On disk

    def written(self) -> list[str]:
        """The names of all events on disk, in order, once the disk has them."""
        return [line["k"] for line in self.journal()]

    def last(self) -> tuple[str, dict[str, Any]]:
        """Name and content of the last event on disk."""
        line = self.journal()[-1]
        return line["k"], line["d"]

    def journal(self) -> list[dict[str, Any]]:
        """Every line on disk of this machine's journals, by time."""
        assert self.app.live is None or self.app.live.settle(5)
        return journal()


def journal() -> list[dict[str, Any]]:
    """Every line in this home's own journals, by time."""
    files = sorted(places().sittings.glob("*/own/*.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return sorted((json.loads(line) for line in lines), key=lambda line: str(line["t"]))


def day_file(folder: Path, text: str = DAY) -> Path:
    """An agenda as a file."""
    path = folder / "harbour.toml"
    path.write_text(text, encoding="utf-8")
    return path


@asynccontextmanager
async def staged(
    clock: HandClock,
    agenda: Path | None = None,
    *,
    size: tuple[int, int] = WIDE,
    notice: str = "",
    asks: bool = False,
    **options: Any,
) -> AsyncIterator[Stage]:
    """The app on its first screen, with everything read that it reads.

    Only where it `asks` has nobody said yet how long working files stay.
    """
    desk = LocalDesk(places(), clock)
    if not asks:
        desk.past().asks_how_long = lambda: False  # type: ignore[method-assign]
    app = FacilitateApp(desk, clock, agenda=str(agenda) if agenda else None, **options)
    app.notice = notice
    async with app.run_test(size=size) as pilot:
        stage = Stage(app, pilot, clock)
        await stage.rest()
        yield stage
    if app.live is not None:
        assert app.live.close(5)
    assert app.fault == ""
