"""What TOML trips over outside of values: odd characters, headers, lines that are neither."""

from __future__ import annotations

import re

from facilitate.formats import merge_markers
from facilitate.formats.characters import CURLY, INVISIBLE, REFUSED, named
from facilitate.formats.straight_quotes import straightened
from facilitate.formats.toml_case import Case, Look, Trouble, sound
from facilitate.formats.toml_places import Lines

_SEVERAL_WORDS = re.compile(r"[\w\-]+(?:[ \t]+[\w\-]+){1,3}(?=[ \t]*=)")
_PLAIN_NAME = re.compile(r"[a-z][a-z_]*")
_WORD_THEN_VALUE = re.compile(r"([\w\-]+)[ \t]+(?=[\"'\d\[{]|true\b|false\b)")
_OTHER_COMMENT = re.compile(r"//|--|/\*|\*/|;|%|<!--")
_HALF_HEADER = re.compile(r"[A-Za-z_][\w.\- ]*\]{1,2}")
_HEADER_NAME = re.compile(r"[A-Za-z_][\w\-]*(?:[ \t]*\.[ \t]*[A-Za-z_][\w\-]*)*")


def _invisible(case: Case) -> Trouble | None:
    found = INVISIBLE.search(case.code)
    if found is None:
        return None
    line, column = Lines(case.text).place(found.start())
    return Trouble(
        at=found.start(),
        code="invisible-character",
        message=f"Invisible character on line {case.line + line - 1}, column {column}"
        f" ({named(found[0])}).",
        hint="Delete it and type a plain space.",
        instead=case.replaced(INVISIBLE, lambda _: " "),
    )


def _control(case: Case) -> Trouble | None:
    found = REFUSED.search(case.text)
    if found is None:
        return None
    return unshown(found[0], at=found.start(), instead=REFUSED.sub("", case.text))


def unshown(character: str, *, at: int, instead: str | None = None) -> Trouble:
    """What is said of a character that cannot be shown."""
    return Trouble(
        at=at,
        code="control-character",
        message=f"A character that cannot be shown stands here ({named(character)}).",
        hint="Delete it.",
        instead=instead,
    )


def _curly(case: Case) -> Trouble | None:
    found = CURLY.search(case.code)
    if found is None:
        return None
    meant = straightened(case.text)
    instead = meant if sound(meant) else case.replaced(CURLY, lambda _: '"')
    return curly(at=found.start(), instead=instead)


def curly(*, at: int, instead: str | None = None) -> Trouble:
    """What is said of a curly quote."""
    return Trouble(
        at=at,
        code="curly-quotes",
        message="These are curly quotes from a word processor; use straight ones.",
        hint='Straight quotes look like this: "Closing".',
        instead=instead,
    )


def _colon(case: Case) -> Trouble | None:
    end = case.statement.value
    if not _PLAIN_NAME.fullmatch(case.name) or not re.match(r"[ \t]*:", case.text[end:]):
        return None
    at = case.text.index(":", end)
    value = case.text[at + 1 :].strip()
    return Trouble(
        at=at,
        code="no-equals",
        message=f"Write = where the colon stands: {case.name} = {value}",
        instead=f"{case.name} = {value}",
    )


def _several_words(case: Case) -> Trouble | None:
    found = _SEVERAL_WORDS.match(case.text, case.statement.start)
    if found is None:
        return None
    name = re.sub(r"[ \t]+", "_", found[0])
    return Trouble(
        at=found.start(),
        code="name",
        message=f"A name is one word: {name}.",
        instead=name + case.text[found.end() :],
    )


def _no_equals(case: Case) -> Trouble | None:
    found = _WORD_THEN_VALUE.match(case.text, case.statement.start)
    instead = f"{found[1]} = {case.text[found.end() :]}" if found else ""
    if found is None or not sound(instead):
        return None
    return Trouble(
        at=found.end(1),
        code="no-equals",
        message=f"An = is missing behind {found[1]}.",
        instead=instead,
    )


def _marker(case: Case) -> Trouble | None:
    """A line that a merge left; what stands around it is read on."""
    at = case.statement.start
    found = merge_markers.MARKER.match(case.text, at)
    if found is None:
        return None
    begins = found[0].startswith("<")
    return Trouble(
        at=at,
        code=merge_markers.CODE,
        message=merge_markers.BEGINS if begins else merge_markers.GOES_ON,
        hint=merge_markers.HINT if begins else "",
        instead="",
    )


def _no_name(case: Case) -> Trouble | None:
    at = case.statement.start
    if not case.text.startswith("=", at):
        return None
    return Trouble(at=at, code="name", message="The name before the = is missing.")


def _comment(case: Case) -> Trouble | None:
    at = case.statement.start
    if not _OTHER_COMMENT.match(case.text, at):
        return None
    return Trouble(at=at, code="comment", message="Notes to yourself begin with #.", instead="")


def _stray(case: Case) -> Trouble | None:
    return Trouble(
        at=case.statement.start,
        code="stray-line",
        message="This is neither a name = value, nor a [header], nor a # note.",
        hint="If it belongs to a text, put it between the quotes of that text.",
    )


def _half_header(case: Case) -> Trouble | None:
    return _brackets(case) if _HALF_HEADER.fullmatch(case.code.strip()) else None


def _brackets(case: Case) -> Trouble | None:
    found = _HEADER_NAME.search(case.code)
    if found is None:
        return None
    line = case.code.strip()
    many = line.startswith("[[") or line.endswith("]]")
    header = f"[[{found[0]}]]" if many else f"[{found[0]}]"
    return Trouble(
        at=case.statement.start,
        code="header",
        message=f"Write {header} on a line of its own.",
        hint="A note behind it begins with #.",
        instead=header,
    )


CHARACTER_LOOKS: tuple[Look, ...] = (_invisible, _curly, _control)
HEADER_LOOKS: tuple[Look, ...] = (_brackets,)
STRAY_LOOKS: tuple[Look, ...] = (
    _marker,
    _half_header,
    _comment,
    _no_name,
    _colon,
    _several_words,
    _no_equals,
    _stray,
)
