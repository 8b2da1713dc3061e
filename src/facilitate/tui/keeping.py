"""One question, once: how long the working files of a closed sitting stay."""

from __future__ import annotations

from facilitate.core.keeping import WITH_THE_RECORD, Keep
from facilitate.tui.asking import Ask, Choice
from facilitate.tui.host import Host

QUESTION = (
    "The record is what stays of a sitting. Its working files hold more: every wording and"
    " every step. How long are they to be kept beside it? settings.toml can change it later."
)
ANSWERS: tuple[Choice[Keep], ...] = (
    Choice(key="1", label="14 days, then the record alone (recommended)", answer=14),
    Choice(key="2", label="30 days", answer=30),
    Choice(key="3", label="90 days", answer=90),
    Choice(key="4", label="As long as the record", answer=WITH_THE_RECORD),
)
LATER = "They stay for now; it is asked again after the next sitting."


def ask_how_long(app: Host) -> None:
    """Ask where nobody has said it yet; for the first screen, once a record was written."""
    past, course = app.desk.past(), app.course

    def answered(answer: Keep | None) -> None:
        if answer is None:
            app.say(LATER)
        else:
            course.in_background(lambda: past.keep_journals(answer), app.say)

    def ask(unsaid: bool) -> None:
        if unsaid and app.is_at_base:
            app.push_screen(Ask(QUESTION, ANSWERS), answered)

    course.in_background(past.asks_how_long, ask)
