"""Values in what JSON has."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import cast

import numpy as np


def strict(value: object) -> object:
    """`value` without NumPy numbers, keys that are no words, and non-finite numbers, which become words."""
    if isinstance(value, Mapping):
        items = cast("Mapping[object, object]", value).items()
        return {str(key): strict(item) for key, item in items}
    if isinstance(value, (list, tuple)):
        return [strict(item) for item in cast("list[object]", value)]
    if isinstance(value, np.generic):
        return strict(cast("object", value.item()))
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    return value
