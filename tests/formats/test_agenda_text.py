"""Changes in place, on files as people lay them out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from facilitate.core.refusal import Refused
from facilitate.formats.agenda_text import AgendaText, agenda_text

ROOT = Path(__file__).parents[2]
LONGEST = max((ROOT / "agendas").glob("*.toml"), key=lambda path: path.stat().st_size)

DAY = """\
#:schema ./agenda.schema.json
format = 1

[session]
id = "day"            # short
title = "Day"
start = "09:00"
minutes = 30

# Who is there
[team]
lead = ""

# Arriving takes time:
# do not cut it.
[[segment]]
title = "Arriving"
kind = "arrival"
minutes = 10   # ten at least

  [segment.breakout]
  stay = "here"

# ------ after the break ------

[[segment]]
title = "Words"
minutes = 15
# at_least = 10

[[carry]]
id = "A1"
text = "One mic"

# The end is short.
[[segment]]
title = "Closing"
minutes = 5
"""


def cut(text: str = DAY) -> AgendaText:
    return agenda_text(text.encode())


def titles(text: AgendaText) -> list[str]:
    return [part.split('title = "')[1].split('"')[0] for part in text.parts]


# Parts


def test_a_part_has_the_comments_right_above_it_and_the_tables_within_it() -> None:
    first, second, last = cut().parts
    assert first.startswith("# Arriving takes time:\n# do not cut it.\n[[segment]]")
    assert first.endswith('  [segment.breakout]\n  stay = "here"')
    assert second.startswith("[[segment]]\n")
    assert second.endswith("# at_least = 10")
    assert last.startswith("# The end is short.\n")


def test_what_a_blank_line_parts_from_both_stays_when_parts_move() -> None:
    after = cut().moved(0, 2)
    assert titles(after) == ["Words", "Closing", "Arriving"]
    words, heading = after.text.index('title = "Words"'), after.text.index("# ------ after")
    assert words < heading < after.text.index("# The end is short.")
    assert after.text.index("[[carry]]") < after.text.index("# Arriving takes time:")
    assert after.text.endswith('  stay = "here"\n')


def test_parts_move_to_either_end_and_back() -> None:
    for place in range(3):
        for to in range(3):
            moved = cut().moved(place, to)
            expected = ["Arriving", "Words", "Closing"]
            expected.insert(to, expected.pop(place))
            assert titles(moved) == expected
            assert moved.moved(to, place).text == DAY


def test_a_file_without_a_line_end_at_its_end_keeps_it_so() -> None:
    text = cut(DAY.rstrip("\n"))
    moved = text.moved(2, 0)
    assert moved.text.endswith("# at_least = 10")
    assert '[[segment]]\ntitle = "Closing"\nminutes = 5\n\n# ------ after' in moved.text
    assert moved.moved(0, 2).raw() == text.raw()


def test_a_comment_behind_a_part_never_comes_to_belong_to_another() -> None:
    text = cut(DAY.replace("minutes = 5\n", "minutes = 5\n# said last").replace("\n\n", "\n"))
    moved = text.moved(2, 0)
    assert "# said last\n\n" in moved.text
    again = agenda_text(moved.raw())
    assert again.parts[0].endswith("# said last")
    assert moved.moved(0, 2).raw() == text.raw()


def test_a_line_of_a_text_that_looks_like_a_comment_is_none() -> None:
    text = cut(DAY.replace("minutes = 10   # ten at least\n", 'say = """\n# one\n# two"""\n'))
    text = cut(text.text.replace('\n  [segment.breakout]\n  stay = "here"\n', ""))
    joined = text.text.replace('# two"""\n\n# ------ after the break ------\n\n', '# two"""\n')
    parts = cut(joined).parts
    assert parts[0].endswith('# two"""')
    assert parts[1].startswith("[[segment]]")


def test_a_table_of_a_part_that_stands_behind_another_table_moves_with_its_part() -> None:
    text = cut(DAY + '\n[[offered]]\nkind = "term"\n\n[segment.breakout]\nstay = "x"\n')
    assert text.parts[2].endswith('stay = "x"')
    moved = text.moved(2, 0)
    assert 'title = "Closing"' in moved.parts[0]
    assert moved.parts[0].endswith('stay = "x"')


def test_a_part_taken_out_takes_its_comments_with_it() -> None:
    less = cut().without(0)
    assert titles(less) == ["Words", "Closing"]
    assert "Arriving takes time" not in less.text
    assert "# ------ after the break ------" in less.text
    assert cut().without(2).text.endswith('text = "One mic"\n')


def test_the_last_part_taken_out_leaves_no_blank_line_behind() -> None:
    text = cut(DAY.replace('[[carry]]\nid = "A1"\ntext = "One mic"\n\n', ""))
    assert text.without(2).text.endswith("# at_least = 10\n")


def test_parts_on_one_line_are_left_to_an_editor() -> None:
    text = cut('format = 1\nsegment = [{ title = "A" }, { title = "B" }]\n')
    assert text.parts == ()
    with pytest.raises(Refused, match="in this file"):
        text.with_value(("segment", 0, "minutes"), 5)


def test_lists_that_would_come_into_another_order_are_left_to_an_editor() -> None:
    split = '\n[[carry]]\nid = "A2"\n\n[segment.breakout]\nstay = "x"\n\n[[carry]]\nid = "A3"\n'
    with pytest.raises(Refused, match="Change it in an editor"):
        cut(DAY + split).moved(2, 0)


# Values


def test_another_length_is_a_difference_of_one_line() -> None:
    text = agenda_text(LONGEST.read_bytes())
    for place in range(len(text.parts)):
        after = text.with_value(("segment", place, "minutes"), 7)
        same = zip(text.text.split("\n"), after.text.split("\n"), strict=True)
        assert sum(one != other for one, other in same) <= 1


def test_a_comment_behind_a_value_stays() -> None:
    after = cut().with_value(("segment", 0, "minutes"), 5)
    assert "minutes = 5   # ten at least\n" in after.text
    assert (
        'id = "night"            # short\n' in cut().with_value(("session", "id"), "night").text
    )


def test_values_of_every_type_are_written_as_toml_has_them() -> None:
    text = cut()
    for key, value, written in [
        ("title", 'He said "no"\\', r'title = "He said \"no\"\\"'),
        ("about", "One\ntwo", 'about = """\nOne\ntwo"""'),
        ("date", dt.date(2026, 11, 22), "date = 2026-11-22"),
        ("carry_over", ("term", "question"), 'carry_over = ["term", "question"]'),
        ("number", 3, "number = 3"),
    ]:
        assert f"\n{written}\n" in text.with_value(("session", key), value).text
    assert "\nprotect = true\n" in text.with_value(("segment", 1, "protect"), value=True).text


def test_a_new_key_stands_where_the_format_has_it() -> None:
    dated = cut().with_value(("session", "date"), dt.date(2026, 11, 22))
    assert 'title = "Day"\ndate = 2026-11-22\nstart = "09:00"\n' in dated.text
    named = cut().with_value(("segment", 1, "id"), "words")
    assert '[[segment]]\nid = "words"\ntitle = "Words"\n' in named.text
    inner = cut().with_value(("segment", 0, "breakout", "how"), "pairs")
    assert '  stay = "here"\n  how = "pairs"\n' in inner.text
    end = cut(DAY.rstrip("\n")).with_value(("segment", 2, "protect"), value=True)
    assert end.text.endswith("minutes = 5\nprotect = true")


def test_a_key_taken_out_leaves_no_line() -> None:
    assert cut().with_value(("session", "start"), None).text == DAY.replace(
        'start = "09:00"\n', ""
    )
    assert cut().with_value(("session", "date"), None).text == DAY


def test_dotted_keys_are_changed_where_they_stand() -> None:
    text = cut('format = 1\nsession.id = "day"\nsession.minutes = 5\n')
    assert "session.minutes = 6\n" in text.with_value(("session", "minutes"), 6).text
    assert 'session.id = "day"\nsession.title = "T"\n' in (
        text.with_value(("session", "title"), "T").text
    )


def test_a_table_on_one_line_is_left_to_an_editor() -> None:
    text = cut('format = 1\nsession = { id = "day", minutes = 5 }\n')
    with pytest.raises(Refused, match=r"no \[session\] on lines of its own"):
        text.with_value(("session", "minutes"), 6)


def test_line_ends_and_the_byte_order_mark_stay_as_they_are() -> None:
    raw = b"\xef\xbb\xbf" + DAY.replace("\n", "\r\n").encode()
    text = agenda_text(raw)
    after = text.with_value(("session", "date"), dt.date(2026, 11, 22))
    assert b'title = "Day"\r\ndate = 2026-11-22\r\nstart' in after.raw()
    assert after.with_value(("session", "date"), None).raw() == raw
    assert text.moved(0, 2).moved(2, 0).raw() == raw


def test_mixed_line_ends_stay_mixed() -> None:
    mixed = DAY.replace("minutes = 15\n", "minutes = 15\r\n")
    after = cut(mixed).with_value(("segment", 1, "minutes"), 9)
    assert after.text == mixed.replace("minutes = 15\r\n", "minutes = 9\r\n")


# Notes and tables


def test_a_note_stands_behind_a_value_and_takes_the_place_of_an_older_one() -> None:
    path = ("segment", 1, "minutes")
    noted = cut().with_note(path, "had 12 min")
    assert "minutes = 15  # had 12 min\n" in noted.text
    assert noted.with_note(path, "was left out").text == noted.text.replace(
        "had 12 min", "was left out"
    )
    first = ("segment", 0, "minutes")
    beside = cut().with_note(first, "had 12 min").with_note(first, "had 9 min")
    assert "minutes = 10   # ten at least, had 9 min\n" in beside.text
    assert cut().with_note(("segment", 1, "at_most"), "had 12 min").text == DAY


def test_the_tables_of_a_list_go_with_the_comments_above_them() -> None:
    more = DAY + '\n# stands on: a talk\n[[carry]]\nid = "A2"\n\n# The last word.\n'
    less = cut(more).without_tables("carry")
    assert "carry" not in less.text
    assert "stands on" not in less.text
    assert less.text.endswith("minutes = 5\n\n# The last word.\n")
    assert cut(DAY).without_tables("offered").text == DAY
    assert (
        "carry" not in cut('carry = [{ id = "A1" }]\nformat = 1\n').without_tables("carry").text
    )


def test_what_is_no_toml_is_said_to_be_none() -> None:
    for text in ("a = ", "a = [" * 2000):
        with pytest.raises(ValueError, match=r"."):
            cut(text)
    with pytest.raises(UnicodeDecodeError):
        agenda_text(b"\xff\xfe")
