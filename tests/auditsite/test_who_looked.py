"""Who looked is written before the page leaves (for which cases, page by page: test_urls.py)."""

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import override_settings
from django.urls import include, path, reverse

from cases.domain.strip import strips_of
from cases.models import Case, CaseView
from tests.canary import cases_in, plant
from tests.pages import client_of, opened, text_of

REFUSE = "CREATE TRIGGER refusing BEFORE INSERT ON cases_caseview "
HOW = {
    "sqlite": "BEGIN SELECT RAISE(ABORT, 'refused'); END",
    "postgresql": "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
}


def streamed(request):
    """Two cases, whose words are made only while they are sent."""
    return StreamingHttpResponse(
        strips_of([case], on=case.opened_on)[case.pk].reference for case in Case.objects.all()
    )


def refused_late(request):
    """A page that fails once it has made a case's words."""
    strips_of(Case.objects.all(), on=Case.objects.first().opened_on)
    raise RuntimeError


urlpatterns = [
    path("streamed/", streamed, name="streamed"),
    path("late/", refused_late, name="refused_late"),
    path("", include("auditsite.urls")),
]


@pytest.fixture
def nothing_is_written(transactional_db):
    """The table of looks takes no row."""
    on = " ON cases_caseview" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(REFUSE + HOW[connection.vendor])
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER refusing{on}")


def looks() -> set[int]:
    return set(CaseView.objects.values_list("case", flat=True))


@pytest.mark.parametrize(
    ("role", "format", "names"),
    [("head_of_service", "csv", False), ("qa_manager", "csv", True), ("qa_manager", "xlsx", True)],
)
@pytest.mark.parametrize("register", ["audit", "case"])
def test_an_export_writes_each_of_its_rows_named_or_not(world, register, role, format, names):
    audits = [world.audit(), world.audit(case=world.new_case())]
    plant()
    answer = client_of(getattr(world, role)).post(
        reverse(f"{register}_register_export"), {"format": format, "reason": "inspection"}
    )
    taken = {audit.case_id for audit in audits}
    assert looks() == taken, text_of(answer)
    assert cases_in(answer) == (taken if names else set())
    assert set(CaseView.objects.values_list("medium", "together")) == {(format, 2)}


@override_settings(ROOT_URLCONF=__name__)
def test_what_is_made_while_it_is_sent_is_written_before(world):
    cases = {world.new_case().pk, world.new_case().pk}
    answer = client_of(world.qa_manager).get("/streamed/")
    assert looks() == cases
    assert b"".join(answer).count(b"AB") == len(cases)


@override_settings(ROOT_URLCONF=__name__)
def test_what_an_error_put_an_end_to_is_not_written(world):
    world.new_case()
    client = client_of(world.qa_manager)
    client.raise_request_exception = False
    assert client.get("/late/").status_code == 500
    assert looks() == set()


def test_a_page_whose_look_cannot_be_written_does_not_leave(nothing_is_written, world):
    audit = world.audit()
    client = client_of(world.auditor)
    client.raise_request_exception = False
    answer = client.get(reverse("audit_overview", args=[audit.public_id]))
    assert answer.status_code == 500
    assert "Something went wrong" in text_of(answer)
    assert audit.case.reference not in text_of(answer)
    assert looks() == set()


def test_each_look_writes_again(world):
    audit = world.audit()
    for _ in range(3):
        opened(world.auditor, "audit_overview", audit.public_id)
    assert CaseView.objects.count() == 3


def test_a_list_is_one_statement_that_writes(world, django_assert_max_num_queries):
    for _ in range(3):
        world.audit(case=world.new_case())
    client = client_of(world.qa_manager)
    client.get(reverse("audit_register"))
    with django_assert_max_num_queries(30) as asked:
        client.get(reverse("audit_register"))
    assert sum("INSERT" in query["sql"] for query in asked.captured_queries) == 1


def test_no_get_takes_the_head_of_history(world):
    audit = world.returned_audit()
    with connection.execute_wrapper(_refuses_the_head):
        for name in ("start", "audit_register", "case_register", "actions", "dashboard"):
            assert opened(world.qa_manager, name).status_code == 200
        page = opened(world.auditor, "audit_returned", audit.public_id)
    assert page.status_code == 200


def _refuses_the_head(execute, sql, params, many, context):
    assert "accounts_historyhead" not in sql or sql.startswith("SELECT")
    assert "FOR UPDATE" not in sql
    return execute(sql, params, many, context)
