"""Reading one file of a source."""

from __future__ import annotations

from casework.records.read import read_record
from casework.records.source import WorkTree


def test_a_file_that_cannot_be_opened_is_a_flaw(tmp_path):
    (tmp_path / "x.yaml").mkdir()
    for path in ("x.yaml", "none.yaml"):
        (flaw,) = read_record(WorkTree(tmp_path), path)
        assert flaw.place == (path, 1, 1)
        assert flaw.text.say("en").startswith("the file cannot be opened: ")
        assert flaw.text.say("zh").startswith("无法打开这个文件：")
