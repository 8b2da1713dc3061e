"""An agenda as a page: in Markdown and as a Word document, for the team and for everyone."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_args

import pytest
from tests.formats.docx_parts import WORD, all_of, opened, part, value
from tests.formats.whole_agenda import FOR_ALL, GOLDEN, OF_TEAM, SHIPPED, read, whole

from facilitate.core.agenda import Agenda, Segment
from facilitate.formats.export import agenda_docx, agenda_markdown
from facilitate.formats.export.agenda_fields import OF_PARTS, OF_SITTING, Audience, left_out
from facilitate.formats.export.agenda_page import agenda_page

AUDIENCES: tuple[Audience, ...] = get_args(Audience)


def plain(markdown: bytes) -> str:
    """Markdown as it is read, without its escapes."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown.decode())


def paragraphs(raw: bytes) -> str:
    """All words of a document, tables too, a paragraph a line."""
    return "\n".join(
        "".join(str(text.text) for text in one.iter(f"{WORD}t")) for one in all_of(raw, "p")
    )


# The same for ever


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_page_in_markdown_is_the_same_for_ever(audience: Audience) -> None:
    assert agenda_markdown.write(whole(), audience) == (GOLDEN / f"{audience}.md").read_bytes()


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", ["word/document.xml", "docProps/core.xml"])
def test_the_document_is_the_same_for_ever(audience: Audience, name: str) -> None:
    raw = agenda_docx.write(whole(), audience)
    golden = GOLDEN / f"{audience}.{Path(name).stem}.xml"
    assert part(raw, name) == golden.read_bytes()
    assert raw == agenda_docx.write(whole(), audience)


# What is in it


def test_the_team_reads_everything() -> None:
    for text in (
        plain(agenda_markdown.write(whole(), "team")),
        paragraphs(agenda_docx.write(whole(), "team")),
    ):
        assert not [word for word in (*FOR_ALL, *OF_TEAM) if word not in text]


def test_those_who_take_part_read_nothing_that_is_the_teams() -> None:
    for text in (
        plain(agenda_markdown.write(whole(), "participants")),
        paragraphs(agenda_docx.write(whole(), "participants")),
        agenda_docx.write(whole(), "participants").decode("utf-8", "ignore"),
    ):
        assert not [word for word in OF_TEAM if word in text]


def test_those_who_take_part_read_times_titles_purposes_and_objectives() -> None:
    for text in (
        plain(agenda_markdown.write(whole(), "participants")),
        paragraphs(agenda_docx.write(whole(), "participants")),
    ):
        assert not [word for word in FOR_ALL if word not in text]
        assert "09:30 to 09:40" in text


def test_lines_that_a_group_made_are_on_no_page() -> None:
    for audience in AUDIENCES:
        assert b"carried words" not in agenda_markdown.write(whole(), audience)
        assert "carried words" not in paragraphs(agenda_docx.write(whole(), audience))
    (told,) = [one for one in agenda_markdown.untold(whole(), "team") if "carried" in one]
    assert told == "lines carried from earlier sittings (facilitate export has them)"


def test_every_key_of_an_agenda_has_words() -> None:
    assert set(OF_SITTING) == {one.name for one in fields(Agenda)} - {"segments"}
    assert set(OF_PARTS) == {one.name for one in fields(Segment)}


def test_what_is_not_on_the_teams_page_is_named_and_nothing_else() -> None:
    assert agenda_markdown.untold(whole(), "team") == (
        "its id",
        OF_SITTING["carried"],
        "ids of their own (1 part)",
    )
    assert agenda_docx.untold is agenda_markdown.untold


def test_what_is_not_on_the_page_for_everyone_is_named_with_how_often() -> None:
    told = agenda_markdown.untold(whole(), "participants")
    assert {"notes (1 part)", "posts (2 parts)", "kinds (4 parts)", "the team"} <= set(told)
    assert not {"the title", "the objectives", "titles (4 parts)"} & set(told)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("key", [one.name for one in fields(Segment)])
def test_a_key_of_a_part_is_on_the_page_or_named(audience: Audience, key: str) -> None:
    """Taking what a key says out of the agenda changes the page, or what is told of it."""
    agenda = whole()
    empty: Any = {"title": "-", "kind": "buffer", "minutes": 1, "id": "x"}.get(key)
    if key not in {"title", "kind", "minutes", "id"}:
        default = next(one.default for one in fields(Segment) if one.name == key)
        empty = default
    without = replace(
        agenda, segments=tuple(replace(one, **{key: empty}) for one in agenda.segments)
    )
    is_on_page = agenda_page(without, audience) != agenda_page(agenda, audience)
    told = agenda_markdown.untold(agenda, audience)
    is_told = any(one.startswith(f"{OF_PARTS[key]} (") for one in told)
    if key in {"ends_at", "not_before", "starts_at"}:  # times follow from them as well
        assert is_on_page or is_told
    else:
        assert is_on_page != is_told


def test_an_agenda_without_parts_held_says_how_many_there_are() -> None:
    assert left_out(whole(), OF_SITTING, ()) == ("the 4 parts",)
    one = replace(whole(), segments=whole().segments[:1])
    assert left_out(one, OF_SITTING, ()) == ("the one part",)


# Times


def test_times_are_those_of_the_day_on_which_clocks_are_set() -> None:
    night = replace(whole(), start=dt.time(1), ends_by=None, segments=whole().segments[1:2])
    segment = replace(night.segments[0], minutes=90, starts_by=None, not_before=None)
    spring = replace(night, segments=(segment,))
    assert b"01:00 to 03:30" in agenda_markdown.write(spring, "participants")
    winter = replace(spring, date=dt.date(2027, 1, 14))
    assert b"01:00 to 02:30" in agenda_markdown.write(winter, "participants")


def test_a_template_has_times_and_no_date() -> None:
    template = replace(whole(), date=None)
    text = plain(agenda_markdown.write(template, "participants"))
    assert "Date:" not in text
    assert "09:00 to 09:30" in text
    found = opened(agenda_docx.write(template, "participants")).core_properties
    assert found.created == dt.datetime(1980, 1, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_shipped_agenda_makes_its_pages(path: Path, audience: Audience) -> None:
    agenda = read(path)
    told = plain(agenda_markdown.write(agenda, audience))
    document = paragraphs(agenda_docx.write(agenda, audience))
    for one in agenda.segments:
        assert one.title in told
        assert one.title in document


# For who has it read aloud


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_document_has_headings_that_skip_no_level(audience: Audience) -> None:
    found = opened(agenda_docx.write(whole(), audience)).paragraphs
    levels = [
        int(p.style.name[-1]) for p in found if p.style and p.style.name.startswith("Heading")
    ]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}
    assert len(levels) == (3 if audience == "participants" else 11)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_day_is_a_table_with_a_head_on_every_page_and_words_about_it(
    audience: Audience,
) -> None:
    raw = agenda_docx.write(whole(), audience)
    rows = all_of(raw, "tr")
    assert [bool(list(row.iter(f"{WORD}tblHeader"))) for row in rows] == [True] + [False] * 4
    assert all(list(row.iter(f"{WORD}cantSplit")) for row in rows)
    assert [value(one) for one in all_of(raw, "tblCaption")] == ["The day"]
    (description,) = all_of(raw, "tblDescription")
    assert value(description) == agenda_docx.DESCRIPTION[audience]
    assert not [one for tag in ("gridSpan", "vMerge") for one in all_of(raw, tag)]


def test_the_document_says_what_it_is_and_in_which_language() -> None:
    found = opened(agenda_docx.write(whole(), "team")).core_properties
    assert (
        found.title == "A day in <spring> & [b]more[/b]: Part one: \u05de\u05d9\u05dd | words"
    )
    assert (found.author, found.last_modified_by) == ("The team", "The team")
    assert (found.language, found.revision) == ("en", 1)
    assert found.created == dt.datetime(2027, 3, 14, 12, tzinfo=dt.UTC)


def test_words_from_right_to_left_run_so() -> None:
    raw = agenda_docx.write(whole(), "participants")
    turned = [
        "".join(str(text.text) for text in one.iter(f"{WORD}t"))
        for one in all_of(raw, "p")
        if list(one.iter(f"{WORD}bidi"))
    ]
    assert turned == ["\u05de\u05d9\u05dd \u05e8\u05d1\u05d9\u05dd"]


def test_the_library_is_loaded_only_where_a_document_is_written() -> None:
    code = "import sys, facilitate.formats.export.agenda_docx; print('docx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
