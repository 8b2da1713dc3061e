"""Which column of a table holds what: by its heading, or as someone said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from facilitate.core.capture_line import clean
from facilitate.formats.importing.sheet import Row, refused
from facilitate.formats.importing.time_texts import clock_of, length_of
from facilitate.formats.wording import did_you_mean

Field = Literal[
    "start", "end", "length", "title", "kind", "who", "role", "roles", "notes", "purpose",
    "serves", "say", "post", "tech", "access", "listen for", "if short", "if heavy",
    "if quiet", "material", "at least", "at most", "date", "row type", "skip",
]  # fmt: skip
"""What a column can hold."""

MEANING: Mapping[Field, str] = {
    "start": "when a part begins",
    "end": "when a part ends",
    "length": "how long it is",
    "title": "what it is called",
    "kind": "its kind",
    "who": "who leads it, by name or role",
    "role": "the role that leads it",
    "roles": "the roles that help",
    "notes": "notes for the team",
    "purpose": "why it is there",
    "serves": "the objectives it serves",
    "say": "words to say",
    "post": "a post for the chat",
    "tech": "for the tech host",
    "access": "for access",
    "listen for": "what to listen for",
    "if short": "what to do when time is short",
    "if heavy": "what to do when the room is hurting",
    "if quiet": "what to do when nobody speaks",
    "material": "materials",
    "at least": "how short it may become",
    "at most": "how long it may become",
    "date": "the date of the sitting",
    "row type": "what sort of row it is",
    "skip": "whether the row is left out",
}  # fmt: skip

MANY: frozenset[Field] = frozenset(
    {"notes", "say", "purpose", "post", "tech", "access", "material", "listen for"}
)
"""What several columns can hold together."""

_KNOWN: Mapping[Field, str] = {
    "start": "start, starts, start time, time start, starts at, begin, begins, from, time, at,"
    " beginn, zeit, uhrzeit, von, hora, inicio, heure, debut",
    "end": "end, ends, end time, time end, ends at, finish, to, until, ende, bis, fin",
    "length": "length, minutes, min, mins, duration, dur, dauer, minuten, duracion, duree,"
    " time min, time mins, time minutes, length min, duration min, how long, allotted",
    "title": "title, segment, what, activity, topic, item, agenda item, session, part, name,"
    " block, agenda, programme, program, event, subject, titel, thema, was, inhalt, titulo,"
    " actividad, titre",
    "kind": "kind, type, format, category, art, typ, tipo",
    "who": "who, lead, leader, leads, led by, facilitator, facilitators, host, hosts,"
    " presenter, presenters, speaker, speakers, responsible, owner, person, moderator, wer,"
    " leitung, quien, qui",
    "role": "lead role",
    "roles": "with roles",
    "notes": "notes, note, details, detail, description, comments, comment, remarks,"
    " instructions, notizen, beschreibung, notas",
    "purpose": "purpose, why, aim, goal, what for, what it is for, zweck, ziel",
    "serves": "serves, objective, objectives",
    "say": "say, script, words",
    "post": "post, posts, chat, chat post",
    "tech": "tech, technology, av",
    "access": "access, accessibility",
    "listen for": "listen for",
    "if short": "if short",
    "if heavy": "if heavy",
    "if quiet": "if quiet",
    "material": "material, materials, handouts",
    "at least": "at least, minimum",
    "at most": "at most, maximum",
    "date": "date, datum, fecha",
    "row type": "timer type",
    "skip": "skip",
}

_FIELDS: Mapping[str, Field] = {
    name: field for field, names in _KNOWN.items() for name in re.split(r",\s*", names)
}
_ASKED: Mapping[str, Field] = {**{one: one for one in MEANING}, "type": "kind", "lead": "who"}
"""What `--columns` calls them."""

_EITHER = frozenset({"time", "zeit", "hora"})
"""Headings of columns that hold starts in one table and lengths in another."""

_LOOKED_AT = 60
_LONGEST_HEADING = 60


class Column(NamedTuple):
    """One column of a table."""

    place: int
    """From 0."""
    heading: str
    """`column C` where none is written."""
    field: Field | None
    """None when nothing of it is taken over."""


class Head(NamedTuple):
    """Where a table begins, and what its columns hold."""

    row: int | None
    """The place of the row with the headings; None when there is none."""
    columns: tuple[Column, ...]
    """Every column in which something stands, from the left."""

    def place(self, field: Field) -> int | None:
        """The first column that holds something; None when there is none."""
        return next((one.place for one in self.columns if one.field == field), None)


Asked = tuple[tuple[Field, str], ...]
"""What someone said of columns: what it holds, and its letter or its heading."""


def known(heading: str) -> Field | None:
    """What a column of that heading holds; None when nobody knows."""
    if len(heading) > _LONGEST_HEADING:
        return None
    outside = re.sub(r"[(\[].*?[)\]]", " ", heading)
    for text in (heading, outside):
        plain = _plain(text)
        bare = re.sub(r" \d{1,3}$", "", plain)
        if plain in _FIELDS:
            return _FIELDS[plain]
        if _FIELDS.get(bare) in MANY:
            return _FIELDS[bare]
    return None


def _plain(heading: str) -> str:
    letters = unicodedata.normalize("NFKD", clean(heading)).casefold()
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in letters if ord(c) not in _MARKS)))


_MARKS = range(0x300, 0x370)
"""Accents, once they are apart from their letters."""


def known_in(cells: Iterable[str]) -> int:
    """How many different things the headings in a row name."""
    return len({field for cell in cells if (field := known(cell))})


def asked(texts: Iterable[str], file: str) -> Asked:
    """What `start=A,title=What we do` says.

    Raises:
        Unreadable: when it says nothing that can be done.
    """
    found: list[tuple[Field, str]] = []
    for text in texts:
        for part in re.split(r",(?=\s*[A-Za-z][A-Za-z ]*=)", text):
            name, equals, column = part.partition("=")
            plain, column = name.strip().lower().replace("_", " "), clean(column).strip("\"'")
            if not equals or not column or plain not in _ASKED:
                names = [one for one in _ASKED if one not in {"row type", "skip"}]
                hint = (
                    did_you_mean(plain, names) if equals else 'Such as --columns title="What".'
                )
                raise refused(file, f'"{clean(part)}" names no column.', hint)
            found.append((_ASKED[plain], column))
    return tuple(found)


def head_of(rows: Sequence[Row], wanted: Asked, file: str) -> Head:
    """Where a table begins, and what its columns hold.

    Raises:
        Unreadable: when nothing says what the parts are called, or a column is not there.
    """
    at = _heading_row(rows, wanted)
    below = rows if at is None else rows[at + 1 :]
    headings = () if at is None else rows[at].cells
    width = max((len(row.cells) for row in rows), default=0)
    chosen = _chosen(headings, wanted, width, file)
    columns: list[Column] = []
    for place in range(width):
        heading = headings[place] if place < len(headings) else ""
        if heading or any(row.cells[place : place + 1] > ("",) for row in below):
            field = chosen.get(place)
            if place not in chosen:
                field = _free(known(heading), columns, chosen)
            columns.append(Column(place, clean(heading) or f"column {letter(place)}", field))
    head = Head(at, _with_lengths(columns, below))
    if head.place("title") is None and head.place("kind") is None:
        raise _no_title(headings or (rows[0].cells if rows else ()), file)
    return head


def _no_title(headings: Sequence[str], file: str) -> Exception:
    named = ", ".join(clean(one)[:_LONGEST_HEADING] for one in headings if one)
    there = f" Its first row says: {named}." if named else ""
    return refused(
        file,
        f"No column is known to say what the parts are called.{there}",
        'Name it, by its heading or its letter: --columns title="What we do", or title=A.',
    )


def _heading_row(rows: Sequence[Row], wanted: Asked) -> int | None:
    """The row in which most headings are known or were asked for; None when there is none."""
    sought = {_plain(column) for _, column in wanted if _place(column) is None} - {""}

    def score(row: Row) -> tuple[int, int]:
        named = {_plain(cell) for cell in row.cells if len(cell) <= _LONGEST_HEADING}
        return len(named & sought), known_in(row.cells)

    scores = [score(row) for row in rows[:_LOOKED_AT]]
    best = max(scores, default=(0, 0))
    if best[0] or best[1] > 1:
        return scores.index(best)
    first = {known(cell) for cell in rows[0].cells} if rows else set()
    return 0 if "title" in first else None


def _chosen(
    headings: Sequence[str], wanted: Asked, width: int, file: str
) -> dict[int, Field | None]:
    """What was said of columns, by their place."""
    plain = [_plain(one) for one in headings]
    found: dict[int, Field | None] = {}
    for field, column in wanted:
        if _plain(column) and _plain(column) in plain:
            found[plain.index(_plain(column))] = field
        elif (place := _place(column)) is not None and place < width:
            found[place] = field
        else:
            named = [clean(one) for one in headings if one]
            raise refused(file, f'There is no column "{column}".', did_you_mean(column, named))
    return found


def _free(
    field: Field | None, columns: Iterable[Column], chosen: Mapping[int, Field | None]
) -> Field | None:
    """What a heading says, unless another column holds that already, and one alone can."""
    held = {one.field for one in columns} | set(chosen.values())
    return field if field in MANY or field not in held else None


def _with_lengths(columns: Sequence[Column], rows: Sequence[Row]) -> tuple[Column, ...]:
    """The columns, of which one called "Time" holds lengths where they are no clock times."""
    if any(one.field == "length" for one in columns):
        return tuple(columns)
    return tuple(
        one._replace(field="length")
        if one.field == "start" and _plain(one.heading) in _EITHER and _are_lengths(one, rows)
        else one
        for one in columns
    )


def _are_lengths(column: Column, rows: Sequence[Row]) -> bool:
    texts = [row.cells[column.place] for row in rows if row.cells[column.place :]]
    lengths = sum(length_of(text) is not None and clock_of(text) is None for text in texts)
    return lengths > sum(clock_of(text) is not None for text in texts)


def letter(place: int) -> str:
    """What a spreadsheet calls a column: `A`, `AB`."""
    name, rest = "", place + 1
    while rest:
        rest, one = divmod(rest - 1, 26)
        name = chr(ord("A") + one) + name
    return name


def _place(name: str) -> int | None:
    """The place of a column by its letter, from 0; None when it is none."""
    if not re.fullmatch(r"[A-Za-z]{1,2}", name):
        return None
    place = 0
    for sign in name.upper():
        place = place * 26 + ord(sign) - ord("A") + 1
    return place - 1
