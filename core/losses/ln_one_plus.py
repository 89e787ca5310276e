"""ln(1 + x) at the speed of ln."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.arrays import Array


def _is_log1p_vectorised() -> bool:
    """NumPy has vector code for log1p with AVX-512 only; elsewhere it takes five times as long as for log."""
    loops = np.lib.introspect.opt_func_info(func_name="^log1p$").get("log1p", {}).values()
    return bool(loops) and not any(loop["current"].startswith("baseline") for loop in loops)


def with_log1p(x: Array, _u: Array) -> Array:
    return np.log1p(x)


def with_log(x: Array, u: Array) -> Array:
    """As ln u + ln(1 + r / u), where r = x - (u - 1) is what the rounding of u lost.

    That is ln u + r to the last bit but one: r is at most half a unit of u, and where it counts u is near 1.
    """
    log_u = np.log(u)
    u -= 1
    x -= u
    log_u += x
    return log_u


# ln(1 + x) for x in [-1, 1], from x and u = 1 + x as rounded. It uses up both.
ln_one_plus = with_log1p if _is_log1p_vectorised() else with_log
