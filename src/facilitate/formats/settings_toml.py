"""The settings file: few things, all with a sensible answer when they are not there.

```toml
theme = "facilitate-light"

[keys]                       # verb id = key, or keys parted by commas
"segment.next" = "n,f5"

[consent]
method = "our five"          # or thumbs, fist, gradients, objection

[consent.scales."our five"]
labels = ["gladly", "yes", "fine", "unsure", "no"]  # best first
hear = 2                     # so many of the lowest are heard first; 1 unless written

[shared]
folder = "~/Shared"          # a folder that the team shares; records are written there

[keep]
journals = 14                # days after the record; or 30, or "with the record"
```
docs/settings.md tells all of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from facilitate.core.keeping import WITH_THE_RECORD, Keep
from facilitate.core.tally import DEFAULT_METHOD, MOST_LABELS, SCALES, Scale, own_scale
from facilitate.formats.characters import printable
from facilitate.formats.problem import Problem
from facilitate.formats.wording import closest, did_you_mean

LONGEST_KEPT = 3650
"""More days than this are as long as the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user changed; empty where nothing was."""

    theme: str = ""
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Keys by verb id."""
    method: str = DEFAULT_METHOD
    """How a group tests for consent: what a scale is called in `SCALES` or in `scales`."""
    scales: Mapping[str, Scale] = field(default_factory=lambda: MappingProxyType({}))
    """Scales of a team's own, by their name; none is called as one in `SCALES` is."""
    shared: str = ""
    """The folder that a team shares, as it was written: absolute, or below `~`."""
    keep: Keep | None = None
    """None before anyone was asked."""


def read_settings(
    text: str,
    file: str,
    *,
    verbs: Collection[str] | None = None,
    themes: Collection[str] | None = None,
) -> tuple[Settings, tuple[Problem, ...]]:
    """Settings and what is wrong with them; what is wrong is left out.

    Without the `verbs` and `themes` that there are, the keys and the theme are left out and
    nothing is said of them.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(), (_problem(file, "settings-toml", f"This is not TOML: {error}."),)
    problems = _unknown(data, _KNOWN, "here", file)
    theme, wrong_theme = _theme(data.get("theme", ""), file, themes)
    keys, wrong_keys = ({}, []) if verbs is None else _keys(data.get("keys", {}), file, verbs)
    method, scales, wrong_consent = _consent(data.get("consent", {}), file)
    shared, wrong_shared = _shared(data.get("shared", {}), file)
    keep, wrong_keep = _keep(data.get("keep", {}), file)
    settings = Settings(
        theme=theme,
        keys=MappingProxyType(keys),
        method=method,
        scales=MappingProxyType(scales),
        shared=shared,
        keep=keep,
    )
    wrong = (*wrong_theme, *wrong_keys, *wrong_consent, *wrong_shared, *wrong_keep)
    return settings, (*problems, *wrong)


_KNOWN = ("theme", "keys", "consent", "shared", "keep")
_KNOWN_OF_CONSENT = ("method", "scales")
_KNOWN_OF_A_SCALE = ("labels", "hear")
_LEAST_LABELS = 2


def _theme(
    written: object, file: str, themes: Collection[str] | None
) -> tuple[str, list[Problem]]:
    if themes is None or written in ("", *themes):  # a tuple: the file may hold a list here
        return (str(written) if themes is not None else ""), []
    message = f"There is no theme {written!r}."
    return "", [_problem(file, "theme", message, _near(str(written), themes))]


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


def _consent(written: object, file: str) -> tuple[str, dict[str, Scale], list[Problem]]:
    """Method, own scales by name, and what is wrong with them."""
    if not isinstance(written, dict):
        wrong = _problem(file, "consent", '[consent] wants lines such as method = "fist".')
        return DEFAULT_METHOD, {}, [wrong]
    problems = _unknown(written, _KNOWN_OF_CONSENT, "in [consent]", file)
    named = written.get("scales", {})
    scales, wrong_scales = _scales(named, file)
    method = written.get("method", DEFAULT_METHOD)
    known = [*SCALES, *scales]
    if method not in known:
        # What is wrong with a scale is told where the scale is written, and not once more.
        if not (isinstance(named, dict) and isinstance(method, str) and method in named):
            message = f"There is no method {method!r}."
            hint = did_you_mean(str(method), known)
            problems.append(_problem(file, "method", message, hint))
        method = DEFAULT_METHOD
    return method, scales, [*problems, *wrong_scales]


def _scales(written: object, file: str) -> tuple[dict[str, Scale], list[Problem]]:
    if not isinstance(written, dict):
        message = '[consent.scales."our five"] wants lines such as labels = ["yes", "no"].'
        return {}, [_problem(file, "scales", message)]
    kept: dict[str, Scale] = {}
    problems: list[Problem] = []
    for name, lines in written.items():
        scale, wrong = _scale(name, lines if isinstance(lines, dict) else {}, file)
        problems += wrong
        if scale:
            kept[name] = scale
    return kept, problems


def _scale(
    name: str, written: Mapping[str, Any], file: str
) -> tuple[Scale | None, list[Problem]]:
    """A scale of a team's own, None where its name or its labels cannot be used."""
    trouble = _name_trouble(name) or _labels_trouble(name, written.get("labels"))
    if trouble:
        return None, [_problem(file, "scale", trouble)]
    problems = _unknown(written, _KNOWN_OF_A_SCALE, f'in the scale "{name}"', file)
    scale = own_scale(_clean(name), [_clean(label) for label in written["labels"]])
    hear = written.get("hear", scale.hear)
    if type(hear) is int and 0 <= hear < len(scale.labels):  # a bool is an int, too
        return scale._replace(hear=hear), problems
    message = f'hear of the scale "{name}" is a number from 0 to {len(scale.labels) - 1}.'
    return scale, [*problems, _problem(file, "hear", message)]


def _name_trouble(name: str) -> str:
    """What is wrong with the name of an own scale; empty when nothing is."""
    if name in SCALES:
        return f'There is a scale "{name}" already: give yours another name.'
    return "" if _clean(name) else "A scale of your own wants a name."


def _labels_trouble(name: str, labels: object) -> str:
    """What is wrong with the labels of an own scale; empty when nothing is."""
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        return f'The scale "{name}" wants a line such as labels = ["yes", "unsure", "no"].'
    if not _LEAST_LABELS <= len(labels) <= MOST_LABELS:
        return f'The scale "{name}" has two to nine labels, and not {len(labels)}.'
    plain = [_clean(label).casefold() for label in labels]
    if "" in plain:
        return f'The scale "{name}" has a label without words.'
    again = next((label for label in labels if plain.count(_clean(label).casefold()) > 1), "")
    return f'The scale "{name}" has the label "{again}" twice.' if again else ""


# Where records go, and how long journals stay


def _shared(written: object, file: str) -> tuple[str, list[Problem]]:
    """The folder that a team shares, and what is wrong with it."""
    if not isinstance(written, dict):
        wanted = '[shared] wants a line such as folder = "~/Shared".'
        return "", [_problem(file, "shared", wanted)]
    problems = _unknown(written, ("folder",), "in [shared]", file)
    folder = written.get("folder", "")
    if isinstance(folder, str) and (not folder or folder.startswith(("/", "~"))):
        return folder, problems
    message = "The folder in [shared] is a text that begins with / or ~."
    hint = 'Write the whole path: folder = "~/Shared".'
    return "", [*problems, _problem(file, "shared", message, hint)]


def _keep(written: object, file: str) -> tuple[Keep | None, list[Problem]]:
    """How long journals are kept, and what is wrong with it."""
    if not isinstance(written, dict):
        return None, [_problem(file, "keep", "[keep] wants a line such as journals = 14.")]
    problems = _unknown(written, ("journals",), "in [keep]", file)
    journals = written.get("journals")
    if journals is None:
        return None, problems
    if journals == WITH_THE_RECORD:
        return WITH_THE_RECORD, problems
    if type(journals) is int and 1 <= journals <= LONGEST_KEPT:  # a bool is an int, too
        return journals, problems
    message = f'journals in [keep] is a number of days, or "{WITH_THE_RECORD}".'
    hint = f"From 1 day to {LONGEST_KEPT}: journals = 14."
    return None, [*problems, _problem(file, "keep", message, hint)]


def with_keep(text: str, keep: Keep) -> str:
    """The settings with an answer to how long journals are kept; all else is as it was.

    A comment beside it says what it means, unless the user wrote one there.

    Raises:
        ValueError: when the settings are not TOML.
    """
    import tomlkit  # no start waits for it

    settings = tomlkit.parse(text)
    if not isinstance(settings.get("keep"), Mapping):
        settings.pop("keep", None)
        settings.append("keep", tomlkit.table())
        if len(settings) > 1:
            settings["keep"].trivia.indent = "\n"
    table: Any = settings["keep"]
    before = table.item("journals") if "journals" in table else None
    value = tomlkit.item(keep)
    written = before.trivia.comment.lstrip("# ") if before is not None else ""
    if not written or written in (meaning_of_keep(1), meaning_of_keep(WITH_THE_RECORD)):
        value.comment(meaning_of_keep(keep))
    table["journals"] = value
    return tomlkit.dumps(settings)


def meaning_of_keep(keep: Keep) -> str:
    """What an answer means, for whoever reads the settings."""
    if keep == WITH_THE_RECORD:
        return "the notes of a sitting stay on this machine as long as its record"
    return "days after its record was written; then the notes of a sitting go"


def _clean(words: str) -> str:
    from facilitate.core.capture_line import clean  # most settings name no scale

    return clean(words)


def _unknown(
    written: Mapping[str, object], known: Collection[str], place: str, file: str
) -> list[Problem]:
    return [
        _problem(file, "unknown-key", f'Nothing is called "{key}" {place}.', _near(key, known))
        for key in written
        if key not in known
    ]


def _near(word: str, words: Collection[str]) -> str:
    near = closest(word, words)
    return f'Did you mean "{near}"?' if near else ""


def _problem(file: str, code: str, message: str, hint: str = "") -> Problem:
    return Problem(
        file=file, line=None, code=code, message=printable(message), hint=printable(hint)
    )
