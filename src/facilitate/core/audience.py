"""What the group may see on a window of its own: plain words, none of them meant for fewer.

Apart from the state on purpose: the window knows this and nothing that could tell more.
"""

from __future__ import annotations

from typing import NamedTuple


class AudienceLine(NamedTuple):
    """A line that was read back to the group."""

    name: str
    """What people say: `A12`."""
    text: str

    def __repr__(self) -> str:
        """Which line it is, without what people said."""
        return f"<AudienceLine {self.name}>"


class AudienceView(NamedTuple):
    """All that the group's window shows. Texts are empty when there is nothing to show."""

    title: str
    """Of the sitting."""
    now: str = ""
    """The title of the part that runs."""
    back_at: str = ""
    """When people are back from the break that runs, on the agenda's clocks: `11:15`."""
    prompt: str = ""
    """What the group is asked now; an end of a line in it is meant."""
    agreements: tuple[AudienceLine, ...] = ()
    """By number, oldest first; several with one name are wordings side by side."""
    terms: tuple[AudienceLine, ...] = ()
    """The group's words and frameworks, in the same way."""

    def __repr__(self) -> str:
        """How much it is, without what people said."""
        return f"<AudienceView {len(self.agreements)} agreements, {len(self.terms)} terms>"
