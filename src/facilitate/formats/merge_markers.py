"""Lines that a merge leaves where two versions of something stand against one another."""

from __future__ import annotations

import re

MARKER = re.compile(r"^(?:<{7,}|\|{7,}|>{7,})(?= |\r?$)|^={7,}(?=\r?$)", re.MULTILINE)
"""The beginning of a line that git writes above, between and below two versions."""

IN_TEXT = re.compile(r"^(?:<{7,}|>{7,})(?= |\r?$)", re.MULTILINE)
"""The same within a text, where a line of = may be an underline that someone means."""

CODE = "merge-marker"
HINT = "Keep one of them, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>."
BEGINS = "Two versions stand here since a merge."
GOES_ON = "This line is left over from a merge."
