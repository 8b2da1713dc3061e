"""Clock times as people write them in a file: "09:00", "9:00 AM", "9:00am"."""

from __future__ import annotations

import datetime as dt
import re

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?:\s*([ap])\.?m\.?)?", re.ASCII | re.IGNORECASE)
_NOON = 12


def clock_time(text: str) -> dt.time | None:
    """The wall time that the text says, to the minute; None when it is no clock time."""
    # A phone writes a narrow no-break space before AM, which ASCII matching does not skip.
    written = _CLOCK.fullmatch(re.sub("[\xa0\u2009\u202f]", " ", text).strip())
    if written is None:
        return None
    hour, minute, half = int(written[1]), int(written[2]), written[3]
    if half is not None:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half in "pP" else 0)
    try:
        return dt.time(hour, minute)
    except ValueError:
        return None


def clock_text(time: dt.time) -> str:
    """The time as it stands in files: `09:00`."""
    return time.strftime("%H:%M")
