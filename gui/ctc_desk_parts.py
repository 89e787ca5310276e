"""The widgets of the CTC page, and where they stand."""

from __future__ import annotations

from typing import final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.kit.banner import Banner
from gui.kit.busy_line import BusyLine
from gui.workspaces.ctc.bar_view import DeskBar
from gui.workspaces.ctc.brush_view import Brush
from gui.workspaces.ctc.collapse_view import FOOT, CollapseView
from gui.workspaces.ctc.go_view import GoLine
from gui.workspaces.ctc.lattice_view import LatticeView
from gui.workspaces.ctc.player_view import PlayerView
from gui.workspaces.ctc.side_view import SidePane


@final
class DeskParts:
    """Attributes: picture: lattice, player and collapse strip, which are saved together."""

    def __init__(self) -> None:
        self.bar = DeskBar()
        self.banner = Banner()
        self.busy_line = BusyLine()
        self.go_line = GoLine()
        self.lattice = LatticeView()
        self.brush = Brush(self.lattice.scene.pane.emission)
        self.player = PlayerView()
        self.collapse = CollapseView()
        self.side = SidePane()
        self.picture = QWidget()

    def lay_out(self, page: QWidget) -> None:
        """Put them on the page."""
        picture = QVBoxLayout(self.picture)
        left = QVBoxLayout()
        whole = QHBoxLayout(page)
        for layout in (picture, left, whole):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        picture.addWidget(self.lattice, 1)
        self.lattice.scene.stand_on(self.picture, FOOT)
        for part in (self.player, self.collapse):
            line = QFrame()
            line.setObjectName("hairline")
            picture.addWidget(line)
            picture.addWidget(part)
        for part in (self.bar, self.busy_line, self.banner, self.go_line):
            left.addWidget(part)
        left.addWidget(self.picture, 1)
        whole.addLayout(left, 1)
        whole.addWidget(self.side)
