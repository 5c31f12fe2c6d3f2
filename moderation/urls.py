"""Addresses of the pages about moderation, and about importing past audits."""

from django.urls import path

from moderation import views

ONE = "moderations/<uuid:public_id>/"

urlpatterns = [
    path("audits/<uuid:public_id>/returned/", views.audit_returned, name="audit_returned"),
    path(
        "audits/<uuid:public_id>/returned/<int:number>/", views.audit_version, name="audit_version"
    ),
    path("audits/<uuid:public_id>/send-back/", views.audit_send_back, name="audit_send_back"),
    path("moderations/", views.moderations, name="moderations"),
    path("moderations/take/", views.moderations_to_take, name="moderations_to_take"),
    path("moderations/take/next/", views.moderation_take_next, name="moderation_take_next"),
    path("moderations/take/<uuid:public_id>/", views.moderation_take, name="moderation_take"),
    path("moderations/settle/", views.moderations_to_settle, name="moderations_to_settle"),
    path(ONE, views.moderation, name="moderation"),
    path(f"{ONE}sections/<str:code>/", views.moderation_section, name="moderation_section"),
    path(f"{ONE}commit/", views.moderation_commit, name="moderation_commit"),
    path(f"{ONE}sighted/", views.moderation_sighted, name="moderation_sighted"),
    path(f"{ONE}hand-over/", views.moderation_hand_over, name="moderation_hand_over"),
    path(f"{ONE}comparison/", views.moderation_comparison, name="moderation_comparison"),
    path(f"{ONE}why/", views.moderation_whys, name="moderation_whys"),
    path(f"{ONE}why/<str:code>/", views.moderation_why, name="moderation_why"),
    path(f"{ONE}feedback/", views.moderation_feedback, name="moderation_feedback"),
    path(f"{ONE}stand/", views.moderation_stand, name="moderation_stand"),
    path(f"{ONE}propose/", views.moderation_propose, name="moderation_propose"),
    path(f"{ONE}settle/", views.moderation_settle, name="moderation_settle"),
    path(f"{ONE}refuse/", views.moderation_refuse, name="moderation_refuse"),
    path(f"{ONE}outcome/", views.moderation_outcome, name="moderation_outcome"),
    path("registers/audits/", views.audit_register, name="audit_register"),
    path("registers/audits/search/", views.audit_register_search, name="audit_register_search"),
    path("registers/audits/export/", views.audit_register_export, name="audit_register_export"),
    path("registers/cases/", views.case_register, name="case_register"),
    path("registers/cases/search/", views.case_register_search, name="case_register_search"),
    path("registers/cases/export/", views.case_register_export, name="case_register_export"),
    path("imports/", views.audit_imports, name="audit_imports"),
    path("imports/<uuid:public_id>/", views.audit_import, name="audit_import"),
    path("imports/<uuid:public_id>/best/", views.audit_import_best, name="audit_import_best"),
]
