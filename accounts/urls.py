"""Addresses of the pages about people, units and roles."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("invitations/<str:token>/", views.invitation, name="invitation"),
]
