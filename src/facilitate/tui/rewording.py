"""Other words for a line, and whether they still mean the same."""

from __future__ import annotations

from facilitate.core.capture_line import NewWording, read_line
from facilitate.core.captures import Entry
from facilitate.core.done_words import holds_words
from facilitate.core.entry_commands import CallSmall, Reword
from facilitate.tui.asking import Ask, Choice
from facilitate.tui.asking_words import AskWords
from facilitate.tui.host import Host


def reword(host: Host, entry: Entry) -> None:
    """Ask for other words, and whether they mean the same where something was agreed.

    A round in which nothing was counted yet has nothing to lose, and is not asked about.
    """

    def said(text: str | None) -> None:
        line = read_line(f"*{entry.number} {text or ''}", None)
        if not isinstance(line, NewWording) or not host.perform(Reword(wording=line)):
            return
        after = host.state.entry(entry.number)
        if after and after.reopened_from and not entry.reopened_from:
            _ask_what_it_means(host, entry, holds_words(entry))

    question = f"Other words for {entry.name}; the earlier ones stay readable."
    host.push_screen(AskWords(question, entry.text), said)


def _ask_what_it_means(host: Host, entry: Entry, holds: str) -> None:
    round_ = entry.under_test
    if not holds or (round_ and round_.tally is None and entry.adopted is None):
        return
    choices = (  # Enter and Esc leave it open: consent is to exact words
        Choice(
            key="m", label="another meaning: the group is asked about it anew", answer=False
        ),
        Choice(key="s", label=f"a small fix: {holds}", answer=True),
    )

    def answered(small: bool | None) -> None:
        if small:
            host.perform(CallSmall(number=entry.number))

    host.push_screen(Ask("Does it still mean the same?", choices), answered)
