"""The page of one graded section: saved as far as it has come, and nothing typed is lost."""

import re

import pytest
from django.urls import reverse

from accounts.models import User
from audits.choices import Axis, FindingKind, Grade, ResponseKind
from audits.domain import completion, drafting, responding
from audits.models import AuditReturn, Finding, FindingResponse, Theme
from cases.choices import InvolvementKind
from tests.factories.actions import raised
from tests.factories.cases import CaseInvolvementFactory
from tests.pages import text_of

GRADED = "ABF"
OTHER_PAGES = ("audit_people", "audit_safety", "audit_overall")
SAW = "Case note of 3 March: seen alone at school."


@pytest.fixture
def draft(world, client) -> AuditReturn:
    client.force_login(world.auditor)
    return drafting.start(world.audit(), by=world.auditor)


def address(draft: AuditReturn, code: str = "A") -> str:
    return reverse("audit_section", args=[draft.audit.public_id, code])


def seen_on(page) -> str:
    return re.search(r'name="seen" value="([^"]*)"', page.content.decode())[1].replace(
        "&#x27;", "'"
    )


def opened(client, draft, code: str = "A") -> dict[str, str]:
    """What the page holds when it is opened: the last save, and the empty lines of findings."""
    seen = seen_on(client.get(address(draft, code)))
    lines = {f"finding-{n}-kind": kind for n, kind in enumerate(FindingKind.values)}
    return {"seen": seen} | lines


def grades(practice: int, outcome: int) -> dict[str, str]:
    return {"grade-practice": str(practice), "grade-outcome": str(outcome)}


def save(client, draft, code: str = "A", **typed):
    return client.post(address(draft, code), opened(client, draft, code) | typed)


def action_fields(person: User, **typed) -> dict[str, str]:
    given = {
        "follow": "new_action",
        "what": "Visit at home.",
        "owner": str(person.public_id),
        "when": "other",
        "day_0": "3",
        "day_1": "3",
        "day_2": "2099",
        "impact": "She knows whom to call.",
    }
    return given | typed


def test_the_page_saves_all_it_holds_and_goes_on(client, world, draft):
    typed = {"what_i_saw": SAW, "difference_made": "She is calm.", "q-A1": "partly"}
    typed |= {"q-A1-date_0": "3", "q-A1-date_1": "3", "q-A1-date_2": "2025"}
    answer = save(client, draft, **typed, **grades(3, 2))

    assert answer.url == address(draft, "B")
    evidence = draft.evidence.get()
    assert (evidence.what_i_saw, evidence.difference_made) == (SAW, "She is calm.")
    assert dict(draft.grades.values_list("axis", "grade")) == {Axis.PRACTICE: 3, Axis.OUTCOME: 2}
    kept = draft.answers.order_by("question__position").values_list("choice", "on__year")
    assert list(kept) == [("partly", None), ("", 2025)]


def test_what_was_saved_stands_in_the_page(client, draft):
    save(client, draft, what_i_saw=SAW, **{"q-A1": "partly"}, **grades(3, 2))

    page = client.get(address(draft)).content.decode()
    assert SAW in page
    assert re.search(r'name="q-A1" value="partly"[^>]*checked', page)
    assert re.search(r'name="grade-outcome" value="2"[^>]*checked', page)
    assert "Saved on" in page


def test_each_page_says_its_place_as_the_list_beside_it_counts(client, draft):
    others = [reverse(name, args=[draft.audit.public_id]) for name in OTHER_PAGES]
    for number, page in enumerate([*(address(draft, code) for code in GRADED), *others], 1):
        said = text_of(client.get(page))
        assert f"Section {number} of 6" in said
        assert "0 of 6 sections done" in said


@pytest.mark.parametrize(
    ("then", "name", "arguments"),
    [
        ("", "audit_section", ["B"]),
        ("later", "audit_overview", []),
        ("go:F", "audit_section", ["F"]),
        ("go:safety", "audit_safety", []),
        ("go:nowhere", "audit_section", ["B"]),
    ],
)
def test_saving_goes_where_it_is_sent(client, draft, then, name, arguments):
    answer = save(client, draft, then=then)
    assert answer.url == reverse(name, args=[draft.audit.public_id, *arguments])


def test_an_answer_is_taken_back_when_it_is_emptied(client, draft):
    save(client, draft, "B", **{"q-B1": "Seen.", "q-B2": "6"})
    assert draft.answers.count() == 2

    save(client, draft, "B", **{"q-B1": "", "q-B2": ""})
    assert draft.answers.count() == 0


@pytest.mark.parametrize(
    ("code", "typed", "said"),
    [
        ("A", {"q-A1-date_0": "31", "q-A1-date_1": "2", "q-A1-date_2": "2025"}, "no such day"),
        ("B", {"q-B2": "six"}, "Enter a number in figures"),
        ("B", {"q-B2": "-1"}, "not below 0"),
        ("F", {"grade-practice": "not_applicable"}, "Say why this section does not apply"),
        ("A", {"grade-practice": "9"}, "9 is not one of the available choices"),
        ("A", {"follow": "new_action"}, "Say what is to be done"),
        ("A", {"follow": "none_needed"}, "Say why no action is needed"),
    ],
)
def test_a_wrong_field_is_named_and_everything_typed_stands_there_again(
    client, draft, code, typed, said
):
    answer = save(client, draft, code, what_i_saw=SAW, **typed)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert said in page
    assert SAW in page
    assert "There is a problem" in page
    assert draft.evidence.count() == 0


def test_what_is_wrong_is_told_in_the_order_of_the_page(client, draft):
    no_day = {"q-A1-date_0": "31", "q-A1-date_1": "2", "q-A1-date_2": "2025"}
    answer = save(client, draft, **no_day, **{"grade-practice": "9"}, follow="new_action")
    page = text_of(answer)
    said = ["no such day", "9 is not one of the available", "Say what is to be done", "Say by when"]
    assert [page.index(each) for each in said] == sorted(page.index(each) for each in said)


def test_a_section_is_left_out_with_a_reason(client, draft):
    none = dict.fromkeys(("grade-practice", "grade-outcome"), "not_applicable")
    save(client, draft, "F", left_out="Not yet born.", **none)

    rows = set(draft.grades.values_list("grade", "is_not_applicable", "not_applicable_reason"))
    assert rows == {(None, True, "Not yet born.")}


def test_findings_are_added_changed_and_taken_away(client, world, draft):
    theme = Theme.objects.create(code="drift", name="Drift", group="Oversight", domain_code="A")
    save(client, draft, **{"finding-0-text": "Seen alone.", "finding-1-text": "Drift since May."})
    strength, drift = draft.findings.order_by("pk")
    assert [row.kind for row in (strength, drift)] == FindingKind.values

    changed = {
        "finding-0-kind": "strength",
        "finding-0-id": str(strength.public_id),
        "finding-0-text": "",
        "finding-1-kind": "development",
        "finding-1-id": str(drift.public_id),
        "finding-1-text": "Drift since June.",
        "finding-1-theme": theme.code,
    }
    save(client, draft, **changed)
    kept = Finding.objects.get()
    assert (kept.pk, kept.text, kept.themes.get()) == (drift.pk, "Drift since June.", theme)


def test_a_new_action_stays_in_the_draft_until_the_return(client, world, draft):
    save(client, draft, **grades(2, 2), **action_fields(world.practitioner))

    response = draft.responses.get()
    assert (response.kind, response.action) == (ResponseKind.NEW_ACTION, None)
    assert (response.planned.what, response.planned.owner) == ("Visit at home.", world.practitioner)
    page = client.get(address(draft)).content.decode()
    assert "Visit at home." in page
    assert "She knows whom to call." in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"what": ""}, "Say what is to be done."),
        ({"owner": ""}, "Choose who does it."),
        ({"when": ""}, ""),
        ({"day_0": "", "day_1": "", "day_2": ""}, "Say by when."),
        ({"day_2": "2020"}, "That day has passed."),
    ],
)
def test_a_new_action_is_whole(client, world, draft, typed, said):
    fields = action_fields(world.practitioner, **typed)
    answer = save(client, draft, **grades(2, 2), **fields)

    assert answer.status_code == (200 if said else 302)
    assert said in answer.content.decode()


def test_an_open_action_of_the_child_answers_too(client, world, draft):
    action = raised(world)
    save(client, draft, follow="open_action", link=str(action.public_id), **grades(2, 3))

    response = draft.responses.get()
    assert (response.kind, response.action) == (ResponseKind.OPEN_ACTION, action)


def test_an_action_planned_in_one_section_answers_another(client, world, draft):
    save(client, draft, **grades(2, 2), **action_fields(world.practitioner))
    planned = draft.planned_actions.get()
    save(client, draft, "B", follow="open_action", link=str(planned.public_id), **grades(2, 2))
    assert planned.responses.count() == 2

    save(client, draft, follow="none_needed", none_because="Done.", **grades(2, 2))
    assert planned.responses.get().domain.code == "B"
    save(client, draft, "B", **grades(3, 3))
    assert not draft.planned_actions.exists()
    assert FindingResponse.objects.get().reason == "Done."


def test_a_save_from_a_page_out_of_date_overwrites_nothing(client, draft):
    first = opened(client, draft)
    save(client, draft, what_i_saw="From the other window.", **grades(3, 3))

    answer = client.post(address(draft), first | {"what_i_saw": SAW} | grades(2, 2))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "saved in another window" in page
    assert SAW in page
    assert "From the other window." in page
    assert draft.evidence.get().what_i_saw == "From the other window."


def test_a_second_save_after_the_warning_keeps_what_was_typed_here(client, draft):
    first = opened(client, draft) | {"what_i_saw": SAW}
    save(client, draft, what_i_saw="From the other window.")
    warned = client.post(address(draft), first)

    client.post(address(draft), first | {"seen": seen_on(warned)})
    assert draft.evidence.get().what_i_saw == SAW


def test_two_windows_on_two_sections_do_not_disturb_each_other(client, draft):
    first, second = opened(client, draft), opened(client, draft, "B")
    client.post(address(draft), first | {"what_i_saw": SAW})

    answer = client.post(address(draft, "B"), second | {"what_i_saw": "Assessment of May."})
    assert answer.status_code == 302
    assert draft.evidence.count() == 2


def test_a_post_to_a_returned_audit_gives_the_text_back(client, world):
    client.force_login(world.auditor)
    draft = world.draft()
    first = opened(client, draft)
    completion.return_audit(draft.audit, by=world.auditor)

    answer = client.post(address(draft), first | {"what_i_saw": SAW} | grades(1, 1))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This was not saved" in page
    assert SAW in page
    assert set(draft.grades.values_list("grade", flat=True)) == {Grade.GOOD}
    returned = reverse("audit_returned", args=[draft.audit.public_id])
    assert client.get(address(draft)).url == returned


def test_a_post_once_no_longer_independent_gives_the_text_back(client, world, draft):
    first = opened(client, draft)
    CaseInvolvementFactory(
        case=world.case,
        user=world.auditor,
        kind=InvolvementKind.DECIDED,
        happened_on=draft.started_at,
    )

    answer = client.post(address(draft), first | {"what_i_saw": SAW})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert SAW in page
    assert draft.evidence.count() == 0
    assert client.get(address(draft)).status_code == 403


@pytest.mark.parametrize("role", ["second_auditor", "qa_officer", "team_manager", "practitioner"])
def test_a_draft_is_its_auditors_alone(client, world, draft, role):
    typed = opened(client, draft) | {"what_i_saw": "Mine."}
    client.force_login(getattr(world, role))

    assert client.get(address(draft)).status_code in (403, 404)
    assert client.post(address(draft), typed).status_code in (403, 404)
    assert draft.evidence.count() == 0


@pytest.mark.parametrize("code", ["Z", "people", "X"])
def test_only_graded_sections_have_this_page(client, draft, code):
    assert client.get(address(draft, code)).status_code == 404


def test_an_audit_not_started_has_no_sections_yet(client, world):
    client.force_login(world.auditor)
    audit = world.audit()
    answer = client.get(reverse("audit_section", args=[audit.public_id, "A"]))
    assert answer.url == reverse("audit_overview", args=[audit.public_id])


def test_no_case_reference_in_address_or_title(client, world, draft):
    page = client.get(address(draft)).content.decode()
    title = re.search(r"<title>(.*?)</title>", page, re.S)[1]
    assert world.case.reference in page
    assert world.case.reference not in title + address(draft)


def test_actions_offered_are_those_that_the_reader_may_see(world):
    action = raised(world)
    audit = world.audit()
    assert responding.open_actions_of(audit, user=world.auditor) == [action]
    assert responding.open_actions_of(audit, user=world.external_reviewer) == []
