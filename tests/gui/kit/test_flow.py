import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from gui.kit.flow import Flow


@pytest.mark.usefixtures("styled")
def test_that_a_button_that_is_shown_later_gets_its_place_and_its_width(qtbot) -> None:
    flow = Flow(8)
    qtbot.addWidget(flow)
    first, second = QPushButton("first"), QPushButton("x")
    for button in (first, second):
        flow.add(button)
    flow.resize(300, 40)
    flow.show()
    first.hide()
    second.setText("much longer words")
    QApplication.processEvents()
    assert second.x() == 0
    assert second.width() == second.sizeHint().width()
