"""The file of staff and units."""

from django import forms

from kit.spreadsheets.reading import MOST_BYTES


class StaffFileForm(forms.Form):
    """The spreadsheet of staff and units."""

    file = forms.FileField(
        label="Spreadsheet of staff and units",
        help_text=f"A CSV or XLSX file of at most {MOST_BYTES // 1024**2} MB.",
        error_messages={
            "required": "Choose the spreadsheet of staff and units.",
            "empty": "The file is empty. Choose the file that holds the rows.",
        },
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
