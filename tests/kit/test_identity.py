import uuid

from kit.identity import new_public_id, seeded


def drawn(count=50):
    return [new_public_id() for _ in range(count)]


def test_public_ids_are_version_4_and_differ():
    ids = drawn()
    assert {one.version for one in ids} == {4}
    assert {one.variant for one in ids} == {uuid.RFC_4122}
    assert len(set(ids)) == len(ids)


def test_the_same_seed_gives_the_same_ids_and_another_seed_others():
    with seeded(7):
        first = drawn()
    with seeded(7):
        again = drawn()
    with seeded(8):
        other = drawn()
    assert first == again
    assert not set(first) & set(other)
    assert {one.version for one in first} == {4}


def test_ids_are_unguessable_again_after_the_block():
    with seeded(7):
        inside = drawn(5)
    outside = drawn(5)
    with seeded(7):
        assert drawn(5) == inside
    assert not set(inside) & set(outside)
