import pytest

from core.files.atomic import write_atomically


def test_a_file_is_replaced_whole_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "segments.csv"
    path.write_text("old")
    write_atomically(path, "ε\nnew\n")
    assert path.read_bytes() == "ε\nnew\n".encode()
    assert [file.name for file in tmp_path.iterdir()] == ["segments.csv"]


def test_a_failure_leaves_the_old_file_and_no_rest(tmp_path):
    path = tmp_path / "segments.csv"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "half \ud800")
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["segments.csv"]


def test_a_link_still_points_to_its_file(tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    link.symlink_to(real)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_a_missing_folder_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "nowhere" / "a.csv", "text")
