"""Text on a terminal: Chinese takes two columns, nothing a stranger wrote moves the cursor."""

from __future__ import annotations

import pytest
from casework.views.width import cut, padded, shown, table, width_of, wrapped
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.time


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("灯庭", 4), ("（、）", 6), ("é", 1), ("e\u0301", 1), ("", 0), ("Ａ", 2)],
)
def test_width(text: str, columns: int) -> None:
    assert width_of(text) == columns


@given(st.text(max_size=60), st.integers(1, 30))
def test_a_cut_text_fits_and_begins_the_same(text: str, columns: int) -> None:
    kept = cut(text, columns)
    assert width_of(kept) <= max(columns, 1)
    assert text.startswith(kept.removesuffix("…"))


@given(
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=200), st.integers(20, 60)
)
def test_wrapping_loses_nothing_but_blanks(text: str, columns: int) -> None:
    lines = list(wrapped(text, columns))
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_chinese_is_broken_between_characters_but_not_before_a_stop() -> None:
    lines = list(wrapped("顾客来访一刻钟内给出意见，说明原因。", 12))
    assert all(width_of(line) <= 14 for line in lines)
    assert not any(line.startswith(("，", "。")) for line in lines)


def test_controls_and_direction_marks_are_made_visible() -> None:
    assert shown("a\x1b[31mb\u202ec\u2066d\r\n") == "a�[31mb�c�d��"


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=40)), min_size=1, max_size=5))
def test_a_table_has_a_line_for_each_row(rows: list[tuple[str, str]]) -> None:
    assert len(list(table(rows, 40))) == len(rows)


def test_a_cell_of_several_lines_stands_on_one() -> None:
    assert list(table([("a", "b\nc\r\nd"), ("e\nf", "\x1bg")], 40)) == ["a    b c d", "e f  �g"]


def test_columns_stand_under_each_other() -> None:
    lines = list(table([("编号", "摘要"), ("a", "灯")], 40))
    assert [
        line.index(last) + (2 if "编" in line else 0) for line, last in zip(lines, "摘灯", strict=True)
    ] == [6, 6]
    assert padded("灯", 4) == "灯  "
