"""How long a section of the audit form takes to draw, beside a template written by hand.

    python -m benchmarks.audit_form

Sixty fields: questions, grades and texts, filled in. The floor is benchmarks/audit_form.html, fed
with plain dictionaries. Prints both times and their ratio; ends with 1 above LIMIT
(architecture.md, section 5).
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template import engines

from kit.templatetags.govuk import options
from kit.widgets import GradeRadios, Radios

LIMIT, FIELDS, REPEATS = 1.3, 60, 200
ANSWERS = [("yes", "Yes"), ("partly", "Partly"), ("no", "No"), ("cannot_tell", "Can't tell")]
GRADES = [("4", "Outstanding"), ("3", "Good"), ("2", "Requires improvement"), ("1", "Inadequate")]
HINTS = {value: f"What {label} means, in a sentence or two." for value, label in GRADES}
OURS = '{% for field in form %}{% include "govuk/field.html" %}{% endfor %}'
HAND = Path(__file__).with_suffix(".html")


def field(number: int) -> forms.Field:
    """Of each ten fields seven are questions, one is a grade and two are texts."""
    if number % 10 < 7:
        return forms.ChoiceField(label="Is it?", choices=ANSWERS, widget=Radios(inline=True))
    if number % 10 == 7:
        return forms.ChoiceField(label="Grade", choices=GRADES, widget=GradeRadios(hints=HINTS))
    return forms.CharField(label="What I saw", widget=forms.Textarea(attrs={"rows": 3}))


def filled_form() -> forms.Form:
    form = forms.Form(label_suffix="")
    for number in range(FIELDS):
        form.fields[f"field-{number}"] = made = field(number)
        made.required = False
        made.initial = made.choices[1][0] if hasattr(made, "choices") else "Case note of 3 March."
    return form


def as_dictionary(bound: BoundField) -> dict[str, Any]:
    found = options(bound) if hasattr(bound.field, "choices") else []
    return {
        "id": bound.auto_id,
        "name": bound.html_name,
        "label": bound.label,
        "value": bound.value(),
        "more": " govuk-radios--inline" if found and not found[0]["hint"] else "",
        "options": [
            {
                "value": option["value"],
                "label": option["label"],
                "id": option["attrs"]["id"],
                "checked": option["selected"],
                "hint": option["hint"],
                "slug": option["look"].slug if option["look"] else "",
            }
            for option in found
        ],
    }


def least_milliseconds(work: Callable[[], object]) -> float:
    """The least of many runs, which other work disturbs least."""
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times) * 1000


def main() -> int:
    form, django = filled_form(), engines["django"]
    ours, hand = django.from_string(OURS), django.from_string(HAND.read_text())
    fields = [as_dictionary(bound) for bound in form]
    drawn = least_milliseconds(lambda: ours.render({"form": form}))
    floor = least_milliseconds(lambda: hand.render({"fields": fields}))
    ratio = drawn / floor
    sys.stdout.write(
        f"{FIELDS} fields: {drawn:.1f} ms, by hand {floor:.1f} ms: {ratio:.2f} times "
        f"(at most {LIMIT})\n"
    )
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
