"""`casework check`: judge every case; exit 0 clean or warnings only, 1 an error, 2 wrong use."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from casework.desk.desk import (
    Desk,
    Refusal,
    at_desk,
    examined,
    form_option,
    is_colourful,
    unread_register,
    width,
)
from casework.desk.seen import Seen, seen

if TYPE_CHECKING:
    from pathlib import Path

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

    found = seen(desk, examined)
    findings = less(found.findings, _base(desk.root, changed, found)) if changed else found.findings
    shown = Shown(
        found.register, findings, found.at, found.lang, width(), is_colourful(), is_change=changed is not None
    )
    click.echo(FORMS[form](shown))
    sys.exit(1 if is_red(findings) else 0)


def _base(root: Path, revision: str, seen: Seen) -> list[Finding]:
    from casework.examine import examine
    from casework.house import NotARegister
    from casework.rules import findings_of
    from casework.trail.git import GitTrouble
    from casework.trail.sources import Tree

    try:
        return examine(Tree(root, revision), seen.at, seen.now)[1]
    except NotARegister as wrong:
        return findings_of(unread_register(wrong.flaws), seen.at)
    except GitTrouble as trouble:
        raise Refusal(trouble.text, seen.lang) from None
