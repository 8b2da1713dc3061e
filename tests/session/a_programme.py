"""A programme of four sittings as files: two days in a row, then a month each."""

from __future__ import annotations

from pathlib import Path

PROGRAMME = """\
# Harbour circles, the first year.
format = 1

[programme]
id = "harbour-2026"
title = "Harbour circles"
timezone = "America/New_York"
starts = 2026-09-12
ends = 2026-12-12

[[topic]]
key = "repair"
title = "Repair"

[[milestone]]
kind = "deadline"
title = "Names are in"
date = 2026-08-14

[[session]]
number = 1
date = 2026-09-12
title = "Kick-off"
place = "in person"
agenda = "day-1.toml"

[[session]]
number = 2
date = 2026-09-13    # the day after
title = "Repair"
topic = "repair"
part = 1
place = "online"
agenda = "day-2.toml"

[[session]]
number = 3
date = 2026-11-14
title = "Repair"
topic = "repair"
part = 2
place = "online"
agenda = "day-3.toml"

[[session]]
number = 4
date = 2026-12-12
title = "What we carry on"
place = "online"
"""

AGENDA = """\
# Day {number} of the first year, 2026.
format = 1

[session]
id = "harbour-day-{number}"
programme = "harbour-2026"
number = {number}
{more}title = "Harbour circles"
date = {date}
start = "09:00"
timezone = "America/New_York"
minutes = 60
place = "online"

[team]
lead = "NAME-OF-THE-LEAD"    # holds the arc
co = ""

[[objective]]
key = "be"
text = "Be here."

[[segment]]
title = "Circle"
kind = "closing"
minutes = 60
serves = ["be"]
"""

DAYS = {1: "2026-09-12", 2: "2026-09-13", 3: "2026-11-14"}
PART = 'topic = "repair"\npart = {part}\ncarried_from = "harbour-day-{before}"\n'


def agenda_text(number: int) -> str:
    """The file of one of its agendas."""
    more = PART.format(part=number - 1, before=number - 1) if number > 1 else ""
    return AGENDA.format(number=number, date=DAYS[number], more=more)


def write_programme(folder: Path) -> Path:
    """All files of the programme; returns that of the programme itself."""
    folder.mkdir(exist_ok=True)
    for number in DAYS:
        (folder / f"day-{number}.toml").write_text(agenda_text(number), encoding="utf-8")
    path = folder / "programme.toml"
    path.write_text(PROGRAMME, encoding="utf-8")
    return path
