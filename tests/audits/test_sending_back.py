import pytest
from django.db.models import F
from django.utils import timezone

from accounts.exceptions import Refused
from audits.choices import FindingKind, Grade, ResponseKind
from audits.domain import completion, drafting, sending_back
from audits.domain.as_at import RETURNED, with_due_dates, with_return
from audits.domain.states import state_of
from audits.models import Audit, Theme
from kit.exceptions import NotPossible

WHY = "Which visit shows that she was seen alone?"


OWN = {"id", "public_id", "audit_return", "audit_return_id", "finding_id", "planned_id", "standing"}
"""What each version has of its own."""


def plain(row) -> dict:
    fields = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in fields if name not in OWN}


def rows(version) -> list:
    """What one version holds, in every column but the keys of its rows."""
    named = ("grades", "evidence", "answers", "contributions", "findings", "responses")
    found = [[plain(row) for row in getattr(version, name).order_by("pk")] for name in named]
    said = version.responses.order_by("pk").values_list("finding__text", flat=True)
    return [
        *found,
        list(version.findings.values_list("themes__code", flat=True)),
        list(said),
        plain(version.safety_answer),
        (version.child_now, version.first_step, version.to_celebrate),
    ]


def returned_with_findings(world) -> Audit:
    draft = world.draft(A=(2, 2))
    section, by = world.domain("A"), world.auditor
    theme = Theme.objects.create(code="drift", name="Drift", group="Oversight")
    finding = drafting.add_finding(
        draft,
        domain=section,
        kind=FindingKind.DEVELOPMENT,
        text="Drift since May.",
        themes=[theme],
        by=by,
    )
    drafting.respond(
        draft,
        domain=section,
        kind=ResponseKind.NONE_NEEDED,
        reason="Done.",
        finding=finding,
        by=by,
    )
    drafting.save_domain(draft, domain=world.domain("B"), answers={"B1": "yes"}, by=by)
    texts = {"child_now": "I am four.", "first_step": "Ring her.", "to_celebrate": "School."}
    drafting.save_overall(draft, grades={}, by=by, **texts)
    return completion.return_audit(draft.audit, by=by).audit


def test_the_next_version_begins_as_the_last_one_was(world):
    audit = returned_with_findings(world)
    old = audit.returns.get()

    draft = sending_back.send_back(audit, reason=WHY, by=world.qa_officer)

    assert (draft.version, draft.returned_at) == (2, None)
    assert rows(draft) == rows(old)
    assert set(draft.grades.values_list("standing", flat=True)) == {None}


def test_the_version_sent_back_is_kept_as_it_was(world):
    audit = world.returned_audit()
    old = audit.returns.get()
    before = rows(old)

    draft = sending_back.send_back(audit, reason=WHY, by=world.qa_officer)
    world.fill(draft, A=(1, 1))

    old.refresh_from_db()
    assert (rows(old), old.sent_back_reason) == (before, WHY)
    assert old.grades.get(domain__code="A", axis="practice").standing == Grade.GOOD


def test_between_sending_back_and_the_next_return_an_audit_is_not_returned(world):
    audit = world.returned_audit()
    moments = [timezone.now()]
    draft = sending_back.send_back(audit, reason=WHY, by=world.qa_officer)
    moments.append(timezone.now())
    completion.return_audit(draft.audit, by=world.auditor)
    moments.append(timezone.now())

    audits = Audit.objects.all()
    returned = [with_return(audits, at).filter(RETURNED).exists() for at in moments]

    assert returned == [True, False, True]


def test_on_time_is_judged_by_the_first_return(world):
    audit = world.returned_audit()
    first = audit.returns.get().returned_at
    draft = sending_back.send_back(audit, reason=WHY, by=world.qa_officer)
    completion.return_audit(draft.audit, by=world.auditor)

    dated = with_due_dates(Audit.objects.all(), timezone.now())

    assert dated.annotate(back=F("first__returned_at")).get().back == first


def test_sending_back_needs_a_reason(world):
    with pytest.raises(NotPossible, match="look at again"):
        sending_back.send_back(world.returned_audit(), reason=" ", by=world.qa_officer)


def test_only_the_qa_team_sends_back(world):
    with pytest.raises(Refused, match="QA team"):
        sending_back.send_back(world.returned_audit(), reason=WHY, by=world.head_of_service)


def test_nobody_sends_back_their_own(world):
    audit = world.returned_audit(world.audit(auditor=world.qa_manager))

    with pytest.raises(Refused, match="of your own"):
        sending_back.send_back(audit, reason=WHY, by=world.qa_manager)


def test_a_draft_cannot_be_sent_back(world):
    audit = world.draft().audit

    with pytest.raises(NotPossible, match="This audit is started"):
        sending_back.send_back(audit, reason=WHY, by=world.qa_officer)

    assert state_of(audit) == "started"
