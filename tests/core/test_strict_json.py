import numpy as np

from core.strict_json import strict


def test_numbers_become_pythons_and_what_json_lacks_becomes_words():
    given = {(1, 2): np.float32(0.5), "list": (np.int64(3), np.nan, -np.inf), "ok": True}
    assert strict(given) == {"(1, 2)": 0.5, "list": [3, "nan", "-inf"], "ok": True}
