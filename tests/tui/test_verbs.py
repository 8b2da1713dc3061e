"""Every verb is within reach, asked of the table of verbs itself."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import HandClock
from tests.session.cohort import line, record
from tests.tui.stage import BOTH_SIZES, DAY, WIDE, Stage, day_file, staged
from textual.actions import parse
from textual.binding import Binding
from textual.screen import Screen

from facilitate.cli.desk import LocalDesk, RehearsalDesk, rehearsal_clock
from facilitate.core.capture_line import NewLine, NewWording
from facilitate.core.carrying import CarriedLine, Inherited
from facilitate.core.commands import Command, EndPause, StartPause
from facilitate.core.entry_commands import (
    AdoptLine,
    AskAttribution,
    Capture,
    PutToTest,
    ReadBack,
    Reword,
    TakeVotes,
)
from facilitate.core.tally import SCALES, Tally
from facilitate.core.threads import ThreadKey
from facilitate.store.places import places
from facilitate.tui.app import FacilitateApp
from facilitate.tui.archive_verbs import (
    AGREED,
    ARCHIVE,
    GRID,
    HISTORY,
    HOME,
    RECORD,
    SHARING,
)
from facilitate.tui.build_verbs import BUILD
from facilitate.tui.line_verbs import CARRYING, CONSENT, HARVEST, LINE, READING
from facilitate.tui.own_keys import SCREENS, sound_keys
from facilitate.tui.programme_verbs import PROGRAMME
from facilitate.tui.screens.archive import ArchiveScreen
from facilitate.tui.screens.before import BeforeScreen
from facilitate.tui.screens.build import BuildScreen
from facilitate.tui.screens.carrying import CarryingScreen
from facilitate.tui.screens.consent import ConsentScreen
from facilitate.tui.screens.debrief import DebriefScreen
from facilitate.tui.screens.grid import GridScreen
from facilitate.tui.screens.harvest import HarvestScreen
from facilitate.tui.screens.home import HomeScreen
from facilitate.tui.screens.in_force import InForceScreen
from facilitate.tui.screens.one_line import OneLineScreen
from facilitate.tui.screens.past_line import PastLineScreen
from facilitate.tui.screens.programme import ProgrammeScreen
from facilitate.tui.screens.reading_aloud import ReadingAloudScreen
from facilitate.tui.screens.record import RecordScreen
from facilitate.tui.screens.run import RunScreen
from facilitate.tui.screens.sharing import SharingScreen
from facilitate.tui.verb import ANYWHERE, BEFORE, REHEARSAL, Verb, key_name
from facilitate.tui.verbs import DEBRIEF, RUN, UNDO, VERBS, is_live


def listen(app: FacilitateApp, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Any]]:
    """From now on the app does nothing; the answer tells what it was asked since last time."""
    asked: list[Any] = []

    async def run_action(action: Any, *_: object) -> bool:
        asked.append(action)
        return True

    def heard() -> list[Any]:
        since = list(asked)
        asked.clear()
        return since

    monkeypatch.setattr(app, "run_action", run_action)
    return heard


Screens = AsyncIterator[tuple[Stage, tuple[Verb, ...]]]


async def hold_every_screen(clock: HandClock, agenda: Path, size: tuple[int, int]) -> Screens:
    """Each screen with its verbs, in a state in which all of them are possible."""
    async with staged(clock, agenda, size=size) as stage:
        yield stage, (*BEFORE, *ANYWHERE)
    async with staged(clock, agenda, size=size) as stage:
        await stage.go_to_the_agreements()
        await stage.press("e", "5")  # or there is nothing to adopt
        await stage.write("One mic, one speaker")
        done(stage, StartPause(kind="care"), EndPause())
        yield stage, tuple(v for v in (*RUN, *ANYWHERE) if v.id != "rooms.toggle")
    async with staged(clock, agenda, size=size) as stage:
        await stage.press("n")  # not the sitting that was left open
        await stage.go_to_the_rooms()
        yield stage, (VERBS["rooms.toggle"],)
    async for held in hold_screens_about_lines(clock, agenda, size):
        yield held
    async for held in hold_screens_that_look_back(clock, size):
        yield held
    async with staged(clock, agenda, size=size, builds=True) as stage:
        yield stage, BUILD
    day_file(agenda.parent, f'{DAY}\n[after]\nquestions = ["How are we?"]\n')
    async with staged(clock, agenda, size=size) as stage:
        await stage.press("n", "enter", "m", "ctrl+e", "enter", "y")
        yield stage, DEBRIEF
    steady = rehearsal_clock(str(agenda), None, 0, clock)
    app = FacilitateApp(RehearsalDesk(places(), steady), steady, agenda=str(agenda))
    async with app.run_test(size=size) as pilot:
        stage = Stage(app, pilot, clock)
        await stage.rest()
        yield stage, REHEARSAL


async def hold_screens_about_lines(
    clock: HandClock, agenda: Path, size: tuple[int, int]
) -> Screens:
    """Those that lie over the running sitting."""
    for words, commands, screen, keys, verbs in (
        ("a: One mic", nothing, OneLineScreen, (), (VERBS["one.read_back"],)),
        ("a: One mic", adopted_and_reworded, OneLineScreen, (), (*OF_REWORDED, *UNDO)),
        ("a: One mic", nothing, ConsentScreen, (), OF_UNREAD),
        ("a: One mic", put_to_test, ConsentScreen, (), OF_ASKED),
        ("a: One mic", nothing, lambda _: CarryingScreen(), ("down",), CARRYING),
        ("a: One mic", nothing, lambda _: ReadingAloudScreen(), (), READING),
        ("a: One mic", heard_and_asked_whose, lambda _: HarvestScreen(), (), OF_STORIES),
        ("q: who holds it?", nothing, lambda _: HarvestScreen(), ("down",), OF_QUESTIONS),
    ):
        async with staged(clock, agenda, size=size) as stage:
            await stage.press("n", "enter", "m")  # not the sitting that was left open
            carry(stage, CARRIED)
            await stage.write(words)
            number = stage.app.state.next_number - 1
            done(stage, *commands(number))
            stage.app.push_screen(screen(number).bound_to(stage.app))
            await stage.rest()
            await stage.press(*keys)
            yield stage, verbs


async def hold_screens_that_look_back(clock: HandClock, size: tuple[int, int]) -> Screens:
    """Those that lie over the first screen."""
    sitting = record("m", line("A1", "One mic"))
    key = ThreadKey(sitting, "A1")
    for screen, verbs in (
        (None, HOME),
        (ArchiveScreen, ARCHIVE),
        (lambda: PastLineScreen(key), HISTORY),
        (lambda: InForceScreen("harbour-2026"), AGREED),
        (lambda: GridScreen("harbour-2026"), GRID),
        (lambda: SharingScreen(sitting), SHARING),
        (lambda: RecordScreen(sitting, "One mic"), RECORD),
        (
            lambda: ProgrammeScreen("none.toml", LocalDesk(places(), clock).programmes()),
            PROGRAMME,
        ),
    ):
        async with staged(clock, size=size) as stage:
            if screen is not None:
                stage.app.push_screen(screen().bound_to(stage.app))
                await stage.rest()
            yield stage, verbs


OF_REWORDED = tuple(verb for verb in LINE if verb.id != "one.read_back")
OF_UNREAD = (VERBS["consent.read_back"],)
OF_ASKED = tuple(verb for verb in CONSENT if verb not in OF_UNREAD)
OF_QUESTIONS = tuple(VERBS[f"harvest.{name}"] for name in ("park", "answered", "handed_on"))
OF_STORIES = tuple(verb for verb in HARVEST if verb not in OF_QUESTIONS)
CARRIED = CarriedLine(
    sitting="before", number=90, kind="agreement", ring="cohort", state="in force", text="Ouch"
)


def nothing(_: int) -> tuple[Command, ...]:
    return ()


def heard_and_asked_whose(number: int) -> tuple[Command, ...]:
    story = Capture(line=NewLine(kind="learning", text="the heron stays"))
    return (AskAttribution(number=number, form="name"), story)


def put_to_test(number: int) -> tuple[Command, ...]:
    return (ReadBack(number=number), PutToTest(number=number, scale=SCALES["thumbs"]))


def adopted_and_reworded(number: int) -> tuple[Command, ...]:
    return (
        *put_to_test(number),
        TakeVotes(tally=Tally((9, 0, 0))),
        AdoptLine(number=number),
        Reword(wording=NewWording(number=number, text="One voice")),
    )


def carry(stage: Stage, *lines: CarriedLine) -> None:
    """As if an earlier sitting had handed on some lines."""
    live = stage.app.live
    assert live is not None
    live.state = replace(live.state, inherited=Inherited(lines=lines))
    stage.app.state = live.state


def done(stage: Stage, *commands: Command) -> None:
    """Carry out some commands."""
    for command in commands:
        assert stage.app.perform(command), stage.app.notice


async def test_every_verb_is_in_reach_of_its_key_and_of_the_palette(
    clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: set[str] = set()
    async for stage, verbs in hold_every_screen(clock, day_file(tmp_path), WIDE):
        await stage.press("ctrl+p")
        below = stage.app.screen_stack[-2]
        palette = {one.title: one.callback for one in stage.app.get_system_commands(below)}
        await stage.press("escape")
        heard = listen(stage.app, monkeypatch)
        for verb in verbs:
            action = verb.binding().action
            await stage.press(verb.key.partition(",")[0])
            assert heard() == [action], f"{verb.id} by its key"
            if verb.id != "palette.show":
                palette[f"{verb.noun}: {verb.label}"]()
                await stage.rest()
                assert heard() == [action], f"{verb.id} through the palette"
            met.add(verb.id)
    assert met == set(VERBS)


@BOTH_SIZES
async def test_every_verb_is_in_reach_of_the_mouse(
    clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async for stage, verbs in hold_every_screen(clock, day_file(tmp_path), size):
        heard = listen(stage.app, monkeypatch)
        for verb in verbs:
            if verb.in_bar:  # the others are in the palette, which is in the bar
                await stage.click_on(f" {key_name(verb.key)} {verb.label}  ")
                assert heard() == [verb.binding().action], verb.id
    assert VERBS["palette.show"].in_bar


async def test_a_command_of_the_palette_does_what_its_key_does(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.pass_time(minutes=15)
        await stage.click_on("ctrl+p more")
        await stage.press(*"next")
        await stage.until(lambda: "part: next" in stage.text)
        await stage.press("enter")
        await stage.until(lambda: stage.screens == ["RunScreen"])
        await stage.rest()
        assert stage.last()[1]["segment"] == "be"


async def test_the_palette_serves_someone_who_was_typing_and_keeps_the_half_line(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.press("space", *"half", "ctrl+p", *"extend")
        await stage.until(lambda: "part: extend" in stage.text)
        await stage.press("enter")
        await stage.until(lambda: stage.screens == ["RunScreen", "Ask"])
        await stage.press("5")
        assert stage.last()[0] == "segment.extended"
        assert stage.half_a_line == "half"


async def test_letters_that_are_typed_are_words_and_never_verbs(
    clock: HandClock, tmp_path: Path
) -> None:
    letters = [verb.key for verb in VERBS.values() if len(verb.key) == 1]
    assert len(letters) > 10
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        written = stage.written()
        await stage.press("space", *letters, "question_mark", "space", "n")
        assert stage.half_a_line == "".join(letters) + "? n"
        assert stage.screens == ["RunScreen"]
        assert stage.written() == written


async def test_verbs_that_work_while_someone_types_do(
    clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typing = [verb for verb in (*RUN, *ANYWHERE) if verb.while_typing]
    assert {verb.id for verb in typing} >= {"line.take_back", "screen.cover_now", "app.quit"}
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("space", "a")
        heard = listen(stage.app, monkeypatch)
        for verb in typing:
            await stage.press(verb.key)
            assert heard() == [verb.binding().action], verb.id
        assert stage.half_a_line == "a"


async def test_keys_pressed_in_one_burst_land_where_they_belong(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.burst("space", *"next: never", "enter", *"bx u", "enter", *"q")
        assert [line["d"]["text"] for line in stage.journal()[-2:]] == ["next: never", "bx u"]
        assert stage.half_a_line == "q"
        assert stage.written().count("segment.started") == 2


async def test_the_key_bar_greys_what_is_not_possible_now(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        names = [f"{key_name(verb.key)} {verb.label}" for verb in RUN if verb.in_bar]

        def grey() -> set[str]:
            return {name for name in names if stage.is_grey(name)}

        assert grey() == {"o rooms", "b read back", "t test", "h heavy", "s short"}
        await stage.pass_time(minutes=15)
        await stage.press("n")
        assert grey() == {"o rooms", "b read back", "t test"}
        await stage.write("One mic")
        assert grey() == {"o rooms"}
        await stage.press("b")
        assert grey() == {"o rooms", "b read back"}


async def test_keys_of_the_users_own_count_on_the_screen_in_the_bar_and_in_the_help(
    clock: HandClock, tmp_path: Path
) -> None:
    keys, wrong = sound_keys({"segment.next": "f5,j", "screen.cover": "f12"})
    assert wrong == []
    async with staged(clock, day_file(tmp_path), keys=keys) as stage:
        await stage.start()
        await stage.pass_time(minutes=15)
        assert " f5 next  " in stage.text
        assert " f12 cover  " in stage.text
        assert stage.text.count(" next  ") == 2  # in the plan and in the bar
        await stage.press("n", "v")
        assert stage.written().count("segment.started") == 1
        await stage.press("f5")
        assert stage.last()[1]["segment"] == "be"
        await stage.pass_time(minutes=40)
        await stage.press("j")
        assert stage.last()[1]["segment"] == "break"
        titles = [one.title for one in stage.app.get_system_commands(stage.app.screen)]
        assert titles.count("part: next") == 1
        await stage.press("question_mark")
        assert "  f5        next: End this part" in stage.text
        await stage.press("f12")
        assert stage.screens[-1] == "Cover"
        await stage.press("f12")
        assert stage.screens[-1] == "Reading"


def test_the_table_itself_has_no_clashes_and_says_each_thing_once() -> None:
    assert sound_keys({}) == ({}, [])
    titles = [f"{verb.noun}: {verb.label}" for verb in (*RUN, *ANYWHERE)]
    assert len(titles) == len(set(titles))
    for verbs in SCREENS:
        actions = [verb.binding().action for verb in (*verbs, *ANYWHERE)]
        assert len(actions) == len(set(actions))
    for verb in VERBS.values():
        assert verb.help.endswith("."), verb.id
        assert not verb.while_typing or len(verb.key) > 1, verb.id


@pytest.mark.parametrize(
    ("screen", "place"),
    [
        (RunScreen, 0), (BeforeScreen, 1), (OneLineScreen, 2), (ConsentScreen, 3),
        (CarryingScreen, 4), (HarvestScreen, 5), (ReadingAloudScreen, 6), (DebriefScreen, 7),
        (ArchiveScreen, 8), (PastLineScreen, 9), (InForceScreen, 10), (GridScreen, 11),
        (SharingScreen, 12), (RecordScreen, 13), (HomeScreen, 14),
        (BuildScreen, 15),
    ],
)  # fmt: skip
def test_keys_are_looked_through_by_the_verbs_that_a_screen_has(
    screen: type[Screen[None]], place: int
) -> None:
    verbs = [verb.id for verb in SCREENS[place] if verb not in REHEARSAL]
    bound = [one.id for one in screen.BINDINGS if isinstance(one, Binding) and one.id]
    assert verbs == bound


def test_no_letter_is_a_verb_while_someone_types_though_screens_share_an_action() -> None:
    for verb in VERBS.values():
        _, name, parameters = parse(verb.binding().action)
        typed = any(len(key) == 1 for key in verb.key.split(","))
        live = is_live(name, parameters, typing=True)
        assert not (typed and live), verb.id
        assert live or not verb.while_typing, verb.id


def test_own_keys_that_cannot_be_used_are_told_and_left_out() -> None:
    swapped = {"segment.next": "e", "segment.extend": "n"}
    assert sound_keys(swapped) == (swapped, [])
    assert sound_keys({"segment.next": "?"}) == (
        {},
        ["The key ? would mean both segment.next and help.show."],
    )
    assert sound_keys({"segment.next": "f5, e", "line.reword": "f6"}) == (
        {"line.reword": "f6"},
        ["The key e would mean both segment.next and segment.extend."],
    )
    # Keys of different screens do not meet.
    for kept in ({"harvest.keep": "n"}, {"reading.next": "u"}):
        assert sound_keys(kept) == (kept, [])
    assert sound_keys({"harvest.keep": "u"})[0] == {}
    assert sound_keys({"sitting.close": "z"})[0] == {}
