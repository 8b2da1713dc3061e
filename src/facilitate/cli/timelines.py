"""Programmes, put together for the command line and for the screens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from facilitate.core.agenda import Agenda
    from facilitate.core.carrying import Inherited
    from facilitate.core.programme_view import Timeline
    from facilitate.session.clock import Clock
    from facilitate.session.kept import Kept
    from facilitate.session.programme_files import OpenedProgramme
    from facilitate.store.places import Places


class LocalProgrammes:
    """The programmes in this machine's folders, beside the records that it knows."""

    def __init__(
        self, places: Places, now: Callable[[], dt.datetime], kept: Callable[[], Kept]
    ) -> None:
        self._places = places
        self._now = now
        self._kept = kept

    def timeline(self, path: str) -> Timeline:
        """The dates of the programme in a file, as they stand now.

        Raises:
            Refused: when it cannot be opened; it says what to mend.
        """
        from facilitate.core.refusal import Refused
        from facilitate.session.programme_files import Unsound, open_programme

        try:
            opened = open_programme(path)
        except Unsound as unsound:
            raise Refused(str(unsound)) from None
        return self.look(opened)

    def agenda(self, path: str, name: str) -> str:
        """Where an agenda lies that the programme in a file names."""
        return str(Path(path).with_name(name))

    def look(self, opened: OpenedProgramme) -> Timeline:
        """The dates of a programme that was read."""
        from facilitate.session import programme

        return programme.look(opened, self._kept(), self._now(), self._handed_on)

    def _handed_on(self, cohort: str, agenda: Agenda) -> Inherited | None:
        from facilitate.session import carrying

        return carrying.inherited(self._places, cohort, agenda)

    def on_shelf(self) -> dict[str, str]:
        """What comes next in each programme among the agendas, in words, by its path."""
        from facilitate.session import library, programme

        folders = library.agenda_folders()
        return programme.on_shelf(folders, self._kept(), self._now())


class DeskWithProgrammes:
    """What every desk does with programmes."""

    _places: Places
    _clock: Clock

    def programmes(self) -> LocalProgrammes:
        """The programmes of this machine; asking for it neither reads nor writes."""

        def kept() -> Kept:
            from facilitate.session.kept import Kept

            return Kept(self._places)

        return LocalProgrammes(self._places, self._clock.now, kept)
