"""`casework story`: cases told in full with a hand-reckoned table, held against what the register makes of them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from casework.desk.desk import Desk, Refusal, at_desk, form_option
from casework.words import Text


@click.command(short_help="Hold stories against the policies. · 用案例核对制度。")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@form_option("casework.views.story")
@at_desk
def command(desk: Desk, files: tuple[Path, ...], form: str) -> None:
    """Hold each story in FILE (or in the folder FILE) against what the register's policies make of its case.

    A story is a case told in full and, in the same file, a table of what should come of it: every deadline and every
    finding. Whatever is missing, differs or comes beside it is named by its line. Exit code 0 if all came out as told,
    1 if one did not, 2 if one could not be told.

    用登记簿的制度核对 FILE（文件或文件夹）中的案例。案例是一宗完整讲述的投诉，同一文件中另有人工推算的结果表，
    列出全部时限和检查结果；缺少、不同或多出的，逐行指出。全部相符退出码为 0，有不符为 1，有无法核对的为 2。只读不写。
    """
    from casework.desk.story import retold
    from casework.views.story import FORMS, Told, result_of

    if desk.asked_as_of:
        raise Refusal(_ITS_OWN, desk.lang)
    told = [retold(each, desk.house) for file in files for each in _stories_in(desk, file)]
    click.echo(FORMS[form](Told(told, desk.house.firm.zone, desk.lang)))
    results = set(map(result_of, told))
    sys.exit(2 if "flawed" in results else 1 if "differs" in results else 0)


def _stories_in(desk: Desk, file: Path) -> list[Path]:
    """The file itself, or every story in the folder."""
    if not file.is_dir():
        return [file]
    found = sorted(each for each in file.rglob("*.yaml") if each.is_file())
    if not found:
        raise Refusal(Text(*_NONE, {"folder": file}), desk.lang)
    return found


_ITS_OWN = Text(
    "a story says itself as of when it is told: leave --as-of out",
    "案例自己写明以何时为准：请不要使用 --as-of",
)
_NONE = ("no story in {folder}: their files end in .yaml", "{folder} 中没有案例：文件应以 .yaml 结尾")
