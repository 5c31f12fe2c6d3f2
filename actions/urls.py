"""Addresses of the pages about actions."""

from django.urls import path

from actions import views

ONE = "actions/<uuid:public_id>/"

urlpatterns = [
    path("actions/", views.actions, name="actions"),
    path(ONE, views.action, name="action"),
    path(f"{ONE}start/", views.action_start, name="action_start"),
    path(f"{ONE}note/", views.action_note, name="action_note"),
    path(f"{ONE}done/", views.action_finish, name="action_finish"),
    path(f"{ONE}verify/", views.action_verify, name="action_verify"),
    path(f"{ONE}impact/", views.action_impact, name="action_impact"),
]
