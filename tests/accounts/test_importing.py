"""Staff and units from a spreadsheet: previewed, all or nothing, the same file twice nothing."""

import datetime
from contextlib import nullcontext

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.domain.importing import import_staff, keeping, preview, uploads
from accounts.models import HistoryEntry, Invitation, Membership, RoleGrant, StaffImport, Unit, User
from kit.exceptions import NotPossible
from kit.sheets import csv_bytes, xlsx_bytes
from kit.spreadsheets.problems import HasProblems
from kit.spreadsheets.reading import MOST_BYTES
from tests.factories.accounts import MembershipFactory
from tests.matrix import COLUMNS, cell, refusal_of
from tests.pages import client_of, opened, text_of
from tests.races import at_once

HEAD = ("unit", "email", "name", "post", "lead", "from", "until", "role")
AREA = "Protection > East > Assessment Team 1"
ROWS = [
    ("Protection > North > Team 9", "", "", "", "", "", "", ""),
    ("Protection > North > Team 9", "a@a.example", "Ana", "Manager", "yes", "3/3/2026", "", ""),
    (AREA, "b@a.example", "Bo", "", "", "", "", "practitioner"),
    (AREA, "c@a.example", "Cy", "", "no", "", "", "Director"),
]


@pytest.fixture
def by(world):
    assert world.team
    return world.administrator


def made_by(rows, by, **more):
    return import_staff(csv_bytes(HEAD, rows), by=by, sha256="0" * 64, **more)


def counts() -> tuple[int, ...]:
    models = (Unit, User, Membership, RoleGrant, Invitation, HistoryEntry)
    return tuple(model.objects.count() for model in models)


@pytest.mark.parametrize(
    "file", [csv_bytes(HEAD, ROWS), xlsx_bytes("Staff", HEAD, ROWS)], ids=["csv", "xlsx"]
)
def test_a_preview_says_what_the_import_does_and_leaves_nothing(world, by, file):
    before = counts()
    told = preview(file, by=by)
    assert counts() == before
    assert told.units == ["Protection > North", "Protection > North > Team 9"]
    assert told.people == ["Ana", "Bo", "Cy"]
    assert len(told.roles) == 2

    assert import_staff(file, by=by, sha256="0" * 64) == told


def test_people_are_invited_to_their_units_with_their_roles(world, by):
    made_by(ROWS, by)

    ana = User.objects.get(email="a@a.example").memberships.get()
    assert (ana.unit.name, ana.kind, ana.from_on) == ("Team 9", "lead", datetime.date(2026, 3, 3))
    assert Invitation.objects.count() == 3
    assert RoleGrant.objects.get(role=Role.PRACTITIONER, user__name="Bo").unit == world.team
    assert RoleGrant.objects.pending().get().user.name == "Cy"


def test_the_same_file_twice_changes_nothing(world, by):
    made_by(ROWS, by)
    before = counts()

    again = made_by(ROWS, by)

    assert (again.count, again.unchanged, counts()) == (0, len(ROWS), before)


def test_somebody_who_is_here_joins_one_more_unit(world, by):
    person = world.auditor
    made = made_by([("Protection", person.email, person.name, "", "", "", "", "")], by)

    assert (made.people, made.memberships) == ([], [f"{person} in Protection"])
    assert person.memberships.on(timezone.localdate()).count() == 2


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (("", "x@a.example", "X", "", "", "", "", ""), "unit", "It is missing"),
        (("A > > B", "", "", "", "", "", "", ""), "unit", "names no unit"),
        ((AREA, "nothing", "X", "", "", "", "", ""), "email", "no e-mail address"),
        ((AREA, "x@a.example", "", "", "", "", "", ""), "name", "It is missing"),
        ((AREA, "", "X", "", "", "", "", ""), "email", "It is missing"),
        ((AREA, "x@a.example", "X", "", "perhaps", "", "", ""), "lead", "yes nor no"),
        ((AREA, "x@a.example", "X", "", "", "31/4/2026", "", ""), "from", "no day"),
        ((AREA, "x@a.example", "X", "", "", "", "", "king"), "role", "no role"),
        ((AREA, "x@a.example", "X", "", "", "3/3/2026", "1/1/2026", ""), "row", "before the first"),
    ],
)
def test_one_bad_row_is_named_and_nothing_is_imported(world, by, row, column, words):
    before = counts()
    with pytest.raises(HasProblems) as refusal:
        made_by([*ROWS, row], by)

    (problem,) = refusal.value.problems
    assert (problem.line, problem.column) == (len(ROWS) + 2, column)
    assert words in problem.sentence
    assert counts() == before


def test_what_a_verb_refuses_is_a_problem_of_its_line(world, by):
    own = (AREA, by.email, by.name, "", "", "", "", "")
    told = preview(csv_bytes(HEAD, [own]), by=by)

    assert [str(problem) for problem in told.problems] == [
        "Line 2, row: You can't change your own record. Ask another administrator."
    ]


def test_a_file_without_the_column_unit_is_refused(by):
    with pytest.raises(NotPossible, match="must name the columns"):
        preview(csv_bytes(("name",), [("Ana",)]), by=by)


@pytest.mark.parametrize("column", COLUMNS)
def test_who_may_import_is_what_the_matrix_says(world, by, column):
    may = cell("user.manage", column) != "none"
    for step in (
        lambda: made_by(ROWS, getattr(world, column)),
        lambda: uploads.keep(b"", file_name="staff.csv", by=getattr(world, column)),
    ):
        assert refusal_of(step) == ("" if may else "user_manage_not_yours")


def sent_file(by, content: bytes, name="staff.csv"):
    file = SimpleUploadedFile(name, content)
    return client_of(by).post(reverse("staff_imports"), {"file": file}, follow=True)


def test_a_file_is_looked_at_and_imported_on_pages(world, by):
    page = text_of(sent_file(by, csv_bytes(HEAD, ROWS)))
    assert "Check what will be imported" in page
    assert "3: Ana, Bo, Cy" in page
    upload = StaffImport.objects.get()

    answer = client_of(by).post(reverse("staff_import", args=[upload.public_id]), follow=True)

    upload.refresh_from_db()
    assert "3 people invited, 2 units added" in text_of(answer)
    assert (upload.people, upload.units, upload.content) == (3, 2, None)
    again = client_of(by).post(reverse("staff_import", args=[upload.public_id]), follow=True)
    assert "imported already" in text_of(again)


def test_a_file_with_mistakes_shows_them_by_line(world, by):
    page = text_of(sent_file(by, csv_bytes(HEAD, [*ROWS, ("", "", "X", "", "", "", "", "")])))

    assert "The file has mistakes" in page
    assert "Import staff and units</button>" not in page


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "The file is empty"), (b"%PDF-1.7", "no spreadsheet")]
)
def test_a_file_that_cannot_be_read_says_so_at_the_form(by, content, words):
    assert words in text_of(sent_file(by, content))


def test_an_upload_is_its_uploaders_and_lasts_an_hour(world, by):
    upload = uploads.keep(csv_bytes(HEAD, ROWS), file_name="a.csv", by=by)
    other = world.person("Ada", Role.ADMINISTRATOR, world.authority)
    assert opened(other, "staff_import", upload.public_id).status_code == 404

    with pytest.raises(NotPossible, match="kept for an hour"):
        uploads.carry_out(upload, by=by, now=timezone.now() + keeping.KEPT)


def test_an_imported_file_keeps_no_bytes(world, by):
    upload = uploads.keep(csv_bytes(HEAD, ROWS), file_name="a.csv", by=by)
    moment = timezone.now()
    with pytest.raises(IntegrityError):
        StaffImport.objects.filter(pk=upload.pk).update(imported_at=moment, imported_by=by)


@pytest.mark.django_db(transaction=True)
def test_a_file_is_imported_once_however_often_the_button_is_pressed(world, by):
    upload = uploads.keep(csv_bytes(HEAD, ROWS), file_name="a.csv", by=by)
    ends = at_once([lambda: uploads.carry_out(upload, by=by)] * 3)

    assert sorted(isinstance(end, NotPossible) for end in ends) == [False, True, True]
    assert HistoryEntry.objects.filter(verb="staff_imported").count() == 1


def test_a_file_is_closed_to_whoever_lost_the_right_even_once_it_is_gone(world, by):
    upload = uploads.keep(csv_bytes(HEAD, ROWS), file_name="staff.csv", by=by)
    past = timezone.localdate() - datetime.timedelta(days=1)
    assert opened(by, "staff_import", upload.public_id).status_code == 200
    by.grants.update(until_on=past)
    StaffImport.objects.update(expires_at=timezone.now())
    assert opened(by, "staff_import", upload.public_id).status_code == 403


def test_the_parts_of_a_unit_are_service_areas_and_team(world, by):
    made_by([("New service > New area > New team", *[""] * 7), ("Lone team", *[""] * 7)], by)

    kinds = dict(Unit.objects.values_list("name", "kind"))
    parts = ("New service", "New area", "New team", "Lone team")
    assert [kinds[name] for name in parts] == ["service", "area", "team", "team"]


def test_what_is_added_for_somebody_who_is_here_is_counted_and_written_down(world, by):
    person, moment = world.auditor, timezone.now() - datetime.timedelta(days=9)
    row = (AREA, person.email, person.name, "", "", "", "", "practitioner")

    made = made_by([row], by, now=moment)

    assert (made.count, made.unchanged) == (2, 0)
    assert person.memberships.get(unit=world.team).from_on == timezone.localdate(moment)
    entry = HistoryEntry.objects.last()
    assert (entry.verb, entry.at, entry.facts["people"]) == ("staff_imported", moment, 0)


def test_a_second_role_in_a_unit_stands_beside_the_first(world, by):
    person = world.auditor
    for role in ("practitioner", "practitioner", "Team manager"):
        made_by([(AREA, person.email, person.name, "", "", "", "", role)], by)

    roles = person.grants.filter(unit=world.team).order_by("pk")
    assert [grant.role for grant in roles] == [Role.PRACTITIONER, Role.TEAM_MANAGER]


@pytest.mark.parametrize(
    ("lead", "from_on", "joins"),
    [("", "1/2/2026", False), ("yes", "1/2/2026", True), ("", "2/2/2026", True)],
)
def test_a_membership_that_ended_is_not_begun_again_on_its_first_day(
    world, by, lead, from_on, joins
):
    february = datetime.date(2026, 2, 1)
    person = MembershipFactory(unit=world.team, from_on=february, until_on=february).user

    made = made_by([(AREA, person.email, person.name, "", lead, from_on, "", "")], by)

    assert bool(made.memberships) == joins


@pytest.mark.parametrize("more", [0, 1])
def test_a_file_is_kept_up_to_the_most_bytes(by, more):
    ending = pytest.raises(NotPossible, match="larger than 10 MB") if more else nullcontext()
    with ending:
        uploads.keep(bytes(MOST_BYTES + more), file_name="staff.csv", by=by)
    assert StaffImport.objects.count() == 1 - more


def test_what_nobody_imported_in_an_hour_is_deleted_at_the_next_upload(by):
    now = timezone.now()

    def kept(name, age):
        return uploads.keep(b"unit", file_name=name, by=by, now=now - age)

    expired = kept("old.csv", keeping.KEPT)
    imported = kept("done.csv", 2 * keeping.KEPT)
    StaffImport.objects.filter(pk=imported.pk).update(imported_at=now, imported_by=by, content=None)
    waiting = kept("new.csv", keeping.KEPT / 2)
    last = kept("x" * 200 + ".csv", 0 * keeping.KEPT)

    found = StaffImport.objects.all()
    assert expired not in found
    assert {imported, waiting, last} == set(found)
    assert last.file_name == "x" * 116 + ".csv"


def test_problems_come_in_the_order_of_the_lines(world, by):
    own = (AREA, by.email, by.name, "", "", "", "", "")
    bad = ("", "", "X", "", "", "", "", "")
    told = preview(csv_bytes(HEAD, [own, bad, own]), by=by)
    assert [problem.line for problem in told.problems] == [2, 3, 3, 4]


def test_somebody_who_belongs_to_the_unit_does_not_join_it_again(world, by):
    person = world.auditor
    row = ("Children in care > Care Team 1", person.email, person.name, "", "yes", "1/2/2026")
    made = made_by([(*row, "", "")], by)
    assert (made.count, made.unchanged) == (0, 1)


def test_units_and_roles_begin_on_the_day_the_file_says(world, by):
    february = datetime.date(2026, 2, 1)
    person = world.auditor
    made_by([(AREA, person.email, person.name, "", "", "1/2/2026", "", "practitioner")], by)

    assert person.memberships.get(unit=world.team).from_on == february
    assert person.grants.get(unit=world.team).from_on == february


@pytest.mark.parametrize(("count", "is_read"), [(120, True), (121, False)])
@pytest.mark.parametrize("column", ["unit", "name"])
def test_names_of_120_signs_are_read(world, by, column, count, is_read):
    values = {"unit": "Team", "name": "Ana"} | {column: "n" * count}
    told = preview(csv_bytes(HEAD[:3], [(values["unit"], "a@a.example", values["name"])]), by=by)
    assert [problem.column for problem in told.problems] == ([] if is_read else [column])


def test_a_line_may_end_before_the_last_column(by):
    content = b"unit,email,name,role\nTeam 9\nTeam 9,a@a.example,Ana\n"
    told = preview(content, by=by)
    assert (told.problems, told.people, told.units) == ([], ["Ana"], ["Team 9"])
