import csv
import io
import json
import re

from core.ctc.segment_files import COLUMNS, Aligned, as_csv, as_json, as_textgrid
from core.ctc.segments import Segment, Word

SPOKEN = (Segment('"', 3, 0, 1, 2, 0.25, 0.25), Segment(",", 1, 1, 4, 6, 0.5, 0.4))
ALIGNED = Aligned(0, 7, None, SPOKEN, (Word('",', 0, 1, 1, 6, 0.5, 0.25),))


def test_the_table_quotes_what_would_break_it():
    rows = list(csv.reader(io.StringIO(as_csv([ALIGNED]))))
    assert rows == [list(COLUMNS), ["0", '"', "3", "1", "2", "0.25"], ["0", ",", "1", "4", "6", "0.5"]]


def test_the_json_has_the_columns_of_the_table():
    rows = json.loads(as_json([ALIGNED]))
    assert [tuple(row) for row in rows] == [COLUMNS, COLUMNS]
    assert rows[1] == {"sequence": 0, "label": ",", "class": 1, "start": 4, "end": 6, "confidence": 0.5}


def intervals(grid):
    found = re.findall(r'xmin = (\S+)\n *xmax = (\S+)\n *text = "((?:[^"]|"")*)"', grid)
    return [(float(start), float(end), text.replace('""', '"')) for start, end, text in found]


def test_a_textgrid_covers_every_moment_once():
    grid = as_textgrid([ALIGNED])
    assert grid.startswith('File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 7\n')
    assert re.findall(r'name = "(.*)"', grid) == ["labels", "words"]
    assert intervals(grid)[:5] == [(0, 1, ""), (1, 2, '"'), (2, 4, ""), (4, 6, ","), (6, 7, "")]
    assert intervals(grid)[5:] == [(0, 1, ""), (1, 6, '",'), (6, 7, "")]
    assert re.findall(r"intervals: size = (\d+)", grid) == ["5", "3"]


def test_a_textgrid_is_in_seconds_and_names_the_tiers_of_several_sequences():
    other = Aligned(3, 100, 0.02, (Segment("a", 1, 0, 27, 100, 1.0, 1.0),), ())
    grid = as_textgrid([Aligned(2, 50, 0.02, (), ()), other])
    assert re.findall(r'name = "(.*)"', grid) == ["2 labels", "2 words", "3 labels", "3 words"]
    assert (0.54, 2.0, "a") in intervals(grid)
    assert "xmax = 2\n" in grid


def test_sequences_without_frames_have_no_tiers():
    assert "size = 0" in as_textgrid([Aligned(0, 0, None, (), ())])
