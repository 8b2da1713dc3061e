"""The parts of an agenda out of the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from facilitate.core.agenda import Objective, Segment
from facilitate.core.capture_line import clean
from facilitate.formats.importing.headings import Field
from facilitate.formats.importing.kinds import KINDS, Guess, kind_in, kind_of
from facilitate.formats.importing.ledger import Ledger
from facilitate.formats.importing.people import Team
from facilitate.formats.importing.rows import Part
from facilitate.formats.importing.sheet import places_words
from facilitate.formats.importing.time_texts import length_of
from facilitate.formats.slugs import SLUG, give_ids, slug
from facilitate.formats.wording import closest

_TEXTS: Mapping[Field, str] = {
    "notes": "notes",
    "say": "say",
    "purpose": "purpose",
    "tech": "tech",
    "access": "access",
    "listen for": "listen_for",
    "if short": "if_short",
    "if heavy": "if_heavy",
    "if quiet": "if_quiet",
}
"""Columns that become texts of a part, and the keys of these."""

_AT_ONCE = frozenset({"purpose"})
"""Texts of one line."""

_LONGEST_KEY = 48


class SegmentMaking:
    """The parts, and what was guessed on the way to them."""

    def __init__(self, parts: Sequence[Part], minutes: Sequence[int], ledger: Ledger) -> None:
        self.team = Team()
        self.objectives: list[Objective] = []
        """As far as the parts name any."""
        self._parts, self._minutes, self._ledger = parts, minutes, ledger
        self._said: dict[str, list[int]] = {}

    def segments(self) -> Iterator[Segment]:
        """The parts of the agenda, in the order of the table."""
        found = [self._segment(place, part) for place, part in enumerate(self._parts)]
        if not self.team.roles:
            self.team.keys("lead")
        yield from with_ids(found)

    def told(self, counted: str) -> Iterator[str]:
        """What was guessed, a sentence each; `counted` is what rows are called."""
        for what, rows in self._said.items():
            where = places_words(rows, counted)
            yield f"{where[0].upper()}{where[1:]}: {what}."

    def _tell(self, what: str, part: Part) -> None:
        self._said.setdefault(what, []).append(part.row)

    def _segment(self, place: int, part: Part) -> Segment:
        guess = self._kind(part)
        lead, helping = self._people(part)
        fields: dict[str, Any] = {
            **self._give(part, self._minutes[place]),
            **{key: self._text(part, name, key) for name, key in _TEXTS.items()},
        }
        return Segment(
            id="",
            title=self._title(part, guess),
            kind=guess.kind,
            minutes=self._minutes[place],
            lead=lead,
            with_=helping,
            serves=self._serves(part),
            chat=tuple(clean(one.text) for one in part.texts.get("post", ())),
            materials=tuple(clean(one.text) for one in part.texts.get("material", ())),
            **fields,
        )

    # What a part is

    def _kind(self, part: Part) -> Guess:
        if not part.kind:
            guess = kind_in(part.title)
            told = f"the kind is {guess.kind}, by its title"
            self._tell(told if guess.is_known else f"no kind; {guess.kind} was put in", part)
            return guess
        guess = kind_of(part.kind)
        if guess.is_known and not guess.is_said:
            self._tell(f'"{part.kind}" was taken for the kind {guess.kind}', part)
        elif not guess.is_known:
            near = closest(part.kind, KINDS)
            hint = f'Did you mean "{near}"' if near else f"There are: {', '.join(KINDS)}"
            self._tell(f'"{part.kind}" is no kind; {guess.kind} was put in. {hint}', part)
            self._ledger.put_back(part.row, part.cells["kind"], "no kind of ours")
        return guess

    def _title(self, part: Part, guess: Guess) -> str:
        if part.title:
            return part.title
        self._tell("no title; its kind stands for it", part)
        return guess.kind.capitalize()

    def _people(self, part: Part) -> tuple[str | None, tuple[str, ...]]:
        """The role that leads and those that help."""
        leading = self._named(part, "role") + self._named(part, "who")
        lead = leading[0] if leading else None
        found = leading + self._named(part, "roles")
        return lead, tuple(dict.fromkeys(one for one in found if one != lead))

    def _named(self, part: Part, column: Field) -> list[str]:
        """The roles that a column names; a cell that names nobody is left out."""
        found: list[str] = []
        for cell in part.texts.get(column, ()):
            by_name = self.team.named(cell.text) if column == "who" else None
            roles = by_name.roles if by_name is not None else self.team.keys(cell.text)
            if by_name is not None and by_name.is_guessed:
                self._tell("a name, which stands under [team] and nowhere else", part)
            if not roles:
                self._ledger.put_back(cell.row, cell.place, "it names nobody")
            found += roles
        return found

    # What belongs to it

    def _text(self, part: Part, name: Field, key: str) -> str:
        texts = [one.text for one in part.texts.get(name, ())]
        if key in _AT_ONCE:
            return " ".join(map(clean, texts))
        return "\n\n".join(texts)

    def _give(self, part: Part, minutes: int) -> dict[str, int]:
        """How far a part may give, where that can be."""
        found: dict[str, int] = {}
        names: tuple[tuple[Field, str], ...] = (
            ("at least", "at_least"),
            ("at most", "at_most"),
        )
        for name, key in names:
            for said in part.texts.get(name, ()):
                length = length_of(said.text)
                whole = round(length) if length is not None else 0
                fits = 1 <= whole <= minutes if key == "at_least" else whole >= minutes
                if fits:
                    found[key] = whole
                else:
                    why = "it does not go with the length of the part"
                    self._ledger.put_back(said.row, said.place, why)
        return found

    def _serves(self, part: Part) -> tuple[str, ...]:
        """The keys of the objectives that a part names; each is made at its first naming."""
        keys: dict[str, None] = {}
        for cell in part.texts.get("serves", ()):
            pieces = cell.text.replace("\n", ";").split(";")
            named = [text for text in map(clean, pieces) if text]
            for text in named:
                keys[self._objective(text)] = None
            if not named:
                self._ledger.put_back(cell.row, cell.place, "it names no objective")
        return tuple(keys)

    def _objective(self, text: str) -> str:
        known = {one.text: one.key for one in self.objectives}
        if text not in known:
            taken = set(known.values())
            is_key = SLUG.fullmatch(text) and len(text) <= _LONGEST_KEY
            base = text if is_key else slug(text) or f"objective-{len(known) + 1}"
            key, count = base, 1
            while key in taken:
                count += 1
                key = f"{base}-{count}"
            self.objectives.append(Objective(key=key, text=text))
            return key
        return known[text]


def with_ids(segments: Sequence[Segment]) -> Iterator[Segment]:
    """The parts with the ids that a file without any gives them, by their titles."""
    tables = [{"title": one.title} for one in segments]
    give_ids(tables)
    for one, table in zip(segments, tables, strict=True):
        yield replace(one, id=table["id"])
