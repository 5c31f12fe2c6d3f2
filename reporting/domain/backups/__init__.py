"""Backing up and restoring the whole database, report files and history included.

A backup is one archive: the database as its own tool writes it, and a manifest of what was in it
at the same moment. Restoring ends with counting and hashing everything again. Sessions are left
out, so that nobody who was signed out since is signed in by it.
"""

from reporting.domain.backups.archive import NotABackup
from reporting.domain.backups.making import back_up
from reporting.domain.backups.manifest import Manifest
from reporting.domain.backups.restoring import Restored, restore, verify

__all__ = ["Manifest", "NotABackup", "Restored", "back_up", "restore", "verify"]
