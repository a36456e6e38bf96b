"""`casework coverage`: clause by clause, what keeps it."""

from __future__ import annotations

import click

from casework.desk.desk import Desk, Refusal, at_desk, form_option, width
from casework.words import Text, did_you_mean


@click.command(short_help="Which clauses are kept by what. · 各条款由什么落实。")
@click.argument("policy", required=False, default="")
@form_option("casework.views.coverage")
@at_desk
def command(desk: Desk, policy: str, form: str) -> None:
    """Show, for POLICY or for all, how many clauses of the source are kept, and which are not or only there to be read.

    Worked out from the entries that were compiled and the rules that run. In JSON every clause with what keeps it.

    统计某一制度（不写则为全部）的条款有多少已经落实，列出尚未落实和仅供阅读的。
    依实际编译的条目和现有规则得出；JSON 中逐条列出由什么落实。
    """
    from casework.state.instant import day_of
    from casework.state.register import edition_at_hand
    from casework.views.coverage import FORMS, coverage_of

    day = day_of(desk.at, desk.house.firm.zone)
    ours = {name: edition_at_hand(editions, day) for name, editions in desk.house.policies.items()}
    if policy and policy not in ours:
        parts = {"policy": policy, "hint": did_you_mean(policy, ours)}
        raise Refusal(Text(_NO_POLICY.en, _NO_POLICY.zh, parts), desk.lang)
    chosen = [policy] if policy else sorted(ours)
    click.echo(FORMS[form](coverage_of(ours[name] for name in chosen), desk.lang, width()))


_NO_POLICY = Text("no sound policy is called '{policy}'{hint}", "没有可用的制度“{policy}”{hint}")
