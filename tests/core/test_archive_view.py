"""What the screens of the archive show: rows, narrowings, and the history of one line."""

from __future__ import annotations

import datetime as dt

import pytest

from facilitate.core.archive_view import (
    NO_WORDS,
    THE_SAME,
    agreed_rows,
    called,
    found_rows,
    found_words,
    history,
    narrowed_words,
)
from facilitate.core.captures import Detail
from facilitate.core.one_line_view import Fact
from facilitate.core.record import RecordedEntry
from facilitate.core.searching import Hit, Hits, Query
from facilitate.core.threads import SittingFacts, Step, Thread, ThreadKey
from facilitate.core.travelling import Wording

ONE = SittingFacts(
    "one", dt.date(2026, 3, 7), "", "Arriving", "harbour", topic="repair", part=1
)
TWO = SittingFacts(
    "two", dt.date(2026, 9, 12), "", "Coming back", "harbour", topic="repair", part=2
)
LAST = SittingFacts("last", dt.date(2026, 11, 21), "", "Looking back", "harbour")


def entry(name: str, text: str, **fields: object) -> RecordedEntry:
    kind = {"A": "agreement", "T": "term", "Q": "question"}[name[0]]
    given = {"kind": kind, "state": "in force", "ring": "cohort", "text": text, **fields}
    return RecordedEntry(id=name, **given)  # type: ignore[arg-type]


def thread(*steps: tuple[SittingFacts, RecordedEntry]) -> Thread:
    key = ThreadKey(steps[0][0].id, steps[0][1].id)
    return Thread(key, tuple(Step(sitting, one) for sitting, one in steps))


def hits(count: int, **fields: bool) -> Hits:
    found = (
        Hit(ThreadKey("one", f"A{n}"), Step(ONE, entry(f"A{n}", "Mic"))) for n in range(count)
    )
    return Hits(tuple(found), **fields)


def facts(*told: tuple[str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(label, text) for label, text in told)


# What was found


def test_a_row_tells_what_it_is_how_it_stands_whose_and_when() -> None:
    key = ThreadKey("one", "A3")
    (row,) = found_rows(Hits((Hit(key, Step(TWO, entry("A3", "One [mic]"))),)))
    assert row == (key, "A3", "agreement", "in force", "One [mic]", "harbour", "12 Sep 2026")
    assert "mic" not in repr(row)


def test_a_line_that_was_taken_back_says_so_in_place_of_its_words() -> None:
    gone = entry("A3", "", state="withdrawn")
    (row,) = found_rows(Hits((Hit(ThreadKey("one", "A3"), Step(ONE, gone)),)))
    assert row.text == NO_WORDS


@pytest.mark.parametrize(
    ("found", "query", "words"),
    [
        (hits(0), Query(), "no lines yet"),
        (hits(0), Query(words="mic"), "nothing found"),
        (hits(0), Query(lineage=True), "nothing found"),
        (hits(1), Query(), "1 line"),
        (hits(7), Query(), "7 lines, newest first"),
        (hits(7, newest_first=False), Query(words="mic"), "7 lines"),
        (hits(50, more=True), Query(), "the newest 50 lines"),
        (hits(50, more=True, newest_first=False), Query(words="m"), "the best 50 lines"),
    ],
)
def test_how_many_were_found_and_in_which_order(found: Hits, query: Query, words: str) -> None:
    assert found_words(found, query) == words


def test_every_narrowing_stands_in_words() -> None:
    query = Query(
        words="mic", kind="agreement", state="in force", cohort="harbour",
        programme="circles", since=dt.date(2026, 3, 1), facet="policy", lineage=True,
    )  # fmt: skip
    assert narrowed_words(query) == (
        "agreements",
        "in force",
        "cohort harbour",
        "programme circles",
        "since 01 Mar 2026",
        "about policy",
        "with a source",
    )
    assert narrowed_words(Query(kind="gratitude")) == ("gratitude",)
    assert narrowed_words(Query(words="mic")) == ()


# One line and its history


def test_the_history_tells_each_sitting_with_what_changed_there() -> None:
    first = entry(
        "A3", "One mic", state="proposed", lineage="the elders",
        details=(Detail(name="looks_like", text="we wait"),), when="part2",
    )  # fmt: skip
    adopted = entry(
        "A3", "One mic, one speaker", lineage="the elders", adopted=2, adopted_on=TWO.date,
        earlier=(Wording(text="One mic"), Wording(text="One microphone")), ring="public",
        details=(Detail(name="looks_like", text="we wait"),),
    )  # fmt: skip
    kept = entry(
        "A3", "One mic, one speaker", lineage="the elders", adopted=2, adopted_on=TWO.date,
        ring="public", reaffirmed=True,
    )  # fmt: skip
    shown = history(thread((ONE, first), (TWO, adopted), (LAST, kept)))
    assert (shown.name, shown.kind, shown.cohort) == ("A3", "agreement", "harbour")
    assert shown.stands == "in force, adopted by consent, round 2, 12 Sep 2026"
    assert shown.wordings == ("One mic, one speaker",)
    assert shown.facts == facts(("stands on", "the elders"), ("may travel to", "everyone"))
    assert shown.language == ()
    one, two, last = shown.sittings
    assert one == (
        "07 Mar 2026",
        "Arriving, repair, part 1",
        facts(
            ("words", "One mic"),
            ("stood", "proposed"),
            ("stands on", "the elders"),
            ("may travel to", "the cohort"),
            ("what it looks like on a hard afternoon", "we wait"),
            ("next look", "in part 2"),
        ),
    )
    assert two.facts == facts(
        ("words", "One mic, one speaker"),
        ("stood", "in force, adopted by consent, round 2, 12 Sep 2026"),
        ("may travel to", "everyone"),
        ("worded before", "One microphone"),
    )
    assert (last.day, last.where) == ("21 Nov 2026", "Looking back")
    assert last.facts == facts(
        ("words", THE_SAME),
        ("stood", "in force, adopted by consent, round 2, 12 Sep 2026"),
        ("re-affirmed", "this sitting said yes to it again"),
    )
    assert "mic" not in repr(shown)


def test_everything_that_was_told_of_a_line_is_told() -> None:
    line = entry(
        "Q5", "Who holds it?", state="open", owner="lead", facet="policy", tags=("policy",),
        belongs_with="A3", merged_into="Q4", heard_again=3, attribution="the group",
        attribution_scope="team", origin="adapted", added=dt.date(2026, 3, 20),
    )  # fmt: skip
    (sitting,) = history(thread((ONE, line))).sittings
    assert sitting.facts[3:] == facts(
        ("belongs to", "policy"),
        ("tags", "#policy"),
        ("for", "lead"),
        ("made by", "this group, out of words that it was given"),
        ("whose words", "the group, with a yes as far as the cohort and its team"),
        ("also heard", "yes"),
        ("said with", "A3"),
        ("a part of", "Q4"),
        ("added", "20 Mar 2026, after the sitting was closed"),
    )


def test_wordings_that_stand_side_by_side_are_all_shown() -> None:
    two = entry("A3", "One mic", also=(Wording(text="One voice"),))
    shown = history(thread((ONE, entry("A3", "One mic")), (TWO, two)))
    assert shown.wordings == ("One mic", "One voice")
    assert shown.sittings[1].facts[:2] == facts(("words", "One mic"), ("or", "One voice"))


def test_a_line_that_was_taken_back_later_keeps_no_words_and_tells_when_it_went() -> None:
    shown = history(thread((ONE, entry("A3", "")), (TWO, entry("A3", "", state="withdrawn"))))
    assert shown.wordings == (NO_WORDS,)
    assert shown.sittings[1].facts[1] == Fact("stood", "withdrawn")


# What a term meant


def test_a_term_shows_what_it_meant_sitting_by_sitting_in_order_of_date() -> None:
    term = thread(
        (ONE, entry("T4", "repair = saying sorry", state="working")),
        (LAST, entry("T4", "repair = going back", state="shared")),
    )
    other = thread((TWO, entry("T9", "Repair = coming back", state="working")))
    assert called(term) == "repair"
    assert history(term, (term, other)).language == facts(
        ("07 Mar 2026", "part 1: saying sorry  (T4 working)"),
        ("12 Sep 2026", "part 2: coming back  (T9 working)"),
        ("21 Nov 2026", "going back  (T4 shared)"),
    )


def test_a_term_without_a_meaning_shows_its_words_and_other_kinds_are_called_nothing() -> None:
    bare = thread((ONE, entry("T4", "repair")), (TWO, entry("T4", "", state="withdrawn")))
    assert called(bare) == "repair"
    assert [fact.text for fact in history(bare, (bare,)).language] == [
        "part 1: repair  (T4 in force)",
        f"part 2: {NO_WORDS}  (T4 withdrawn)",
    ]
    assert called(thread((ONE, entry("A3", "mic = one")))) == ""


# What a cohort agreed


def test_an_agreement_in_force_tells_when_it_was_adopted_and_what_it_looks_like() -> None:
    full = entry(
        "A3", "One mic", lineage="the elders", adopted=1, adopted_on=ONE.date,
        details=(Detail(name="looks_like", text="we wait two breaths"),),
    )  # fmt: skip
    rows = agreed_rows([thread((ONE, full)), thread((TWO, entry("A7", "Ouch")))])
    assert [(row.name, row.text, row.lineage, row.below) for row in rows] == [
        (
            "A3",
            "One mic",
            "the elders",
            ("adopted by consent, round 1, 07 Mar 2026", "we wait two breaths"),
        ),
        ("A7", "Ouch", "", ("last worked with on 12 Sep 2026",)),
    ]
    assert "mic" not in repr(rows)
