"""The demonstration's rows that tests look at: the seven months, and the round that is open."""

from datetime import date

from audits.models import Audit, AuditReturn, DomainGrade, Round

TODAY = date(2026, 3, 3)


def audits():
    """The audits of the seven months."""
    return Audit.objects.filter(round__kind="monthly", month__lt=date(2024, 1, 1))


def in_force():
    return AuditReturn.objects.in_force().filter(audit__in=audits())


def overall():
    """The headline grade of each returned audit of the seven months."""
    return DomainGrade.objects.filter(
        audit_return__in=in_force(), domain__is_overall=True, axis="practice"
    )


def open_round():
    return Round.objects.get(kind="monthly", month=TODAY.replace(day=1))
