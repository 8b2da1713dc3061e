"""What was kept, put together for the screens that look back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facilitate.core.archive_view import AgreedRow
    from facilitate.core.keeping import Keep
    from facilitate.core.record import SittingRecord
    from facilitate.core.searching import Hits, Query
    from facilitate.core.shelf import PastSitting
    from facilitate.core.taking_back import Line
    from facilitate.core.threads import Thread, ThreadKey
    from facilitate.session.archive import Archive
    from facilitate.session.kept import Kept, KeptSitting
    from facilitate.store.places import Places
    from facilitate.tui.looking_back import Field, PastLine, Tell

ASKS = (
    "Take {} back for good? It leaves the notes, the records and the hand-outs of this "
    "machine, with every wording it had. It cannot be undone. What was printed, sent or "
    "copied, backups and other machines are out of reach from here."
)
NOTHING_LEFT = "Nothing of {} is left on this machine."
UNCLEAR = "Several lines are called {0} there. Say which one: facilitate erase {0} --which."
KEPT = "The answer stands in {}"
GONE = "The record of this sitting is not here any more."
LISTED = "facilitate archive list says more"


class LocalPast:
    """The archive of this machine and of the folder that its team shares."""

    def __init__(
        self, places: Places, rewriting: threading.Lock, *, rehearses: bool = False
    ) -> None:
        """`rewriting` is held while journals are rewritten; `rehearses` lets none be."""
        self._places = places
        self._rewriting = rewriting
        self._rehearses = rehearses
        self._opening = threading.Lock()
        self._telling: list[Tell] = []
        self._opened: Kept | None = None
        """None until something was asked for."""

    @property
    def _kept(self) -> Kept:
        from facilitate.session.kept import Kept

        with self._opening:
            if self._opened is None:
                self._opened = Kept(self._places)
            return self._opened

    @property
    def _archive(self) -> Archive:
        from facilitate.session.archive import Archive

        return Archive(self._kept)

    def read(self, tell: Tell) -> str:
        """Take in the records that are new; what someone should know of them, or nothing."""
        self._telling.append(tell)
        try:
            self._kept.refresh(self._tell)
        finally:
            self._telling.remove(tell)
        return " ".join(self.said)

    def _tell(self, done: int, count: int) -> None:
        """Tell everyone who waits, also whoever came when it had begun."""
        for tell in tuple(self._telling):
            tell(done, count)

    @property
    def said(self) -> tuple[str, ...]:
        """What someone should know of the records as they were read last, a sentence each."""
        return (*self._kept.said, *_trouble(self._kept))

    def sittings(self) -> tuple[PastSitting, ...]:
        """The sittings that there is a record of, the latest first."""
        from facilitate.session import library

        return library.past(self._places, self._kept)

    def search(self, query: Query) -> Hits:
        """What is found."""
        return self._archive.search(query)

    def line(self, key: ThreadKey) -> PastLine | None:
        """One line; None when there is none any more."""
        from facilitate.core.archive_view import called, history, sitting_words
        from facilitate.tui.looking_back import PastLine

        thread = self._archive.thread(key)
        if thread is None:
            return None
        cohort, name = thread.latest.sitting.cohort, called(thread)
        language = self._archive.timeline(name, cohort) if name else ()
        sittings = (step.sitting for step in reversed(thread.steps))
        return PastLine(
            history=history(thread, language),
            sittings=tuple((one.id, sitting_words(one)) for one in sittings),
        )

    def agreed(self, cohort: str) -> tuple[AgreedRow, ...]:
        """The agreements in force of a cohort."""
        from facilitate.core.archive_view import agreed_rows

        return agreed_rows(self._archive.in_force(cohort))

    def lines(self, cohort: str) -> tuple[Thread, ...]:
        """Every line of a cohort."""
        return self._archive.lines(cohort)

    def values(self, field: Field) -> tuple[str, ...]:
        """The values that there are."""
        return self._archive.cohorts() if field == "cohort" else self._archive.values(field)

    def latest(self, cohort: str) -> str | None:
        """Id of the latest sitting of a cohort; None when there is no record of any."""
        of_cohort = [one for one in self._kept.sittings() if one.facts.cohort == cohort]
        return of_cohort[-1].facts.id if of_cohort else None

    def records(self) -> tuple[SittingRecord, ...]:
        """Every record, one for each sitting; the oldest first."""
        return self._kept.records()

    # Taking back

    def asks_to_erase(self, key: ThreadKey, words: str) -> str:
        """What is to be asked before a line is taken back for good.

        Raises:
            Refused: when it cannot be taken back now.
        """
        from facilitate.session import erasing

        erasing.check_free(self._places, self._meant(key, words).taking_back)
        return ASKS.format(key.name)

    def erase(self, key: ThreadKey, words: str) -> str:
        """Take a line back for good; a page with what was done, and what is to be asked back.

        Raises:
            Refused: when it cannot be taken back now; nothing was done then.
        """
        from facilitate.cli.erase import OUT_OF_REACH, left, told
        from facilitate.formats.characters import printable
        from facilitate.session import erasing

        meant = self._meant(key, words).taking_back
        with self._rewriting:
            done = erasing.take_back(self._places, meant)
        with self._opening:
            self._opened = None  # what it is made of was taken away
        rows = map(printable, (*told(done), *left(done)))
        return "\n".join((*rows, "", OUT_OF_REACH))

    def _meant(self, key: ThreadKey, words: str) -> Line:
        """The line wherever something of it stands.

        Raises:
            Refused: when there is none, or it cannot be told which of two is meant.
        """
        from facilitate.core.refusal import Refused
        from facilitate.session import erasing

        if self._rehearses:
            raise Refused("This is a rehearsal. Start without --rehearse to take a line back.")
        found = erasing.find(self._places, key.name, sitting=key.sitting).lines
        same = [one for one in found if (one.made, one.name) == (key.sitting, key.name)]
        meant = [one for one in same if one.text == words] if len(same) > 1 else same
        if len(meant) != 1:
            raise Refused(UNCLEAR.format(key.name) if same else NOTHING_LEFT.format(key.name))
        return meant[0]

    # Records

    def page(self, sitting: str) -> str:
        """The record of a sitting, to be read.

        Raises:
            Refused: when there is none any more.
        """
        from facilitate.core.refusal import Refused
        from facilitate.session import harvest

        found = (one for one in self._kept.sittings() if one.facts.id == sitting)
        meant = next(found, None)
        if meant is None:
            raise Refused(GONE)
        return harvest.record_page(meant.folder)

    # How long journals stay

    def asks_how_long(self) -> bool:
        """Whether nobody has said yet how long journals stay."""
        from facilitate.cli.chosen import chosen

        return chosen().keep is None

    def keep_journals(self, answer: Keep) -> str:
        """Write into the settings how long they stay; returns a sentence about it."""
        from facilitate.cli.chosen import keep_journals

        keep_journals(self._places, answer)
        return KEPT.format(self._places.settings)


def _trouble(kept: Kept) -> Iterator[str]:
    if unread := len(kept.unread()):
        count = "1 record" if unread == 1 else f"{unread} records"
        yield f"{count} cannot be read; {LISTED}."
    to_be_known = [one for one in kept.sittings() if one.said]
    if len(to_be_known) == 1:
        yield _said_of(to_be_known[0])
    elif to_be_known:
        yield f"{len(to_be_known)} sittings have several records; {LISTED}."


def _said_of(sitting: KeptSitting) -> str:
    from facilitate.core.archive_view import sitting_words

    return f"{sitting_words(sitting.facts)}: {' '.join(sitting.said)}"
