"""`casework story`: told again and compared, with every kind of answer, and what is wrong with a story's own file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

HEAD = """\
story: The lamp flickers, and is looked at.
as_of: 2026-03-20
case:
  case: 2026-03-0001
  policy: standard
  summary: the lamp flickers
  events:
    - {event: received, at: 2026-03-02T09:00, by: li}
expect:
"""


@pytest.fixture
def told(run: Any, register: Any, tmp_path: Path) -> Path:
    """A story that comes out as told: its table is what the command itself found, once."""
    file = tmp_path / "story.yaml"
    file.write_text(f"{HEAD}  deadlines: []\n  findings: []\n", "utf-8")
    found = json.loads(run("story", str(file), "--format", "json").output)["stories"][0]["differences"]
    rows = {table: [each["found"] for each in found if table in each["found"]] for table in ("limit", "rule")}
    assert rows["limit"] and rows["rule"]
    lines = [
        line
        for table, name in (("limit", "deadlines"), ("rule", "findings"))
        for line in (f"  {name}:", *(f"    - {row}" for row in rows[table]))
    ]
    file.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    return file


def test_a_story_as_told_ends_with_0(run: Any, told: Path) -> None:
    ended = run("story", str(told))
    assert ended.output.splitlines() == [f"{told.as_posix()}  as told", "1 story: 1 as told"]
    assert ended.exit_code == 0


def test_what_differs_is_named_by_its_line_and_ends_with_1(run: Any, told: Path) -> None:
    text = told.read_text("utf-8")
    (row,) = (line for line in text.splitlines() if "- {limit:" in line)
    told.write_text(text.replace(f":\n{row}\n", ": []\n") + "  stage: closed\n", "utf-8")
    ended = run("story", str(told))
    first, *_, last = ended.output.splitlines()
    assert ended.exit_code == 1
    assert first.endswith("otherwise than told") and last == "1 story: 1 otherwise than told"
    extra = row.strip().removeprefix("- ")
    assert f"{told.as_posix()}:10: {extra} is not in the table; it began at line 8\n" in ended.output
    stage = len(text.splitlines())
    assert f"{told.as_posix()}:{stage}: stage: closed came out as stage: new\n" in ended.output


def test_a_finding_beside_the_table_is_told_in_its_own_words(run: Any, told: Path) -> None:
    text = told.read_text("utf-8")
    head, _, _ = text.partition("  findings:")
    told.write_text(f"{head}  findings: []\n", "utf-8")
    output = run("story", str(told)).output
    assert " is not in the table; it was found at line 8: " in output and "due by 2026-03" in output


def test_chinese_is_spoken_too(run: Any, told: Path) -> None:
    told.write_text(told.read_text("utf-8") + "  stage: closed\n", "utf-8")
    output = run("story", str(told), "--lang", "zh").output
    assert "不符" in output and "stage: closed 实为 stage: new" in output and "1 个案例" in output


def test_a_folder_is_all_its_stories_and_json_says_so(run: Any, told: Path) -> None:
    folder = told.parent / "some/stories"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text(told.read_text("utf-8"), "utf-8")
    (folder / "b.yaml").write_text(told.read_text("utf-8") + "  stage: closed\n", "utf-8")
    (folder / "c.yaml").write_text("story: \n", "utf-8")
    (folder / "notes.txt").write_text("no story", "utf-8")
    ended = run("story", str(folder.parent), "--format", "json")
    document = json.loads(ended.output)
    assert ended.exit_code == 2
    assert document["counts"] == {"ok": 1, "differs": 1, "flawed": 1}
    ok, differs, flawed = document["stories"]
    assert (ok["result"], ok["differences"], ok["flaws"]) == ("ok", [], [])
    (only,) = differs["differences"]
    assert (only["told"], only["found"]) == ("stage: closed", "stage: new")
    assert differs["rows"] == ok["rows"] + 1 and set(only["message"]) == {"en", "zh"}
    assert flawed["result"] == "flawed" and flawed["flaws"][0]["line"] == 1


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("as_of: 2026-03-20", "as_of: soon", 2, "2026-11-03"),
        ("as_of: 2026-03-20", "as_of: 2026-02-28", 2, "2026-03-0001 has not been received"),
        ("policy: standard", "policy: unheard-of", 5, "no policy 'unheard-of'"),
        ("event: received", "event: recieved", 8, "did you mean"),
        ("by: li}", "by: li, loud: true}", 8, "loud"),
        ("at: 2026-03-02T09:00", "at: 2026-02-30", 8, "2026-02-30"),
        ("\n  events:", "\n  colour: red\n  events:", 7, "colour"),
        ("  deadlines:", "  deadlins:", 10, "deadlins"),
        ("{rule: ", "{rules: ", None, "rules"),
        ("expect:\n", "expected:\n", 9, "expected"),
        ("status: ", "status: sort of ", None, "status"),
    ],
)
def test_a_flawed_story_is_told_where_and_ends_with_2(
    run: Any, told: Path, before: str, after: str, line: int | None, said: str
) -> None:
    text = told.read_text("utf-8")
    assert before in text
    told.write_text(text.replace(before, after, 1), "utf-8")
    ended = run("story", str(told))
    assert ended.exit_code == 2
    assert ended.output.startswith(f"{told.as_posix()}  cannot be told\n")
    wanted = text.count("\n", 0, text.index(before)) + 1 if line is None else line
    assert any(each.startswith(f"  {told.as_posix()}:{wanted}: ") for each in ended.output.splitlines())
    assert said in ended.output and "Traceback" not in ended.output


def test_a_local_time_the_clock_skipped_is_refused(run: Any, register: Any, told: Path) -> None:
    firm = register.root / "policies/register.yaml"
    text = firm.read_text("utf-8").replace("zone: Asia/Shanghai", "zone: Europe/London")
    firm.write_text(text, "utf-8")
    told.write_text(told.read_text("utf-8").replace("as_of: 2026-03-20", "as_of: 2026-03-29T01:30"), "utf-8")
    ended = run("story", str(told))
    assert ended.exit_code == 2 and f"{told.as_posix()}:2: " in ended.output and "+01:00" in ended.output


def test_what_is_no_story_ends_in_a_sentence(run: Any, told: Path) -> None:
    missing = run("story", str(told.parent / "none.yaml"))
    assert missing.exit_code == 2 and "none.yaml:1: the file cannot be opened" in missing.output
    empty = told.parent / "empty"
    empty.mkdir()
    assert "no story in" in run("story", str(empty)).output
    as_of = run("story", str(told), "--as-of", "2026-03-21")
    assert as_of.exit_code == 2 and "leave --as-of out" in as_of.output
    binary = told.parent / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00story")
    assert run("story", str(binary)).exit_code == 2


def test_a_register_without_its_schema_says_which_file_is_missing(
    run: Any, register: Any, told: Path
) -> None:
    (register.root / "schema/story.json").unlink()
    ended = run("story", str(told))
    assert ended.exit_code == 2 and "schema/story.json is broken or missing" in ended.output
