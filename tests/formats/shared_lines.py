"""Lines that are not easy to write out, and what an export holds of them.

Two sittings of one cohort: the first made lines, the second worked with some of them and made
more. Among them are long words, emoji, text from right to left, brackets, markup, what a
spreadsheet takes for a formula, and two wordings that hold side by side.
"""

from __future__ import annotations

import datetime as dt

from facilitate.core.agenda import CaptureKind
from facilitate.core.captures import KINDS, Detail
from facilitate.core.record import RecordedEntry, RecordRing, SittingRecord
from facilitate.core.sharing import Form, Shared, shared
from facilitate.core.travelling import Wording

ONE = "2026-09-12-harbour-1-ab3d"
TWO = "2026-11-22-harbour-2-kq7x"

LONG_WORD = "Kindertagesbetreuungsqualitätsentwicklungsvereinbarung" * 2
"""Wider than any column."""

_KINDS: dict[str, CaptureKind] = {rules.letter: kind for kind, rules in KINDS.items()}


def line(name: str, text: str, state: str, **fields: object) -> RecordedEntry:
    """A line of the cohort's ring; the letter of its name tells its kind."""
    given: dict[str, object] = {"kind": _KINDS[name[0].lower()], "ring": "cohort", **fields}
    return RecordedEntry(id=name, text=text, state=state, **given)  # type: ignore[arg-type]


def told(**details: str) -> tuple[Detail, ...]:
    """What was told of a line, by name."""
    return tuple(Detail(name=name, text=text) for name, text in details.items())


def sitting(name: str, *entries: RecordedEntry, **fields: object) -> SittingRecord:
    """The record of a sitting; its name begins with its day."""
    given: dict[str, object] = {
        "id": name,
        "title": "Harbour circles",
        "date": dt.date.fromisoformat(name[:10]),
        "timezone": "America/New_York",
        "cohort": "harbour-2026",
        "place": "online",
        "last_number": 60,
        "app": "0",
        "revision": 1,
        "entries": entries,
        **fields,
    }
    return SittingRecord(**given)  # type: ignore[arg-type]


def part_one(*more: RecordedEntry) -> SittingRecord:
    """The sitting in which most lines were made, in September."""
    return sitting(
        ONE,
        *_agreements_of_one(),
        *_words_of_one(),
        *_others_of_one(),
        *more,
        subtitle="Attachment, part one",
        programme="harbour",
        number=1,
        topic="attachment",
        series="attachment",
        part=1,
        parts=2,
        started=dt.datetime.fromisoformat("2026-09-12T09:04:00-04:00"),
        ended=dt.datetime.fromisoformat("2026-09-12T16:31:00-04:00"),
    )


def part_two(*more: RecordedEntry) -> SittingRecord:
    """The sitting of which exports are made, in November."""
    return sitting(
        TWO,
        *_of_two(),
        *more,
        subtitle="Attachment, part two: <what holds> & who holds it",
        programme="harbour",
        number=2,
        topic="attachment",
        series="attachment",
        part=2,
        parts=2,
        started=dt.datetime.fromisoformat("2026-11-22T09:02:00-05:00"),
        ended=dt.datetime.fromisoformat("2026-11-22T16:28:00-05:00"),
    )


def everything(form: Form, ring: RecordRing | None = None) -> Shared:
    """What an export of a form holds of both sittings, as of the second."""
    return shared(part_two(), [part_one()], form, ring=ring)


def nothing(form: Form) -> Shared:
    """What an export of a form holds of a sitting without lines."""
    return shared(sitting(TWO, subtitle="Attachment, part two"), [], form)


_FIRST_DAY = dt.date(2026, 9, 12)
_SECOND_DAY = dt.date(2026, 11, 22)


def _agreements_of_one() -> tuple[RecordedEntry, ...]:
    return (
        line(
            "A1",
            "One mic, one speaker",
            "in force",
            ring="public",
            lineage="the elders' circle that we learned from",
            details=told(
                looks_like="we wait two breaths, then the next one speaks",
                scope="in this group and in its small rooms",
            ),
            adopted=1,
            adopted_on=_FIRST_DAY,
            origin="offered",
            tags=("circle",),
        ),
        line(
            "A2",
            "What's said here stays; what's learned leaves",
            "in force",
            ring="team",
            adopted=2,
            adopted_on=_FIRST_DAY,
            when="next",
            attribution="the night team",
            attribution_scope="cohort",
        ),
        line(
            "A3",
            "نتكلم بالدور ولا نقاطع (one at a time)",
            "in force",
            adopted=1,
            adopted_on=_FIRST_DAY,
            lineage="مجلس الحي",
            details=told(looks_like="حتى عندما نتعب"),
        ),
        line("A4", "Cameras are on", "retired", ring="public"),
        line("A5", "Cameras are as you like [/fix] [b", "proposed", origin="offered"),
        line("A6", "Come late, come in", "parked"),
        line("A7", "<b>We ask</b> before we *advise* & say why", "tested", ring="public"),
    )


def _words_of_one() -> tuple[RecordedEntry, ...]:
    return (
        line(
            "T8",
            "attachment = who we turn to when it is too much",
            "working",
            ring="public",
            lineage="two teachers of ours, and J. B. 1969",
            details=told(
                also_said="der sichere Hafen; la base segura",
                in_our_work="who the child looks for at the door",
                language="en",
            ),
            tags=("door", "policy"),
            facet="policy",
        ),
        line(
            "T9",
            "parallel process = how we are together echoes in how they are with the baby",
            "heard",
            ring="team",
        ),
        line(
            "T10",
            "חוסן = what grows between us, not in one of us",
            "shared",
            ring="team",
            details=told(also_said="resilience", language="he"),
        ),
        line(
            "T11",
            "compliance = doing what the plan says",
            "moving away from",
            ring="team",
            details=told(
                moving_away_from="compliance", why="it asks who obeyed, not who helped"
            ),
        ),
        line(
            "F12",
            "ports in a storm = arrive, be held, set out again",
            "shared",
            lineage="the boat builders",
            details=told(parts="arrive; hold; set out", link="https://a.example/b_c?d=1&e=2"),
        ),
    )


def _others_of_one() -> tuple[RecordedEntry, ...]:
    return (
        line(
            "E13",
            "=SUM(A1:A9) was in the report, and nobody had read it",
            "checked",
            ring="public",
            facet="policy",
            tags=("policy",),
            details=told(level="team", links="T8"),
        ),
        line("P14", "-2 minutes: begin with two minutes of arrival", "tried", ring="team",
             facet="leadership", details=told(noticed="it is quieter after")),
        line("C15", "@home: bring the agreements to my Tuesday team", "named", ring="public",
             owner="home-visiting", when="part2", details=told(level="team")),
        line("Q16", "Who holds the supervisor?", "open", ring="public", when="end",
             owner="lead", heard_again=2),
        line("L17", "+1 for quiet: a pause is an answer, too", "checked", ring="team"),
        line("R18", "A \"small\" book, 2nd ed.; see | p. 12", "checked", ring="public",
             details=told(credit="the library bus", link="https://a.example/book")),
        line("G19", "To whoever made the soup 🍲 👩‍👧‍👦 🏳️‍🌈", "noted"),
    )  # fmt: skip


def _of_two() -> tuple[RecordedEntry, ...]:
    return (
        line(
            "A2",
            "What is said here stays here; what is learned here leaves with us",
            "amending",
            ring="team",
            origin="adapted",
            carried_from=ONE,
            when="+6w",
            also=(Wording(text="Stories stay, lessons leave", lineage="the second table"),),
            earlier=(Wording(text="What's said here stays; what's learned leaves"),),
        ),
        line(
            "A3",
            "نتكلم بالدور ولا نقاطع (one at a time)",
            "in force",
            carried_from=ONE,
            origin="carried",
            reaffirmed=True,
            adopted=1,
            adopted_on=_FIRST_DAY,
            lineage="مجلس الحي",
            details=told(looks_like="حتى عندما نتعب"),
        ),
        line(
            "T8",
            "attachment = who we turn to, and who turns to us",
            "shared",
            ring="public",
            carried_from=ONE,
            origin="adapted",
            lineage="two teachers of ours, and J. B. 1969",
            also=(Wording(text="attachment = the safe harbour, both ways"),),
            earlier=(Wording(text="attachment = who we turn to when it is too much"),),
            details=told(
                also_said="der sichere Hafen; la base segura",
                moving_away_from="good and bad bonds",
                why="nobody is a kind of bond",
                language="en",
            ),
            attribution="the morning circle",
            attribution_scope="public",
            facet="policy",
            tags=("door", "policy"),
        ),
        line("Q16", "Who holds the supervisor?", "answered", ring="public", carried_from=ONE),
        line("C15", "", "withdrawn", ring="public", carried_from=ONE),
        line(
            "A31",
            f"No {LONG_WORD} without a story behind it",
            "in force",
            ring="public",
            adopted=2,
            adopted_on=_SECOND_DAY,
            when="2027-01-31",
            details=told(looks_like="someone says: tell me about one child"),
            belongs_with="A1",
        ),
        line("A32", "Ouch and oops 🌊: no need to explain", "open"),
        line("T33", "=harbour", "working", ring="public"),
        line("Q34", "هل من سؤال؟", "open", ring="team", when="next", tags=("door",)),
    )
