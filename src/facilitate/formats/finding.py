"""What a check finds, before it is known where that stands in the file."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from facilitate.formats.characters import printable
from facilitate.formats.problem import Level, Path, Problem

if TYPE_CHECKING:
    from facilitate.formats.toml_places import Places


class Finding(NamedTuple):
    """One thing to mend, at a path such as `("segment", 3, "minutes")`."""

    at: Path
    code: str
    message: str
    hint: str = ""
    level: Level = "error"
    rests_on: tuple[Path, ...] = ()
    """What it was concluded from; it is not told when any of that could not be read."""
    character: str = ""
    """The character in the text there that is meant; empty for the whole of it."""
    line: int | None = None
    """Where it is known better than from the path; None otherwise."""
    column: int | None = None


def touches(path: Path, doubtful: Iterable[Path]) -> bool:
    """Whether what stands at a path may be other than it seems, in part or as a whole."""
    return any(path[: len(doubt)] == doubt[: len(path)] for doubt in doubtful)


def certain(findings: Iterable[Finding], doubtful: Collection[Path]) -> list[Finding]:
    """The findings that rest on nothing doubtful."""
    return [
        finding
        for finding in findings
        if not any(touches(path, doubtful) for path in finding.rests_on)
    ]


def problems(
    findings: Iterable[Finding], *, file: str, text: str, data: dict[str, Any]
) -> tuple[Problem, ...]:
    """The findings with their places in a file, in the order of its lines.

    Args:
        findings: what was found.
        file: the name as the user gave it.
        text: TOML, with the lines of the file.
        data: what the text says.
    """
    findings = list(findings)
    if not findings:
        return ()
    # The places cost a scan of the text, which a file without problems never pays.
    from facilitate.formats.toml_places import Places

    places = Places(text)
    told = {_problem(_placed(finding, places), file, data) for finding in findings}
    return tuple(sorted(told, key=_order))


def _order(problem: Problem) -> tuple[int, bool, int, str, str]:
    """By place; what is said of a whole file comes first, of a whole line last on it."""
    line, column = problem.line or 0, problem.column or 0
    return line, column == 0, column, problem.code, problem.message


def _placed(finding: Finding, places: Places) -> Finding:
    if finding.line is not None:
        return finding
    if finding.character:
        line, column = places.within(finding.at, finding.character)
    else:
        line, column = places.at(finding.at)
    return finding._replace(line=line, column=column)


def _problem(finding: Finding, file: str, data: dict[str, Any]) -> Problem:
    return Problem(
        file=file,
        line=finding.line,
        column=finding.column,
        segment=_title(finding.at, data),
        level=finding.level,
        code=finding.code,
        message=printable(finding.message),
        hint=printable(finding.hint),
    )


def _title(path: Path, data: dict[str, Any]) -> str | None:
    """The title of the segment that a path leads into."""
    match path, data.get("segment"):
        case ("segment", int(index), *_), list(segments) if index < len(segments):
            segment = segments[index]
            title = segment.get("title") if isinstance(segment, dict) else None
            return printable(title) if isinstance(title, str) and title else None
    return None
