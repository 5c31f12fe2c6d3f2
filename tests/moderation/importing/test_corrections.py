"""A corrected row corrects its audit; what an import may not touch."""

import datetime

import pytest

from audits.choices import ChangeSource, Grade
from audits.domain import allocation, sending_back
from audits.models import Audit, DomainGrade, Exemption, Round, StandingGradeChange
from cases.models import CaseAccess
from moderation.choices import Settlement
from moderation.domain.importing import HasProblems
from moderation.models import ImportCorrection, Moderation
from tests.factories.import_files import EXEMPTED, MODERATED, RETURNED, ROW, bring

pytestmark = pytest.mark.django_db

NOVEMBER = datetime.date(2023, 11, 1)


def corrected(world, first, second):
    """Import the one and then the other; both are the same audit."""
    bring(world, first)
    plan = bring(world, second)
    assert (len(plan.new), len(plan.changed)) == (0, 1)
    assert Audit.objects.count() == 1
    assert bring(world, second).unchanged == 1
    return plan


def refused(world, *rows) -> str:
    with pytest.raises(HasProblems) as refusal:
        bring(world, *rows)
    (problem,) = refusal.value.problems
    return problem.sentence


def overall() -> tuple[int | None, int | None]:
    grade = DomainGrade.objects.get(domain__is_overall=True)
    return grade.grade, grade.standing


def test_grades_and_days(world):
    second = RETURNED | {"overall_practice_grade": "I", "returned_on": "2023-11-15"}
    corrected(world, RETURNED, second)
    assert overall() == (1, 1)
    held = Audit.objects.get().returns.get()
    assert held.returned_at.date() == datetime.date(2023, 11, 15)


def test_what_was_said_before_is_kept(world):
    corrected(world, RETURNED, RETURNED | {"overall_practice_grade": "I", "team": "Duty"})
    kept = ImportCorrection.objects.values_list("column", "old", "new")
    assert set(kept) == {
        ("overall_practice_grade", "Good", "Inadequate"),
        ("team", "Assessment Team 1", "Duty"),
    }


def test_team_and_auditor(world):
    named = {"auditor_email": world.auditor.email}
    second = {"auditor_email": world.second_auditor.email, "team": world.care_team.name}
    corrected(world, ROW | named, ROW | second)
    audit = Audit.objects.get()
    assert (audit.auditor, audit.service) == (world.second_auditor, world.care_service)
    assert CaseAccess.objects.get(until_at=None).user == world.second_auditor


def test_business_that_ended_ended_when_it_did(world):
    first, second = world.auditor, world.second_auditor
    for auditor in (first, second):
        bring(world, ROW | {"auditor_email": auditor.email})
    ended = CaseAccess.objects.get(user=first).until_at
    bring(world, ROW | {"auditor_email": first.email})
    assert CaseAccess.objects.earliest("pk").until_at == ended
    assert CaseAccess.objects.get(until_at=None).user == first


def test_who_audits_has_no_business_with_the_case_once_it_is_excused(world):
    corrected(world, *(row | {"auditor_email": world.auditor.email} for row in (ROW, EXEMPTED)))
    assert not CaseAccess.objects.filter(until_at=None).exists()


def test_a_planned_audit_comes_back_or_is_excused(world):
    corrected(world, ROW, RETURNED)
    assert overall() == (3, 3)
    other = {"case_reference": "C2"}
    bring(world, ROW | other)
    bring(world, EXEMPTED | other)
    assert Exemption.objects.get().audit.case.reference == "C2"


def test_a_later_moderation(world):
    corrected(world, RETURNED, MODERATED)
    assert overall() == (3, 2)
    assert StandingGradeChange.objects.get().source == ChangeSource.MODERATION


def test_another_moderated_grade_is_the_next_change(world):
    corrected(world, MODERATED, MODERATED | {"moderated_practice_grade": "I"})
    assert overall() == (3, 1)
    first, second = StandingGradeChange.objects.order_by("pk")
    assert first.superseded_at == second.at
    assert (second.old, second.new, second.source) == (2, 1, ChangeSource.CORRECTION)
    assert Moderation.objects.get().settled_grade == Grade.INADEQUATE


def test_another_day_of_the_moderation_moves_its_change_and_no_correction(world):
    lower, later = {"moderated_practice_grade": "I"}, {"moderated_on": "2023-11-22"}
    day = datetime.date(2023, 11, 22)
    corrected(world, MODERATED, MODERATED | later)
    change = StandingGradeChange.objects.get()
    assert change.at.date() == day

    bring(world, MODERATED | later | lower)
    bring(world, MODERATED | lower | {"moderated_on": "2023-11-24"})
    first, second = StandingGradeChange.objects.order_by("pk")
    assert first.at.date() == day
    assert second.at == first.superseded_at


def test_a_moderated_grade_corrected_twice_and_back_to_the_auditors(world):
    for word in ("RI", "I", "Good"):
        bring(world, MODERATED | {"moderated_practice_grade": word})
    assert overall() == (3, 3)
    assert Moderation.objects.get().settlement == Settlement.SAME
    assert [change.new for change in StandingGradeChange.objects.order_by("pk")] == [2, 1, 3]
    assert StandingGradeChange.objects.filter(superseded_at=None).count() == 1


def test_an_own_grade_below_a_moderation_that_supported_it(world):
    supported = MODERATED | {"moderated_practice_grade": "Good"}
    corrected(world, supported, supported | {"overall_practice_grade": "O"})
    assert overall() == (4, 3)
    assert (StandingGradeChange.objects.get().old, Moderation.objects.get().settlement) == (
        4,
        Settlement.MODERATOR,
    )


def test_columns_that_a_file_lacks_stay_as_they_are(world):
    corrected(world, MODERATED, ROW | {"planned_on": "02/11/2023"})
    assert overall() == (3, 2)


def test_a_file_of_grades_alone_completes_an_earlier_one(world):
    bring(world, MODERATED)
    bring(world, ROW | {"overall_practice_grade": "O"})
    assert overall() == (4, 2)


@pytest.mark.parametrize("column", ["returned_on", "moderated_on", "overall_practice_grade"])
def test_an_empty_cell_takes_nothing_back(world, column):
    bring(world, MODERATED)
    assert "takes nothing back" in refused(world, MODERATED | {column: ""})
    assert overall() == (3, 2)


def test_an_audit_that_was_made_here_is_never_touched(world):
    held = world.monthly_round(NOVEMBER)
    case = world.new_case(reference="C1")
    allocation.allocate(held, case=case, auditor=world.auditor, by=world.qa_manager)
    assert "was made here" in refused(world, RETURNED)
    assert not Audit.objects.get().returns.exists()


def test_an_audit_that_someone_worked_on_here_is_corrected_here(world):
    bring(world, RETURNED)
    version = Audit.objects.get().returns.get()
    sending_back.send_back(version.audit, reason="Which visits?", by=world.qa_officer)
    assert "worked on this audit here" in refused(
        world, RETURNED | {"overall_practice_grade": "Inadequate"}
    )
    assert bring(world, RETURNED).unchanged == 1


def test_a_closed_month_takes_nothing_more(world):
    bring(world, RETURNED)
    Round.objects.update(returns_closed_at="2023-12-08T12:00Z", returns_closed_by=world.qa_manager)
    assert "November 2023 are closed" in refused(world, ROW | {"case_reference": "C2"})
    assert "are closed" in refused(world, RETURNED | {"overall_practice_grade": "RI"})
    assert bring(world, RETURNED).unchanged == 1


def test_a_domain_that_the_rounds_tool_lacks(world):
    world.monthly_round(NOVEMBER)
    assert "“Small audit”, which has no such grade" in refused(
        world, RETURNED | {"domain: Play (practice)": "Good"}
    )


def test_two_names_of_one_domain(world):
    world.monthly_round(NOVEMBER)
    twice = {"domain: A (practice)": "Good", "domain: Section A (practice)": "RI"}
    assert "same domain" in refused(world, RETURNED | twice)


def test_a_new_domain_makes_the_next_version_for_new_months(world):
    bring(world, RETURNED)
    later = {"month": "2023-12", "planned_on": "2023-12-01", "returned_on": "2023-12-14"}
    bring(world, RETURNED | later | {"domain: Play (practice)": "Good"})
    numbers = Round.objects.order_by("month").values_list("tool_version__number", flat=True)
    assert list(numbers) == [1, 2]
