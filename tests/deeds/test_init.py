"""A register begun in an empty or a git folder is sound at once, and nothing that was there is overwritten."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from casework.deeds import init
from casework.deeds.init import Firm, Person, begin, files_of, policies_there, refuse_folder, zone_of
from casework.deeds.refused import Refused
from casework.examine import examine
from casework.records.source import WorkTree
from casework.trail.git import GitTrouble

NOW = datetime(2026, 3, 20, 2, tzinfo=UTC)
FIRM = Firm("Lantern & Co: #1", "灯庭", "Asia/Shanghai", "zh", ("department-store",), date(2026, 3, 20))
ME = Person("li-wen", "李文", "li@example.com", ("clerk", "staff"))

pytestmark = pytest.mark.usefixtures("lone_git")


def git(folder: Path, *args: str) -> str:
    return subprocess.run(
        ["git", "-C", str(folder), *args], capture_output=True, text=True, check=True
    ).stdout


@pytest.fixture
def files() -> dict[str, bytes]:
    return files_of(FIRM, ME)


def test_begun_in_a_folder_that_was_not_there(tmp_path: Path, files: dict[str, bytes]) -> None:
    root = tmp_path / "new" / "登记簿"
    begun = begin(root, files)
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "log", "--format=%s").split("\n") == ["register begun", ""]
    assert (begun.commit.branch, begun.kept) == ("main", ())
    register, findings = examine(WorkTree(root), NOW, NOW)
    assert {each.rule for each in findings} <= {"policy-unset", "nothing-to-count-by"}, (
        "clean but for what is left open"
    )
    assert register.timetable and register.timetable.calendar and register.timetable.hours is None
    assert (register.firm.name.en, register.firm.name.zh) == ("Lantern & Co: #1", "灯庭")
    assert register.people.bears("li-wen", "clerk", date(2026, 3, 20))
    assert sorted(path.name for path in root.iterdir()) == [
        ".git", ".gitattributes", ".gitignore", "README.md", "cases", "policies", "schema",
    ]  # fmt: skip


def test_the_schemas_and_the_policy_chosen_are_the_tools(files: dict[str, bytes], checkout: Path) -> None:
    for path in ("schema/case.json", "schema/events/received.json", "policies/department-store.yaml"):
        assert files[path] == (checkout / path).read_bytes()
    assert [path for path in files if path.startswith("policies/")] == [
        "policies/department-store.yaml", "policies/calendars/cn.yaml", "policies/register.yaml", "policies/staff.yaml",
    ]  # fmt: skip
    assert set(policies_there()).isdisjoint({"register", "staff"})


@pytest.mark.parametrize("name", sorted(policies_there()))
def test_each_policy_goes_with_the_guidance_it_includes(name: str) -> None:
    files = files_of(FIRM._replace(policies=(name,)), ME)  # refused if anything were missing or flawed
    included = policies_there()[name].value.get("include") or ()
    assert {path for path in files if "/guidance/" in path} == {
        f"policies/guidance/{each}.yaml" for each in included
    }


@pytest.mark.parametrize(
    ("zone", "calendar"),
    [("Europe/London", "england-wales"), ("Asia/Hong_Kong", "hong-kong"), ("America/Lima", None)],
)
def test_the_calendar_is_that_of_the_zone_and_none_is_assumed(zone: str, calendar: str | None) -> None:
    files = files_of(FIRM._replace(zone=zone), ME)
    told = [path for path in files if path.startswith("policies/calendars/")]
    assert told == ([f"policies/calendars/{calendar}.yaml"] if calendar else [])
    assert (f"calendar: {calendar}" in files["policies/register.yaml"].decode()) is bool(calendar)


def test_a_git_folder_keeps_what_it_has(repo: Any, files: dict[str, bytes]) -> None:
    repo.commit({"README.md": "ours\n", "notes.txt": "kept\n"})
    (repo.root / "staged.txt").write_text("not yet\n")
    repo.git("add", "staged.txt")
    begun = begin(repo.root, files)
    assert begun.kept == ("README.md",)
    assert (repo.root / "README.md").read_text() == "ours\n"
    assert repo.git("status", "--porcelain") == "A  staged.txt"


def test_a_folder_of_a_repository_is_no_repository_of_its_own(repo: Any, files: dict[str, bytes]) -> None:
    begin(repo.root / "complaints", files)
    assert not (repo.root / "complaints/.git").exists()
    assert repo.git("ls-files", "complaints/policies").count("\n") == 3


@pytest.mark.parametrize("path", ["policies/staff.yaml", "schema/case.json"])
def test_a_file_in_the_way_is_not_overwritten(repo: Any, files: dict[str, bytes], path: str) -> None:
    repo.commit({path: "ours\n"})
    with pytest.raises(Refused, match=path):
        begin(repo.root, files)
    assert (repo.root / path).read_text() == "ours\n" and repo.git("status", "--porcelain") == ""


def test_no_second_register(repo: Any, files: dict[str, bytes]) -> None:
    begin(repo.root, files)
    for folder in (repo.root, repo.root / "cases", repo.root / "cases" / "deeper"):
        with pytest.raises(Refused, match="holds a register already"):
            refuse_folder(folder)


def test_a_folder_with_files_that_is_not_gits(tmp_path: Path) -> None:
    (tmp_path / "letter.doc").write_text("x")
    with pytest.raises(Refused, match="git init"):
        refuse_folder(tmp_path)
    with pytest.raises(Refused, match="not a folder"):
        refuse_folder(tmp_path / "letter.doc")


def test_who_git_does_not_know_is_told_before_anything_is_written(
    tmp_path: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("NAME", "EMAIL"):
        monkeypatch.delenv(f"GIT_COMMITTER_{key}")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.useConfigOnly")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    with pytest.raises(GitTrouble, match="who you are"):
        begin(tmp_path / "new", files)
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_one_may_not_write_to(tmp_path: Path, files: dict[str, bytes]) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(Refused, match="cannot be used"):
        begin(tmp_path / "new", files)


@pytest.mark.parametrize(
    ("firm", "person", "words"),
    [
        (FIRM._replace(policies=("nowhere",)), ME, "department-store, ecommerce-site"),
        (FIRM._replace(en=" "), ME, "blank"),
        (FIRM, ME._replace(id="Li Wen"), "small letters"),
        (FIRM, ME._replace(email="nobody"), "name@example.org"),
        (FIRM, ME._replace(name=""), "blank"),
        (FIRM, ME._replace(id="x" * 2000), "cannot be kept in a file"),
        (FIRM._replace(zh="caf\udce9"), ME, "not UTF-8"),
    ],
)
def test_answers_that_would_make_a_flawed_register(firm: Firm, person: Person, words: str) -> None:
    with pytest.raises(Refused) as refused:
        files_of(firm, person)
    assert words in refused.value.text.say("en")


@pytest.mark.parametrize(
    ("told", "near"),
    [
        ("Asia/Shangai", "Asia/Shanghai"),
        ("shanghai", "Asia/Shanghai"),
        ("../etc/passwd", ""),
        ("", ""),
        ("Asia", ""),
    ],
)
def test_a_zone_nobody_knows(told: str, near: str) -> None:
    with pytest.raises(Refused) as refused:
        zone_of(told)
    assert near in refused.value.text.say("zh")


def test_a_branch_named_by_the_persons_own_configuration(
    tmp_path: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "init.defaultBranch")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "trunk")
    assert begin(tmp_path / "new", files).commit.branch == "trunk"


def test_editions_of_a_policy_go_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, checkout: Path
) -> None:
    (tmp_path / "schema").symlink_to(checkout / "schema")
    (tmp_path / "policies").mkdir()
    told = (checkout / "policies/department-store.yaml").read_text("utf-8")
    older = told.replace("in_force_from: 2010-01-29", "in_force_from: 2005-01-01")
    (tmp_path / "policies/department-store.yaml").write_text(told, "utf-8")
    (tmp_path / "policies/department-store@2005-01-01.yaml").write_text(older, "utf-8")
    (tmp_path / "policies/register.yaml").write_text("name: sample\n")
    monkeypatch.setattr(init, "data_folder", lambda: tmp_path)
    assert list(policies_there()) == ["department-store"]
    assert "policies/department-store@2005-01-01.yaml" in files_of(FIRM, ME)
