"""The settings file: few things, all with a sensible answer when they are not there.

```toml
theme = "facilitate-light"

[keys]                       # verb id = key, or keys parted by commas
"segment.next" = "n,f5"
```
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from facilitate.formats.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user changed; empty where nothing was."""

    theme: str = ""
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Keys by verb id."""


def read_settings(
    text: str, file: str, *, verbs: Collection[str], themes: Collection[str]
) -> tuple[Settings, tuple[Problem, ...]]:
    """Settings and what is wrong with them; what is wrong is left out."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(), (_problem(file, "settings-toml", f"This is not TOML: {error}."),)
    problems = [
        _problem(file, "unknown-key", f'Nothing is called "{key}" here.', _near(key, _KNOWN))
        for key in data.keys() - set(_KNOWN)
    ]
    theme = data.get("theme", "")
    if theme not in ("", *themes):  # a tuple: the file may hold a list here
        problems.append(
            _problem(file, "theme", f"There is no theme {theme!r}.", _near(str(theme), themes))
        )
        theme = ""
    keys, wrong = _keys(data.get("keys", {}), file, verbs)
    return Settings(theme=theme, keys=MappingProxyType(keys)), (*problems, *wrong)


_KNOWN = ("theme", "keys")


def _keys(
    written: object, file: str, verbs: Collection[str]
) -> tuple[dict[str, str], list[Problem]]:
    if not isinstance(written, dict):
        return {}, [_problem(file, "keys", "[keys] wants lines such as segment.next = n.")]
    kept: dict[str, str] = {}
    problems = []
    for verb, key in written.items():
        if verb not in verbs:
            hint = _near(verb, verbs)
            problems.append(_problem(file, "verb", f'There is no verb "{verb}".', hint))
        elif not isinstance(key, str) or not key.strip():
            problems.append(_problem(file, "key", f'The key of "{verb}" is a text.'))
        else:
            kept[verb] = key
    return kept, problems


def _near(word: str, words: Collection[str]) -> str:
    found = difflib.get_close_matches(word, list(words), n=1)
    return f'Did you mean "{found[0]}"?' if found else ""


def _problem(file: str, code: str, message: str, hint: str = "") -> Problem:
    return Problem(file=file, line=None, code=code, message=message, hint=hint)
