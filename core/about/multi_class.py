"""CrossEntropyLoss, NLLLoss: one class of C, by logits or by log-probabilities."""

from __future__ import annotations

from core.about.card import About, Line, Source
from core.about.notation import formula
from core.reduction import KEPT_WEIGHTS
from core.text import say

_INDEX_SHAPES = say(
    "about", "input: (C), (N, C) or (N, C, d1, …, dK); target: class indices (), (N) or (N, d1, …, dK). C is axis 1."
)
_CATEGORICAL = say("about", "Categorical: each row is one draw from C classes, and the loss is −log of its likelihood.")
_WEIGHTS_FROM_COUNTS = say(
    "about",
    "For rare classes set weight from the training set's counts, for example n / (C · n_c); it is a factor on the"
    " target's class, weight[y].",
)
_WEIGHTED_MEAN = say(
    "about",
    "“mean” divides by the sum of weight[y] over the rows kept: losses 1 and 2.5 with weights 1 and 4 give"
    " {weighted}, not {plain}.",
    weighted="2.2",
    plain="5.5",
)
_ONE_CLASS = say(
    "about",
    "If all rows kept have one class, its weight cancels: p = 0.5 costs {value} with weight 1 and with weight 10.",
    value="0.6931",
)

CROSS_ENTROPY = About(
    name="CrossEntropyLoss",
    summary=say("about", "Softmax, then log, then NLL, in one stable step: it wants logits."),
    definition=(
        Line(formula("ℓ = −w_y (z_y − log Σ_j e^{z_j})"), say("about", "class index y")),
        Line(formula("ℓ = −Σ_c q_c log softmax(z)_c"), say("about", "in general")),
        Line(formula("q_c = w_c ((1 − ε) t_c + ε / C)"), say("about", "t: one-hot, or the target's probabilities")),
    ),
    gradient=(
        Line(formula("∂ℓ/∂z_c = p_c − t_c"), say("about", "no weights, no smoothing; p = softmax(z)")),
        Line(formula("∂ℓ/∂z_c = (Σ_j q_j) p_c − q_c"), say("about", "in general")),
    ),
    symbols=say(
        "about", "z are the logits, y the target's class, w the class weights, ε label_smoothing, C the classes."
    ),
    shapes=(
        _INDEX_SHAPES,
        say("about", "A target of the input's shape is read as class probabilities instead."),
    ),
    domain=(
        say("about", "input: any real numbers; they need not be normalised."),
        say("about", "target: 0 … C − 1 or ignore_index; as probabilities, rows that sum to 1."),
    ),
    assumes=_CATEGORICAL,
    when=(
        say("about", "Choose it for one class out of C. For several labels at once take BCEWithLogitsLoss."),
        _WEIGHTS_FROM_COUNTS,
    ),
    traps=(
        say(
            "about",
            "Read the formula from the inside: softmax first, then log, then minus the target's. A softmax before"
            " the loss makes two, and the loss cannot fall below ln(1 + (C − 1)/e): {three} for 3 classes, {ten} for"
            " 10.",
            three="0.5514",
            ten="1.4612",
        ),
        _WEIGHTED_MEAN,
        say(
            "about",
            "The same target one-hot as probabilities divides by N instead: logits 0 0 and 0 0, classes 0 and 1,"
            " weights 1 and 4 give {index} by index and {soft} by probability.",
            index="0.6931",
            soft="1.7329",
        ),
        _ONE_CLASS,
        say(
            "about",
            "label_smoothing 0.1 puts a floor under the loss, the entropy of the target: {ten} for 10 classes,"
            " {thousand} for 1,000.",
            ten="0.5003",
            thousand="1.0148",
        ),
        say(
            "about",
            "Smoothing and strong weights together can want the wrong class: with 0.1 and weights 1 1 100 the"
            " optimum for class 0 is p = ({p0}, {p1}, {p2}).",
            p0="0.217",
            p1="0.008",
            p2="0.775",
        ),
        say(
            "about",
            "Logits (4) with a float target (4) are one row of four classes, not four rows: 0.2 −1 3 0.1 against 0 1"
            " 1 0 gives {value}, without a warning.",
            value="4.2518",
        ),
    ),
    divisor=say(
        "about",
        "“mean” divides by the sum of weight[y] over the rows kept, also with label smoothing; with probability"
        " targets by the number of rows.",
    ),
    divisor_name=KEPT_WEIGHTS,
    sources=(
        Source("Good (1952), Rational Decisions, J. R. Stat. Soc. B 14", "doi:10.1111/j.2517-6161.1952.tb00104.x"),
        Source(
            "Szegedy et al. (2016), label smoothing in: Rethinking the Inception Architecture, CVPR",
            "doi:10.1109/CVPR.2016.308",
        ),
        Source("PyTorch, CrossEntropyLoss", "docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html"),
    ),
)

NLL = About(
    name="NLLLoss",
    summary=say("about", "Minus the log-probability of the target's class. It takes no logarithm itself."),
    definition=(
        Line(formula("ℓ = −w_y x_y")),
        Line(formula("ℓ = 0"), say("about", "where y = ignore_index")),
    ),
    gradient=(
        Line(formula("∂ℓ/∂x_c = −w_y"), say("about", "for c = y")),
        Line(formula("∂ℓ/∂x_c = 0"), say("about", "for every other class")),
    ),
    symbols=say("about", "x are log-probabilities (log_softmax), y the target's class, w the class weights."),
    shapes=(_INDEX_SHAPES,),
    domain=(
        say("about", "input: log-probabilities, 0 or less; nothing checks it."),
        say("about", "target: 0 … C − 1 or ignore_index, int64 or uint8."),
    ),
    assumes=_CATEGORICAL,
    when=(
        say("about", "Choose it when the model already ends in log_softmax; with logits take CrossEntropyLoss."),
        _WEIGHTS_FROM_COUNTS,
    ),
    traps=(
        say(
            "about",
            "The input is log-probabilities, not probabilities: rows (.88 .12) and (.51 .49) with classes 1 and 0 give"
            " {wrong}, negative; with their logarithm {right}.",
            wrong="−0.3150",
            right="1.3968",
        ),
        say("about", "The weight of a term is weight[y], that of the target's class, not that of the row's number."),
        _WEIGHTED_MEAN,
        _ONE_CLASS,
        say(
            "about",
            "If every target is ignore_index the mean is {value}, 0 ÷ 0, and the gradient {grad}.",
            value="nan",
            grad="0",
        ),
    ),
    divisor=say(
        "about", "“mean” divides by the sum of weight[y] over the rows kept; without weights that is their number."
    ),
    divisor_name=KEPT_WEIGHTS,
    sources=(
        Source("Good (1952), Rational Decisions, J. R. Stat. Soc. B 14", "doi:10.1111/j.2517-6161.1952.tb00104.x"),
        Source("PyTorch, NLLLoss", "docs.pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html"),
    ),
)
