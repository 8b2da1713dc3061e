"""Where everything lies. Built once in the command line and passed on from there.

```
<home>/                      user data folder of the platform, or FACILITATE_HOME
  sessions/<sitting>/own/    this machine's runs: the truth, waited for on disk
  sessions/<sitting>/seen/   other people's lines, verbatim
  private/<sitting>/         words kept apart, names of the team
  records/<year>/...         closed sittings
  index/archive.sqlite       made out of the records, and made again when it is gone
  exports/                   what was handed on, and a list of it
  posts/                     chat posts saved to a file
  show/<sitting>.json        what the group's window shows; only while a sitting is held
  unsaved/<file>/            changes to an agenda that are not in its file yet
  leaving/                   folders that are being removed
  settings.toml
<shared>/                    a folder that a team shares, where the settings name one
  records/<year>/...         closed sittings of all of its machines
```
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import facilitate


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Every path of the program, under one home."""

    home: Path
    shared: Path | None = None
    """A folder that a team shares; None for none."""

    @property
    def sittings(self) -> Path:
        """The folder with a folder for each sitting held on this machine."""
        return self.home / "sessions"

    def own(self, sitting: str) -> Path:
        """The journal files that this machine wrote for a sitting."""
        return self.sittings / sitting / "own"

    def seen(self, sitting: str) -> Path:
        """The journal files that other machines wrote for a sitting."""
        return self.sittings / sitting / "seen"

    def private(self, sitting: str) -> Path:
        """Words kept apart and names, for one sitting."""
        return self.home / "private" / sitting

    @property
    def taking_back(self) -> Path:
        """Notes of lines that are being taken back; each is there only until that is done."""
        return self.home / "private" / "taking-back"

    @property
    def leaving(self) -> Path:
        """Folders that are being removed: nothing reads them any more."""
        return self.home / "leaving"

    @property
    def records(self) -> Path:
        """Where the records of closed sittings are written, a folder a year."""
        return (self.shared or self.home) / "records"

    @property
    def record_roots(self) -> tuple[Path, ...]:
        """Everywhere that records are read from, where they are written first."""
        return tuple(dict.fromkeys((self.records, self.home / "records")))

    @property
    def index(self) -> Path:
        """What makes the archive quick to search; derived from the records alone."""
        return self.home / "index" / "archive.sqlite"

    @property
    def exports(self) -> Path:
        """What was handed on, unless it was written elsewhere."""
        return self.home / "exports"

    @property
    def export_list(self) -> Path:
        """What was ever handed on from this machine, without its words; a line each."""
        return self.exports / "list.jsonl"

    @property
    def posts(self) -> Path:
        """Chat posts that were saved to a file."""
        return self.home / "posts"

    @property
    def unsaved(self) -> Path:
        """Agendas as they were being built, a folder for each file, until they are saved."""
        return self.home / "unsaved"

    @property
    def show(self) -> Path:
        """What the group's windows show, a file for each sitting that is held now."""
        return self.home / "show"

    def shown(self, sitting: str) -> Path:
        """What the group's window shows of a sitting."""
        return self.show / f"{sitting}.json"

    @property
    def settings(self) -> Path:
        """The settings file; it need not exist."""
        return self.home / "settings.toml"


def places() -> Places:
    """The places of this user: under FACILITATE_HOME, or where the platform keeps data."""
    if moved := os.environ.get("FACILITATE_HOME"):
        return Places(home=Path(moved).expanduser().absolute())
    from platformdirs import user_data_path

    return Places(home=user_data_path("facilitate", appauthor=False))


def shipped_agendas() -> Path:
    """The folder of the agendas that come with the program."""
    package = Path(facilitate.__file__).parent
    inside = package / "agendas"
    return inside if inside.is_dir() else package.parent.parent / "agendas"
