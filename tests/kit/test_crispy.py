"""The crispy pack `govuk`: every kind of field, empty, filled and wrong."""

from datetime import date
from html.parser import HTMLParser

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Div, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import engines
from django.test import RequestFactory

from kit.fields import DayField
from kit.widgets import Checkboxes, GradeRadios, Radios

GRADES = [(4, "Outstanding"), (3, "Good"), (2, "Requires improvement"), (1, "Inadequate")]
HOSTILE = "<script>alert('x')</script>\"'"


class AuditForm(forms.Form):
    reference = forms.CharField(
        label="Case reference",
        help_text="As the case system shows it",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "placeholder": "12345"}),
    )
    asked = forms.IntegerField(label="How many were asked?")
    mail = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    why = forms.CharField(label="Why?", widget=forms.Textarea)
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 3}))
    team = forms.ChoiceField(choices=[("1", "Assessment 1")])
    plan = forms.ChoiceField(
        label="Is there a plan?",
        help_text="In force on the day",
        choices=[("y", "Yes"), ("n", "No")],
        widget=Radios(inline=True),
    )
    grade = forms.ChoiceField(choices=GRADES, widget=GradeRadios(hints={"4": "Strong work."}))
    told = forms.MultipleChoiceField(
        choices=[("a", "Team manager"), ("b", "Head of service")], widget=Checkboxes
    )
    sure = forms.BooleanField(label="I have read it", help_text="The whole record")
    due = DayField(label="When is it due?")
    case_list = forms.FileField(label="The case list")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


class Page(HTMLParser):
    """The elements of a page with their attributes, in order, and its text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += f" {data.strip()}"

    def find(self, tag, **wanted):
        """The attributes of every such element."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [a for t, a in self.elements if t == tag and wanted.items() <= a.items()]


def drawn(form):
    return Page(render_crispy_form(form))


def wrong(**data):
    form = AuditForm(data)
    form.full_clean()
    return form


@pytest.fixture(scope="module")
def empty():
    return drawn(AuditForm())


@pytest.fixture(scope="module")
def refused():
    return drawn(wrong(due_0="31", due_1="2", due_2="2026"))


def ids(page):
    return [attrs["id"] for _, attrs in page.elements if "id" in attrs]


@pytest.mark.parametrize("state", ["empty", "refused"])
def test_every_id_is_used_once_and_every_reference_leads_to_one(state, request):
    page = request.getfixturevalue(state)
    assert len(ids(page)) == len(set(ids(page)))
    for _, attrs in page.elements:
        for name in ("for", "aria-describedby", "aria-controls"):
            assert set((attrs.get(name) or "").split()) <= set(ids(page)), attrs


def test_every_input_has_a_label(empty):
    labelled = {attrs["for"] for attrs in empty.find("label")}
    inputs = empty.find("input") + empty.find("select") + empty.find("textarea")
    assert {attrs["id"] for attrs in inputs if attrs.get("type") != "hidden"} <= labelled


def test_what_a_hint_and_an_error_say_is_tied_to_the_input(empty, refused):
    assert empty.find("input", name="reference", aria_describedby="id_reference_helptext")
    (attrs,) = refused.find("input", name="reference")
    assert attrs["aria-describedby"] == "id_reference_helptext id_reference_error"
    assert attrs["aria-invalid"] == "true"


def test_a_groups_hint_and_error_are_tied_to_its_fieldset(empty, refused):
    assert empty.find("fieldset", aria_describedby="id_plan_helptext")
    assert refused.find("fieldset", aria_describedby="id_plan_helptext id_plan_error")
    assert refused.find("fieldset", role="group", aria_describedby="id_due_error")


def test_a_checkbox_is_drawn_as_a_checkbox_and_tied_to_its_hint_and_error(refused):
    (attrs,) = refused.find("input", name="sure")
    assert attrs["type"] == "checkbox"
    assert attrs["class"] == "govuk-checkboxes__input"
    assert attrs["aria-describedby"] == "id_sure_helptext id_sure_error"


@pytest.mark.parametrize(("name", "kind"), [("told", "checkbox"), ("plan", "radio")])
def test_choices_are_what_they_say(empty, name, kind):
    found = empty.find("input", name=name)
    assert [attrs["type"] for attrs in found] == [kind, kind]
    assert [attrs["id"] for attrs in found] == [f"id_{name}_0", f"id_{name}_1"]


def test_a_grade_has_a_swatch_and_its_descriptor(empty):
    swatches = [a["class"] for a in empty.find("span") if "app-swatch" in a.get("class", "")]
    assert [names.rsplit("--")[-1] for names in swatches] == [
        "outstanding",
        "good",
        "requires-improvement",
        "inadequate",
    ]
    assert empty.find("input", id="id_grade_0", aria_describedby="id_grade_0_hint")


@pytest.mark.parametrize(
    ("tag", "name", "classes"),
    [
        ("input", "reference", "govuk-input govuk-input--width-10"),
        ("input", "asked", "govuk-input"),
        ("textarea", "why", "govuk-textarea"),
        ("select", "team", "govuk-select"),
        ("input", "case_list", "govuk-file-upload"),
    ],
)
def test_each_kind_has_its_class_and_shows_when_it_is_wrong(empty, refused, tag, name, classes):
    assert empty.find(tag, name=name)[0]["class"] == classes
    before, *after = classes.split()
    shown = refused.find(tag, name=name)[0]["class"].split()
    assert set(shown) == {before, f"{before}--error", *after}


def test_autocomplete_stays_and_placeholders_go(empty):
    assert empty.find("input", name="mail", type="email", autocomplete="email")
    assert empty.find("input", name="password", autocomplete="current-password")
    assert "placeholder" not in empty.find("input", name="reference")[0]


def test_a_text_box_has_the_rows_it_asks_for(empty):
    assert empty.find("textarea", name="why", rows="5")
    assert empty.find("textarea", name="note", rows="3")


def test_what_was_typed_comes_back_and_a_password_does_not():
    page = drawn(wrong(reference="40718", password="secret", plan="n", told=["b"], due_1="2"))
    assert page.find("input", name="reference", value="40718")
    assert page.find("input", name="plan", value="n")[0].keys() >= {"checked"}
    assert "checked" not in page.find("input", name="plan", value="y")[0]
    assert "checked" in page.find("input", name="told", value="b")[0]
    assert page.find("input", name="due_1", value="2")
    assert "value" not in page.find("input", name="password")[0]


def test_hostile_text_is_only_text():
    class Hostile(forms.Form):
        said = forms.CharField(label=HOSTILE, help_text=None, initial=HOSTILE)
        one = forms.ChoiceField(
            label=HOSTILE, choices=[(HOSTILE, HOSTILE)], widget=Radios(hints={HOSTILE: HOSTILE})
        )
        day = DayField(label=HOSTILE)

    for form in (Hostile(), Hostile({"said": HOSTILE, "one": "x", "day_0": HOSTILE})):
        if form.is_bound:
            form.add_error(None, HOSTILE)
        html = render_crispy_form(form) + summary(form)
        assert "<script" not in html
        assert not Page(html).find("script")


def summary(form):
    template = engines["django"].from_string("{% include 'govuk/errors.html' %}")
    return template.render({"form": form})


def test_each_error_in_the_summary_leads_to_its_input(refused):
    form = wrong(due_0="31", due_1="2", due_2="2026")
    page = Page(summary(form))
    links = [attrs["href"].removeprefix("#") for attrs in page.find("a")]
    assert len(links) == len(form.errors)
    assert {"id_plan_0", "id_told_0", "id_due_0", "id_sure", "id_reference"} <= set(links)
    assert set(links) <= set(ids(refused))


def test_an_error_says_what_is_missing():
    page = Page(summary(wrong()))
    for sentence in (
        "Fill in: Case reference",
        "Choose an answer: Is there a plan?",
        "Tick the box: I have read it",
        "Choose a file: The case list",
    ):
        assert sentence in page.text
    assert "This field is required" not in page.text


def test_an_error_of_the_whole_form_stands_first():
    form = wrong()
    form.add_error(None, "The month is closed.")
    assert Page(summary(form)).text.split().index("month") < 8


def test_a_form_without_errors_has_no_summary():
    assert summary(AuditForm()).strip() == ""


def test_a_whole_form_has_its_token_its_coding_and_its_buttons():
    form = AuditForm()
    form.helper = FormHelper()
    form.helper.add_input(Submit("save", "Save and continue"))
    form.helper.add_input(Submit("later", "Later", css_class="govuk-button--secondary"))
    page = Page(render_crispy_form(form, context={"csrf_token": "abc"}))
    assert page.find("form", method="post", enctype="multipart/form-data")[0].keys() >= {
        "novalidate"
    }
    assert page.find("input", type="hidden", name="csrfmiddlewaretoken", value="abc")
    classes = [attrs["class"].split() for attrs in page.find("button", type="submit")]
    assert classes == [["govuk-button"], ["govuk-button", "govuk-button--secondary"]]


def test_a_layout_groups_fields():
    form = AuditForm()
    form.helper = FormHelper()
    form.helper.layout = Layout(
        Fieldset("The case", "reference"),
        Div("asked", css_class="app-filter"),
        ButtonHolder(Submit("save", "Save")),
    )
    page = drawn_with(form)
    assert "The case" in page.text
    assert page.find("div", class_="app-filter")
    assert page.find("div", class_="govuk-button-group")
    assert not page.find("input", name="mail")


def drawn_with(form):
    return Page(render_crispy_form(form, form.helper))


def test_the_filter_draws_the_fields_alone():
    template = engines["django"].from_string("{% load crispy_forms_tags %}{{ form|crispy }}")
    page = Page(template.render({"form": AuditForm()}))
    assert page.find("input", name="reference")
    assert page.find("input", type="hidden", name="token")
    assert not page.find("form")


@pytest.mark.parametrize(
    ("given", "day"),
    [
        (("3", "3", "2026"), date(2026, 3, 3)),
        ((" 29", "02", "2024 "), date(2024, 2, 29)),
        (("1", "1", "1900"), date(1900, 1, 1)),
    ],
)
def test_a_day_is_read_from_three_boxes(given, day):
    assert DayField().clean(given) == day


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("", "", ""), "required"),
        (None, "required"),
        (("3", "", "2026"), "incomplete"),
        (("31", "2", "2026"), "invalid"),
        (("3", "3", "26"), "invalid"),
        (("3", "March", "2026"), "invalid"),
        (("²", "3", "2026"), "invalid"),
        (("-1", "3", "2026"), "invalid"),
        (("3", "3", "20261"), "invalid"),
        (("31", "12", "1899"), "invalid"),
        (("1_0", "3", "2026"), "invalid"),
    ],
)
def test_what_is_no_day_is_refused_with_a_way_to_mend_it(given, code):
    with pytest.raises(forms.ValidationError, match="for example 3 3 2026") as refused:
        DayField().clean(given)
    assert refused.value.code == code


def test_a_day_may_be_left_out_where_it_is_not_required():
    assert DayField(required=False).clean(("", "", "")) is None


@pytest.mark.django_db
def test_a_page_whose_form_has_errors_says_so_in_its_title():
    template = engines["django"].from_string("{% extends 'base.html' %}")
    request = RequestFactory().get("/")
    assert "<title>Error: " in template.render({"form": wrong()}, request)
    assert "<title>Case audits" in template.render({"form": AuditForm()}, request)
