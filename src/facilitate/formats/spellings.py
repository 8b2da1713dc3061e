"""How words may stand in a file, whatever the file is: for finding them wherever they are."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from facilitate.core.capture_line import meaning
from facilitate.formats.export.markdown_lines import escaped


class Sought(NamedTuple):
    """What finds some texts in the bytes of a file."""

    pattern: re.Pattern[bytes]
    longest: int
    """So many bytes a finding has at most."""


def sought(texts: Iterable[str], least: int) -> Sought | None:
    """What finds any of these texts; None when there is none to be looked for.

    Texts with fewer than `least` characters are left out: they stand in many places that have
    nothing to do with them.
    """
    found = {one for text in texts if len(text) >= least for one in _spellings(text)}
    if not found:
        return None
    long_first = sorted(found, key=lambda one: (-len(one), one))
    return Sought(re.compile(b"|".join(map(re.escape, long_first))), len(long_first[0]))


def _spellings(text: str) -> Iterator[bytes]:
    for form in ("NFC", "NFD"):
        whole = unicodedata.normalize(form, text)
        for one in (whole, *filter(None, [_meaning(whole)])):
            yield from (spelled.encode(errors="replace") for spelled in _escapes(one))
            yield one.encode("utf-16-le", errors="replace")
            yield one.encode("utf-16-be", errors="replace")


def _meaning(text: str) -> str:
    """What a term means, where that is long enough to be told from other words.

    On a page it is parted from what the term is called.
    """
    means = meaning(text)
    return means if len(means) >= _TELLING else ""


_TELLING = 16


def _escapes(text: str) -> Iterator[str]:
    """As it is, and as it stands in JSON, TOML, Markdown, HTML, XML, CSV and iCalendar."""
    yield text
    yield escaped(text)
    yield json.dumps(text, ensure_ascii=False)[1:-1]
    yield json.dumps(text)[1:-1]
    yield html.escape(text)
    yield html.escape(text, quote=False)
    yield text.replace('"', '""')
    yield re.sub(r"([\\;,])", r"\\\1", text)
