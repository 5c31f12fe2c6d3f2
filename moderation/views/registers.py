"""The registers of audits and cases. They are here, because only moderation knows who is blind."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import grants_read_once
from accounts.requests import SignedInRequest
from audits.views import registers
from audits.views.audit_listing import AuditListing
from audits.views.case_listing import CaseListing
from audits.views.listings import Listing
from cases.permissions import check_case_list
from moderation.domain.reading import reading_of


@require_safe
@grants_read_once()
def audit_register(request: SignedInRequest) -> HttpResponse:
    """Audits by month, unit, state and grade."""
    check_case_list(request.user)
    return registers.show(request, _listing(request, AuditListing))


@require_POST
def audit_register_search(request: SignedInRequest) -> HttpResponse:
    """Audits of the child with this reference or these initials."""
    check_case_list(request.user)
    return registers.search(request, _listing(request, AuditListing))


@require_POST
def audit_register_export(request: SignedInRequest) -> HttpResponse:
    """The audits of the list as a file."""
    return registers.export(request, _listing(request, AuditListing))


@require_safe
@grants_read_once()
def case_register(request: SignedInRequest) -> HttpResponse:
    """Cases by unit and plan, with what was last audited."""
    check_case_list(request.user)
    return registers.show(request, _listing(request, CaseListing))


@require_POST
def case_register_search(request: SignedInRequest) -> HttpResponse:
    """The case with this reference, or those with these initials."""
    check_case_list(request.user)
    return registers.search(request, _listing(request, CaseListing))


@require_POST
def case_register_export(request: SignedInRequest) -> HttpResponse:
    """The cases of the list as a file."""
    return registers.export(request, _listing(request, CaseListing))


def _listing(request: SignedInRequest, kind: type[Listing]) -> Listing:
    now = timezone.now()
    return kind(request, reading_of(request.user, at=now), at=now)
