"""A case is found by number, the end of one, receipt or path; what fits none or several is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from casework.deeds.refused import Refused
from casework.deeds.which import case_path

PATH = "cases/2026/03/2026-03-0001.yaml"


@pytest.fixture
def several(tmp_path: Path) -> Path:
    """2026-03-0001, one of April with the same serial, 2026-04-0012, a month's own file; and one file outside."""
    (tmp_path / "outside.yaml").write_text("case: x\n")
    for number, line in {
        "2026-03-0001": "receipt: 7KQF-3M9P",
        "2026-04-0001": "receipt: 2ABC-4DEF",
        "2026-04-0012": 'receipt: "2ABC-4DEG"',
        "2026-04/month": "receipt: 2ABC-4DEG",
    }.items():
        put(tmp_path / "register", number, line)
    return tmp_path / "register"


def put(root: Path, number: str, line: str) -> None:
    file = root / "cases" / number[:4] / number[5:7] / f"{number.removeprefix('2026-04/')}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"case: {number}\n{line}\n")


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("2026-03-0001", PATH),
        ("03-0001", PATH),
        (PATH, PATH),
        ("7KQF-3M9P", PATH),
        ("7kqf-3m9p", PATH),
        ("0012", "cases/2026/04/2026-04-0012.yaml"),
        ("12", "cases/2026/04/2026-04-0012.yaml"),
        ("2ABC-4DEG", "cases/2026/04/2026-04-0012.yaml"),
    ],
)
def test_found(several: Path, asked: str, path: str) -> None:
    assert case_path(several, asked) == path


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("0001", "several cases fit '0001': 2026-03-0001, 2026-04-0001"),
        ("0002", "no case is '0002'"),
        ("2026-03-0002", "did you mean 2026-03-0001"),
        ("2ABC-4DEH", "no case is"),
        ("month", "no case is"),
        ("cases/2026/03/none.yaml", "there is no case file"),
        ("../outside.yaml", "there is no case file"),
        ("", "no case is"),
        ("-", "no case is"),
        ("[", "no case is"),
    ],
)
def test_not_found(several: Path, asked: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        case_path(several, asked)
    assert words in str(refused.value)


def test_a_path_below_the_folder_we_stand_in(several: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(several / "cases/2026/03")
    assert case_path(several, "2026-03-0001.yaml") == PATH
    assert case_path(several, f"./{PATH.rpartition('/')[2]}") == PATH


def test_a_receipt_borne_twice_is_told(several: Path) -> None:
    put(several, "2026-05-0001", "receipt: 7KQF-3M9P")
    with pytest.raises(Refused, match="2026-03-0001, 2026-05-0001"):
        case_path(several, "7KQF-3M9P")
