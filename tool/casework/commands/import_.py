"""`casework import`: a table becomes cases, all of its rows or none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from casework.desk.asking import asker_at, is_terminal, refusals, tell
from casework.desk.desk import Desk, Refusal, at_desk, is_colourful, width
from casework.words import Text

if TYPE_CHECKING:
    from casework.deeds.import_known import Here
    from casework.deeds.import_map import Map
    from casework.deeds.import_plan import Numbering, Plan
    from casework.deeds.import_table import Table
    from casework.records.record import Flaw

_FINISHED = Text(
    "the last import was stopped behind its commit; its {n} files that were missing are in place now",
    "上次导入在提交之后中断；缺少的 {n} 个文件现已放到位",
)
_NOTHING_NEW = Text("nothing to import: nothing was written", "没有可导入的内容：没有写入任何文件")
_SAY_YES = Text(
    "nothing was written: look at the preview, then run it again with --yes",
    "没有写入任何内容：请看过预览后，加上 --yes 再运行一次",
)
_IMPORT = ("Import these {n} cases?", "确认导入这 {n} 宗案件吗？")
_NOT_ASKED_FOR = Text("nothing was written", "没有写入任何内容")
_DONE = ("{n} cases imported in one commit ({commit})", "已导入 {n} 宗案件，为一次提交（{commit}）")
_CHECKING = Text("reading", "读取")
_WRITING = Text("writing", "写入")


@click.command(short_help="Import a table of complaints. · 导入投诉表格。")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--map",
    "map_file",
    required=True,
    type=click.Path(path_type=Path),
    metavar="MAP.yaml",
    help="Which column becomes which field. · 列与字段的对照表。",
)
@click.option(
    "--encoding", help="The table's encoding (found by itself). · 表格编码（默认自动判断）。", metavar="NAME"
)
@click.option(
    "--delimiter",
    type=click.Choice(["comma", "semicolon", "tab", "pipe"]),
    help="What parts the cells. · 单元格分隔符。",
)
@click.option("--yes", is_flag=True, help="Import without asking. · 不再询问，直接导入。")
@at_desk
def command(
    desk: Desk, file: Path, map_file: Path, encoding: str | None, delimiter: str | None, yes: bool
) -> None:
    """Show what the rows of FILE (.csv, .tsv, or .gz of these) would become, ask, and make them cases in one commit.

    All rows or none: a single bad one, and nothing is written. Rows that are here already are not doubled. Every
    value comes from a cell or from the map, which schema/map.json describes:

    \b
      source: old-book                      # 来源代号 · with the id, tells a row that is here already
      policy: department-store
      id: number                            # 行编号所在列 · the column that tells rows apart
      by: service-desk                      # 经手人或部门 · who did what the rows tell
      format: YYYY-MM-DD hh:mm
      head:
        summary: {column: subject}
        channel: {column: how, values: {Tel: phone}}
      personal:
        name: {column: customer}
      events:
        - event: received
          at: {column: came}
        - event: completed
          when_given: done
          at: {column: done}

    先预览表格各行将成为怎样的案件，确认后一次提交。只要有一行有误，就什么都不写入；已有的行不会重复导入。
    内容只取自单元格或对照表；对照表的写法如上，详见 schema/map.json。
    """
    with refusals(lambda: desk.lang):
        _finish_last(desk)
        importing = _importing(desk, file, map_file, encoding, delimiter)
        plan = importing.plan()
        _show(desk, importing, plan)
        _agree(desk, plan, yes)
        _write(desk, importing, plan)


@dataclass(frozen=True)
class _Importing:
    """A sound table and its sound map, at the desk of their register."""

    desk: Desk
    map: Map
    table: Table

    def plan(self) -> Plan:
        """What the rows come to, as the register stands now."""
        from casework.deeds.import_plan import plan_of, sorted_rows

        here = self.here()
        rows = sorted_rows(self.table, self.map, here)
        look = (self.desk.at, self.desk.now)
        with _bar(self.desk, _CHECKING, len(rows.made)) as progress:
            return plan_of(self.table, rows, self.desk.house, look, self.numbering(here), progress)

    def here(self) -> Here:
        """The rows that are in the register."""
        from casework.deeds.import_known import here_in
        from casework.records.source import WorkTree

        return here_in(WorkTree(self.desk.root), self.map.source)

    def numbering(self, here: Here) -> Numbering:
        """Where the next numbers and receipts come from."""
        from random import SystemRandom

        from casework.deeds.import_plan import Numbering
        from casework.deeds.numbers import folder_of
        from casework.trail.refs import numbers_taken

        root = self.desk.root
        return Numbering(lambda month: numbers_taken(root, folder_of(month)), here.receipts, SystemRandom())


def _finish_last(desk: Desk) -> None:
    from casework.deeds.import_write import finish

    if left := finish(desk.root):
        tell(desk, Text(_FINISHED.en, _FINISHED.zh, {"n": left}))


def _importing(
    desk: Desk, file: Path, map_file: Path, encoding: str | None, delimiter: str | None
) -> _Importing:
    from casework.deeds.import_map import Map, columns_missing
    from casework.deeds.import_map_read import read_map
    from casework.deeds.import_table import Table, read_table

    try:
        map_ = read_map(map_file.name, map_file.read_bytes(), desk.house)
    except OSError as error:
        raise Refusal(_cannot_open(map_file, error), desk.lang) from None
    if not isinstance(map_, Map):
        _end(desk, map_, 2)
    table = read_table(file, encoding or map_.encoding, delimiter or map_.delimiter)
    if not isinstance(table, Table):
        _end(desk, table, 1)
    if missing := columns_missing(map_, table.columns):
        _end(desk, missing, 2)
    return _Importing(desk, map_, table)


def _show(desk: Desk, importing: _Importing, plan: Plan) -> None:
    """The preview; with bad rows, the counts, every bad row, and the end."""
    from casework.deeds.import_map import columns_left_out
    from casework.deeds.import_preview import bad_lines, preview_lines

    left_out = columns_left_out(importing.map, plan.table.columns)
    click.echo("\n".join(preview_lines(plan, left_out, desk.house.schemas.events, desk.lang, width())))
    if plan.bad:
        click.echo("\n".join(["", *bad_lines(plan.table.name, plan.bad, desk.lang)]))
        sys.exit(1)


def _agree(desk: Desk, plan: Plan, yes: bool) -> None:
    if not plan.cases:
        tell(desk, _NOTHING_NEW)
        sys.exit(0)
    if yes:
        return
    if not is_terminal():
        raise Refusal(_SAY_YES, desk.lang)
    click.echo()
    if not asker_at(desk).confirm(Text(*_IMPORT, {"n": len(plan.cases)}), default=False):
        tell(desk, _NOT_ASKED_FOR)
        sys.exit(1)


def _write(desk: Desk, importing: _Importing, seen: Plan) -> None:
    """Under the lock; if others wrote since the preview, what was shown is numbered anew."""
    from casework.deeds.afterwards import sharing_of
    from casework.deeds.import_plan import is_stale
    from casework.deeds.import_write import commit_at_once
    from casework.deeds.lock import lock

    with lock(desk.root, say=lambda text: tell(desk, text)):
        here = importing.here()
        plan = importing.plan() if is_stale(seen, here, importing.numbering(here)) else seen
        bodies = {case.path: case.body for case in plan.cases}
        subject = f"imported {importing.map.source}: {len(bodies)} cases"
        with _bar(desk, _WRITING, len(bodies)) as progress:
            commit = commit_at_once(desk.root, bodies, subject, progress)
    tell(desk, Text(*_DONE, {"n": len(bodies), "commit": commit.id[:10]}), sharing_of(desk.root, commit))


@contextmanager
def _bar(desk: Desk, label: Text, length: int) -> Iterator[Callable[[int], None]]:
    """A bar on the error stream, if that is a terminal; what it gives is told how many steps more are done."""
    if not is_colourful(sys.stderr):
        yield lambda steps: None
        return
    with click.progressbar(length=length, label=label.say(desk.lang), file=sys.stderr) as bar:
        yield bar.update


def _cannot_open(path: Path, error: OSError) -> Text:
    from casework.deeds.import_bytes import CANNOT_OPEN

    return Text(*CANNOT_OPEN, {"path": path, "why": error.strerror or str(error)})


def _end(desk: Desk, flaws: Sequence[Flaw], code: int) -> NoReturn:
    from casework.deeds.refused import flaw_text

    tell(desk, *(flaw_text(flaw) for flaw in flaws))
    sys.exit(code)
