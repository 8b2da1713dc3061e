"""One sitting hands its lines to the next, as the people of a cohort would do it."""

from __future__ import annotations

import tomllib
from typing import Any

from tests.e2e.driving import ROOT, Program, local

PART_1 = "iecmh-02-attachment-part-1"
PART_2 = "iecmh-03-attachment-part-2"
AFTER = "iecmh-04-global-development-part-1"

NOT_ASKED = "Cameras are a choice"
TESTED = "One mic, one speaker"
AMENDED = "One mic, one speaker, and we wait a breath"
HOLDING = "holding = what lets someone rest"
BASE = "secure base = a place to leave from"
QUESTION = "who decides what counts as secure?"


def test_what_one_sitting_made_is_carried_affirmed_amended_and_let_go() -> None:
    with run(PART_1) as tty:
        tty.begin()
        make_five_lines(tty)
        tty.press("t")
        consent(tty, "A2", TESTED)
        close(tty, "5 lines enter the record.")
    with run(PART_2) as tty:
        tty.begin()
        look_at_what_came(tty)
        affirm_amend_and_let_go(tty)
        a_line_of_its_own(tty)
        close(tty, "2 lines enter the record, 1")
    the_first_record_tells_what_was_made()
    the_second_record_tells_what_became_of_it()
    with run(AFTER) as tty:
        tty.begin()
        what_holds_is_carried_on(tty)
        assert tty.leave() == 0
        assert tty.is_restored()


def run(agenda: str) -> Program:
    return Program("run", ROOT / "agendas" / f"{agenda}.toml")


# The first sitting


def make_five_lines(tty: Program) -> None:
    for text in (NOT_ASKED, TESTED):
        tty.capture(f"a: {text}")
        read_back(tty, f"proposed {text}")
    for text in (HOLDING, BASE):
        tty.capture(f"t: {text}")
        read_back(tty, f"working {text}")
    tty.capture(f"q: {QUESTION} >part2")
    tty.seen(f"Q5 open {QUESTION} again in part 2")


def read_back(tty: Program, line: str) -> None:
    tty.press("b")
    tty.seen(line)


def consent(tty: Program, name: str, words: str) -> None:
    """The round, the tally, the yes; from the screen about consent back to the one below."""
    tty.seen(f"Consent to {name}", words)
    tty.press("t")
    tty.seen("tally >", "Esc leave")
    tty.keys("text:5x10 4x3", "enter")
    tty.seen(f"{name}, round 1: no one below three.")
    tty.press("a")
    tty.seen(f"{name} adopted by consent, round 1.", "in force")
    tty.press("escape")
    tty.gone(f"Consent to {name}")


def close(tty: Program, what_enters: str) -> None:
    tty.press("ctrl+e")
    tty.seen("Enter closes the sitting")
    tty.press("enter")
    tty.seen("Close the sitting and write its record?", what_enters)
    tty.press("y")
    tty.seen("Closed. The record stands in")
    tty.press("ctrl+q")
    assert tty.ends() == 0
    assert tty.is_restored()


# The second


def look_at_what_came(tty: Program) -> None:
    """The question first, since it was for this part; then agreements, then terms."""
    tty.press("g")
    tty.seen("What we are carrying", "5 lines, 1 due for another look")
    _, list_ = tty.words().split("1 due for another look ")
    rows = (
        f"due for another look Q5 open {QUESTION} again in part 2",
        f"agreements A1 proposed {NOT_ASKED}",
        f"A2 in force {TESTED}",
        f"terms T3 working {HOLDING}",
        f"T4 working {BASE}",
    )
    assert list_.startswith(" ".join(rows))


def affirm_amend_and_let_go(tty: Program) -> None:
    tty.keys("down", "down", "y")  # nothing is marked at first
    tty.seen("A1 was never adopted; t asks the group about it.")
    tty.keys("down", "y")
    tty.seen("A2 re-affirmed.", f"{TESTED} re-affirmed")
    tty.press("w")
    tty.seen("Other words for A2")
    tty.keys("text:, and we wait a breath", "enter")
    tty.seen("Does it still mean the same?")
    tty.press("m")
    tty.gone("Does it still mean the same?")
    tty.seen(
        f"A2 amending {AMENDED} re-affirmed, new words, not agreed yet", f"in part 1: {TESTED}"
    )
    tty.press("t")
    consent(tty, "A2", AMENDED)
    tty.seen(f"A2 in force {AMENDED} re-affirmed, amended")
    tty.keys("down", "l")
    tty.seen("T3 let go.", f"{HOLDING} let go")
    tty.press("escape")
    tty.gone("What we are carrying")


def a_line_of_its_own(tty: Program) -> None:
    """The group knows what is kept, so it is not asked; and numbers go on."""
    tty.told = True
    tty.capture("a: We name the source")
    tty.seen("A6 heard We name the source")


# What stands in the records


def record(agenda: str) -> tuple[dict[str, Any], str]:
    """The only record of an agenda: as data, and as the page that people read."""
    (folder,) = (path for path in (local() / "records").glob("*/*") if agenda in path.name)
    data = tomllib.loads((folder / "record.toml").read_text(encoding="utf-8"))
    return data, (folder / "record.md").read_text(encoding="utf-8")


def by_name(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in data["entry"]}


def the_first_record_tells_what_was_made() -> None:
    data, page = record(PART_1)
    lines = by_name(data)
    assert {name: line["state"] for name, line in lines.items()} == {
        "A1": "proposed",
        "A2": "in force",
        "T3": "working",
        "T4": "working",
        "Q5": "open",
    }
    assert lines["A2"]["adopted"] == 1
    assert lines["Q5"]["when"] == "part2"
    assert f"round 1 ({data['sitting']['date']}): {TESTED}" in page
    assert f"- Q5, open: {QUESTION}\n  - again in part 2" in page


def the_second_record_tells_what_became_of_it() -> None:
    data, page = record(PART_2)
    lines = by_name(data)
    assert list(lines) == ["A2", "T3", "A6"]  # what nothing was done with stands before
    made_in = {line.get("carried_from", "") for line in lines.values()}
    assert made_in == {record(PART_1)[0]["sitting"]["id"], ""}
    amended = lines["A2"]
    assert amended["reaffirmed"] is True
    assert (amended["state"], amended["text"], amended["adopted"]) == ("in force", AMENDED, 1)
    assert amended["earlier"] == [{"text": TESTED}]
    assert (
        f"adopted by consent, round 1 ({data['sitting']['date']}), re-affirmed: {AMENDED}"
        in page
    )
    assert f"earlier wording: {TESTED}" in page
    assert lines["T3"]["state"] == "let go"
    assert "- T3, let go: " in page
    assert lines["A6"]["text"] == "We name the source"


# The third


def what_holds_is_carried_on(tty: Program) -> None:
    tty.press("g")
    tty.seen("What we are carrying", "5 lines")
    tty.seen(f"A1 proposed {NOT_ASKED}", f"A2 in force {AMENDED} in part 1: {TESTED}")
    tty.seen("A6 heard We name the source", f"terms T4 working {BASE}", f"Q5 open {QUESTION}")
    assert "due for another look" not in tty.words()  # the topic is another one
    assert HOLDING not in tty.words()
    tty.press("escape")
    tty.gone("What we are carrying")
