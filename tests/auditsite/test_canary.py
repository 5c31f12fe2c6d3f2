"""Two services whose every private string is a token: nobody meets one of the other's anywhere.

Who may meet which is written here by hand from docs/permissions.csv, not asked of the policy.
"""

import io
import re
from collections import deque
from collections.abc import Iterator

from django.http import HttpResponse
from pypdf import PdfReader

from accounts.models import User
from audits.choices import SafetyJudgement
from audits.domain import drafting, safety
from kit.months import first_of
from reporting import issuing
from reporting.choices import FileKind, RequestSource
from reporting.domain import leases
from reporting.domain.requesting import request_report
from tests.canary import TOKEN, cases_in, plant
from tests.factories.accounts import UnitFactory
from tests.factories.actions import done, raised
from tests.factories.moderation import assigned, commit, in_force, regrade
from tests.pages import client_of
from tests.world import World

MOST_PAGES = 60
"""A crawl that finds more meets the same pages again under other filters."""

LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
CHOICE = re.compile(r'<select[^>]*name="([^"]+)"(.*?)</select>', re.DOTALL)
OPTION = re.compile(r'<option value="([^"]+)"')

ONE_SERVICE = ("auditor", "practitioner", "team_manager", "service_manager", "head_of_service")
EVERYWHERE = ("qa_officer", "qa_manager", "director")
NOWHERE = ("external_reviewer", "report_recipient", "administrator", "information_governance")


def audited(world: World, cases: list, *, auditor: User, manager: User, owner: User) -> set[int]:
    """Cases audited to every stage, with what follows: a draft, returned, settled, moderated."""
    audits = [world.audit(case=case, auditor=auditor) for case in cases]
    draft, returned, settled, moderated = audits
    child = {"unit": draft.case.team, "by": manager, "owners": [owner]}
    drafting.start(draft, by=auditor)
    world.returned_audit(returned, A=(2, 2), overall=(1, 1))
    safety.raise_concern(returned, judgement=SafetyJudgement.NOT_SAFE, worry="Bail.", by=auditor)
    raised(world, case=returned.case, **child)
    done(world, case=settled.case, **child)
    commit(regrade(assigned(world, in_force(world.returned_audit(settled)))))
    assigned(world, in_force(world.returned_audit(moderated)))
    return {case.pk for case in cases}


def two_services(world: World) -> tuple[set[int], set[int]]:
    """The keys of the cases of Protection, and of a team of the other service."""
    mine = audited(
        world,
        [world.case, *(world.new_case() for _ in range(3))],
        auditor=world.auditor,
        manager=world.team_manager,
        owner=world.practitioner,
    )
    team = UnitFactory(name="Care Team 2", parent=world.care_service)
    others = audited(
        world,
        [world.new_case(team) for _ in range(4)],
        auditor=world.second_auditor,
        manager=world.other_head_of_service,
        owner=world.second_auditor,
    )
    plant()
    return mine, others


def crawl(user: User) -> Iterator[tuple[str, HttpResponse]]:
    """Every page that can be reached by links, and by each choice of a filter."""
    client, seen = client_of(user), set()
    links, filters = deque(["/"]), deque[str]()
    while (links or filters) and len(seen) < MOST_PAGES:
        path = (links or filters).popleft()
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path)
        assert response.status_code in (200, 302), path
        yield path, response
        body = response.content.decode(errors="replace")
        links.extend(found.replace("&amp;", "&") for found in LINK.findall(body))
        filters.extend(
            f"{path.partition('?')[0]}?{name}={value}"
            for name, options in CHOICE.findall(body)
            for value in OPTION.findall(options)
        )


def met(world: World, role: str) -> set[int]:
    """The cases of which the role meets a token on any page."""
    return {case for _, page in crawl(getattr(world, role)) for case in cases_in(page)}


def test_each_page_of_one_service_is_of_that_service_alone(world):
    mine, _ = two_services(world)
    for role in ONE_SERVICE:
        seen = met(world, role)
        assert seen, role
        assert seen <= mine, role


def test_quality_assurance_meets_both_services(world):
    mine, others = two_services(world)
    assert [met(world, role) for role in EVERYWHERE] == [mine | others] * len(EVERYWHERE)


def test_others_meet_no_case_at_all(world):
    two_services(world)
    assert [met(world, role) for role in NOWHERE] == [set()] * len(NOWHERE)


def test_a_report_holds_nothing_that_was_written_about_a_case(world):
    two_services(world)
    month = first_of(world.round.month)
    source, asked = RequestSource.PERSON, {"scope": world.authority, "by": world.qa_manager}
    run = request_report(kind="monthly", last_month=month, source=source, **asked)
    issuing.attempt(leases.claim(run))
    files = {file.kind: bytes(file.content) for file in run.report.files.all()}
    pdf = PdfReader(io.BytesIO(files[FileKind.PDF]))
    told = [*(page.extract_text() for page in pdf.pages), str(pdf.metadata), str(pdf.attachments)]
    assert "Audit returns" in " ".join(told)
    assert TOKEN.findall(" ".join([*told, files[FileKind.CSV].decode()])) == []
