"""What the crispy pack `govuk` needs to know of a field that Django's templates cannot ask."""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

from kit.form_renderer import attributes_in, escaped
from kit.grades import look_of
from kit.widgets import DayInput

register = template.Library()

# The first that fits, so that what inherits stands before what it inherits from.
_KINDS = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (DayInput, "day"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file-upload"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
)


_DJANGOS_REQUIRED = forms.Field.default_error_messages["required"]
_MISSING = {
    "radios": "Choose an answer",
    "checkboxes": "Choose one or more",
    "checkbox": "Tick the box",
    "select": "Choose from the list",
    "file-upload": "Choose a file",
}


@register.filter
def kind(field: BoundField) -> str:
    """How a field is drawn: the name of its part in govuk-frontend, "input" for all the others."""
    widget = field.field.widget
    return next(
        (name for widget_class, name in _KINDS if isinstance(widget, widget_class)), "input"
    )


@register.filter
def govuk_input(field: BoundField) -> SafeString:
    """The field's own input with the classes it needs. Its attributes and id stay as they are."""
    own = field.field.widget.attrs.get("class", "")
    name = kind(field)
    classes = ["govuk-input", "govuk-password-input__input", "govuk-js-password-input-input"]
    if name != "password":
        classes = [f"govuk-{name}"]
    if field.errors:
        classes.append(f"{classes[0]}--error")
    return field.as_widget(attrs={"class": " ".join([*classes, own]).strip(), **_extras(field)})


def _extras(field: BoundField) -> dict[str, Any]:
    # What a placeholder says is gone once someone writes: hints stand above the box.
    extras: dict[str, Any] = {"placeholder": False}
    if kind(field) == "password":
        return {**extras, "spellcheck": "false", "autocapitalize": "none"}
    # Ten rows are Django's own default, which nobody asked for.
    if field.field.widget.attrs.get("rows") == "10":
        return {**extras, "rows": 5}
    return extras


@register.filter
def govuk_checkbox(field: BoundField) -> SafeString:
    """A single checkbox, tied to its hint and error as every other input is."""
    return field.as_widget(attrs={"class": "govuk-checkboxes__input"})


@register.filter
def options(field: BoundField) -> list[dict[str, Any]]:
    """A choice field's options: what Django knows of each, with its hint and its swatch."""
    widget = field.field.widget
    hints = getattr(widget, "hints", {})
    shows_grades = getattr(widget, "shows_grades", False)
    found = []
    for bound in field.subwidgets:
        option, value = bound.data, str(bound.data["value"])
        look = look_of(int(value)) if shows_grades and value.isdigit() else None
        extras = {"value": value, "hint": hints.get(value, ""), "look": look}
        found.append({**option, **extras, "attrs": _option_attrs(option["attrs"])})
    return found


@register.filter
def drawn_options(field: BoundField) -> SafeString:
    """The radios or checkboxes of a field, in Python: a page of sixty questions has hundreds.

    Everything is escaped here, once: Django's format_html costs more than the rest of the page.
    """
    name = kind(field)
    return SafeString("".join(_drawn(option, name) for option in options(field)))


def _drawn(option: dict[str, Any], name: str) -> str:
    attrs, hint, look = option["attrs"], option["hint"], option["look"]
    own_id = escaped(attrs["id"])
    described = f' aria-describedby="{own_id}_hint"' if hint else ""
    swatch = f'<span class="app-swatch app-swatch--{look.slug}"></span>' if look else ""
    explained = (
        f'<div id="{own_id}_hint" class="govuk-hint govuk-{name}__hint">{escaped(hint)}</div>'
        if hint
        else ""
    )
    return f"""
  <div class="govuk-{name}__item">
    <input class="govuk-{name}__input" type="{option["type"]}" name="{escaped(option["name"])}" \
value="{escaped(option["value"])}"{described}{attributes_in(attrs)}>
    <label class="govuk-label govuk-{name}__label" for="{own_id}">{swatch}\
{escaped(option["label"])}</label>{explained}
  </div>"""


def _option_attrs(attrs: dict[str, Any]) -> dict[str, Any]:
    # Whether a group is complete is said once, by its legend and its error, not by each option.
    return {name: value for name, value in attrs.items() if name not in ("required", "class")}


@register.filter
def attributes(attrs: dict[str, Any]) -> SafeString:
    """Attributes as they stand in a tag, escaped; those that are None or False are left out."""
    return flatatt(attrs)


@register.filter
def day_parts(field: BoundField) -> list[dict[str, Any]]:
    """The three boxes of a day: label, name, value, attributes."""
    attrs = field.build_widget_attrs({"id": field.auto_id})
    context = field.field.widget.get_context(field.html_name, field.value(), attrs)
    boxes = context["widget"]["subwidgets"]
    for label, box in zip(DayInput.PARTS, boxes, strict=True):
        box["label"] = label
        box["attrs"].pop("required", None)
    return list(boxes)


@register.filter
def errors_of(field: BoundField) -> list[str]:
    """What is wrong with a field, in sentences that say how to mend it.

    Django's "This field is required." does not say which: in the summary at the top of a page it
    would stand there five times.
    """
    missing = f"{_MISSING.get(kind(field), 'Fill in')}: {field.label}"
    return [missing if said == _DJANGOS_REQUIRED else str(said) for said in field.errors]


@register.filter
def first_id(field: BoundField) -> str:
    """The id of the input to which an error's link leads: the first, where there are several."""
    if kind(field) in ("radios", "checkboxes", "day"):
        return f"{field.auto_id}_0"
    return field.id_for_label


@register.filter
def govuk_classes(classes: str) -> str:
    """The classes that our style sheet knows: crispy's own buttons come with Bootstrap's."""
    return " ".join(name for name in classes.split() if name.startswith(("govuk-", "app-")))
