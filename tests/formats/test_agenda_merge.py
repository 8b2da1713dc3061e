"""Two versions of one agenda made into one, part by part."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from facilitate.formats.agenda_merge import Lines, Merged, merged
from facilitate.formats.agenda_text import AgendaText, agenda_text
from facilitate.formats.agenda_toml import read_agenda
from facilitate.session import building
from facilitate.store import git

HEAD = """\
format = 1

[session]
id = "day"
title = "Day"
start = "09:00"
timezone = "UTC"
minutes = {minutes}
place = "online"

[team]
lead = ""

[[objective]]
key = "be"
text = "Be here"

"""
TITLES = ("Arriving", "Words", "Break", "Circle", "Break", "Closing")


def part(title: str, minutes: int = 10, more: str = "") -> str:
    kind = title.lower() if title in ("Break", "Closing") else "practice"
    return (
        f'[[segment]]\ntitle = "{title}"\nkind = "{kind}"\nminutes = {minutes}\n'
        f'serves = ["be"]\nsay = """\nHello to {title}.\n"""\n{more}'
    )


def day(*parts: str, minutes: int | None = None) -> AgendaText:
    """An agenda of some parts, whose minutes are their sum unless they are given."""
    text = "\n".join(parts)
    total = sum(int(line[10:]) for line in text.split("\n") if line.startswith("minutes = "))
    return agenda_text((HEAD.format(minutes=minutes or total) + text).encode())


BASE = day(*(part(title) for title in TITLES))


def merge_lines(base: str, ours: str, theirs: str, about: str) -> Lines:
    labels = [f"{side} ({about})" for side in ("ours", "base", "theirs")]
    found, is_clean = git.merge_lines(base.encode(), ours.encode(), theirs.encode(), labels)
    return Lines(found.decode(), is_clean)


def merge(ours: AgendaText, theirs: AgendaText, base: AgendaText = BASE) -> Merged:
    return merged(base.raw(), ours.raw(), theirs.raw(), merge_lines)


def text(found: Merged) -> str:
    return found.raw.decode()


def titles(found: Merged) -> list[str]:
    agenda = read_agenda(found.raw, "day.toml").agenda
    assert agenda is not None
    return [segment.title for segment in agenda.segments]


Change = Callable[[AgendaText], AgendaText]


def minutes(place: int, number: int) -> Change:
    return lambda one: building.with_minutes(one, place, number)


def moved(place: int, to: int) -> Change:
    return lambda one: building.moved(one, place, to)


def said(place: int, words: str) -> Change:
    return lambda one: one.with_value(("segment", place, "say"), words)


# What goes together


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (minutes(0, 8), minutes(1, 12)),
        (minutes(0, 8), said(0, "Hello.")),
        (minutes(1, 8), moved(3, 0)),
        (moved(1, 4), said(1, "Elsewhere.")),
        (moved(0, 1), moved(4, 5)),
        (said(1, "One."), lambda one: one.with_value(("session", "title"), "Another day")),
    ],
)
def test_changes_that_do_not_meet_are_both_there(ours: Change, theirs: Change) -> None:
    found = merge(ours(BASE), theirs(BASE))
    assert found.conflicts == ()
    assert found.raw in (theirs(ours(BASE)).raw(), ours(theirs(BASE)).raw())
    turned = merge(theirs(BASE), ours(BASE))
    assert turned.raw == found.raw


def test_the_minutes_of_the_day_become_the_sum_of_what_was_merged() -> None:
    found = merge(minutes(0, 8)(BASE), minutes(1, 15)(BASE))
    assert "\nminutes = 63\nplace" in text(found)
    assert found.said == ("The parts add up to 63 minutes now, and the day says so.",)
    assert merge(minutes(0, 8)(BASE), said(1, "x")(BASE)).said == ()


def test_minutes_of_the_day_that_were_no_sum_are_lines_like_others() -> None:
    base = day(*(part(title) for title in TITLES), minutes=90)
    ours, theirs = (base.with_value(("session", "minutes"), number) for number in (91, 92))
    found = merge(ours, theirs, base)
    assert found.conflicts == ("Both changed what stands before the parts.",)
    assert "<<<<<<< ours (before the parts)\nminutes = 91\n" in text(found)


def test_parts_that_both_put_in_stand_behind_what_they_followed_ours_first() -> None:
    ours = day(*(part(title) for title in (*TITLES[:2], "Ours", "More", *TITLES[2:])))
    theirs = day(
        part("First"), *(part(title) for title in (*TITLES[:2], "Theirs", *TITLES[2:]))
    )
    found = merge(ours, theirs)
    assert found.conflicts == ()
    assert titles(found) == [
        "First", "Arriving", "Words", "Ours", "More", "Theirs", "Break", "Circle", "Break",
        "Closing",
    ]  # fmt: skip
    assert "\nminutes = 100\nplace" in text(found)


def test_a_part_put_in_follows_its_neighbour_to_another_place() -> None:
    theirs = day(*(part(title) for title in (*TITLES[:2], "New", *TITLES[2:])))
    found = merge(moved(1, 3)(BASE), theirs)
    assert titles(found) == ["Arriving", "Break", "Circle", "Words", "New", "Break", "Closing"]


def test_the_same_part_put_in_by_both_is_there_once() -> None:
    both = day(*(part(title) for title in (*TITLES[:3], "New", *TITLES[3:])))
    ours, theirs = minutes(0, 8)(both), minutes(1, 8)(both)
    found = merge(ours, theirs)
    assert titles(found).count("New") == 1
    assert found.conflicts == ()


def test_a_part_that_one_side_took_out_is_out() -> None:
    found = merge(building.without(BASE, 3), minutes(0, 8)(BASE))
    assert titles(found) == ["Arriving", "Words", "Break", "Break", "Closing"]
    assert "\nminutes = 48\nplace" in text(found)


def test_breaks_of_one_title_are_told_apart_when_another_comes_before_them() -> None:
    ours = day(part("Arriving"), part("Break", 5), *(part(title) for title in TITLES[1:]))
    theirs = said(2, "The first break.")(BASE)
    found = merge(ours, theirs)
    assert found.conflicts == ()
    agenda = read_agenda(found.raw, "day.toml").agenda
    assert agenda is not None
    told = [(one.title, one.minutes, one.say) for one in agenda.segments]
    assert told[1] == ("Break", 5, "Hello to Break.\n")
    assert told[3] == ("Break", 10, "The first break.")


def test_a_part_with_a_new_title_is_still_the_same_part() -> None:
    for retitled in (
        building.titled(BASE, 1, "Terms"),
        BASE.with_value(("segment", 1, "title"), "Terms"),
    ):
        found = merge(retitled, minutes(1, 12)(BASE))
        assert found.conflicts == ()
        assert titles(found)[1] == "Terms"
        assert "\nminutes = 62\nplace" in text(found)


def test_what_stands_between_and_behind_parts_is_merged_as_well() -> None:
    raw = BASE.text.replace(
        '[[segment]]\ntitle = "Circle"', '# Noon.\n\n[[segment]]\ntitle = "Circle"'
    )
    base = agenda_text((raw + '\n[[offered]]\nkind = "term"\ntext = "calm"\n').encode())
    ours = agenda_text(base.text.replace("# Noon.", "# High noon.").encode())
    theirs = agenda_text(minutes(0, 8)(base).text.replace('"calm"', '"lent calm"').encode())
    found = merge(ours, theirs, base)
    assert found.conflicts == ()
    assert "# High noon.\n\n[[segment]]" in text(found)
    assert text(found).endswith('text = "lent calm"\n')
    lifted = merge(moved(0, 1)(base), ours, base)
    assert lifted.raw == moved(0, 1)(ours).raw()


def test_a_part_behind_the_last_one_leaves_what_stands_at_the_end_there() -> None:
    base = agenda_text((BASE.text + "\n# The end.\n").encode())
    ours = agenda_text((BASE.text + "\n" + part("After") + "\n# The end.\n").encode())
    theirs = agenda_text((BASE.text + "\n# The very end.\n").encode())
    found = merge(ours, theirs, base)
    assert found.conflicts == ()
    assert text(found).endswith("# The very end.\n")


def test_line_ends_of_one_side_do_not_stand_against_those_of_the_other() -> None:
    crlf = agenda_text(minutes(0, 8)(BASE).text.replace("\n", "\r\n").encode())
    found = merge(crlf, said(1, "Hi.")(BASE))
    assert found.conflicts == ()
    expected = said(1, "Hi.")(minutes(0, 8)(BASE)).text
    assert text(found) == expected.replace("\n", "\r\n")
    marked = agenda_text(b"\xef\xbb\xbf" + minutes(0, 8)(BASE).raw())
    assert merge(said(1, "Hi.")(BASE), marked).raw == b"\xef\xbb\xbf" + expected.encode()


def test_a_file_that_ends_without_a_line_end_goes_on_doing_so() -> None:
    base = agenda_text(BASE.raw().rstrip(b"\n"))
    found = merge(minutes(0, 8)(base), moved(5, 0)(base), base)
    assert found.conflicts == ()
    assert found.raw == moved(5, 0)(minutes(0, 8)(base)).raw()


# What stands against one another


def test_the_same_line_of_one_part_is_a_conflict_within_that_part_alone() -> None:
    found = merge(minutes(1, 8)(BASE), minutes(1, 12)(BASE))
    assert found.conflicts == ('Both changed the same lines of "Words".',)
    before, conflict, after = (
        text(found).partition("<<<<<<<")[0],
        text(found).partition("<<<<<<<")[2].partition(">>>>>>>")[0],
        text(found).partition(">>>>>>>")[2],
    )
    assert conflict == " ours (Words)\nminutes = 8\n=======\nminutes = 12\n"
    assert before.endswith('title = "Words"\nkind = "practice"\n')
    assert after.startswith(' theirs (Words)\nserves = ["be"]\n')
    assert "<<<" not in before + after


def test_a_part_that_one_took_out_and_the_other_changed_is_a_conflict() -> None:
    for ours, theirs in [
        (building.without(BASE, 1), minutes(1, 12)(BASE)),
        (minutes(1, 12)(BASE), building.without(BASE, 1)),
    ]:
        found = merge(ours, theirs)
        assert found.conflicts == ('One side took out "Words", the other changed it.',)
        order = [
            text(found).index(word) for word in ('"Arriving"', "<<<<<<<", ">>>>>>>", '"Break"')
        ]
        assert order == sorted(order)


def test_a_part_that_both_put_in_differently_is_a_conflict() -> None:
    ours, theirs = (
        day(*(part(title) for title in TITLES[:2]), part("New", n), *map(part, TITLES[2:]))
        for n in (5, 6)
    )
    found = merge(ours, theirs)
    assert found.conflicts == ('Both put in "New", and not the same.',)


def test_two_orders_are_told_above_the_parts_which_stand_as_in_ours() -> None:
    ours, theirs = moved(1, 3)(minutes(0, 8)(BASE)), moved(1, 4)(minutes(5, 9)(BASE))
    found = merge(ours, theirs)
    assert [said.split(".")[0] for said in found.conflicts] == [
        "The parts were put in two different orders"
    ]
    block = text(found).partition("<<<<<<<")[2].partition(">>>>>>>")[0]
    assert "\n# ours 2. Break\n" in block
    assert "\n# theirs 2. Break\n" in block
    rest = text(found).partition("theirs (order of the parts)\n")[2]
    without = agenda_text((HEAD.format(minutes=57) + rest.lstrip("\n")).encode())
    assert [one.split('"')[1] for one in without.parts] == [
        "Arriving", "Break", "Circle", "Words", "Break", "Closing"
    ]  # fmt: skip
    assert "minutes = 8\n" in rest
    assert "minutes = 9\n" in rest


def test_what_is_clean_and_not_sound_is_a_conflict() -> None:
    base = BASE.with_value(("segment", 0, "at_most"), 15)
    ours = building.with_minutes(base, 0, 14)
    theirs = base.with_value(("segment", 0, "at_most"), 12)
    found = merge(ours, theirs, base)
    assert len(found.conflicts) == 1
    assert found.conflicts[0].startswith("Together they make a mistake in line ")
    assert "at_most is 12" in found.conflicts[0]
    assert "<<<" not in text(found)


def test_what_both_had_to_mend_is_no_conflict() -> None:
    base = BASE.with_value(("segment", 0, "lead"), "nobody")
    found = merge(minutes(1, 8)(base), minutes(2, 8)(base), base)
    assert found.conflicts == ()


# What is no agenda


def test_other_files_are_merged_line_by_line() -> None:
    base = b"[programme]\na = 1\nb = 1\nc = 1\nd = 1\n"
    ours, theirs = base.replace(b"a = 1", b"a = 2"), base.replace(b"d = 1", b"d = 2")
    assert merged(base, ours, theirs, merge_lines).raw == ours.replace(b"d = 1", b"d = 2")
    same = merged(base, ours, base.replace(b"a = 1", b"a = 3"), merge_lines)
    assert same.conflicts == ("Both changed the same lines.",)
    assert same.raw.startswith(b"[programme]\n<<<<<<< ours ()\na = 2\n")


def test_an_agenda_that_is_no_toml_is_merged_line_by_line() -> None:
    broken = agenda_text(BASE.raw())._replace(pieces=BASE.pieces).text + "\nminutes = 015\n"
    ours = broken.replace("Hello to Words", "Hi, Words")
    found = merged(broken.encode(), ours.encode(), (broken + "# x\n").encode(), merge_lines)
    assert found.raw == (ours + "# x\n").encode()


def test_two_agendas_that_both_sides_began_are_a_conflict() -> None:
    found = merged(b"", BASE.raw(), minutes(0, 8)(BASE).raw(), merge_lines)
    assert found.conflicts == ("Both changed the same lines.",)


def test_what_only_one_side_changed_is_taken_as_it_is() -> None:
    changed = minutes(0, 8)(BASE).raw()
    for ours, theirs in [(BASE.raw(), changed), (changed, BASE.raw()), (changed, changed)]:
        assert merged(BASE.raw(), ours, theirs, merge_lines) == Merged(changed)
