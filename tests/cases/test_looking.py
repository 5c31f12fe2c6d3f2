"""Reading who looked: by case, by person, one's own; and what looks odd among it."""

import datetime

import pytest
from django.utils import timezone

from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from cases.domain import looking, oddities, viewing
from cases.domain.pseudonyms import study_number
from cases.models import CaseView, ViewingSettings
from kit.exceptions import NotPossible
from tests.factories.accounts import UserFactory
from tests.pages import client_of, opened, sent, statements, text_of

LONG_PAST = datetime.datetime(2024, 3, 3, 12, tzinfo=datetime.UTC)


def look(user, *cases, route="audit_returned", now=None) -> None:
    keys = {case.pk for case in cases}
    viewing.write(keys, by=user, route=route, content_type="text/html", now=now)


def odd(world, **at):
    return oddities.oddities(world.information_governance, **at)


def test_a_case_is_found_by_its_whole_reference_and_no_address_has_it(world):
    look(world.practitioner, world.case)
    ig, reference = world.information_governance, world.case.reference
    found = sent(ig, "case_views_search", reference=f" {reference.lower()} ")
    assert found["Location"] == f"/who-looked/cases/{world.case.public_id}/"
    page = text_of(client_of(ig).get(found["Location"]))
    assert "Petra Practitioner" in page
    assert study_number(world.case) in page
    assert reference not in page
    assert "No case has this reference" in text_of(sent(ig, "case_views_search", reference="AB"))
    assert "whole reference." in text_of(sent(ig, "case_views_search", reference=""))


def test_reading_about_looks_is_no_look(world):
    look(world.auditor, world.case)
    for name, arguments in (
        ("case_views", ()),
        ("case_views_odd", ()),
        ("case_views_of_case", (world.case.public_id,)),
        ("case_views_of_person", (world.auditor.public_id,)),
        ("my_doings", ()),
    ):
        opened(world.information_governance, name, *arguments)
    assert CaseView.objects.count() == 1


def test_a_case_nobody_looked_at_says_so(world):
    page = opened(world.information_governance, "case_views_of_case", world.case.public_id)
    assert "Nobody has looked at this case." in text_of(page)


def test_a_person_is_chosen_and_lists_are_opened_to_their_cases(world):
    ig, second = world.information_governance, world.new_case()
    look(world.qa_manager, world.case, second, route="case_register")
    chosen = client_of(ig).get("/who-looked/", {"person": world.qa_manager.public_id})
    assert chosen["Location"] == f"/who-looked/people/{world.qa_manager.public_id}/"
    page = text_of(client_of(ig).get(chosen["Location"]))
    assert "2 cases" in page
    assert "Register of cases" in page
    assert study_number(second) not in page
    moment = {"moment": CaseView.objects.first().at.isoformat()}
    assert study_number(second) in text_of(client_of(ig).get(chosen["Location"], moment))
    assert client_of(ig).get(chosen["Location"], {"moment": "noon"}).status_code == 404
    nobody = client_of(ig).get("/who-looked/", {"person": "nobody"})
    assert "Choose another." in text_of(nobody)


def test_everyone_reads_their_own_and_nobody_elses(world):
    look(world.auditor, world.case)
    look(world.qa_manager, world.new_case())
    mine = text_of(client_of(world.auditor).get("/my-record/", {"show": "looks"}))
    assert mine.count("Returned audit") == 1
    assert study_number(world.case) in mine
    moment = {"show": "looks", "moment": CaseView.objects.last().at.isoformat()}
    assert "not looked at any" in text_of(client_of(world.auditor).get("/my-record/", moment))


def test_everyone_reads_what_they_did(world):
    world.audit()
    assert "You gave the audit to Amira Auditor" in text_of(opened(world.qa_officer, "my_doings"))
    assert "You have done nothing yet" in text_of(opened(world.practitioner, "my_doings"))


def test_without_the_right_nothing_is_found_or_told(world):
    look(world.auditor, world.case)
    with pytest.raises(Refused) as refused:
        looking.find_case("AB", by=world.qa_manager)
    assert refused.value.reason == "history_case_views_not_yours"
    assert looking.marked(world.case.public_id, by=world.qa_manager) is None
    assert not looking.lookers(world.administrator).exists()


def test_looks_of_others_are_listed_to_those_who_oversee_them_alone(world):
    look(world.auditor, world.case)
    moment = CaseView.objects.get().at
    for by, rows in ((world.information_governance, 1), (world.qa_manager, 0)):
        assert len(looking.of_case(looking.mark_of(world.case), by=by)) == rows
        assert len(looking.responses_to(world.auditor, by=by)) == rows
        assert len(looking.cases_of_response(world.auditor, moment, by=by)) == rows


def test_what_others_did_oddly_is_shown_to_those_who_oversee_them_alone(world):
    stranger = UserFactory()
    look(stranger, world.case)
    assert [row.person for row in odd(world).without_business] == [stranger]
    assert oddities.oddities(world.qa_manager).without_business == []
    assert opened(world.qa_manager, "case_views_odd").status_code == 403


def test_looks_without_business_are_odd_counted_by_person_and_case(world):
    stranger = UserFactory(name="Sid Stranger")
    look(world.practitioner, world.case)
    look(stranger, world.case, world.new_case())
    look(stranger, world.case)
    found = odd(world).without_business
    assert [(row.person, row.times) for row in found] == [(stranger, 2), (stranger, 1)]
    assert "Sid Stranger" in text_of(opened(world.information_governance, "case_views_odd"))


def test_the_surname_of_the_cases_worker_is_odd_in_somebody_else(world):
    namesake = UserFactory(name="Paul PRACTITIONER")
    look(namesake, world.case)
    look(namesake, world.new_case())
    look(world.practitioner, world.case)
    (found,) = odd(world).same_surname
    assert (found.person, found.mark.number) == (namesake, study_number(world.case))
    assert found.why == "A worker of the case is Petra Practitioner"


@pytest.mark.parametrize(
    ("opened_a_day", "listed_a_day", "days"), [(1, 9, 1), (9, 1, 1), (9, 9, 0)]
)
def test_many_on_a_day_are_odd_above_the_thresholds(world, opened_a_day, listed_a_day, days):
    ViewingSettings.objects.create(opened_a_day=opened_a_day, listed_a_day=listed_a_day)
    for case in (world.case, world.new_case()):
        look(world.qa_manager, case)
        look(world.qa_manager, case)
    found = odd(world).many
    assert [(row.person, row.opened, row.all) for row in found] == [(world.qa_manager, 2, 2)] * days


def test_what_is_older_than_the_days_looked_back_is_left_out(world):
    look(UserFactory(), world.case, now=LONG_PAST)
    assert odd(world).without_business == []
    assert len(odd(world, now=LONG_PAST + datetime.timedelta(days=27)).without_business) == 1


def test_the_thresholds_are_set_written_down_and_refused_to_others(world):
    data = {"days": 7, "opened_a_day": 5, "listed_a_day": 50}
    assert sent(world.information_governance, "viewing_settings", **data).status_code == 302
    assert ViewingSettings.objects.in_use().opened_a_day == 5
    entry = HistoryEntry.objects.latest("position")
    assert (entry.verb, entry.facts) == ("viewing_thresholds_set", data)
    with pytest.raises(Refused):
        oddities.set_thresholds(**data, by=world.auditor)
    for user, led in ((world.information_governance, True), (world.qa_manager, False)):
        assert ("What looks odd" in text_of(opened(user, "viewing_settings"))) is led
    wrong = sent(world.qa_manager, "viewing_settings", days="0", opened_a_day="", listed_a_day="x")
    for sentence in ("Enter 1 or more.", "Enter a number.", "Enter a whole number, like 40."):
        assert sentence in text_of(wrong)


def test_a_long_list_has_pages_and_asks_as_much_as_a_short_one(world):
    ig, key = world.information_governance, world.case.public_id
    look(world.auditor, world.case)
    few = [statements(ig, name, *rest) for name, *rest in _lists(world)]
    for minute in range(60):
        look(world.auditor, world.case, now=timezone.now() - datetime.timedelta(minutes=minute + 1))
    assert [statements(ig, name, *rest) for name, *rest in _lists(world)] == few
    assert "Next" in text_of(opened(ig, "case_views_of_case", key))


def _lists(world):
    yield "case_views_of_case", world.case.public_id
    yield "case_views_of_person", world.auditor.public_id
    yield ("case_views_odd",)


def test_a_reference_that_is_wrong_is_said_in_words(world):
    with pytest.raises(NotPossible, match="Check it against the case system"):
        looking.find_case("nothing", by=world.information_governance)


@pytest.mark.parametrize(
    ("who", "route", "minutes", "has_looked"),
    [
        ("auditor", "audit_returned", 0, True),
        ("auditor", "audit_returned", -1, False),
        ("auditor", "audit_returned", 9, True),
        ("auditor", "audit_returned", 10, False),
        ("auditor", "start", 5, False),
        ("team_manager", "audit_returned", 5, False),
    ],
)
def test_who_has_looked_is_told_by_person_address_and_time(world, who, route, minutes, has_looked):
    at, minute = LONG_PAST, datetime.timedelta(minutes=1)
    look(getattr(world, who), world.case, route=route, now=at + minutes * minute)

    found = looking.has_looked(
        world.auditor, world.case, routes=["audit_returned"], since=at, until=at + 10 * minute
    )

    assert found == has_looked


def test_a_response_is_one_persons_at_one_moment(world):
    second, ig = world.new_case(), world.information_governance
    look(world.auditor, world.case, now=LONG_PAST)
    look(world.team_manager, second, now=LONG_PAST)
    look(world.auditor, second, now=LONG_PAST + datetime.timedelta(seconds=1))

    found = looking.cases_of_response(world.auditor, LONG_PAST, by=ig)

    assert [row.case for row in found] == [world.case]


def test_business_that_differs_between_the_cases_of_a_response_is_said(world):
    ig, reader = world.information_governance, world.practitioner
    look(reader, world.case, now=LONG_PAST)
    look(reader, world.case, world.new_case(), now=LONG_PAST + datetime.timedelta(seconds=1))

    both, alone = looking.together(looking.responses_to(reader, by=ig))

    assert (both.business, both.together, both.mark) == ("Differs", 2, None)
    assert alone.business == CaseView.objects.earliest("at").get_business_display()
    assert alone.mark == looking.mark_of(world.case)
