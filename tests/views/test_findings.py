"""The closing line of `check`: how many findings of each level, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from casework.desk.desk import unread_register
from casework.rules import Finding
from casework.views.findings import Shown, text_of
from casework.words import Lang, Place, same

AT = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("levels", "lang", "said"),
    [
        (["information"], "en", "1 note"),
        (["information", "information"], "en", "2 notes"),
        (["information", "information"], "zh", "2 项提示"),
        (["error", "warning", "warning", "information"], "en", "1 error, 2 warnings, 1 note"),
        (["error", "warning", "warning", "information"], "zh", "1 项错误、2 项警告、1 项提示"),
        ([], "en", "nothing to report"),
        ([], "zh", "未发现问题"),
    ],
)
def test_closing_line(levels: list[str], lang: Lang, said: str) -> None:
    findings = [
        Finding("done-late", "past", level, (), "", Place("x.yaml", n), same(f"said {n}"))
        for n, level in enumerate(levels, 1)
    ]
    closing = text_of(Shown(unread_register(()), findings, AT, lang)).splitlines()[-1]
    assert closing.replace("：", ": ").endswith(f": {said}")


@pytest.mark.parametrize(("lang", "said"), [("en", "nothing new"), ("zh", "无新增问题")])
def test_of_a_change_that_brings_nothing(lang: Lang, said: str) -> None:
    assert text_of(Shown(unread_register(()), [], AT, lang, is_change=True)).endswith(said)
