import math

import pytest

from core.ctc.counted import counted


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "0"),
        (1, "1"),
        (12376, "12,376"),
        (10**15 - 1, "999,999,999,999,999"),
        (10**15, "1.00·10¹⁵"),
        (1999 * 10**20, "2.00·10²³"),
        (99999 * 10**20, "1.00·10²⁵"),
    ],
)
def test_a_count_is_exact_while_it_can_be_read(n, text):
    assert counted(n) == text


def test_a_count_beyond_the_range_of_floats_is_written():
    assert counted(math.comb(3600, 1600)) == "1.46·10¹⁰⁷²"
