"""L1Loss, SmoothL1Loss, MSELoss: what they assume of the noise, and what they do to outliers."""

from __future__ import annotations

from core.about.card import About, Line, Source
from core.about.notation import formula
from core.reduction import ELEMENTS
from core.text import say

_SYMBOLS = say("about", "x is the input (the prediction), y the target, d = x − y, element by element.")
_SHAPES = (
    say("about", "input: any shape; target: the same shape."),
    say("about", "Shapes that only broadcast are accepted with a warning, and that is the commonest bug here."),
)
_REALS = (say("about", "input and target: all real numbers."),)
_DIVISOR = say(
    "about",
    "“mean” divides by the number of elements, all axes together; where shapes broadcast, by those of the result.",
)
_FORECASTS = Source(
    "Gneiting (2011), Making and Evaluating Point Forecasts, J. Am. Stat. Assoc. 106", "doi:10.1198/jasa.2011.r10138"
)

L1 = About(
    name="L1Loss",
    summary=say("about", "The absolute difference: every unit of error costs the same."),
    definition=(Line(formula("ℓ = |x − y|")),),
    gradient=(Line(formula("∂ℓ/∂x = sign(x − y)")), Line(formula("∂ℓ/∂x = 0"), say("about", "where x = y"))),
    symbols=_SYMBOLS,
    shapes=_SHAPES,
    domain=_REALS,
    assumes=say(
        "about",
        "Laplace noise: |x − y| is −log of its density, up to scale and constant. The best constant is the median.",
    ),
    when=(
        say("about", "Choose it when large errors are accidents that must not rule the fit."),
        say("about", "Not when the last digits matter: the slope stays ±1 however close the prediction is."),
    ),
    traps=(
        say(
            "about",
            "Shapes (4, 1) and (4) broadcast to (4, 4): the vector 0 1 2 3 against itself gives {value} instead of 0.",
            value="1.25",
        ),
        say(
            "about",
            "A nan in the input makes the loss nan but its gradient {grad}: the optimiser sees nothing wrong.",
            grad="0",
        ),
        say(
            "about",
            "For 0 0 1 1 100 the best constant is {median}, the median; MSELoss gives {mean}, the mean.",
            median="1.0",
            mean="20.4",
        ),
    ),
    divisor=_DIVISOR,
    divisor_name=ELEMENTS,
    sources=(
        _FORECASTS,
        Source("PyTorch, L1Loss", "docs.pytorch.org/docs/stable/generated/torch.nn.L1Loss.html"),
    ),
)

SMOOTH_L1 = About(
    name="SmoothL1Loss",
    summary=say("about", "A parabola within beta of the target, a line of slope 1 outside it."),
    definition=(
        Line(formula("ℓ = ½ d^2 / β"), say("about", "where |d| < β")),
        Line(formula("ℓ = |d| − ½ β"), say("about", "elsewhere")),
    ),
    gradient=(
        Line(formula("∂ℓ/∂x = d / β"), say("about", "where |d| < β")),
        Line(formula("∂ℓ/∂x = sign(d)"), say("about", "elsewhere")),
    ),
    symbols=_SYMBOLS,
    shapes=_SHAPES,
    domain=(*_REALS, say("about", "beta: 0 or more; 0 is L1Loss.")),
    assumes=say(
        "about",
        "Noise that is Gaussian in the middle and Laplace in the tails. The best constant is a mean in which a far"
        " value pulls no harder than one at distance beta.",
    ),
    when=(
        say("about", "Choose it for regression with some outliers: smooth at the target, bounded slope far from it."),
        say("about", "Set beta to the size of an ordinary error, in the target's unit."),
    ),
    traps=(
        say(
            "about",
            "“Less sensitive to outliers than MSE” holds only while beta is small against them: for 0 0 1 1 100 the"
            " best constant is {small} with beta 1, {large} with beta 50, and {mse} under MSELoss.",
            small="0.75",
            large="13.0",
            mse="20.4",
        ),
        say(
            "about",
            "It is not Huber: Huber(δ) = δ · SmoothL1(β = δ). At d = 3 and 2 they are {smooth} and {huber}; they"
            " agree at 1 only.",
            smooth="2.0",
            huber="4.0",
        ),
        say(
            "about",
            "The textbook's |d| − 0.5 is for beta 1. At d = 3 and beta 2 it says {textbook}; right is {right}.",
            textbook="2.5",
            right="2.0",
        ),
        say("about", "At |d| = β both branches meet in value and in slope: a branch point, not a kink."),
    ),
    divisor=_DIVISOR,
    divisor_name=ELEMENTS,
    sources=(
        Source("Girshick (2015), Fast R-CNN, ICCV", "doi:10.1109/ICCV.2015.169"),
        Source(
            "Huber (1964), Robust Estimation of a Location Parameter, Ann. Math. Stat. 35",
            "doi:10.1214/aoms/1177703732",
        ),
        Source("PyTorch, SmoothL1Loss", "docs.pytorch.org/docs/stable/generated/torch.nn.SmoothL1Loss.html"),
    ),
)

MSE = About(
    name="MSELoss",
    summary=say("about", "The squared difference: twice the error costs four times as much."),
    definition=(Line(formula("ℓ = (x − y)^2")),),
    gradient=(Line(formula("∂ℓ/∂x = 2 (x − y)")),),
    symbols=_SYMBOLS,
    shapes=_SHAPES,
    domain=_REALS,
    assumes=say(
        "about",
        "Gaussian noise of one width: the square is −log of its density, up to scale and constant. The best constant is"
        " the mean.",
    ),
    when=(
        say("about", "Choose it when the mean is wanted and large errors are real."),
        say(
            "about",
            "Not for classification: at z = −10 with target 1, (σ(z) − 1)² pulls on z {times} times weaker than"
            " BCEWithLogitsLoss.",
            times="11,014",
        ),
    ),
    traps=(
        say(
            "about",
            "It is the mean of squares, without root and without ½: residuals 3 and 4 give {mse}; the root of it,"
            " RMSE, is {rmse}.",
            mse="12.5",
            rmse="3.536",
        ),
        say(
            "about",
            "One outlier rules: of residuals 1, 1 and 100 it takes {mse} % of the gradient, under SmoothL1Loss"
            " {smooth} %.",
            mse="98.0",
            smooth="33.3",
        ),
        say(
            "about",
            "Shapes (4, 1) and (4) broadcast to (4, 4): the vector 0 1 2 3 against itself gives {value} instead of 0.",
            value="2.5",
        ),
        say(
            "about",
            "In float16 a residual of {limit} squares to inf, while its gradient {grad} is still finite.",
            limit="256",
            grad="512",
        ),
    ),
    divisor=_DIVISOR,
    divisor_name=ELEMENTS,
    sources=(
        _FORECASTS,
        Source("PyTorch, MSELoss", "docs.pytorch.org/docs/stable/generated/torch.nn.MSELoss.html"),
    ),
)
