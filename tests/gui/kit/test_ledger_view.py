"""The ledger under a batch, as it is seen and driven."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from core.text import say
from gui.kit.ledger_figures import LedgerFigure, Other, Seal, Term
from gui.kit.ledger_view import LedgerView
from gui.kit.theme import color, set_theme

TITLE = say("batch", "Where the number comes from")
FIGURE = LedgerFigure(
    TITLE,
    (
        Term("", "Σ ℓ", "280.75", say("ledger", "each times the weight of its class")),
        Term("→", "Σ w ℓ", "675.82", say("ledger", "each times the weight of its class")),
        Term("÷", "Σ w[y]", "305.93", say("ledger", "each loss ÷ its target length first")),
        Term("=", "mean", "2.2090", say("ledger", "what PyTorch returns"), "accent"),
        Term("·", "ignored", "12", say("ledger", "rows ignored: they add nothing and are not counted")),
    ),
    (Other(say("ledger", "sum"), "675.8215"), Other(say("ledger", "without weights"), "0.9817", ticked=True)),
    Seal(say("ledger", "minus the sum"), "warn", "warn"),
)
EMPTY = LedgerFigure(TITLE, empty=say("batch", "The loss refuses this batch: there is no number to explain."))


@pytest.fixture
def page(styled, qtbot) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    for part in (QLineEdit(), LedgerView(), QLineEdit()):
        column.addWidget(part)
    qtbot.addWidget(made)
    made.resize(900, 200)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def view(page) -> LedgerView:
    found = page.findChild(LedgerView)
    found.show_ledger(FIGURE)
    return found


def chosen(view: LedgerView) -> list[int]:
    got: list[int] = []
    view.term_chosen.connect(got.append)
    return got


def middle(view: LedgerView, index: int) -> QPoint:
    return dict(view.term_rects())[index].center().toPoint()


def narrow(view: LedgerView, width: int) -> None:
    view.window().resize(width, 200)
    QApplication.processEvents()


def test_that_every_term_can_be_clicked(view) -> None:
    got = chosen(view)
    for index in range(5):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(view, index))
    assert got == [0, 1, 2, 3, 4]


def test_that_a_click_between_terms_chooses_nothing(view) -> None:
    got = chosen(view)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(450, 95))
    assert got == []


def test_that_tab_goes_through_the_terms_and_on(view) -> None:
    before, after = view.window().findChildren(QLineEdit)
    got = chosen(view)
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    for _ in range(5):
        QTest.keyClick(view, Qt.Key.Key_Return)
        QTest.keyClick(view, Qt.Key.Key_Tab)
    assert got == [0, 1, 2, 3, 4]
    assert QApplication.focusWidget() is after


def test_that_arrows_go_through_the_terms_and_stop_at_the_ends(view) -> None:
    got = chosen(view)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert got == [0, 1]


def test_that_terms_follow_each_other_without_touching(view) -> None:
    rects = [rect for _, rect in view.term_rects()]
    assert all(left.right() < right.left() for left, right in pairwise(rects))
    assert rects[-1].right() <= view.width()


def test_that_notes_give_way_before_the_calculation_and_the_result_stays(view) -> None:
    assert view.is_whole()
    narrow(view, 580)
    assert [index for index, _ in view.term_rects()] == [0, 1, 2, 3]
    narrow(view, 400)
    shown = [index for index, _ in view.term_rects()]
    assert shown[-1] == 3
    assert 0 not in shown
    assert not view.is_whole()


def test_that_what_is_left_out_is_still_spoken(view) -> None:
    narrow(view, 400)
    words = view.accessibleName()
    assert "ignored = 12" in words
    assert "without weights: 0.9817" in words
    assert "÷ Σ w[y] = 305.93" in words


def test_that_the_focused_term_is_described(view) -> None:
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.accessibleDescription().startswith("→ Σ w ℓ = 675.82")


def test_that_all_of_it_can_be_copied(view) -> None:
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == view.plain()
    assert view.plain().splitlines()[4] == "= mean = 2.2090: what PyTorch returns"


def test_that_a_hint_comes_and_goes_with_the_mouse(view, mouse) -> None:
    got: list[str] = []
    view.hinted.connect(got.append)
    mouse(view, "move", QPointF(middle(view, 0)))
    mouse(view, "move", QPointF(450, 100))
    assert [bool(words) for words in got] == [True, False]


def test_that_a_refused_batch_says_so(view) -> None:
    view.show_ledger(EMPTY)
    assert view.term_rects() == ()
    assert "refuses" in view.accessibleName()
    view.grab()


def test_that_the_result_has_the_colour_of_a_loss_in_both_themes(view) -> None:
    for name in ("light", "dark"):
        set_theme(name)
        picture = view.grab(dict(view.term_rects())[3].toRect()).toImage()
        hues = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
        assert color("accent").name() in hues
