"""The register of audits: whose rows, in which order, whose grades; looking for a child."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.domain.people import system_user
from audits.choices import ExemptionReason, RoundKind
from audits.domain import exempting
from audits.domain.as_at import with_return
from audits.domain.registers import AuditRegister
from audits.models import Audit, Round
from cases.choices import AccessCapacity
from cases.domain import access, restricting
from kit.months import add_months, month_name
from moderation.domain.reading import reading_of
from tests.factories.audits import AuditFactory
from tests.factories.moderation import assigned, commit, committed, regrade
from tests.factories.moderation import returned as returned_version
from tests.factories.registers import listed, signed_in, table_of
from tests.pages import asks_again

AUDITS = "audit_register"
TWO = (2, 2)


def cases_of(user, **codes) -> list[str]:
    return [row["Case"].split()[0] for row in listed(AUDITS, user, **codes)]


def queries_of(client, name: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(name)).status_code == 200
    return len(captured)


# Scope


def test_nobody_sees_another_services_audits(world):
    audit = world.audit()
    elsewhere = world.audit(case=world.new_case(world.care_team), auditor=world.team_manager)
    assert cases_of(world.head_of_service) == [audit.case.reference]
    assert cases_of(world.other_head_of_service) == [elsewhere.case.reference]
    assert len(cases_of(world.qa_manager)) == len(cases_of(world.qa_officer)) == 2


def test_an_auditor_sees_their_own_audits_wherever_the_case_is(world):
    audit = world.audit()
    world.audit(case=world.new_case(), auditor=world.second_auditor)
    assert cases_of(world.auditor) == [audit.case.reference]
    assert cases_of(world.auditor, mine="yes") == [audit.case.reference]


def test_a_row_says_the_level_of_its_one_auditor(world):
    world.audit()
    (row,) = listed(AUDITS, world.head_of_service)
    assert row["Auditor's level"] == "Team manager"


def test_filters_offer_the_units_within_reach_and_no_others(world):
    assert {world.team.name, world.care_team.name} == {"Assessment Team 1", "Care Team 1"}
    page = signed_in(world.head_of_service).get(reverse(AUDITS)).content.decode()
    assert "Assessment Team 1" in page
    assert "Care Team 1" not in page


def test_a_unit_out_of_reach_is_refused_and_lists_nothing(world):
    world.audit()
    world.audit(case=world.new_case(world.care_team), auditor=world.team_manager)
    client = signed_in(world.head_of_service)
    answer = client.get(reverse(AUDITS), {"unit": str(world.care_team.public_id)})
    assert asks_again(answer)
    assert "Choose from the list: Service or team." in answer.content.decode()
    assert table_of(answer) == []


def test_an_audit_of_a_restricted_case_is_listed_for_those_who_may_know(world):
    audit = world.audit()
    restricting.restrict(audit.case, reason="A relative works here.", by=world.qa_manager)
    assert cases_of(world.head_of_service) == []
    assert cases_of(world.auditor) == cases_of(world.qa_manager) == [audit.case.reference]


# Filters, sorting, pages


def test_months_in_the_wrong_order_are_said_to_be_so(world):
    assert world.round
    world.monthly_round(datetime.date(2020, 1, 1))
    last = f"{world.round.month:%Y-%m}"
    answer = signed_in(world.qa_manager).get(reverse(AUDITS), {"first": last, "last": "2020-01"})
    assert asks_again(answer)
    assert "The first month is after the last" in answer.content.decode()


def test_states_in_words(world):
    exempted = world.audit(case=world.new_case(), auditor=world.second_auditor)
    asked = exempting.ask(exempted, reason=ExemptionReason.SICK_LEAVE, by=world.second_auditor)
    exempting.approve(asked, by=world.head_of_service)
    world.returned_audit()
    world.audit(case=world.new_case())
    states = {row["State"].split()[0] for row in listed(AUDITS, world.head_of_service)}
    assert states == {"Exempted", "Returned", "Outstanding"}


def test_heads_sort_and_say_how_the_list_is_sorted(world):
    first, second = (world.audit(case=world.new_case()).case.reference for _ in range(2))
    user = world.head_of_service
    assert cases_of(user, sort="case") == [first, second]
    assert cases_of(user, sort="-case") == [second, first]
    page = signed_in(user).get(reverse(AUDITS), {"sort": "case"}).content.decode()
    assert page.count('aria-sort="ascending"') == page.count("aria-sort=") == 1
    assert 'href="?sort=-case"' in page


def test_a_sorting_that_no_column_has_changes_nothing(world):
    world.audit()
    assert len(cases_of(world.head_of_service, sort="case__born_on")) == 1


def test_fifty_a_page_and_the_number_of_all(world):
    AuditFactory.create_batch(51, round=world.round, case__team=world.team)
    client = signed_in(world.head_of_service)
    pages = [client.get(reverse(AUDITS), {"page": number}) for number in (1, 2, 99)]
    assert [len(table_of(page)) for page in pages] == [50, 1, 1]
    assert "51 audits" in pages[0].content.decode()


@pytest.mark.parametrize(("name", "own"), [(AUDITS, 4), ("case_register", 5)])
def test_as_many_queries_for_fifty_rows_as_for_one(world, name, own):
    client, made = signed_in(world.head_of_service), world.returned_audit().round
    # The first page of a visit notes in the session that it was asked for.
    client.get(reverse(name))
    counts = []
    for more in (1, 2, 47):
        AuditFactory.create_batch(more, round=made, case__team=world.team)
        counts.append(queries_of(client, name))
    assert counts == [counts[0]] * 3
    # Beside the page's own: session, person, roles and the name of the authority; two that write
    # who looked.
    assert counts[0] == own + 6


def test_as_many_queries_for_many_rounds_and_many_blind_audits_as_for_one(world):
    client = signed_in(world.second_qa_officer)
    world.audit()
    client.get(reverse(AUDITS))
    counts = []
    for month in (-1, -2, -3):
        earlier = world.monthly_round(add_months(world.round.month, month))
        audit = world.returned_audit(world.audit(case=world.new_case(), in_round=earlier))
        assigned(world, audit.returns.get())
        counts.append(queries_of(client, AUDITS))
    assert counts == [counts[0]] * 3
    assert "3 audits are not listed" in client.get(reverse(AUDITS)).content.decode()


def test_what_is_left_out_is_said_where_nothing_is_left_to_list(world):
    moderation = assigned(world, returned_version(world))
    answer = signed_in(moderation.moderator).get(reverse(AUDITS), {"page": "7"})
    assert table_of(answer) == []
    assert "1 audit is not listed and not counted here" in answer.content.decode()


def test_an_empty_list_says_why_and_what_to_do(world):
    client = signed_in(world.head_of_service)
    assert "once the QA team has given them out" in client.get(reverse(AUDITS)).content.decode()
    narrowed = client.get(reverse(AUDITS), {"state": "overdue"}).content.decode()
    assert "Remove a filter, or" in narrowed


# Looking for a child


def test_a_search_stays_out_of_the_address(world):
    wanted, _ = world.audit(case=world.new_case(initials="ZZ")), world.audit()
    client = signed_in(world.head_of_service)
    for text in (wanted.case.reference, wanted.case.reference[:8].lower(), "zz"):
        answer = client.post(f"{reverse('audit_register_search')}?state=planned", {"text": text})
        assert answer["Location"] == f"{reverse(AUDITS)}?state=planned&search=1"
        found = client.get(answer["Location"])
        assert [row["Case"][:8] for row in table_of(found)] == [wanted.case.reference]
        assert text not in found.request["QUERY_STRING"]


def test_a_list_without_the_mark_is_not_searched(world):
    world.audit()
    client = signed_in(world.head_of_service)
    client.post(reverse("audit_register_search"), {"text": "nobody"})
    assert len(table_of(client.get(reverse(AUDITS)))) == 1
    assert table_of(client.get(reverse(AUDITS), {"search": "1"})) == []


def test_an_empty_search_says_what_to_fill_in(world):
    answer = signed_in(world.head_of_service).post(reverse("audit_register_search"), {"text": " "})
    assert asks_again(answer)
    assert "Fill in: Case reference or initials" in answer.content.decode()


# Grades


def grade_of(user, **codes) -> list[str]:
    return [row["Standing grade"] for row in listed(AUDITS, user, **codes)]


def test_the_line_sees_grades_from_the_return_on_as_provisional(world):
    world.returned_audit(A=TWO, overall=TWO)
    for user in (world.head_of_service, world.team_manager, world.director, world.auditor):
        assert grade_of(user) == ["Requires improvement provisional"]


def test_the_qa_team_sees_no_grade_before_the_moderation_is_settled(world):
    world.returned_audit(A=TWO, overall=TWO)
    for user in (world.qa_officer, world.qa_manager):
        assert grade_of(user) == ["Not shown yet"]
        assert grade_of(user, grade="2") == grade_of(user, own="2") == []
        assert grade_of(user, practice="2") == grade_of(user, safety="safe") == []
        page = signed_in(user).get(reverse(AUDITS), {"grade": "2"}).content.decode()
        assert "The grades of 1 returned audit are neither shown nor counted here" in page


def test_a_hidden_grade_decides_nothing_about_the_order(world):
    for grade in (3, 2, 3):
        case = world.new_case()
        world.returned_audit(world.audit(case=case), A=(grade, grade), overall=(grade, grade))
    by_grade = cases_of(world.qa_officer, sort="grade")
    assert by_grade == sorted(by_grade)
    assert cases_of(world.head_of_service, sort="grade") != by_grade


def test_the_qa_team_sees_grades_once_the_sample_is_closed(world):
    audit = world.returned_audit(A=TWO, overall=TWO)
    audit.round.sample_closed_at, audit.round.sample_closed_by = timezone.now(), world.qa_manager
    audit.round.save()
    assert grade_of(world.qa_officer) == ["Requires improvement not moderated"]


def test_a_settled_moderation_shows_the_grade_and_says_it_was_moderated(world):
    moderation = committed(world, 3, 3)
    assert moderation.settled_at
    for user in (world.qa_officer, world.head_of_service):
        assert grade_of(user) == ["Good moderated"]


def test_a_blind_moderator_does_not_find_the_audit_until_the_commit(world):
    moderation = assigned(world, returned_version(world))
    moderator = moderation.moderator
    assert cases_of(moderator) == []
    page = signed_in(moderator).get(reverse(AUDITS)).content.decode()
    assert "1 audit is not listed and not counted here" in page
    commit(regrade(moderation))
    assert grade_of(moderator) == ["Good moderated"]


def test_the_practitioner_finds_an_audit_once_it_has_come_back(world):
    audit = world.audit()
    assert cases_of(world.practitioner) == []
    world.returned_audit(audit)
    assert grade_of(world.practitioner) == ["Good provisional"]


def test_a_row_opens_what_its_reader_may_open(world):
    audit = world.returned_audit()
    read = reverse("audit_returned", args=[audit.public_id])
    for user, opens in ((world.head_of_service, True), (world.qa_officer, False)):
        page = signed_in(user).get(reverse(AUDITS)).content.decode()
        assert (read in page) is opens


def test_nobodys_name_stands_beside_a_grade_except_for_the_qa_manager(world):
    world.returned_audit()
    name = world.auditor.name
    shown = {
        user.post: name in signed_in(user).get(reverse(AUDITS)).content.decode()
        for user in (world.head_of_service, world.qa_officer, world.qa_manager)
    }
    assert shown == {"Head of service": False, "QA officer": False, "QA manager": True}


def test_whoever_is_named_on_a_restricted_case_sees_its_grade(world):
    audit = world.returned_audit()
    restricting.restrict(audit.case, reason="A relative works here.", by=world.qa_manager)
    named = world.person("Nia Named", None, world.care_team)
    access.grant(named, case=audit.case, capacity=AccessCapacity.NAMED, because_of=audit.public_id)
    assert grade_of(named) == ["Good provisional"]
    assert grade_of(world.team_manager) == []


def test_the_system_user_holds_nothing(world):
    assert world.audit()
    assert signed_in(system_user()).get(reverse(AUDITS)).status_code in (302, 403)


@pytest.mark.parametrize("is_restricted", [False, True])
def test_grades_are_readable_where_a_role_reaches_whatever_is_listed(world, is_restricted):
    audit = world.returned_audit()
    Round.objects.update(sample_closed_at=timezone.now(), sample_closed_by=world.qa_manager)
    if is_restricted:
        restricting.restrict(audit.case, reason="A relative works here.", by=world.qa_manager)
    at = timezone.now()
    readers = []
    for unit in (world.team, world.care_team):
        for role in (Role.QA_OFFICER, Role.QA_MANAGER):
            user = world.person("Someone", role, unit)
            register = AuditRegister(user, reading=reading_of(user, at=at), at=at)
            if register.where(with_return(Audit.objects.all(), at), register.readable).exists():
                readers.append((role, unit))
    officer = [] if is_restricted else [(Role.QA_OFFICER, world.team)]
    assert readers == [*officer, (Role.QA_MANAGER, world.team)]


def test_rounds_are_offered_by_a_name_that_says_the_month_once(world):
    month = month_name(world.round.month)
    named = world.open_round(kind=RoundKind.THEMED, name=f"Neglect, {month}")
    for each in (world.round, named):
        world.audit(in_round=each, case=world.new_case())
    page = signed_in(world.qa_manager).get(reverse(AUDITS)).content.decode()
    assert f">{world.round.name}, {month}</option>" in page
    assert f">{named.name}</option>" in page
