"""The page of one graded section."""

from typing import Any

from django import forms

from audits.domain.sections import OwnSection
from audits.forms.findings import FindingsForm
from audits.forms.follow_up import FollowUpForm
from audits.forms.grades import GradesForm
from audits.forms.questions import QuestionsForm, name_of
from kit.fields import Lines


class SectionForm(QuestionsForm, GradesForm, FindingsForm, FollowUpForm):
    """Questions, two texts, two grades, findings and what should happen."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        evidence = self.content.evidence
        self.fields["what_i_saw"] = forms.CharField(
            label="What I saw",
            help_text="Say what, when and where in the record: “Case note 3 September; "
            "supervision 12 August”. 60 to 120 words are enough.",
            required=False,
            widget=forms.Textarea(attrs={"rows": 6, "data-words": "60 120"}),
            initial=evidence.what_i_saw if evidence else "",
        )
        self.fields["difference_made"] = Lines(
            label="What difference it made for the child",
            required=False,
            rows=4,
            initial=evidence.difference_made if evidence else "",
        )
        self.order_fields(self._in_page_order())

    def _in_page_order(self) -> list[str]:
        """The names as they stand on the page, so that what is wrong is told from the top; what
        should happen comes last."""
        grades, findings = (
            [name for name in self.fields if name.startswith(start)]
            for start in ("grade-", "finding-")
        )
        asked = [name_of(question) for question in self.shown]
        texts = ["what_i_saw", "difference_made"]
        return [*asked, *texts, *grades, "left_out", "rationale", *findings]

    def own_section(self) -> OwnSection:
        """What the verb saves."""
        cleaned = self.cleaned_data
        return OwnSection(
            what_i_saw=cleaned["what_i_saw"],
            difference_made=cleaned["difference_made"],
            grades=self.grades(),
            answers=self.answers(),
        )
