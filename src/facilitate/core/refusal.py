"""What cannot be done, in words for the facilitator."""

from __future__ import annotations


class Refused(Exception):
    """A command that cannot be done now; the text is shown to the facilitator."""


class NeedsAsking(Refused):
    """A command that is done only after a question; the text is the question."""
