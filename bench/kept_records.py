"""Records that nobody made, as many as one likes: the same ones in every run.

Their bytes are put together as the real writer would write them, which takes too long here.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

_PLAIN = """
    the to and of a in what it is for that with not who as on say when go one each ask
    time they how wait hear room word care said our hold speak before back voice name slow
    first begin story circle listen repair stay leave learn hand heart together kind quiet
    question answer work team share trust harm pause breathe river table window paper chair
    early late morning evening again always never often small large open close near far new
    old warm cold light dark line page song bread water stone house garden bridge road
    practice notice wonder remember forget carry offer welcome thank invite choose decide
    change grow rest move stand sit walk turn look see feel think know need want help learn
    teach write read draw sing play cook build mend plant gather meet call visit family child
    elder neighbour friend stranger colleague group cohort partner guest host leader member
"""
PLAIN = list(dict.fromkeys(_PLAIN.split()))
"""The commonest first; the rarer ones are made of two of these, and begin like none."""

ALL_OF_US = "we"
"""Stands in nearly every line."""

BEGAN = dt.date(2016, 1, 4)
SITTINGS = 20
"""Of a cohort; each carries some lines of the one before it."""

_KINDS = (("A", "agreement", "in force"), ("T", "term", "shared"), ("Q", "question", "open"))


class Size(NamedTuple):
    """How many records, and how many lines each of them has."""

    records: int
    lines: int


def vocabulary() -> list[str]:
    """Every word, the commonest first."""
    rare = (one[::-1] + other for one in PLAIN for other in PLAIN[40:70])
    return [*PLAIN, *rare]


def write_records(root: Path, size: Size) -> None:
    """Write so many records into folders below a root that is not there yet."""
    chance = Random(2016)
    words = _Words(chance)
    for n in range(size.records):
        day = BEGAN + dt.timedelta(days=n * 3)
        sitting = _sitting(n, day)
        folder = root / str(day.year) / sitting
        folder.mkdir(parents=True)
        lines = list(_lines(n, size, words, chance))
        (folder / "record.toml").write_text(_record(sitting, n, day, size, lines), "utf-8")
        (folder / "record.md").write_text(_page(sitting, lines), "utf-8")
        (folder / "manifest.toml").write_text("manifest = 1\n\n[sha256]\n", "utf-8")


class _Line(NamedTuple):
    name: str
    kind: str
    state: str
    text: str
    made: str


class _Words:
    """Words as people use them: few of them nearly always, most of them hardly ever."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._all = vocabulary()
        self._spread = list(
            itertools.accumulate(1 / rank for rank in range(2, len(self._all) + 2))
        )

    def some(self, count: int) -> str:
        return " ".join(self._chance.choices(self._all, cum_weights=self._spread, k=count))


def _sitting(n: int, day: dt.date) -> str:
    return f"{day}-circle-{n % SITTINGS}-{n:04x}"


def _lines(n: int, size: Size, words: _Words, chance: Random) -> Iterator[_Line]:
    """The lines of one sitting: one of five was made in the one before it."""
    before = _sitting(n - 1, BEGAN + dt.timedelta(days=(n - 1) * 3)) if n % SITTINGS else ""
    for place in range(size.lines):
        carried = bool(before) and place < size.lines // 5
        number = (n % SITTINGS - carried) * size.lines + place + 1
        letter, kind, state = _KINDS[place % len(_KINDS)]
        begins = ALL_OF_US if chance.random() < 0.96 else "they"  # noqa: PLR2004
        meaning = f"{words.some(1)} = " if kind == "term" else ""
        text = f"{meaning}{begins} {words.some(chance.randint(4, 14))}"
        yield _Line(f"{letter}{number}", kind, state, text, before if carried else "")


def _record(sitting: str, n: int, day: dt.date, size: Size, lines: list[_Line]) -> str:
    cohort, last = n // SITTINGS, (n % SITTINGS + 1) * size.lines
    head = (
        "# The record of one sitting. Times are those of the clocks in its timezone.\n"
        f'record = 1\n\n[sitting]\nid = "{sitting}"\ntitle = "Circles {cohort}"\n'
        f'subtitle = "Sitting {n % SITTINGS + 1}"\ndate = {day}\ntimezone = "Europe/Berlin"\n'
        f'cohort = "cohort-{cohort:03}"\nprogramme = "circles"\nplace = "online"\n'
        f"started = {day} 17:00:00+01:00\nended = {day} 18:30:00+01:00\n"
        f'last_number = {last}\napp = "0.1.0"\nrevision = 1\nnotes_kept = true\n'
    )
    return head + "".join(map(_entry, lines))


def _entry(line: _Line) -> str:
    carried = f'origin = "carried"\ncarried_from = "{line.made}"\n' if line.made else ""
    told = f'\n[[entry.earlier]]\ntext = "{line.text[::-1]}"\n' if line.name[-1] == "5" else ""
    return (
        f'\n[[entry]]\nid = "{line.name}"\nkind = "{line.kind}"\nstate = "{line.state}"\n'
        f'ring = "cohort"\ntext = "{line.text}"\n{carried}{told}'
    )


def _page(sitting: str, lines: list[_Line]) -> str:
    return f"# {sitting}\n\n" + "".join(f"- **{line.name}** {line.text}\n" for line in lines)
