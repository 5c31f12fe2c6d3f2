"""Addresses of the pages about people, units and roles."""

from django.urls import path

from accounts import views

PERSON = "people/<uuid:public_id>/"
UNIT = "units/<uuid:public_id>/"

urlpatterns = [
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("people/", views.people, name="people"),
    path("people/search/", views.people_search, name="people_search"),
    path("people/invite/", views.person_invite, name="person_invite"),
    path("people/import/", views.staff_imports, name="staff_imports"),
    path("people/import/<uuid:public_id>/", views.staff_import, name="staff_import"),
    path(PERSON, views.person, name="person"),
    path(f"{PERSON}invite-again/", views.person_invite_again, name="person_invite_again"),
    path(f"{PERSON}correct/", views.person_correct, name="person_correct"),
    path(f"{PERSON}move/", views.person_move, name="person_move"),
    path(f"{PERSON}password/", views.person_password, name="person_password"),
    path(f"{PERSON}role/", views.person_role, name="person_role"),
    path(f"{PERSON}second-step/", views.person_second_step, name="person_second_step"),
    path("memberships/<uuid:public_id>/end/", views.membership_end, name="membership_end"),
    path("roles/<uuid:public_id>/end/", views.role_end, name="role_end"),
    path("roles/ask/", views.role_ask, name="role_ask"),
    path("roles/waiting/", views.role_requests, name="role_requests"),
    path("roles/waiting/<uuid:public_id>/", views.role_request, name="role_request"),
    path("units/", views.units, name="units"),
    path("units/add/", views.unit_add, name="unit_add"),
    path(UNIT, views.unit, name="unit"),
    path(f"{UNIT}rename/", views.unit_rename, name="unit_rename"),
    path(f"{UNIT}move/", views.unit_move, name="unit_move"),
    path("settings/", views.authority_settings, name="authority_settings"),
]
