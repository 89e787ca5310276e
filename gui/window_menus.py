"""The window's menus and dialogs: opening, comparing, sharing, language, about, keys."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from core.files import READERS
from core.losses import LOSSES
from core.text import say
from gui.app_edits import on_explore
from gui.frame.key_map import KeyMap
from gui.kit import i18n, picture
from gui.kit.about_card import AboutCard
from gui.kit.i18n import tr_text
from gui.kit.theme import set_theme, theme
from gui.workspaces.explore import edits
from gui.workspaces.explore.presets import presets

if TYPE_CHECKING:
    from core.history import History
    from gui.state import AppState
    from gui.window import Window
    from gui.workspaces.explore.state import ExploreState

LANGUAGE_NAMES = {"en": "English", "zh_CN": "中文"}
DESCENT = 60  # ms between the steps of a descent that is watched
MAX_STEPS = 50
RESTED = 1e-4  # a step shorter than this ends the descent


@final
class WindowMenus(QObject):
    """Fills the buttons of the top bar, and does what its actions say."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._compare = QMenu(window)
        self._source = QMenu(window)
        self._source.aboutToShow.connect(self._fill_source)
        self._compare.aboutToShow.connect(self._fill_compare)
        self._descent = QTimer(self)
        self._descent.setInterval(DESCENT)
        self._descent.timeout.connect(self._descend_on)
        self._steps_left = 0
        self._card: AboutCard | None = None
        self._fill_buttons()
        self._connect()

    def show_state(self, history: History[AppState], state: AppState) -> None:
        """What can be undone, redone and compared now."""
        commands = self._window.commands
        commands["undo"].setEnabled(bool(history.past))
        commands["redo"].setEnabled(bool(history.future))
        for name, steps in (("undo", history.past[-1:]), ("redo", history.future[:1])):
            words = self.tr("Undo: {0}") if name == "undo" else self.tr("Redo: {0}")
            commands[name].setToolTip(words.format(steps[0].label) if steps else commands[name].text())
        comparable = self._has_curve(state)
        self._window.top.compare.setEnabled(comparable)
        self._window.top.compare.setChecked(bool(state.explore.pins))

    def choose_file(self) -> None:
        """Ask for a batch and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open a batch"),
            "",
            self.tr("Batches ({0});;All files (*)").format(" ".join(f"*{suffix}" for suffix in sorted(READERS))),
        )
        if name:
            self._window.open_chosen(Path(name))

    def choose_folder(self) -> None:
        """Ask for a folder and watch it."""
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Watch a folder for dumps"))
        if name:
            self._window.watch_place(Path(name))

    def show_about(self) -> None:
        """The card of the present loss, over the window."""
        if self._card is None:
            self._card = AboutCard(self._window)
        self._card.show_loss(self._window.session.store.state.problem.loss.name)

    def show_keys(self) -> None:
        """The key map."""
        KeyMap(self._window).show()

    def switch_theme(self) -> None:
        """The other theme, from now on."""
        name = "light" if theme().dark else "dark"
        set_theme(name)
        self._window.settings.theme = name

    def speak(self, language: str) -> None:
        """Another language, from now on."""
        app = QApplication.instance()
        assert app is not None
        i18n.install(app, language)
        self._window.settings.language = language
        self._window.top.language.setText(LANGUAGE_NAMES[language] if language != "en" else "EN")

    def speak_next(self) -> None:
        """The next language there is."""
        known = i18n.available()
        present = self._window.settings.language
        following = known[(known.index(present) + 1) % len(known)] if present in known else known[0]
        self.speak(following)

    def save_picture(self) -> None:
        """Ask for a name and write the view there, as pixels at twice the size or as SVG."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save the picture"), "lossscope.png", self.tr("PNG (*.png);;SVG (*.svg)")
        )
        if not name:
            return
        path = Path(name) if Path(name).suffix else Path(f"{name}.png")
        if not picture.save(self._window.desk.picture_area, path, 2.0):
            self._window.desk.banner.tell(
                "err", say("window", "{file} could not be written. Choose another place.", file=str(path))
            )

    def save_rows(self) -> None:
        """Ask for a name and write there what the Batch page lists."""
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save the rows"), "rows.csv", "CSV (*.csv)")
        if name:
            self._window.batch.write_rows(Path(name) if Path(name).suffix else Path(f"{name}.csv"))

    def copy_picture(self) -> None:
        """The view, on the clipboard."""
        QGuiApplication.clipboard().setImage(picture.image_of(self._window.desk.picture_area, 2.0))

    def step(self) -> None:
        """One descent step of the probe."""
        state = self._window.session.store.state
        if self._has_curve(state):
            self._window.session.store.apply(on_explore(edits.step(state.problem)))

    def descend(self) -> None:
        """Steps that can be watched; again to stop."""
        if self._descent.isActive():
            self._descent.stop()
            return
        self._steps_left = MAX_STEPS
        self._descent.start()

    def _has_curve(self, state: AppState) -> bool:
        """Whether a curve is in front, to be pinned and descended."""
        return state.explore.tab == "curve" and self._window.desk is self._window.explorer

    def _descend_on(self) -> None:
        before = self._window.session.store.state
        self._steps_left -= 1
        self.step()
        moved = _distance(before.explore, self._window.session.state.explore)
        if self._steps_left <= 0 or not moved > RESTED:
            self._descent.stop()
            self._window.session.store.seal()

    def _fill_buttons(self) -> None:
        top, commands = self._window.top, self._window.commands
        for button, name in ((top.open, "open"), (top.undo, "undo"), (top.redo, "redo"), (top.theme, "theme")):
            button.setDefaultAction(commands[name])
        top.show_words()
        top.compare.setMenu(self._compare)
        top.source.setMenu(self._source)
        share = QMenu(self._window)
        share.addAction(commands["save_picture"])
        share.addAction(commands["copy_picture"])
        top.share.setMenu(share)
        language = QMenu(self._window)
        for code in i18n.available():
            language.addAction(LANGUAGE_NAMES[code], partial(self.speak, code))
        top.language.setMenu(language)
        top.language.setText("EN")

    def _connect(self) -> None:
        commands, window = self._window.commands, self._window
        for name, slot in (
            ("find", window.top.losses.open),
            ("open", self.choose_file),
            ("watch", self.choose_folder),
            ("undo", window.session.store.undo),
            ("redo", window.session.store.redo),
            ("home", window.show_start),
            ("explore", window.show_explorer),
            ("batch", window.show_batch),
            ("ctc", window.show_ctc),
            ("inspector", window.toggle_inspector),
            ("theme", self.switch_theme),
            ("language", self.speak_next),
            ("save_picture", self.save_picture),
            ("copy_picture", self.copy_picture),
            ("about", self.show_about),
            ("keys", self.show_keys),
            ("step", self.step),
            ("descend", self.descend),
            ("pin", self._pin_present),
            ("clear_pins", self._clear_pins),
        ):
            commands.connect(name, slot)

    def _pin_present(self) -> None:
        if not self._has_curve(self._window.session.state):
            return
        self._window.session.store.apply(on_explore(edits.pin_current(self._window.session.store.state.problem)))

    def _clear_pins(self) -> None:
        self._window.session.store.apply(on_explore(edits.clear_pins()))

    def _fill_compare(self) -> None:
        state = self._window.session.store.state
        self._compare.clear()
        self._compare.addAction(self._window.commands["pin"])
        self._compare.addSeparator()
        for name, kind in LOSSES.items():
            if kind.family == state.problem.loss.family and name != state.problem.loss.name:
                words = self.tr("Pin {0}").format(name)
                self._compare.addAction(words, partial(self._pin_other, name))
        self._compare.addSeparator()
        self._compare.addAction(self._window.commands["clear_pins"])

    def _pin_other(self, name: str) -> None:
        problem = replace(self._window.session.store.state.problem, loss=LOSSES[name]())
        self._window.session.store.apply(on_explore(edits.pin_current(problem)))

    def _fill_source(self) -> None:
        menu, window = self._source, self._window
        menu.clear()
        menu.addAction(self.tr("Samples and sketches…"), window.show_start)
        menu.addAction(window.commands["open"])
        self._fill_watching(menu)
        recent = window.settings.recent
        if recent:
            menu.addSection(self.tr("Recent"))
        for path in recent:
            menu.addAction(path.name, partial(window.open_chosen, path))
        menu.addSection(self.tr("Sketches of this loss"))
        name = window.session.store.state.problem.loss.name
        for preset in presets():
            if preset.loss.name == name:
                menu.addAction(tr_text(preset.title), partial(window.open_preset, preset))

    def _fill_watching(self, menu: QMenu) -> None:
        window, batch = self._window, self._window.session.state.problem.base
        menu.addAction(window.commands["watch"])
        if batch is not None and batch.path is not None:
            words = self.tr("Watch {0}: each time it is written").format(batch.path.name)
            menu.addAction(words, partial(window.watch_place, batch.path))
        if window.watch.place is not None:
            menu.addAction(self.tr("Stop watching {0}").format(window.watch.place.name), window.watch.stop)


def _distance(before: ExploreState, after: ExploreState) -> float:
    """How far a step went, in whichever of the two probes it moved."""
    if after.classes is not before.classes:
        return float(np.abs(after.classes.z - before.classes.z).max())
    return abs(after.scalar.x - before.scalar.x)
