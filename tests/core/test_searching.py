"""What is looked for when someone types words."""

from __future__ import annotations

import pytest

from facilitate.core.searching import MOST_WORDS, NO_WORDS, TOO_MANY, sought


@pytest.mark.parametrize(
    ("words", "beginnings"),
    [
        ("repair", ["repair"]),
        ("  Repair   and rest ", ["Repair", "and", "rest"]),
        ("one mic, one speaker", ["one", "mic", "speaker"]),
        ("well-being don't 24/7", ["well", "being", "don", "t", "24", "7"]),
        ('"quoted" AND (NOT) col:umn* ^x -y', ["quoted", "AND", "NOT", "col", "umn", "x", "y"]),
        ("Für Ærø naïve", ["Für", "Ærø", "naïve"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("مرحبا بكم", ["مرحبا", "بكم"]),
        ("cafe\u0301", ["café"]),
        ("re\u200bpair\x1b[2J", ["repair", "2J"]),
        ("한국어 말", ["한국어", "말"]),
    ],
)
def test_words_are_split_where_letters_end(words: str, beginnings: list[str]) -> None:
    assert list(sought(words).beginnings) == beginnings
    assert sought(words).parts == ()


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("修复", ["修复"]),
        ("修复关系, repair", ["修复关系"]),
        ("ひらがな カタカナ 漢字", ["ひらがな", "カタカナ", "漢字"]),
        ("ภาษาไทย", ["ภาษาไทย"]),
        ("𠮷野家", ["𠮷野家"]),
    ],
)
def test_scripts_without_spaces_are_looked_for_within_words(
    words: str, parts: list[str]
) -> None:
    assert list(sought(words).parts) == parts


@pytest.mark.parametrize("words", ["!!", "🙂 🙂", "—", '"*"'])
def test_words_without_a_letter_say_so(words: str) -> None:
    found = sought(words)
    assert found.is_nothing
    assert found.said == NO_WORDS


@pytest.mark.parametrize("words", ["", "   ", "\n\t"])
def test_no_words_are_nothing_to_be_said_about(words: str) -> None:
    assert sought(words).is_nothing
    assert sought(words).said == ""


def test_a_pasted_page_is_looked_for_by_its_first_words() -> None:
    found = sought(" ".join(f"word{n}" for n in range(MOST_WORDS + 1)))
    assert len(found.beginnings) == MOST_WORDS
    assert found.said == TOO_MANY
    assert sought("again " * 99).said == ""
