"""`casework explain CASE`: how each deadline of a case came about, step by step."""

from __future__ import annotations

import click

from casework.desk.asking import refusals
from casework.desk.case import judged_case
from casework.desk.desk import Desk, Refusal, at_desk, form_option, width
from casework.words import Text, did_you_mean


@click.command(short_help="How each deadline came about. · 说明各时限如何得出。")
@click.argument("case")
@click.option("--limit", default="", help="Only this limit of the policy. · 只看此时限。", metavar="NAME")
@form_option("casework.views.account")
@at_desk
def command(desk: Desk, case: str, limit: str, form: str) -> None:
    """Show each deadline of CASE step by step: what starts it, every day counted or skipped and why, what moved it.

    逐步说明案件各时限：从何起算，每一天为何计入或跳过，何事使其变动，最后于何时到期。
    """
    from casework.views.account import FORMS, Explained

    with refusals(lambda: desk.lang):
        state, _ = judged_case(desk, case)
        names = dict.fromkeys(each.limit.name for each in state.deadlines)
        if limit and limit not in names:
            parts = {"limit": limit, "hint": did_you_mean(limit, names)}
            raise Refusal(Text(_NO_LIMIT.en, _NO_LIMIT.zh, parts), desk.lang)
        shown = [each for each in state.deadlines if limit in ("", each.limit.name)]
        begun = sorted(
            (each for each in shown if each.status(desk.at) != "not_started"), key=lambda each: each.start.at
        )
        click.echo(FORMS[form](Explained(state, begun, desk.at, desk.lang, width())))


_NO_LIMIT = Text(
    "no clock of '{limit}' has run in this case{hint}", "此案没有名为“{limit}”的时限在计算{hint}"
)
