"""The list of what was handed on: JSON, one export a line.

It is read as something that may be damaged anywhere, and by a version that is older than the
one that wrote it: a line that fits is taken, whatever else stands in it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from facilitate.core.exported import ListedExport
from facilitate.core.threads import ThreadKey

VERSION = 1
"""Raised only when an older program would misread a line; new keys alone do not raise it."""

_KNOWN = frozenset(
    {"v", "when", "form", "ring", "sitting", "cohort", "path", "sha256", "sealed", "lines"}
)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_AROUND = "\ufeff\0\r\t "
"""What editors, sync clients and power cuts leave around a whole line."""


class ExportList(NamedTuple):
    """What a list holds."""

    exports: tuple[ListedExport, ...] = ()
    """In the order of the file, which is that in which they were made."""
    damaged: int = 0
    """How many lines could not be read."""


def write_line(export: ListedExport) -> bytes:
    """The line of an export, in ASCII, with the line end.

    Raises:
        ValueError: when its time has no zone.
    """
    if export.when.tzinfo is None:
        raise ValueError(f"{export.when.isoformat()} has no zone")
    when = export.when.astimezone(dt.UTC).replace(tzinfo=None)
    line = {
        "v": export.version,
        "when": f"{when.isoformat(timespec='seconds')}Z",
        "form": export.form,
        "ring": export.ring,
        "sitting": export.sitting,
        "cohort": export.cohort,
        "path": export.path,
        "sha256": export.sha256,
        "sealed": export.sealed,
        "lines": [list(key) for key in export.lines],
        **{name: value for name, value in export.more if name not in _KNOWN},
    }
    return json.dumps(line, separators=(",", ":")).encode() + b"\n"


def read_list(raw: bytes) -> ExportList:
    """Everything that can be read of a list, whatever else is in it. Never raises."""
    texts = (line.strip(_AROUND) for line in raw.decode(errors="replace").split("\n"))
    found = [_read_line(text) for text in texts if text]
    exports = tuple(export for export in found if export is not None)
    return ExportList(exports, len(found) - len(exports))


def _read_line(text: str) -> ListedExport | None:
    """The export in a line; None when it is something else, or a part of one."""
    try:
        data = json.loads(text)
        return _export(data) if isinstance(data, dict) else None
    except (ValueError, RecursionError):  # errors of JSON and of times are of the first kind
        return None


def _export(data: Mapping[str, object]) -> ListedExport | None:
    match data:
        case {
            "v": int(version), "when": str(when), "form": str(form), "ring": str(ring),
            "sitting": str(sitting), "cohort": str(cohort), "path": str(path),
            "sha256": str(sha256), "sealed": bool(sealed), "lines": list(lines),
        } if version >= VERSION and _SHA256.fullmatch(sha256):  # fmt: skip
            keys = _keys(lines)
            at = dt.datetime.fromisoformat(when)
        case _:
            return None
    if keys is None or at.tzinfo is None:
        return None
    return ListedExport(
        when=at.astimezone(dt.UTC), form=form, ring=ring, sitting=sitting, cohort=cohort,
        path=path, sha256=sha256, sealed=sealed, lines=keys, version=version,
        more=tuple((name, value) for name, value in data.items() if name not in _KNOWN),
    )  # fmt: skip


def _keys(lines: Iterable[object]) -> tuple[ThreadKey, ...] | None:
    """The lines that were in it; None when any of them cannot be told."""
    keys = []
    for line in lines:
        match line:
            case [str(sitting), str(name), int(twin), *_]:
                keys.append(ThreadKey(sitting, name, twin))
            case _:
                return None
    return tuple(keys)
