"""The verbs of the screens about lines: consent, one line, what is carried, the harvest."""

from __future__ import annotations

from facilitate.core.entry_commands import (
    AdoptLine,
    Attribute,
    CallSmall,
    DrawLesson,
    EntryCommand,
    HearAgain,
    Keep,
    LetGo,
    MoveTo,
    NoteConcern,
    PutToTest,
    Raise,
    ReadBack,
    Reaffirm,
    TakeVotes,
    Withdraw,
)
from facilitate.core.state import SessionState
from facilitate.core.tally import DEFAULT_METHOD, SCALES, Tally
from facilitate.tui.verb import Situation, Verb


def meant(state: SessionState, chosen: int | None) -> int:
    """Number of the marked line, else of the one captured last; 1 when there is none yet."""
    return chosen if chosen is not None else latest_number(state) or 1


def latest_number(state: SessionState) -> int | None:
    """Number of the line captured last that can be seen; None when there is none."""
    visible = [e for e in state.entries.values() if e.is_shown]
    return visible[-1].number if visible else None


def _marked(situation: Situation) -> int:
    return situation.chosen or 0


def _waits_for_a_yes(state: SessionState) -> bool:
    said = (e.attribution for e in state.entries.values() if e.is_shown)
    return any(attribution is not None and attribution.is_pending for attribution in said)


def _begins(situation: Situation) -> EntryCommand:
    return PutToTest(number=_marked(situation), scale=SCALES[DEFAULT_METHOD])


def _concern(situation: Situation) -> EntryCommand:
    return NoteConcern(kind="concern", text="any", number=_marked(situation))


def _says_whose(situation: Situation) -> EntryCommand:
    return Attribute(number=_marked(situation), form="group", text="", scope="public")


CONSENT = (
    Verb(
        id="consent.read_back", key="b", label="read back", noun="consent",
        wish=lambda s: ReadBack(number=_marked(s)),
        help="After reading it aloud: heard becomes proposed, and the group can be asked.",
    ),
    Verb(
        id="consent.begin", key="t", label="ask the group", noun="consent",
        action="screen.begin", wish=_begins,
        help="Put the exact words to the group, and go to the line for the tally.",
    ),
    Verb(
        id="consent.method", key="m", label="method", noun="consent", action="screen.method",
        help="Choose how the group shows where it stands; for the next round.",
    ),
    Verb(
        id="consent.tally", key="space", label="tally", noun="consent",
        action="screen.tally", wish=lambda s: TakeVotes(tally=Tally(()), number=_marked(s)),
        help="Go to the line for the tally: sums alone, never who.",
    ),
    Verb(
        id="consent.concern", key="c", label="concern", noun="consent",
        action="screen.concern('concern')", wish=_concern,
        help="Note a concern, without who it was; it does not block, and goes at the closing.",
    ),
    Verb(
        id="consent.objection", key="j", label="objection", noun="consent",
        action="screen.concern('objection')", wish=_concern,
        help="Note an objection, without who it was: it is to be worked into the words.",
    ),
    Verb(
        id="consent.adopt", key="a", label="adopt", noun="consent",
        wish=lambda s: AdoptLine(number=_marked(s)),
        help="The group says yes to these words: they are in force.",
    ),
    Verb(
        id="consent.keep_open", key="o", label="keep open", noun="consent",
        wish=lambda s: MoveTo(number=_marked(s), state="open"),
        help="Hold a doubt: the agreement stays open, and is not adopted now.",
    ),
    Verb(
        id="consent.amend", key="w", label="amend", noun="consent", action="screen.amend",
        help="Give it other words; they are asked about anew.",
    ),
    Verb(
        id="consent.back", key="escape", label="back", noun="consent", action="screen.back",
        help="Go back to the sitting; the round stays as it is.",
    ),
)  # fmt: skip
"""On the screen about consent to one line."""

LINE = (
    Verb(
        id="one.read_back", key="b", label="read back", noun="line",
        wish=lambda s: ReadBack(number=_marked(s)),
        help="After reading it aloud: heard becomes proposed, or working.",
    ),
    Verb(
        id="one.reword", key="w", label="reword", noun="line", action="screen.reword",
        help="Give this line other words; the earlier ones stay readable.",
    ),
    Verb(
        id="one.small", key="f", label="small fix", noun="line",
        wish=lambda s: CallSmall(number=_marked(s)),
        help="Say that its last words mean the same as before: what was agreed holds.",
    ),
    Verb(
        id="one.move", key="m", label="move on", noun="line", action="screen.move",
        help="Move this line to another state of its life.",
    ),
    Verb(
        id="one.describe", key="d", label="tell more", noun="line", action="screen.describe",
        help="Tell more about this line, such as what it looks like on a hard afternoon.",
    ),
    Verb(
        id="one.look_again", key="n", label="next look", noun="line",
        action="screen.look_again", help="Say when to look at this line again.",
    ),
    Verb(
        id="one.raise", key="plus", label="wider", noun="line", action="screen.raise_ring",
        wish=lambda s: Raise(number=_marked(s), ring="public"),
        help="Let this line travel further.",
    ),
    Verb(
        id="one.lower", key="minus", label="narrower", noun="line",
        action="screen.lower_ring",
        help="Let this line travel less far; to the room takes it off the disk at once.",
    ),
    Verb(
        id="one.attribute", key="y", label="whose words", noun="line",
        action="screen.attribute", wish=_says_whose,
        help="Say whose words they are: the group's, or someone's who said yes to that.",
    ),
    Verb(
        id="one.heard", key="e", label="also heard", noun="line",
        wish=lambda s: HearAgain(number=_marked(s)),
        help="The same was said once more.",
    ),
    Verb(
        id="one.withdraw", key="x", label="withdraw", noun="line",
        wish=lambda s: Withdraw(number=_marked(s)), help="Hide this line everywhere.",
    ),
    Verb(
        id="one.back", key="escape", label="back", noun="line", action="screen.back",
        help="Go back to the sitting.",
    ),
)  # fmt: skip
"""On the screen with everything about one line."""

CARRYING = (
    Verb(
        id="carrying.reaffirm", key="y", label="re-affirm", noun="line",
        action="screen.marked('carrying.reaffirm')",
        wish=lambda s: Reaffirm(number=_marked(s)),
        help="It helps: the group, and those new to it, say yes to the marked line again.",
    ),
    Verb(
        id="carrying.amend", key="w", label="improve", noun="line", action="screen.amend",
        help="Improve it: give the marked line other words, which opens it again.",
    ),
    Verb(
        id="carrying.drop", key="l", label="let go", noun="line",
        action="screen.marked('carrying.drop')",
        wish=lambda s: LetGo(number=_marked(s)),
        help="Drop it: the marked line is not carried any further.",
    ),
    Verb(
        id="carrying.look_again", key="n", label="next look", noun="line",
        action="screen.look_again", help="Say when to look at the marked line again.",
    ),
    Verb(
        id="carrying.test", key="t", label="test", noun="line", action="screen.test",
        help="Consent to the exact words of the marked agreement.",
    ),
    Verb(
        id="carrying.take", key="enter", label="take up", noun="line", action="screen.take",
        help="Let the group work with a starting point as a line of its own; it counts as "
        "agreed only once the group adopts it. Of a carried line: everything about it.",
    ),
    Verb(
        id="carrying.back", key="escape", label="back", noun="line", action="screen.back",
        help="Go back to the sitting.",
    ),
)  # fmt: skip
"""On the screen with what the cohort carries."""

HARVEST = (
    Verb(
        id="harvest.keep", key="k", label="keep", noun="line",
        action="screen.marked('harvest.keep')", wish=lambda s: Keep(number=_marked(s)),
        help="Let the marked line travel with the cohort, and enter the record.",
    ),
    Verb(
        id="harvest.reword", key="w", label="reword", noun="line", action="screen.reword",
        help="Give the marked line other words first.",
    ),
    Verb(
        id="harvest.lesson", key="s", label="lesson", noun="line", action="screen.lesson",
        wish=lambda s: DrawLesson(number=_marked(s), text="any"),
        help="Let the story go, and write down the lesson that may leave.",
    ),
    Verb(
        id="harvest.park", key="p", label="park", noun="line",
        action="screen.marked('harvest.park')",
        wish=lambda s: MoveTo(number=_marked(s), state="parked"),
        help="Park the marked question or agreement: it is carried, and rests.",
    ),
    Verb(
        id="harvest.answered", key="a", label="answered", noun="line",
        action="screen.marked('harvest.answered')",
        wish=lambda s: MoveTo(number=_marked(s), state="answered"), in_bar=False,
        help="The marked question was answered.",
    ),
    Verb(
        id="harvest.handed_on", key="h", label="handed on", noun="line",
        action="screen.marked('harvest.handed_on')",
        wish=lambda s: MoveTo(number=_marked(s), state="handed on"), in_bar=False,
        help="The marked question was handed on to whoever it is for.",
    ),
    Verb(
        id="harvest.raise", key="plus", label="wider", noun="line", action="screen.raise_ring",
        in_bar=False, help="Let the marked line travel further.",
    ),
    Verb(
        id="harvest.lower", key="minus", label="narrower", noun="line",
        action="screen.lower_ring", in_bar=False,
        help="Let the marked line travel less far; to the room takes it off the disk at once.",
    ),
    Verb(
        id="harvest.let_go", key="l", label="let go", noun="line",
        action="screen.marked('harvest.let_go')", wish=lambda s: LetGo(number=_marked(s)),
        help="Let the marked line go: it leaves this machine.",
    ),
    Verb(
        id="harvest.whose", key="y", label="whose words", noun="line", action="screen.whose",
        needs=_waits_for_a_yes, in_bar=False,
        help="Of a marked line that waits for a yes to say whose it is: drop that, or give it.",
    ),
    Verb(
        id="harvest.read_aloud", key="r", label="read aloud", noun="lines",
        action="screen.read_aloud",
        help="Read what was made, one large line at a time.",
    ),
    Verb(
        id="harvest.close", key="enter", label="close", noun="sitting", action="screen.close",
        help="End the sitting and write its record, once every line was decided.",
    ),
    Verb(
        id="harvest.back", key="escape", label="back", noun="sitting", action="screen.back",
        help="Go back to the sitting; nothing is decided for good.",
    ),
)  # fmt: skip
"""On the screen that closes a sitting."""

READING = (
    Verb(
        id="reading.next", key="space,n,right", label="next line", noun="reading",
        action="screen.go(1)", help="On to the next line.",
    ),
    Verb(
        id="reading.previous", key="p,left", label="line before", noun="reading",
        action="screen.go(-1)", help="Back to the line before.",
    ),
    Verb(
        id="reading.read_back", key="b", label="read back", noun="line",
        wish=lambda s: ReadBack(number=_marked(s)),
        help="After reading it aloud: heard becomes proposed.",
    ),
    Verb(
        id="reading.leave", key="escape", label="back", noun="reading", action="screen.back",
        help="Go back.",
    ),
)  # fmt: skip
"""Where lines are read aloud, one at a time."""
