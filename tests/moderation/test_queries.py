from audits.choices import Axis, Grade
from audits.models import ToolVersion
from moderation.domain import settling
from moderation.domain.queries import governing_grade, overall_grades, with_grades
from moderation.models import Moderation
from tests.factories.moderation import assigned, commit, committed, in_force, regrade, returned


def test_both_grades_are_the_overall_ones_on_the_headline_axis(world):
    version = returned(world, A=(1, 1), Z=(4, 2))
    moderation = commit(regrade(assigned(world, version), {"A": (2, 2), "Z": (3, 1)}))
    assert overall_grades(moderation) == (4, 3)

    ToolVersion.objects.update(headline_axis=Axis.OUTCOME)
    row = with_grades(Moderation.objects.all()).get()
    assert (row.own_grade, row.moderated_grade) == (2, 1)


def test_grades_of_many_take_one_query(world, django_assert_num_queries):
    pairs = [(4, 3), (1, 2), (2, 2)]
    for own, moderated in pairs:
        world.case = world.new_case()
        committed(world, own, moderated)
    with django_assert_num_queries(1):
        rows = list(with_grades(Moderation.objects.all()))
    assert [(row.own_grade, row.moderated_grade) for row in rows] == pairs


def test_the_lower_grade_governs_until_it_is_settled(world):
    audit = world.audit()
    assert governing_grade(audit) is None
    moderation = committed_for(world, audit)
    assert governing_grade(audit) == Grade.INADEQUATE
    settling.propose(moderation, settlement="auditor", reason="On file.", by=world.qa_manager)
    assert governing_grade(audit) == Grade.INADEQUATE
    settling.settle(moderation, by=world.director)
    assert governing_grade(audit) == Grade.REQUIRES_IMPROVEMENT


def committed_for(world, audit):
    world.returned_audit(audit, A=(2, 2), Z=(2, 2))
    assert governing_grade(audit) == Grade.REQUIRES_IMPROVEMENT
    moderation = assigned(world, in_force(audit))
    assert governing_grade(audit) == Grade.REQUIRES_IMPROVEMENT
    return commit(regrade(moderation, {"Z": (1, 1)}))


def test_a_higher_moderated_grade_does_not_govern_before_it_is_settled(world):
    moderation = committed(world, Grade.INADEQUATE, Grade.GOOD)
    assert governing_grade(moderation.audit_return.audit) == Grade.INADEQUATE
