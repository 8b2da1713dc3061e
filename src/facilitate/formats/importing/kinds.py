"""Which kind of part a word or a title stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple, get_args

from facilitate.core.agenda import Kind
from facilitate.formats.wording import closest

KINDS: tuple[Kind, ...] = get_args(Kind)

USUAL: Kind = "dialogue"
"""Where nothing tells a kind."""

_WORDS: Mapping[Kind, str] = {
    "break": "break breaks lunch coffee tea pause pausa descanso mittag mittagspause"
    " kaffeepause intermission recess dinner breakfast",
    "buffer": "buffer slack spare overflow",
    "breakout": "breakout breakouts rooms pairs triads trios dyads duos",
    "closing": "closing close checkout wrapup farewell goodbye adjourn abschluss cierre",
    "arrival": "arrival arrive arriving welcome doors ankommen bienvenida begrussung opening",
    "grounding": "grounding ground breathing breath meditation settle settling landing",
    "agreements": "agreements agreement norms groundrules",
    "connection": "connection connecting checkin introductions introduction intros icebreaker"
    " warmup energizer energiser",
    "didactic": "didactic talk input lecture presentation keynote teaching slides theory"
    " demonstration demo",
    "practice": "practice exercise exercises roleplay activity simulation skills",
    "reflection": "reflection reflect reflecting journal journaling journalling",
    "integration": "integration integrate harvest synthesis",
    "celebration": "celebration celebrate celebrating gratitude appreciation",
    "dialogue": "dialogue discussion discuss conversation plenary debrief questions sharing"
    " panel fishbowl world",
}
"""Words that tell a kind; those further up count more where a title holds several."""

_TOGETHER = (
    (re.compile(r"check[\s-]?in\b"), "checkin"),
    (re.compile(r"check[\s-]?out\b"), "checkout"),
    (re.compile(r"wrap[\s-]?up\b"), "wrapup"),
    (re.compile(r"warm[\s-]?up\b"), "warmup"),
    (re.compile(r"ground rules?\b"), "groundrules"),
    (re.compile(r"role[\s-]?plays?\b"), "roleplay"),
    (re.compile(r"(?:small|sub)[\s-]?groups?\b|break[\s-]out\w*"), "breakout"),
    (re.compile(r"q\s?(?:&|and)\s?a\b"), "questions"),
    (re.compile(r"ice[\s-]breaker"), "icebreaker"),
)

_KIND_OF = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_ORDER = list(_WORDS)


class Guess(NamedTuple):
    """A kind, and how it was come to."""

    kind: Kind
    is_said: bool
    """Whether it is the very name of the kind."""
    is_known: bool
    """Whether anything told it."""


def kind_of(word: str) -> Guess:
    """The kind that a cell under "Type" names."""
    plain = " ".join(word.lower().split())
    if plain in KINDS:
        return Guess(KINDS[KINDS.index(plain)], is_said=True, is_known=True)
    found = _in_words(plain) or _near(plain)
    return Guess(found or USUAL, is_said=False, is_known=found is not None)


def kind_in(title: str) -> Guess:
    """The kind that a title tells of."""
    found = _in_words(title.lower())
    return Guess(found or USUAL, is_said=False, is_known=found is not None)


def _in_words(plain: str) -> Kind | None:
    for pattern, word in _TOGETHER:
        plain = pattern.sub(f" {word} ", plain)
    found = {_KIND_OF[word] for word in re.findall(r"[^\W\d_]+", plain) if word in _KIND_OF}
    return min(found, key=_ORDER.index, default=None)


def _near(plain: str) -> Kind | None:
    near = closest(plain, KINDS)
    return next((kind for kind in KINDS if kind == near), None)
