"""`casework import` as a person runs it: look first, then all rows or none, and never a traceback."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

MAP = """\
source: old-book
policy: standard
id: no
by: li
format: YYYY-MM-DD hh:mm
head:
  channel: {column: how, values: {Tel: phone, Walk-in: visit}}
  summary: {column: about}
personal:
  name: {column: who}
events:
  - event: received
    at: {column: came}
  - event: response_given
    when_given: answered
    at: {column: answered}
"""
ROWS = """\
no,came,how,about,who,answered,weather
1,2026-03-05 09:00,Tel,the lamp flickers,Sima Yi,2026-03-06 09:00,fair
2,2026-03-01 10:00,Walk-in,"=cmd|' /C calc'!A0",,,foul
3,2026-04-01 10:00,,"two
lines",,,
"""
Run = Callable[..., Result]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    path = tmp_path / "book.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def import_(run: Run, table: Path) -> Run:
    """Run `casework import` on the table and its map."""

    def import_(*args: str, file: Path = table) -> Result:
        fixed = ("--as-of", "2026-06-01")
        done = run("import", str(file), "--map", str(table.with_name("map.yaml")), *fixed, *args)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    return import_


def commits(register) -> int:
    return int(register.git("rev-list", "--count", "HEAD"))


def test_the_preview_says_what_would_be_and_writes_nothing(import_: Run, register) -> None:
    done = import_()
    assert done.exit_code == 2 and "run it again with --yes" in done.output
    for said in (
        "book.csv: 3 rows, read as utf-8",
        "numbers: 2026-03-0003…0004, 2026-04-0001",
        "left out, since the map takes nothing from them: weather",
        "3 of the 3 cases, as they would be:",
        "      id: old-book/2",
        "error [deadline-overdue] of",
    ):
        assert said in done.output, done.output
    counts = [line.rsplit(maxsplit=1) for line in done.output.splitlines()[1:8]]
    assert ["  new", "3"] in counts and ["  new, without “Response given”", "2"] in counts
    assert commits(register) == 1 and register.git("status", "--porcelain") == ""


def test_yes_imports_all_in_one_commit(import_: Run, register, run: Run) -> None:
    done = import_("--yes")
    assert done.exit_code == 0 and "3 cases imported in one commit" in done.output
    assert "it is only on this machine" in done.output
    assert commits(register) == 2 and register.git("status", "--porcelain") == ""
    assert register.git("log", "-1", "--format=%s") == "imported old-book: 3 cases"
    shown = json.loads(run("show", "2026-03-0004", "--format", "json").output)
    assert (shown["summary"], shown["received"]) == ("the lamp flickers", "2026-03-05T09:00:00+08:00")
    assert "Sima Yi" not in done.output.split("imported in one commit")[1]


def test_run_twice_nothing_is_doubled(import_: Run, register, table: Path) -> None:
    import_("--yes")
    again = import_("--yes")
    assert again.exit_code == 0 and "nothing to import" in again.output and commits(register) == 2
    table.write_text(ROWS.replace("flickers", "is dark") + "4,2026-04-02 10:00,,,,,\n", encoding="utf-8")
    more = import_("--yes")
    assert "line 2: 2026-03-0004 is left as it is; the table differs in summary" in more.output
    assert "1 cases imported" in more.output and commits(register) == 3
    assert "flickers" in (register.root / "cases/2026/03/2026-03-0004.yaml").read_text(encoding="utf-8")


def test_one_bad_row_and_nothing_is_written(import_: Run, register, table: Path) -> None:
    table.write_text(
        ROWS + "5,yesterday,Tel,,,,\n6,2026-04-02 10:00,Fax\n7,never,Fax,,,,\n8,never,Fax,,,,\n", "utf-8"
    )
    done = import_("--yes")
    assert done.exit_code == 1 and commits(register) == 1
    lines = done.output.splitlines()
    assert ["  new", "3"] in [
        line.rsplit(maxsplit=1) for line in lines
    ] and "as they would be" not in done.output
    assert lines[lines.index("") + 1 :] == [
        "book.csv: 4 rows cannot be imported, so nothing was written. Mend the table or the map and try again:",
        "book.csv:6: “yesterday” does not fit the format YYYY-MM-DD hh:mm (column “came”)",
        "book.csv:7: cells in this row: 3; columns named in the first row: 7",
        "book.csv:8-9: “Fax” in “how” is not among the values of the map",
        "book.csv:8-9: “never” does not fit the format YYYY-MM-DD hh:mm (column “came”)",
    ]
    assert register.git("status", "--porcelain") == ""


def test_it_speaks_chinese(import_: Run, table: Path) -> None:
    assert "新增" in import_("--lang", "zh").output
    table.write_text(ROWS + "5,yesterday,Tel,,,,\n", encoding="utf-8")
    assert "book.csv:6：“yesterday”不符合格式 YYYY-MM-DD hh:mm（“came”列）" in import_("--lang", "zh").output


@pytest.mark.parametrize(("answer", "code", "made"), [("y\n", 0, 2), ("n\n", 1, 1), ("\n", 1, 1)])
def test_at_a_terminal_it_asks(
    run: Run, register, table: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, made: int
) -> None:
    from casework.commands import import_
    from casework.commands.main import casework_
    from casework.desk import asking
    from click.testing import CliRunner

    for module in (asking, import_):
        monkeypatch.setattr(module, "is_terminal", lambda: True)
    args = ["import", "--root", str(register.root), str(table), "--map", str(table.with_name("map.yaml"))]
    done = CliRunner().invoke(casework_, args, input=answer)
    assert "Import these 3 cases? [y/N]" in done.output and done.exit_code == code
    assert commits(register) == made


@pytest.mark.parametrize(
    ("file", "args", "code", "said"),
    [
        ("gone.csv", (), 2, "gone.csv cannot be opened"),
        ("map.yaml", (), 2, "map.yaml is no table"),
        ("book.csv", ("--encoding", "klingon"), 2, "no encoding 'klingon'"),
        ("book.csv", ("--delimiter", "semicolon"), 1, "say in the map delimiter: comma"),
        ("cut.csv", (), 1, "cut.csv:3:1: the file ends inside the quoted cell that begins here"),
        ("other.csv", (), 2, "map.yaml:3:5: the table has no column “no”; did you mean “No”?"),
        ("book.csv.gz", (), 1, "book.csv.gz:1:1: the file is no sound gzip archive"),
    ],
)  # fmt: skip
def test_what_is_no_table_for_this_map_is_told_in_a_sentence(
    import_: Run, register, table: Path, file: str, args: tuple[str, ...], code: int, said: str
) -> None:
    table.with_name("cut.csv").write_text('no,came\n1,2026-03-01 10:00\n"2', encoding="utf-8")
    table.with_name("other.csv").write_text(ROWS.replace("no,", "No,", 1), encoding="utf-8")
    table.with_name("book.csv.gz").write_text(ROWS, encoding="utf-8")
    done = import_("--yes", *args, file=table.with_name(file))
    assert done.exit_code == code and said in done.output, done.output
    assert commits(register) == 1


def test_the_map_in_the_help_keeps_to_its_schema(run: Run) -> None:
    from casework.records.record import Record
    from casework.records.schema import schemas_from
    from casework.records.source import WorkTree
    from casework.records.strict_yaml import read_yaml

    told = run("import", "--help", root=False).output
    example = told[told.index("    source:") : told.index("先预览")].rstrip()
    record = read_yaml("map.yaml", example.encode())
    assert isinstance(record, Record)
    assert schemas_from(WorkTree(Path(__file__).parents[2])).flaws("map", record) == ()


def test_a_flawed_map_is_told_with_its_lines(import_: Run, table: Path) -> None:
    table.with_name("map.yaml").write_text(MAP.replace("by: li", "by: nobody"), encoding="utf-8")
    done = import_("--yes")
    assert done.exit_code == 2 and "map.yaml:4:5: nobody in staff.yaml is “nobody”" in done.output
    table.with_name("map.yaml").unlink()
    assert import_("--yes").exit_code == 2


def test_a_packed_table_in_gb18030_from_excel(import_: Run, table: Path) -> None:
    path = table.with_name("book.tsv.gz")
    body = (
        ROWS.replace(",", "\t")
        .replace("the lamp flickers", "台灯闪烁")
        .replace("\"=cmd|' /C calc'!A0\"", "x")
    )
    path.write_bytes(gzip.compress(body.encode("gb18030")))
    done = import_("--yes", file=path)
    assert (
        done.exit_code == 0
        and "read as gb18030 (a guess" in done.output
        and "summary: 台灯闪烁" in done.output
    )


def test_a_killed_import_is_finished_by_the_next(import_: Run, register) -> None:
    from casework.deeds import import_write

    class KilledError(BaseException):
        pass

    with pytest.MonkeyPatch.context() as patch:

        def killed(*args: object) -> None:
            raise KilledError

        patch.setattr(import_write, "_put_in_place", killed)
        with pytest.raises(KilledError):
            import_write.commit_at_once(
                register.root, {"cases/2026/05/2026-05-0001.yaml": b"case: x\n"}, "imported"
            )
    assert "its 1 files that were missing are in place now" in import_().output
    assert register.git("status", "--porcelain") == ""


def test_a_folder_that_is_no_repository_is_no_traceback(import_: Run, register) -> None:
    shutil.rmtree(register.root / ".git")
    done = import_("--yes")
    assert done.exit_code == 2 and "not in a git repository" in done.output
