"""Records of a cohort, and the first of two sittings that live by one another."""

from __future__ import annotations

import datetime as dt

from tests.session.sitting import do

from facilitate.core.agenda import Agenda
from facilitate.core.entry_commands import (
    AdoptLine,
    AgreeNotes,
    AskAttribution,
    Describe,
    MoveTo,
    NoteConcern,
    PutToTest,
    ReadBack,
)
from facilitate.core.line_meaning import command_of
from facilitate.core.record import RecordedEntry, SittingRecord
from facilitate.core.tally import SCALES
from facilitate.formats.record_toml import write_record
from facilitate.session import library
from facilitate.session.live import LiveSession
from facilitate.store.places import places, shipped_agendas
from facilitate.store.records import write_record_folder

DAY = dt.date(2026, 9, 12)


def line(name: str, text: str = "One mic", **fields: object) -> RecordedEntry:
    """A line as a record has it; its name tells its kind."""
    kinds = {"A": "agreement", "T": "term", "Q": "question", "E": "example", "C": "commitment"}
    states = {"A": "in force", "T": "shared", "Q": "open", "E": "checked", "C": "named"}
    given = {
        "kind": kinds[name[0]], "state": states[name[0]], "ring": "cohort", "text": text,
        **fields,
    }  # fmt: skip
    return RecordedEntry(id=name, **given)  # type: ignore[arg-type]


def record(name: str, *entries: RecordedEntry, **fields: object) -> str:
    """Put a record into the archive; its sitting is `<day>-<name>`. Returns the id."""
    day = fields.pop("date", DAY)
    assert isinstance(day, dt.date)
    given = {
        "id": f"{day}-{name}", "title": "Harbour circles", "date": day, "place": "online",
        "timezone": "America/New_York", "cohort": "harbour-2026", "last_number": 9, "app": "0",
        "revision": 1, "entries": entries, **fields,
    }  # fmt: skip
    written = SittingRecord(**given)  # type: ignore[arg-type]
    files = {"record.toml": write_record(written).encode()}
    write_record_folder(places().records, str(day.year), written.id, files)
    return written.id


def both_parts() -> list[Agenda]:
    """Both parts of one topic, as they come with the program."""
    files = ("iecmh-02-attachment-part-1.toml", "iecmh-03-attachment-part-2.toml")
    opened = [library.open_agenda(shipped_agendas() / file).agenda for file in files]
    return [agenda for agenda in opened if agenda is not None]


def typed(live: LiveSession, *texts: str) -> None:
    """Keep what somebody types, as the capture line does."""
    for text in texts:
        live.do(command_of(live.state, text))  # type: ignore[arg-type]
    assert live.settle(5)


def adopt(live: LiveSession, number: int, tally: str) -> None:
    """Test a line and adopt it, with a concern beside it."""
    do(live, PutToTest(number=number, scale=SCALES["thumbs"]))
    typed(live, tally)
    do(live, NoteConcern(kind="concern", text="CANARY of whoever stays silent"))
    do(live, AdoptLine(number=number, confirmed=True))


def part_one(live: LiveSession) -> None:
    """What a group makes in the first part: A1 to A3, T4, Q5, and a learning."""
    do(live, AgreeNotes(keeps=True))
    typed(
        live,
        "a: One mic, one speaker <- the elders' circle",
        "a: Stories stay, lessons leave >part2",
        "a: Cameras are on",
        "t: attachment = who we turn to when it is too much",
        "q: Who holds the supervisor? >part2 @lead",
        "l: CANARY the heron #policy @CANARY-role",
    )
    for number in (1, 2, 3, 4):
        do(live, ReadBack(number=number))
    for number in (1, 2, 3):
        adopt(live, number, "u12 s1 d1 p3 of 17")
    do(live, MoveTo(number=4, state="shared"))
    do(live, Describe(number=1, name="looks_like", text="We wait two breaths"))
    do(live, AskAttribution(number=1, form="name"))
