import numpy as np
import pytest

from core.ctc.feasibility import rules
from core.ctc.lattice import lattice_of


@pytest.mark.parametrize("labels", [[1], [1, 2], [1, 1], [1, 1, 1], [1, 1, 2, 2], [1, 2, 1]])
@pytest.mark.parametrize("T", range(1, 9))
def test_the_first_rule_is_the_truth_and_the_others_are_held_against_it(labels, T):
    feasible = np.isfinite(lattice_of(np.zeros((T, 3)), labels, 0).log_likelihood)
    R = sum(a == b for a, b in zip(labels[1:], labels, strict=False))
    right, *others = rules(T, len(labels), R)
    assert right.allows == feasible
    assert right.is_right
    assert all(rule.is_right == (rule.allows == feasible) for rule in others)


def test_the_rules_that_circulate_are_wrong_where_they_are():
    wrong = {rule.formula for rule in rules(9, 7, 2) if not rule.is_right}
    assert wrong == {"T ≥ 2U + 1", "T ≥ U + 2R − 1"}
    assert {rule.formula for rule in rules(8, 7, 2) if not rule.is_right} == {"T ≥ U"}
    assert {rule.formula for rule in rules(3, 3, 0) if not rule.is_right} == {"T ≥ 2U + 1", "T − 2 ≥ U"}
