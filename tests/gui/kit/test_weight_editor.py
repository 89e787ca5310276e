import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from core.text import say
from core.weighting import Scheme, effective_share, weights
from gui.kit.weight_editor import WeightEditor
from gui.kit.weight_model import WeightModel
from gui.kit.weight_rows import WeightRows, scale_top

pytestmark = pytest.mark.usefixtures("styled")


def make_model(scheme: Scheme = "balanced", count: int = 4) -> WeightModel:
    counts = np.arange(1, count + 1)
    values = weights(scheme, counts).values
    names = tuple(f"class {c}" for c in range(count))
    shares = effective_share(values, counts)
    source = say("test", "counts of the batch")
    return WeightModel(say("test", "Class weights"), names, values, shares, scheme, 0.999, "as defined", counts, source)


@pytest.fixture
def editor(qtbot: QtBot) -> WeightEditor:
    made = WeightEditor()
    qtbot.addWidget(made)
    made.resize(300, 560)
    made.show_model(make_model())
    made.show()
    made.activateWindow()
    return made


class Listener:
    def __init__(self, editor: WeightEditor) -> None:
        self.edits: list[tuple[int, float, str]] = []
        self.events: list[str] = []
        editor.value_edited.connect(lambda *edit: self.edits.append(edit))
        editor.released.connect(lambda: self.events.append("released"))
        editor.cancelled.connect(lambda: self.events.append("cancelled"))


def _grip(rows: WeightRows, row: int) -> QPoint:
    return QPoint(round(rows.handle_x(row)), round(rows.bar_rect(row).center().y()))


def test_the_preset_of_the_state_is_the_one_pressed(editor: WeightEditor) -> None:
    assert [key for key, pill in editor.presets.items() if pill.isChecked()] == ["balanced"]
    editor.show_model(make_model("custom"))
    assert not any(pill.isChecked() for pill in editor.presets.values())


def test_a_preset_is_asked_for_and_shown_only_by_the_state(editor: WeightEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.scheme_chosen) as heard:
        QTest.mouseClick(editor.presets["inverse"], Qt.MouseButton.LeftButton)
    assert heard.args == ["inverse"]
    assert not editor.presets["inverse"].isChecked()


def test_beta_is_there_for_effective_numbers_only(editor: WeightEditor, qtbot: QtBot) -> None:
    beta = editor.form.row("beta")
    assert not beta.isVisible()
    editor.show_model(make_model("effective"))
    assert beta.isVisible()
    assert beta.number is not None
    beta.number.selectAll()
    QTest.keyClicks(beta.number, "0.99")
    with qtbot.waitSignal(editor.beta_chosen) as heard:
        QTest.keyClick(beta.number, Qt.Key.Key_Return)
    assert heard.args == [0.99]


def test_a_drag_of_a_bar_shares_one_merge_key(editor: WeightEditor) -> None:
    heard = Listener(editor)
    start = _grip(editor.rows, 2)
    QTest.mousePress(editor.rows, Qt.MouseButton.LeftButton, pos=start)
    for dx in (5, 10, 500):
        QTest.mouseMove(editor.rows, start + QPoint(dx, 0))
    QTest.mouseRelease(editor.rows, Qt.MouseButton.LeftButton, pos=start)
    assert {row for row, *_ in heard.edits} == {2}
    assert len({key for *_, key in heard.edits}) == 1
    assert heard.edits[-1][1] == pytest.approx(scale_top(make_model()), rel=1e-2)
    assert heard.events == ["released"]


def test_the_scale_stands_still_during_a_drag(editor: WeightEditor) -> None:
    model = make_model()
    start = _grip(editor.rows, 1)
    QTest.mousePress(editor.rows, Qt.MouseButton.LeftButton, pos=start)
    tenfold = WeightModel(
        model.title, model.names, model.values * 10, model.shares, "custom", 0.9, None, None, model.source
    )
    before = editor.rows.handle_x(3)
    editor.show_model(tenfold)
    assert editor.rows.handle_x(3) > before
    QTest.mouseRelease(editor.rows, Qt.MouseButton.LeftButton, pos=start)
    assert editor.rows.handle_x(0) < editor.rows.bar_rect(0).right()


def test_escape_during_a_drag_cancels_it(editor: WeightEditor) -> None:
    heard = Listener(editor)
    editor.rows.setFocus()
    QTest.mousePress(editor.rows, Qt.MouseButton.LeftButton, pos=_grip(editor.rows, 0))
    QTest.keyClick(editor.rows, Qt.Key.Key_Escape)
    QTest.mouseRelease(editor.rows, Qt.MouseButton.LeftButton, pos=_grip(editor.rows, 0))
    assert heard.events == ["cancelled"]


def test_arrow_keys_move_the_focused_bar_by_a_hundredth(editor: WeightEditor) -> None:
    heard = Listener(editor)
    model = make_model()
    editor.rows.setFocus()
    QTest.keyClick(editor.rows, Qt.Key.Key_Down)
    QTest.keyClick(editor.rows, Qt.Key.Key_Right)
    (row, value, _), *_ = heard.edits
    assert row == 1
    assert value == pytest.approx(model.values[1] + scale_top(model) / 100, rel=5e-3)
    assert heard.events == ["released"]
    assert "class 1" in editor.rows.accessibleName()


def test_a_number_is_typed_in_its_row(editor: WeightEditor) -> None:
    heard = Listener(editor)
    editor.rows.setFocus()
    QTest.keyClick(editor.rows, Qt.Key.Key_Return)
    (line,) = editor.rows.findChildren(QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, "-3")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert not heard.edits
    line.selectAll()
    QTest.keyClicks(line, "3")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert heard.edits == [(0, 3.0, "")]


def test_the_counts_can_be_asked_for_from_each_source(editor: WeightEditor) -> None:
    heard: list[str] = []
    editor.counts_requested.connect(heard.append)
    for action in editor.counts_menu.actions():
        action.trigger()
    assert heard == ["batch", "train_counts", "file", "type"]


def test_a_thousand_classes_scroll(editor: WeightEditor) -> None:
    editor.show_model(make_model("inverse", 1000))
    QApplication.processEvents()
    assert editor.height() < 700
    editor.rows.setFocus()
    for _ in range(5):
        QTest.keyClick(editor.rows, Qt.Key.Key_PageDown)
    assert not editor.rows.visibleRegion().contains(QPoint(150, 5))
    assert editor.rows.visibleRegion().contains(_grip(editor.rows, 50))
