"""Addresses of the pages about who looked, and of everybody's own record."""

from django.urls import path

from cases import views

urlpatterns = [
    path("my-record/", views.my_doings, name="my_doings"),
    path("who-looked/", views.case_views, name="case_views"),
    path("who-looked/search/", views.case_views_search, name="case_views_search"),
    path("who-looked/odd/", views.case_views_odd, name="case_views_odd"),
    path("who-looked/thresholds/", views.viewing_settings, name="viewing_settings"),
    path("who-looked/cases/<uuid:public_id>/", views.case_views_of_case, name="case_views_of_case"),
    path(
        "who-looked/people/<uuid:public_id>/",
        views.case_views_of_person,
        name="case_views_of_person",
    ),
]
