"""Files appear whole or not at all."""

import pytest

from kit.files import CannotWrite, check_writable, write_whole


def test_file_is_replaced_whole_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "report.pdf"
    for content in (b"first", b"second"):
        check_writable(path)
        write_whole(path, content)
    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]


def test_file_is_its_owners_only(tmp_path):
    write_whole(tmp_path / "report.pdf", b"figures")
    assert (tmp_path / "report.pdf").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("step", [check_writable, lambda path: write_whole(path, b"x")])
def test_folder_that_is_not_there_is_named(tmp_path, step):
    with pytest.raises(CannotWrite, match=r"none/report\.pdf cannot be written \(no such file"):
        step(tmp_path / "none" / "report.pdf")


def test_failed_replacement_leaves_no_temporary_file(tmp_path):
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(CannotWrite, match="is a folder"):
        check_writable(tmp_path / "report.pdf")
    with pytest.raises(CannotWrite):
        write_whole(tmp_path / "report.pdf", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]
