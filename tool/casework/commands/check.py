"""`casework check`: judge every case; exit 0 clean or warnings only, 1 an error, 2 wrong use."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from casework.commands.desk import Desk, Refusal, at_desk, examined, form_option, is_colourful, width

if TYPE_CHECKING:
    from casework.rules import Finding


@click.command(short_help="Judge every case against the policies. · 按制度检查全部案件。")
@click.option(
    "--changed",
    metavar="BASE",
    help="Only what this work tree brings beyond BASE (a branch or commit). · 只报告相对 BASE 新增的问题。",
)
@form_option("casework.views.findings")
@at_desk
def command(desk: Desk, changed: str | None, form: str) -> None:
    """Judge every case against its policy and say what is wrong, owed or late.

    按各自适用的制度检查全部案件，指出错误、待办与逾期。只读不写。
    """
    from casework.examine import is_red, less
    from casework.views.findings import FORMS, Shown

    register, findings = examined(desk)
    if changed:
        findings = less(findings, _base(desk, changed))
    click.echo(FORMS[form](Shown(register, findings, desk.at, desk.lang, width(), is_colourful())))
    sys.exit(1 if is_red(findings) else 0)


def _base(desk: Desk, revision: str) -> list[Finding]:
    from casework.examine import NotARegister, examine
    from casework.trail.git import GitTrouble
    from casework.trail.sources import Tree

    try:
        return examine(Tree(desk.root, revision), desk.at, desk.now)[1]
    except NotARegister:
        return []
    except GitTrouble as trouble:
        raise Refusal(trouble.text, desk.lang) from None
