"""What TOML trips over in a `name = value`, said in the words of people who write agendas."""

from __future__ import annotations

import re
import tomllib

from facilitate.formats.toml_case import QUOTED, Case, Look, Trouble
from facilitate.formats.toml_statements import Wrong

_CLOCK = re.compile(
    r"(?<![\w:.\-])(\d{1,2})[:.](\d{2})(?::\d{2})?(?:[ \t]*([ap])\.?m\.?)?(?![\w:.\-])",
    re.IGNORECASE | re.ASCII,
)
_ZEROS = re.compile(r"(?<![\w:.+\-])[+\-]?0+(\d+)(?![\w:.\-])", re.ASCII)
_BAD_ESCAPE = re.compile(r"\\(?![btnfr\"\\\s]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")
_YES_OR_NO = {"true": "true", "yes": "true", "on": "true"}
_YES_NO_WORD = re.compile(
    r"(?<=[=\[,])[ \t]*(true|false|yes|no|on|off)(?=[ \t]*(?:[,\]}\n]|\Z))", re.IGNORECASE
)
_DATE = re.compile(r"(?<=[=\[,])[ \t]*\d{1,4}[./\-]\d{1,2}[./\-]\d{1,4}(?![\w:])", re.ASCII)
_AMOUNT = re.compile(
    r"(?<=[=\[,])[ \t]*(\d+)[ \t]*(?:(?:min(?:ute)?s?|m)\b\.?|;)", re.IGNORECASE
)
_LONGEST_SHOWN = 40
_SPLIT_TABLE = re.compile(r"\{[^{}\n]*\n[^{}]*\}")
_CLOCK_NAME = re.compile(r"^(start|ends_by|ends_at|starts_at|starts_by|not_before)$")


def _bare_clock(case: Case) -> Trouble | None:
    def quoted(found: re.Match[str]) -> str:
        half = f" {found[3].upper()}M" if found[3] else ""
        return f'"{int(found[1]):02}:{found[2]}{half}"'

    found = _CLOCK.search(case.code, case.statement.value)
    if found is None or (found[0][len(found[1])] == "." and not _CLOCK_NAME.search(case.name)):
        return None
    return Trouble(
        at=found.start(),
        code="clock-time",
        message=f"Clock times need quotes: {case.name} = {quoted(found)}.",
        instead=case.replaced(_CLOCK, quoted),
    )


def _zeros(case: Case) -> Trouble | None:
    found = _ZEROS.search(case.code, case.statement.value)
    if found is None:
        return None
    return Trouble(
        at=found.start(),
        code="leading-zero",
        message=f"Write {found[1]}.",
        hint="Numbers do not begin with a zero.",
        instead=case.replaced(_ZEROS, lambda zeros: zeros[1]),
    )


def _backslash(case: Case) -> Trouble | None:
    for found in QUOTED.finditer(case.text):
        bad = _BAD_ESCAPE.search(found[0]) if found[0][0] == '"' else None
        if bad:
            mark = "'''" if found[0].startswith('"""') else "'"
            inner = found[0][len(mark) : -len(mark)]
            before, after = case.text[: found.start()], case.text[found.end() :]
            return _path(found.start() + bad.start(), f"{before}{mark}{inner}{mark}{after}")
    at = case.wrong("unclosed text")
    if at is not None and case.text[at] == '"' and "\\" in case.text[at:].split("\n", 1)[0]:
        return _path(at, None)
    return None


def _path(at: int, instead: str | None) -> Trouble:
    return Trouble(
        at=at,
        code="backslash",
        message="Use 'single quotes' for paths and other text with backslashes.",
        hint="Between double quotes a backslash has a meaning of its own.",
        instead=instead,
    )


def _split_table(case: Case) -> Trouble | None:
    at = case.wrong("split table")
    if at is None or case.wrong("unclosed table") is not None:
        return None

    def joined(found: re.Match[str]) -> str:
        inner = case.text[found.start() : found.end()]
        # The line breaks go behind it, so that what follows keeps its line.
        return inner.replace("\n", " ") + "\n" * inner.count("\n")

    instead = case.replaced(_SPLIT_TABLE, joined)
    what = "round" if case.name.endswith("rounds") else "{ ... }"
    return Trouble(
        at=at,
        code="split-line",
        message=f"Keep each {what} on one line.",
        hint="A line may be as long as you like.",
        instead=instead,
    )


def _unclosed(case: Case) -> Trouble | None:
    marks: dict[Wrong, tuple[str, str]] = {
        "unclosed table": ("{", "}"),
        "unclosed list": ("[", "]"),
    }
    for wrong, (opening, closing) in marks.items():
        at = case.wrong(wrong)
        if at is not None and case.wrong("unclosed text") is None:
            return Trouble(
                at=at,
                code="not-closed",
                message=f"The {opening} here is never closed.",
                hint=f"Put a {closing} where it ends.",
                instead=f"{case.text.rstrip()}{closing}" if wrong == "unclosed list" else None,
            )
    return None


def _unclosed_text(case: Case) -> Trouble | None:
    at = case.wrong("unclosed text")
    if at is None:
        return None
    mark = next(mark for mark in ('"""', "'''", '"', "'") if case.text.startswith(mark, at))
    several = len(mark) == 1 and "\n" in case.text
    lone = at == case.statement.value
    end = mark if len(mark) == 1 else f"\n{mark}"
    return Trouble(
        at=at,
        code="not-closed",
        message=f"The text that begins here has no closing {mark} behind it.",
        hint=_THREE_QUOTES if several else f"Put {mark} where the text ends.",
        instead=f"{case.text}{end}" if lone and not several else None,
    )


_THREE_QUOTES = 'Text over several lines goes between three quotes: """.'


def _comma(case: Case) -> Trouble | None:
    last = case.wrong("comma at the end")
    if last is not None:
        return Trouble(
            at=last,
            code="comma",
            message="No comma stands before a closing }.",
            instead=re.sub(r",([ \t]*\})", r"\1", case.text),
        )
    at = case.wrong("missing comma")
    if at is None:
        return None
    if case.text[at : at + 1] not in {'"', "'", "{", "["}:
        return _inner_quotes(at)
    # Right behind the item before it, which may be lines above.
    behind = len(case.text[:at].rstrip())
    return Trouble(
        at=behind - 1,
        code="comma",
        message="A comma is missing between two items.",
        instead=f"{case.text[:behind]},{case.text[behind:]}",
    )


def _inner_quotes(at: int) -> Trouble:
    return Trouble(
        at=at,
        code="inner-quotes",
        message="There seem to be quotes inside the quotes.",
        hint="""Put 'single quotes' around a text with "double" quotes inside.""",
    )


def _yes_or_no(case: Case) -> Trouble | None:
    def plain(found: re.Match[str]) -> str:
        return f" {_YES_OR_NO.get(found[1].lower(), 'false')}"

    found = _YES_NO_WORD.search(case.code)
    if found is None or found[1] in {"true", "false"}:
        return None
    return Trouble(
        at=found.start(1),
        code="yes-or-no",
        message=f"Write{plain(found)} instead of {found[1]}.",
        hint="Yes and no are written true and false, in small letters and without quotes.",
        instead=case.replaced(_YES_NO_WORD, plain),
    )


def _calendar(case: Case) -> Trouble | None:
    found = _DATE.search(case.code)
    if found is None:
        return None
    written = found[0].strip()
    real = re.fullmatch(r"\d{4}-\d{2}-\d{2}", written)
    return Trouble(
        at=found.end() - len(written),
        code="date",
        message=f"There is no {written} in the calendar."
        if real
        else f"{written} is not a date that can be read.",
        hint="Dates are written year-month-day, without quotes: 2025-01-14.",
    )


def _amount(case: Case) -> Trouble | None:
    found = _AMOUNT.search(case.code)
    if found is None:
        return None
    return Trouble(
        at=found.start(1),
        code="number",
        message=f"Write {int(found[1])}.",
        hint="Minutes are plain numbers.",
        instead=case.replaced(_AMOUNT, lambda amount: f" {amount[1]}"),
    )


def _odd_number(case: Case) -> Trouble | None:
    value = case.value
    if not value[:1].isdecimal() or "\n" in value or len(value) > _LONGEST_SHOWN:
        return None
    return Trouble(
        at=case.statement.value,
        code="number",
        message=f"{value} is not a number that can be read.",
        hint="Numbers are whole and plain: 15.",
    )


def _same_name(case: Case) -> Trouble | None:
    try:
        tomllib.loads(case.text)
    except (ValueError, RecursionError) as error:
        if "{" in case.code and re.search("Duplicate|Cannot", str(error)):
            return Trouble(
                at=case.statement.value,
                code="said-twice",
                message="The same name stands twice between { and }.",
            )
    return None


def _bare_text(case: Case) -> Trouble | None:
    value = case.value
    if not value:
        return Trouble(
            at=case.statement.value,
            code="no-value",
            message=f"Nothing stands behind {case.name} =.",
            hint='Write a value, or take the line out; an empty text is "".',
        )
    if not value[0].isalpha() or '"' in value or "\n" in value:
        return None
    return Trouble(
        at=case.statement.value,
        code="no-quotes",
        message=f'Text needs quotes: {case.name} = "{value}".',
        instead=f'{case.text[: case.statement.value]}"{value}"',
    )


def _after_value(case: Case) -> Trouble | None:
    rest = case.text[case.statement.value_end :]
    if case.value[:1] not in {'"', "'", "[", "{"} or not rest.strip():
        return None
    if rest[0].isalnum() and case.value[0] in "\"'" and "\n" not in case.value:
        return _inner_quotes(case.statement.value_end)
    return Trouble(
        at=case.statement.value_end + len(rest) - len(rest.lstrip()),
        code="after-value",
        message=f"Something stands behind the value of {case.name}.",
        hint="Take it out, or put a # before it to make it a note.",
        instead=case.text[: case.statement.value_end],
    )


VALUE_LOOKS: tuple[Look, ...] = (
    _backslash,
    _split_table,
    _unclosed,
    _unclosed_text,
    _bare_clock,
    _zeros,
    _yes_or_no,
    _calendar,
    _amount,
    _comma,
    _after_value,
    _odd_number,
    _same_name,
    _bare_text,
)
