"""Every story of the two policies against its own hand-reckoned table, and that a table is compared whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from casework.desk.story import retold
from casework.house import House, house_of
from casework.records.source import WorkTree
from casework.state.story import Retold
from casework.words import text_from
from yaml import BaseLoader, load

HERE = Path(__file__).parent
STORIES = sorted(HERE.glob("*/*.yaml"))
ROW = re.compile(r"^    - \{(?:limit|rule): .*\}.*\n", re.MULTILINE)
WHOLE = HERE / "department-store/the-last-days-of-2026.yaml"


@pytest.fixture(scope="module")
def house() -> House:
    """The sample firm: its policies, people and calendar."""
    return house_of(WorkTree(HERE.parents[1]))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.parent.name}/{story.stem}")
def test_a_story_comes_out_as_it_is_told(story: Path, house: House) -> None:
    told = retold(story, house)
    assert told.flaws == ()
    assert [
        (each.place.line, each.told and each.told.written, each.found and each.found.written)
        for each in told.differences
    ] == []


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.parent.name}/{story.stem}")
def test_a_story_says_what_it_is_about_and_is_judged_by_its_folders_policy(story: Path) -> None:
    told = load(story.read_bytes(), BaseLoader)
    said = text_from(told["story"])
    assert re.search("[\u4e00-\u9fff]", said.zh) and not re.search("[\u4e00-\u9fff]", said.en)
    assert told["case"]["policy"] == story.parent.name


def test_there_are_stories_enough() -> None:
    assert len(list(HERE.glob("department-store/*.yaml"))) >= 15
    assert len(list(HERE.glob("law-firm/*.yaml"))) >= 10


def retold_as(text: str, folder: Path, house: House) -> Retold:
    file = folder / "story.yaml"
    file.write_text(text, encoding="utf-8")
    return retold(file, house)


@pytest.mark.parametrize("n", range(len(ROW.findall(WHOLE.read_text("utf-8")))))
def test_a_line_left_out_is_found_beside_the_table(n: int, tmp_path: Path, house: House) -> None:
    text = WHOLE.read_text("utf-8")
    row = list(ROW.finditer(text))[n]
    told = retold_as(text[: row.start()] + text[row.end() :], tmp_path, house)
    (only,) = told.differences
    assert only.told is None and only.found
    assert only.found.written in row[0]
    table = text[: row.start()].count("\n", 0, text.rindex("s:\n", 0, row.start())) + 1
    assert only.place.line == table  # 'deadlines:' or 'findings:'


@pytest.mark.parametrize("n", range(len(ROW.findall(WHOLE.read_text("utf-8")))))
def test_a_line_too_many_did_not_come_of_it(n: int, tmp_path: Path, house: House) -> None:
    text = WHOLE.read_text("utf-8")
    row = list(ROW.finditer(text))[n]
    told = retold_as(text[: row.end()] + text[row.start() :], tmp_path, house)
    (only,) = told.differences
    assert only.told and only.found is None
    assert only.place.line in (text.count("\n", 0, row.start()) + 1, text.count("\n", 0, row.start()) + 2)


@pytest.mark.parametrize(
    ("told", "otherwise"),
    [
        ("due: 2026-12-30T10:15", "due: 2026-12-30T10:16"),
        ("due: 2026-12-31, ", "due: 2026-12-31T23:59, "),
        ("due: 2027-01-02, ", ""),
        ("status: provisional", "status: running"),
        ("clause: DS-29, level: information", "level: information"),
        ("clause: DS-29, level: information", "clause: [DS-29, DS-30], level: information"),
        ("level: warning", "level: error"),
        ("level: warning", "level: warning, answered: true"),
        ("stage: new", "stage: answered"),
        ("handler: lin-yue", "handler: he-juan"),
        ("handler: lin-yue", "keep_until: 2028-12-31"),
        ("handler: lin-yue", "holds: [claim-12]"),
        ("handler: lin-yue", "responsible: [zhou-min, lin-yue]"),
    ],
)
def test_a_line_told_otherwise_is_named_with_what_was_found(
    told: str, otherwise: str, tmp_path: Path, house: House
) -> None:
    text = WHOLE.read_text("utf-8")
    assert text.count(told) == 1
    (only,) = retold_as(text.replace(told, otherwise), tmp_path, house).differences
    assert only.told and only.found and only.told.written != only.found.written
    assert only.place.line == text.count("\n", 0, text.index(told)) + 1


def test_the_order_of_lines_and_a_list_of_one_do_not_matter(tmp_path: Path, house: House) -> None:
    text = WHOLE.read_text("utf-8")
    rows = ROW.findall(text)
    turned = text.replace(rows[0], "").replace(rows[1], rows[1] + rows[0])
    turned = turned.replace("handler: lin-yue", "handler: [lin-yue]").replace(
        "2026-12-30T10:15", "2026-12-30T02:15Z"
    )
    assert turned != text
    told = retold_as(turned, tmp_path, house)
    assert told.flaws == () and told.differences == ()


def test_what_is_told_after_the_storys_own_instant_has_not_come(tmp_path: Path, house: House) -> None:
    text = WHOLE.read_text("utf-8").replace("as_of: 2026-12-31T10:00", "as_of: 2026-12-31T09:00")
    told = retold_as(text, tmp_path, house)
    assert "event-in-future" in {each.found.name for each in told.differences if each.found}


@pytest.mark.parametrize("page", ["keeping.md", "keeping.zh.md"])
def test_the_guides_own_story_comes_out_as_it_is_told(page: str, tmp_path: Path, house: House) -> None:
    guide = (HERE.parents[1] / "site/pages/guide" / page).read_text("utf-8")
    (story,) = (
        block
        for block in re.findall(r"^```yaml\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)
        if "\nexpect:" in block
    )
    told = retold_as(story, tmp_path, house)
    assert told.flaws == () and told.differences == ()
