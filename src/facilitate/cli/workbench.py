"""Building a day, put together for the full-screen interface."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import facilitate

if TYPE_CHECKING:
    from facilitate.core.learned import Learned
    from facilitate.core.record import SittingRecord
    from facilitate.formats.problem import Problem
    from facilitate.session.building_files import Opened, Theirs
    from facilitate.session.building_steps import Waiting, Written, WroteOut
    from facilitate.store.places import Places

REHEARSAL = "This is a rehearsal. Start without --rehearse to change an agenda."
SHIPPED = (
    "This agenda comes with the program and stays as it is. Make one of your own from it:"
    " facilitate new --from {}"
)


class LocalWorkbench:
    """The agenda files of this machine."""

    def __init__(
        self,
        places: Places,
        records: Callable[[], tuple[SittingRecord, ...]],
        *,
        rehearses: bool = False,
    ) -> None:
        """`records` tells of all sittings that were held; `rehearses` lets nothing be saved."""
        self._places = places
        self._records = records
        self._rehearses = rehearses

    def open(self, path: str) -> Opened | tuple[Problem, ...]:
        """An agenda to be built on; else why it cannot be."""
        from facilitate.session.agenda_files import Unbuildable
        from facilitate.session.building_files import open_day

        try:
            return open_day(self._places, Path(path))
        except Unbuildable as unbuildable:
            return unbuildable.problems

    def write_out(self, path: str, waiting: Waiting, saved: Written) -> tuple[WroteOut, str]:
        """The texts of some steps; the last one is put aside, until it is saved."""
        from facilitate.session.building_files import put_aside
        from facilitate.session.building_steps import write_out
        from facilitate.store.files import reason

        wrote = write_out(waiting.day, waiting.changes, Path(path).name)
        day = wrote.days[-1] if wrote.days else waiting.day
        try:
            if not self._rehearses:
                put_aside(self._places, Path(path), day, saved)
        except OSError as error:
            return wrote, f"{reason(error)}: these changes are on the screen alone until saved."
        return wrote, ""

    def let_go(self, path: str) -> None:
        """Let go of what was put aside."""
        from facilitate.session.building_files import let_go

        let_go(self._places, Path(path))

    def save(self, path: str, day: Written, saved: Written) -> Theirs | None:
        """Write a day into its file, unless someone else changed that meanwhile.

        Raises:
            Refused: when it is not to be written.
        """
        from facilitate.session.building_files import save

        self._check_own(path)
        theirs = save(Path(path), day, saved)
        if theirs is None:
            self.let_go(path)
        return theirs

    def save_over(self, path: str, day: Written, theirs: Theirs) -> Theirs | str:
        """Write it over what someone else wrote; a sentence that says where theirs is now.

        Raises:
            Refused: when it is not to be written.
        """
        from facilitate.session.building_files import Theirs, save_over

        self._check_own(path)
        found = save_over(self._places, Path(path), day, theirs)
        if isinstance(found, Theirs):
            return found
        self.let_go(path)
        return "" if found is None else f"What they wrote stands in {found}"

    def _check_own(self, path: str) -> None:
        from facilitate.core.refusal import Refused

        if self._rehearses:
            raise Refused(REHEARSAL)
        package = Path(facilitate.__file__).parent.resolve()
        if Path(path).resolve().is_relative_to(package):
            raise Refused(SHIPPED.format(path))

    def learned(self) -> Learned:
        """How long parts have really taken, as records tell."""
        from facilitate.core.learned import learned

        return learned(self._records())
