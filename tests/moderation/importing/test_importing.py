"""What one imported row becomes; the same file twice; formulas as text."""

import datetime

import pytest

from accounts.choices import UnitKind
from accounts.domain import history
from accounts.domain.people import system_user
from accounts.exceptions import Refused
from accounts.models import HistoryEntry, Unit, User
from audits.choices import Axis, Grade, RoundKind
from audits.models import Audit, DomainGrade, Exemption, Round, StandingGradeChange
from cases.models import Case, CaseAccess
from kit.months import LONDON
from kit.sheets import csv_bytes
from moderation.choices import Settlement
from moderation.domain.importing import import_audits, preview, uploads
from moderation.models import AuditImport, Moderation, Regrade
from tests.factories.import_files import EXEMPTED, MODERATED, RETURNED, ROW, bring, csv_file

pytestmark = pytest.mark.django_db

NOVEMBER = datetime.date(2023, 11, 1)


def noon(day: int) -> datetime.datetime:
    return datetime.datetime(2023, 11, day, 12, tzinfo=LONDON)


def overall(axis: Axis = Axis.PRACTICE) -> DomainGrade:
    return DomainGrade.objects.get(domain__is_overall=True, axis=axis)


def test_a_planned_audit_is_stamped_with_its_round_team_and_service(world):
    named = {"team": f"protection > {world.team.name.upper()}"}
    bring(world, ROW | named, ROW | {"case_reference": "C2"})
    for audit in Audit.objects.all():
        assert (audit.team, audit.service) == (world.team, world.protection_service)
        assert (audit.month, audit.due_on) == (NOVEMBER, datetime.date(2023, 11, 30))
        assert audit.allocated_at == noon(1)


def test_the_round_counts_in_the_monthly_figures(world):
    bring(world, ROW, ROW | {"case_reference": "C2", "planned_on": "31/10/2023"})
    made = Round.objects.get()
    assert (made.kind, made.in_ledger) == (RoundKind.MONTHLY, True)
    assert made.created_at == Audit.objects.earliest("allocated_at").allocated_at
    assert made.tool_version.tool.code == "IMP"


def test_each_month_has_its_round_from_its_own_first_day_on(world):
    next_month = {"month": "2023-12", "planned_on": "2023-12-05"}
    bring(world, ROW | {"planned_on": "2023-10-30"}, ROW | next_month)
    days = [(made.opens_on, made.created_at.date()) for made in Round.objects.order_by("month")]
    before, fifth = datetime.date(2023, 10, 30), datetime.date(2023, 12, 5)
    assert days == [(before, before), (fifth.replace(day=1), fifth)]


def test_a_round_that_there_is_stays_as_it_is(world):
    held = world.monthly_round(NOVEMBER)
    bring(world, RETURNED | {"domain: section a (practice)": "G", "domain: F (outcome)": "n/a"})
    assert Audit.objects.get().round == held
    marks = DomainGrade.objects.filter(domain__is_overall=False).order_by("domain__position")
    found = [(one.domain.code, one.grade, one.is_not_applicable) for one in marks]
    assert found == [("A", Grade.GOOD, False), ("F", None, True)]


def test_missing_units_are_made_below_the_authority(world):
    plan = bring(world, ROW | {"team": "Youth > North > Duty"}, ROW | {"case_reference": "C2"})
    kinds = {unit.name: (unit.kind, unit.parent) for unit in Unit.objects.all()}
    assert kinds["Youth"] == (UnitKind.SERVICE, world.authority)
    assert (kinds["North"][0], kinds["Duty"][0]) == (UnitKind.AREA, UnitKind.TEAM)
    assert kinds["Assessment Team 1"] == (UnitKind.TEAM, world.authority)
    assert len(plan.units_to_make) == 4


def test_people_are_named_and_cannot_sign_in(world):
    held = world.auditor.email.upper()
    rows = [ROW | {"auditor_email": "jo.o-dea@council.example"}, ROW | {"case_reference": "C2"}]
    bring(world, *rows, ROW | {"case_reference": "C3", "auditor_email": held})
    names = set(Audit.objects.values_list("auditor__name", flat=True))
    assert names == {"Jo O Dea", "Auditor not named", world.auditor.name}
    made = User.objects.get(name="Jo O Dea")
    assert not made.is_active
    assert not made.has_usable_password()


def test_only_people_who_work_here_get_business_with_the_case(world):
    row = MODERATED | {"moderator_email": world.second_qa_officer.email}
    bring(world, row | {"auditor_email": world.auditor.email}, ROW | {"case_reference": "C2"})
    given = CaseAccess.objects.values_list("user__name", "capacity")
    assert set(given) == {("Amira Auditor", "auditor"), ("Otto Officer", "moderator")}


def test_a_case_is_known_by_its_reference_alone(world):
    bring(world, ROW, ROW | {"month": "2023-12", "planned_on": "2023-12-01", "team": "Duty"})
    case = Case.objects.get()
    assert (case.reference, case.initials, case.born_on) == ("C1", "–", None)
    assert (case.opened_on, case.team.name) == (NOVEMBER, "Duty")
    assert case.imported_by == world.qa_manager


def test_a_case_that_there_is_stays_as_it_is(world):
    held = world.new_case(reference="C1")
    bring(world, ROW | {"team": "Duty"})
    assert Audit.objects.get().case == held
    held.refresh_from_db()
    assert (held.team, held.imported_at) == (world.team, None)


def test_an_exemption_has_its_day_and_reason_and_nobody_made_up(world):
    bring(world, EXEMPTED)
    held = Exemption.objects.get()
    assert (held.approved_at, held.reason) == (noon(10), "vacant_post")
    assert (held.requested_by, held.approved_by.name) == (world.qa_manager, "Approver not named")


def test_a_return_fixes_the_own_grades_by_domain_and_axis(world):
    graded = {"overall_outcome_grade": "O", "domain: Play (practice)": "I"}
    bring(world, RETURNED | graded)
    assert Audit.objects.get().returns.in_force().get().returned_at == noon(14)
    found = DomainGrade.objects.values_list("domain__name", "axis", "grade", "standing")
    assert set(found) == {
        ("Overall judgement", "practice", 3, 3),
        ("Overall judgement", "outcome", 4, 4),
        ("Play", "practice", 1, 1),
    }


def test_a_domain_that_our_tool_knows_keeps_its_code(world):
    bring(world, RETURNED | {"Domain: assessment and analysis (Practice)": "Good"})
    assert set(DomainGrade.objects.values_list("domain__code", flat=True)) == {"B", "Z"}


def test_a_moderation_is_settled_and_its_grade_stands(world):
    bring(world, MODERATED)
    held = Moderation.objects.get()
    assert (held.settlement, held.settled_grade) == (Settlement.MODERATOR, 2)
    assert held.settled_at == held.committed_at == noon(20)
    assert (held.settled_by, held.moderator.name) == (world.qa_manager, "Moderator not named")
    assert Regrade.objects.get().grade == Grade.REQUIRES_IMPROVEMENT
    change = StandingGradeChange.objects.get()
    assert (change.old, change.new, change.at) == (3, 2, noon(20))
    assert (overall().grade, overall().standing) == (3, 2)


def test_a_supported_grade_changes_nothing(world):
    bring(world, MODERATED | {"moderated_practice_grade": "Good"})
    assert Moderation.objects.get().settlement == Settlement.SAME
    assert not StandingGradeChange.objects.exists()
    assert overall().standing == Grade.GOOD


def test_an_imported_moderation_is_neither_random_nor_blind(world):
    bring(world, MODERATED)
    held = Moderation.objects.get()
    assert (held.chosen_because, held.is_blind) == ("by_hand", False)


def test_history_has_one_entry_a_file(world):
    bring(world, ROW, RETURNED | {"case_reference": "C2"})
    (entry,) = HistoryEntry.objects.filter(verb="audits_imported")
    batch = AuditImport.objects.get()
    assert entry.facts["sha256"] == batch.sha256
    assert (entry.facts["added"], entry.facts["months"]) == (2, ["2023-11-01"])
    assert history.verify() == []


def test_the_same_file_twice_changes_nothing(world):
    rows = [MODERATED, EXEMPTED | {"case_reference": "C2"}, ROW | {"case_reference": "=C3"}]
    bring(world, *rows)
    before = HistoryEntry.objects.count()
    assert bring(world, *reversed(rows)).unchanged == 3
    assert HistoryEntry.objects.count() == before
    assert AuditImport.objects.count() == 1


def test_a_preview_writes_nothing(world):
    manager = world.qa_manager
    plan = preview(csv_file(MODERATED), by=manager)
    assert (len(plan.new), plan.months[0].standing[Grade.REQUIRES_IMPROVEMENT]) == (1, 1)
    assert not Audit.objects.exists()
    assert not AuditImport.objects.exists()


def test_only_the_qa_manager_imports(world):
    for user in (world.qa_officer, world.director, world.head_of_service):
        with pytest.raises(Refused):
            bring(world, ROW, by=user)
        with pytest.raises(Refused):
            preview(csv_file(ROW), by=user)
        with pytest.raises(Refused):
            uploads.keep(csv_file(ROW), file_name="audits.csv", by=user)


def test_a_file_is_read_on_and_found_again_by_who_may_import(world):
    upload = uploads.keep(csv_file(ROW), file_name="audits.csv", by=world.qa_manager)
    with pytest.raises(Refused):
        uploads.choose_best(upload, best=1, by=world.qa_officer)
    assert uploads.choose_best(upload, best=1, by=world.qa_manager).best_figure == 1
    AuditImport.objects.update(imported_at=noon(3), imported_by=world.qa_manager, content=None)
    assert AuditImport.objects.visible_to(world.qa_manager).get() == upload
    assert not AuditImport.objects.visible_to(world.qa_officer).exists()


def test_figures_are_read_from_the_end_that_was_named(world):
    bring(world, RETURNED | {"overall_practice_grade": 1}, best=1)
    assert overall().grade == Grade.OUTSTANDING


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_formulas_go_in_as_text_and_come_out_neutralised(world, sign):
    formula = f"{sign}HYPERLINK(1)"
    bring(world, ROW | {"case_reference": formula, "team": formula})
    audit = Audit.objects.get()
    assert (audit.case.reference, audit.team.name) == (formula, formula)
    written = csv_bytes(["reference", "team"], [[audit.case.reference, audit.team.name]])
    assert written.decode("utf-8-sig").splitlines()[1] == f'"\'{formula}","\'{formula}"'


def test_a_file_that_we_neutralised_is_read_back_as_it_was(world):
    bring(world, ROW | {"case_reference": "=C1"})
    assert bring(world, ROW | {"case_reference": "'=C1"}).unchanged == 1


def test_an_empty_program_can_be_filled_by_the_command(db):
    import_audits(csv_file(ROW), file_name="a.csv", by=system_user())
    assert Audit.objects.get().service == Unit.objects.get(name="Assessment Team 1")
    assert Unit.objects.get(parent=None).kind == UnitKind.DIRECTORATE
