"""The moderator's own grades: saved domain by domain, fixed when committed (domain rule 12)."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import User
from audits.choices import Axis, Grade
from audits.exceptions import Missing
from audits.models import Domain, ToolVersion
from cases.domain import access
from kit.exceptions import NotPossible
from kit.months import london_day
from moderation.choices import WhyWeDiffer
from moderation.domain.locking import locked_moderation
from moderation.domain.queries import overall_grades
from moderation.domain.settling import settle_as_same
from moderation.domain.states import MODERATION, state_of
from moderation.exceptions import IncompleteModeration
from moderation.models import Moderation, Regrade, RegradeEvidence
from moderation.permissions import check_moderates_blind, check_moderation_regrade


@dataclass(frozen=True, slots=True)
class Why:
    """Why the two differ in a domain: the main reason, and in the moderator's words."""

    main_reason: WhyWeDiffer
    text: str


@transaction.atomic
def save_domain(
    moderation: Moderation,
    *,
    domain: Domain,
    what_i_saw: str,
    grades: Mapping[Axis, Grade | None],
    by: User,
    now: datetime.datetime | None = None,
) -> Moderation:
    """Save what was seen in a domain and its grades; None on an axis means not applicable.

    An axis that is not named stays as it was. Saving writes no history; committing does.
    Raises Refused and NotPossible ("regrade_not_possible", "not_of_this_tool",
    "not_applicable_not_allowed").
    """
    held = _held(moderation, "regrade", by=by, moment=now or timezone.now())
    _check_domain(held, domain, grades)
    RegradeEvidence.objects.update_or_create(
        moderation=held, domain=domain, defaults={"what_i_saw": what_i_saw.strip()}
    )
    Regrade.objects.bulk_create(
        [
            Regrade(
                moderation=held,
                domain=domain,
                axis=axis,
                grade=grade,
                is_not_applicable=grade is None,
            )
            for axis, grade in grades.items()
        ],
        update_conflicts=True,
        unique_fields=["moderation", "domain", "axis"],
        update_fields=["grade", "is_not_applicable"],
    )
    return held


def missing(moderation: Moderation) -> list[Missing]:
    """The grades still to be given, in the order of the form; empty when it can be committed."""
    version = _version(moderation)
    given = set(moderation.regrades.values_list("domain", "axis"))
    return [
        Missing(domain.code, f"Give {domain} a grade for {axis.label.lower()}.")
        for domain in version.domains.filter(is_graded=True)
        for axis in version.axes
        if (domain.pk, axis.value) not in given
    ]


@transaction.atomic
def commit(
    moderation: Moderation,
    *,
    gave_grade_away: bool,
    by: User,
    now: datetime.datetime | None = None,
) -> Moderation:
    """Fix the moderator's grades; where both agree overall, it is settled with that.

    `gave_grade_away`: whether the record told the auditor's grade. From here on the moderator
    may read the audit. Raises Refused ("not_blind" too, where blindness was lost since) and
    NotPossible ("commit_not_possible", IncompleteModeration).
    """
    moment = now or timezone.now()
    held = _held(moderation, "commit", by=by, moment=moment)
    if held.is_blind:
        check_moderates_blind(by, held.audit_return)
    lacks = missing(held)
    if lacks:
        raise IncompleteModeration(lacks)
    _fix(held, gave_grade_away=gave_grade_away, by=by, moment=moment)
    access.end_blindness(held.public_id)
    grades = overall_grades(held)
    if grades.own == grades.moderated:
        settle_as_same(held, grade=grades.own, by=by, moment=moment)
    history.record(
        "moderation_committed",
        subject=held,
        by=by,
        at=moment,
        own=grades.own,
        moderated=grades.moderated,
        gave_grade_away=gave_grade_away,
    )
    return held


@transaction.atomic
def explain(
    moderation: Moderation,
    *,
    domain: Domain,
    why_we_differ: str,
    by: User,
    main_reason: WhyWeDiffer | None = None,
    now: datetime.datetime | None = None,
) -> RegradeEvidence:
    """After the commit: the moderator says why the two differ in a domain, and the main reason.

    Once settled, what was said stays; what was not said yet can be added. Raises Refused and
    NotPossible ("explain_not_possible", "not_of_this_tool", "reason_missing", "explained").
    """
    held = _held(moderation, "explain", by=by, moment=now or timezone.now())
    _check_domain(held, domain, {})
    if not why_we_differ.strip():
        raise NotPossible("reason_missing", "Say why the two grades differ.")
    said = held.evidence.filter(domain=domain).exclude(why_we_differ="")
    if held.settled_at and said.exists():
        raise NotPossible("explained", "This was settled with what is said here, so it stays.")
    evidence, _ = RegradeEvidence.objects.update_or_create(
        moderation=held,
        domain=domain,
        defaults={"why_we_differ": why_we_differ.strip(), "main_reason": main_reason or ""},
    )
    return evidence


@transaction.atomic
def explain_each(
    moderation: Moderation,
    *,
    said: Mapping[Domain, Why],
    by: User,
    now: datetime.datetime | None = None,
) -> list[RegradeEvidence]:
    """The same for several domains: all of it is kept or none. Raises what `explain` does."""
    return [
        explain(
            moderation,
            domain=domain,
            why_we_differ=why.text,
            main_reason=why.main_reason,
            by=by,
            now=now,
        )
        for domain, why in said.items()
    ]


def _held(moderation: Moderation, verb: str, *, by: User, moment: datetime.datetime) -> Moderation:
    held = locked_moderation(moderation)
    check_moderation_regrade(by, held, on=london_day(moment))
    MODERATION.check(state_of(held), verb)
    return held


def _fix(held: Moderation, *, gave_grade_away: bool, by: User, moment: datetime.datetime) -> None:
    # Conditional on its own, so that two commits at once could never both count.
    waiting = Moderation.objects.filter(pk=held.pk, committed_at__isnull=True)
    facts = {
        "committed_at": moment,
        "committed_by": by,
        "record_gave_grade_away": gave_grade_away,
    }
    if waiting.update(**facts) != 1:
        raise NotPossible("commit_not_possible", "These grades were committed a moment ago.")
    for name, value in facts.items():
        setattr(held, name, value)


def _check_domain(
    moderation: Moderation, domain: Domain, grades: Mapping[Axis, Grade | None]
) -> None:
    version = _version(moderation)
    if domain.version_id != version.pk or not domain.is_graded or set(grades) - set(version.axes):
        raise NotPossible(
            "not_of_this_tool", "This tool gives no such grade. Grade the sections it shows."
        )
    if None in grades.values() and not domain.may_be_not_applicable:
        raise NotPossible(
            "not_applicable_not_allowed", f"“{domain}” applies to every child: give it a grade."
        )


def _version(moderation: Moderation) -> ToolVersion:
    return moderation.audit_return.audit.round.tool_version
