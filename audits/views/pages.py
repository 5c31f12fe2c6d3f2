"""What the pages of all sections share: show, save, go on; and nothing typed is ever lost.

Whatever keeps a save from being written, the page that answers shows all that was typed: in the
form again where it can be mended, else as text to be copied.
"""

import uuid
from abc import ABC, abstractmethod
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from accounts.exceptions import Refused
from accounts.requests import SignedInRequest
from audits.domain import independence
from audits.domain.overview import Overview, overview_of
from audits.domain.writing import last_saved
from audits.exceptions import ChangedMeanwhile
from audits.forms.content import differing
from audits.models import Audit, AuditReturn
from audits.permissions import check_audit_view_draft
from audits.views.frame import frame, href_of, latest_version, section_links, visible_audit
from kit.exceptions import NotPossible

LATER, GO = "later", "go:"


class DraftPage(ABC, View):
    """A section's page. Subclasses name the template, make the form and call the verb."""

    http_method_names = ["get", "head", "post"]
    template_name = ""
    request: SignedInRequest
    audit: Audit
    version: AuditReturn

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        public_id: uuid.UUID = kwargs.pop("public_id")
        self.audit = visible_audit(self.request.user, public_id)
        check_audit_view_draft(self.request.user, self.audit)
        version = latest_version(self.audit)
        if version is None:
            return redirect("audit_overview", public_id)
        self.version = version
        self.prepare(**kwargs)
        return super().dispatch(request)

    def prepare(self, **kwargs: Any) -> None:
        """Find what the address names."""

    @abstractmethod
    def code(self) -> str:
        """The section's code."""

    @abstractmethod
    def make_form(self, data: Any = None) -> Any:
        """The section's form, filled with what is stored or with what was posted."""

    @abstractmethod
    def save_form(self, form: Any, seen: str) -> Any:
        """Call the verb."""

    def extra_context(self, form: Any, overview: Overview) -> dict[str, Any]:
        """What this section's template shows besides."""
        return {}

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.version.returned_at:
            return redirect("audit_returned", self.audit.public_id)
        independence.check_auditor(self.audit, on=timezone.localdate())
        return self.show(self.make_form(), last_saved(self.version, self.code()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.make_form(request.POST)
        seen = request.POST.get("seen", "")
        if not form.is_valid():
            return self.show(form, seen)
        try:
            self.save_form(form, seen)
        except ChangedMeanwhile as refusal:
            return self.show_changed(form, refusal)
        except (NotPossible, Refused) as refusal:
            return self.show_unsaved(form, refusal)
        return redirect(self.next_address(request.POST.get("then", "")))

    def next_address(self, then: str) -> str:
        """The overview, the section asked for, the next that is not done, or the check."""
        overview = overview_of(self.version)
        asked = {f"{GO}{line.code}": line for line in overview.sections}.get(then)
        if asked:
            return href_of(self.audit, asked)
        if then == LATER:
            return reverse("audit_overview", args=[self.audit.public_id])
        following = overview.after(self.code())
        if following is None:
            return reverse("audit_check", args=[self.audit.public_id])
        return href_of(self.audit, following)

    def show(self, form: Any, seen: str, **more: Any) -> HttpResponse:
        overview = overview_of(self.version)
        context = frame(self.request, self.audit, self.version) | {
            "form": form,
            "seen": seen,
            "overview": overview,
            "line": overview.line(self.code()),
            "place": overview.place(self.code()),
            "sections": section_links(self.audit, overview, self.code()),
            **self.extra_context(form, overview),
            **more,
        }
        return render(self.request, self.template_name, context)

    def show_changed(self, form: Any, refusal: ChangedMeanwhile) -> HttpResponse:
        """All that was typed, and beside it what the other window saved; a second save wins."""
        form.add_error(None, refusal.sentence)
        stored = differing(form, self.make_form())
        seen = last_saved(self.version, self.code())
        return self.show(form, seen, stored_elsewhere=stored)

    def show_unsaved(self, form: Any, refusal: NotPossible | Refused) -> HttpResponse:
        """This can't be saved at all any more: all that was typed, as text."""
        status = 403 if isinstance(refusal, Refused) else 200
        context = {"sentence": refusal.sentence, "typed": form.typed(), "audit": self.audit}
        return render(self.request, "audits/unsaved.html", context, status=status)
