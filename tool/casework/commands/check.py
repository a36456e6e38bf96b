"""`casework check`: judge every case; exit 0 clean or warnings only, 1 an error, 2 wrong use."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import click

from casework.desk.desk import (
    Desk,
    Refusal,
    Unread,
    at_desk,
    examined,
    form_option,
    is_colourful,
    language,
    unread_register,
    width,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from casework.rules import Finding
    from casework.state.register import Register
    from casework.words import Lang


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

    seen = _seen(desk)
    findings = less(seen.findings, _base(desk.root, changed, seen)) if changed else seen.findings
    shown = Shown(
        seen.register, findings, seen.at, seen.lang, width(), is_colourful(), is_change=changed is not None
    )
    click.echo(FORMS[form](shown))
    sys.exit(1 if is_red(findings) else 0)


class _Seen(NamedTuple):
    """The register and what was found in it as of ``at``; ``now`` is what counts as now (both UTC)."""

    register: Register
    findings: list[Finding]
    at: datetime
    now: datetime
    lang: Lang


def _seen(desk: Desk) -> _Seen:
    """The work tree's register; where its own file is flawed, that alone, as of the clock."""
    from casework.rules import findings_of

    try:
        register, findings = examined(desk)
        return _Seen(register, findings, desk.at, desk.now, desk.lang)
    except Unread as unread:
        register = unread_register(unread.flaws)
        now, lang = desk.clock, language(desk.asked_lang)
        return _Seen(register, findings_of(register, now), now, now, lang)


def _base(root: Path, revision: str, seen: _Seen) -> list[Finding]:
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
