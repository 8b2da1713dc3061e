"""The list of exports: written, read back, damaged, and of a later version."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.core.exported import ListedExport
from facilitate.core.threads import ThreadKey
from facilitate.formats.export_list import ExportList, read_list, write_line

SUM = "0123456789abcdef" * 4
WHEN = dt.datetime(2026, 11, 22, 17, 0, 5, tzinfo=dt.UTC)
LISTED = ListedExport(
    when=WHEN,
    form="docx",
    ring="cohort",
    sitting="2026-11-22-circles-1-ab3d",
    cohort="circles",
    path="/home/a/Zuhören [b]\n.docx",
    sha256=SUM,
    sealed=True,
    lines=(
        ThreadKey("2026-10-20-circles-0-7q2m", "A1"),
        ThreadKey("2026-11-22-circles-1-ab3d", "A1", 1),
    ),
)


def line(**changes: object) -> bytes:
    return json.dumps({**json.loads(write_line(LISTED)), **changes}).encode() + b"\n"


def test_a_line_is_ascii_and_never_changes_its_form() -> None:
    assert write_line(LISTED) == (
        b'{"v":1,"when":"2026-11-22T17:00:05Z","form":"docx","ring":"cohort",'
        b'"sitting":"2026-11-22-circles-1-ab3d","cohort":"circles",'
        b'"path":"/home/a/Zuh\\u00f6ren [b]\\n.docx","sha256":"' + SUM.encode() + b'",'
        b'"sealed":true,"lines":[["2026-10-20-circles-0-7q2m","A1",0],'
        b'["2026-11-22-circles-1-ab3d","A1",1]]}\n'
    )


def test_what_was_written_is_read_back() -> None:
    other = LISTED._replace(path="-", sealed=False, lines=())
    assert read_list(write_line(LISTED) + write_line(other)) == ExportList((LISTED, other))
    assert read_list(b"") == ExportList()


def test_a_name_that_is_no_text_is_read_back() -> None:
    odd = LISTED._replace(path="/home/\udcff")
    assert read_list(write_line(odd)).exports == (odd,)


def test_times_are_those_of_no_zone_but_utc() -> None:
    east = WHEN.astimezone(dt.timezone(dt.timedelta(hours=9, minutes=30)))
    assert write_line(LISTED._replace(when=east)) == write_line(LISTED)
    found = read_list(line(when="2026-11-22T18:00:05+01:00")).exports
    assert [one.when for one in found] == [WHEN]
    with pytest.raises(ValueError, match="no zone"):
        write_line(LISTED._replace(when=WHEN.replace(tzinfo=None)))


def test_what_a_later_version_knows_stays_on_its_line() -> None:
    raw = line(v=2, form="pdf", recalled={"by": ["mail", 3]}, note=None)
    (found,) = read_list(raw).exports
    assert (found.version, found.form) == (2, "pdf")
    assert found.more == (("recalled", {"by": ["mail", 3]}), ("note", None))
    assert json.loads(write_line(found)) == json.loads(raw)


def test_keys_of_its_own_cannot_be_replaced_by_others() -> None:
    odd = LISTED._replace(more=(("path", "elsewhere"),))
    assert write_line(odd) == write_line(LISTED)


@pytest.mark.parametrize(
    "damaged",
    [
        b"not a line\n",
        b"[]\n",
        b"{}\n",
        b'"text"\n',
        b"[" * 100_000 + b"\n",
        write_line(LISTED)[:-20] + b"\n",
        write_line(LISTED)[10:],
        line(v=0),
        line(v="1"),
        line(when="yesterday"),
        line(when="2026-11-22T17:00:05"),
        line(form=1),
        line(path=None),
        line(sha256="0123"),
        line(sha256=SUM.upper()),
        line(sealed="no"),
        line(lines="A1"),
        line(lines=["A1"]),
        line(lines=[["2026-11-22-circles-1-ab3d"]]),
        line(lines=[["2026-11-22-circles-1-ab3d", "A1", "0"]]),
        b"\xff\xfe\x00\n",
    ],
    ids=range(21),
)
def test_a_damaged_line_is_counted_and_hides_no_other(damaged: bytes) -> None:
    other = LISTED._replace(form="md")
    found = read_list(write_line(LISTED) + damaged + write_line(other))
    assert found == ExportList((LISTED, other), 1)


def test_what_editors_and_power_cuts_leave_around_lines_plays_no_part() -> None:
    text = write_line(LISTED)
    raw = b"\xef\xbb\xbf" + text[:-1] + b"\r\n\n  \n\0\0" + text + b"\0\0\0"
    assert read_list(raw) == ExportList((LISTED, LISTED))


@given(st.binary(max_size=200), st.integers(0, 300))
def test_whatever_stands_in_it_is_read_past(noise: bytes, at: int) -> None:
    raw = write_line(LISTED) + write_line(LISTED)
    assert len(read_list(raw[:at] + noise + raw[at:]).exports) <= 2 + noise.count(b"\n")
    assert LISTED in read_list(raw + b"\n" + noise).exports


def test_its_repr_names_no_path() -> None:
    assert repr(LISTED) == "<ListedExport docx of 2026-11-22-circles-1-ab3d>"
