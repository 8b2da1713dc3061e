"""What sort of file it is, and the agenda that it comes to."""

from __future__ import annotations

import re

from facilitate.formats.importing.csv_table import read_csv
from facilitate.formats.importing.decoding import decoded
from facilitate.formats.importing.draft import Draft, Wanted, drafted
from facilitate.formats.importing.markdown_table import holds_a_table, read_markdown
from facilitate.formats.importing.sheet import Sheet, refused

_PACKED = b"PK"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_OTHERS = (
    (re.compile(r"%PDF"), "This is a PDF.", "Take the file that it was made from."),
    (re.compile(r"\{\\rtf"), "This is a text of a word processor.", "Save its table as CSV."),
    (
        re.compile(r"<(?:!doctype|html|table|\?xml)\b", re.IGNORECASE),
        "This is a web page.",
        "Copy its table into a spreadsheet, and save that as CSV.",
    ),
    (
        re.compile(r"(?:[^\n]*\n){0,200}?[ \t]*\[[ \t]*(?:session|programme)[ \t]*\]"),
        "This is an agenda or a programme already.",
        "facilitate check tells what there is to mend in it.",
    ),
)


def read(raw: bytes, file: str, wanted: Wanted, name: str) -> Draft:
    """The agenda that the bytes of a file come to.

    Args:
        raw: the whole file.
        file: its name as the user gave it; one that ends in .json is taken for a project.
        wanted: what someone says of it.
        name: what the agenda is called where the file has no title for it.

    Raises:
        Unreadable: when it comes to none; the problem says why.
    """
    try:
        return drafted(sheet_of(raw, file, wanted.sheet), wanted, file, name)
    except RecursionError:
        raise refused(file, "It is nested too deeply.", "Is it the file you meant?") from None


def sheet_of(raw: bytes, file: str, wanted: str = "") -> Sheet:
    """The table in the bytes of a file; `wanted` names one where there are several.

    Raises:
        Unreadable: when there is none.
    """
    if raw.startswith(_PACKED):
        from facilitate.formats.importing.xlsx import read_workbook  # most files are text

        return read_workbook(raw, file, wanted)
    if raw.startswith(_OLD_OFFICE):
        raise refused(
            file,
            "This is a workbook in Excel's old form, or one with a password.",
            "Save it as .xlsx without a password.",
        )
    text, said = decoded(raw, file)
    head = text.lstrip()
    if not head:
        raise refused(file, "There is nothing in this file.")
    for pattern, message, hint in _OTHERS:
        if pattern.match(head):
            raise refused(file, message, hint)
    if head.startswith("{") or file.lower().endswith(".json"):
        from facilitate.formats.importing.ontime_project import read_project

        return read_project(text, file, said, wanted)
    if holds_a_table(text):
        return read_markdown(text, file, said, wanted)
    return read_csv(text, file, said)
