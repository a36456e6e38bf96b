"""`casework show CASE`: one case, what happened, what is promised, what is next."""

from __future__ import annotations

import click

from casework.desk.asking import refusals
from casework.desk.case import judged_case
from casework.desk.desk import Desk, at_desk, form_option, width


@click.command(short_help="Show one case. · 查看一宗案件。")
@click.argument("case")
@form_option("casework.views.case")
@at_desk
def command(desk: Desk, case: str, form: str) -> None:
    """Show CASE (its number, the end of it, its receipt or its file): what happened, what is promised, what is next.

    Its own file is judged; what only shows beside other cases (a number used twice) is for check to say.

    查看一宗案件（编号、编号尾数、回执号或文件路径均可）：经过、时限与下一步。只评判该案自身；涉及其他案件的问题由 check 报告。
    """
    from casework.views.case import FORMS, ShownCase

    with refusals(lambda: desk.lang):
        state, findings = judged_case(desk, case)
        click.echo(FORMS[form](ShownCase(state, findings, desk.at, desk.lang, width())))
