"""The registry of losses, their constructors, their documentation and the cost of importing them."""

from __future__ import annotations

import inspect
import subprocess
import sys

import numpy as np
import pytest

import core.losses as L
from core.errors import InputError
from core.params import specs

SIGNATURES = {
    "L1Loss": {"reduction": "mean"},
    "SmoothL1Loss": {"reduction": "mean", "beta": 1.0},
    "MSELoss": {"reduction": "mean"},
    "NLLLoss": {"weight": None, "ignore_index": -100, "reduction": "mean"},
    "CrossEntropyLoss": {"weight": None, "ignore_index": -100, "reduction": "mean", "label_smoothing": 0.0},
    "BCELoss": {"weight": None, "reduction": "mean"},
    "BCEWithLogitsLoss": {"weight": None, "reduction": "mean", "pos_weight": None},
    "KLDivLoss": {"reduction": "mean", "log_target": False},
    "CTCLoss": {"blank": 0, "reduction": "mean", "zero_infinity": False},
}
EVERY_LOSS = pytest.mark.parametrize("name", SIGNATURES)


def test_that_the_registry_holds_the_nine_losses():
    assert set(L.LOSSES) == set(SIGNATURES)
    assert all(getattr(L, name) is loss for name, loss in L.LOSSES.items())


@EVERY_LOSS
def test_that_arguments_have_torchs_names_order_and_defaults(name):
    parameters = inspect.signature(L.LOSSES[name]).parameters
    assert {key: parameter.default for key, parameter in parameters.items()} == SIGNATURES[name]
    assert list(parameters) == list(SIGNATURES[name])
    assert [spec.name for spec in specs(L.LOSSES[name])] == list(SIGNATURES[name])


@EVERY_LOSS
def test_that_every_argument_has_a_sentence_of_help(name):
    assert all(str(spec.help).endswith(".") for spec in specs(L.LOSSES[name]))


@EVERY_LOSS
def test_that_a_docstring_has_its_five_parts(name):
    text = inspect.getdoc(L.LOSSES[name]) or ""
    for part in ("radient", "Shapes:", "Domain:", "Source:", "torch.nn." + name):
        assert part in text


@EVERY_LOSS
def test_that_a_loss_cannot_be_changed(name):
    with pytest.raises(AttributeError):
        L.LOSSES[name]().reduction = "sum"


def test_that_a_weight_is_kept_as_a_read_only_copy():
    weight = np.ones(3)
    loss = L.NLLLoss(weight=weight)
    weight[0] = 9
    assert loss.weight is not None
    assert loss.weight[0] == 1
    assert not loss.weight.flags.writeable


@pytest.mark.parametrize("loss", [L.NLLLoss, L.CrossEntropyLoss, L.BCELoss, L.BCEWithLogitsLoss])
@pytest.mark.parametrize("weight", ["heavy", [[1.0], [1.0, 2.0]], {"a": 1}])
def test_that_a_weight_that_is_no_array_of_numbers_is_refused_when_constructed(loss, weight):
    with pytest.raises(InputError) as refused:
        loss(weight=weight)
    assert refused.value.field == "weight"


def test_that_importing_the_losses_imports_neither_scipy_nor_qt():
    program = (
        "import sys, core.losses; print([m for m in ('scipy', 'PySide6', 'torch', 'ml_dtypes') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.strip() == "[]"
