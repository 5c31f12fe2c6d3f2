import datetime
import uuid

import pytest
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.domain.people import system_user
from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from audits.choices import Axis, ChangeSource, Grade
from audits.domain import grading, sending_back
from audits.domain.moments import in_force
from audits.models import Audit, DomainGrade
from kit.exceptions import NotPossible


def overall(audit: Audit) -> DomainGrade:
    """The auditor's overall grade of the version in force, on the headline axis."""
    held = audit.returns.in_force().get()
    return held.grades.get(domain__is_overall=True, axis=Axis.PRACTICE)


def stands_at(grade: DomainGrade, moment: datetime.datetime) -> int:
    change = in_force("changes", moment, since="at", until="superseded_at")
    rows = DomainGrade.objects.filter(pk=grade.pk).alias(change=change)
    return rows.annotate(stood=Coalesce("change__new", "grade")).get().stood


def lower(world, grade: DomainGrade, to: Grade = Grade.REQUIRES_IMPROVEMENT, **values):
    given = {
        "reason": "The auditor credits six supervisions; two are the same record.",
        "source": ChangeSource.MODERATION,
        "source_id": uuid.uuid4(),
        "by": world.qa_officer,
    }
    return grading.set_standing_grade(grade, grade=to, **given | values)


def test_another_grade_stands_and_the_auditors_own_stays(world):
    grade = overall(world.returned_audit())

    change = lower(world, grade)

    grade.refresh_from_db()
    assert (grade.grade, grade.standing) == (Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)
    assert (change.old, change.new) == (Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)


def test_the_next_change_supersedes_the_last(world):
    grade = overall(world.returned_audit())
    first = lower(world, grade)

    second = lower(world, grade, Grade.INADEQUATE, second_by=world.qa_manager)

    first.refresh_from_db()
    assert first.superseded_at == second.at
    assert (second.old, second.superseded_at) == (Grade.REQUIRES_IMPROVEMENT, None)


def test_the_grade_that_stood_at_a_moment_is_read_from_the_changes(world):
    audit = world.returned_audit()
    grade = overall(audit)
    changes = [lower(world, grade), lower(world, grade, Grade.INADEQUATE)]
    moments = [changes[0].at, changes[1].at, timezone.now()]

    stood = [stands_at(grade, moment) for moment in moments]

    assert stood == [Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE]


def test_each_axis_stands_for_itself(world):
    audit = world.returned_audit()

    lower(world, overall(audit))

    outcome = DomainGrade.objects.get(domain__is_overall=True, axis=Axis.OUTCOME)
    assert outcome.standing == Grade.GOOD


def test_a_change_changes_something(world):
    with pytest.raises(NotPossible, match="stands already"):
        lower(world, overall(world.returned_audit()), Grade.GOOD)


def test_a_change_has_a_reason(world):
    with pytest.raises(NotPossible, match="Say why"):
        lower(world, overall(world.returned_audit()), reason=" ")


def test_people_let_grades_stand_never_the_schedule(world):
    with pytest.raises(Refused, match="person"):
        lower(world, overall(world.returned_audit()), by=system_user())


def test_two_people_are_two_people(world):
    with pytest.raises(Refused, match="two people"):
        lower(world, overall(world.returned_audit()), second_by=world.qa_officer)


def test_nothing_stands_in_a_version_that_was_sent_back(world):
    audit = world.returned_audit()
    grade = overall(audit)
    draft = sending_back.send_back(audit, reason="Which visit?", by=world.second_qa_officer)

    for changed in (grade, draft.grades.get(domain__is_overall=True, axis=Axis.PRACTICE)):
        with pytest.raises(NotPossible, match="in force"):
            lower(world, changed)


def test_a_change_is_in_the_history_as_codes(world):
    lower(world, overall(world.returned_audit()), second_by=world.qa_manager)

    facts = HistoryEntry.objects.get(verb="standing_grade_changed").facts
    assert (facts["domain"], facts["axis"], facts["old"], facts["new"]) == ("Z", "practice", 3, 2)
    assert facts["second_by"] == str(world.qa_manager.public_id)
