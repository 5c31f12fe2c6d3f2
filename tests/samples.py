"""What docs/urls.csv calls a sample: the arguments of an address, in one's scope or out of it.

In scope is Protection (Assessment Team 1); out of scope is the other service, Children in care.
A page that needs more than an address (a form's data) has an entry in DATA.
"""

import datetime
import re
import uuid
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.domain.people import system_user
from accounts.models import Unit, User
from kit.charts import PRINT
from moderation.domain.importing import uploads
from reporting.choices import FileKind, ReportKind, ReportStatus, RequestSource, RunStage
from reporting.domain import editions
from reporting.domain.narrative import narrate
from reporting.models import Report, ReportFile, ReportRun
from reporting.printing import monthly_sections
from reporting.printing.parts import Figure
from tests.factories.sign_in import make_factor
from tests.reporting.figures import golden_figures
from tests.samples_accounts import ACCOUNT_SAMPLES
from tests.samples_audits import AUDIT_SAMPLES
from tests.samples_cases import CASE_SAMPLES
from tests.samples_moderation import MODERATION_SAMPLES
from tests.world import World

MAY, NOVEMBER = datetime.date(2023, 5, 1), datetime.date(2023, 11, 1)

Sample = Callable[[World], dict[str, Any]]


def issued_report(world: World, scope: Unit, *, edition: int = 1, by: User | None = None) -> Report:
    """An issued edition on a part of the authority, with its PDF."""
    now, figures = timezone.now(), golden_figures()
    run = ReportRun.objects.create(
        kind=ReportKind.MONTHLY,
        first_month=MAY,
        last_month=NOVEMBER,
        scope=scope,
        edition=edition,
        as_at=now,
        source=RequestSource.PERSON,
        requested_at=now,
        requested_by=by or world.qa_manager,
        stage=RunStage.PUBLISHED,
        published_at=now,
    )
    report = Report.objects.create(
        run=run,
        number=editions.number(run),
        authority_name="Aireborough",
        figures=figures.as_document(),
        narrative=narrate(figures).as_document(),
        chain_position=1,
        chain_head="a" * 64,
        frozen_at=now,
        is_current=True,
        period_key=editions.period_key(run),
    )
    _file(report, b"%PDF")
    return report


def published_report(world: World, scope: Unit, number: int = 1) -> Report:
    """An edition that a director approved and that was released, with its PDF."""
    report = issued_report(world, scope, edition=number)
    report.status, report.approved_at = ReportStatus.PUBLISHED, timezone.now()
    report.approved_by, report.approved_as = world.director, world.director.post
    report.released_at = timezone.now()
    report.save()
    _file(report, b"%PDF released", is_released=True)
    return report


def _file(report: Report, content: bytes, **values: Any) -> None:
    ReportFile.objects.create(
        report=report,
        kind=FileKind.PDF,
        name="report.pdf",
        content=content,
        sha256="b" * 64,
        size=len(content),
        stored_at=timezone.now(),
        **values,
    )


def _to_approve(world: World) -> dict[str, Any]:
    """A draft that the schedule had made, so that nobody is its last editor."""
    return {"public_id": issued_report(world, world.authority, by=system_user()).public_id}


def _received(**more: Any) -> Sample:
    def sample(world: World) -> dict[str, Any]:
        return {"public_id": published_report(world, world.authority).public_id, **more}

    return sample


def _reviewed(world: World, scope: str) -> None:
    """A round that the reports count, reviewed by whoever asks as a reviewer; not elsewhere's."""
    reviewer = world.whose(Role.EXTERNAL_REVIEWER, otherwise=world.qa_manager)
    if scope == "protection_service" and reviewer != world.qa_manager:
        world.reviews(reviewer, in_round=world.monthly_round(NOVEMBER))


def _report(scope: str, **more: Any) -> Sample:
    def sample(world: World) -> dict[str, Any]:
        _reviewed(world, scope)
        return {"public_id": issued_report(world, getattr(world, scope)).public_id, **more}

    return sample


def _run(scope: str) -> Sample:
    def sample(world: World) -> dict[str, Any]:
        _reviewed(world, scope)
        return {"public_id": issued_report(world, getattr(world, scope)).run.public_id}

    return sample


def _first_chart() -> str:
    """The first chart of the report, by the hash of its content."""
    figures = golden_figures()
    parts = monthly_sections(figures, narrate(figures))[0].parts
    chart = next(part for part in parts if isinstance(part, Figure)).draw(PRINT)
    return chart.sha256


def _audit_import(world: World) -> dict[str, Any]:
    """A file of past audits that the QA manager has chosen and not yet imported."""
    content = b"case_reference,month,team,planned_on\nAB1,2023-11,Team 1,2023-11-01\n"
    return {"public_id": uploads.keep(content, file_name="a.csv", by=world.qa_manager).public_id}


def _dashboard_chart(world: World) -> dict[str, Any]:
    """A chart on the asker's own figures; where they see none, a hash that no chart has."""
    world.returned_audit()
    elsewhere = world.new_case(world.care_team)
    world.returned_audit(world.audit(case=elsewhere, auditor=world.team_manager))
    client = Client()
    client.force_login(world.whose(otherwise=world.qa_manager))
    page = client.get(reverse("dashboard")).content.decode()
    found = re.search(r"/dashboard/charts/([0-9a-f]{64})", page)
    return {"sha256": found[1] if found else "0" * 64}


def _own_factor(kind: str, name: str = "") -> Sample:
    """The asker's own app, passkey or recovery codes; nobody else's is ever shown."""

    def sample(world: World) -> dict[str, Any]:
        world.own_to = ()
        made = make_factor(world.asking or world.administrator, kind)
        return {name: made.pk} if name else {}

    return sample


SAMPLES: dict[str, Sample] = {
    **ACCOUNT_SAMPLES,
    "own_app:in": _own_factor("totp"),
    "own_codes:in": _own_factor("recovery_codes"),
    "own_passkey:in": _own_factor("webauthn", "pk"),
    **AUDIT_SAMPLES,
    **CASE_SAMPLES,
    **MODERATION_SAMPLES,
    "audit_import:in": _audit_import,
    "case_views:in": lambda world: {"public_id": world.case.public_id},
    "person_views:in": lambda world: {"public_id": world.practitioner.public_id},
    "dashboard_chart:in": _dashboard_chart,
    "published:in": _received(),
    "published_chart:in": lambda world: _received(sha256=_first_chart())(world),
    "published_file:in": _received(kind="pdf"),
    "to_approve:in": _to_approve,
    "report:in": _report("protection_service"),
    "report:out": _report("care_service"),
    "run:in": _run("protection_service"),
    "run:out": _run("care_service"),
    "report_chart:in": lambda world: _report("protection_service", sha256=_first_chart())(world),
    "report_chart:out": lambda world: _report("care_service", sha256=_first_chart())(world),
    "report_file:in": _report("protection_service", kind="pdf"),
    "report_file:out": _report("care_service", kind="pdf"),
}


NOBODYS: dict[str, Any] = {
    "public_id": uuid.UUID(int=0),
    "sha256": "0" * 64,
    "token": "changed",
    "pk": 0,
    "code": "A",
    "kind": "pdf",
    "number": 1,
}
"""Arguments by name that together no record has."""


def missing(arguments: dict[str, Any]) -> dict[str, Any]:
    """The same address with an id that no record has."""
    return {name: NOBODYS.get(name, value) for name, value in arguments.items()}
