"""CTCLoss: a text without its timing, summed over every way to fit it."""

from __future__ import annotations

from core.about.card import About, Line, Source
from core.about.notation import formula
from core.reduction import BATCH_SIZE_AFTER_LENGTHS
from core.text import say

CTC = About(
    name="CTCLoss",
    summary=say("about", "Minus the log-probability of a text, summed over every frame-by-frame path that spells it."),
    definition=(
        Line(formula("ℓ = −ln Σ_π Π_t p_t(π_t)"), say("about", "over all paths π that collapse to the target")),
        Line(
            formula("a a ε a b b  →  a a b"),
            say("about", "to collapse: merge repeats, then drop the blank ε"),
        ),
    ),
    gradient=(
        Line(formula("∂ℓ/∂z_{t,c} = softmax(z)_{t,c} − γ_t(c)"), say("about", "on the logits")),
        Line(formula("∂ℓ/∂x_{t,c} = −γ_t(c)"), say("about", "true derivative by log-probability")),
        Line(formula("exp(x_{t,c}) − γ_t(c)"), say("about", "what PyTorch returns for it")),
    ),
    symbols=say(
        "about",
        "p_t are the class probabilities of frame t, x their logarithms, γ_t(c) the posterior share of the paths"
        " that emit c there; T frames, U labels.",
    ),
    shapes=(
        say("about", "log_probs: (T, N, C), time first, or (T, C)."),
        say("about", "targets: (N, U) padded, or all joined in one vector; input_lengths and target_lengths: (N)."),
    ),
    domain=(
        say("about", "log_probs: from log_softmax, float32 or float64; nothing checks that rows sum to 1."),
        say("about", "targets: 0 … C − 1 without the blank; PyTorch does not check them, this program does."),
    ),
    assumes=say(
        "about",
        "Categorical in each frame, frames independent given the input; the timing is unknown and summed over.",
    ),
    when=(
        say(
            "about",
            "Choose it for speech and text lines, where the order of the labels is known and their place is not.",
        ),
        say("about", "Not where labels may change order, as in translation."),
    ),
    traps=(
        say(
            "about",
            "A target fits only if T ≥ U + R, with R the neighbours that are equal: “hello88” has 7 labels and 2"
            " repeats and needs {frames} frames. With fewer the loss is inf and its gradient nan.",
            frames="9",
        ),
        say(
            "about",
            "The input is log-probabilities: 5 frames of 3 zeros for “ab” give {value}, a negative loss.",
            value="−3.555",
        ),
        say(
            "about",
            "Many paths count: two frames with p(ε) = 0.6 and p(a) = 0.4 give “a” the probability {all}, although"
            " the best path is empty.",
            all="0.64",
        ),
        say(
            "about",
            "At first the blank wins: with 28 equal classes, 50 frames and 5 labels it holds {share} of the"
            " posterior, so that the first steps raise it everywhere.",
            share="0.491",
        ),
        say(
            "about",
            "zero_infinity=True silences a text that cannot fit, but it still counts in N: with one of loss 6 and U = 3"
            " beside it the mean is {value}, not {right}.",
            value="1.0",
            right="2.0",
        ),
        say("about", "float16 is refused on the CPU: convert with .float() first."),
    ),
    divisor=say("about", "“mean” divides each loss by its target's length (1 if empty), then their sum by N."),
    divisor_name=BATCH_SIZE_AFTER_LENGTHS,
    sources=(
        Source("Graves et al. (2006), Connectionist Temporal Classification, ICML", "doi:10.1145/1143844.1143891"),
        Source("Zeyer et al. (2021), Why does CTC result in peaky behavior?", "arXiv:2105.14849"),
        Source("PyTorch, CTCLoss", "docs.pytorch.org/docs/stable/generated/torch.nn.CTCLoss.html"),
    ),
)
