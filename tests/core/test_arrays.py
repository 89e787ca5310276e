from __future__ import annotations

import numpy as np

from core.arrays import frozen


def test_that_a_frozen_array_is_a_read_only_copy():
    given = np.arange(3.0)
    kept = frozen(given)
    given[0] = 9
    assert kept[0] == 0
    assert not kept.flags.writeable
    assert given.flags.writeable


def test_that_a_frozen_array_is_shared_and_not_copied_again():
    kept = frozen([1, 2])
    assert frozen(kept) is kept


def test_that_a_read_only_view_of_a_writable_array_is_copied():
    owner = np.arange(4)
    view = owner[1:]
    view.flags.writeable = False
    kept = frozen(view)
    owner[1] = 9
    assert kept[0] == 1


def test_that_a_dtype_can_be_asked_for():
    assert frozen([1, 2], np.float32).dtype == np.float32
