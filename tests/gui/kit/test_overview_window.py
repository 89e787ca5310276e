"""The window on a long lattice."""

from __future__ import annotations

from gui.kit.overview_window import FEWEST, MOST, FrameWindow, window_at


def test_a_window_stays_within_its_frames() -> None:
    assert window_at(-5, 20, 100) == FrameWindow(0, 20, 100)
    assert window_at(95, 20, 100) == FrameWindow(80, 20, 100)


def test_a_window_is_eight_to_sixty_four_frames_wide() -> None:
    assert window_at(0, 3, 100).count == FEWEST
    assert window_at(0, 99, 100).count == MOST
    assert window_at(0, 64, 5).count == 5


def test_a_window_follows_a_frame_only_when_it_leaves_it() -> None:
    window = window_at(40, 20, 200)
    assert window.showing(59) is window
    assert window.showing(60) == FrameWindow(50, 20, 200)


def test_zooming_keeps_the_frame_under_the_mouse() -> None:
    window = window_at(100, 40, 2000)
    nearer = window.zoomed(0.5, 130)
    assert nearer == FrameWindow(115, 20, 2000)
    assert nearer.zoomed(2.0, 130) == window


def test_one_notch_of_the_wheel_always_changes_a_window() -> None:
    assert window_at(0, 9, 100).zoomed(0.99, 4).count == 8
    assert window_at(0, 9, 100).zoomed(1.01, 4).count == 10


def test_each_edge_moves_alone() -> None:
    window = window_at(40, 20, 200)
    assert window.dragged("right", 70) == FrameWindow(40, 30, 200)
    assert window.dragged("left", 30) == FrameWindow(30, 30, 200)
    assert window.dragged("left", 59) == FrameWindow(52, 8, 200)
    assert window.dragged("right", 500) == FrameWindow(40, 64, 200)
    assert window.dragged("move", 190) == FrameWindow(180, 20, 200)
