"""Where a sigmoid rounds to 1."""

from __future__ import annotations

import numpy as np
import pytest

from core.links import sigmoid
from core.saturation import sigmoid_is_one_from


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_it_is_the_first_number_of_the_dtype_whose_sigmoid_is_1(dtype):
    edge = dtype(sigmoid_is_one_from(np.dtype(dtype)))
    assert sigmoid(np.asarray(edge)) == 1
    assert sigmoid(np.asarray(np.nextafter(edge, dtype(0)))) < 1


def test_the_known_edges_come_out():
    edges = [sigmoid_is_one_from(np.dtype(dtype)) for dtype in (np.float16, np.float32, np.float64)]
    assert edges == pytest.approx([7.625, 16.6355, 36.7368], abs=1e-4)
