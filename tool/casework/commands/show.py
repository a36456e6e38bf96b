"""`casework show CASE`: one case, what happened, what is promised, what is next."""

from __future__ import annotations

import click

from casework.commands.desk import Desk, Refusal, at_desk, examined, width
from casework.words import Text


@click.command(short_help="Show one case. · 查看一宗案件。")
@click.argument("case")
@click.option(
    "--format", "form", default="text", type=click.Choice(["text", "json"]), help="text or json. · 输出格式。"
)
@at_desk
def command(desk: Desk, case: str, form: str) -> None:
    """Show CASE (its number, the end of it, its receipt or its file): what happened, what is promised, what is next.

    查看一宗案件（编号、编号尾数、回执号或文件路径均可）：经过、时限与下一步。
    """
    from casework.views.case import ShownCase, json_of, text_of

    register, findings = examined(desk)
    number = _number(desk, case, {each.number: str(each.head.get("receipt")) for each in register.cases})
    state = next((each for each in register.states if each.number == number), None)
    if state is None:
        raise Refusal(
            Text(
                "case {case} cannot be judged: see 'casework check'",
                "案件 {case} 无法评判，请看 casework check",
                {"case": number},
            ),
            desk.lang,
        )
    told = ShownCase(
        register, state, [each for each in findings if each.case == number], desk.at, desk.lang, width()
    )
    click.echo({"text": text_of, "json": json_of}[form](told))


def _number(desk: Desk, asked: str, receipts: dict[str, str]) -> str:
    stem = asked.rsplit("/", 1)[-1].removesuffix(".yaml")
    found = [
        number
        for number, receipt in receipts.items()
        if stem in (number, receipt) or number.endswith(f"-{stem}")
    ]
    if len(found) == 1 or stem in found:
        return stem if stem in found else found[0]
    en, zh = ("several cases end in", "有多宗案件以此结尾") if found else ("no case is", "没有案件")
    names = f": {', '.join(found[:5])}" if found else ""
    raise Refusal(Text(f"{en} '{asked}'{names}", f"{zh}：“{asked}”{names}"), desk.lang)
