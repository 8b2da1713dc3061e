"""Who leads and who helps: roles where a cell names roles, and names kept apart from them.

A name goes under `[team]` behind a role and nowhere else: there it is taken away again when a
sitting starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from facilitate.core.agenda import Role
from facilitate.core.capture_line import clean
from facilitate.formats.slugs import LONGEST, SLUG, slug

_ROLES = frozenset({
    "lead", "leader", "leads", "co", "colead", "cofacilitator", "facilitator",
    "facilitators", "facilitation", "host", "hosts", "cohost", "tech", "technical",
    "technology", "producer", "care", "access", "scribe", "notes", "note", "taker",
    "notetaker", "timekeeper", "time", "keeper", "moderator", "moderation", "speaker",
    "speakers", "presenter", "presenters", "trainer", "trainers", "teacher", "guest",
    "guests", "panel", "panelist", "panelists", "team", "all", "everyone", "group",
    "groups", "participants", "interpreter", "interpreters", "assistant", "support",
    "staff", "main", "second", "third", "other", "chat", "room", "rooms", "documentation",
    "harvest",
})  # fmt: skip
"""Words of which names of roles are made."""

_APART = re.compile(r"\s*(?:[,;/&+\n]|\band\b|\bund\b|\by\b|\bet\b)\s*", re.IGNORECASE)
_LETTER = re.compile(r"[a-z]|\d{1,2}")


class Named(NamedTuple):
    """Who a cell names."""

    roles: tuple[str, ...]
    """Keys of roles, the one who leads first."""
    is_guessed: bool
    """Whether one of them was taken for a name."""


class Team:
    """The roles that a table comes to name, and the names behind them."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._persons: dict[str, str] = {}

    @property
    def roles(self) -> tuple[Role, ...]:
        """All of them, in the order in which they were met."""
        return tuple(Role(role=role, name=name) for role, name in self._names.items())

    def keys(self, cell: str) -> tuple[str, ...]:
        """The roles that a cell lists by their keys."""
        texts = [clean(one) for one in re.split(r"[,;\n]", cell)]
        return self._met((_key(text), text) for text in texts)

    def named(self, cell: str) -> Named:
        """The roles of those whom a cell names, by role or by name."""
        found = [(_role(text), text) for text in map(clean, _APART.split(cell))]
        is_guessed = any(not role and _says(text) for role, text in found)
        return Named(self._met(found), is_guessed)

    def _met(self, found: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """The roles of what was found: each with its key, empty for a name, and its text."""
        roles: dict[str, None] = {}
        for key, text in found:
            if _says(text):
                role = key or self._person(text)
                self._names.setdefault(role, "")
                roles[role] = None
        return tuple(roles)

    def _person(self, name: str) -> str:
        """The role of someone who is known by name alone."""
        same = name.casefold()
        if same not in self._persons:
            role = f"person-{len(self._persons) + 1}"
            self._persons[same] = role
            self._names[role] = name
        return self._persons[same]


def _says(text: str) -> bool:
    return any(map(str.isalnum, text))


def _key(text: str) -> str:
    """The text as the key of a role; empty when it makes none."""
    made = text if SLUG.fullmatch(text) else slug(text)
    return made if text.isascii() and SLUG.fullmatch(made) and len(made) <= LONGEST else ""


def _role(text: str) -> str:
    """The key of a role; empty when the text is a name, or may be one."""
    words = re.findall(r"[a-z]+|\d+", text.lower())
    if not text.isascii() or not words or not any(word in _ROLES for word in words):
        return ""
    if not all(word in _ROLES or _LETTER.fullmatch(word) for word in words):
        return ""
    return _key(text)
