from audits.forms.asking import DecisionForm, ExemptionForm, ExtensionForm
from audits.forms.concern import ConcernForm, DoneForm
from audits.forms.overall import OverallForm
from audits.forms.people import PeopleForm
from audits.forms.registers import ExportForm, SearchForm
from audits.forms.reviewing import ReviewerForm
from audits.forms.safety import SafetyForm
from audits.forms.section import SectionForm
from audits.forms.send_back import SendBackForm
from audits.forms.start import StartForm

__all__ = [
    "ConcernForm",
    "DecisionForm",
    "DoneForm",
    "ExemptionForm",
    "ExportForm",
    "ExtensionForm",
    "OverallForm",
    "PeopleForm",
    "ReviewerForm",
    "SafetyForm",
    "SearchForm",
    "SectionForm",
    "SendBackForm",
    "StartForm",
]
