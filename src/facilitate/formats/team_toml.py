"""The names of a team, for this machine only."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable

import tomli_w

from facilitate.core.agenda import Role


def write_team(team: Iterable[Role]) -> str:
    """The names by role, as TOML."""
    return tomli_w.dumps({"team": {role.role: role.name for role in team}})


def read_team(text: str) -> tuple[Role, ...]:
    """The names in a file of `write_team`; empty when it cannot be read."""
    try:
        team = tomllib.loads(text).get("team", {})
    except tomllib.TOMLDecodeError:
        return ()
    names = team.items() if isinstance(team, dict) else ()
    return tuple(Role(role=role, name=str(name)) for role, name in names)
