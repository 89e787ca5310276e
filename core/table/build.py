"""The table of a batch under a loss, whatever its family."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.jobs import Job, Progress
from core.table.by_class import class_columns
from core.table.by_element import element_columns
from core.table.by_sequence import sequence_columns
from core.table.common import id_column
from core.table.refused import refused_table
from core.table.table import Column, Table

if TYPE_CHECKING:
    from core.assess import Assessment


def table_of(assessed: Assessment) -> Job[Table]:
    """One row for each term of the loss; of a batch that the loss refuses what can be told without it."""
    yield Progress(0.0)
    rows = assessed.rows
    if rows is None or assessed.evaluation is None:
        return refused_table(assessed.batch, assessed.loss)
    family = assessed.loss.family
    columns: list[Column] = []
    if family == "sequence":
        columns = sequence_columns(assessed)
    elif family in ("multi-class", "distribution") and assessed.batch.input.ndim:
        columns = yield from class_columns(assessed)
    else:
        columns = element_columns(assessed)
    named = id_column(assessed.batch, rows.shape, rows.count)
    if named is not None:
        columns.insert(0, named)
    return Table(rows.count, rows.shape, np.asarray(rows.kept), {column.key: column for column in columns})
