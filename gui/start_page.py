"""What the window shows before any data: presets, samples, and the ways in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from core.errors import InputError
from core.samples import Sample, samples
from gui.kit.card import RING, PictureCard
from gui.kit.label import label
from gui.kit.sign import Sign
from gui.kit.theme import font
from gui.kit.thumbnails import sample_thumbnail
from gui.start_pictures import preset_thumbnail
from gui.start_sections import sections
from gui.start_side import StartSide
from gui.workspaces.explore.presets import Preset, presets

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QResizeEvent, QShowEvent

MARGIN = 32


@final
class StartPage(QWidget):
    """Cards by family of loss, a filter over them, and the column where files come in.

    Signals:
        preset_chosen(Preset), sample_chosen(Path): a card was opened.
        open_requested(): a file is to be chosen; file_dropped(Path): one was dropped.
        keys_requested(): the map of keys is to be shown.
    """

    preset_chosen = Signal(object)
    sample_chosen = Signal(object)
    open_requested = Signal()
    file_dropped = Signal(object)
    keys_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._shown: dict[PictureCard, Preset | Sample] = {}
        self._sections = sections(presets(), samples(), self._card)
        self._heading = label("title")
        self._lead = label("body", "text2", wrap=True)
        self._filter = QLineEdit()
        self._filter.setFont(font("body"))
        self._filter.setFixedSize(200, 30)
        self._filter.setClearButtonEnabled(True)
        self._filter.setTextMargins(20, 0, 0, 0)
        sign = Sign("search", "text3", 16, self._filter)
        sign.move(8, 7)
        self._filter.textChanged.connect(self._filter_cards)
        self._nothing = label("body", "text2", wrap=True)
        self._nothing.hide()
        self._page = QWidget()
        self._scroll = QScrollArea()
        self._side = StartSide()
        self._side.open_requested.connect(self.open_requested)
        self._side.keys_requested.connect(self.keys_requested)
        self._painter = QTimer(self, interval=0)
        self._painter.timeout.connect(self._paint_next)
        self._fill()
        self._retranslate()

    def cards(self) -> tuple[PictureCard, ...]:
        """The cards that the filter lets through, in their order on the page."""
        return tuple(card for section in self._sections for card in section.grid.shown())

    def _fill(self) -> None:
        self._page.setObjectName("scrolled")
        column = QVBoxLayout(self._page)
        column.setContentsMargins(MARGIN - RING, 22, MARGIN - RING, MARGIN)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(RING, 0, RING, 0)
        head.addWidget(self._heading, stretch=1)
        head.addWidget(self._filter)
        column.addLayout(head)
        column.addWidget(self._lead)
        column.addWidget(self._nothing)
        for words in (self._lead, self._nothing):
            words.setContentsMargins(RING, 0, RING, 0)
        for section in self._sections:
            column.addWidget(section)
        column.addStretch()
        self._scroll.setWidget(self._page)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._scroll, stretch=1)
        row.addWidget(self._side)

    def _card(self, shown: Preset | Sample) -> PictureCard:
        name = shown.loss if isinstance(shown, Sample) else shown.loss.name
        card = PictureCard(shown.title, name, shown.teaches)
        self._shown[card] = shown
        card.clicked.connect(self._choose)
        card.moved.connect(self._move)
        return card

    def _choose(self) -> None:
        shown = self._shown[self._sender()]
        if isinstance(shown, Sample):
            self.sample_chosen.emit(shown.path)
        else:
            self.preset_chosen.emit(shown)

    def _sender(self) -> PictureCard:
        card = self.sender()
        assert isinstance(card, PictureCard)
        return card

    def _move(self, key: int) -> None:
        card = neighbour(self._sender(), self.cards(), Qt.Key(key), self._page)
        card.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(card, 0, 24)

    def _filter_cards(self, words: str) -> None:
        for section in self._sections:
            section.keep(words.casefold().split())
        self._nothing.setText(self.tr("No card says “{words}”.").format(words=words))
        self._nothing.setVisible(not self.cards())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Slash:
            self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() == Qt.Key.Key_Escape and self._filter.text():
            self._filter.clear()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._painter.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._painter.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            for card in self._shown:
                card.drop_picture()
            self._painter.start()

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Start with a sample"))
        self._lead.setText(
            self.tr("Nine losses, each with real numbers behind it. Pick one, then drag anything that has a handle.")
        )
        self._filter.setPlaceholderText(self.tr("Filter cards"))
        self._filter.setAccessibleName(self.tr("Filter cards"))
        for section in self._sections:
            section.retranslate()

    def _paint_next(self) -> None:
        """Make one missing picture, those in view first; one a turn of the event loop, so that the page stays awake."""
        missing = [card for card in self._shown if card.wants_picture]
        if not missing or not self.isVisible():
            self._painter.stop()
            return
        seen = next((card for card in missing if not card.visibleRegion().isEmpty()), missing[0])
        seen.set_picture(_picture(self._shown[seen], seen.picture_size, self.devicePixelRatioF()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            self._side.zone.set_wanted(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._side.zone.set_wanted(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._side.zone.set_wanted(False)
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(path)


def neighbour(card: PictureCard, cards: tuple[PictureCard, ...], key: Qt.Key, page: QWidget) -> PictureCard:
    """The card that an arrow key leads to; `card` itself where there is none further."""
    if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        return cards[0 if key == Qt.Key.Key_Home else -1]
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        i = cards.index(card) + (1 if key == Qt.Key.Key_Right else -1)
        return cards[min(max(i, 0), len(cards) - 1)]
    sign = 1 if key == Qt.Key.Key_Down else -1
    here = _place(card, page)
    beyond = [other for other in cards if sign * (_place(other, page).top() - here.top()) > 0]
    return min(
        beyond,
        key=lambda other: (
            sign * _place(other, page).top(),
            abs(_place(other, page).center().x() - here.center().x()),
        ),
        default=card,
    )


def _place(card: PictureCard, page: QWidget) -> QRect:
    return QRect(card.mapTo(page, card.rect().topLeft()), card.size())


def _picture(shown: Preset | Sample, size: QSize, ratio: float) -> QPixmap:
    if isinstance(shown, Preset):
        return preset_thumbnail(shown, size, ratio)
    from core.files import read

    try:
        return sample_thumbnail(read(shown.path)[0], size, ratio)
    except InputError:
        empty = QPixmap(size * ratio)
        empty.setDevicePixelRatio(ratio)
        empty.fill(Qt.GlobalColor.transparent)
        return empty


def _dropped(event: QDropEvent) -> Path | None:
    """The first local file of what is dragged."""
    urls = event.mimeData().urls()
    local = [url.toLocalFile() for url in urls if url.isLocalFile()]
    return Path(local[0]) if local else None
