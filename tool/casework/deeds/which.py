"""Which case file a person means by a number, the end of one, a receipt or a path; no other case is read for it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from casework.deeds.numbers import path_of
from casework.deeds.refused import Refused
from casework.words import Text

_RECEIPT = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")
_FEW = 6  # cases named when several fit


def case_path(root: Path, asked: str) -> str:
    """The path below ``root`` of the one case meant; Refused if there is none, or more than one.

    ``asked`` is a number, a unique ending of one (``0007``, or ``7``), a receipt in either case of letters, or a path
    below the folder we stand in or below ``root``.
    """
    if asked.endswith((".yaml", ".yml")) or "/" in asked or os.sep in asked:
        return _at_path(root, asked)
    try:
        if (root / path_of(asked)).is_file():
            return path_of(asked)
    except ValueError:
        pass
    end = f"{asked:0>4}" if asked.isdecimal() else asked
    ending = [path for path in _cases(root) if _number(path) == end or _number(path).endswith(f"-{end}")]
    found = ending or (_with_receipt(root, asked.upper()) if _RECEIPT.fullmatch(asked.upper()) else [])
    if len(found) != 1:
        raise Refused(_several(asked, found) if found else _none(root, asked))
    return found[0]


def _at_path(root: Path, asked: str) -> str:
    top = root.resolve()
    for start in (Path.cwd(), top):
        path = start.joinpath(asked)
        if path.is_file() and path.resolve().is_relative_to(top):
            return path.resolve().relative_to(top).as_posix()
    raise Refused(Text("there is no case file {path}", "没有案件文件 {path}", {"path": asked}))


def _cases(root: Path) -> Iterator[str]:
    """Paths of all case files, found by their names alone."""
    for folder, _, names in os.walk(root / "cases"):
        below = Path(folder).relative_to(root).as_posix()
        yield from (f"{below}/{name}" for name in names if name.endswith(".yaml") and name != "month.yaml")


def _number(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def _with_receipt(root: Path, receipt: str) -> list[str]:
    """The files that hold a receipt: searched as bytes, since nothing else tells where it is."""
    line = re.compile(rb"^receipt:\s*['\"]?" + receipt.encode() + rb"\b", re.MULTILINE)
    return [path for path in _cases(root) if line.search((root / path).read_bytes())]


def _several(asked: str, found: list[str]) -> Text:
    numbers = sorted(_number(path) for path in found)
    more = ["…"] if len(numbers) > _FEW else []
    return Text(
        "several cases fit '{asked}': {numbers}; write the whole number",
        "有多宗案件符合“{asked}”：{numbers}；请写出完整编号",
        {"asked": asked, "numbers": [*numbers[:_FEW], *more]},
    )


def _none(root: Path, asked: str) -> Text:
    from difflib import get_close_matches  # only a wrong number needs it

    near = get_close_matches(asked, [_number(path) for path in _cases(root)], 3)
    hint = Text("; did you mean {near}?", "；是否指 {near}？", {"near": near}) if near else Text("", "")
    return Text(
        "no case is '{asked}' (a number, the end of one, a receipt or a file){hint}",
        "没有案件“{asked}”（可写编号、编号尾数、回执号或文件路径）{hint}",
        {"asked": asked, "hint": hint},
    )
