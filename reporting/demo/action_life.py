"""What becomes of an action once it is raised: most are done, a tenth is never done in time.

Shares as in tools.md section 16, as they stand when the last of the seven months is reported.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from accounts.models import User
from actions.domain import progress, verification
from actions.models import Action
from kit.working_days import add_working_days, is_working_day
from reporting.demo.action_texts import words
from reporting.demo.chance import one
from reporting.demo.plan import at
from reporting.demo.texts.slots import Child
from reporting.demo.timeline import Act, Timeline

IN_TIME, LATE, NEVER, WITHDRAWN = "in time", "late", "never", "withdrawn"
COURSES = {IN_TIME: 76, LATE: 11, NEVER: 10, WITHDRAWN: 3}
VERIFIED, SENT_BACK, NOTED = 0.4, 0.06, 0.3
# Whether it is said that one is begun: of those that are done later, and of the others.
BEGUN, BEGUN_ONLY = 0.4, 0.6
JUDGED, SHOWN = 0.22, 0.85
FOR_UNITS_JUDGED = 0.7
# Longer actions are begun before they are finished, an hour's work at least.
LONG, WORK = 6, timedelta(hours=1)


@dataclass(frozen=True)
class ActionLife:
    """An action, who carries it out and who looks at it afterwards."""

    action: Action
    owner: User
    verifier: User
    child: Child | None
    rng: Random
    timeline: Timeline

    def begin(self) -> None:
        """Plan its course from the day it was raised."""
        course, raised = one(self.rng, COURSES), self.action.raised_at
        length = max(1, (self.action.due_on - raised.date()).days)
        if course == WITHDRAWN:
            self._later(raised, self.rng.randrange(2, length + 2), self._withdraw)
            return
        finished = self._finished_at(course, length)
        begun = BEGUN_ONLY if course == NEVER else BEGUN
        if length > LONG and self.rng.random() < begun:
            started = self._moment(raised, self.rng.randrange(1, max(2, length // 3)))
            if finished is None or started + WORK < finished:
                self.timeline.at(started, self._start)
        if finished:
            self.timeline.at(finished, self._finish)

    def _finished_at(self, course: str, length: int) -> datetime | None:
        raised = self.action.raised_at
        if course == IN_TIME:
            return self._moment(raised, max(1, round(length * self.rng.uniform(0.5, 1.0))))
        if course == LATE:
            return self._moment(raised, length + self.rng.randrange(4, 40))
        return None

    def _moment(self, since: datetime, days: int) -> datetime:
        """On a working day so many days on, or the one before it."""
        day = since.date() + timedelta(days=days)
        while not is_working_day(day):
            day -= timedelta(days=1)
        if day <= since.date():
            day = add_working_days(since.date(), 1)
        return at(day, self.rng)

    def _later(self, since: datetime, days: int, act: Act) -> None:
        self.timeline.at(self._moment(since, days), act)

    def _start(self, moment: datetime) -> None:
        progress.start(self.action, by=self.owner, now=moment)
        if self.rng.random() < NOTED:
            later = moment + timedelta(minutes=10)
            self.timeline.at(later, self._note)

    def _note(self, moment: datetime) -> None:
        text = self._words("note", moment)
        progress.add_note(self.action, text=text, by=self.owner, now=moment)

    def _finish(self, moment: datetime) -> None:
        evidence = self._words("evidence", moment)
        progress.finish(self.action, evidence=evidence, by=self.owner, now=moment)
        if self.rng.random() < SENT_BACK:
            self._later(moment, self.rng.randrange(2, 12), self._send_back)
        elif self.action.needs_verification or self.rng.random() < VERIFIED:
            self._later(moment, self.rng.randrange(2, 21), self._verify)

    def _send_back(self, moment: datetime) -> None:
        text = self._words("sent_back", moment)
        verification.send_back(self.action, text=text, by=self.verifier, now=moment)
        self._later(moment, self.rng.randrange(3, 15), self._finish)

    def _verify(self, moment: datetime) -> None:
        text = self._words("verification", moment)
        verification.verify(self.action, text=text, by=self.verifier, now=moment)
        if self.rng.random() < (JUDGED if self.child else FOR_UNITS_JUDGED):
            self._later(moment, self.rng.randrange(30, 80), self._judge)

    def _judge(self, moment: datetime) -> None:
        shown = self.rng.random() < SHOWN
        text = self._words("impact_shown" if shown else "impact_not_shown", moment)
        verification.judge_impact(self.action, shown=shown, text=text, by=self.verifier, now=moment)

    def _withdraw(self, moment: datetime) -> None:
        reason = "No longer needed: the plan changed at the last review."
        if self.child is None:
            reason = "Taken into the service's own programme."
        verification.withdraw(self.action, reason=reason, by=self.verifier, now=moment)

    def _words(self, kind: str, moment: datetime) -> str:
        raised = self.action.raised_at
        return words(kind, self.action.what, self.child, self.rng, raised, moment)
