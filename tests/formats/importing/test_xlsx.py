"""Excel workbooks: typed cells, several sheets, formulas, and files that are none."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import openpyxl
import pytest
from tests.formats.importing.imported import draft, minutes, parts, refusal

from facilitate.formats.importing import xlsx
from facilitate.formats.importing.xlsx import NEED_MORE

HEAD = ("Start", "Length", "Title", "Notes")
NAME = "day.xlsx"


def book(*rows: Iterable[Any], **more: Iterable[Iterable[Any]]) -> bytes:
    """A workbook with a sheet called Day, and more of other names."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Day"
    for row in rows:
        sheet.append(list(row))
    for name, others in more.items():
        other = made.create_sheet(name)
        for row in others:
            other.append(list(row))
    raw = io.BytesIO()
    made.save(raw)
    return raw.getvalue()


def changed(raw: bytes, **parts_: bytes | None) -> bytes:
    """A workbook with other parts; `a__b` stands for `xl/a/b.xml`."""
    file = io.BytesIO()
    new = {f"xl/{name.replace('__', '/')}.xml": part for name, part in parts_.items()}
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w") as package:
        for name in old.namelist():
            if name not in new:
                package.writestr(name, old.read(name))
        for name, part in new.items():
            if part is not None:
                package.writestr(name, part)
    return file.getvalue()


def test_cells_of_every_type_are_read_as_a_spreadsheet_shows_them() -> None:
    found = draft(
        book(
            HEAD,
            (dt.time(9, 0), 10, "A", 5),
            (0.381944444444444, dt.timedelta(minutes=25), "B", 2.5),
            (dt.datetime(2027, 4, 13, 9, 35), 0.0104166666666667, "C", True),  # noqa: DTZ001
            ("9:50 AM", dt.time(1, 5), "D", dt.date(2027, 4, 13)),
        ),
        NAME,
    )
    assert minutes(found) == [10, 25, 15, 65]
    assert found.agenda.start == dt.time(9)
    assert found.agenda.date == dt.date(2027, 4, 13)
    assert [one.notes for one in found.agenda.segments] == ["5", "2.5", "TRUE", "2027-04-13"]
    assert (found.differs, found.left_out) == ((), ())


def test_rows_are_counted_as_the_spreadsheet_counts_them() -> None:
    found = draft(book((), HEAD, (), ("9:00", "soon", "A", "")), NAME)
    assert [(one.what, one.rows) for one in found.left_out] == [('"Length"', (4,))]
    assert any(one.startswith("Row 4: nothing says how long") for one in found.guessed)


def test_the_likeliest_sheet_is_taken_and_the_others_are_named() -> None:
    raw = book(("some", "notes"), Plan=[HEAD, ("", 5, "A", "")], Lists=[("x",)], Empty=[])
    found = draft(raw, NAME)
    assert parts(found) == [("A", 5, "dialogue")]
    assert found.source == 'the sheet "Plan" of a workbook'
    assert [one.what for one in found.left_out] == ['the sheet "Day"', 'the sheet "Lists"']
    assert parts(draft(raw, NAME, sheet="plan")) == parts(draft(raw, NAME, sheet="2"))
    assert "There are: Day, Plan, Lists, Empty." in refusal(raw, NAME, sheet="Dag")
    assert "No column is known" in refusal(raw, NAME, sheet="Day")


def test_a_formula_without_a_stored_result_is_told() -> None:
    found = draft(book(HEAD, ("9:00", "=5+5", "A", ""), ("9:10", 5, "B", "")), NAME)
    assert minutes(found) == [10, 5]
    told = [(one.what, one.rows) for one in found.left_out]
    assert told == [("formulas without a result", (2,))]
    assert "(row 2); open the workbook in Excel and save it" in found.guessed[0]


def test_remarks_on_cells_are_named() -> None:
    made = openpyxl.load_workbook(io.BytesIO(book(HEAD, ("", 5, "A", ""))))
    made.active["C2"].comment = openpyxl.comments.Comment("Look here", "us")
    raw = io.BytesIO()
    made.save(raw)
    found = draft(raw.getvalue(), NAME)
    assert [one.what for one in found.left_out] == ["remarks that hang on cells"]


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is() -> None:
    raw = book(HEAD, ("", 5, "A", ""))
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    for size in (b'ref="A1:XFD1048576"', b'ref="A1"', b'ref="C9:A1"'):
        lying = sheet.replace(b'ref="A1:D2"', size)
        assert lying != sheet
        assert parts(draft(changed(raw, worksheets__sheet1=lying), NAME)) == [
            ("A", 5, "dialogue")
        ]
    far = sheet.replace(b'r="2"', b'r="1048576"').replace(b'2"', b'1048576"')
    found = draft(changed(raw, worksheets__sheet1=far), NAME)
    assert parts(found) == [("A", 5, "dialogue")]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"PK\x03\x04 and no more", "The workbook is damaged"),
        (book(), "There is nothing in this workbook."),
        (book(("Title",), *(("x",) for _ in range(2_100))), "more than 2000 rows"),
        (book(["Title", *("x" for _ in range(210))]), "more than 200 columns"),
        (book(("Title",), ("x" * 30_000,)), "more than 20000 characters"),
        (book(HEAD)[:-200], "The workbook is damaged"),
        (changed(book(HEAD), workbook=b"<a"), "Open it in Excel, and save it again."),
        (changed(book(HEAD), workbook=None), "no Excel workbook"),
        (changed(book(HEAD), worksheets__sheet1=b"<a><b>"), "The workbook is damaged"),
    ],
    ids=range(9),
)
def test_a_workbook_that_cannot_be_read_is_refused_in_plain_words(
    raw: bytes, told: str
) -> None:
    assert told in refusal(raw, NAME)


def test_other_packed_files_are_called_by_their_name() -> None:
    for name, told in (("word/document.xml", "a Word document"), ("x", "no Excel workbook")):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as package:
            package.writestr(name, "x")
        assert told in refusal(file.getvalue(), NAME)


def test_a_workbook_that_unpacks_to_something_huge_is_not_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"\0" * (xlsx.LARGEST_UNPACKED + 1))
    assert len(file.getvalue()) < 1 << 20
    assert "unpacks to far too much" in refusal(file.getvalue(), NAME)


def test_entities_in_a_workbook_do_not_grow_without_end() -> None:
    names = "abcdefghijklm"
    grown = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    bomb = f'<!DOCTYPE worksheet [<!ENTITY a "{"x" * 99}">{grown}]>'.encode()
    raw = book(HEAD, ("", 5, "A", ""))
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    assert sheet.count(b">Title<") == 1
    sheet = bomb + sheet.replace(b">Title<", b">&m;<")
    assert "The workbook is damaged" in refusal(changed(raw, worksheets__sheet1=sheet), NAME)


def test_without_openpyxl_one_reads_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert NEED_MORE in refusal(book(HEAD, ("", 5, "A", "")), NAME)


def test_the_library_is_loaded_only_where_a_workbook_is_read() -> None:
    code = (
        "import sys, facilitate.formats.importing.reading, facilitate.formats.importing.xlsx;"
        " print('openpyxl' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
