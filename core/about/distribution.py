"""KLDivLoss: how unlike two distributions are."""

from __future__ import annotations

from core.about.card import About, Line, Source
from core.about.notation import formula
from core.reduction import ELEMENTS
from core.text import say

KL_DIV = About(
    name="KLDivLoss",
    summary=say("about", "How unlike two distributions are: 0 where they agree, without upper bound."),
    definition=(
        Line(formula("ℓ = t (ln t − x)"), say("about", "0 where t = 0")),
        Line(formula("ℓ = e^t (t − x)"), say("about", "log_target=True: t is ln of the target")),
    ),
    gradient=(
        Line(formula("∂ℓ/∂x = −t")),
        Line(formula("∂ℓ/∂x = −e^t"), say("about", "log_target=True")),
        Line(formula("∂ℓ/∂z = softmax(z) − t"), say("about", "through x = log_softmax(z), where t sums to 1")),
    ),
    symbols=say("about", "x are log-probabilities of the model, t the target's probabilities."),
    shapes=(
        say("about", "input: any shape, usually (N, C); target: the same shape."),
        say("about", "Shapes that only broadcast are accepted without a warning."),
    ),
    domain=(
        say("about", "input: log-probabilities; nothing checks it."),
        say("about", "target: probabilities that sum to 1, or their logarithm with log_target=True."),
    ),
    assumes=say(
        "about",
        "Categorical, with a distribution as target: cross entropy is H(t) + KL, and H(t) does not depend on the"
        " model, so both have one gradient.",
    ),
    when=(
        say("about", "Choose it for soft targets: distillation, annotators who disagree, posteriors."),
        say("about", "With one class as target it is CrossEntropyLoss."),
    ),
    traps=(
        say(
            "about",
            "It measures how unlike, not how like, and it has a direction: KLDivLoss(ln q, t) is KL(t ‖ q), the"
            " target in front. For t = (.5 .5) and q = (.9 .1) it is {forward}; the other way round {backward}.",
            forward="0.5108",
            backward="0.3681",
        ),
        say(
            "about",
            "The input is log-probabilities: given the probabilities (.5 .3 .2) themselves, against the same target,"
            " the sum is {value}, negative.",
            value="−1.4097",
        ),
        say(
            "about",
            "“mean” divides by all elements, so that it is C times too small: for (.5 .5) and (.9 .1) {mean} instead of"
            " {batchmean}. Take “batchmean”.",
            mean="0.2554",
            batchmean="0.5108",
        ),
        say(
            "about",
            "Cross entropy is entropy and KL: for t = (.5 .5) and q = (.9 .1) {cross} = {entropy} + {kl}.",
            cross="1.2040",
            entropy="0.6931",
            kl="0.5108",
        ),
        say(
            "about",
            "Where the input equals ln t the gradient on it is −t, not 0; it becomes 0 only behind log_softmax.",
        ),
    ),
    divisor=say(
        "about",
        "“mean” divides by the number of elements; “batchmean” by the length of axis 0, which is the divergence of"
        " (N, C).",
    ),
    divisor_name=ELEMENTS,
    sources=(
        Source(
            "Kullback, Leibler (1951), On Information and Sufficiency, Ann. Math. Stat. 22",
            "doi:10.1214/aoms/1177729694",
        ),
        Source("Hinton et al. (2015), Distilling the Knowledge in a Neural Network", "arXiv:1503.02531"),
        Source("PyTorch, KLDivLoss", "docs.pytorch.org/docs/stable/generated/torch.nn.KLDivLoss.html"),
    ),
)
