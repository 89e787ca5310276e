"""The sample batches that ship with the program: what each is, and what it teaches."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import final

from core.text import Text, say

SAMPLES_DIR = Path(__file__).resolve().parent.parent / "resources" / "samples"


@final
@dataclass(frozen=True, slots=True)
class Sample:
    """A card of the gallery. `broken` batches hold a mistake that the doctor can find."""

    file: str
    loss: str
    title: Text
    teaches: Text
    broken: bool = False

    @property
    def path(self) -> Path:
        """Where the file is, in a checkout as in an install."""
        return SAMPLES_DIR / self.file

    @property
    def family(self) -> str:
        """That of its loss."""
        from core.losses import LOSSES

        return LOSSES[self.loss].family


def samples() -> tuple[Sample, ...]:
    """All of them, sound ones before broken ones; no file is opened."""
    return _CATALOGUE


_CATALOGUE = (
    Sample(
        "reg_diabetes.npz",
        "SmoothL1Loss",
        say("samples", "Diabetes progression"),
        say("samples", "442 real predictions: how beta decides which residuals still pull harder."),
    ),
    Sample(
        "reg_diabetes_outliers.npz",
        "L1Loss",
        say("samples", "Diabetes with outliers"),
        say("samples", "Eleven planted outliers: they rule the squared error and hardly move L1."),
    ),
    Sample(
        "mse_digits_pca.npz",
        "MSELoss",
        say("samples", "Digits, reconstructed"),
        say("samples", "Images of shape (N, 1, 8, 8): the mean divides by every pixel, not by the batch."),
    ),
    Sample(
        "ce_digits_mid.npz",
        "CrossEntropyLoss",
        say("samples", "Digits, half trained"),
        say("samples", "Classes 5 to 9 are a sixth of the rows and two fifths of the loss; eleven labels are wrong."),
    ),
    Sample(
        "ce_digits_overfit.npz",
        "CrossEntropyLoss",
        say("samples", "Digits, overfitted"),
        say("samples", "A model too sure of itself: the ten worst rows hold most of the loss, nine are mislabelled."),
    ),
    Sample(
        "ce_dense_flower.npz",
        "CrossEntropyLoss",
        say("samples", "Flower, pixel by pixel"),
        say("samples", "Segmentation: a target for each pixel, and border pixels that ignore_index=255 leaves out."),
    ),
    Sample(
        "wine_soft_ce.npz",
        "CrossEntropyLoss",
        say("samples", "Wine, soft targets"),
        say("samples", "Three classes with probabilities as targets: every row is a point of the simplex."),
    ),
    Sample(
        "wine_nll.npz",
        "NLLLoss",
        say("samples", "Wine, log-probabilities"),
        say("samples", "NLLLoss takes log-probabilities: CrossEntropyLoss without its softmax."),
    ),
    Sample(
        "bce_breast_cancer.npz",
        "BCELoss",
        say("samples", "Tumours, probabilities"),
        say("samples", "Probabilities with a weight for each sample, which the mean does not divide by."),
    ),
    Sample(
        "bcewl_breast_cancer.npz",
        "BCEWithLogitsLoss",
        say("samples", "Tumours, ten to one"),
        say("samples", "Few positives: pos_weight trades missed tumours against false alarms."),
    ),
    Sample(
        "bcewl_digit_attributes.npz",
        "BCEWithLogitsLoss",
        say("samples", "Digit attributes"),
        say("samples", "Four yes-or-no questions a digit, with a pos_weight for each column."),
    ),
    Sample(
        "wine_kldiv.npz",
        "KLDivLoss",
        say("samples", "Wine, teacher and student"),
        say("samples", "Distance from a teacher's distribution: mean is three times smaller than batchmean."),
    ),
    Sample(
        "wine_kldiv_logtarget.npz",
        "KLDivLoss",
        say("samples", "Wine, teacher in logs"),
        say("samples", "The same distance with the teacher given as log-probabilities: log_target=True."),
    ),
    Sample(
        "ctc_balloon_reduced.npz",
        "CTCLoss",
        say("samples", "The word balloon"),
        say("samples", "Double letters need a blank between them: see it in the lattice."),
    ),
    Sample(
        "ctc_balloon_full.npz",
        "CTCLoss",
        say("samples", "The word balloon, 6625 classes"),
        say("samples", "A whole vocabulary of characters: loss and alignment are those of the small version."),
    ),
    Sample(
        "ctc_digits_100200_reduced.npz",
        "CTCLoss",
        say("samples", "The number 100200"),
        say("samples", "Two pairs of equal digits, read right: how narrow the path is."),
    ),
    Sample(
        "ctc_captcha_hello88.npz",
        "CTCLoss",
        say("samples", "Captcha hello88"),
        say("samples", "The model reads helo88: it gives the blank between the two l too little."),
    ),
    Sample(
        "ctc_noisy_misread_reduced.npz",
        "CTCLoss",
        say("samples", "A noisy line"),
        say("samples", "Blur and noise: six wrong characters, and which frames pay for them."),
    ),
    Sample(
        "ctc_rotated_reduced.npz",
        "CTCLoss",
        say("samples", "A slanted line"),
        say("samples", "Few frames for many characters: one is lost, and the loss shows where."),
    ),
    Sample(
        "ctc_long_line_reduced.npz",
        "CTCLoss",
        say("samples", "A long line"),
        say("samples", "78 characters over 165 frames: a long alignment in one picture."),
    ),
    Sample(
        "ctc_zh_cross_entropy_reduced.npz",
        "CTCLoss",
        say("samples", "A line of Chinese"),
        say("samples", "Seven Chinese characters, read right: labels of any script."),
    ),
    Sample(
        "ctc_speech_arctic.npz",
        "CTCLoss",
        say("samples", "Recorded speech"),
        say("samples", "Phones over 201 frames of speech, with the blank as the last class."),
    ),
    Sample(
        "ctc_batch_padded.npz",
        "CTCLoss",
        say("samples", "Four lines, padded"),
        say("samples", "Different lengths in one batch: one misread line rules the mean."),
    ),
    Sample(
        "ctc_batch_concat.npz",
        "CTCLoss",
        say("samples", "Three lines, targets in a row"),
        say("samples", "Targets of all sequences in one 1-D array, cut by target_lengths."),
    ),
    Sample(
        "bug_probs_to_cross_entropy.npz",
        "CrossEntropyLoss",
        say("samples", "Digits, softmax twice"),
        say("samples", "Probabilities passed as logits: no loss can fall below 1.46."),
        broken=True,
    ),
    Sample(
        "bug_target_one_based.npz",
        "CrossEntropyLoss",
        say("samples", "Digits, labels from 1"),
        say("samples", "Labels 1 to 10 for classes 0 to 9: the last is refused, the others are wrong."),
        broken=True,
    ),
    Sample(
        "bug_all_ignored.npz",
        "CrossEntropyLoss",
        say("samples", "Digits, all ignored"),
        say("samples", "No kept target: the mean is 0/0, yet the gradient is 0."),
        broken=True,
    ),
    Sample(
        "bug_zero_weight_only_class.npz",
        "CrossEntropyLoss",
        say("samples", "Digits, weight 0"),
        say("samples", "The only class present has weight 0: the weighted mean is 0/0."),
        broken=True,
    ),
    Sample(
        "bug_nan_inf_logits.npz",
        "CrossEntropyLoss",
        say("samples", "Digits, nan and inf"),
        say("samples", "Six ways in which logits spoil a batch, and one -inf that does no harm."),
        broken=True,
    ),
    Sample(
        "bug_fp16_naive_softmax.npz",
        "CrossEntropyLoss",
        say("samples", "Digits in float16"),
        say("samples", "exp overflows float16 from 11.09 on: log-sum-exp is right where a naive softmax is nan."),
        broken=True,
    ),
    Sample(
        "bug_probs_to_nll.npz",
        "NLLLoss",
        say("samples", "Wine, no logarithm"),
        say("samples", "Probabilities passed to NLLLoss: the loss is negative and means nothing."),
        broken=True,
    ),
    Sample(
        "bug_bce_logits_input.npz",
        "BCELoss",
        say("samples", "Tumours, no sigmoid"),
        say("samples", "Logits passed to BCELoss, which takes probabilities and refuses them."),
        broken=True,
    ),
    Sample(
        "bug_bce_exact_0_1.npz",
        "BCELoss",
        say("samples", "Tumours, thresholded"),
        say("samples", "Probabilities of exactly 0 and 1: each wrong one costs 100, its gradient is 1e12."),
        broken=True,
    ),
    Sample(
        "bug_bcewl_minus1_labels.npz",
        "BCEWithLogitsLoss",
        say("samples", "Tumours, labels -1 and 1"),
        say("samples", "Targets outside [0, 1]: the loss falls without bound and training looks fine."),
        broken=True,
    ),
    Sample(
        "bug_probs_to_kldiv.npz",
        "KLDivLoss",
        say("samples", "Wine, no log in the input"),
        say("samples", "Probabilities where log-probabilities belong: a divergence below zero."),
        broken=True,
    ),
    Sample(
        "bug_kldiv_log_target.npz",
        "KLDivLoss",
        say("samples", "Wine, log_target forgotten"),
        say("samples", "A target in logs read as probabilities: the logarithm of negative numbers is nan."),
        broken=True,
    ),
    Sample(
        "bug_mse_broadcast.npz",
        "MSELoss",
        say("samples", "Diabetes, shapes that broadcast"),
        say("samples", "(60, 1) against (60,): 3600 pairs are compared and the loss only looks like one."),
        broken=True,
    ),
    Sample(
        "bug_ctc_too_short.npz",
        "CTCLoss",
        say("samples", "Balloon in eight frames"),
        say("samples", "Seven letters and two repeats need nine frames: the loss is infinite."),
        broken=True,
    ),
    Sample(
        "bug_ctc_raw_logits.npz",
        "CTCLoss",
        say("samples", "A line, no log-softmax"),
        say("samples", "Raw logits passed to CTCLoss: frames do not sum to 1 and the loss is negative."),
        broken=True,
    ),
    Sample(
        "bug_ctc_wrong_blank.npz",
        "CTCLoss",
        say("samples", "Four lines, wrong blank"),
        say("samples", "blank is the last class for a model whose blank is 0: a huge loss for a right reading."),
        broken=True,
    ),
)
