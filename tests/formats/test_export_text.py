from dataclasses import replace
from pathlib import Path

from tests.formats.shared_lines import TWO, everything, line, nothing, sitting

from facilitate.core.record import SittingRecord, Wording
from facilitate.core.sharing import shared
from facilitate.formats.export.lines_text import write

GOLDEN = Path(__file__).parents[1] / "golden" / "export"


def lines_of(record: SittingRecord) -> list[str]:
    return write(shared(record, [], "txt")).decode().splitlines()


def test_the_lines_are_the_same_for_ever() -> None:
    assert write(everything("txt")) == (GOLDEN / "lines.txt").read_bytes()


def test_nothing_is_read_into_what_people_wrote() -> None:
    said = lines_of(sitting(TWO, line("A5", "[/fix] [b <b> *so* & =1+1 🏳️‍🌈", "proposed")))
    assert said == [
        "Harbour circles (2026-11-22)",
        "",
        "A5 [/fix] [b <b> *so* & =1+1 🏳️‍🌈 (proposed)",
    ]


def test_both_wordings_are_shown_each_with_what_it_stands_on() -> None:
    other = Wording(text="Two", lineage="them")
    said = lines_of(sitting(TWO, line("A2", "One", "open", lineage="us", also=(other,))))
    assert said[2:] == ["A2 One (open; from us)", "    or: Two (from them)"]


def test_lines_of_one_kind_stand_together() -> None:
    lines = (line("T3", "c", "heard"), line("A2", "b", "open"), line("A10", "a", "open"))
    assert lines_of(sitting(TWO, *lines))[1:] == [
        "", "A2 b (open)", "A10 a (open)", "", "T3 c (heard)",
    ]  # fmt: skip


def test_no_line_ends_before_its_end_whatever_is_in_it() -> None:
    record = sitting(TWO, line("A2", "one\u2028two\rthree\x85four", "open", lineage="a\nb"))
    raw = write(shared(replace(record, title="Harbour\ncircles"), [], "txt"))
    assert raw.decode() == (
        "Harbour circles (2026-11-22)\n\nA2 one two three four (open; from a b)\n"
    )


def test_without_lines_it_says_so() -> None:
    assert write(nothing("txt")).decode() == (
        "Harbour circles - Attachment, part two (2026-11-22)\n\nNo lines.\n"
    )
