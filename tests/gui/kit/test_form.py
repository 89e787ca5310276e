import math
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from core.params import Interval, param
from core.text import say
from gui.kit.field import Field
from gui.kit.form import ParamForm
from gui.kit.segment import Segment

pytestmark = pytest.mark.usefixtures("styled")

NOTHING = say("test", "")


@dataclass(frozen=True)
class Owner:
    reduction: str = param("mean", "choice", NOTHING, choices=("none", "mean", "sum"))
    beta: float = param(1.0, "number", NOTHING, interval=Interval(0), span=(0, 4))
    blank: int = param(0, "integer", NOTHING, interval=Interval(0))
    zero_infinity: bool = param(False, "switch", NOTHING)


class Listener:
    """What a form emitted, in order."""

    def __init__(self, form: ParamForm) -> None:
        self.edits: list[tuple[str, object, str]] = []
        self.events: list[str] = []
        form.edited.connect(lambda *edit: self.edits.append(edit))
        form.released.connect(lambda: self.events.append("released"))
        form.cancelled.connect(lambda: self.events.append("cancelled"))
        form.reset.connect(lambda name: self.events.append(f"reset {name}"))


@pytest.fixture
def form(qtbot: QtBot) -> ParamForm:
    made = ParamForm()
    qtbot.addWidget(made)
    made.show_extra(after=[Field("x", "number", say("test", "input x"))])
    made.show_values(Owner())
    made.show_value("x", 1.2)
    made.resize(276, 300)
    made.show()
    made.activateWindow()
    return made


def _type(form: ParamForm, name: str, text: str) -> None:
    number = form.fields.row(name).number
    assert number is not None
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, text)
    QTest.keyClick(number, Qt.Key.Key_Return)


def _number(form: ParamForm, name: str) -> str:
    number = form.fields.row(name).number
    assert number is not None
    return number.text()


def test_the_rows_come_from_the_declarations(form: ParamForm) -> None:
    assert form.fields.names() == ("reduction", "beta", "blank", "zero_infinity", "x")


def test_showing_values_emits_nothing(form: ParamForm) -> None:
    heard = Listener(form)
    form.show_values(Owner("sum", 2.0, 3, True))
    form.show_value("x", math.nan)
    assert not heard.edits
    assert _number(form, "beta") == "2.00"
    assert _number(form, "x") == "nan"


def test_a_typed_number_is_one_edit_of_its_own(form: ParamForm) -> None:
    heard = Listener(form)
    _type(form, "beta", "1e-3")
    assert heard.edits == [("beta", 0.001, "")]


@pytest.mark.parametrize(("text", "value"), [("inf", math.inf), ("-inf", -math.inf), ("-2", -2.0)])
def test_a_number_without_bounds_takes_any_float(form: ParamForm, text: str, value: float) -> None:
    heard = Listener(form)
    _type(form, "x", text)
    assert heard.edits == [("x", value, "")]


def test_an_integer_row_emits_an_int(form: ParamForm) -> None:
    heard = Listener(form)
    _type(form, "blank", "7")
    assert heard.edits == [("blank", 7, "")]
    assert type(heard.edits[0][1]) is int


def test_words_are_refused_at_the_field_and_stay(form: ParamForm) -> None:
    heard = Listener(form)
    _type(form, "beta", "much")
    row = form.fields.row("beta")
    assert not heard.edits
    assert "much" in row.reason()
    form.show_values(Owner())
    assert _number(form, "beta") == "much"


def test_escape_brings_the_number_back(form: ParamForm) -> None:
    _type(form, "beta", "much")
    row = form.fields.row("beta")
    assert row.number is not None
    QTest.keyClick(row.number, Qt.Key.Key_Escape)
    assert _number(form, "beta") == "1.00"
    assert row.reason() == ""


def test_a_value_outside_is_refused_and_the_next_one_clears_it(form: ParamForm) -> None:
    heard = Listener(form)
    _type(form, "beta", "-1")
    assert "[0, inf)" in form.fields.row("beta").reason()
    _type(form, "beta", "2")
    assert heard.edits == [("beta", 2.0, "")]
    assert form.fields.row("beta").reason() == ""


def test_a_refusal_from_outside_keeps_the_typed_text_until_the_value_changes(form: ParamForm) -> None:
    _type(form, "beta", "3")
    assert form.refuse("beta", "No.")
    form.show_values(Owner())
    assert _number(form, "beta") == "3"
    form.show_values(Owner(beta=0.5))
    assert _number(form, "beta") == "0.50"
    assert form.fields.row("beta").reason() == ""


def test_a_refusal_for_no_row_is_left_to_others(form: ParamForm) -> None:
    assert not form.refuse("weight", "No.")


def test_a_drag_of_the_slider_shares_one_merge_key(form: ParamForm) -> None:
    heard = Listener(form)
    slider = form.fields.row("beta").slider
    assert slider is not None
    y = slider.height() // 2
    for _ in range(2):
        QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(10, y))
        for x in (20, 30, 40):
            QTest.mouseMove(slider, QPoint(x, y))
        QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(40, y))
    keys = [key for _, _, key in heard.edits]
    assert len(set(keys)) == 2
    assert len(keys) > 4
    assert heard.events == ["released", "released"]
    assert all(isinstance(value, float) and 0 <= value <= 4 for _, value, _ in heard.edits)


def test_escape_during_a_drag_cancels_it(form: ParamForm) -> None:
    heard = Listener(form)
    slider = form.fields.row("beta").slider
    assert slider is not None
    slider.setFocus()
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(60, slider.height() // 2))
    QTest.keyClick(slider, Qt.Key.Key_Escape)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(60, slider.height() // 2))
    assert heard.events == ["cancelled"]


def test_arrow_keys_step_a_number(form: ParamForm) -> None:
    heard = Listener(form)
    number = form.fields.row("x").number
    assert number is not None
    QTest.keyClick(number, Qt.Key.Key_Up)
    QTest.keyClick(number, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [value for _, value, _ in heard.edits] == [1.21, 1.1]
    assert heard.events == ["released", "released"]


def test_few_choices_are_a_segment_and_many_a_list(form: ParamForm) -> None:
    assert isinstance(form.fields.row("reduction").choice, Segment)
    form.show_extra(after=[Field("target", "choice", choices=tuple("01234"))])
    assert isinstance(form.fields.row("target").choice, QComboBox)


def test_choices_and_switches_emit_what_was_chosen(form: ParamForm) -> None:
    heard = Listener(form)
    segment, switch = form.fields.row("reduction").choice, form.fields.row("zero_infinity").switch
    assert isinstance(segment, Segment)
    assert switch is not None
    QTest.mouseClick(segment, Qt.MouseButton.LeftButton, pos=segment.segment_rect(2).center().toPoint())
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert heard.edits == [("reduction", "sum", ""), ("zero_infinity", True, "")]


def test_a_changed_value_is_marked_and_its_label_resets_it(form: ParamForm) -> None:
    heard = Listener(form)
    form.show_values(Owner(beta=2.0))
    row = form.fields.row("beta")
    assert row.changed()
    assert not form.fields.row("blank").changed()
    label = row.childAt(row.rect().left() + 20, row.rect().center().y())
    QTest.mouseDClick(label, Qt.MouseButton.LeftButton)
    assert heard.events == ["reset beta"]


def test_another_class_of_owner_has_its_own_rows(form: ParamForm) -> None:
    @dataclass(frozen=True)
    class Other:
        alpha: float = param(0.5, "number", NOTHING)

    kept = form.fields.row("x")
    form.show_values(Other())
    assert form.fields.names() == ("alpha", "x")
    assert form.fields.row("x") is kept
