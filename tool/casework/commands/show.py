"""`casework show CASE`: one case, what happened, what is promised, what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casework.desk.asking import refusals
from casework.desk.desk import Desk, Refusal, at_desk, form_option, width
from casework.words import Text

if TYPE_CHECKING:
    from casework.state.case import Case


@click.command(short_help="Show one case. · 查看一宗案件。")
@click.argument("case")
@form_option("casework.views.case")
@at_desk
def command(desk: Desk, case: str, form: str) -> None:
    """Show CASE (its number, the end of it, its receipt or its file): what happened, what is promised, what is next.

    Its own file is judged; what only shows beside other cases (a number used twice) is for check to say.

    查看一宗案件（编号、编号尾数、回执号或文件路径均可）：经过、时限与下一步。只评判该案自身；涉及其他案件的问题由 check 报告。
    """
    from casework.deeds.which import case_path
    from casework.examine import examine_case
    from casework.state.state import State
    from casework.views.case import FORMS, ShownCase

    with refusals(lambda: desk.lang):
        read = _read(desk, case_path(desk.root, case))
        state, findings = examine_case(read, desk.house, desk.at, desk.now)
        if not isinstance(state, State):
            raise Refusal(_NOT_JUDGED if state else _NOT_YET, desk.lang)
        click.echo(FORMS[form](ShownCase(state, findings, desk.at, desk.lang, width())))


def _read(desk: Desk, path: str) -> Case:
    """The case of a file; Refused if it is flawed, with every flaw and its place."""
    from casework.deeds.refused import Refused, flaw_text, listed
    from casework.deeds.sound import case_of
    from casework.records.read import CANNOT_OPEN
    from casework.state.case import Case

    try:
        made = case_of(path, (desk.root / path).read_bytes(), desk.house)
    except OSError as error:
        why = Text(CANNOT_OPEN.en, CANNOT_OPEN.zh, {"why": error.strerror})
        raise Refused(Text("{path}: {why}", "{path}：{why}", {"path": path, "why": why})) from None
    if isinstance(made, Case):
        return made
    raise Refused(listed(_FLAWED, map(flaw_text, made)))


_FLAWED = Text(
    "this case cannot be shown before its file is mended:",
    "案件文件有误，改正后才能查看：",
)
_NOT_JUDGED = Text(
    "no policy can judge this case: 'casework check' says why",
    "没有制度可以评判此案：原因见 casework check",
)
_NOT_YET = Text("as of that instant the case had not been received", "在该时刻此案尚未收到")
