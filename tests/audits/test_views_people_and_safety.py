"""Who was asked, whether the child is safe, the overall judgement, and concerns."""

import re

import pytest
from django.urls import reverse

from audits.choices import ContributionSource, ContributionState, SafetyJudgement
from audits.domain import drafting, safety
from audits.models import SafetyConcern
from tests.pages import text_of

WORRY = "Bail ended on Friday and he is back in the house."


@pytest.fixture
def draft(world, client):
    client.force_login(world.auditor)
    return drafting.start(world.audit(), by=world.auditor)


def save(client, name: str, draft, **typed):
    """Open the page, fill it in and save it."""
    address = reverse(name, args=[draft.audit.public_id])
    seen = client.get(address).context["seen"]
    return client.post(address, {"seen": seen} | typed)


def concern_of(draft) -> SafetyConcern:
    return safety.raise_concern(
        draft.audit, judgement=SafetyJudgement.NOT_SAFE, worry=WORRY, by=draft.audit.auditor
    )


def test_people_are_kept_as_they_were_asked(client, draft):
    typed = {"worker-state": "spoken_to", "worker-words": "Proud of the visits."}
    typed |= {"worker-on_0": "3", "worker-on_1": "3", "worker-on_2": "2025", "q-PEO6": "school"}
    save(client, "audit_people", draft, **typed, **{"child-state": "declined"})

    worker = draft.contributions.get(source=ContributionSource.WORKER)
    assert (worker.state, worker.words) == (ContributionState.SPOKEN_TO, "Proud of the visits.")
    assert draft.contributions.count() == 2
    assert draft.answers.get().choice == "school"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"child-state": "not_asked"}, "Child or young person: say why they were not asked."),
        ({"parent-words": "Angry."}, "Parent: choose whether they were asked."),
        (
            {
                "carer-state": "spoken_to",
                **dict(
                    zip(("carer-on_0", "carer-on_1", "carer-on_2"), ("1", "1", "2099"), strict=True)
                ),
            },
            "Carer: that day has not come yet. Enter today or an earlier day.",
        ),
    ],
)
def test_what_is_said_of_people_is_whole(client, draft, typed, said):
    answer = save(client, "audit_people", draft, **typed, **{"worker-words": "All of this stays."})
    page = answer.content.decode()
    assert said in page
    assert "All of this stays." in page
    assert not draft.contributions.exists()


def test_a_safe_child_needs_the_evidence(client, draft):
    refused = save(client, "audit_safety", draft, judgement="safe")
    assert "Say in one line how you know." in refused.content.decode()

    answer = save(client, "audit_safety", draft, judgement="safe", evidence="Seen on 3 March.")
    assert answer.url == reverse("audit_overall", args=[draft.audit.public_id])
    draft.refresh_from_db()
    assert draft.safety_answer.evidence == "Seen on 3 March."
    assert not SafetyConcern.objects.exists()


@pytest.mark.parametrize("judgement", ["check_today", "not_safe"])
def test_a_worry_is_raised_by_answering(client, draft, judgement):
    refused = save(client, "audit_safety", draft, judgement=judgement)
    assert "Say what worries you." in refused.content.decode()

    answer = save(client, "audit_safety", draft, judgement=judgement, worry=WORRY)
    assert answer.url == reverse("safety_concern_raise", args=[draft.audit.public_id])
    concern = SafetyConcern.objects.get()
    assert (concern.judgement, concern.worry) == (judgement, WORRY)


def test_after_a_worry_the_page_says_whom_to_ring_and_leads_back_to_the_audit(client, draft):
    answer = save(client, "audit_safety", draft, judgement="check_today", worry=WORRY)
    page = text_of(client.get(answer.url))
    assert "Your concern is raised. Now ring one of the managers below." in page
    back = reverse("audit_overview", args=[draft.audit.public_id])
    assert re.search(rf'href="{back}">Go back to your audit<', page)


def test_answering_again_does_not_raise_it_twice(client, draft):
    for text in (WORRY, "Bail ended on Thursday."):
        save(client, "audit_safety", draft, judgement="not_safe", worry=text)
    assert SafetyConcern.objects.get().worry == WORRY
    assert draft.audit.returns.get().safety_answer.evidence == "Bail ended on Thursday."


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("audit_people", {"worker-state": "spoken_to", "worker-words": "Mine."}),
        ("audit_safety", {"judgement": "safe", "evidence": "Mine."}),
        ("audit_overall", {"child_now": "Mine."}),
    ],
)
def test_no_page_overwrites_what_another_window_saved(client, draft, name, typed):
    address = reverse(name, args=[draft.audit.public_id])
    seen = client.get(address).context["seen"]
    theirs = {field: text.replace("Mine.", "Theirs.") for field, text in typed.items()}
    client.post(address, {"seen": seen} | theirs)

    page = client.post(address, {"seen": seen} | typed).content.decode()
    assert "saved in another window" in page
    assert "Mine." in page
    assert "Theirs." in page
    assert "Theirs." in client.get(address).content.decode()


def test_the_overall_stands_below_the_grades_of_the_sections(client, world):
    client.force_login(world.auditor)
    draft = world.draft(A=(1, 2))
    page = client.get(reverse("audit_overall", args=[draft.audit.public_id])).content.decode()
    assert page.index("The grades you gave") < page.index("Quality of practice")
    assert 'data-shown-above="grade-practice:1,3,3 grade-outcome:2,3,3"' in page


def test_the_overall_is_kept(client, draft):
    texts = {"child_now": "I am four.", "first_step": "See her.", "to_celebrate": "Visits."}
    grades = {"grade-practice": "2", "grade-outcome": "3"}
    follow = {"follow": "none_needed", "none_because": "All is planned."}
    answer = save(client, "audit_overall", draft, **texts, **grades, **follow, **{"q-Z4": "no"})

    assert answer.url == reverse("audit_check", args=[draft.audit.public_id])
    draft.refresh_from_db()
    assert {name: getattr(draft, name) for name in texts} == texts
    assert set(draft.grades.values_list("axis", "grade")) == {("practice", 2), ("outcome", 3)}
    assert draft.responses.get().reason == "All is planned."


def test_a_concern_is_raised_without_any_draft(client, world):
    client.force_login(world.auditor)
    names = [person.name for person in (world.team_manager, world.head_of_service)]
    address = reverse("safety_concern_raise", args=[world.audit().public_id])
    assert "Choose how soon" in client.post(address, {"worry": WORRY}).content.decode()

    client.post(address, {"judgement": "not_safe", "worry": WORRY})
    page = client.get(address).content.decode()
    assert "Nobody has taken it on yet." in page
    assert all(name in page for name in names)


def test_a_manager_takes_a_concern_on_and_says_what_was_done(client, world, draft):
    concern = concern_of(draft)
    client.force_login(world.team_manager)
    address = reverse("safety_concern", args=[concern.public_id])
    assert WORRY in client.get(address).content.decode()

    client.post(reverse("safety_concern_acknowledge", args=[concern.public_id]))
    settle = reverse("safety_concern_settle", args=[concern.public_id])
    assert "Say what was done" in client.post(settle).content.decode()
    client.post(settle, {"what_was_done": "Visited at noon; he has left."})
    concern.refresh_from_db()
    assert (concern.acknowledged_by, concern.what_was_done) == (
        world.team_manager,
        "Visited at noon; he has left.",
    )
    assert "Visited at noon" in client.get(address).content.decode()


def test_settling_before_taking_on_keeps_what_was_typed(client, world, draft):
    concern = concern_of(draft)
    client.force_login(world.team_manager)
    settle = reverse("safety_concern_settle", args=[concern.public_id])
    page = client.post(settle, {"what_was_done": "Visited at noon."}).content.decode()
    assert "This safety concern is raised." in page
    assert "Visited at noon." in page


def test_a_second_manager_is_told_who_was_first(client, world, draft):
    concern = concern_of(draft)
    acknowledge = reverse("safety_concern_acknowledge", args=[concern.public_id])
    for person in (world.team_manager, world.head_of_service):
        client.force_login(person)
        page = client.post(acknowledge, follow=True).content.decode()
    assert "Tess Manager took this on" in page
    assert "That step is possible only when it is raised." in page


@pytest.mark.parametrize("role", ["qa_officer", "practitioner", "other_head_of_service"])
def test_a_concern_is_hidden_from_who_does_not_answer_for_the_child(client, world, draft, role):
    concern = concern_of(draft)
    client.force_login(getattr(world, role))
    assert client.get(reverse("safety_concern", args=[concern.public_id])).status_code == 404
