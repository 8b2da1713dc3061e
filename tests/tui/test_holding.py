"""Holding a sitting: from the key to the journal on disk, to what can be read."""

from pathlib import Path

import pytest
from tests.conftest import HandClock
from tests.tui.stage import DAY, day_file, staged

from facilitate.store.places import places
from facilitate.tui import app
from facilitate.tui.verbs import VERBS
from facilitate.tui.widgets import now_card


async def test_a_key_becomes_a_line_on_disk_and_words_on_the_screen(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        assert "[ ] 08:15 due  tech: Open the room" in stage.text
        await stage.press("space")
        assert stage.last() == ("preparation.ticked", {"item": 0, "done": True})
        assert "[x] 08:15" in stage.text
        await stage.press("enter")
        assert "Begin now with Arriving?" in stage.text
        assert stage.written() == ["run.opened", "preparation.ticked"]
        await stage.press("escape")
        assert stage.screens == ["BeforeScreen"]
        await stage.start()
        assert stage.last()[0] == "segment.started"
        assert "Welcome. There is time to look around." in stage.text
        await stage.pass_time(minutes=15)
        await stage.press("n")
        name, event = stage.last()
        assert (name, event["segment"], event["from"]) == ("segment.started", "be", "arriving")
        for words in (
            "now > How we want to be with",
            "until 09:55",
            "about 40 min left",
            "Make agreements this group would use when it gets hard.",
            "CHAT 1  What helps you to stay?",
            "CHAT 2  And what helps you to come back? After this: Break.",
            "LISTEN  Short sentences in the group's own words.",
            "NOTES, team only  Have the list of last spring at hand.",
            "on time, Break still safe",
        ):
            assert words in stage.text, words


async def test_a_refusal_is_one_quiet_line_and_changes_nothing(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        state, written = stage.app.state, stage.written()
        for key, words in (
            ("n", "Just moved on; press again for the part after this one."),
            ("b", "Every line has been read back."),
            ("x", "There is no line here yet; Space writes one."),
            ("w", "There is no line here yet; Space writes one."),
            ("ctrl+b", "There is no line to take back."),
            ("h", "This part says nothing for: heavy."),
        ):
            await stage.press(key)
            assert [line for line in stage.lines if words in line] == [
                f" {words}".ljust(stage.app.size.width)
            ], key
            assert stage.screens == ["RunScreen"]
        assert stage.app.state is state
        assert stage.written() == written


async def test_a_line_is_written_read_back_reworded_withdrawn_and_brought_back(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.write("One mic, one speaker <- the elders")
        assert stage.last()[1]["kind"] == "agreement"
        assert "A1  heard      One mic, one speaker  <- the elders" in stage.text
        assert " A1 heard. " in stage.text
        await stage.press("b")
        assert "A1  proposed   One mic" in stage.text
        await stage.press("w")
        assert stage.half_a_line == "*1 One mic, one speaker"
        assert "new words for A1 >" in stage.text
        await stage.press(*["backspace"] * len("one speaker"))
        await stage.press(*"one voice", "enter", "escape")
        assert stage.last()[0] == "entry.reworded"
        assert "One mic, one voice  <- the elders" in stage.text
        await stage.press("x")
        assert "A1 withdrawn; u brings it back." in stage.text
        assert "One mic" not in stage.text
        await stage.press("u")
        assert "One mic, one voice" in stage.text
        await stage.press("space", *"q: who keeps the time?", "ctrl+b")
        assert stage.half_a_line == "q: who keeps the time?"
        assert "A1 taken back." in stage.text
        await stage.press("enter")
        assert "Q2  open       who keeps the time?" in stage.text


async def test_verbs_mean_the_line_that_is_marked(clock: HandClock, tmp_path: Path) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        for words in ("First", "Second", "Third"):
            await stage.write(words)
        await stage.click_on("A2  heard")
        await stage.press("b")
        assert "A2  proposed   Second" in stage.text
        await stage.press("up", "x")
        assert "First" not in stage.text
        assert "A3  heard" in stage.text


async def test_a_marked_line_of_the_room_is_never_taken_for_the_last_kept_one(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.write("One mic")
        await stage.write("! under the jetty")
        await stage.click_on("!   not saved")
        written = stage.written()
        for key in ("x", "w", "b"):
            await stage.press(key)
            assert "That line is held in this room only" in stage.text, key
        assert stage.written() == written


async def test_a_line_for_the_room_is_not_marked_by_being_written(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.write("One mic")
        await stage.write("! under the jetty")
        await stage.press("b")
        assert "A1  proposed" in stage.text


async def test_the_room_line_is_held_and_says_so_and_is_nowhere_on_disk(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.press("space", "!")
        assert "room only >" in stage.text
        assert "keeps: not saved, gone when this closes" in stage.text
        await stage.press(*" under the jetty", "enter", "escape")
        assert "!   not saved  under the jetty" in stage.text
        assert "Held in this room: not saved" in stage.text
        stage.written()
        files = [path for path in places().home.rglob("*") if path.is_file()]
        assert all(b"jetty" not in path.read_bytes() for path in files)
        await stage.press("ctrl+q")
        assert stage.question.endswith("1 line held in this room will be gone.")


async def test_several_pasted_lines_are_looked_at_once_before_they_are_kept(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.press("space", *"half")
        await stage.paste("One mic\r\n\r\n  q: [who] keeps time?\nt: repair = coming back\n")
        assert "3 lines were pasted. Each becomes a line of its own." in stage.text
        await stage.press("escape")
        assert "entry.added" not in stage.written()
        await stage.paste("One mic\nq: [who] keeps time?")
        await stage.press("enter")
        assert [line["d"]["text"] for line in stage.journal()[-2:]] == [
            "One mic",
            "[who] keeps time?",
        ]
        assert stage.half_a_line == "half"


async def test_minutes_are_added_and_taken_from_a_list(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("e")
        for words in ("2 more", "5 more", "10 more", "15 more", "2 fewer", "10 fewer"):
            assert words in stage.text
        await stage.press("escape")
        assert "segment.extended" not in stage.written()
        await stage.press("e", "0")
        assert stage.last()[1]["minutes"] == 10
        assert "about 25 min left" in stage.text
        assert " 10 min more. " in stage.text
        await stage.press("e", "up", "enter")
        assert stage.last()[1]["minutes"] == -10
        assert "about 15 min left" in stage.text
        await stage.press("e")
        await stage.click_on("10 fewer")
        await stage.press("e", "up", "up", "enter")
        assert "More than that has passed already" in stage.text


async def test_a_pause_has_a_kind_and_care_shows_what_to_do_when_it_is_heavy(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        for key, kind, words in (
            ("t", "tech", "paused, tech"),
            ("h", "hold", "paused"),
            ("c", "care", "paused for care"),
        ):
            await stage.press("p", key)
            assert stage.last()[0] == "pause.started"
            assert stage.last()[1]["kind"] == kind
            assert words in stage.text
            assert ("IF HEAVY" in stage.text) == (kind == "care")
            await stage.pass_time(minutes=4)
            assert f"{words}, 4 min" in stage.text
            await stage.press("p")
            assert stage.last()[0] == "pause.ended"
            await stage.press("escape")  # after care, who is there for it was asked
            assert "about 40 min left" in stage.text
        await stage.press("p", "escape")
        assert stage.last()[0] == "pause.ended"


async def test_after_a_pause_for_care_it_is_asked_once_who_is_there_for_it(
    clock: HandClock, tmp_path: Path
) -> None:
    with_care = DAY.replace('tech = ""', 'tech = ""\ncare = ""')
    async with staged(clock, day_file(tmp_path, with_care)) as stage:
        await stage.start()
        assert not stage.app.is_possible(VERBS["care.hold"])
        await stage.press("H")
        assert "There was no pause for care yet; p makes one." in stage.text
        await stage.press("p", "c")
        await stage.pass_time(minutes=4)
        await stage.press("p")
        assert stage.question == "Who is there for it? Nothing is written about what it was."
        for role in ("1  lead", "2  co", "3  tech", "4  care", "n  nobody yet"):
            assert role in stage.text
        assert stage.app.is_possible(VERBS["care.hold"])
        await stage.press("4")
        assert stage.question == "Come back to it afterwards?"
        await stage.press("y")
        assert stage.last() == ("care.held", {"holder": "care", "follow_up": True})
        assert stage.screens == ["RunScreen"]
        await stage.press("H", "n", "n")
        assert stage.last() == ("care.held", {"holder": "", "follow_up": False})


async def test_an_answer_about_care_can_be_left_open_at_either_question(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        await stage.press("p", "c", "p", "escape")
        await stage.press("H", "1", "escape")
        assert stage.screens == ["RunScreen"]
        assert stage.last()[0] == "pause.ended"
        await stage.press("p", "t", "p")
        assert stage.screens == ["RunScreen"]


async def test_what_to_do_when_heavy_short_or_quiet_comes_and_goes_with_one_key(
    clock: HandClock, tmp_path: Path
) -> None:
    asides = {
        "h": "IF HEAVY  Stop. Breathe. Ask what is needed first.",
        "s": "IF SHORT  Three agreements, and the one about repair.",
        "q": "IF QUIET  Two minutes of writing, then pairs.",
    }
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        written = stage.written()
        for key, words in asides.items():
            await stage.press(key)
            assert words in stage.text
            assert stage.text.count("IF ") == 1
        await stage.press("q")
        assert "IF " not in stage.text
        assert stage.written() == written


async def test_a_post_is_copied_with_its_times_and_the_next_one_waits(
    clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    async with staged(clock, day_file(tmp_path)) as stage:
        monkeypatch.setattr(stage.app.desk, "copy", copied.append)
        await stage.start()
        await stage.press("e", "5", "c")
        shape = "Welcome. The shape of the morning: 10:00 Break, 11:35 end."
        assert stage.app.clipboard == shape
        assert copied == [shape]
        assert stage.last() == ("post.copied", {"segment": "arriving", "post": 0})
        assert "Post 1 was sent to the clipboard. If it does not paste, C saves it." in (
            stage.text
        )
        await stage.pass_time(minutes=20)
        await stage.press("n")
        assert "What helps you to stay?  [c copies this]" in stage.text
        await stage.press("c")
        assert "What helps you to stay?  [copied]" in stage.text
        assert "And what helps you to come back? After this: Break." in stage.text
        await stage.pass_time(minutes=40)
        await stage.press("n", "C")
        (saved,) = places().posts.iterdir()
        assert saved.read_text(encoding="utf-8") == "Break until 10:15.\n"
        assert " The post stands in" in stage.text


async def test_nothing_moves_by_itself_and_only_the_words_about_time_are_drawn_anew(
    clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[object] = []
    content = now_card._content
    monkeypatch.setattr(
        now_card, "_content", lambda *card: drawn.append(card) or content(*card)
    )
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        before, written, times = stage.lines, stage.written(), len(drawn)
        assert times > 0
        for _ in range(5):
            await stage.pass_time(minutes=1)
        changed = [n for n, line in enumerate(stage.lines) if line != before[n]]
        assert changed == [0, 1]  # the clock, and what is left
        assert len(drawn) == times
        await stage.pass_time(hours=2)
        assert stage.app.state.run is not None
        assert stage.app.state.run.segment == "be"
        assert "now > How we want to be" in stage.text
        assert "85 min past its time" in stage.text
        assert stage.written() == written
        assert stage.screens == ["RunScreen"]


async def test_the_clock_is_looked_at_again_and_again(
    clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "TICK", 0.01)
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.start()
        for left in ("10", "5"):
            clock.forward(minutes=5)
            await stage.until(lambda words=f"about {left} min left": words in stage.text)


async def test_an_older_step_is_undone_only_after_a_question(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.write("One mic")
        await stage.press("u")
        assert "Undone: the line A1." in stage.text
        await stage.pass_time(minutes=5)
        await stage.press("u")
        assert stage.question == (
            "That was 5 min ago: moving on to How we want to be with each other. Undo it?"
        )
        await stage.press("escape")
        assert stage.written().count("undone") == 1
        await stage.press("u", "y")
        assert stage.written().count("undone") == 2
        assert "now > Arriving" in stage.text


async def test_the_cover_hides_everything_at_once_also_over_questions_and_while_typing(
    clock: HandClock, tmp_path: Path
) -> None:
    async with staged(clock, day_file(tmp_path)) as stage:
        await stage.go_to_the_agreements()
        await stage.press("space", *"half", "f9")
        covered = stage.text.split()
        assert covered == ["facilitate", "v", "uncovers"]
        written = stage.written()
        await stage.press("n", "question_mark", "space", "a")
        assert stage.text.split() == covered
        assert stage.written() == written
        await stage.press("f9")
        assert stage.half_a_line == "half"
        await stage.press("escape", "e")
        for uncovering in ("v", "escape", "f9"):
            await stage.press("v")
            assert stage.text.split() == covered
            await stage.press(uncovering)
            assert stage.screens == ["RunScreen", "Ask"]
        await stage.press("escape", "ctrl+p", "f9")
        assert stage.text.split() == covered
