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
CUT_OFF = Text(
    "the file ends in the middle of a character: it was cut off; type the end again, or fetch it from git",
    "文件在一个字符的中间断掉了：内容不完整；请补上结尾，或从 git 中取回",
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
        return Flaw(place_of(path, before, len(before)), _complaint(data, error))


def _complaint(data: bytes, error: UnicodeDecodeError) -> Text:
    if _is_gbk(data):
        return GBK
    if error.end == len(data) and error.reason == "unexpected end of data":
        return CUT_OFF
    return Text(NOT_UTF_8.en, NOT_UTF_8.zh, {"byte": f"{data[error.start]:02X}"})


def _is_utf_16(data: bytes) -> bool:
    # Without a mark: every second byte of the line ends, colons and spaces is NUL.
    return b"\0" in data and max(data[::2].count(0), data[1::2].count(0)) * 10 > len(data)


def _is_gbk(data: bytes) -> bool:
    """Whether it makes little sense as UTF-8 and reads as everyday Chinese in GBK."""
    as_utf_8 = [char for char in data.decode(errors="replace") if not char.isascii()]
    if as_utf_8.count("\ufffd") * 2 < len(as_utf_8):
        return False
    try:
        text = codecs.getincrementaldecoder("gb18030")().decode(data)  # a cut last character is forgiven
    except UnicodeDecodeError:
        return False
    strange = [char for char in text if not char.isascii()]
    return sum(map(_is_everyday_chinese, strange)) * 2 > len(strange)


def _is_everyday_chinese(char: str) -> bool:
    try:
        return char >= "\u3000" and bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False
