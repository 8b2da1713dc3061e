"""Sittings in few words: commands go through the rules, the clock is moved by hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from facilitate.core.agenda import (
    Agenda,
    Breakout,
    Objective,
    Preparation,
    Role,
    Round,
    Segment,
)
from facilitate.core.capture_line import NewLine, NewWording, read_line
from facilitate.core.commands import Command, Next, Undo
from facilitate.core.decide import decide, seen_versions
from facilitate.core.entry_commands import Capture, Reword
from facilitate.core.events import Event, Recorded, RunOpened, SegmentStarted
from facilitate.core.fold import evolve
from facilitate.core.line_meaning import capture_kind
from facilitate.core.order import Stamper
from facilitate.core.progress import Status, active
from facilitate.core.refusal import NeedsAsking, Refused
from facilitate.core.schedule import Projection, Row, left, project, signal
from facilitate.core.state import EMPTY, SessionState
from facilitate.formats.agenda_toml import read_agenda

DATA = Path(__file__).parents[1] / "data"
WRITERS = {"lead": "aaaaaaaaaa", "co": "bbbbbbbbbb"}
CODE = re.compile(
    r"[_`<>{}\[\]]|\b(None|True|False|Error|exception|invalid|null|event|state)\b"
)
"""What nobody should have to read."""

DAY = Agenda(
    id="circle",
    title="Circle",
    subtitle="Day one",
    start=dt.time(9),
    timezone="America/New_York",
    minutes=90,
    place="online",
    date=dt.date(2026, 9, 12),
    team=(Role(role="lead", name="NAME-OF-THE-LEAD"), Role(role="co", name="NAME-OF-THE-CO")),
    objectives=(Objective(key="be", text="Agree how we want to be."),),
    before=(
        Preparation(minutes=15, who="tech", do="Open the room"),
        Preparation(minutes=45, who="lead", do="Lay out the words"),
    ),
    segments=(
        Segment(
            id="arrive", title="Arriving", kind="arrival", minutes=20, at_least=10, at_most=25
        ),
        Segment(
            id="agree",
            title="How we want to be",
            kind="agreements",
            minutes=30,
            at_least=20,
            at_most=40,
            lead="lead",
            with_=("co",),
            purpose="Agreements that hold.",
            say="Before we talk,\nwe agree.\n\nWhat helps you stay?",
            notes="Slow down here.\n\nWatch the\nchat.",
            chat=("What helps you stay?", "We are back at {back_at}."),
            tech="Keep\nthe chat open.",
            access="Read the\nchat aloud.",
            capture=("agreement", "term"),
            listen_for="Short sentences.",
            if_short="Two\nagreements.",
            if_heavy="Name\nit.",
            if_quiet="Write\nfirst.",
            breakout=Breakout(
                stay="Stay here.",
                rounds=(Round(minutes=7, ask="One?"), Round(minutes=5, ask="Two?")),
            ),
        ),
        Segment(id="slack", title="Slack", kind="buffer", minutes=5),
        Segment(id="tea", title="Tea", kind="break", minutes=10, starts_at=dt.time(9, 55)),
        Segment(id="close", title="Closing", kind="closing", minutes=25, protect=True),
    ),
)
"""Arriving 9:00, How we want to be 9:20, Slack 9:50, Tea 9:55, Closing 10:05, end 10:30."""


class Sitting:
    """A state, the clock on the wall, and whoever asks."""

    def __init__(self, agenda: Agenda = DAY, **opening: object) -> None:
        assert agenda.date is not None
        self.agenda, self.date = agenda, agenda.date
        self.state: SessionState = EMPTY
        self.now = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
        self.by = "lead"
        self._stampers = {role: Stamper() for role in WRITERS}
        self._written = dict.fromkeys(WRITERS, 0)
        self.at(agenda.start.isoformat("minutes"))
        fields = {"agenda": agenda, "date": agenda.date, "cohort": agenda.whose, **opening}
        self.record(RunOpened(sitting="s", device="calm bay", app="0.1.0", **fields))  # type: ignore[arg-type]

    # The clock

    def at(self, clock: str) -> Sitting:
        """Set the clock to a wall time of the agenda's day: `09:07` or `09:07:30`."""
        wall = dt.time.fromisoformat(clock)
        zone = ZoneInfo(self.agenda.timezone)
        self.now = dt.datetime.combine(self.date, wall, zone).astimezone(dt.UTC)
        return self

    def later(self, **step: float) -> Sitting:
        """Let time pass, as in `later(minutes=5)`."""
        self.now += dt.timedelta(**step)
        return self

    def instant(self, clock: str) -> dt.datetime:
        """The instant of a wall time; the clock stays."""
        return self.fork().at(clock).now

    # What is done

    def do(self, command: Command, by: str | None = None) -> Sitting:
        """Ask for something that is possible."""
        for event in decide(self.state, command, self.now, by or self.by):
            self.record(event, by)
        return self

    def refusal(self, command: Command, by: str | None = None) -> str:
        """The words with which something is refused: one friendly sentence or more."""
        with pytest.raises(Refused) as refused:
            decide(self.state, command, self.now, by or self.by)
        words = str(refused.value)
        assert words.endswith("?" if isinstance(refused.value, NeedsAsking) else ".")
        assert words[0].isupper()
        assert not CODE.search(words)
        return words

    def question(self, command: Command, by: str | None = None) -> str:
        """The words with which a yes is asked for before something is done."""
        with pytest.raises(NeedsAsking):
            decide(self.state, command, self.now, by or self.by)
        return self.refusal(command, by)

    def record(
        self, event: Event, by: str | None = None, base: tuple[str, ...] | None = None
    ) -> str:
        """Let something have happened, whatever the rules say; the id of its record."""
        by = by or self.by
        recorded = Recorded(
            writer=WRITERS[by],
            n=self._written[by],
            stamp=self._stamp(by),
            by=by,
            event=event,
            base=seen_versions(self.state, event) if base is None else base,
        )
        self._written[by] += 1
        self.state = evolve(self.state, recorded)
        return recorded.id

    def _stamp(self, by: str) -> str:
        wall_ms = int(self.now.timestamp() * 1000)
        if self.state.history:
            self._stampers[by].observe(self.state.history[-1].stamp, wall_ms)
        return self._stampers[by].tick(wall_ms)

    def next(self, by: str | None = None) -> Sitting:
        """Begin the next part, or the first."""
        return self.do(Next(seen=self.running), by)

    def begin(self, segment: str) -> Sitting:
        """Go to a part at once, wherever it stands."""
        self.record(SegmentStarted(segment=segment, from_=self.running, at=self.now))
        return self

    def write(self, text: str, by: str | None = None) -> str:
        """Keep a line, or give one new words; the id of the record."""
        line = read_line(text, capture_kind(self.state))
        assert isinstance(line, NewLine | NewWording)
        is_new = isinstance(line, NewLine)
        self.do(Capture(line=line) if is_new else Reword(wording=line), by)
        return self.state.history[-1].id

    def undo(self, by: str | None = None) -> Sitting:
        """Take the last step back."""
        return self.do(Undo(), by)

    def fork(self, by: str | None = None) -> Sitting:
        """The same sitting on another machine, which goes its own way from here."""
        other = object.__new__(Sitting)
        other.__dict__ = {**self.__dict__, "by": by or self.by}
        other._stampers = {role: Stamper() for role in WRITERS}
        other._written = dict(self._written)
        return other

    # What is true

    @property
    def running(self) -> str | None:
        """Id of the part that runs."""
        return self.state.run.segment if self.state.run else None

    @property
    def history(self) -> tuple[Recorded, ...]:
        """Everything that was recorded."""
        return self.state.history

    @property
    def projection(self) -> Projection:
        """The day as it looks now."""
        found = project(self.state, self.now)
        assert found is not None
        return found

    @property
    def statuses(self) -> dict[str, Status]:
        """What became of each part, by its id, in the order of the plan."""
        return {row.segment.id: row.status for row in self.projection.rows}

    def planned(self, segment: str) -> str:
        """When a part is planned to begin and to end: `09:00-09:20`."""
        part = self.row(segment).part
        return f"{self.clock(part.start)}-{self.clock(part.end)}"

    def row(self, segment: str) -> Row:
        """A part in the day as it looks now."""
        return next(row for row in self.projection.rows if row.segment.id == segment)

    def clock(self, at: dt.datetime | None) -> str:
        """What the agenda's clocks show: `09:07`, and the seconds where there are any."""
        assert at is not None
        wall = at.astimezone(ZoneInfo(self.agenda.timezone)).time()
        return wall.isoformat("minutes" if not wall.second else "seconds")

    def span(self, segment: str) -> str:
        """When a part begins and ends: `09:00-09:20`."""
        row = self.row(segment)
        return f"{self.clock(row.start)}-{self.clock(row.end)}"

    def late(self, segment: str) -> float:
        """By how many minutes the promised beginning of a part is missed."""
        return in_minutes(self.row(segment).late)

    def hold(self, segment: str) -> float:
        """The minutes of waiting before a part."""
        return in_minutes(self.row(segment).hold)

    @property
    def drift(self) -> float:
        """Minutes later than planned."""
        return in_minutes(self.projection.drift)

    @property
    def end(self) -> str:
        """When the day ends, on the agenda's clocks."""
        return self.clock(self.projection.end)

    @property
    def due(self) -> str:
        """When the part that runs ends, on the agenda's clocks."""
        running = self.projection.running
        assert running is not None
        return self.clock(running.end)

    @property
    def used(self) -> float:
        """The minutes that the part that runs has used."""
        return in_minutes(active(self.state, self.now))

    @property
    def remaining(self) -> float:
        """The minutes that the part that runs has left."""
        return in_minutes(left(self.state, self.now))

    @property
    def asks(self) -> str | None:
        """What the time of the part that runs asks for."""
        return signal(self.state, self.now)


def in_minutes(span: dt.timedelta | None) -> float:
    """A length in minutes."""
    assert span is not None
    return span / dt.timedelta(minutes=1)


@pytest.fixture
def sitting() -> Sitting:
    """Opened, ten minutes before its start."""
    return Sitting().at("08:50")


@pytest.fixture
def running() -> Sitting:
    """Begun at nine sharp."""
    return Sitting().at("09:00").next()


@pytest.fixture
def open_sitting() -> Callable[..., Sitting]:
    """Opens other agendas."""
    return Sitting


@pytest.fixture
def open_parts() -> Callable[..., Sitting]:
    """Opens the same agenda with other parts, or other fields."""

    def opened(*segments: Segment, **fields: object) -> Sitting:
        return Sitting(replace(DAY, segments=segments, **fields))  # type: ignore[arg-type]

    return opened


@pytest.fixture
def timing() -> Sitting:
    """The agenda of the timing cases, opened."""
    path = DATA / "agendas" / "timing-a.toml"
    agenda = read_agenda(path.read_bytes(), path.name).agenda
    assert agenda is not None
    return Sitting(agenda)
