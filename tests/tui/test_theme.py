"""The colours: readable, quiet, and none of them red."""

import colorsys
from pathlib import Path

import pytest
from rich.segment import Segment
from tests.conftest import HandClock
from tests.tui.stage import Stage, day_file, staged
from textual.color import Color
from textual.theme import Theme

from facilitate.tui.theme import THEMES

OURS = [theme for theme in THEMES if not theme.ansi]
READABLE = 4.5
"""WCAG AA for text of any size."""

TEXTS = ("foreground", "soft", "footer-key-foreground", "accent", "primary", "warning")
GROUNDS = ("background", "surface", "panel", "footer-background")
PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("foreground", "block-cursor-background"),
    ("soft", "block-cursor-background"),
    ("accent", "block-cursor-background"),
    ("primary", "block-cursor-background"),
    ("footer-key-foreground", "block-cursor-background"),
    ("foreground", "block-hover-background"),
    ("soft", "block-hover-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("input-selection-foreground", "input-selection-background"),
    ("text-muted", "surface"),
    ("text-disabled", "surface"),
    ("text-disabled", "panel"),
]


def tokens(theme: Theme) -> dict[str, str]:
    return {**theme.to_color_system().generate(), **theme.variables}


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""

    def luminance(color: Color) -> float:
        parts = [part / 255 for part in color.rgb]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(
            weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
        )

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def is_red(color: Color) -> bool:
    """Whether most people would call it red: hue, and enough of it to be seen as one."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in color.rgb))
    near_red = hue * 360 <= 15 or hue * 360 >= 330
    return near_red and saturation > 0.25 and 0.1 < lightness < 0.95


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_every_ground_that_it_stands_on(theme: Theme) -> None:
    colours = tokens(theme)
    weak = {
        f"{text} on {ground}": round(ratio, 2)
        for text, ground in PAIRS
        if (ratio := contrast(Color.parse(colours[text]), Color.parse(colours[ground])))
        < READABLE
    }
    assert weak == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_nothing_is_red(theme: Theme) -> None:
    assert {
        name: value
        for name, value in tokens(theme).items()
        if "red" in value or (value.startswith("#") and is_red(Color.parse(value)))
    } == {}


def test_red_would_be_found() -> None:
    for red in ("#ff0000", "#ba3c5b", "#bf616a", "#7f1d1d", "#ff6b6b"):
        assert is_red(Color.parse(red)), red
    for other in ("#e3c07b", "#7a4f00", "#8fb8c9", "#ffffff", "#000000", "#faf8f4"):
        assert not is_red(Color.parse(other)), other


def weak_words(stage: Stage) -> dict[str, float]:
    """Words on the screen with too little contrast, and how much they have.

    What lies dimmed below a question is left out.
    """
    screen, weak = stage.app.screen, {}
    for y, strip in enumerate(screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            widget, _ = screen.get_widget_at(x, y)
            ratio = _contrast_of(segment)
            words = segment.text.strip(" ─│╭╮╰╯▁▂▃▄▅▆▇█▔🔎\n")
            if words and widget is not screen and ratio is not None and ratio < READABLE:
                weak[words] = round(ratio, 2)
            x += segment.cell_length
    return weak


def _contrast_of(segment: Segment) -> float | None:
    style = segment.style
    if style is None or style.color is None or style.bgcolor is None:
        return None
    return contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


async def test_everything_on_every_screen_can_be_read(
    clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with staged(clock, day_file(tmp_path)) as stage:
        seen = {}

        async def look(name: str, *keys: str) -> None:
            await stage.press(*keys)
            for theme in OURS:
                stage.app.theme = theme.name
                await stage.pilot.pause()
                if weak := weak_words(stage):
                    seen[name, theme.name] = weak

        await look("before")
        await look("ticked", "space")
        await look("question", "enter")
        await look("first part", "y")
        await stage.pass_time(minutes=15)
        await look("agreements", "n")
        await stage.write("One mic <- the elders")
        await stage.write("l: the heron stays")
        await look("care", "p", "c")
        await look("marked", "tab", "down")
        await look("typing", "space", *"half")
        await stage.paste("one\ntwo")
        await look("glance")
        await stage.press("escape", "escape", "ctrl+p", *"ex")
        await stage.until(lambda: "part: extend" in stage.text)
        await look("palette")
        await look("help", "escape", "question_mark")
        await look("closing", "escape", "ctrl+e")
        await look("home", "k", "enter", "y")
        await look("record", "end", "enter")
        await look("cover", "v")
        assert seen == {}


def test_the_program_starts_in_the_first_theme() -> None:
    assert THEMES[0].name == "facilitate-dark"
    assert len({theme.name for theme in THEMES}) == len(THEMES)
