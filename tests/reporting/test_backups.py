"""Backing up under load and restoring: equal to the last row, on both databases."""

import hashlib
import json
import stat
import zipfile

import pytest
from django.db import connection, transaction

from accounts.domain import append_only
from accounts.models import User
from kit.exceptions import NotPossible
from reporting.domain import backups
from reporting.domain.backups.fingerprint import take
from reporting.models import ReportFile
from tests.factories.accounts import UserFactory
from tests.machine import wait_for
from tests.pages import client_of
from tests.reporting.backups import (
    Writers,
    empty_database,
    manage,
    pairs,
    signing_in,
    someone_who_can_sign_in,
)
from tests.samples import issued_report

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(world):
    """An authority with an audit, its history and an issued report."""
    world.returned_audit()
    report = issued_report(world, world.authority)
    ReportFile.objects.filter(report=report).update(
        sha256=hashlib.sha256(b"%PDF").hexdigest(), content=b"%PDF"
    )
    return world


@pytest.fixture
def path(tmp_path):
    return tmp_path / "monday.backup"


@pytest.fixture
def restored(process_environ):
    """The environment of a program on an empty database."""
    with empty_database(process_environ, "restored") as environ:
        yield environ


def rewritten(path, **members):
    """The same archive with other members."""
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    changed = path.with_name(f"changed-{path.name}")
    with zipfile.ZipFile(changed, "w") as archive:
        for name, content in (held | members).items():
            archive.writestr(name, content)
    return changed


def manifest_with(path, **contents):
    with zipfile.ZipFile(path) as archive:
        document = json.loads(archive.read("manifest.json"))
    document["contents"] |= contents
    return rewritten(path, **{"manifest.json": json.dumps(document)})


def test_backup_under_load_is_of_one_moment_and_restores_to_the_last_row(kept, path, restored):
    someone = someone_who_can_sign_in()
    with Writers(3, by=kept.qa_manager) as writers:
        wait_for(lambda: writers.done > 10, "people write")
        manifest = backups.back_up(path)
        before = writers.done
        wait_for(lambda: writers.done > before + 5, "people write on")
    assert writers.raised == []
    said = manage(restored, "restore", str(path))
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("Restored and compared, all as it was ")
    assert manifest.contents.chain_head in said.stdout
    assert manifest.contents.files.keys() == {str(ReportFile.objects.get().public_id)}
    first, second, entries = pairs(restored)
    assert first == second == entries > 10
    assert manage(restored, "verify_history").returncode == 0
    assert signing_in(restored, someone) == "302 /"


def test_a_restored_database_is_worked_with_and_backed_up_again(kept, path, restored, tmp_path):
    first = backups.back_up(path)
    manage(restored, "restore", str(path))
    again = tmp_path / "again.backup"
    assert manage(restored, "backup", str(again)).returncode == 0
    assert backups.verify(again).contents == first.contents
    invited = (
        "from tests.factories.accounts import UserFactory; print(UserFactory().pk); "
        "from accounts.models import HistoryEntry; HistoryEntry.objects.all().delete()"
    )
    worked = manage(restored, "shell", "--no-imports", "-c", invited)
    assert int(worked.stdout) > User.objects.order_by("pk").last().pk
    assert "append-only" in worked.stderr


def test_a_database_in_use_is_refused_unless_it_is_to_be_replaced(kept, path, restored):
    manage(restored, "migrate")
    backups.back_up(path)
    refused = manage(restored, "restore", str(path))
    assert refused.returncode == 1
    assert "The database is not empty" in refused.stderr
    assert "Traceback" not in refused.stderr
    replaced = manage(restored, "restore", str(path), "--replace")
    assert replaced.returncode == 0, replaced.stderr
    assert manage(restored, "verify_history").returncode == 0


def test_nothing_is_restored_while_others_write(kept, path, process_environ):
    backups.back_up(path)
    with transaction.atomic():
        UserFactory(name="Nobody's Yet")
        said = manage(process_environ, "restore", str(path), "--replace")
    assert said.returncode == 1
    assert "The database is in use: stop web, worker and schedule" in said.stderr
    assert User.objects.filter(name="Nobody's Yet").exists()


def test_backup_is_one_file_for_its_owner_only(kept, path, tmp_path):
    backups.back_up(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.glob(".backup-*")) == []
    with pytest.raises(NotPossible, match="there already"):
        backups.back_up(path)


def test_no_session_is_in_a_backup(kept, path):
    client = client_of(kept.qa_manager)
    backups.back_up(path)
    with zipfile.ZipFile(path) as archive:
        assert client.session.session_key.encode() not in archive.read("database")
    assert client.get("/").status_code == 200


def test_backup_that_fails_leaves_nothing(kept, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reporting.domain.backups.archive.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        backups.back_up(tmp_path / "new.backup")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a backup at all"])
def test_another_file_is_no_backup(tmp_path, content):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(backups.NotABackup, match="no backup, or is damaged"):
        backups.verify(tmp_path / "file")


class TestChangedBackup:
    def test_a_changed_copy_of_the_database_is_found_before_anything_is_touched(self, kept, path):
        backups.back_up(path)
        with pytest.raises(backups.NotABackup, match="changed or damaged"):
            backups.restore(rewritten(path, database=b"another"), replace=True)
        assert User.objects.exists()

    def test_a_later_versions_backup_is_refused(self, kept, path):
        migrations = [*backups.back_up(path).contents.migrations, "accounts.9999_later"]
        with pytest.raises(NotPossible, match=r"later version, which has accounts\.9999_later"):
            backups.restore(manifest_with(path, migrations=migrations), replace=True)

    def test_what_is_not_as_it_was_is_said(self, kept, path, restored):
        tables = take(connection).tables
        backups.back_up(path)
        wrong = {name: {"rows": each.rows, "sha256": "0"} for name, each in tables.items()}
        said = manage(restored, "restore", str(manifest_with(path, tables=wrong, files={})))
        assert said.returncode == 1
        assert "Rows of the table accounts_historyentry are not as they were." in said.stderr
        assert f"The report file {ReportFile.objects.get().public_id} is not as" in said.stderr
        assert "do not work with it" in said.stderr


def test_missing_triggers_are_said(kept, path, restored):
    append_only.remove()
    backups.back_up(path)
    append_only.install()
    said = manage(restored, "restore", str(path))
    assert said.returncode == 1
    assert "The trigger accounts_historyentry_no_update is missing." in said.stderr


def test_altered_report_file_is_said_at_once(kept, path, process_environ):
    ReportFile.objects.update(content=b"another")
    said = manage(process_environ, "backup", str(path))
    assert said.returncode == 0
    assert "was changed after it was stored" in said.stderr


def test_fingerprint_finds_any_change_of_a_row(kept):
    before = take(connection).tables
    User.objects.filter(pk=kept.qa_manager.pk).update(post="Other")
    after = take(connection).tables
    assert [name for name in before if before[name] != after[name]] == ["accounts_user"]


def test_verify_backup_says_what_is_in_it(kept, path, process_environ):
    manifest = backups.back_up(path)
    said = manage(process_environ, "verify_backup", str(path))
    assert said.stdout.startswith("The backup is whole. Made ")
    assert f"{len(manifest.contents.tables)} tables" in said.stdout


@pytest.mark.parametrize(
    ("command", "file", "why"),
    [
        ("restore", "nowhere.backup", "no such file"),
        ("verify_backup", "nowhere.backup", "no such file"),
        ("backup", "no/such/folder", "no such file"),
    ],
)
def test_file_that_cannot_be_used_is_one_sentence(process_environ, tmp_path, command, file, why):
    said = manage(process_environ, command, str(tmp_path / file))
    assert said.returncode == 1
    assert why in said.stderr
    assert "Traceback" not in said.stderr
