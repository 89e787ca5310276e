"""Every rule with a batch that fires it and a near miss that does not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from core.batch import Batch
from core.doctor import RULES, SEVERITIES, diagnose
from core.losses import (
    BCELoss,
    BCEWithLogitsLoss,
    CrossEntropyLoss,
    CTCLoss,
    KLDivLoss,
    L1Loss,
    MSELoss,
    NLLLoss,
    SmoothL1Loss,
)

RNG = np.random.default_rng(0)
N, C = 60, 4
LOGITS = RNG.normal(size=(N, C)) * 2
LABELS = np.arange(N) % C
RIGHT = LOGITS + 6 * np.eye(C)[LABELS]


def softmax(z):
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def log_softmax(z):
    return np.log(softmax(z))


def put(array, place, value):
    changed = np.array(array, copy=True)
    changed[place] = value
    return changed


@dataclass(frozen=True)
class Given:
    """A batch in short."""

    loss: Any
    x: Any
    t: Any = None
    more: dict[str, Any] = field(default_factory=dict)

    def found(self):
        arrays = [np.asarray(self.x), None if self.t is None else np.asarray(self.t)]
        batch = Batch("b", self.loss, *arrays, **self.more)
        return {finding.rule: finding for finding in diagnose(batch, self.loss)}


def ctc(x, y, frames=None, labels=None, **loss):
    """A CTC batch of N sequences; all frames and labels are read unless told otherwise."""
    x, y = np.asarray(x), np.asarray(y)
    count = x.shape[1] if x.ndim == 3 else 1
    lengths = {
        "input_lengths": np.asarray([len(x)] * count if frames is None else frames),
        "target_lengths": np.asarray([y.shape[-1]] * count if labels is None else labels),
    }
    return Given(CTCLoss(**loss), x, y, lengths)


def emissions(T=12, count=2, classes=5, path=None, sure=6.0):
    """Log-probabilities that follow `path` (a class a frame), else noise."""
    z = np.random.default_rng(1).normal(size=(T, count, classes))
    if path is not None:
        z[np.arange(T), :, np.asarray(path)] += sure
    return log_softmax(z)


WORD = [[1, 2, 3], [2, 3, 1]]
SPIKY = [0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 0]
PROBS = softmax(LOGITS)
LOGS = log_softmax(LOGITS)
TEACHER = softmax(RNG.normal(size=(N, C)))
SPREAD = np.linspace(-3, 3, N)
HALVES = (np.arange(N) % 2).astype(float)
SIGMOID = 1 / (1 + np.exp(-SPREAD))
CE = CrossEntropyLoss

# id: (what fires it, what nearly does)
CASES: dict[str, tuple[Given, Given]] = {
    "G1": (Given(MSELoss(), [1.0, np.nan], [1.0, 2.0]), Given(MSELoss(), [1.0, 1e300], [1.0, 2.0])),
    "G2": (
        Given(MSELoss(), [1.0, np.nan], [1.0, 2.0], {"extras": {"mask": np.array([1, 0])}}),
        Given(MSELoss(), [1.0, np.nan], [1.0, 2.0], {"extras": {"mask": np.array([0, 1])}}),
    ),
    "G3": (
        Given(CE(), LOGITS, np.full(len(LOGITS), -100)),
        Given(CE(), put(LOGITS, (3, 1), np.nan), LABELS),
    ),
    "G4": (Given(MSELoss(), np.zeros(0), np.zeros(0)), Given(MSELoss(reduction="sum"), np.zeros(0), np.zeros(0))),
    "G5": (Given(MSELoss(), np.zeros((3, 1)), np.zeros(3)), Given(MSELoss(), np.zeros((3, 1)), np.zeros((3, 1)))),
    "G6": (Given(CE(reduction="sum"), LOGITS, LABELS), Given(CE(), LOGITS, LABELS)),
    "G8": (
        Given(L1Loss(), np.full(100, 1000, np.float16), np.zeros(100, np.float16)),
        Given(L1Loss(), np.full(60, 1000, np.float16), np.zeros(60, np.float16)),
    ),
    "G9": (
        Given(CE(), (30 * np.eye(C)[LABELS]).astype(np.float16), LABELS),
        Given(CE(), (3 * np.eye(C)[LABELS]).astype(np.float16), LABELS),
    ),
    "G10": (Given(CE(), 0.01 * LOGITS, LABELS), Given(CE(), LOGITS, LABELS)),
    "N1": (Given(CE(), put(LOGITS, (3, 1), 800.0), LABELS), Given(CE(), put(LOGITS, (3, 1), 700.0), LABELS)),
    "R1": (
        Given(MSELoss(), np.array([256.0, 0.0], np.float16), np.zeros(2, np.float16)),
        Given(MSELoss(), np.array([255.0, 0.0], np.float16), np.zeros(2, np.float16)),
    ),
    "R2": (Given(MSELoss(), put(SPREAD, 5, 40.0), 0 * SPREAD), Given(MSELoss(), SPREAD, 0 * SPREAD)),
    "R3": (Given(SmoothL1Loss(), SPREAD / 4, 0 * SPREAD), Given(SmoothL1Loss(), SPREAD, 0 * SPREAD)),
    "R4": (Given(SmoothL1Loss(), SPREAD + 9, 0 * SPREAD), Given(SmoothL1Loss(), SPREAD, 0 * SPREAD)),
    "R5": (Given(SmoothL1Loss(beta=0.0), SPREAD, 0 * SPREAD), Given(SmoothL1Loss(beta=0.1), SPREAD, 0 * SPREAD)),
    "R6": (Given(SmoothL1Loss(beta=2.0), SPREAD, 0 * SPREAD), Given(SmoothL1Loss(), SPREAD, 0 * SPREAD)),
    "R7": (Given(L1Loss(), put(SPREAD, slice(20), 0.0), 0 * SPREAD), Given(L1Loss(), SPREAD, 0 * SPREAD)),
    "R9": (Given(MSELoss(), np.arange(3), np.arange(3)), Given(MSELoss(), np.arange(3), np.arange(3.0))),
    "R10": (Given(L1Loss(), put(SPREAD, 5, 200.0), 0 * SPREAD), Given(L1Loss(), put(SPREAD, 5, 20.0), 0 * SPREAD)),
    "C1": (Given(CE(), PROBS, LABELS), Given(CE(), LOGS, LABELS)),
    "C2": (Given(CE(), LOGS, LABELS), Given(CE(), LOGITS, LABELS)),
    "C3": (Given(NLLLoss(), PROBS, LABELS), Given(NLLLoss(), LOGS, LABELS)),
    "C4": (Given(CE(), LOGITS, put(LABELS, 2, C)), Given(CE(ignore_index=C), LOGITS, put(LABELS, 2, C))),
    "C5": (Given(CE(), LOGITS, np.full(N, -100)), Given(CE(), LOGITS, put(np.full(N, -100), 0, 1))),
    "C6": (
        Given(CE(weight=np.array([0.0, 1, 1, 1])), LOGITS, 0 * LABELS),
        Given(CE(weight=np.array([0.0, 1, 1, 1])), LOGITS, LABELS),
    ),
    "C7": (
        Given(CE(weight=np.array([2.0, 1, 1, 1])), LOGITS, 0 * LABELS),
        Given(CE(weight=np.array([2.0, 1, 1, 1])), LOGITS, LABELS),
    ),
    "C8": (
        Given(CE(weight=np.array([9.0, 1, 1, 1])), LOGITS, LABELS),
        Given(CE(weight=np.array([9.0, 1, 1, 1]), reduction="sum"), LOGITS, LABELS),
    ),
    "C9": (
        Given(CE(weight=np.array([9.0, 1, 1, 1])), LOGITS, np.eye(C)[LABELS]),
        Given(CE(weight=np.array([9.0, 1, 1, 1])), LOGITS, TEACHER),
    ),
    "C10": (
        Given(CE(weight=np.array([100.0, 1, 1, 1]), label_smoothing=0.2), LOGITS, LABELS),
        Given(CE(weight=np.array([9.0, 1, 1, 1]), label_smoothing=0.2), LOGITS, LABELS),
    ),
    "C11": (Given(CE(label_smoothing=0.1), LOGITS, LABELS), Given(CE(), LOGITS, LABELS)),
    "C12": (Given(CE(), LOGITS, TEACHER * 0.9), Given(CE(), LOGITS, TEACHER)),
    "C13": (Given(CE(), LOGITS[0], TEACHER[0]), Given(CE(), LOGITS[:1], TEACHER[:1])),
    "C14": (Given(CE(), np.ones((3, 1)), np.zeros(3, int)), Given(CE(), np.ones((3, 2)), np.zeros(3, int))),
    "C15": (
        Given(CE(), np.zeros((2, 5, C)), np.zeros((2, 5), int)),
        Given(CE(), np.zeros((2, C, 5)), np.zeros((2, 5), int)),
    ),
    "C16": (Given(CE(), LOGITS, np.eye(C, dtype=int)[LABELS]), Given(CE(), LOGITS, np.eye(C)[LABELS])),
    "C17": (Given(CE(), put(LOGITS, (0, 0), -np.inf), LABELS), Given(CE(), put(LOGITS, (0, 1), -np.inf), LABELS)),
    "C18": (
        Given(CE(), put(LOGITS, (3, 1), np.nan), put(LABELS, 3, -100)),
        Given(CE(), put(LOGITS, (3, 1), -np.inf), put(LABELS, 3, -100)),
    ),
    "C19": (
        Given(CE(), (20 * np.eye(C)[LABELS]).astype(np.float32), LABELS),
        Given(CE(), 20 * np.eye(C)[LABELS], LABELS),
    ),
    "C20": (
        Given(CE(), LOGITS, put(put(0 * LABELS, 0, 1), slice(1, 3), 2)),
        Given(CE(weight=np.array([0.02, 1, 1, 1])), LOGITS, put(put(0 * LABELS, 0, 1), slice(1, 3), 2)),
    ),
    "C21": (Given(CE(ignore_index=2), LOGITS, LABELS), Given(CE(ignore_index=2), LOGITS, LABELS % 2)),
    "C22": (Given(CE(label_smoothing=-0.1), LOGITS, LABELS), Given(CE(), LOGITS, LABELS)),
    "C23": (
        Given(CE(weight=np.array([-1.0, 1, 1, 1])), LOGITS, LABELS),
        Given(CE(weight=np.array([0.0, 1, 1, 1])), LOGITS, LABELS),
    ),
    "C24": (Given(CE(), put(RIGHT, 4, [0, 0, 9, 0]), LABELS), Given(CE(), put(RIGHT, 4, [0, 0, 2, 0]), LABELS)),
    "C25": (
        Given(CE(), put(RIGHT, (slice(None), 3), -9.0), LABELS),
        Given(CE(), RIGHT, LABELS),
    ),
    "B1": (Given(BCELoss(), SPREAD, HALVES), Given(BCELoss(), SIGMOID, HALVES)),
    "B2": (Given(BCEWithLogitsLoss(), SIGMOID, HALVES), Given(BCEWithLogitsLoss(), SPREAD, HALVES)),
    "B3": (Given(BCELoss(), SIGMOID, 2 * HALVES - 1), Given(BCELoss(), SIGMOID, HALVES)),
    "B4": (Given(BCELoss(), [1.0, 0.5], [0.0, 1.0]), Given(BCELoss(), [1.0, 0.5], [1.0, 1.0])),
    "B5": (Given(BCELoss(), [1e-13, 0.5], [1.0, 1.0]), Given(BCELoss(), [1e-13, 0.5], [0.0, 1.0])),
    "B6": (Given(BCELoss(), SIGMOID, SIGMOID), Given(BCELoss(), SIGMOID, HALVES)),
    "B7": (
        Given(BCEWithLogitsLoss(pos_weight=np.array([1.0, 2.0])), np.eye(2), np.eye(2)),
        Given(BCEWithLogitsLoss(pos_weight=np.array([1.0, 2.0])), np.ones((3, 2)), np.ones((3, 2))),
    ),
    "B8": (
        Given(BCEWithLogitsLoss(pos_weight=np.ones(5)), np.ones((3, 4)), np.ones((3, 4))),
        Given(BCEWithLogitsLoss(pos_weight=np.ones(4)), np.ones((3, 4)), np.ones((3, 4))),
    ),
    "B9": (
        Given(BCEWithLogitsLoss(pos_weight=np.array(np.inf)), SPREAD, HALVES),
        Given(BCEWithLogitsLoss(pos_weight=np.array(1e6)), SPREAD, HALVES),
    ),
    "B10": (
        Given(BCEWithLogitsLoss(pos_weight=np.array(20.0)), SPREAD, HALVES),
        Given(BCEWithLogitsLoss(pos_weight=np.array(2.0)), SPREAD, HALVES),
    ),
    "B11": (
        Given(BCEWithLogitsLoss(pos_weight=np.array(5.0)), SPREAD, HALVES),
        Given(BCEWithLogitsLoss(pos_weight=np.array(5.0), reduction="sum"), SPREAD, HALVES),
    ),
    "B12": (
        Given(BCELoss(weight=np.array([1.0, 2.0])), np.full((2, 2), 0.5), np.eye(2)),
        Given(BCELoss(weight=np.array([1.0, 2.0])), np.full((3, 2), 0.5), np.ones((3, 2))),
    ),
    "B13": (
        Given(BCEWithLogitsLoss(), put(SPREAD, 0, -np.inf), HALVES),
        Given(BCEWithLogitsLoss(), put(SPREAD, 0, -1e4), HALVES),
    ),
    "B14": (Given(BCELoss(), SIGMOID, HALVES.astype(int)), Given(BCELoss(), SIGMOID, HALVES)),
    "B15": (
        Given(BCEWithLogitsLoss(), 0.05 * SPREAD, HALVES),
        Given(BCEWithLogitsLoss(), 3 * (2 * HALVES - 1), HALVES),
    ),
    "K1": (Given(KLDivLoss(reduction="batchmean"), PROBS, TEACHER), Given(KLDivLoss(), LOGS, TEACHER)),
    "K2": (Given(KLDivLoss(), LOGS, np.log(TEACHER)), Given(KLDivLoss(log_target=True), LOGS, np.log(TEACHER))),
    "K3": (Given(KLDivLoss(log_target=True), LOGS, TEACHER), Given(KLDivLoss(), LOGS, TEACHER)),
    "K4": (Given(KLDivLoss(), LOGS, 0.8 * TEACHER), Given(KLDivLoss(), LOGS, TEACHER)),
    "K5": (Given(KLDivLoss(), LOGS, TEACHER), Given(KLDivLoss(reduction="batchmean"), LOGS, TEACHER)),
    "K6": (
        Given(KLDivLoss(reduction="batchmean"), log_softmax(np.zeros((2, 3, C))), np.full((2, 3, C), 1 / C)),
        Given(KLDivLoss(reduction="batchmean"), LOGS, TEACHER),
    ),
    "K7": (Given(KLDivLoss(), LOGS, np.eye(C)[LABELS]), Given(KLDivLoss(), LOGS, TEACHER)),
    "K8": (
        Given(KLDivLoss(), put(LOGS, (0, 1), -np.inf), TEACHER),
        Given(KLDivLoss(), put(LOGS, (0, 1), -1e4), TEACHER),
    ),
    "K11": (
        Given(KLDivLoss(reduction="batchmean"), np.float32([[-0.6931472, -0.6931471]]), np.float32([[0.5, 0.5]])),
        Given(KLDivLoss(reduction="batchmean"), LOGS, TEACHER),
    ),
    "T1": (ctc(emissions(T=3), [[1, 1, 2], [1, 2, 3]]), ctc(emissions(T=4), [[1, 1, 2], [1, 2, 3]])),
    "T2": (ctc(emissions(T=4), [[1, 1, 2], [1, 2, 3]]), ctc(emissions(T=12), WORD)),
    "T3": (
        ctc(emissions(T=3), [[1, 1, 2], [1, 2, 3]], zero_infinity=True),
        ctc(emissions(T=4), [[1, 1, 2], [1, 2, 3]], zero_infinity=True),
    ),
    "T4": (ctc(emissions(), [[1, 0, 3], [2, 3, 1]]), ctc(emissions(), [[1, 0, 3], [2, 3, 1]], blank=4)),
    "T5": (ctc(emissions(), [[1, 5, 3], [2, 3, 1]]), ctc(emissions(), [[1, 4, 3], [2, 3, 1]])),
    "T6": (ctc(2 * emissions(), WORD), ctc(emissions(), WORD)),
    "T7": (ctc(np.exp(emissions()), WORD), ctc(emissions(), WORD)),
    "T8": (
        ctc(emissions(T=3, count=12), [[1, 2], [2, 1], [1, 3]], frames=[12] * 3, labels=[2] * 3),
        ctc(emissions(T=12, count=3), [[1, 2], [2, 1], [1, 3]]),
    ),
    "T9": (ctc(emissions(), WORD, frames=[12, 13]), ctc(emissions(), WORD, frames=[12, 11])),
    "T10": (
        ctc(put(emissions(path=SPIKY), (0, 0, 4), -np.inf), WORD),
        ctc(put(emissions(path=SPIKY), (0, 0, 4), -1e4), WORD),
    ),
    "T11": (ctc(emissions(path=[0] * 12), WORD), ctc(emissions(path=SPIKY), WORD)),
    "T12": (ctc(emissions(T=40, path=[0] * 40, sure=2.2), WORD), ctc(emissions(path=SPIKY), [[1, 2, 3], [1, 2, 3]])),
    "T12b": (ctc(emissions(path=[4] * 12), WORD), ctc(emissions(path=SPIKY), [[1, 2, 3], [1, 2, 3]])),
    "T14": (ctc(emissions(), WORD, labels=[3, 0]), ctc(emissions(), WORD, labels=[3, 1])),
    "T16": (
        ctc(emissions(T=1001).astype(np.float32), WORD),
        ctc(emissions(T=1000).astype(np.float32), WORD),
    ),
    "T17": (ctc(emissions(), [[1, 2, -1], [2, 3, 1]]), ctc(emissions(), [[1, 2, -1], [2, 3, 1]], labels=[2, 3])),
    "T18": (ctc(emissions(), [[1, 1, 2], [2, 3, 1]]), ctc(emissions(), WORD)),
    "T19": (ctc(emissions().astype(np.float16), WORD), ctc(emissions().astype(np.float32), WORD)),
    "T20": (ctc(emissions(path=SPIKY), WORD, blank=4), ctc(emissions(path=SPIKY), WORD)),
}


def test_that_every_rule_has_a_case() -> None:
    assert CASES.keys() == RULES.keys()


@pytest.mark.parametrize("name", CASES)
def test_that_a_rule_fires_and_its_near_miss_does_not(name: str) -> None:
    fires, near = CASES[name]
    found, missed = fires.found(), near.found()
    assert name in found
    assert name not in missed
    finding = found[name]
    assert finding.severity in SEVERITIES
    assert str(finding.title)
    assert str(finding.message) != str(finding.title)
    assert str(finding.fix)
    assert finding.evidence
