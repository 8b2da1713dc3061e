"""What is asked of the archive, and what it answers."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.session.cohort import DAY, line, record

from facilitate.core.captures import Detail
from facilitate.core.record import Wording
from facilitate.core.searching import NO_WORDS, TOO_MANY, Hits, Query
from facilitate.core.threads import Thread, ThreadKey
from facilitate.session.archive import Archive
from facilitate.session.kept import Kept
from facilitate.store import index
from facilitate.store.places import places

WEEK = dt.timedelta(days=7)
LATER = DAY + WEEK


@pytest.fixture
def archive() -> Archive:
    """The archive of records that are put into it before it is asked."""
    return Archive(Kept(places()))


def found(archive: Archive, words: str = "", **wanted: object) -> list[str]:
    """The lines that are found, by what people call them, in their order."""
    hits = archive.search(Query(words, **wanted)).hits  # type: ignore[arg-type]
    return [hit.key.name for hit in hits]


def texts(thread: Thread | None) -> list[str]:
    assert thread is not None
    return [step.entry.text for step in thread.steps]


# Searching


def test_an_empty_archive_answers_every_question(archive: Archive) -> None:
    assert archive.search(Query("mic")) == Hits()
    assert archive.thread(ThreadKey("x", "A1")) is None
    assert archive.timeline("repair") == archive.in_force() == archive.lines() == ()
    assert archive.cohorts() == archive.values("kind") == ()
    assert archive.stats() == (0, 0, {})


def test_a_line_is_found_once_as_its_latest_sitting_left_it(archive: Archive) -> None:
    first = record("a", line("A1", "One mic"))
    record("b", line("A1", "One voice at a time", carried_from=first), date=LATER)
    for words in ("mic", "VOICE", "voi tim", "one"):
        (hit,) = archive.search(Query(words)).hits
        assert hit.key == ThreadKey(first, "A1")
        assert (hit.step.entry.text, hit.step.sitting.date) == ("One voice at a time", LATER)


@pytest.mark.parametrize(
    "words", ["mic", "turns", "elders", "hard afternoon", "policy", "earlier", "ünïcode"]
)
def test_a_line_is_found_by_all_that_is_told_of_it(archive: Archive, words: str) -> None:
    told = line(
        "A1", "One mic, unicode",
        also=(Wording(text="Take turns"),), earlier=(Wording(text="An earlier wording"),),
        lineage="the elders", details=(Detail(name="looks_like", text="On a hard afternoon"),),
        tags=("policy",),
    )  # fmt: skip
    record("a", told, line("A2", "Breathe"))
    assert found(archive, words) == ["A1"]


def test_nobody_is_found_by_a_name_that_stands_beside_a_line(archive: Archive) -> None:
    record("a", line("A1", attribution="Someone", attribution_scope="cohort", owner="care"))
    assert found(archive, "someone") == found(archive, "care") == []
    assert found(archive, "mic") == ["A1"]


@pytest.mark.parametrize("state", ["withdrawn", "let go"])
def test_what_was_withdrawn_or_let_go_later_is_not_found(archive: Archive, state: str) -> None:
    first = record("a", line("A1", "CANARY"), line("A2"))
    words = "" if state == "withdrawn" else "CANARY"
    record("b", line("A1", words, carried_from=first, state=state), date=LATER)
    assert found(archive) == ["A2"]
    assert found(archive, "canary") == []
    assert archive.stats().lines == {"agreement": 1}


def test_words_that_fit_best_come_first_and_of_equals_the_newest(archive: Archive) -> None:
    record("a", line("A1", "Repair soon"), line("A2", "Come back", lineage="repair circles"))
    record("b", line("A3", "Repair soon"), date=LATER)
    assert found(archive, "repair") == ["A3", "A1", "A2"]
    assert not archive.search(Query("repair")).newest_first


def test_without_words_the_newest_lines_come_first(archive: Archive) -> None:
    record("b", line("A3"), date=LATER)
    record("a", line("A1"), line("T2"))
    assert found(archive) == ["A3", "T2", "A1"]
    assert archive.search(Query()).newest_first


def test_a_word_in_too_many_lines_finds_the_newest(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "RANKED_UP_TO", 2)
    record("a", line("A1", "mic mic mic"), line("A2", "One mic"))
    assert not archive.search(Query("mic")).newest_first
    record("b", line("A3", "a rather long line about a mic"), date=LATER)
    archive._kept.refresh()
    assert found(archive, "mic") == ["A3", "A2", "A1"]
    assert archive.search(Query("mic")).newest_first


def test_all_that_is_given_has_to_hold_of_the_latest_step(archive: Archive) -> None:
    first = record("a", line("A1", facet="policy"), line("T2", "repair = mending", lineage="x"))
    record("c", line("A3", facet="practice"), cohort="inland", programme="rivers")
    record("b", line("A1", state="retired", carried_from=first), date=LATER)
    assert found(archive, kind="term") == found(archive, lineage=True) == ["T2"]
    assert found(archive, state="retired") == found(archive, since=LATER) == ["A1"]
    assert found(archive, facet="policy") == []
    assert found(archive, facet="practice") == found(archive, cohort="inland") == ["A3"]
    assert found(archive, "mic", programme="rivers", state="in force") == ["A3"]
    assert found(archive, "mic", programme="rivers", state="retired") == []
    assert sorted(found(archive, since=DAY)) == ["A1", "A3", "T2"]


def test_more_than_was_asked_for_is_said_and_not_shown(archive: Archive) -> None:
    record("a", *(line(f"A{n}") for n in range(1, 6)))
    assert archive.search(Query("mic"), limit=5).more is False
    short = archive.search(Query("mic"), limit=2)
    assert ([hit.key.name for hit in short.hits], short.more) == (["A5", "A4"], True)


@pytest.mark.parametrize("words", ["!!", "🙂", '"*"'])
def test_words_without_a_letter_find_nothing_and_say_so(archive: Archive, words: str) -> None:
    record("a", line("A1", "!! 🙂"))
    assert archive.search(Query(words)) == Hits(said=NO_WORDS)


def test_a_pasted_page_says_that_not_all_of_it_was_looked_for(archive: Archive) -> None:
    text = " ".join(f"w{n}" for n in range(60))
    record("a", line("A1", text))
    assert archive.search(Query(text)).said == TOO_MANY
    assert found(archive, text) == ["A1"]


@pytest.mark.parametrize(
    "words",
    ['"', "'; DROP TABLE line; --", "NEAR(a b)", "a AND", "words:", "{words}: x", "^", "mic*",
     "-mic", "mic + mic", "(mic", "%", "_", "\\", "\x00", "\ud800", "a" * 99_999],
)  # fmt: skip
def test_no_words_mean_anything_but_themselves(archive: Archive, words: str) -> None:
    record("a", line("A1", "One mic"))
    assert found(archive, words) in ([], ["A1"])
    assert found(archive, "mic") == ["A1"]


@pytest.mark.parametrize("words", ["修", "关系", "修复关系", "很重要 repair", "ドキ"])
def test_scripts_without_spaces_are_found_within_their_words(
    archive: Archive, words: str
) -> None:
    record("a", line("T1", "repair = 修复关系很重要 ドキドキ"), line("T2", "rest = 休息"))
    assert found(archive, words) == ["T1"]
    assert archive.search(Query(words)).newest_first


# One line


def test_a_line_has_its_whole_history(archive: Archive) -> None:
    first = record("a", line("A1", "One mic"), line("A1", "One mike"))
    record("c", line("A1", "One at a time", carried_from=first), date=LATER + WEEK)
    record("b", line("A1", "One voice", carried_from=first), date=LATER)
    assert texts(archive.thread(ThreadKey(first, "A1"))) == [
        "One mic", "One voice", "One at a time",
    ]  # fmt: skip
    assert texts(archive.thread(ThreadKey(first, "A1", 1))) == ["One mike"]
    assert archive.thread(ThreadKey(first, "A1", 2)) is None


def test_a_line_that_was_let_go_still_has_its_history_and_a_withdrawn_one_has_none(
    archive: Archive,
) -> None:
    first = record("a", line("A1", "CANARY"), line("A2", "One voice"))
    gone = line("A1", "", state="withdrawn", carried_from=first)
    record("b", gone, line("A2", "One voice", state="let go", carried_from=first), date=LATER)
    assert archive.thread(ThreadKey(first, "A1")) is None
    assert texts(archive.thread(ThreadKey(first, "A2"))) == ["One voice", "One voice"]


def test_a_term_is_followed_by_its_label_whatever_its_case(archive: Archive) -> None:
    first = record("a", line("T1", "Repair = mending"), line("T2", "rest = sleep"))
    record("c", line("T9", "REPAIR = going back"), cohort="inland", date=LATER)
    later = line("T1", "Ouch and oops = mending, aloud", carried_from=first)
    record("b", later, line("A3", "repair"), date=LATER)
    repair = archive.timeline(" repair ")
    assert [texts(thread) for thread in repair] == [
        ["Repair = mending", "Ouch and oops = mending, aloud"], ["REPAIR = going back"],
    ]  # fmt: skip
    assert archive.timeline("OUCH AND OOPS") == repair[:1]
    assert archive.timeline("repair", "inland") == repair[1:]
    assert archive.timeline("repa") == archive.timeline("") == ()


def test_a_term_that_was_taken_back_is_not_followed(archive: Archive) -> None:
    first = record("a", line("T1", "CANARY = words"))
    record("b", line("T1", "", state="withdrawn", carried_from=first), date=LATER)
    assert archive.timeline("canary") == ()


def test_a_line_taken_back_where_it_was_made_is_shown_of_no_later_sitting(
    archive: Archive,
) -> None:
    first = record("a", line("A2"), taken_back=("A1", "T3"))
    again = (
        line("A1", "CANARY", carried_from=first),
        line("T3", "canary = x", carried_from=first),
    )
    record("b", *again, line("A1", "ours"), date=LATER)
    assert found(archive) == ["A1", "A2"]
    assert found(archive, "canary") == []
    assert archive.thread(ThreadKey(first, "A1")) is None
    assert archive.timeline("canary") == ()
    assert archive.stats().lines == {"agreement": 2}
    record("a", line("A2"))
    archive._kept.refresh()
    assert found(archive, "canary") == ["A1", "T3"]
    record("a", line("A2"), taken_back=("T3",))
    archive._kept.refresh()
    assert found(archive, "canary") == ["A1"]


# A cohort


def test_what_is_in_force_is_told_by_cohort(archive: Archive) -> None:
    first = record("a", line("A1"), line("A2"), line("A3", state="proposed"), line("T4"))
    record("b", line("A2", state="retired", carried_from=first), line("A5"), date=LATER)
    record("c", line("A1", "Breathe"), cohort="inland")
    names = [thread.key.name for thread in archive.in_force("harbour-2026")]
    assert names == ["A1", "A5"]
    assert [texts(thread) for thread in archive.in_force("inland")] == [["Breathe"]]
    assert len(archive.in_force()) == 3


def test_all_lines_of_a_cohort_that_stand_are_told_with_their_steps(archive: Archive) -> None:
    first = record("a", line("A1", "One mic"), line("Q2"), line("E3"))
    again = line("A1", "One voice", carried_from=first)
    record("b", line("Q2", state="let go", carried_from=first), again, date=LATER)
    lines = archive.lines("harbour-2026")
    assert [(thread.key.name, len(thread.steps)) for thread in lines] == [("A1", 2), ("E3", 1)]
    assert archive.lines("inland") == ()


def test_cohorts_come_with_the_one_that_met_last_first(archive: Archive) -> None:
    record("a", cohort="harbour")
    record("b", cohort="inland", date=LATER)
    record("c", cohort="harbour", date=DAY - WEEK)
    assert archive.cohorts() == ("inland", "harbour")


def test_what_lines_can_be_chosen_by_is_what_there_is(archive: Archive) -> None:
    first = record("a", line("T1"), line("A2", facet="practice"), line("Q3", state="dreamt of"))
    record("b", line("A4", state="proposed", facet="leadership"), cohort="b", programme="p")
    record("c", line("Q3", state="let go", carried_from=first), line("E5"), date=LATER)
    assert archive.values("kind") == ("agreement", "term", "example")
    assert archive.values("state") == ("proposed", "in force", "shared", "checked")
    assert archive.values("facet") == ("leadership", "practice")
    assert archive.values("cohort") == ("b", "harbour-2026")
    assert archive.values("programme") == ("p",)


def test_a_state_of_a_later_version_comes_last(archive: Archive) -> None:
    record("a", line("A1", state="dreamt of"), line("A2"))
    assert archive.values("state") == ("in force", "dreamt of")


def test_counts_are_of_sittings_and_of_lines_that_stand(archive: Archive) -> None:
    first = record("a", line("T1"), line("A2"), line("A3"))
    record("b", line("A2", carried_from=first), cohort="b", date=LATER)
    assert archive.stats() == (2, 2, {"agreement": 2, "term": 1})
    assert list(archive.stats().lines) == ["agreement", "term"]
