import numpy as np
import pytest

from core.errors import InputError
from core.files import read
from core.files.csv_columns import Columns, guess_columns
from core.files.csv_table import contents_of, table_of

SCORES = "id,logit_0,logit_1,logit_2,label\na,0.1,2,-1,1\nb,3,0,0.5,0\nc,0,0,1,2\n"


def file(tmp_path, text, name="a.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_that_columns_are_read_by_their_names_and_the_guess_is_said(tmp_path) -> None:
    (batch,) = read(file(tmp_path, SCORES))
    assert batch.input.tolist() == [[0.1, 2, -1], [3, 0, 0.5], [0, 0, 1]]
    assert (batch.target.tolist(), batch.target.dtype) == ([1, 0, 2], np.int64)
    assert batch.loss.name == "CrossEntropyLoss"
    assert batch.extras["ids"].tolist() == ["a", "b", "c"]
    assert str(batch.notes[0]) == "Read as input: logit_0, logit_1, logit_2; target: label; ids: id."


@pytest.mark.parametrize(("delimiter", "name"), [(";", "a.csv"), ("\t", "a.tsv"), ("|", "a.csv")])
def test_that_other_delimiters_are_found(tmp_path, delimiter, name) -> None:
    (batch,) = read(file(tmp_path, SCORES.replace(",", delimiter), name))
    assert batch.input.shape == (3, 3)


def test_that_a_table_without_header_has_its_target_last(tmp_path) -> None:
    (batch,) = read(file(tmp_path, "0.5,1.5,2\n0.1,0.2,0\n"))
    assert batch.input.tolist() == [[0.5, 1.5], [0.1, 0.2]]
    assert batch.target.tolist() == [2, 0]


def test_that_words_are_classes_in_alphabetical_order(tmp_path) -> None:
    (batch,) = read(file(tmp_path, "p_cat,p_dog,class\n2,1,dog\n0,1,cat\n3,0,dog\n"))
    assert batch.classes == ("cat", "dog")
    assert batch.target.tolist() == [1, 0, 1]


def test_that_one_column_of_predictions_and_one_of_values_is_a_regression(tmp_path) -> None:
    (batch,) = read(file(tmp_path, "y_pred,y_true\n1.5,1.25\n2.5,3.75\n"))
    assert batch.loss.name == "MSELoss"
    assert (batch.input.tolist(), batch.target.tolist()) == ([1.5, 2.5], [1.25, 3.75])


def test_that_zeros_and_ones_stay_floating_for_binary_losses(tmp_path) -> None:
    (batch,) = read(file(tmp_path, "score,label\n0.9,1\n0.2,0\n"))
    assert (batch.loss.name, batch.target.dtype) == ("BCELoss", np.float64)


def test_that_two_classes_with_a_score_each_are_class_indices(tmp_path) -> None:
    (batch,) = read(file(tmp_path, "logit_0,logit_1,label\n1,2,0\n2,1,1\n"))
    assert (batch.loss.name, batch.target.dtype) == ("CrossEntropyLoss", np.int64)


def test_that_columns_derived_from_a_model_are_left_out(tmp_path) -> None:
    (batch,) = read(file(tmp_path, "logit_0,logit_1,target,loss,predicted\n1,2,0,0.3,1\n2,1,1,0.4,0\n"))
    assert batch.input.shape == (2, 2)
    assert str(batch.notes[0]).endswith("left out: loss, predicted.")


def test_that_the_user_s_columns_go_before_the_guess(tmp_path) -> None:
    path = file(tmp_path, SCORES)
    table = table_of(path)
    contents = contents_of(path, table, Columns(table.names, ("none", "input", "input", "target", "none")))
    assert contents.arrays["input"].shape == (3, 2)
    assert contents.arrays["target"].tolist() == [-1, 0.5, 1]


def test_that_a_wrong_cell_is_named_by_line_and_column(tmp_path) -> None:
    rows = "x,y\n" + "1,2\n" * 300 + "1,oops\n"
    with pytest.raises(InputError, match="Line 302, column “y”: “oops” is no number"):
        read(file(tmp_path, rows))


def test_that_quotes_and_a_byte_order_mark_are_understood(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'\xef\xbb\xbfid,x,y\n"a, b",1.5,2\n"c",2.5,3\n')
    (batch,) = read(path)
    assert batch.extras["ids"].tolist() == ["a, b", "c"]
    assert batch.input.tolist() == [1.5, 2.5]


@pytest.mark.parametrize(
    "text", ["", "x,y\n", "x,y\n1,2\n3\n", "\0\0", "name,file\na,b\nc,d\n"],
    ids=["empty", "header alone", "short row", "binary", "no numbers"],
)  # fmt: skip
def test_that_what_makes_no_batch_is_refused_with_a_remedy(tmp_path, text) -> None:
    with pytest.raises(InputError) as refused:
        read(file(tmp_path, text))
    assert str(refused.value.remedy)


def test_that_a_guess_without_a_target_says_so() -> None:
    assert guess_columns(("logit",), [("1",), ("2",)]).roles == ("input",)
    assert str(guess_columns(("logit",), [("1",)]).sentence) == "Read as input: logit; target: –."


def test_that_words_are_the_columns_of_scores_that_they_name(tmp_path) -> None:
    text = "sample_id,logit_cat,logit_dog,logit_bird,label\na,3,1,2,cat\nb,1,2,9,bird\nc,0,5,1,Dog\n"
    (batch,) = read(file(tmp_path, text))
    assert batch.target.tolist() == [0, 2, 1]
    assert batch.classes == ("cat", "Dog", "bird")
    assert batch.extras["ids"].tolist() == ["a", "b", "c"]
    assert len(batch.notes) == 2


def test_that_words_that_name_no_column_are_numbered_by_the_alphabet_and_told(tmp_path) -> None:
    (batch,) = read(file(tmp_path, "logit_0,logit_1,label\n1,2,dog\n2,1,cat\n"))
    assert batch.target.tolist() == [1, 0]
    assert batch.classes == ("cat", "dog")
    assert "cat 0, dog 1." in str(batch.notes[1])


@pytest.mark.parametrize(
    ("name", "role"),
    [("sample_id", "id"), ("file name", "id"), ("class_id", "target"), ("label_name", "target"), ("grid", "input")],
)
def test_that_names_of_several_words_are_read(name, role) -> None:
    columns = guess_columns([name, "logit_0", "logit_1"], [["1.5", "0.5", "0.25"]])
    assert columns.roles[0] == role
