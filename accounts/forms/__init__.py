"""What forms that end in a verb have in common."""

from collections.abc import Callable
from typing import Any

from django import forms

from accounts.exceptions import Refused
from kit.exceptions import NotPossible


def carry_out(form: forms.Form, verb: Callable[[dict[str, Any]], object]) -> bool:
    """Whether the form was sent whole and the verb took what it says.

    What the verb refuses becomes an error of the form, in the refusal's own words, so that the
    page shows it above all that was typed. Who may use the page at all is checked before.
    """
    if not form.is_valid():
        return False
    try:
        verb(form.cleaned_data)
    except (NotPossible, Refused) as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True
