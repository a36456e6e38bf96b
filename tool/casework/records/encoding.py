"""From bytes to text: UTF-8 only, and the other encodings told apart by name."""

from __future__ import annotations

import codecs

from casework.records.record import Flaw, place_of
from casework.words import Place, Text

GBK = Text(
    "the file is saved as GBK, not UTF-8: in your editor choose “save with encoding: UTF-8” and save it again",
    "文件是用 GBK 编码保存的，不是 UTF-8：请在编辑器中选择“以 UTF-8 编码保存”，再保存一次",
)
UTF_16 = Text(
    "the file is saved as UTF-16, not UTF-8: in your editor choose “save with encoding: UTF-8” and save it again",
    "文件是用 UTF-16 编码保存的，不是 UTF-8：请在编辑器中选择“以 UTF-8 编码保存”，再保存一次",
)
NOT_UTF_8 = Text(
    "this line holds a byte (0x{byte}) that is not UTF-8 text: type the damaged characters again and save as UTF-8",
    "这一行有不属于 UTF-8 文字的字节（0x{byte}）：请重新输入损坏的文字，并以 UTF-8 编码保存",
)
_UTF_16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(path: str, data: bytes) -> str | Flaw:
    """The file's text, a byte order mark included; a flaw when the bytes are not UTF-8."""
    if data.startswith(_UTF_16_BOMS) or _is_utf_16(data):
        return Flaw(Place(path), UTF_16)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        place = place_of(path, before, len(before))
        byte = f"{data[error.start]:02X}"
        return Flaw(place, GBK if _is_gbk(data) else Text(NOT_UTF_8.en, NOT_UTF_8.zh, {"byte": byte}))


def _is_utf_16(data: bytes) -> bool:
    # Without a mark: every second byte of the line ends, colons and spaces is NUL.
    return b"\0" in data and max(data[::2].count(0), data[1::2].count(0)) * 10 > len(data)


def _is_gbk(data: bytes) -> bool:
    """Most lines that are not ASCII are not UTF-8 either, and all of them read as everyday Chinese."""
    lines = [line for line in data.splitlines() if not line.isascii()]
    if sum(_is_utf_8(line) for line in lines) * 2 > len(lines):
        return False
    try:
        text = codecs.getincrementaldecoder("gb18030")().decode(data)  # a cut last character is forgiven
    except UnicodeDecodeError:
        return False
    strange = [char for char in text if not char.isascii()]
    return sum(map(_is_everyday_chinese, strange)) * 2 > len(strange)


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_everyday_chinese(char: str) -> bool:
    try:
        return char >= "\u3000" and bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False
