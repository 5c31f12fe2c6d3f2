"""House rules that a machine can hold (architecture, section 1)."""

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

APPS = ["reporting", "moderation", "audits", "actions", "cases", "accounts", "kit"]
FOLDERS = ["auditsite", *APPS, "tests", "benchmarks"]
FORBIDDEN_MODULES = {"utils", "helpers", "core", "managers", "signals"}
SILENCERS = ["no" + "qa", "type:" + " ignore", "TO" + "DO", "mark." + "skip", "x" + "fail"]
FUNCTION_LINES, FILE_LINES, TEST_LINES, TEMPLATE_LINES = 40, 300, 500, 120


def python_files() -> list[Path]:
    found = [path for name in FOLDERS for path in (settings.BASE_DIR / name).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def shown(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def url_names(patterns: list, prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from url_names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or pattern.pattern}"


def downward_relations() -> Iterator[tuple[str, str | None]]:
    """Relations from a model of ours to another app, with the name they give there."""
    ours = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    for model in ours:
        for field in model._meta.local_fields + model._meta.local_many_to_many:
            target = field.related_model
            if target and target._meta.app_label != model._meta.app_label:
                yield str(field), field.remote_field.related_name


def test_functions_keep_to_forty_lines():
    long = [
        f"{shown(path)}: {function.name}"
        for path in python_files()
        for function in functions(path)
        if function.end_lineno - function.lineno >= FUNCTION_LINES
    ]
    assert long == []


def test_files_keep_to_their_length():
    long = [
        shown(path)
        for path in python_files()
        if lines(path) > (TEST_LINES if "tests" in path.parts else FILE_LINES)
    ]
    assert long == []


def test_templates_keep_to_their_length():
    templates = (settings.BASE_DIR / "templates").rglob("*.*")
    assert [shown(path) for path in templates if lines(path) > TEMPLATE_LINES] == []


def test_modules_are_named_for_what_they_hold():
    names = {
        path: {*path.relative_to(settings.BASE_DIR).parts, path.stem} for path in python_files()
    }
    assert [shown(path) for path, parts in names.items() if parts & FORBIDDEN_MODULES] == []


def test_nothing_overrides_save():
    overriding = [
        shown(path)
        for path in python_files()
        if "tests" not in path.parts
        and any(function.name == "save" for function in functions(path))
    ]
    assert overriding == []


def test_no_tool_is_silenced_and_nothing_is_put_off():
    silenced = [
        f"{shown(path)}: {silencer}"
        for path in python_files()
        for silencer in SILENCERS
        if silencer in path.read_text()
    ]
    assert silenced == []


def test_lower_apps_cannot_look_up():
    assert [field for field, name in downward_relations() if name != "+"] == []


def test_every_address_has_its_row():
    with (settings.BASE_DIR / "docs" / "urls.csv").open() as file:
        written = {row["url_name"] for row in csv.DictReader(file)}
    assert set(url_names(get_resolver().url_patterns)) == written
