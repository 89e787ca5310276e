"""The diagnosis of a batch: its findings, or that there are none, with rows called as the table calls them."""

from __future__ import annotations

from dataclasses import replace

from core.assess import Assessment, assess
from core.files import read
from core.jobs import finish
from core.samples import SAMPLES_DIR
from core.text import say
from gui.frame.notices import notices


def of(name: str) -> Assessment:
    (batch,) = read(SAMPLES_DIR / f"{name}.npz")
    return finish(assess(batch.loss, batch))


def test_that_a_healthy_batch_is_told_that_nothing_was_found() -> None:
    (only,) = notices(of("reg_diabetes_outliers"), ())
    assert only.severity == "ok"
    assert "under L1Loss" in str(only.message)


def test_that_pixels_are_called_by_their_places() -> None:
    found = notices(of("ce_dense_flower"), ())
    (sure,) = [notice for notice in found if str(notice.title) == "Sure of another class"]
    assert (sure.rows[0], sure.names[0]) == (888, "(0, 12, 24)")
    assert "surest first (0, 12, 24), " in str(sure.message)


def test_that_all_remarks_of_the_reader_are_told() -> None:
    assessed = of("reg_diabetes_outliers")
    batch = replace(assessed.batch, notes=(say("test", "One."), say("test", "Two.")))
    told = [str(notice.message) for notice in notices(replace(assessed, batch=batch), ())]
    assert told[-2:] == ["One.", "Two."]
