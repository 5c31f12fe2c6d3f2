"""`manage.py import_audits`: what it says, and when it does nothing."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from audits.models import Audit
from moderation.models import AuditImport
from tests.factories.import_files import MODERATED, RETURNED, ROW, csv_file, xlsx_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    """Runs the command on a file with this content; what it said."""

    def call(content: bytes, *options: str) -> str:
        path, said = tmp_path / "audits.csv", io.StringIO()
        path.write_bytes(content)
        try:
            call_command("import_audits", str(path), *options, stdout=said, stderr=said)
        except CommandError as refusal:
            return f"{said.getvalue()}refused: {refusal}"
        return said.getvalue()

    return call


@pytest.mark.parametrize("made", [csv_file, xlsx_file])
def test_a_file_is_imported_once(run, made):
    content = made(MODERATED, ROW | {"case_reference": "C2", "Notes": "private"})
    said = run(content)
    assert "2 audits: 2 new, 0 corrected, 0 unchanged." in said
    assert "Columns not read: Notes." in said
    assert "November 2023: 2 planned, 0 exempted, 1 returned, 1 moderated." in said
    assert "All of it is here already." in run(content)
    assert Audit.objects.count() == 2


def test_a_dry_run_does_nothing(run):
    assert "Nothing was imported" in run(csv_file(ROW), "--dry-run")
    assert "1 thing is wrong" in run(csv_file(ROW | {"month": "May"}), "--dry-run")
    assert not Audit.objects.exists()


def test_every_problem_is_said_with_line_and_column(run):
    said = run(csv_file(ROW, ROW | {"month": "May"}, ROW | {"team": ">"}))
    assert "Line 3, month: “May” is not a month" in said
    assert "Line 4, team: “>” names no team" in said
    assert "refused: 2 things are wrong in the file" in said


def test_figures_need_the_best_one(run):
    content = csv_file(RETURNED | {"overall_practice_grade": "2"})
    assert "say whether 4 or 1 is the best" in run(content)
    assert run(content, "--best", "1").endswith("Imported.\n")


def test_who_imports(run, world):
    assert "Imported." in run(csv_file(ROW), "--by", world.qa_manager.email)
    assert AuditImport.objects.get().imported_by == world.qa_manager
    assert "QA manager" in run(csv_file(ROW), "--by", world.qa_officer.email)
    assert "Nobody with the address" in run(csv_file(ROW), "--by", "x@y.example")


def test_without_a_name_it_is_the_program(run):
    run(csv_file(ROW))
    assert AuditImport.objects.get().imported_by == User.objects.get(is_system=True)


def test_a_file_that_is_not_there():
    with pytest.raises(CommandError, match="can't be read"):
        call_command("import_audits", "nowhere.csv")
