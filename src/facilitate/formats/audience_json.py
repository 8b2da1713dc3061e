"""What the group's window shows, as one small file between two programs of this machine.

It is written for the moment and never kept. It is read as something that anybody could have
written: whatever is not as it should be gives nothing, and nothing in it steers a terminal.
"""

from __future__ import annotations

import json
import re

from facilitate.core.audience import AudienceLine, AudienceView
from facilitate.formats.characters import printable

VERSION = 1
MOST_LINES = 500
"""Of either kind; more than a group makes in a day. The newest stay."""
TITLE, TEXT = 300, 2_000
"""How long a title and any other text may be, in characters."""

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
_SURROGATES = re.compile("[\ud800-\udfff]")


class _Wrong(ValueError):
    """It is no view."""


def write_audience(view: AudienceView) -> bytes:
    """The view as JSON in ASCII."""
    return json.dumps({"v": VERSION, **view._asdict()}).encode()


def read_audience(raw: bytes) -> AudienceView | None:
    """The view in a file; None for half a file, another version, or anything else."""
    try:
        return _view(json.loads(raw))
    except (ValueError, RecursionError):  # Unicode and JSON errors are of the first kind
        return None


def _view(data: object) -> AudienceView:
    version = data.get("v") if isinstance(data, dict) else None
    if not isinstance(data, dict) or type(version) is not int or version != VERSION:
        raise _Wrong
    return AudienceView(
        title=_text(data.get("title"), TITLE),
        now=_text(data.get("now"), TITLE),
        back_at=_clock(data.get("back_at")),
        prompt="\n".join(_text(line, TEXT) for line in _prompt(data.get("prompt"))),
        agreements=_lines(data.get("agreements")),
        terms=_lines(data.get("terms")),
    )


def _text(value: object, most: int) -> str:
    if not isinstance(value, str):
        raise _Wrong
    return _SURROGATES.sub("", printable(value)).strip()[:most]


def _prompt(value: object) -> list[str]:
    """The lines of a prompt, which a chat post may have several of."""
    if not isinstance(value, str):
        raise _Wrong
    return value[:TEXT].strip().splitlines()


def _clock(value: object) -> str:
    clock = _text(value, TITLE)
    if clock and not _CLOCK.fullmatch(clock):
        raise _Wrong
    return clock


def _lines(value: object) -> tuple[AudienceLine, ...]:
    if not isinstance(value, list):
        raise _Wrong
    return tuple(_line(one) for one in value[-MOST_LINES:])


def _line(value: object) -> AudienceLine:
    match value:
        case [name, text]:
            return AudienceLine(name=_text(name, TITLE), text=_text(text, TEXT))
        case _:
            raise _Wrong
