"""Words about an action as it goes on, chosen to fit what the action asks for."""

from datetime import datetime, timedelta
from random import Random

from reporting.demo.texts import SampleTextError
from reporting.demo.texts.compose import fill, suited_lines
from reporting.demo.texts.slots import Child, Dates, draw

# What an action's words contain, and how the fitting line of a kind begins.
FITTING = {
    "evidence": {
        "alone": "Seen on",
        "chronology": "Chronology current",
        "genogram": "Genogram made",
        "plan with dates": "Plan rewritten",
        "legal planning": "Legal planning meeting",
        "safety plan": "Safety plan signed",
        "health assessment": "Health assessment done",
        "family network": "Family meeting held",
        "See father": "Father seen",
        "supervision on": "Session of",
        "life story": "Session of",
        "match date": "Match agreed",
        "tell ": "Letter to",
    },
    "verification": {
        "alone": "Read the note",
        "plan with dates": "Plan read",
        "chronology": "Chronology read",
        "family": "Spoke to the family",
        "legal planning": "Minutes read",
        "overdue": "Minutes read",
        "health": "Checked with health",
        "reasons": "Read. The reasons",
    },
    "sent_back": {
        "chronology": "The chronology",
        "legal planning": "The meeting was held",
        "alone": "Seen, yes",
        "plan with dates": "The plan has dates",
    },
    "impact_shown": {
        "alone": "{She} is seen alone",
        "attendance": "Attendance has gone",
        "safety plan": "No further notifications",
        "match date": "{Child} knows",
        "See father": "Father is part",
        "plan with dates": "Three months on",
    },
    "impact_not_shown": {
        "plan with dates": "The plan was rewritten",
        "family network": "The meeting was held",
    },
}
OTHERWISE = {
    "evidence": (
        "Done on {date3}; the note of that day shows it.",
        "Finished on {date3}. See the document of that date.",
        "Completed on {date3} and filed; the family knows.",
    ),
    "verification": (
        "Seen on the record, and the worker could tell me what came of it. Verified.",
        "Checked against the record of that date. Verified.",
    ),
    "sent_back": ("The record of that date doesn't show it yet. Back to owner.",),
    "impact_shown": (
        "The worker and the family both say that it made the difference it was meant to.",
        "Read again a month later: what was to be different is different.",
    ),
    "impact_not_shown": ("Done as agreed. Nothing is different for the child yet.",),
    "note": (
        "Started; it is in the diary.",
        "Spoken to the family about it; they know what is coming.",
        "Half done. The rest waits for one answer.",
    ),
}
# What those say who carry out actions for a team or the whole service.
FOR_UNITS = {
    "note": ("First date set; everyone has been told.", "Begun, a fortnight behind."),
    "evidence": (
        "Held as planned; the list of who came and the notes are in the team's folder.",
        "In place since last month; the log shows each week.",
    ),
    "verification": (
        "Log read and two people asked. Verified.",
        "Went to one myself and read the notes of the others. Verified.",
    ),
    "sent_back": ("Begun, but two dates have no entry. Back to owner.",),
    "impact_shown": (
        "Question B2 'yes' in 13 of 20 audits, against 7 of 19 in the quarter before.",
        "Supervision with a recorded reason for each gap: 18 of 20 files, from 9 of 20.",
    ),
    "impact_not_shown": (
        "Sessions were held and well liked; the next quarter's audits show B2 'yes' in 8 of 20 "
        "against 7 of 19. Not enough to say.",
        "Too few audits since to tell.",
    ),
}


def words(
    kind: str, what: str, child: Child | None, rng: Random, since: datetime, until: datetime
) -> str:
    """A line of a kind about an action; dates in it lie between the two moments."""
    if child is None:
        return rng.choice(FOR_UNITS[kind])
    last = until.date() - timedelta(days=1)
    dates = Dates(min(since.date(), last - timedelta(days=2)), last)
    return fill(_line(kind, what, child, rng), draw(rng, child, dates), rng)


def _line(kind: str, what: str, child: Child, rng: Random) -> str:
    for part, beginning in FITTING.get(kind, {}).items():
        if part in what:
            for line in _lines(kind, child):
                if line.startswith(beginning):
                    return line
    return rng.choice(OTHERWISE[kind])


def _lines(kind: str, child: Child) -> list[str]:
    try:
        return [line.say for line in suited_lines(f"updates.{kind}", child)]
    except SampleTextError:
        return []
