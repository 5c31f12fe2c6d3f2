"""The import pages: choose a file, look, answer, import."""

import datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.choices import Role
from accounts.domain.importing import keeping
from audits.models import Audit
from moderation.models import AuditImport
from tests.factories.import_files import MODERATED, RETURNED, ROW, csv_file
from tests.pages import asks_again

pytestmark = pytest.mark.django_db

IMPORTS = reverse("audit_imports")


@pytest.fixture
def manager(client, world):
    """The QA manager's browser."""
    client.force_login(world.qa_manager)
    return client


def choose(client, content: bytes, name: str = "audits.csv"):
    return client.post(IMPORTS, {"file": SimpleUploadedFile(name, content)}, follow=True)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def address(name: str = "audit_import") -> str:
    return reverse(name, args=[AuditImport.objects.latest("pk").public_id])


def test_choose_look_import(manager):
    page = text(choose(manager, csv_file(MODERATED, ROW | {"case_reference": "C2"})))
    assert "2 audits will be added and 0 corrected" in page
    assert "Moderator not named" in page
    assert not Audit.objects.exists()
    page = text(manager.post(address(), follow=True))
    assert "2 audits added, 0 corrected, 0 unchanged. By Quinn Manager" in page
    assert Audit.objects.count() == 2
    assert "audits.csv" in text(manager.get(IMPORTS))


def test_the_bytes_go_with_the_import(manager):
    choose(manager, csv_file(ROW))
    assert AuditImport.objects.get().content
    manager.post(address())
    assert AuditImport.objects.get().content is None
    assert "has been imported already" in text(manager.post(address(), follow=True))


def test_mistakes_are_listed_and_cannot_be_imported(manager):
    page = text(choose(manager, csv_file(ROW, ROW | {"month": "<b>May</b>"})))
    assert "1 thing is wrong" in page
    assert "“&lt;b&gt;May&lt;/b&gt;” is not a month" in page
    assert "Import the audits" not in page
    manager.post(address())
    assert not Audit.objects.exists()


def test_many_mistakes_are_shown_in_part(manager):
    rows = [ROW | {"case_reference": f"C{n}", "month": "May"} for n in range(60)]
    assert "And 10 more" in text(choose(manager, csv_file(*rows)))


def test_figures_ask_which_end_is_best(manager):
    page = text(choose(manager, csv_file(RETURNED | {"overall_practice_grade": "1"})))
    assert "Which figure is the best grade?" in page
    assert asks_again(manager.post(address("audit_import_best"), {}))
    page = text(manager.post(address("audit_import_best"), {"best": "1"}, follow=True))
    assert "1 audit will be added" in page
    manager.post(address())
    assert Audit.objects.get().returns.get().grades.get().grade == 4


def test_a_file_that_is_here_already(manager):
    for _ in range(2):
        page = text(choose(manager, csv_file(ROW)))
        manager.post(address())
    assert "Nothing to import" in page
    assert Audit.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "That file is no spreadsheet."),
        (b"a,b\n1,2\n", "lacks case_reference, month, team, planned_on"),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
        (b"x" * (12 * 1024 * 1024), "larger than 10 MB"),
    ],
    ids=["empty", "pdf", "columns", "large", "larger"],
)
def test_a_file_that_cannot_be_read_is_refused_at_once(manager, content, sentence):
    answer = choose(manager, content)
    assert asks_again(answer)
    assert sentence in text(answer)
    assert not AuditImport.objects.exists()


def test_without_a_file(manager):
    assert "Choose the spreadsheet of past audits." in text(manager.post(IMPORTS))


def test_an_upload_lasts_an_hour(manager, world):
    choose(manager, csv_file(ROW))
    manager.post(address())
    choose(manager, csv_file(RETURNED))
    late = datetime.datetime.now(datetime.UTC) + keeping.KEPT
    with time_machine.travel(late):
        manager.logout()
        manager.force_login(world.qa_manager)
        assert "is gone. Choose it once more" in text(manager.get(address(), follow=True))
        choose(manager, csv_file(ROW | {"case_reference": "C2"}))
    assert AuditImport.objects.count() == 2


def test_an_upload_is_seen_by_its_owner_alone(client, world):
    client.force_login(world.qa_manager)
    choose(client, csv_file(ROW))
    held = AuditImport.objects.get()
    other = world.person("Olive Other", Role.QA_MANAGER, world.authority)
    assert not AuditImport.objects.visible_to(other).exists()
    assert not AuditImport.objects.visible_to(world.qa_officer).exists()
    client.force_login(other)
    assert client.get(reverse("audit_import", args=[held.public_id])).status_code == 404
