"""The doorbell's settings."""

from django.conf import settings

from auditsite.celery import app


def test_schedule_rings_tasks_that_exist():
    app.loader.import_default_modules()
    rung = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert rung <= set(app.tasks)


def test_ring_that_nobody_took_expires():
    rings = settings.CELERY_BEAT_SCHEDULE.values()
    assert all(ring["options"]["expires"] == ring["schedule"] for ring in rings)


def test_folders_of_the_filesystem_broker_are_made():
    folder = settings.BROKER_FOLDER
    assert all((folder / name).is_dir() for name in ("queue", "processed", "control"))
