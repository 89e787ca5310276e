"""What every loss is: declared parameters in, value, gradient, elements and divisor out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from core.arrays import frozen
from core.losses.dtypes import numeric
from core.params import check, specs

if TYPE_CHECKING:
    from dataclasses import Field

    from core.arrays import Array
    from core.reduction import Divisor


@dataclass(frozen=True, eq=False)
class Evaluation:
    """One pass of a loss over a batch.

    Attributes:
        value: what torch returns under this reduction: 0-d for mean, sum, batchmean; per element for none.
        grad: d(value.sum())/d(input), in the input's shape and dtype, with torch's conventions.
        elements: the unreduced loss, as reduction="none" gives it.
        divisor: value == elements.sum() / divisor.value for mean and batchmean; 1 for none and sum.
    """

    value: Array
    grad: Array
    elements: Array
    divisor: Divisor


class Loss(ABC):
    """A loss of torch.nn. Every leaf is a frozen dataclass: the constructor's arguments are its fields.

    Not a dataclass itself, for `reduction` would then be the first argument of every leaf.
    """

    family: ClassVar[str]  # "regression", "multi-class", "binary", "distribution", "sequence"
    reduction: str
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __post_init__(self) -> None:
        check(self)
        for spec in specs(type(self)):
            given = getattr(self, spec.name)
            if spec.kind == "array" and given is not None:
                object.__setattr__(self, spec.name, frozen(numeric(spec.name, given)))

    @abstractmethod
    def evaluate(self, *args: Any, **kwargs: Any) -> Evaluation:
        """The loss over a batch: `evaluate(input, target)`, or the four arguments of CTC.

        Raises:
            InputError: what torch refuses, and what would mend it.
        """

    @property
    def name(self) -> str:
        """The class's name in torch.nn."""
        return type(self).__name__
