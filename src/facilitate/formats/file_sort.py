"""Which sort of file the bytes of a TOML file are."""

from __future__ import annotations

import tomllib
from typing import Literal

from facilitate.formats.toml_reading import decoded
from facilitate.formats.toml_statements import statements
from facilitate.formats.wording import closest

FileSort = Literal["agenda", "programme", "other", "unclear"]
"""`other` says something else; `unclear` is empty, or no TOML and without a header of ours."""

_PROGRAMME, _RECORD = "programme", "sitting"
_OF_AGENDAS = frozenset({"session", "segment", "objective"})


def sort_of(raw: bytes, file: str) -> FileSort:
    """What a file is, told by its headers, whatever else is wrong with it.

    Args:
        raw: the whole file.
        file: its name as the user gave it.

    Raises:
        Unreadable: when the bytes are not text in UTF-8.
    """
    text = decoded(raw, file).replace("\r\n", "\n")
    found = statements(text, sound=False)
    headers = {one.key[0] for one in found if one.kind in {"table", "tables"} and one.key}
    ours = headers & _OF_AGENDAS
    if _PROGRAMME in headers or (ours and any(closest(one, (_PROGRAMME,)) for one in headers)):
        return "programme"
    if ours and not (_RECORD in headers and "session" not in headers):
        return "agenda"
    return "other" if _says_something(text) else "unclear"


def _says_something(text: str) -> bool:
    try:
        return bool(tomllib.loads(text))
    except (ValueError, RecursionError):
        return False
