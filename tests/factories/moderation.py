"""Moderations made by their verbs, in the world of named people."""

from collections.abc import Mapping

from accounts.models import User
from audits.choices import Axis, Grade
from audits.models import Audit, AuditReturn, DomainGrade
from moderation.choices import ChosenBecause
from moderation.domain import assigning, regrading
from moderation.models import Moderation
from tests.world import GOOD, World

Pair = tuple[Grade | None, Grade | None]


def in_force(audit: Audit) -> AuditReturn:
    return audit.returns.in_force().get()


def returned(world: World, overall: int = Grade.GOOD, **grades: Pair) -> AuditReturn:
    """A returned audit with this overall grade on both axes, and in domain A too."""
    pair = (overall, overall)
    return in_force(world.returned_audit(**{"A": pair, "Z": pair} | grades))


def assigned(world: World, audit_return: AuditReturn | None = None, **chosen: object) -> Moderation:
    """Given to the second QA officer, who knows nothing of it."""
    facts = {
        "moderator": world.second_qa_officer,
        "because": ChosenBecause.RANDOM,
        "by": world.qa_manager,
    }
    return assigning.assign(audit_return or returned(world), **facts | chosen)


def regrade(moderation: Moderation, grades: Mapping[str, Pair] | None = None) -> Moderation:
    """Every domain graded by its moderator, Good unless named; None leaves an axis out."""
    version = moderation.audit_return.audit.round.tool_version
    for domain in version.domains.filter(is_graded=True):
        pair = (grades or {}).get(domain.code, GOOD)
        regrading.save_domain(
            moderation,
            domain=domain,
            what_i_saw="Case note of 3 March.",
            grades=dict(zip(Axis, pair, strict=True)),
            by=moderation.moderator,
        )
    return moderation


def commit(moderation: Moderation, *, by: User | None = None) -> Moderation:
    return regrading.commit(moderation, gave_grade_away=False, by=by or moderation.moderator)


def committed(
    world: World, own: int, moderated: int, grades: Mapping[str, Pair] | None = None
) -> Moderation:
    """The auditor gave `own` overall and in A, the moderator `moderated`; all else is Good."""
    pair = (moderated, moderated)
    moderation = assigned(world, returned(world, own))
    return commit(regrade(moderation, {"A": pair, "Z": pair} | dict(grades or {})))


def grade(moderation: Moderation, code: str, axis: Axis = Axis.PRACTICE) -> DomainGrade:
    """The auditor's row of a domain and axis, as it is now."""
    return moderation.audit_return.grades.get(domain__code=code, axis=axis)


def grades(moderation: Moderation, field: str) -> dict[tuple[str, str], int]:
    """Every `grade` or `standing` of the return, by domain and axis, as it is now."""
    rows = DomainGrade.objects.filter(audit_return=moderation.audit_return)
    return {
        (code, axis): value for code, axis, value in rows.values_list("domain__code", "axis", field)
    }
