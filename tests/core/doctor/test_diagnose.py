import numpy as np
import pytest

from core.batch import Batch
from core.doctor import SEVERITIES, diagnose
from core.files import read
from core.losses import LOSSES, CrossEntropyLoss, MSELoss
from core.samples import samples

# What the doctor warns of in a sound sample, and is right: three classes of a model in mid-training win no row.
WARNED = {"ce_digits_mid": ["C25"]}
NAMED = {
    "bug_all_ignored": "C5",
    "bug_bce_exact_0_1": "B4",
    "bug_bce_logits_input": "B1",
    "bug_bcewl_minus1_labels": "B3",
    "bug_ctc_raw_logits": "T6",
    "bug_ctc_too_short": "T1",
    "bug_ctc_wrong_blank": "T20",
    "bug_fp16_naive_softmax": "N1",
    "bug_kldiv_log_target": "K2",
    "bug_mse_broadcast": "G5",
    "bug_nan_inf_logits": "G1",
    "bug_probs_to_cross_entropy": "C1",
    "bug_probs_to_kldiv": "K1",
    "bug_probs_to_nll": "C3",
    "bug_target_one_based": "C4",
    "bug_zero_weight_only_class": "C6",
}


def test_findings_come_errors_first():
    x = np.full((4, 1), np.nan)
    found = diagnose(Batch("b", MSELoss(), x, np.zeros(4)), MSELoss())
    assert [f.severity for f in found] == ["error", "warning"]


def test_a_refusal_that_no_rule_explains_is_a_finding_of_its_own():
    found = diagnose(Batch("b", MSELoss(), np.zeros(3), np.zeros(2)), MSELoss())
    assert [(f.rule, f.severity) for f in found] == [("INPUT", "error")]
    assert str(found[0].fix)


def test_a_refusal_that_a_rule_explains_is_not_said_twice():
    found = diagnose(Batch("b", CrossEntropyLoss(), 5 * np.eye(3), np.array([0, 1, 3])), CrossEntropyLoss())
    assert [f.rule for f in found] == ["C4"]


@pytest.mark.parametrize("sample", [s for s in samples() if not s.broken], ids=lambda s: s.file)
def test_a_sound_sample_has_no_error_and_no_untrue_warning(sample):
    (batch,) = read(sample.path)
    said = [f.rule for f in diagnose(batch, batch.loss) if f.severity != "hint"]
    assert said == WARNED.get(batch.name, [])


def test_that_every_broken_sample_has_a_name():
    assert NAMED.keys() == {sample.file.removesuffix(".npz") for sample in samples() if sample.broken}


@pytest.mark.parametrize(("name", "rule"), NAMED.items())
def test_a_broken_sample_is_named(name, rule):
    (sample,) = [s for s in samples() if s.file == f"{name}.npz"]
    (batch,) = read(sample.path)
    assert rule in {f.rule for f in diagnose(batch, batch.loss)}


SHAPES = [(), (0,), (1,), (3,), (3, 1), (3, 2), (0, 2), (2, 0), (4, 3, 2), (2, 3, 2, 2)]
DTYPES = [np.bool_, np.uint8, np.int64, np.float16, np.float64, np.complex64, "U1"]


@pytest.mark.parametrize("name", LOSSES)
def test_no_arrays_make_the_doctor_raise_and_findings_are_well_formed(name):
    rng = np.random.default_rng(0)
    loss = LOSSES[name]()
    said = 0
    for _ in range(1500):
        x, t = _array(rng), _array(rng)
        lengths = (_array(rng), _array(rng)) if rng.random() < 0.8 else (None, None)
        for finding in diagnose(Batch("b", loss, x, t, *lengths), loss):
            said += 1
            assert finding.severity in SEVERITIES
            assert all(str(text) for text in (finding.title, finding.message, finding.fix))
    assert said


def _array(rng):
    values = rng.choice([0, 1, 2, 3, -1, 0.5, np.nan, np.inf, -np.inf], SHAPES[rng.integers(len(SHAPES))])
    with np.errstate(invalid="ignore"):
        return np.asarray(values).astype(DTYPES[rng.integers(len(DTYPES))])
