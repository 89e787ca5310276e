import numpy as np

from core.ctc.plan import emissions, make_plan, plan_of, stretches


def test_backwards_is_the_mirror_image_of_forwards():
    plan = make_plan(np.array([1, 1, 2, 3]), np.array([3, 1]), 0, 4)
    frames = np.arange(2 * len(plan.columns), dtype=float).reshape(2, -1)
    (cells,) = emissions(np.append(frames, [[-1], [-1]], axis=1), plan)
    np.testing.assert_array_equal(cells[:, plan.half - 1 :], cells[::-1, : plan.half][:, ::-1])


def test_between_equal_labels_the_blank_stands_where_no_label_can_skip_it():
    plan = make_plan(np.array([2, 2, 1]), np.array([3]), 0, 3)
    states = np.append(plan.columns, -1)[plan.cells[: plan.half]]
    assert states.tolist() == [0, 2, -1, 0, -1, 2, 0, 1, 0, -1]


def test_each_class_of_a_sample_has_one_column():
    plan = make_plan(np.array([1, 1, 2, 3]), np.array([3, 1]), 0, 4)
    assert plan.columns.tolist() == [0, 1, 2, 4, 7]
    assert plan.owner.tolist() == [0, 0, 0, 1, 1]
    assert plan.fewest_frames.tolist() == [4, 1]


def test_a_blank_given_as_a_label_has_its_own_column():
    plan = make_plan(np.array([2, 0]), np.array([1, 1]), 0, 3)
    assert plan.columns.tolist() == [0, 2, 3, 3]
    assert plan.between.tolist() == [0, 2]


def test_equal_neighbours_in_different_samples_are_no_repeat():
    plan = make_plan(np.array([1, 1, 1]), np.array([1, 2]), 0, 2)
    assert plan.fewest_frames.tolist() == [1, 3]


def test_the_plan_of_the_last_targets_is_kept():
    labels, lengths = np.array([1, 2]), np.array([2])
    assert plan_of(labels, lengths, 0, 4) is plan_of(labels.copy(), lengths.copy(), 0, 4)
    assert plan_of(labels, lengths, 0, 4) is not plan_of(labels, lengths, 3, 4)


def test_stretches_cover_all_frames_once():
    frames = np.arange(1000)
    pieces = [frames[some] for some in stretches(1000, 3000)]
    assert len(pieces) > 1
    np.testing.assert_array_equal(np.concatenate(pieces), frames)
    assert len(list(stretches(3, 10**9))) == 3
