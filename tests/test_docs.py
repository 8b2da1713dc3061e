"""What the pages say is so."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitate.core.capture_line import read_line
from facilitate.core.lives import LIVES

ROOT = Path(__file__).parents[1]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))

CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(\s*<?([^)>\s]+)")
MAKE = re.compile(r"\bmake ([a-z][a-z-]*)")
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
OTHER_PLACE = re.compile(r"[a-z]+:")
NOT_OURS = re.compile(r"\.git|\.venv|\.hypothesis|\..*_cache|__pycache__|build|dist")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def listed_by_git() -> list[Path]:
    """Every file that is or would be committed; empty where git cannot tell."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return []
    command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return [ROOT / name for name in found.stdout.split("\0") if name]


def files() -> list[Path]:
    """Every file of the project, without what is made from it."""
    return sorted(path for path in listed_by_git() or walked() if path.is_file())


def walked() -> Iterator[Path]:
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if not NOT_OURS.fullmatch(name)]
        yield from (Path(folder, name) for name in names)


def pages() -> list[Path]:
    return [path for path in files() if path.suffix == ".md"]


def texts() -> Iterator[tuple[Path, str]]:
    for path in files():
        try:
            yield path, read(path)
        except UnicodeDecodeError:
            continue


def test_there_are_pages_to_check() -> None:
    names = {str(page.relative_to(ROOT)) for page in pages()}
    assert {"README.md", "CHANGELOG.md", "CONTRIBUTING.md"} <= names


def make_targets_named(page: Path) -> set[str]:
    return {target for code in CODE.findall(read(page)) for target in MAKE.findall(code)}


def test_the_readme_says_how_to_run_and_how_to_test() -> None:
    assert {"run", "test"} <= make_targets_named(ROOT / "README.md")


def test_every_make_command_in_the_pages_exists() -> None:
    targets = set(TARGET.findall(read(ROOT / "Makefile")))
    for page in pages():
        assert make_targets_named(page) <= targets, page


def test_every_relative_link_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages()
        for link in LINK.findall(CODE.sub("", read(page)))
        if not OTHER_PLACE.match(link) and not (page.parent / link.partition("#")[0]).exists()
    ]
    assert not broken


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    headings = re.findall(r"^## (.+)$", read(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(page.name[:4]) for page in DECISIONS]
    assert numbers == list(range(len(DECISIONS)))


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_says_its_context_its_choice_and_its_cost(page: Path) -> None:
    text = read(page)
    assert re.match(rf"# {page.name[:4]}: \S", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Choice", "Cost"]
    assert len(text.splitlines()) <= 80, "one page"


def test_the_page_about_lines_draws_their_lives_and_reads_them_as_the_program_does() -> None:
    page = read(ROOT / "docs" / "captures.md")
    drawn: dict[str, dict[str, tuple[str, ...]]] = {}
    kinds: list[str] = []
    for line in re.findall(r"^```\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[0].splitlines():
        state, is_state, then = line.strip().partition(": ")
        kinds = kinds if is_state else line.split(", ")
        for kind in kinds if is_state else ():
            drawn.setdefault(kind, {})[state] = tuple(then.split(", "))
    assert drawn == {kind: {s: t for s, t in life.items() if t} for kind, life in LIVES.items()}
    typed = dict(re.findall(r"^\| `([^`]+)` \| (?:an?|for) (\w+)", page, re.MULTILINE))
    lines = {word: read_line(text, "gratitude", {7, 12}) for text, word in typed.items()}
    kinds_read = {word: getattr(line, "kind", "room") for word, line in lines.items()}
    assert kinds_read == {
        **{kind: kind for kind in ("agreement", "term", "example", "commitment", "question")},
        "line": "gratitude",
        "this": "room",
        "tally": "gratitude",
    }


def test_no_file_names_a_place_on_one_machine() -> None:
    place = re.compile(r"(?<![\w.~-])/(?:work|root)/")
    named = [str(path.relative_to(ROOT)) for path, text in texts() if place.search(text)]
    assert not named


@pytest.mark.parametrize("lock", ["run.lock", "dev.lock"])
def test_a_lock_names_no_package_index(lock: str) -> None:
    text = read(ROOT / "requirements" / lock)
    assert not [sign for sign in ("://", "-url", "--find-links", "@ ") if sign in text]
