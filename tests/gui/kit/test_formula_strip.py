import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core.explain.formula import Frac, Num, Row, Script, Strip, Sym
from core.text import say
from gui.kit.formula_strip import FormulaStrip
from gui.kit.strip_layout import place

pytestmark = pytest.mark.usefixtures("styled")


def _row(*items: Sym | Num | Frac | Script | Row) -> Row:
    return Row(items)


def make_strip(x: float = 1.2) -> Strip:
    above = _row(Sym("("), Num(x, f"{x:.2f}", "input", "x"), Sym("−"), Num(0.5, "0.50", "target", "y"), Sym(")"))
    value = _row(
        Sym("ℓ"), Sym("="), Frac(above, _row(Num(1.0, "1.00", "param", "beta"))), Sym("="), Num(0.7, "0.7000", "loss")
    )
    gradient = _row(Frac(_row(Sym("∂ℓ")), _row(Sym("∂x"))), Sym("="), Num(1.0, "+1.0000", "grad"))
    return Strip(value, gradient, say("test", "far"), f"l = ({x:.2f} - 0.50) / 1.00 = 0.7000")


@pytest.fixture
def strip(qtbot: QtBot) -> FormulaStrip:
    made = FormulaStrip()
    qtbot.addWidget(made)
    made.resize(1000, 48)
    made.show_strip(make_strip())
    made.show()
    made.activateWindow()
    return made


def _point(strip: FormulaStrip, handle: str) -> QPoint:
    return dict(strip.number_rects())[handle].center().toPoint()


def _editor(strip: FormulaStrip) -> QLineEdit:
    (editor,) = [line for line in strip.findChildren(QLineEdit) if line.isVisible()]
    return editor


def test_only_numbers_with_a_handle_can_be_taken(strip: FormulaStrip) -> None:
    assert {handle for handle, _ in strip.number_rects()} == {"x", "y", "beta"}


def test_a_fraction_has_its_denominator_under_its_numerator(strip: FormulaStrip) -> None:
    rects = dict(strip.number_rects())
    assert rects["beta"].top() > rects["x"].bottom()
    assert rects["x"].left() < rects["beta"].center().x() < rects["y"].right()
    assert all(rect.top() >= 0 and rect.bottom() <= 48 for rect in rects.values())


def test_a_drag_scrubs_a_hundredth_a_pixel_under_one_key(strip: FormulaStrip) -> None:
    heard: list[tuple[str, float, str]] = []
    strip.scrubbed.connect(lambda *edit: heard.append(edit))
    released: list[bool] = []
    strip.released.connect(lambda: released.append(True))
    start = _point(strip, "x")
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=start)
    for dx in (1, 10, 20):
        QTest.mouseMove(strip, start + QPoint(dx, 0))
        strip.show_strip(make_strip(heard[-1][1] if heard else 1.2))
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=start + QPoint(20, 0))
    assert [(handle, value) for handle, value, _ in heard] == [("x", 1.3), ("x", 1.4)]
    assert len({key for *_, key in heard}) == 1
    assert released == [True]


def test_a_click_without_a_drag_edits_nothing(strip: FormulaStrip, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(strip.scrubbed), qtbot.assertNotEmitted(strip.released):
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=_point(strip, "x"))


def test_escape_during_a_drag_cancels_it(strip: FormulaStrip, qtbot: QtBot) -> None:
    start = _point(strip, "x")
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(strip, start + QPoint(30, 0))
    with qtbot.waitSignal(strip.cancelled):
        QTest.keyClick(strip, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(strip.scrubbed), qtbot.assertNotEmitted(strip.released):
        QTest.mouseMove(strip, start + QPoint(50, 0))
        QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=start)


def test_a_double_click_opens_a_field_and_enter_takes_the_number(strip: FormulaStrip, qtbot: QtBot) -> None:
    QTest.mouseDClick(strip, Qt.MouseButton.LeftButton, pos=_point(strip, "beta"))
    editor = _editor(strip)
    editor.selectAll()
    QTest.keyClicks(editor, "2.5")
    with qtbot.waitSignal(strip.typed) as heard:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert heard.args == ["beta", 2.5]
    assert not editor.isVisible()


def test_what_is_no_number_stays_in_the_field_and_escape_closes_it(strip: FormulaStrip, qtbot: QtBot) -> None:
    QTest.mouseDClick(strip, Qt.MouseButton.LeftButton, pos=_point(strip, "beta"))
    editor = _editor(strip)
    editor.selectAll()
    with qtbot.assertNotEmitted(strip.typed):
        QTest.keyClicks(editor, "two")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        assert editor.isVisible()
        assert editor.property("refused") == "true"
        QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_tab_goes_through_the_numbers_and_arrows_step_them(strip: FormulaStrip) -> None:
    heard: list[tuple[str, float, str]] = []
    strip.scrubbed.connect(lambda *edit: heard.append(edit))
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in strip.number_rects():
        QTest.keyClick(strip, Qt.Key.Key_Right)
        QTest.keyClick(strip, Qt.Key.Key_Tab)
    handles = [handle for handle, _ in strip.number_rects()]
    assert [handle for handle, *_ in heard] == handles
    assert {handle: value for handle, value, _ in heard}["x"] == 1.21


def test_shift_steps_ten_times_as_far_and_control_a_tenth(strip: FormulaStrip) -> None:
    heard: list[float] = []
    strip.scrubbed.connect(lambda _handle, value, _key: heard.append(value))
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=_point(strip, "x"))
    QTest.keyClick(strip, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(strip, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert heard == [1.3, 1.199]


def test_the_result_outlasts_the_middle_of_the_formula(strip: FormulaStrip) -> None:
    assert strip.is_whole()
    assert not place(make_strip(), 130).whole
    long = _row(
        Sym("ℓ"),
        Sym("="),
        *[item for _ in range(30) for item in (Sym("+"), Num(1.0, "1.00"))],
        Sym("="),
        Num(30.0, "30.0000", "loss"),
    )
    texts = [run.text for run in place(Strip(long, None, None, ""), 300).runs]
    assert "…" in texts
    assert texts[-1] == "30.0000"


def test_a_reason_without_a_gradient_is_a_sentence_cut_to_the_room_there_is() -> None:
    value = _row(Sym("ℓ"), Sym("="), Num(float("nan"), "nan", "loss"))
    placed = place(Strip(value, None, say("test", "why " * 200), "l = nan"), 600)
    assert placed.pill is None
    assert placed.runs[-1].text.endswith("…")
    assert placed.runs[-1].x + placed.runs[-1].width <= 600


def test_a_number_that_is_not_finite_is_in_the_color_of_errors() -> None:
    value = _row(Sym("ℓ"), Sym("="), Num(float("inf"), "inf", "loss"))
    assert place(Strip(value, None, None, ""), 600).runs[-1].role == "err"


def test_the_screen_reader_and_the_clipboard_get_the_plain_text(strip: FormulaStrip) -> None:
    assert strip.accessibleName() == make_strip().plain
    QTest.keyClick(strip, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == make_strip().plain


def test_a_sentence_takes_the_place_of_the_formula(strip: FormulaStrip) -> None:
    strip.show_sentence(say("test", "Nothing yet."))
    assert strip.number_rects() == []
    assert strip.accessibleName() == "Nothing yet."


def test_the_mouse_over_a_number_says_what_it_does(strip: FormulaStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.hinted) as heard:
        QTest.mouseMove(strip, _point(strip, "beta"))
    assert "beta" in heard.args[0]
    assert strip.cursor().shape() is Qt.CursorShape.SizeHorCursor
