"""Every rule against its own examples: `#!` on a line is what the folder's rule says of it, and nothing else is said."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from casework.examine import examine
from casework.records.source import Files
from casework.rules import Rule, every_rule
from casework.state.instant import Instant, instant_from

HERE = Path(__file__).parent
REPO = HERE.parents[1]
ZONE = ZoneInfo("Asia/Shanghai")
FOLDERS = sorted(folder for folder in HERE.iterdir() if folder.is_dir() and folder.name != "__pycache__")
STORIES = sorted(story for folder in FOLDERS for story in folder.iterdir())
SCHEMA = {
    f"schema/{path.relative_to(REPO / 'schema').as_posix()}": path.read_bytes()
    for path in REPO.glob("schema/**/*.json")
}
FIRM = {
    "policies/" + path.as_posix().rpartition("/policies/")[2]: path.read_bytes()
    for path in (HERE.parent / "firm/policies").rglob("*.yaml")
}


def told_in(story: Path) -> dict[str, bytes]:
    """The files of a story, by their path in the register."""
    if story.is_dir():
        return {
            path.relative_to(story).as_posix(): path.read_bytes()
            for path in story.rglob("*")
            if path.is_file()
        }
    number = re.search(r"^case: *(\d{4})-(\d{2})-(\d+)", story.read_text(encoding="utf-8"), re.M)
    assert number, f"{story} names no case"
    year, month, serial = number.groups()
    return {f"cases/{year}/{month}/{year}-{month}-{serial}.yaml": story.read_bytes()}


def expected_in(files: dict[str, bytes]) -> Counter[tuple[str, int, str]]:
    """(path, line, sentence) of every `#!`; several on one line stand behind each other."""
    return Counter(
        (path, number, sentence.strip())
        for path, body in files.items()
        for number, line in enumerate(body.decode().splitlines(), 1)
        for sentence in line.split("#!")[1:]
    )


def as_of_in(files: dict[str, bytes]) -> Instant:
    told = re.search(rb"^# as of (\S+?):? ", b"\n".join(files.values()), re.M)
    assert told, "the first line of a story says as of when it is told, and why"
    at = instant_from(told[1].decode(), ZONE)
    assert isinstance(at, Instant)
    return at


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.parent.name}/{story.stem}")
def test_the_rule_says_exactly_what_stands_on_the_lines(story: Path) -> None:
    files = told_in(story)
    at = as_of_in(files).at.astimezone(UTC)
    _, findings = examine(Files({**SCHEMA, **FIRM, **files}), at, at)
    flawed = [each for each in findings if each.rule == "file-flawed" and story.parent.name != "file-flawed"]
    assert not flawed, flawed
    said = Counter(
        (each.place.path, each.place.line, each.text.say("en", ZONE))
        for each in findings
        if each.rule == story.parent.name and each.place.path in files
    )
    assert said == expected_in(files)


@pytest.mark.parametrize("rule", every_rule(), ids=lambda rule: rule.name)
def test_each_rule_has_an_example_where_it_speaks_and_one_where_it_is_silent(rule: Rule) -> None:
    stories = [expected_in(told_in(story)) for story in STORIES if story.parent.name == rule.name]
    assert any(stories), f"no example where {rule.name} speaks"
    assert not all(stories), f"no example where {rule.name} is silent"


def test_no_folder_is_of_a_rule_that_is_not_there() -> None:
    assert {folder.name for folder in FOLDERS} == {rule.name for rule in every_rule()}


@pytest.mark.parametrize("rule", every_rule(), ids=lambda rule: rule.name)
def test_each_rule_tells_its_story_in_both_languages(rule: Rule) -> None:
    english, chinese, behind = rule.story.partition("\n\n中文：")
    assert chinese and re.search("[\u4e00-\u9fff]", behind)
    first, _, mend = english.partition("\n\n")
    assert first.endswith(".") and "\n" not in first
    assert mend.strip(), "the second paragraph says how it is mended"


def test_what_is_owed_only_by_advice_is_no_error_however_late() -> None:
    files = told_in(HERE / "recurring-owed/only-advice")
    at = as_of_in(files).at
    _, findings = examine(Files({**SCHEMA, **FIRM, **files}), at, at)
    told = Counter(each.level for each in findings if each.rule == "recurring-owed")
    assert told == {"information": 1, "warning": 2}
