"""Addresses of the audit form. Reading a returned audit is moderation's: it knows who is blind."""

from django.urls import path

from audits import views

ONE = "audits/<uuid:public_id>/"

urlpatterns = [
    path(ONE, views.audit_overview, name="audit_overview"),
    path(f"{ONE}start/", views.audit_start, name="audit_start"),
    path(f"{ONE}sections/<str:code>/", views.SectionPage.as_view(), name="audit_section"),
    path(f"{ONE}people/", views.PeoplePage.as_view(), name="audit_people"),
    path(f"{ONE}safety/", views.SafetyPage.as_view(), name="audit_safety"),
    path(f"{ONE}overall/", views.OverallPage.as_view(), name="audit_overall"),
    path(f"{ONE}check/", views.audit_check, name="audit_check"),
    path(f"{ONE}return/", views.audit_return, name="audit_return"),
    path(f"{ONE}receipt/", views.audit_receipt, name="audit_receipt"),
    path(f"{ONE}more-time/", views.audit_extension, name="audit_extension"),
    path(f"{ONE}excuse/", views.audit_exemption, name="audit_exemption"),
    path(f"{ONE}concern/", views.safety_concern_raise, name="safety_concern_raise"),
    path(
        "requests/more-time/<uuid:public_id>/", views.extension_decision, name="extension_decision"
    ),
    path("requests/excuse/<uuid:public_id>/", views.exemption_decision, name="exemption_decision"),
    path("break-glass/<uuid:public_id>/", views.opened_case, name="opened_case"),
    path("units/<uuid:public_id>/close/", views.unit_close, name="unit_close"),
    path("reviewers/", views.reviewers, name="reviewers"),
    path("reviewers/<uuid:public_id>/end/", views.reviewer_end, name="reviewer_end"),
    path("concerns/<uuid:public_id>/", views.safety_concern, name="safety_concern"),
    path(
        "concerns/<uuid:public_id>/acknowledge/",
        views.safety_concern_acknowledge,
        name="safety_concern_acknowledge",
    ),
    path(
        "concerns/<uuid:public_id>/settle/",
        views.safety_concern_settle,
        name="safety_concern_settle",
    ),
]
