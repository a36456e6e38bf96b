"""`casework retention`: what is kept until when, and what may be disposed of."""

from __future__ import annotations

import click

from casework.desk.desk import Desk, at_desk, examined, form_option, width


@click.command(short_help="What is kept until when. · 查看保存期限。")
@form_option("casework.views.retention")
@at_desk
def command(desk: Desk, form: str) -> None:
    """Show until when each filed case is kept, what is on hold, and what may be disposed of. Nothing is deleted.

    列出已归档案件的保存期限、保全情况，以及哪些可以销毁。本命令不删除任何内容。
    """
    from casework.views.retention import FORMS

    register, _ = examined(desk)
    click.echo(FORMS[form](register, register.states, desk.at, desk.lang, width()))
