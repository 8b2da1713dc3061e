"""What is said after a fault of the program: where it happened, and never anyone's words."""

from __future__ import annotations

import traceback

SAYS = (
    "facilitate met a fault of its own and stopped. Every line that it had acknowledged is on "
    "disk; start it again to go on where you were."
)
FRAMES = 6


def fault_words(error: BaseException) -> str:
    """The kind of the fault and the places in the code that led to it.

    Neither the message of the exception nor any local variable: both can hold what people
    said.
    """
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    places = [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([SAYS, "", f"{type(error).__name__} at", *places])


def _short(filename: str) -> str:
    """The path from the package on."""
    parts = filename.replace("\\", "/").split("/")
    for package in ("facilitate", "textual"):
        if package in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(package) :])
    return parts[-1]
