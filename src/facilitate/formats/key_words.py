"""What each key of an agenda or programme means, in a sentence for whoever writes one."""

from __future__ import annotations

from collections.abc import Mapping

from facilitate.core.agenda import (
    Afterwards,
    Agenda,
    Breakout,
    Carried,
    Link,
    Objective,
    Offered,
    Preparation,
    Round,
    Segment,
)
from facilitate.core.programme import Milestone, PlannedSitting, Programme, Topic

FORMAT = "Version of this format; this facilitate reads 1."
ROLE = "The name of whoever has this role; it may be empty."

TABLES: Mapping[type, str] = {
    Agenda: "The sitting as a whole.",
    Programme: "The programme as a whole.",
    Objective: "Something the sitting is for; parts point to its key.",
    Carried: "A line that an earlier sitting handed on, written out.",
    Offered: "A starting point from the team; never agreed until the group adopts it.",
    Preparation: "Something to have done before the start.",
    Afterwards: "The debrief, and what is sent to whom.",
    Segment: "One part of the sitting, in its order.",
    Breakout: "How the part uses small rooms; last in the part.",
    Round: "One timed question; each round on one line.",
    Link: "A place to read on.",
    Milestone: "A date that matters and is no session.",
    Topic: "A thread that several sessions follow.",
    PlannedSitting: "One session of the programme.",
}
"""What each table is. The team is a table of roles, see `TEAM`."""

TEAM = 'Who does what: the roles are the keys, the names may be empty, such as lead = "".'

KEYS: Mapping[type, Mapping[str, str]] = {
    Agenda: {
        "id": "Stable short name of the sitting; other files point to it.",
        "title": "What the sitting is called.",
        "subtitle": "A second line of the title.",
        "date": "The day, such as 2027-04-13; without one the agenda is a template.",
        "start": 'When it begins: "09:00" or "9:00 AM", in its timezone.',
        "ends_by": "The promised end; without it, start plus minutes.",
        "timezone": 'An IANA name, such as "America/Los_Angeles".',
        "minutes": "The stated length; the parts add up to it.",
        "place": "Where people meet.",
        "cohort": "Whose agreements and words these are; else programme, series or id.",
        "programme": "The id of the programme that it belongs to.",
        "number": "Its number in the programme.",
        "topic": "The key of a topic of the programme.",
        "part": "Which part of its topic or series this is: part 1 of 2.",
        "parts": "How many parts there are; missing when nobody knows.",
        "series": "A short name for sittings that belong together without a programme.",
        "for_whom": "Whom it is for.",
        "about": "What it is about.",
        "carried_from": "The id of the earlier sitting whose lines are brought along.",
        "carry_over": "Which kinds of its lines; those promised another look come anyway.",
    },
    Objective: {
        "key": "The short name that parts point to with serves.",
        "text": "What people will be able to do, or will have made.",
    },
    Carried: {
        "id": "What the line is known by.",
        "kind": "What sort of line it is.",
        "text": "Its words.",
        "due": "When it was promised another look.",
    },
    Offered: {
        "kind": "What sort of line it is.",
        "text": "Its words.",
    },
    Preparation: {
        "minutes": "How many minutes before the start.",
        "who": "The role that does it.",
        "do": "What is to be done.",
    },
    Afterwards: {
        "minutes": "The length of the debrief.",
        "questions": "What the team asks itself.",
        "send": "What is sent to whom.",
    },
    Segment: {
        "id": "A short name; without one it is made from the title.",
        "title": "What the part is called.",
        "kind": "What happens in it.",
        "minutes": "The planned length.",
        "at_least": "How short it may become; without it, not shorter than planned.",
        "at_most": "How long it may become; without it, not longer than planned.",
        "starts_at": "It begins then: not earlier, and people were promised that.",
        "starts_by": "It was promised to begin by then.",
        "not_before": "It does not begin earlier.",
        "ends_at": "It ends then, whenever it began, and is never shorter than at_least.",
        "protect": "Never shortened; it may have at_most, but no at_least.",
        "skippable": "It may be left out when time is short.",
        "on_due": "When its time is over: hold does nothing, prompt asks, advance goes on.",
        "lead": "The role that leads it.",
        "with": "The roles that help.",
        "purpose": "One line: why it exists.",
        "serves": "Keys of the objectives it serves.",
        "say": "Words one could use; a blank line begins a paragraph.",
        "notes": "For the team only.",
        "chat": "Posts, one at a time; {back_at}, {day_shape}, {ends_at} and {next} are filled"
        " in from the clock.",
        "tech": "For whoever runs the technology.",
        "access": "For access.",
        "capture": "The kinds of lines wanted; the first is the default.",
        "listen_for": "What to listen for.",
        "if_short": "What to do when it is late.",
        "if_heavy": "What to do when the room is hurting.",
        "if_quiet": "What to do when nobody speaks.",
        "links": "Places to read on.",
        "materials": "What is needed.",
        "breakout": "How the part uses small rooms; last in the part.",
    },
    Link: {
        "label": "What it is called.",
        "url": "Where it is.",
    },
    Breakout: {
        "group_size": 'People to a room: 3, or a range, "3-4".',
        "how": "How rooms are made; for affinity and chosen people choose.",
        "stay": "What those can do who stay in the main room.",
        "opening": "Minutes before the first round.",
        "between": "Minutes between two rounds.",
        "closing": "Minutes after the last round.",
        "rounds": "Timed questions, each on one line.",
        "halfway": "A message to all rooms halfway.",
        "last_call": "A message to all rooms before the end.",
        "bring_back": "What, if anything, comes back.",
        "prefer": "When a group does not divide: larger or smaller rooms.",
        "each_room": 'What each room needs, such as "facilitator>=1".',
        "never_alone": "Who is never alone of their kind in a room.",
        "spread": "What is spread over the rooms.",
        "spare_rooms": "Rooms kept free.",
    },
    Round: {
        "minutes": "The length of the round.",
        "ask": "Its question.",
    },
    Programme: {
        "id": "Stable short name of the programme; agendas point to it.",
        "title": "What the programme is called.",
        "short_title": "A shorter title.",
        "field": "The field it is about.",
        "for_whom": "Whom it is for.",
        "timezone": 'An IANA name, such as "America/Los_Angeles".',
        "starts": "The first day, such as 2027-03-01.",
        "ends": "The last day, such as 2027-06-30.",
        "about": "What it is about.",
    },
    Milestone: {
        "kind": 'What sort of date it is, such as "deadline".',
        "title": "What it is called.",
        "date": "The day, such as 2027-01-31.",
        "start": 'When it begins: "17:00" or "5:00 PM".',
        "agenda": "The name of an agenda file beside this one.",
    },
    Topic: {
        "key": "The short name that sessions point to.",
        "title": "What it is called.",
    },
    PlannedSitting: {
        "number": "1, 2, 3 and so on, without gaps.",
        "date": "The day, such as 2027-04-13.",
        "title": "What the session is called.",
        "place": "Where people meet.",
        "topic": "The key of a topic.",
        "part": "Which part of its topic this is; part 1 comes before part 2.",
        "agenda": "The name of an agenda file beside this one.",
    },
}
"""What each key of each table is for."""
