"""What an accident left in a file: control characters nobody sees, and the marks of an unfinished git merge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from casework.records.record import BOM, MOST, Flaw, place_of
from casework.words import Text

CONTROL = Text(
    "an invisible control character ({name}) stands here: delete it",
    "这里有一个看不见的控制字符（{name}）：请删去",
)
LINE_SEPARATOR = Text(
    "an invisible line separator ({name}) stands here: replace it by an ordinary line break",
    "这里有一个看不见的换行符（{name}）：请换成普通的换行",
)
INNER_BOM = Text(
    "an invisible byte order mark (U+FEFF) stands inside the file, where only its very beginning may have one: delete it",
    "文件中间有一个看不见的字节顺序标记（U+FEFF），它只能出现在文件开头：请删去",
)
CONFLICT = Text(
    "an unfinished git merge begins here ({mark}): keep the right lines and delete the lines of <<<, === and >>>",
    "从这里开始有未处理完的 git 合并冲突（{mark}）：请保留正确的内容，并删去 <<<、===、>>> 这几行",
)
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_CONFLICT = r"^(?:<{7}|>{7}|\|{7})(?= |\r?$)|^={7}(?=\r?$)"


def damage_in(path: str, text: str) -> Iterator[Flaw]:
    """Every trace of an accident, in order of kind and place."""
    if UNSEEN.search(text, text.startswith(BOM)):
        yield from islice(_unseen(path, text), MOST)
    if "<<<<<<<" in text or ">>>>>>>" in text:
        yield from islice(_conflicts(path, text), MOST)


def _unseen(path: str, text: str) -> Iterator[Flaw]:
    for found in UNSEEN.finditer(text, text.startswith(BOM)):
        char = found[0]
        name = f"U+{ord(char):04X}"
        said = LINE_SEPARATOR if char in "\x85\u2028\u2029" else INNER_BOM if char == BOM else CONTROL
        yield Flaw(place_of(path, text, found.start()), Text(said.en, said.zh, {"name": name}))


def _conflicts(path: str, text: str) -> Iterator[Flaw]:
    """One flaw where each conflict begins; markers left over without their beginning each speak for themselves."""
    inside = False
    for found in re.finditer(_CONFLICT, text, re.MULTILINE):
        mark = found[0]
        if mark[0] == "<" or not inside:
            place = place_of(path, text, found.start())
            yield Flaw(place, Text(CONFLICT.en, CONFLICT.zh, {"mark": mark}))
        inside = mark[0] != ">"
