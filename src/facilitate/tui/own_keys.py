"""The keys that a user chose for verbs: which of them can be used."""

from __future__ import annotations

from collections.abc import Mapping

from facilitate.tui.archive_verbs import (
    AGREED,
    ARCHIVE,
    GRID,
    HISTORY,
    HOME,
    RECORD,
    SHARING,
)
from facilitate.tui.build_verbs import BUILD
from facilitate.tui.line_verbs import CARRYING, CONSENT, HARVEST, LINE, READING
from facilitate.tui.programme_verbs import PROGRAMME
from facilitate.tui.verb import ANYWHERE, BEFORE, KEY_NAMES, REHEARSAL, key_name
from facilitate.tui.verbs import DEBRIEF, RUN, UNDO, VERBS

SCREENS = (
    (*RUN, *REHEARSAL),
    (*BEFORE, *REHEARSAL),
    *((*verbs, *UNDO, *REHEARSAL) for verbs in (LINE, CONSENT, CARRYING, HARVEST)),
    (*READING, *REHEARSAL),
    DEBRIEF,
    *((*verbs, *REHEARSAL) for verbs in (ARCHIVE, HISTORY, AGREED, GRID, SHARING, RECORD)),
    HOME,
    BUILD,
    PROGRAMME,
)
"""Verbs that are on one screen together; those of `ANYWHERE` are there as well."""


def sound_keys(wanted: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The user's own keys, by verb id, as far as they can be used; and why others cannot."""
    kept, wrong = dict(wanted), []
    for verb_id, keys in wanted.items():
        if VERBS[verb_id].while_typing and any(len(key) == 1 for key in _apart(keys)):
            wrong.append(f"{verb_id} works while someone types; it wants a key with ctrl.")
            del kept[verb_id]
    while clash := _clash(kept):
        key, verbs = clash
        wrong.append(f"The key {key_name(key)} would mean both {' and '.join(verbs)}.")
        kept = {verb_id: keys for verb_id, keys in kept.items() if verb_id not in verbs}
    return kept, wrong


def _clash(own: Mapping[str, str]) -> tuple[str, list[str]] | None:
    """A key that two verbs of one screen want, and their ids; None when there is none."""
    for screen in SCREENS:
        wanting: dict[str, list[str]] = {}
        for verb in (*screen, *ANYWHERE):
            for key in _apart(own.get(verb.id, verb.key)):
                wanting.setdefault(key, []).append(verb.id)
        for key, verbs in wanting.items():
            if len(verbs) > 1:
                return key, verbs
    return None


def _apart(keys: str) -> list[str]:
    """Keys parted by commas, each by the name that Textual gives it."""
    names = {shown: name for name, shown in KEY_NAMES.items()}
    return [names.get(key.strip(), key.strip()) for key in keys.split(",")]
