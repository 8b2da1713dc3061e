"""Whether two wordings are the same words, written with other case or punctuation."""

from __future__ import annotations

import unicodedata


def same_words(one: str, other: str) -> bool:
    """Whether texts differ in case and in punctuation around their words alone.

    Words are compared one by one. What is inside a word counts, and so do signs that stand
    for words: `1.5` is not `15`, `now here` is not `nowhere`, `5 %` is not `5`.
    """
    return _words(one) == _words(other)


def _words(text: str) -> list[str]:
    bare = (_bare(word) for word in text.casefold().split())
    return [word for word in bare if word]


def _bare(word: str) -> str:
    """A word without the punctuation around it; a number keeps all but what ends a sentence.

    Marks stay, which many scripts write their vowels with, and so do signs such as emoji.
    """
    is_outside = _around_a_number if any(map(str.isnumeric, word)) else _around_a_word
    begin, end = 0, len(word)
    while begin < end and is_outside(word[begin], leads=True):
        begin += 1
    while end > begin and is_outside(word[end - 1], leads=False):
        end -= 1
    return word[begin:end]


def _around_a_word(sign: str, *, leads: bool) -> bool:  # noqa: ARG001 - either side is alike
    return unicodedata.category(sign)[0] == "P" and sign not in _SPOKEN


def _around_a_number(sign: str, *, leads: bool) -> bool:
    return unicodedata.category(sign) in _BRACKETS or (not leads and sign in _ENDINGS)


_SPOKEN = frozenset("&%#@/\\\u00a7\u2030")
"""Punctuation, as Unicode has it, that people say as words."""

_BRACKETS = frozenset({"Ps", "Pe", "Pi", "Pf"})
"""Categories of brackets and of quotation marks."""

_ENDINGS = frozenset('.,;:!?"\u2026')
