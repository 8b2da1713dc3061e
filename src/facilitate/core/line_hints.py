"""Hints beside a line that is being typed. They never block, change or keep anything.

A hint says what might identify someone who is not in the room to be asked. It looks at the
form of the words only, so it can be wrong, and it is worded as what it saw and not as a fault.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from facilitate.core.capture_line import label

HAS_ADDRESS = "has an e-mail address"
HAS_PHONE = "has a phone number"
TELLS_CLIENT = "tells of a client"
TELLS_AGE = "tells an age"
NAMES_SPEAKER = "names who said it"


def hints(text: str) -> tuple[str, ...]:
    """What in `text` may identify someone, in this order: address, phone, client, age, name.

    Each is the rest of a sentence about the line; empty when nothing was seen.
    """
    found = [hint for hint, pattern in _SEEN if pattern.search(text)]
    return (*found, NAMES_SPEAKER) if _names_speaker(text) else tuple(found)


# What is seen


_ADDRESS = re.compile(r"(?<![\w.+%-])[\w.+%-]++@[\w-][\w.-]*\.[^\W\d_]")
"""Looks from the beginning of a word only: a long one without `@` is gone through once."""

_PHONE = re.compile(
    r"""(?<![\w.,/+-])                     # not in the middle of a number, a time or a link
    (?!\d\d[./-]\d\d[./-]\d{4}(?!\d))      # a day: 01.03.2027
    (?![0-5]++(?![ .()/-]{1,2}\d|\d))      # a tally: fist to five, one digit a person
    (?: \+ (?:[ ().-]?\d){7,15}            # with the code of a country
      | \(? 0\d (?:[ ()./-]{0,2}\d){7,13}  # as dialled within most countries
      | (?:1[ .-]?)? (?:\([2-9]\d\d\)[ ]? | [2-9]\d\d[ .-]?) [2-9]\d\d[ .-]?\d{4}
      | [2-9]\d\d[.-]\d{4}                 # without the code of an area
    ) (?![\d/:])""",
    re.VERBOSE,
)

_CLIENT = re.compile(
    r"""\b(?:
      (?:my|our)\s(?:[\w-]+\s)? (?:client|patient|student|supervisee)
      | my\s(?:mom|mum|dad)\sat
      | my\sfamil(?:y['\u2019]s|ies)
      | one\sof\s(?:my|our)\s(?:[\w-]+\s)? (?:clients|patients|students|supervisees
        | families | moms | mums | dads | parents | kids | babies)
      | (?:client|patient|student|supervisee|family|mom|mum)\sof\s(?:mine|ours)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)

_COUNT = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|half)"
)
_AGE = re.compile(
    rf"""\b(?:
      {_COUNT}[\s-]{{1,2}}(?:year|month|week|day)s?[\s-]{{1,2}}olds?(?!-)
      | \d{{1,2}}\s?y/?o
      | aged?\s(?:of\s)?{_COUNT}
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)

_SEEN = (
    (HAS_ADDRESS, _ADDRESS),
    (HAS_PHONE, _PHONE),
    (TELLS_CLIENT, _CLIENT),
    (TELLS_AGE, _AGE),
)

# Someone speaking

_SPOKE = re.compile(r"\s(?:said|says|told\s(?:us|me))\b")
_NO_NAMES = frozenset(
    """
    i we you he she it they who what that this which these those one both all some many most
    few none others nobody somebody someone anybody anyone everybody everyone nothing something
    everything people folks parents families children moms mums mom mum dad grandma grandpa
    grandmother grandfather elder elders ancestors participant participants facilitator
    facilitators supervisor supervisors staff leaders leadership management colleagues team
    group research science tradition history policy law body silence enough well easier never
    having being not is as when zoom
    """.split()  # noqa: SIM905 - a list of quoted words is harder to read
)
"""Words that begin a sentence before `said` and name nobody."""
_AROUND = "\"'\u2018\u2019\u201c\u201d\xab\xbb()[],;:.*_"


def _names_speaker(text: str) -> bool:
    return any(_is_name(_word_before(text, spoke.start())) for spoke in _SPOKE.finditer(text))


def _word_before(text: str, end: int) -> str:
    """The word that ends there, without the signs around it."""
    return text[text.rfind(" ", 0, end) + 1 : end].strip(_AROUND)


def _is_name(word: str) -> bool:
    """Whether it is written as a name is, and is no common word or a short form of one."""
    folded = word.casefold().replace("\u2019", "'")
    return word[:1].isupper() and folded not in _NO_NAMES and not folded.endswith("'s")


# The same term


_SIGNS = re.compile(
    r"[!-/:-@\[-`{-~\u00a1\u00a7\u00ab\u00b6\u00b7\u00bb\u00bf\u2010-\u2027\u2030-\u205e"
    r"\u3001-\u3003\u3008-\u3011]"
)
"""Punctuation; the marks that many scripts write vowels with are none."""
_PLURAL = re.compile(r"(?:(?<=ss)e|(?<=[sc]h)e|(?<=[xz])e|(?<=[^s]))s\Z")


def same_term(text: str, terms: Iterable[tuple[str, str]]) -> str | None:
    """The name of the first of `terms` that is the same word as `text`; None when none is.

    The terms are a name such as `T3` and a text each. The labels are compared, without case,
    punctuation, spaces and a plural s.
    """
    known = list(terms)
    first, *bare = _bare([label(text), *[label(term) for _, term in known]])
    if not first:
        return None
    wanted = _PLURAL.sub("", first)
    for (name, _), word in zip(known, bare, strict=True):
        if word[0:1] == first[0] and _PLURAL.sub("", word) == wanted:
            return name
    return None


def _bare(labels: list[str]) -> list[str]:
    """Without case, spaces and punctuation; all at once, because this happens at every key."""
    lines = "\n".join([one.replace("\n", " ") for one in labels])
    folded = unicodedata.normalize("NFKC", lines).casefold().replace(" ", "")
    return _SIGNS.sub("", folded).split("\n")
