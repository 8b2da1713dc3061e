"""Scales of consent, and tallies of them: how many, never who, in what order or when.

```
9/3/2          counts in the order of the labels, best first
555443         a digit a voice
5x9 4x3 2      key, x, how many; a bare key is one voice
u12 s2 d1      after a letter the x may be left out
=              no objection heard
```
At the end of any of them may stand `p2`, two passed, and `of 15`, so many were in the room.

What is said about a tally is whom to hear first. It is no average, no verdict, and no advice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Scale(NamedTuple):
    """A way to show how far one can go along with something."""

    name: str
    """As people say it: `fist to five`."""
    labels: tuple[str, ...]
    """What a voice can say, best first; empty where only objections are asked for."""
    keys: tuple[str, ...]
    """How one voice is typed, one for each label: a digit or a lower-case letter."""
    hear: int
    """How many of the lowest labels ask to be heard first; less than there are labels, or 0."""


class Tally(NamedTuple):
    """What a group showed at one time, as far as someone typed it."""

    counts: tuple[int, ...]
    """One for each label of the scale, best first; empty when no objection was heard."""
    passes: int = 0
    present: int | None = None
    """How many were in the room; None when it was not typed."""
    no_objection: bool = False

    def __repr__(self) -> str:
        """What it is, without what people showed."""
        return "<Tally>"

    @property
    def total(self) -> int:
        """How many voices are counted, without those who passed."""
        return sum(self.counts)


MOST_LABELS = 9
"""So many labels can be typed as one digit each."""


def own_scale(name: str, labels: Sequence[str], hear: int = 1) -> Scale:
    """A scale of a team's own; its keys count down to 1. Two to nine labels, best first."""
    keys = tuple(str(place) for place in range(len(labels), 0, -1))
    return Scale(name=name, labels=tuple(labels), keys=keys, hear=hear)


_THUMBS = Scale("thumbs", ("up", "to the side", "down"), ("u", "s", "d"), hear=2)
_FIST = Scale("fist to five", tuple("543210"), tuple("543210"), hear=3)
_GRADIENTS = own_scale(
    "gradients",
    ("gladly", "yes", "yes with a worry", "mixed feelings", "rather not", "no"),
    hear=3,
)
_OBJECTION = Scale("no objection", labels=(), keys=(), hear=0)

SCALES: Mapping[str, Scale] = {
    "thumbs": _THUMBS,
    "fist": _FIST,
    "gradients": _GRADIENTS,
    "objection": _OBJECTION,
}
"""The scales that everyone has, by the short word that chooses them in the settings."""

DEFAULT_METHOD = "fist"
"""The scale in `SCALES` of a team that chose none."""


# Patterns are texts here and compiled at the first tally: most starts never see one.

MOST = 9_999
"""No count goes further, typed or added up."""
_NUMBER = "[0-9]{1,4}"
_LINE = f"(.+?)((?: (?:p|of ?){_NUMBER}){{0,2}})"
_ENDING = f"(p|of) ?({_NUMBER})"
_VOICES = f"(.)(?:(?:[x×*]|(?<=[a-z]))({_NUMBER}))?"  # noqa: RUF001 # a sign people type


def read_tally(text: str, scale: Scale) -> Tally | None:
    """The tally that `text` is; None when it is none of that scale, or cannot be so.

    Case and surrounding white space do not matter, nor the order of `p2` and `of 15`. More
    voices and passes than people in the room cannot be. Never raises.
    """
    tally = _typed(text, scale)
    return None if tally is None or _uncounted(tally) < 0 else tally


def trouble_words(text: str, scale: Scale) -> str:
    """Why a typed tally cannot be, as `11 showed something; 9 were in the room.` does.

    Empty when it can be, and when `text` is no tally of that scale at all.
    """
    tally = _typed(text, scale)
    if tally is None or _uncounted(tally) >= 0:
        return ""
    did = ((tally.total, "showed something"), (tally.passes, "passed"))
    told = " and ".join(f"{count} {what}" for count, what in did if count)
    return f"{told}; {tally.present} {'was' if tally.present == 1 else 'were'} in the room."


def _typed(text: str, scale: Scale) -> Tally | None:
    """The tally that `text` is, whether or not so many were in the room."""
    found = re.fullmatch(_LINE, " ".join(text.lower().split()))
    if found is None:
        return None
    form, endings = found[1], re.findall(_ENDING, found[2])
    told = {word: int(number) for word, number in endings}
    counts = () if form == "=" else _counts(form, scale)
    if counts is None or len(told) < len(endings):
        return None
    return Tally(counts, told.get("p", 0), told.get("of"), no_objection=form == "=")


def _counts(form: str, scale: Scale) -> tuple[int, ...] | None:
    if "/" in form:
        return _in_order(form.split("/"), len(scale.labels))
    voices = _by_key(form, scale.keys)
    return tuple(voices[key] for key in scale.keys) if voices else None


def _in_order(numbers: list[str], places: int) -> tuple[int, ...] | None:
    if len(numbers) > places or not all(re.fullmatch(_NUMBER, n) for n in numbers):
        return None
    return (*map(int, numbers), *[0] * (places - len(numbers)))


def _by_key(form: str, keys: tuple[str, ...]) -> Counter[str] | None:
    if form in keys:
        return None  # a lone key may be anything; one voice is typed as `5x1`
    voices: Counter[str] = Counter()
    for word in form if form.isdecimal() else form.split(" "):
        found = re.fullmatch(_VOICES, word)
        if found is None or found[1] not in keys:
            return None
        voices[found[1]] += int(found[2] or 1)
    return voices if max(voices.values()) <= MOST else None


def asks_to_be_heard(tally: Tally, scale: Scale) -> bool:
    """Whether anyone showed one of the lowest labels."""
    return any(_lowest(tally, scale))


def tally_words(tally: Tally, scale: Scale) -> str:
    """Whom to hear first, who passed, who is not counted: `two below three: hear them first`.

    Numbers up to twelve are words. Says nothing about what was decided.
    """
    told = [_NO_OBJECTION if tally.no_objection else _low_words(tally, scale)]
    if tally.passes:
        told.append(f"{_number(tally.passes)} passed, and passing is not consent")
    if not tally.no_objection and _uncounted(tally) > 0:
        told.append(f"{_number(_uncounted(tally))} not counted")
    return "; ".join(told)


def written_tally(tally: Tally, scale: Scale) -> str:
    """The labels that were shown, best first, with their counts: `5: 9, 4: 3, 2: 1`."""
    if tally.no_objection:
        return _NO_OBJECTION
    pairs = zip(scale.labels, tally.counts, strict=False)
    return ", ".join(f"{label}: {count}" for label, count in pairs if count) or _NO_VOICES


_NO_OBJECTION = "no objection heard"
_NO_VOICES = "no voices counted"
_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def _low_words(tally: Tally, scale: Scale) -> str:
    """Who is low; where nothing on the scale asks to be heard, only how many voices."""
    if not tally.total:
        return _NO_VOICES
    if not _low_labels(scale):
        return f"{_number(tally.total)} {'voice' if tally.total == 1 else 'voices'}"
    if not asks_to_be_heard(tally, scale):
        return f"no one {_low_place(scale)}"
    return f"{_who_is_low(tally, scale)}: hear them first"


def _who_is_low(tally: Tally, scale: Scale) -> str:
    lowest = _lowest(tally, scale)
    if not _is(scale, _THUMBS):
        return f"{_number(sum(lowest))} {_low_place(scale)}"
    pairs = zip(_low_labels(scale), lowest, strict=False)
    return ", ".join(f"{_number(count)} {label}" for label, count in pairs if count)


def _low_place(scale: Scale) -> str:
    """How people say where the lowest labels are, after a number or "no one"."""
    labels = _low_labels(scale)
    if _is(scale, _FIST):
        return "below three"
    if _is(scale, _THUMBS):
        return " or ".join(labels)
    return f"at '{labels[0]}' or lower" if len(labels) > 1 else f"at '{labels[0]}'"


def _is(scale: Scale, known: Scale) -> bool:
    """Whether it is that scale, by whatever name a journal has it."""
    return (scale.labels, scale.hear) == (known.labels, known.hear)


def _low_labels(scale: Scale) -> tuple[str, ...]:
    return scale.labels[len(scale.labels) - scale.hear :]


def _lowest(tally: Tally, scale: Scale) -> tuple[int, ...]:
    """The counts of the labels that ask to be heard first."""
    return tally.counts[len(scale.labels) - scale.hear :]


def _uncounted(tally: Tally) -> int:
    """People in the room who neither showed anything nor passed; negative cannot be."""
    if tally.present is None:
        return 0
    return tally.present - tally.total - tally.passes


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
