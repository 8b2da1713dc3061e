"""Questions about one line: each leads to one command, or to nothing."""

from __future__ import annotations

from facilitate.core.captures import DETAILS, Entry, EntryState, LowerRing, Ring
from facilitate.core.carrying import when_words
from facilitate.core.consent import refuse_other_kinds
from facilitate.core.decide_entries import decide_entries
from facilitate.core.entry_commands import (
    Describe,
    EntryCommand,
    LookAgain,
    Lower,
    MoveTo,
    Raise,
)
from facilitate.core.line_choices import merge_targets, moves, narrower, read_when, wider
from facilitate.core.line_hints import hints
from facilitate.core.lines_view import RING_WORDS, ROOM_WORDS
from facilitate.core.refusal import Refused
from facilitate.tui.asking import Ask, Choice, numbered
from facilitate.tui.asking_words import AskWords
from facilitate.tui.host import Host

# Its life


def move_on(host: Host, entry: Entry) -> None:
    """Where its life goes on; what a deed of its own leads to is not among it."""
    offers = moves(entry)
    if not offers:
        host.say(f"{entry.name} is {entry.state}; from here it can only be withdrawn.")
        return

    def chosen(state: EntryState | None) -> None:
        if state == "merged":
            _merge(host, entry)
        elif state is not None:
            host.perform(MoveTo(number=entry.number, state=state))

    choices = tuple(numbered(place, state, state) for place, state in enumerate(offers, 1))
    question = f"{entry.name} is {entry.state}. What is it now?"
    host.push_screen(Ask(question, choices), chosen)


def _merge(host: Host, entry: Entry) -> None:
    targets = merge_targets(host.state, entry)
    if not targets:
        host.say(f"There is no other {entry.kind} that it could become a part of.")
        return

    def chosen(into: int | None) -> None:
        if into is not None:
            host.perform(MoveTo(number=entry.number, state="merged", into=into))

    choices = tuple(
        numbered(place, f"{one.name} {one.text}", one.number)
        for place, one in enumerate(targets, 1)
    )
    host.push_screen(Ask(f"Which line does {entry.name} become a part of?", choices), chosen)


def look_again(host: Host, entry: Entry) -> None:
    """When to look at it again: at a sitting, after some weeks, on a day, or never."""

    def chosen(when: str | None) -> None:
        if when == _A_DATE:
            _ask_date(host, entry)
        elif when is not None:
            host.perform(LookAgain(number=entry.number, when=when))

    now = f" Now: {when_words(entry.marks.when)}." if entry.marks.when else ""
    host.push_screen(Ask(f"When to look at {entry.name} again?{now}", _WHEN), chosen)


_A_DATE = "date"
_WHEN = (
    Choice(key="n", label="next time", answer="next"),
    Choice(key="2", label="in part 2", answer="part2"),
    Choice(key="e", label="at the end", answer="end"),
    Choice(key="s", label="in six weeks", answer="+6w"),
    Choice(key="d", label="on a day ...", answer=_A_DATE),
    Choice(key="x", label="never", answer=""),
)


def _ask_date(host: Host, entry: Entry) -> None:
    def said(text: str | None) -> None:
        when = read_when(text or "")
        if when:
            host.perform(LookAgain(number=entry.number, when=when))
        elif text:
            host.say("Write the day like 2026-11-22, or a span like +3w.")

    host.push_screen(AskWords("On which day? Like 2026-11-22."), said)


def tell_more(host: Host, entry: Entry) -> None:
    """More about it, under one of the names that its kind has."""
    names = DETAILS.get(entry.kind, {})
    first = next(iter(names), "")
    if is_refused(host, Describe(number=entry.number, name=first, text="")):
        return
    told = entry.told

    def chosen(name: str | None) -> None:
        if name is not None:
            _ask_detail(host, entry, name)

    choices = tuple(
        numbered(place, f"{label}: {told[name]}" if name in told else label, name)
        for place, (name, label) in enumerate(names.items(), 1)
    )
    if len(choices) == 1:
        _ask_detail(host, entry, choices[0].answer)
    else:
        host.push_screen(Ask(f"What is to be told about {entry.name}?", choices), chosen)


def _ask_detail(host: Host, entry: Entry, name: str) -> None:
    def said(text: str | None) -> None:
        if text is not None and text != told:
            host.perform(Describe(number=entry.number, name=name, text=text))

    told = entry.told.get(name, "")
    label = DETAILS[entry.kind][name]
    taken = " An empty line takes it away." if told else ""
    question = f"{entry.name}, {label}.{taken}"
    host.push_screen(AskWords(question, told, empty=True), said)


# Its ring


def let_travel(host: Host, entry: Entry) -> None:
    """Let it travel further, as far as is chosen."""
    rings = wider(entry)
    if not rings:
        host.say(f"{entry.name} travels as far as a line can.")
        return

    def chosen(ring: Ring | None) -> None:
        if ring is not None:
            host.perform(Raise(number=entry.number, ring=ring))

    seen = "".join(f" It {hint}." for hint in hints(entry.text))
    question = f"{entry.name}, {RING_WORDS[entry.ring]}.{seen} How far may it travel?"
    choices = tuple(Choice(key=ring[0], label=_RINGS[ring], answer=ring) for ring in rings)
    host.push_screen(Ask(question, choices), chosen)


def take_closer(host: Host, entry: Entry) -> None:
    """Let it travel less far; to the room means off the disk at once."""
    rings = narrower(entry)
    if not rings:
        host.say(f"{entry.name} stands in an earlier record, too; x withdraws it.")
        return

    def chosen(ring: LowerRing | None) -> None:
        if ring is not None:
            host.perform(Lower(number=entry.number, ring=ring))

    question = f"{entry.name}, {RING_WORDS[entry.ring]}. How far may it travel?"
    choices = tuple(
        Choice(key=ring[0], label=_label(entry, ring), answer=ring) for ring in rings
    )
    host.push_screen(Ask(question, choices), chosen)


_RINGS: dict[LowerRing | Ring, str] = {
    "room": f"{ROOM_WORDS}: its words leave the disk at once",
    "sitting": RING_WORDS["sitting"],
    "cohort": "the cohort",
    "team": "the team",
    "public": "public: anyone may read it",
}


def _label(entry: Entry, ring: LowerRing) -> str:
    lost = ring == "sitting" and (entry.told or entry.attribution)
    return f"{_RINGS[ring]}; what was told about it goes now" if lost else _RINGS[ring]


def is_refused(host: Host, command: EntryCommand) -> bool:
    """Whether something cannot be done at all; why not is said before anyone types for it."""
    try:
        decide_entries(host.state, command, by="")
    except Refused as refusal:
        host.say(str(refusal))
        return True
    return False


def is_for_consent(host: Host, entry: Entry) -> bool:
    """Whether a group consents to lines of this kind; says why not where it does not."""
    try:
        refuse_other_kinds(entry)
    except Refused as refusal:
        host.say(str(refusal))
        return False
    return True
