"""What a person fills in about importing past audits. Forms validate; verbs write."""

from django import forms

from kit.spreadsheets.reading import MOST_BYTES
from kit.widgets import Radios
from moderation.domain.importing.grades import BEST

FOUR, ONE = BEST


class UploadForm(forms.Form):
    """The spreadsheet of past audits."""

    file = forms.FileField(
        label="Spreadsheet of past audits",
        help_text=f"A CSV or XLSX file of at most {MOST_BYTES // 1024**2} MB.",
        error_messages={
            "required": "Choose the spreadsheet of past audits.",
            "empty": "The file is empty. Choose the file that holds the audits.",
        },
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class BestForm(forms.Form):
    """Which end of the figures is best: nothing in a file says it."""

    best = forms.TypedChoiceField(
        label="Some grades in the file are figures. Which figure is the best grade?",
        choices=[
            (FOUR, "4 is Outstanding and 1 is Inadequate"),
            (ONE, "1 is Outstanding and 4 is Inadequate"),
        ],
        coerce=int,
        widget=Radios,
    )
