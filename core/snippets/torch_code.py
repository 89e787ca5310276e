"""A batch under a loss as PyTorch code, which asserts the number that this program shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.errors import InputError
from core.params import specs
from core.problem import evaluate
from core.snippets.literals import number, tensor, wrapped
from core.snippets.refused import torch_says
from core.snippets.sources import FOUND, Sources, sources_of

if TYPE_CHECKING:
    from core.arrays import Array
    from core.batch import Batch
    from core.losses import Evaluation, Loss

# Relative, by the bytes of the loss's dtype. torch walks CTC's lattice in log space and in the input's own dtype.
TOLERANCE = {2: 5e-3, 4: 1e-5, 8: 1e-9}
CTC_TOLERANCE = {2: 5e-3, 4: 1e-3, 8: 1e-7}
ATOL = {2: 1e-3, 4: 1e-6, 8: 1e-12}
INLINE = 64  # numbers that stand in the code itself


@final
@dataclass(frozen=True, slots=True)
class _Argument:
    name: str
    array: Array


def pytorch_snippet(loss: Loss, batch: Batch, evaluation: Evaluation | None) -> str:
    """Code that runs as it is: small arrays stand in it, others are read from the batch's file.

    A batch that has no file, or differs from it, is read from a file that the first lines ask for. For a batch that
    the loss refuses (`evaluation` is None) the code says what torch does with it.
    """
    arguments = _arguments(loss, batch)
    weights = [_Argument(name, array) for name, array in _weights(loss)]
    large = [part for part in (*arguments, *weights) if part.array.size > INLINE]
    sources = sources_of(batch, {part.name: part.array for part in large})
    lines = [*_imports(sources), ""]
    lines += [f"{part.name} = {_source(part, sources)}" for part in (*arguments, *weights)]
    lines += [f"loss = nn.{loss.name}({_constructor(loss)})", ""]
    call = f"loss({', '.join(part.name for part in arguments)})"
    lines += _refused(loss, batch, call) if evaluation is None else _checked(loss, evaluation, call)
    return "\n".join(_with_names([wrapped(line) if "torch.tensor(" in line else line for line in lines])) + "\n"


def _imports(sources: Sources) -> list[str]:
    if not sources.keys:
        return ["import torch", "from torch import nn"]
    lines = ["import numpy as np", "import torch", "from torch import nn", ""]
    if sources.kind != FOUND:
        lines.append(f"# Save the batch as {sources.file} first: it has no file, or was changed since.")
    return [*lines, f"batch = np.load({sources.file!r})"]


def _source(part: _Argument, sources: Sources) -> str:
    key = sources.keys.get(part.name)
    return tensor(part.array) if key is None else f"torch.from_numpy(batch[{key!r}])"


def _arguments(loss: Loss, batch: Batch) -> list[_Argument]:
    names = ["input", "target"] if loss.family != "sequence" else ["log_probs", "targets"]
    held = [batch.input, batch.target]
    if loss.family == "sequence":
        names += ["input_lengths", "target_lengths"]
        held += [batch.input_lengths, batch.target_lengths]
    return [_Argument(name, array) for name, array in zip(names, held, strict=True) if array is not None]


def _weights(loss: Loss) -> list[tuple[str, Array]]:
    found = [(spec.name, getattr(loss, spec.name)) for spec in specs(type(loss)) if spec.kind == "array"]
    return [(name, np.asarray(array)) for name, array in found if array is not None]


def _constructor(loss: Loss) -> str:
    """The arguments that are not torch's defaults; weights by their own names."""
    parts: list[str] = []
    for spec in specs(type(loss)):
        value = getattr(loss, spec.name)
        if spec.kind == "array":
            parts += [f"{spec.name}={spec.name}"] if value is not None else []
        elif value != spec.default:
            parts.append(f"{spec.name}={value!r}")
    return ", ".join(parts)


def _checked(loss: Loss, evaluation: Evaluation, call: str) -> list[str]:
    value = evaluation.value
    tolerances = CTC_TOLERANCE if loss.family == "sequence" else TOLERANCE
    rtol = tolerances.get(value.dtype.itemsize, 1e-5)
    seen, expected = "value", value
    if value.size > INLINE:
        with np.errstate(invalid="ignore", over="ignore"):
            seen, expected = "value.double().sum()", np.asarray(value.sum(dtype=np.float64))
    right = f"torch.tensor({number(expected)}, dtype={seen}.dtype)" if expected.ndim == 0 else tensor(expected)
    near = f"rtol={rtol:g}, atol={ATOL.get(value.dtype.itemsize, 1e-6):g}"
    nan = ", equal_nan=True" if np.isnan(expected).any() else ""
    return [
        f"value = {call}",
        f"expected = {right}",
        f"assert torch.allclose({seen}, expected, {near}{nan}), value",
    ]


def _refused(loss: Loss, batch: Batch, call: str) -> list[str]:
    try:
        evaluate(loss, batch)
    except InputError as error:
        return [f"# {line}" for line in torch_says(loss, batch, error)] + [f"value = {call}"]
    return [f"value = {call}"]


def _with_names(lines: list[str]) -> list[str]:
    """`from math import inf, nan` before them, where numbers are written by these names."""
    code = "\n".join(line for line in lines if "torch.tensor(" in line)
    used = [name for name in ("inf", "nan") if re.search(rf"[\[( -]{name}\b(?!')", code)]
    return [f"from math import {', '.join(used)}", "", *lines] if used else lines
