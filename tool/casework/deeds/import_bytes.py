"""The text of a table file: unpacked if it is gzip, decoded by its mark, as UTF-8, or else as GB18030."""

from __future__ import annotations

import codecs
import gzip
import zlib
from pathlib import Path
from typing import NamedTuple

from casework.deeds.refused import Refused
from casework.records.record import Flaw
from casework.words import Place, Text

LARGEST = 1 << 28  # 256 MiB unpacked: more is a mistake, or a bomb
ENDINGS = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

ENDING = (
    "{path} is no table this command reads: it takes {endings}. Save a workbook as CSV first",
    "{path} 不是本命令能读的表格：可用 {endings}。工作簿请先另存为 CSV",
)
CANNOT_OPEN = ("{path} cannot be opened: {why}", "无法打开 {path}：{why}")
NO_ENCODING = (
    "there is no encoding '{name}'; write gb18030, big5 …",
    "没有“{name}”这种编码；请写 gb18030、big5 等",
)
WORKBOOK = Text(
    "this is an Excel workbook, whatever its name says: open it and save it as CSV (UTF-8)",
    "这是 Excel 工作簿，只是改了扩展名：请打开后另存为 CSV（UTF-8）",
)
NOT_GZIP = Text("the file is no sound gzip archive: fetch it again", "gzip 压缩文件已损坏：请重新获取")
CUT_GZIP = Text(
    "the gzip archive ends before its end: it was cut off while it was fetched or copied; fetch it again",
    "gzip 压缩文件不完整（下载或复制时中断）：请重新获取",
)
TOO_LARGE = Text(
    "the table is larger than {size} MiB: split it and import the parts",
    "表格超过 {size} MiB：请拆分后分次导入",
    {"size": LARGEST >> 20},
)
UNKNOWN_ENCODING = Text(
    "this line is neither UTF-8 nor GB18030: name the encoding with --encoding (big5, cp1252 …)",
    "这一行既不是 UTF-8 也不是 GB18030：请用 --encoding 写明编码（big5、cp1252 等）",
)
NOT_OF_ENCODING = ("this line is not {name}: name another encoding", "这一行不是 {name} 编码：请改用其他编码")
NULS = Text(
    "the file holds NUL characters, as UTF-16 read without its mark does: try --encoding utf-16-le",
    "文件含有空字符，可能是没有标记的 UTF-16：请试用 --encoding utf-16-le",
)


class Decoded(NamedTuple):
    """A table's text, a byte order mark taken off; ``is_guess`` when nothing but luck tells the encoding."""

    text: str
    encoding: str
    is_guess: bool


def text_of(path: Path, encoding: str = "") -> Decoded | Flaw:
    """The text of a table file, or where and why it has none; Refused if it is no table file at all.

    ``encoding`` overrides what is found; else a byte order mark, UTF-8 and GB18030 are tried in this order.
    """
    if not path.name.lower().endswith(ENDINGS):
        raise Refused(Text(*ENDING, {"path": path.name, "endings": ENDINGS}))
    data = _bytes_of(path)
    if isinstance(data, Text):
        return Flaw(Place(path.name), data)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return Flaw(Place(path.name), WORKBOOK)
    found = _named(path.name, data, encoding) if encoding else _found(path.name, data)
    if isinstance(found, Decoded) and "\0" in found.text[:4096]:
        return Flaw(Place(path.name), NULS)
    return found


def _bytes_of(path: Path) -> bytes | Text:
    try:
        with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except EOFError:
        return CUT_GZIP
    except (gzip.BadGzipFile, zlib.error):
        return NOT_GZIP
    except OSError as error:
        raise Refused(Text(*CANNOT_OPEN, {"path": path, "why": error.strerror or str(error)})) from None
    return data if len(data) <= LARGEST else TOO_LARGE


def _named(path: str, data: bytes, encoding: str) -> Decoded | Flaw:
    try:
        return Decoded(data.decode(encoding).removeprefix("\ufeff"), encoding, False)
    except LookupError:
        raise Refused(Text(*NO_ENCODING, {"name": encoding})) from None
    except UnicodeError as error:
        return Flaw(_line(path, data, error), Text(*NOT_OF_ENCODING, {"name": encoding}))


def _found(path: str, data: bytes) -> Decoded | Flaw:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _named(path, data, encoding)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", False)
    except UnicodeDecodeError as error:
        try:
            return Decoded(data.decode("gb18030"), "gb18030", True)
        except UnicodeDecodeError:
            return Flaw(_line(path, data, error), UNKNOWN_ENCODING)


def _line(path: str, data: bytes, error: UnicodeError) -> Place:
    """Where decoding failed, by line; the encoding being unknown, nothing finer can be told."""
    return Place(path, data.count(b"\n", 0, getattr(error, "start", 0)) + 1)
