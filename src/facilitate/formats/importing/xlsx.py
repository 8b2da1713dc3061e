"""The sheets of an Excel workbook, as tables of texts."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from facilitate.formats.importing.headings import known_in
from facilitate.formats.importing.sheet import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    LeftOut,
    Row,
    Sheet,
    cell_words,
    places_words,
    refused,
    words_of,
)

LONGEST_WORKBOOK = 20 << 20
"""Bytes."""
LARGEST_UNPACKED = 40 << 20
"""Bytes; a small file may unpack to a huge one."""

NEED_MORE = (
    "For an Excel workbook facilitate needs one more part: pip install 'facilitate[xlsx]'"
)

_OTHER_PACKAGES = {
    "word/document.xml": "This is a Word document.",
    "ppt/presentation.xml": "These are slides.",
    "mimetype": "This is an OpenDocument or an e-book.",
    "xl/workbook.bin": "This is a workbook in Excel's binary form.",
}
_SAVE = "Save its table as .xlsx or as CSV (UTF-8), and take that."
_DAMAGED = "The workbook is damaged, or none that can be read."


def read_workbook(raw: bytes, file: str, wanted: str = "") -> Sheet:
    """The sheet of a workbook that looks most like an agenda.

    `wanted` is the name of a sheet, or its number; empty when none was asked for.

    Raises:
        Unreadable: when it is no workbook, damaged, too large, or openpyxl is not installed.
    """
    package = _package(raw, file)
    sheets = _sheets(raw, file, has_formulas=package.has_formulas)
    filled = [name for name, rows in sheets.items() if rows]
    if not filled:
        raise refused(file, "There is nothing in this workbook.")
    name = _chosen(sheets, filled, file, wanted)
    rows = sheets[name]
    others = (LeftOut(f'the sheet "{one}"', 0) for one in filled if one != name)
    return Sheet(
        what=f'the sheet "{name}" of a workbook',
        rows=tuple(_without_formulas(row) for row in rows),
        counted="row",
        said=tuple(_said(rows)),
        beside=(*others, *_hanging(package.names), *_formulas(rows)),
    )


def _said(rows: list[Row]) -> Iterator[str]:
    unknown = [row.number for row in rows if _NO_RESULT in row.cells]
    if unknown:
        where = places_words(unknown, "row")
        yield (
            f"Formulas without a stored result were read as empty ({where}); open the workbook"
            " in Excel and save it, then they have one."
        )


def _hanging(names: Sequence[str]) -> Iterator[LeftOut]:
    """What a workbook has beside its cells."""
    if any(name.startswith(("xl/comments", "xl/threadedComments")) for name in names):
        yield LeftOut("remarks that hang on cells", 0)
    if any(name.startswith(("xl/media/", "xl/charts/")) for name in names):
        yield LeftOut("pictures and charts", 0)


_NO_RESULT = "\0"
"""Stands for a formula whose result nobody has stored; no text of a cell holds it."""


def _without_formulas(row: Row) -> Row:
    return row._replace(cells=tuple("" if one == _NO_RESULT else one for one in row.cells))


def _formulas(rows: list[Row]) -> Iterator[LeftOut]:
    count = sum(row.cells.count(_NO_RESULT) for row in rows)
    if count:
        numbers = tuple(row.number for row in rows if _NO_RESULT in row.cells)
        yield LeftOut("formulas without a result", 0, numbers)


# What is in the file


class _Package(NamedTuple):
    """What is packed in a workbook."""

    names: tuple[str, ...]
    has_formulas: bool


def _package(raw: bytes, file: str) -> _Package:
    """What is packed in a workbook.

    Raises:
        Unreadable: when it is something else, or would unpack to something huge.
    """
    if len(raw) > LONGEST_WORKBOOK:
        raise refused(file, "The file is far too large for an agenda.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            found = package.infolist()
            if sum(one.file_size for one in found) > LARGEST_UNPACKED:
                raise refused(file, "The workbook unpacks to far too much for an agenda.")
            names = tuple(one.filename for one in found)
            sheets = (one for one in names if one.startswith("xl/worksheets/"))
            has_formulas = any(_FORMULA.search(package.read(one)) for one in sheets)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError):
        raise refused(file, _DAMAGED) from None
    if "xl/workbook.xml" not in names:
        other = next((said for name, said in _OTHER_PACKAGES.items() if name in names), "")
        raise refused(file, other or "This is a packed file, and no Excel workbook.", _SAVE)
    return _Package(names, has_formulas)


_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")


def _sheets(raw: bytes, file: str, *, has_formulas: bool) -> dict[str, list[Row]]:
    """The rows of each sheet that hold something, by its name.

    Raises:
        Unreadable: when the workbook is damaged, or openpyxl is not installed.
    """
    try:
        import openpyxl  # type: ignore[import-untyped] # an extra, and it ships no types
    except ModuleNotFoundError:
        raise refused(file, NEED_MORE) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it would not write again
            books = [
                openpyxl.load_workbook(
                    io.BytesIO(raw), read_only=True, data_only=is_result, keep_links=False
                )
                for is_result in ((True, False) if has_formulas else (True,))
            ]
            return dict(_of_books(books[0], books[-1]))
    except _TooLarge as large:
        raise refused(file, str(large)) from None
    except Exception:  # noqa: BLE001 - it raises whatever it stumbles upon in a damaged file
        raise refused(file, _DAMAGED, "Open it in Excel, and save it again.") from None


class _TooLarge(Exception):
    """A sheet that is no agenda; the text is told."""


def _of_books(results: Any, formulas: Any) -> Iterator[tuple[str, list[Row]]]:
    for place, sheet in enumerate(results.worksheets):
        other = formulas.worksheets[place]
        for one in (sheet, other):
            one.reset_dimensions()  # what it says of its own size need not be so
        cells = repeat(()) if other is sheet else other.iter_rows()
        yield words_of(sheet.title) or f"sheet {place + 1}", _rows(sheet, cells)


def _rows(sheet: Any, formulas: Iterable[Any]) -> list[Row]:
    """The rows of a sheet; `formulas` are the cells of each before they were computed."""
    found: list[Row] = []
    pairs = zip(sheet.iter_rows(values_only=True), formulas, strict=False)
    for number, (values, cells) in enumerate(pairs, start=1):
        texts = [_text(value) for value in values]
        for at, cell in enumerate(cells[: len(texts)]):
            if not texts[at] and cell.value is not None and cell.data_type == "f":
                texts[at] = _NO_RESULT
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > MOST_COLUMNS:
            raise _TooLarge(f"There are more than {MOST_COLUMNS} columns (row {number}).")
        if texts and len(found) == MOST_ROWS:
            raise _TooLarge(f"There are more than {MOST_ROWS} rows; an agenda has some thirty.")
        if texts:
            found.append(Row(number, tuple(texts)))
        if number > _LAST_ROW:
            break
    return found


_LAST_ROW = 1_048_576
"""Of a sheet; a damaged one may say more, and would never end."""


def _chosen(sheets: dict[str, list[Row]], filled: list[str], file: str, wanted: str) -> str:
    """The name of the sheet to take."""
    names = list(sheets)
    if not wanted:
        known = [max(known_in(row.cells) for row in sheets[name][:60]) for name in filled]
        return filled[known.index(max(known))]
    same = [name for name in names if name.casefold() == wanted.strip().casefold()]
    if same:
        return same[0]
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= len(names):
        return names[int(wanted) - 1]
    raise refused(
        file, f'There is no sheet "{wanted}" in it.', f"There are: {', '.join(names)}."
    )


# Values of cells


def _text(value: Any) -> str:
    """What a cell says, as text; times and lengths as clocks show them."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case dt.datetime():
            return f"{value:%Y-%m-%d}" if value.time() == dt.time() else _moment(value)
        case dt.date():
            return value.isoformat()
        case dt.time():
            return f"{value.replace(microsecond=0)}"
        case dt.timedelta():
            return _length(value)
        case float() if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - exact
            return str(int(value))
    text = str(value)
    if len(text) > LONGEST_CELL:
        raise _TooLarge(f"A cell has more than {LONGEST_CELL} characters.")
    return cell_words(text)


def _moment(value: dt.datetime) -> str:
    nearest = value + dt.timedelta(microseconds=500_000)  # 9:00 may be stored as 8:59:59.99
    return f"{nearest:%Y-%m-%d %H:%M:%S}"


def _length(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    if seconds < 0:
        return f"{seconds} s"
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
