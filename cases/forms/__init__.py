from cases.forms.looking import PersonForm, ReferenceForm, ThresholdsForm

__all__ = ["PersonForm", "ReferenceForm", "ThresholdsForm"]
