"""What someone looks for in the archive, and what is found."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import NamedTuple

from facilitate.core.agenda import CaptureKind
from facilitate.core.capture_line import clean
from facilitate.core.captures import Facet
from facilitate.core.threads import Step, ThreadKey


class Query(NamedTuple):
    """What is looked for; everything that is given must hold of a line's latest step."""

    words: str = ""
    """Every word, or its beginning, stands in the line or what was told of it; also in words
    that it had before. Empty finds all lines."""
    kind: CaptureKind | None = None
    state: str = ""
    """As in a record: `in force`; empty for any, as in all that follow."""
    cohort: str = ""
    programme: str = ""
    since: dt.date | None = None
    """The sitting that worked with it last was on that day, or later."""
    facet: Facet | None = None
    lineage: bool = False
    """Whether it has to say what it stands on."""


class Hit(NamedTuple):
    """A line that was found."""

    key: ThreadKey
    step: Step
    """How the sitting that worked with it last left it."""

    def __repr__(self) -> str:
        """What it is, without what people said."""
        return f"<Hit {self.key.name}>"


class Hits(NamedTuple):
    """What was found: each line once, the best first, or the newest."""

    hits: tuple[Hit, ...] = ()
    more: bool = False
    """Whether there are more of them than were asked for."""
    newest_first: bool = True
    """Whether they stand by date: without words, and when words are in so many lines that
    none of them fits better than another."""
    said: str = ""
    """What someone should know of the words that were looked for; empty when there is
    nothing to say."""


# Words


class Sought(NamedTuple):
    """What stands in the words of a query."""

    beginnings: tuple[str, ...] = ()
    """Words that begin like one of these, all of them, wherever they stand."""
    parts: tuple[str, ...] = ()
    """Words in scripts that write none of them apart: they may stand inside of others."""
    said: str = ""
    """As in `Hits`."""

    @property
    def is_nothing(self) -> bool:
        """Whether there is no word to look for."""
        return not (self.beginnings or self.parts)


MOST_WORDS = 32
"""So many words of a query are looked for; whoever pastes a page finds nothing by the rest."""

NO_WORDS = "There is no letter and no digit in that, so nothing can be looked for."
TOO_MANY = f"Only the first {MOST_WORDS} words were looked for."

_JOINED_UP = re.compile(
    "["
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana and its marks
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "]"
)
"""Letters of scripts that put no spaces between words."""


def sought(words: str) -> Sought:
    """What to look for when someone asks for words; every word once, in their order.

    Words are split where the index splits them: at everything that is no letter, no digit and
    no mark of a letter.
    """
    found = dict.fromkeys(_split(clean(words)))
    if not found:
        return Sought(said=NO_WORDS if words.strip() else "")
    kept = list(found)[:MOST_WORDS]
    return Sought(
        beginnings=tuple(word for word in kept if not _JOINED_UP.search(word)),
        parts=tuple(word for word in kept if _JOINED_UP.search(word)),
        said=TOO_MANY if len(found) > MOST_WORDS else "",
    )


def _split(text: str) -> list[str]:
    return "".join(sign if _is_in_a_word(sign) else " " for sign in text).split()


def _is_in_a_word(sign: str) -> bool:
    return (sign.isascii() and sign.isalnum()) or unicodedata.category(sign) in _IN_WORDS


_IN_WORDS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Co", "Mn", "Mc"})
"""Categories of letters, digits, private characters and marks that are written with letters."""
