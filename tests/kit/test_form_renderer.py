"""The quick renderer draws what Django's templates draw."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from kit.form_renderer import QuickRenderer

AWKWARD = 'He said "<b>No</b>" & left'
GROUPS = [("", "None"), ("Group <1>", [("a", "A & B"), ("b", AWKWARD)]), ("c", "C")]
WIDGETS = [
    forms.TextInput(attrs={"class": "wide", "required": True, "placeholder": False}),
    forms.HiddenInput(),
    forms.NumberInput(attrs={"step": "any"}),
    forms.EmailInput(),
    forms.Textarea(attrs={"rows": 3}),
    forms.Select(choices=GROUPS),
    forms.PasswordInput(),
    forms.CheckboxInput(),
]


@pytest.mark.parametrize("value", [None, "", "b", AWKWARD, "\nA line", 7])
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_each_input_is_the_same_html(widget, value):
    quick, slow = (
        widget.render("field", value, {"id": "id_field"}, renderer=renderer())
        for renderer in (QuickRenderer, DjangoTemplates)
    )
    assert parse_html(quick) == parse_html(slow)


def test_pages_use_it(settings):
    assert settings.FORM_RENDERER == "kit.form_renderer.QuickRenderer"
    assert isinstance(forms.Form().renderer, QuickRenderer)


def test_a_text_area_keeps_its_first_empty_line():
    assert ">\n\nA line<" in forms.Textarea().render("text", "\nA line", renderer=QuickRenderer())
