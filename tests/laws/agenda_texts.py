"""Sound agenda files, laid out in every way that TOML and its writers know."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

NOTES = ["", "", "# A note\n", "# [[segment]]\n# title = 'not one'\n", "\t# indented\n#\n"]
"""What may stand right above a header."""
LOOSE = ["", "", "", "# ------ afternoon ------\n\n", "# one\n# two\n\n\n", "\n", " \t\n"]
"""What may stand between two parts, parted from both by blank lines."""
BETWEEN = [
    "",
    "",
    "",
    '[[offered]]\nkind = "term"\ntext = "[[segment]]"\n\n',
    '# from last time\n[[offered]]\nkind = "question"\ntext = "Who?"  # open\n\n',
]
"""Tables that may stand between two parts."""
HEADERS = ["[[segment]]", "[[ segment ]]", '[["segment"]]', "  [[segment]]", "[[segment]] # x"]
TEXTS = [
    "",
    'say = """\nHello.\n\n[[segment]]\ntitle = "no"\n# no note"""\n',
    "notes = '''\n[segment.breakout]\n# none\n'''\n",
    'purpose = "[[segment]] # not a note"\n',
    'chat = [\n  "one", # a note\n\n  # another\n  "[[segment]]",\n]\n',
    "# in between\n\nprotect = true\n",
    "materials = [']]', '#', \"[segment.breakout]\"]\n",
]
"""Pairs of a part that look like what they are not."""
ROOMS = [
    "",
    "",
    'breakout.stay = "here"\nbreakout.how = "chosen"\n',
    'breakout = { stay = "]]", how = "pairs", rounds = [{ minutes = 1, ask = "#" }] }\n',
    """\
[segment.breakout]
stay = "here"

[[segment.breakout.rounds]]
minutes = 1
ask = "?"
""",
    """
# its links
[[segment.links]]
label = "x"
url = "y"

# more
[[segment.links]]
label = "x"
url = "#"
""",
]
"""What may stand at the end of a part."""
GAPS = ["\n", "\n", "", "\n\n", " \n\t\n"]
"""Blank lines behind a part."""
ENDS = ["\n", "", "\n\n\n", "\n# the end", "\n# the end\n", "\n\n# the end\n", "  "]
"""How the file ends."""

HEAD = """\
format = 1

[session]
id = "day"
title = "Day"
start = "09:00"
timezone = "UTC"
{minutes} # the sum
place = "online"

[team]
lead = ""

[[objective]]
key = "be"
text = "Be here"
"""
DOTTED = """\
format = 1
session.id = "day"
session.title = "Day"
session.start = "09:00"
session.timezone = "UTC"
session.{minutes} # the sum
session.place = "online"
team = {{ lead = "" }}
objective = [{{ key = "be", text = "Be here" }}]
"""


class File(NamedTuple):
    """An agenda file."""

    raw: bytes
    lengths: tuple[int, ...]
    """Minutes of its parts."""


@st.composite
def agenda_files(draw: st.DrawFn, most: int = 5) -> File:
    """An agenda with one part or more."""
    count = draw(st.integers(1, most))
    lengths = tuple(draw(st.integers(1, 40)) for _ in range(count))
    head = draw(st.sampled_from([HEAD, DOTTED])).format(minutes=f"minutes = {sum(lengths)}")
    text = head + draw(st.sampled_from(GAPS))
    for place, length in enumerate(lengths):
        text += _part(draw, place, length, is_last=place == count - 1)
    text = text.rstrip() + draw(st.sampled_from(ENDS))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return File((mark + _with_line_ends(draw, text)).encode(), lengths)


def _part(draw: st.DrawFn, place: int, length: int, *, is_last: bool) -> str:
    pick = lambda choices: draw(st.sampled_from(choices))  # noqa: E731 - short
    kind = "closing" if is_last else "break"
    title = pick([f"Part {place}", "Break"])
    name = f'id = "part-{place}"\n' if draw(st.booleans()) else ""
    parts = [
        f'{name}title = "{title}"\nkind = "{kind}"\nminutes = {length}{pick(["", " # m"])}\n',
        pick(TEXTS),
    ]
    pairs = "".join(draw(st.permutations(parts)))
    return (
        f"{pick(NOTES)}{pick(HEADERS)}\n{pairs}{pick(ROOMS)}{pick(GAPS)}"
        f"{_parted(pick(LOOSE))}{_parted(pick(BETWEEN))}"
    )


def _parted(text: str) -> str:
    return f"\n{text}" if text else ""


def _with_line_ends(draw: st.DrawFn, text: str) -> str:
    how = draw(st.sampled_from(["\n", "\n", "\r\n", "mixed"]))
    if how != "mixed":
        return text.replace("\n", how)
    lines = text.split("\n")
    odd = draw(st.integers(0, len(lines) - 1))
    return "".join(
        line + ("" if n == len(lines) - 1 else "\r\n" if n == odd else "\n")
        for n, line in enumerate(lines)
    )
