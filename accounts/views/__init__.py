from accounts.views.changing import membership_end, person_move, person_role, role_end
from accounts.views.confirming import role_ask, role_request, role_requests
from accounts.views.directory import people, people_search
from accounts.views.importing import staff_import, staff_imports
from accounts.views.invitations import invitation
from accounts.views.one_person import person, person_invite, person_invite_again
from accounts.views.signing_in import person_correct, person_password, person_second_step
from accounts.views.units import (
    authority_settings,
    unit,
    unit_add,
    unit_move,
    unit_rename,
    units,
)

__all__ = [
    "authority_settings",
    "invitation",
    "membership_end",
    "people",
    "people_search",
    "person",
    "person_correct",
    "person_invite",
    "person_invite_again",
    "person_move",
    "person_password",
    "person_role",
    "person_second_step",
    "role_ask",
    "role_end",
    "role_request",
    "role_requests",
    "staff_import",
    "staff_imports",
    "unit",
    "unit_add",
    "unit_move",
    "unit_rename",
    "units",
]
