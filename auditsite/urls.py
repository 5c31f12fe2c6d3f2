"""Addresses: signing in and out here, every page in the app whose records it shows."""

from allauth.account import views as sign_in
from django.urls import include, path

from auditsite.views import health

urlpatterns = [
    path("health/", health, name="health"),
    path("sign-in/", sign_in.login, name="account_login"),
    path("sign-in/deactivated/", sign_in.account_inactive, name="account_inactive"),
    path("sign-out/", sign_in.logout, name="account_logout"),
    path("", include("reporting.urls")),
    path("", include("moderation.urls")),
    path("", include("audits.urls")),
    path("", include("actions.urls")),
    path("", include("cases.urls")),
    path("", include("accounts.urls")),
    path("", include("cases.urls")),
]
