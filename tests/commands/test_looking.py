"""`casework list`, `show` and `retention`: what a person sees, and the stable JSON behind it."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytestmark = pytest.mark.time
FILED = """\
case: 2026-03-0003
receipt: 9XYZ-8VWT
policy: standard
severity: ordinary
category: light
summary: 灯不亮
personal: {name: 欧阳某}
events:
  - {event: received, at: 2026-03-03T09:00, by: zhou}
  - {event: response_given, at: 2026-03-04T09:00, by: zhou}
  - {event: archived, at: 2026-03-05T09:00, by: li}
"""


@pytest.fixture
def filed(register: Any) -> Any:
    register.commit({"cases/2026/03/2026-03-0003.yaml": FILED}, "filed")
    return register


def cases(run: Any, *args: str) -> list[str]:
    return [each["case"] for each in json.loads(run("list", "--format", "json", *args).output)]


@pytest.mark.usefixtures("filed")
class TestList:
    @pytest.mark.parametrize(
        ("args", "serials"),
        [
            ((), [1, 2, 3]),
            (("--overdue",), [1, 2]),
            (("--owner", "zhou"), [3]),
            (("--owner", "nobody"), []),
            (("--status", "archived"), [3]),
            (("--status", "overdue"), [1, 2]),
            (("--category", "light"), [3]),
            (("--month", "2026-03"), [1, 2, 3]),
            (("--month", "2026-04"), []),
            (("--policy", "standard", "--overdue"), [1, 2]),
            (("--sort", "stage"), [1, 2, 3]),
            (("--sort", "received"), [1, 2, 3]),
            (("--sort", "owner"), [1, 2, 3]),
        ],
    )
    def test_filters(self, run: Any, args: tuple[str, ...], serials: list[int]) -> None:
        found = cases(run, "--as-of", "2026-03-09", *args)
        assert found == [f"2026-03-{serial:04}" for serial in serials]

    def test_a_status_that_is_none_is_named(self, run: Any) -> None:
        wrong = run("list", "--status", "late")
        assert (wrong.exit_code, "overdue" in wrong.output) == (2, True)

    def test_the_table_keeps_its_columns_in_chinese(self, run: Any) -> None:
        lines = run("list", "--lang", "zh", "--as-of", "2026-03-09").output.splitlines()
        assert lines[0].split() == ["编号", "阶段", "下一期限", "责任人", "摘要"]
        assert "2026-03-05 23:59 !" in lines[1]

    def test_a_deadline_as_json(self, run: Any) -> None:
        first = json.loads(run("list", "--format", "json", "--as-of", "2026-03-09").output)[0]
        assert first["deadlines"] == [
            {
                "limit": "answer",
                "clauses": ["T-01"],
                "start": "2026-03-02T09:00:00+08:00",
                "due": "2026-03-05T23:59:59+08:00",
                "first_due": "2026-03-05T23:59:59+08:00",
                "met": None,
                "status": "overdue",
            }
        ]


@pytest.mark.usefixtures("filed")
class TestShow:
    @pytest.mark.parametrize(
        "name", ["2026-03-0003", "0003", "3", "9XYZ-8VWT", "cases/2026/03/2026-03-0003.yaml"]
    )
    def test_a_case_is_found_by_any_of_its_names(self, run: Any, name: str) -> None:
        shown = run("show", name, "--as-of", "2026-03-09")
        assert "2026-03-0003  archived" in shown.output

    def test_nothing_personal_is_shown(self, run: Any) -> None:
        for form in ("text", "json"):
            assert "欧阳" not in run("show", "0003", "--format", form).output

    def test_a_case_that_is_not_there(self, run: Any) -> None:
        wrong = run("show", "0099")
        assert (wrong.exit_code, "0099" in wrong.output) == (2, True)

    def test_before_it_was_received_there_is_nothing_to_show(self, run: Any) -> None:
        early = run("show", "0003", "--as-of", "2026-03-01")
        assert (early.exit_code, "not been received" in early.output) == (2, True)

    def test_what_is_next(self, run: Any) -> None:
        told = run("show", "0001", "--as-of", "2026-03-03").output
        assert "To do next\n  2026-03-05 23:59  Li  Answer within three days" in told

    def test_a_flawed_case_says_what_is_wrong_with_it(self, run: Any, register: Any) -> None:
        register.write("cases/2026/03/2026-03-0003.yaml", FILED.replace("received", "recieved"))
        wrong = run("show", "2026-03-0003")
        assert wrong.exit_code == 2
        assert "2026-03-0003.yaml:9" in wrong.output and "recieved" in wrong.output

    def test_that_nothing_was_written_is_only_said_where_something_would_be(
        self, run: Any, register: Any
    ) -> None:
        register.write("cases/2026/03/2026-03-0003.yaml", FILED.replace("received", "recieved"))
        said = run("show", "2026-03-0003").output
        assert "cannot be shown before its file is mended" in said and "written" not in said


SHARED = """\
policy: shared
title: {en: Shared, zh: 共同负责}
in_force_from: 2026-01-01
source: {document: none, heading: made up for the tests}
owner:
  given-away: {clause: T-30, title: {en: Whoever took it, zh: 接手人}, from: received, passes_by: handed_over}
limits:
  prompt: {clause: T-31, title: {en: Greet, zh: 接待}, from: received, until: acknowledged, within: promptly}
  answer: {clause: T-32, title: {en: Answer, zh: 答复}, from: received, until: response_given, within: 3 days}
  explain: {clause: T-33, title: {en: Explain, zh: 说明}, from: received, until: investigated, within: 3 days, owner: respondent}
"""
TAKEN = """\
case: 2026-03-0004
receipt: 9XYZ-8VWT
policy: shared
summary: |
  灯不亮
  又不亮
events:
  - {event: received, at: 2026-03-03T09:00, by: li}
  - {event: acknowledged, at: 2026-03-03, by: li, note: "一\\n二"}
  - {event: handed_over, at: 2026-03-04T09:00, by: li, to: [zhou, wang]}
"""


class TestSeveralOrNobody:
    """A case may be answered for by several; then each is named, and found by name."""

    @pytest.fixture(autouse=True)
    def taken(self, register: Any) -> None:
        register.commit({"policies/shared.yaml": SHARED, "cases/2026/03/2026-03-0004.yaml": TAKEN})

    @pytest.mark.parametrize(("owner", "found"), [("zhou", True), ("wang", True), ("zhou, wang", False)])
    def test_list_finds_it_for_each(self, run: Any, owner: str, found: bool) -> None:
        assert ("2026-03-0004" in cases(run, "--owner", owner, "--as-of", "2026-03-05")) is found

    @pytest.mark.parametrize(("lang", "names"), [("en", "Zhou, Wang"), ("zh", "Zhou、Wang")])
    def test_all_are_named(self, run: Any, lang: str, names: str) -> None:
        for asked in (("list",), ("show", "0004")):
            assert names in run(*asked, "--as-of", "2026-03-05", "--lang", lang).output

    def test_nobody_is_a_dash(self, run: Any) -> None:
        told = run("show", "0004", "--as-of", "2026-03-05").output
        assert "2026-03-06 23:59  –           Explain" in told

    def test_lines_of_a_text_stand_on_one(self, run: Any) -> None:
        assert "灯不亮 又不亮" in run("list", "--as-of", "2026-03-05").output
        shown = run("show", "0004", "--as-of", "2026-03-05").output
        assert "灯不亮 又不亮" in shown and "一 二" in shown and "�" not in shown

    @pytest.mark.parametrize(("lang", "done"), [("en", "done"), ("zh", "已办")])
    def test_what_had_no_instant_is_done_not_in_time(self, run: Any, lang: str, done: str) -> None:
        told = run("show", "0004", "--as-of", "2026-03-05", "--lang", lang).output
        assert any(line.split()[:2] == ["–", done] for line in told.splitlines())


@pytest.mark.usefixtures("filed")
class TestRetention:
    @pytest.mark.parametrize(("as_of", "standing"), [("2028-03-05", "kept"), ("2028-03-06", "disposable")])
    def test_kept_and_then_disposable(self, run: Any, as_of: str, standing: str) -> None:
        (row,) = json.loads(run("retention", "--format", "json", "--as-of", as_of).output)
        assert row == {
            "case": "2026-03-0003",
            "path": "cases/2026/03/2026-03-0003.yaml",
            "keep_until": "2028-03-05",
            "standing": standing,
            "entry": "ordinary",
            "clauses": ["T-12"],
            "holds": [],
        }

    def test_as_a_table(self, run: Any) -> None:
        assert "2028-03-05  可以销毁" in run("retention", "--lang", "zh", "--as-of", "2028-03-06").output
