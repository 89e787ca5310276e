"""BCELoss, BCEWithLogitsLoss: yes or no, element by element."""

from __future__ import annotations

from core.about.card import About, Line, Source
from core.about.notation import formula
from core.reduction import ELEMENTS
from core.text import say

_BERNOULLI = say(
    "about",
    "Bernoulli: each element is a yes or no of its own, and the loss is −log of its likelihood. The best constant"
    " is the share of yes.",
)
_COX = Source(
    "Cox (1958), The Regression Analysis of Binary Sequences, J. R. Stat. Soc. B 20",
    "doi:10.1111/j.2517-6161.1958.tb00292.x",
)
_DIVISOR = say("about", "“mean” divides by the number of elements, never by the weights.")
_DIVISOR_TRAP = say(
    "about",
    "Weights do not normalise: p = 0.5 twice with weights 1 and 3 gives {value}; a weighted mean would be {weighted}.",
    value="1.3863",
    weighted="0.6931",
)

BCE = About(
    name="BCELoss",
    summary=say("about", "Cross entropy of a yes or no, from its probability."),
    definition=(
        Line(formula("ℓ = −w (t ln x + (1 − t) ln(1 − x))")),
        Line(formula("ln x ≥ −100,  ln(1 − x) ≥ −100"), say("about", "PyTorch's clamp")),
    ),
    gradient=(Line(formula("∂ℓ/∂x = w (x − t) / max(x (1 − x), 10^{−12})")),),
    symbols=say("about", "x is the probability of yes, t the target, w the weight of the element."),
    shapes=(
        say("about", "input: any shape; target: the same shape and the same dtype."),
        say("about", "weight: what broadcasts to it; a vector of N against (N, N) is taken by column."),
    ),
    domain=(say("about", "input: probabilities in [0, 1]; target in [0, 1], soft targets too."),),
    assumes=_BERNOULLI,
    when=(
        say("about", "Choose it when probabilities are all that there is; with logits take BCEWithLogitsLoss."),
        say("about", "Several labels may be true at once: each column is a problem of its own, not one class of C."),
    ),
    traps=(
        say(
            "about",
            "It is the two-class cross entropy of (0, z), element by element: z = 1.3 with t = 0.3 gives {value}"
            " either way. It is not when there are several labels, nor in a weighted mean, whose divisor differs.",
            value="1.151008",
        ),
        say(
            "about",
            "At x = 0 with target 1 the loss is clamped to {value}, but the gradient is {grad}.",
            value="100",
            grad="−1e+12",
        ),
        say(
            "about",
            "After a sigmoid in float32 it dies at z = 17 with target 0: σ(z) rounds to 1, the loss is {value} and the"
            " gradient on z is {grad}.",
            value="100",
            grad="0",
        ),
        say(
            "about",
            "With a soft target the least loss is its entropy, not 0: {value} for t = 0.3.",
            value="0.6109",
        ),
        _DIVISOR_TRAP,
    ),
    divisor=_DIVISOR,
    divisor_name=ELEMENTS,
    sources=(_COX, Source("PyTorch, BCELoss", "docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html")),
)

BCE_WITH_LOGITS = About(
    name="BCEWithLogitsLoss",
    summary=say("about", "Sigmoid and BCELoss in one stable step: it wants logits."),
    definition=(
        Line(formula("ℓ = w ((1 − t) z + (1 + (p − 1) t) ln(1 + e^{−z}))")),
        Line(formula("ℓ = max(z, 0) − t z + ln(1 + e^{−|z|})"), say("about", "w = 1, p = 1")),
    ),
    gradient=(
        Line(formula("∂ℓ/∂z = σ(z) − t"), say("about", "w = 1, p = 1")),
        Line(formula("∂ℓ/∂z = w ((1 − t) − (1 + (p − 1) t)(1 − σ(z)))"), say("about", "in general")),
    ),
    symbols=say("about", "z is the logit, t the target, w the weight of the element, p pos_weight, σ the sigmoid."),
    shapes=(
        say("about", "input: any shape; target: the same shape, float."),
        say("about", "pos_weight broadcasts from the right: (C) for (N, C), but (C, 1, 1) for (N, C, H, W)."),
    ),
    domain=(say("about", "input: any real numbers; target in [0, 1], which nothing checks."),),
    assumes=_BERNOULLI,
    when=(
        say("about", "Choose it for yes or no, and for several labels at once."),
        say(
            "about",
            "pos_weight p multiplies the odds that are learnt: the best logit moves by ln p ({shift} for 9), as if the"
            " threshold were 1/(1 + p) = {threshold}.",
            shift="2.197",
            threshold="0.1",
        ),
    ),
    traps=(
        say(
            "about",
            "It is stable because no sigmoid rounds to 1, not because products turn into sums: at z = 17 with target"
            " 0 in float32 the loss is {value} and the gradient {grad}; sigmoid and BCELoss give {chain} and"
            " {chain_grad}.",
            value="17",
            grad="1",
            chain="100",
            chain_grad="0",
        ),
        say(
            "about",
            "σ(z) rounds to 1 from z = {f16} in float16, {f32} in float32 and {f64} in float64. The two steps are also"
            " slower.",
            f16="8.32",
            f32="16.64",
            f64="36.74",
        ),
        say(
            "about",
            "pos_weight is not weight: weight scales an element, pos_weight only the part of yes. With weight p on the"
            " positives they agree for targets 0 and 1; at z = 1, t = 0.5 and 3 they are {weight} and {pos_weight}.",
            weight="2.4398",
            pos_weight="1.1265",
        ),
        say(
            "about",
            "More weight on positives raises recall, less raises precision: usually, not always. Scores 0.9 no, 0.8"
            " yes, 0.7 yes, 0.6 no: with the threshold at 0.85 instead of 0.65 precision falls from {before} to"
            " {after}.",
            before="0.667",
            after="0",
        ),
        say("about", "Accuracy follows neither: with few positives, predicting no everywhere is accurate and useless."),
        say(
            "about",
            "Targets are not checked: t = 2 at z = 50 gives {value}, and the loss has no lower bound.",
            value="−50",
        ),
        _DIVISOR_TRAP,
    ),
    divisor=_DIVISOR,
    divisor_name=ELEMENTS,
    sources=(
        _COX,
        Source("PyTorch, BCEWithLogitsLoss", "docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html"),
    ),
)
