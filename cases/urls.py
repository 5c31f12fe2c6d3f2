"""Addresses of who looked, of opening cases out of turn, and of restricting them."""

from django.urls import path

from cases import views

RESTRICTED = "restricted/<uuid:public_id>/"

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
    path("break-glass/", views.break_glass, name="break_glass"),
    path("break-glass/<uuid:public_id>/end/", views.break_glass_end, name="break_glass_end"),
    path("break-glass/uses/<uuid:public_id>/", views.break_glass_use, name="break_glass_use"),
    path("restricted/", views.restricted_cases, name="restricted_cases"),
    path(RESTRICTED, views.case_restriction, name="case_restriction"),
    path(f"{RESTRICTED}name/", views.case_name, name="case_name"),
    path(f"{RESTRICTED}strike/", views.case_strike, name="case_strike"),
]
