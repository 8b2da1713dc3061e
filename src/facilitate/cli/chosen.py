"""What the user chose in the settings, and the places that follow from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from facilitate.store.places import Places, places

if TYPE_CHECKING:
    from facilitate.core.keeping import Keep
    from facilitate.core.tally import Scale
    from facilitate.formats.settings_toml import Settings


class Chosen(NamedTuple):
    """What the user chose, as far as it can be used."""

    places: Places
    """With the folder that the team shares, where there is one."""
    theme: str = ""
    """Empty for the usual colours."""
    keys: Mapping[str, str] = MappingProxyType({})
    """By verb id."""
    method: str = ""
    """What chooses the first scale of consent; empty for the usual one."""
    scales: Mapping[str, Scale] | None = None
    """Scales of the user's own, by their name."""
    keep: Keep | None = None
    """How long journals are kept; None before anyone was asked."""
    wrong: tuple[str, ...] = ()
    """What is wrong with the settings, a sentence each."""
    missing: str = ""
    """That the shared folder is not there now; empty when it is, and without one. It is one
    of `wrong` as well."""


def here() -> Places:
    """The places of this user, with the folder that the settings name as shared."""
    return chosen().places


class Known(NamedTuple):
    """What there is that the settings may name."""

    verbs: Collection[str] | None = None
    """Their ids; None where nobody asks for keys."""
    themes: Collection[str] | None = None
    """Their names; None where nobody asks for colours."""


def chosen(known: Callable[[], Known] = Known) -> Chosen:
    """Everything in the settings; `known` is called where there are any."""
    own = places()
    try:
        text = own.settings.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Chosen(own)
    except (OSError, UnicodeDecodeError):
        return Chosen(own, wrong=(f"{own.settings} cannot be read; nothing of it counts.",))
    from facilitate.formats.settings_toml import read_settings

    verbs, themes = known()
    settings, problems = read_settings(text, str(own.settings), verbs=verbs, themes=themes)
    found, missing = _with_shared(own, settings)
    return Chosen(
        places=found,
        theme=settings.theme,
        keys=settings.keys,
        method=settings.method,
        scales=settings.scales,
        keep=settings.keep,
        wrong=tuple(filter(None, (*(str(problem) for problem in problems), missing))),
        missing=missing,
    )


def _with_shared(own: Places, settings: Settings) -> tuple[Places, str]:
    """The places with the folder that a team shares, and that it is not there."""
    if not settings.shared:
        return own, ""
    from facilitate.formats.characters import printable

    try:
        folder = Path(settings.shared).expanduser()
        is_there = folder.is_dir()
    except (OSError, RuntimeError, ValueError):  # nobody has that name, or nothing may
        folder, is_there = Path(settings.shared), False
    if is_there:
        return replace(own, shared=folder), ""
    missing = f"The shared folder {folder} is not there now."
    instead = "Records are written on this machine alone until it is."
    return own, printable(f"{missing} {instead}")


def keep_journals(here: Places, answer: Keep) -> None:
    """Write into the settings how long journals are kept; all else in them stays.

    Raises:
        OSError: when it cannot be written; the settings are then what they were.
        Refused: when the settings cannot be read.
    """
    from facilitate.core.refusal import Refused
    from facilitate.formats.settings_toml import with_keep
    from facilitate.store.files import replace_file, rewrite_file

    path = here.settings
    try:
        text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        content = with_keep(text, answer).encode()
    except ValueError:
        raise Refused(f"{path} cannot be read; mend it first, then answer again.") from None
    if path.exists():
        rewrite_file(path, content)
    else:
        replace_file(path, content)
