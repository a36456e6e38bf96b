"""`casework list`: the cases as a table, filtered and sorted."""

from __future__ import annotations

import click

from casework.desk.desk import Desk, at_desk, examined, form_option, width


@click.command(short_help="List cases. · 列出案件。")
@click.option(
    "--owner", default="", help="Who answers for it or handles it. · 责任人或处理人。", metavar="PERSON"
)
@click.option("--policy", default="", help="Under this policy. · 适用的制度。", metavar="POLICY")
@click.option(
    "--status", default="", help="A stage or a deadline's status. · 阶段或时限状态。", metavar="STATUS"
)
@click.option("--category", default="", help="Of this category. · 类别。", metavar="CATEGORY")
@click.option("--month", default="", help="Registered in this month, 2026-11. · 登记月份。", metavar="MONTH")
@click.option("--overdue", is_flag=True, help="With something overdue. · 只列逾期。")
@click.option(
    "--sort",
    default="number",
    type=click.Choice(["number", "due", "received", "stage", "owner"]),
    help="In this order. · 排序。",
)
@form_option("casework.views.cases")
@at_desk
def command(desk: Desk, sort: str, form: str, **asked: str | bool) -> None:
    """List the register's cases with their stage and next due instant; ! marks overdue.

    列出登记簿中的案件、所处阶段与下一期限；! 表示逾期。
    """
    from casework.views.cases import FORMS, STATUS_WORDS, Wanted, wanted_of

    wanted = Wanted(**asked)  # type: ignore[arg-type]
    if wanted.status and wanted.status not in STATUS_WORDS:
        raise click.UsageError(f"--status: {', '.join(STATUS_WORDS)}")
    register, _ = examined(desk)
    click.echo(FORMS[form](register, wanted_of(register, wanted, desk.at, sort), desk.at, desk.lang, width()))
