"""`casework editor`: write schema/editor.json anew, from which editors complete and explain case files."""

from __future__ import annotations

import sys

import click

from casework.desk.asking import refusals
from casework.desk.desk import Desk, at_desk
from casework.words import Text


@click.command(short_help="Renew schema/editor.json. · 更新编辑器用的 schema/editor.json。")
@at_desk
def command(desk: Desk) -> None:
    """Write schema/editor.json anew, after an event type or a field of the case was added or changed.

    新增或修改事件类型、案件字段后，重新生成 schema/editor.json，供编辑器补全和提示。
    """
    from casework.deeds.files import put_files
    from casework.records.editor import editor_text

    path = desk.root / EDITOR
    text = editor_text(desk.house.schemas).encode()
    before = {EDITOR: path.read_bytes()} if path.is_file() else {}
    if desk.house.schemas.flaws_of_schema:
        for flaw in desk.house.schemas.flaws_of_schema:
            click.echo(f"{flaw.place} {desk.say(flaw.text)}", err=True)
        sys.exit(1)
    if before.get(EDITOR) == text:
        click.echo(desk.say(Text("{path} is up to date", "{path} 已是最新", {"path": EDITOR})))
        return
    with refusals(lambda: desk.lang):
        put_files(desk.root, {EDITOR: text}, before)
    click.echo(
        desk.say(
            Text(
                "{path} written; commit it with the change",
                "已写入 {path}；请与改动一并提交",
                {"path": EDITOR},
            )
        )
    )


EDITOR = "schema/editor.json"
