"""From the inspector's signals to edits of the state."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QFileDialog

from core import reweighting
from core.counts import read_counts
from core.errors import InputError
from core.params import specs
from core.text import say
from core.weighting import SCHEMES
from gui import app_edits
from gui.app_edits import on_problem
from gui.edit import Edit
from gui.frame.counts_popup import CountsPopup
from gui.frame.fields import edit_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.problem import Problem
    from core.reweighting import Place
    from core.text import Text
    from core.weighting import Vector
    from gui.frame.inspector import Inspector
    from gui.runtime.store import Store
    from gui.state import AppState

MADE = tuple(scheme for scheme in SCHEMES if scheme != "custom")


@final
class InspectorEditor(QObject):
    """Signals: edited(Edit[AppState]), refused(InputError)."""

    edited = Signal(object)
    refused = Signal(object)

    def __init__(self, inspector: Inspector, store: Store) -> None:
        super().__init__(inspector)
        self._inspector = inspector
        self._store = store
        form, weights = inspector.form, inspector.weights
        form.edited.connect(self._set)
        form.reset.connect(self._reset)
        weights.scheme_chosen.connect(lambda scheme: self._choose("scheme", scheme))
        weights.beta_chosen.connect(lambda beta: self._choose("beta", beta))
        weights.normalise_chosen.connect(lambda normalise: self._choose("normalise", normalise))
        weights.value_edited.connect(self._weigh)
        weights.counts_requested.connect(self._count)

    def choose_next(self) -> None:
        """The next way of making the weights, where the loss has any."""
        if self._inspector.place is not None:
            present = self._state.problem.weighting.scheme
            place = MADE.index(present) + 1 if present in MADE else 0
            self._choose("scheme", MADE[place % len(MADE)])

    @property
    def _state(self) -> AppState:
        return self._store.state

    @property
    def _place(self) -> Place:
        place = self._inspector.place
        assert place is not None
        return place

    @property
    def _size(self) -> int:
        return reweighting.entries(self._state.problem, self._place, len(self._state.explore.classes.names))

    def _set(self, name: str, value: Any, merge_key: str) -> None:
        declared = {spec.name for spec in specs(type(self._state.problem.loss))}
        edit = app_edits.set_param(name, value, merge_key) if name in declared else edit_of(name, value, merge_key)
        self.edited.emit(edit)

    def _reset(self, name: str) -> None:
        default = {spec.name: spec.default for spec in specs(type(self._state.problem.loss))}
        if name in default:
            self.edited.emit(app_edits.set_param(name, default[name], None))

    def _choose(self, name: str, value: object) -> None:
        place, size = self._place, self._size
        key = f"weights-{name}" if name == "beta" else None
        self._emit(
            say("inspector", "Choose the weights"),
            lambda problem: reweighting.with_scheme(problem, place, size, **{name: value}),
            key,
        )

    def _weigh(self, index: int, value: float, merge_key: str) -> None:
        place, size = self._place, self._size
        self._emit(
            say("inspector", "Change a weight"),
            lambda problem: reweighting.with_value(problem, place, size, index, value),
            merge_key or None,
        )

    def _count(self, source: str) -> None:
        if source == "type":
            self._ask_for_counts()
        elif source == "file":
            self._choose_labels()
        else:
            self._take_counts(source, None)

    def _take_counts(self, source: str, counts: Vector | None) -> None:
        place, size = self._place, self._size

        def update(problem: Problem) -> Problem:
            if problem.weighting.scheme == "uniform":
                problem = replace(problem, weighting=replace(problem.weighting, scheme="balanced"))
            return reweighting.with_counts(problem, place, size, source, counts)

        self._emit(say("inspector", "Change the counts"), update, None)

    def _ask_for_counts(self) -> None:
        known = reweighting.counts(self._state.problem, self._place)
        present = "" if known is None else ", ".join(f"{count:g}" for count in known[1])
        popup = CountsPopup(self._size, present, self._inspector)
        popup.counted.connect(lambda counts: self._take_counts("typed", counts))
        popup.move(QCursor.pos())
        popup.show()

    def _choose_labels(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self._inspector, self.tr("Labels to count"), "", self.tr("Labels (*.npy *.npz *.txt *.csv)")
        )
        if name:
            self.count_file(Path(name))

    def count_file(self, path: Path) -> None:
        """Take the counts of the labels in a file."""
        try:
            counts = read_counts(path, self._size, self._state.explore.classes.names)
        except InputError as error:
            self.refused.emit(error)
        else:
            self._take_counts("file", counts)

    def _emit(self, label: Text, update: Callable[[Problem], Problem], merge_key: str | None) -> None:
        self.edited.emit(on_problem(Edit(label, update, merge_key)))
