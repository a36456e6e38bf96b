"""`casework due FROM SPAN`: when would it be due?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casework.desk.desk import Desk, Refusal, at_desk, form_option, width
from casework.words import Text

if TYPE_CHECKING:
    from casework.state.counting import Counting
    from casework.state.instant import Instant
    from casework.state.span import Span


@click.command(short_help="When would it be due? · 何时到期？")
@click.argument("start", metavar="FROM")
@click.argument("span")
@click.option(
    "--policy", default="", help="Count as this policy does. · 按此制度的算法计算。", metavar="POLICY"
)
@form_option("casework.views.due")
@at_desk
def command(desk: Desk, start: str, span: str, policy: str, form: str) -> None:
    """Say when SPAN from FROM ends, day by day: casework due 2026-09-30T16:00 "3 working days".

    FROM is a date and time (in the firm's zone unless it has an offset), or a date. SPAN is as in a policy.

    逐日说明自 FROM 起经过 SPAN 何时到期，如：casework due 2026-09-30T16:00 "3 working days"。
    FROM 为日期加时间（不写时差即为本单位时区）或日期；SPAN 的写法与制度文件相同。
    """
    from casework.state.account import account_of
    from casework.state.deadline import standing_of
    from casework.state.reckoning import reckoned
    from casework.views.due import FORMS, DueTold

    told, wanted = _instant(desk, start), _span(desk, span)
    counting = _counting(desk, policy, told)
    timetable = desk.house.timetable
    result = reckoned(told, wanted, timetable, counting)
    lines = tuple(account_of(told, wanted, timetable, counting))
    status = standing_of(told, result.due, result.awaits, desk.at) if result.due else "indeterminate"
    zone = desk.house.firm.zone
    click.echo(FORMS[form](DueTold(told, span, result, lines, status, zone, desk.lang, width())))


def _instant(desk: Desk, text: str) -> Instant:
    from casework.state.instant import instant_from

    told = instant_from(text, desk.house.firm.zone)
    if isinstance(told, Text):
        raise Refusal(Text("FROM: {why}", "FROM：{why}", {"why": told}), desk.lang)
    return told


def _span(desk: Desk, text: str) -> Span:
    from casework.state.span import SHIFT, span_from

    span = span_from(text)
    if span is None:
        raise Refusal(Text(_NO_SPAN.en, _NO_SPAN.zh, {"text": text}), desk.lang)
    if span.n == 0:
        raise Refusal(_A_SHIFT if span.unit == SHIFT else _NO_NUMBER, desk.lang)
    return span


def _counting(desk: Desk, policy: str, start: Instant) -> Counting:
    """How the policy asked for (the firm's own if none is) counts on the day of the start."""
    from casework.state.instant import day_of
    from casework.state.register import edition_of

    name = policy or desk.house.firm.policy
    edition = edition_of(desk.house.policies.get(name, ()), day_of(start.at, desk.house.firm.zone))
    if edition is None:
        raise Refusal(Text(_NO_POLICY.en, _NO_POLICY.zh, {"name": name}), desk.lang)
    return edition.counting


_NO_SPAN = Text(
    "'{text}' is no span: write it as in 30 minutes, 2 working hours, 3 working days, 6 months",
    "“{text}”不是有效的时长：请写成 30 minutes、2 working hours、3 working days、6 months 之类",
)
_NO_NUMBER = Text("that names no number: nothing can be counted", "没有写明数量，无法计算")
_A_SHIFT = Text(
    "the end of a shift depends on who holds the case: ask 'casework explain CASE'",
    "当班结束取决于案件由谁经手：请用 casework explain CASE 查看",
)
_NO_POLICY = Text(
    "no sound policy '{name}' is in force on that day: 'casework check' says why",
    "当日没有可用的制度“{name}”：原因见 casework check",
)
