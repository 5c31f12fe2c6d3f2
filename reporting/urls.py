"""Addresses of the pages about reports."""

from django.urls import path

from reporting import views

urlpatterns = [
    path("", views.start, name="start"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/actions/", views.dashboard_actions, name="dashboard_actions"),
    path("dashboard/charts/<str:sha256>.svg", views.dashboard_chart, name="dashboard_chart"),
    path("people/<uuid:public_id>/leave/", views.person_leave, name="person_leave"),
    path("people/<uuid:public_id>/work/", views.person_work, name="person_work"),
    path("reports/", views.reports, name="reports"),
    path("reports/build/", views.report_build, name="report_build"),
    path("reports/published/<uuid:public_id>/", views.published_report, name="published_report"),
    path(
        "reports/published/<uuid:public_id>/files/<str:kind>/",
        views.published_report_file,
        name="published_report_file",
    ),
    path(
        "reports/published/<uuid:public_id>/charts/<str:sha256>.svg",
        views.published_report_chart,
        name="published_report_chart",
    ),
    path("reports/<uuid:public_id>/approve/", views.report_approve, name="report_approve"),
    path("reports/runs/<uuid:public_id>/", views.report_run, name="report_run"),
    path("reports/<uuid:public_id>/", views.report, name="report"),
    path("reports/<uuid:public_id>/files/<str:kind>/", views.report_file, name="report_file"),
    path(
        "reports/<uuid:public_id>/charts/<str:sha256>.svg", views.report_chart, name="report_chart"
    ),
]
