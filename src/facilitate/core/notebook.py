"""What the notebook keeps, and what it does not: told to a group before its first line."""

from __future__ import annotations

from facilitate.core.state import SessionState

PAGE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "What it keeps",
        (
            "Your words as you gave them: agreements, terms, questions, what you take on.",
            "The words they had before, and where they come from.",
            "Examples, learnings and thanks go at the closing, unless they are kept then.",
        ),
    ),
    (
        "Where, and who sees it",
        (
            "On this laptop: the notes of the day, and a record of the sitting.",
            "The team reads it. Further it goes only line by line, by a step of its own.",
        ),
    ),
    (
        "What it does not keep",
        (
            "Who said something, or anyone's name, unless that person says yes to it.",
            "How each of you voted. Sums, and how many you were, go at the closing.",
            "What is held in this room: it is on no disk, and gone when the program closes.",
        ),
    ),
    (
        "To take words back",
        (
            "Say so, at any time: a line is reworded, narrowed or let go.",
            "No line enters the record that was not looked at again at the closing.",
        ),
    ),
)
"""Headings with short sentences below them, to be read aloud as they are."""


def needs_asking(state: SessionState) -> bool:
    """Whether the group was never told what is kept, neither here nor in an earlier sitting."""
    told_before = state.inherited is not None and state.inherited.notes_kept
    return state.notes_kept is None and not told_before


def stands(state: SessionState) -> str:
    """How it was answered, and what another answer would change; empty before any answer."""
    if needs_asking(state):
        return ""
    if state.may_keep:
        return "Lines are kept now. With room only, those that are kept stay; x withdraws one."
    return "Lines are held in this room only now. What was kept before stays; x withdraws one."
