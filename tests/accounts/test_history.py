"""Whatever is done to a row of history behind the program's back is found, on both databases."""

import datetime
import threading
from decimal import Decimal

import pytest
from django.db import DatabaseError, connections, transaction
from django.db.models import F

from accounts.domain import append_only, history
from accounts.domain.people import system_user
from accounts.models import HistoryEntry, HistoryHead, Unit
from tests.factories.accounts import UnitFactory, UserFactory

WRITERS, EACH = 8, 5


@pytest.fixture
def chain(db) -> Unit:
    """Four entries about one unit."""
    unit = UnitFactory()
    for _ in range(3):
        write(unit)
    return unit


def write(subject: Unit, **facts) -> HistoryEntry:
    with transaction.atomic():
        return history.record("unit_renamed", subject=subject, by=system_user(), **facts)


def entry(position: int):
    return HistoryEntry.objects.filter(position=position)


def test_a_chain_as_it_was_written_is_whole(chain):
    assert history.verify() == []
    assert history.head().position == 4


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "unit_closed"},
        {"subject_kind": "cases.case"},
        {"facts": {"kind": "team"}},
        {"at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
        {"hash": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edited_row_is_found(chain, change):
    with append_only.lifted():
        entry(2).update(**change)

    assert "Entry 2 was changed after it was written." in history.verify()


def test_a_row_that_names_someone_else_is_found(chain):
    with append_only.lifted():
        entry(2).update(by=UserFactory())

    assert history.verify() == ["Entry 2 was changed after it was written."]


def test_an_edited_row_with_its_hash_made_anew_is_found_by_the_next(chain):
    edited = entry(2).get()
    edited.verb = "unit_closed"
    with append_only.lifted():
        entry(2).update(verb=edited.verb, hash=history.digest(edited))

    assert history.verify() == ["Entry 3 does not follow from the one before it."]


@pytest.mark.parametrize("position", [1, 2, 3])
def test_a_deleted_row_is_found(chain, position):
    with append_only.lifted():
        entry(position).delete()

    missing = f"Entry {position} is missing: the next one found is {position + 1}."
    assert missing in history.verify()


def test_a_deleted_last_row_is_found(chain):
    with append_only.lifted():
        entry(4).delete()

    assert history.verify() == ["The chain ends at entry 3, but its head says 4."]


def test_an_inserted_row_is_found(chain):
    made_up = HistoryEntry(
        position=5,
        verb="role_granted",
        subject_kind="accounts.user",
        subject_id=chain.public_id,
        by=system_user(),
        at=datetime.datetime(2025, 11, 3, tzinfo=datetime.UTC),
        previous_hash=entry(4).get().hash,
    )
    made_up.hash = history.digest(made_up)

    made_up.save()

    assert history.verify() == ["The chain ends at entry 5, but its head says 4."]


def test_reordered_rows_are_found(chain):
    with append_only.lifted():
        entry(2).update(position=99)
        entry(3).update(position=2)
        entry(99).update(position=3)

    assert "Entry 2 does not follow from the one before it." in history.verify()
    assert "Entry 3 was changed after it was written." in history.verify()


def test_a_head_that_was_moved_is_found(chain):
    HistoryHead.objects.update(position=F("position") + 1)

    assert history.verify() == ["The chain ends at entry 4, but its head says 5."]


def test_missing_triggers_are_found_and_made_again(chain):
    append_only.remove()
    assert "The trigger accounts_historyentry_no_update is missing." in history.verify()

    append_only.install()

    assert history.verify() == []


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_a_row(chain, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entry(2).update(verb="unit_closed") if change == "update" else entry(2).delete()

    assert history.verify() == []


def test_what_is_undone_leaves_no_trace(chain):
    with transaction.atomic():
        write(chain)
        transaction.set_rollback(True)

    assert history.head().position == 4
    assert history.verify() == []


@pytest.mark.parametrize("text", ["x" * 65, 1.5, {"mother": "name"}, object()], ids=type)
def test_history_holds_no_text_of_a_case(chain, text):
    with pytest.raises(TypeError, match="never a case's text"):
        write(chain, fact=text)


def test_facts_are_kept_as_plain_codes(chain):
    day = datetime.date(2025, 11, 3)

    kept = write(chain, unit=chain.public_id, day=day, share=Decimal("33.6"), both=[1, None])

    assert entry(kept.position).get().facts == {
        "unit": str(chain.public_id),
        "day": "2025-11-03",
        "share": "33.6",
        "both": [1, None],
    }


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_give_one_unbroken_chain():
    unit = UnitFactory()
    problems: list[Exception] = []

    def write_some():
        try:
            for _ in range(EACH):
                write(unit)
        except DatabaseError as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write_some) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=60)

    assert problems == []
    assert history.head().position == 1 + WRITERS * EACH
    assert history.verify() == []


def test_nothing_is_written_outside_a_transaction(transactional_db):
    unit = UnitFactory()

    with pytest.raises(transaction.TransactionManagementError, match="within a transaction"):
        history.record("unit_renamed", subject=unit, by=system_user())

    assert history.head().position == 1


def test_a_chain_without_an_entry_is_whole(db):
    HistoryHead.objects.all().delete()
    assert history.head().position == 0
    assert history.verify() == []


def test_codes_of_64_signs_and_moments_are_facts(chain):
    moment = datetime.datetime(2026, 3, 3, 9, tzinfo=datetime.UTC)

    kept = write(chain, sha256="a" * 64, moment=moment)

    assert kept.facts == {"sha256": "a" * 64, "moment": "2026-03-03T09:00:00+00:00"}
