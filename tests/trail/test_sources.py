"""The index and any commit are sources like the work tree, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from casework.records.source import Source
from casework.trail.git import GitTrouble
from casework.trail.sources import Index, Tree, is_shared, uncommitted

CASE = "cases/2026/11/2026-11-0007.yaml"


def test_a_commit_gives_its_bytes_not_those_on_disk(repo) -> None:
    old = repo.commit({CASE: "客诉: 一\n"})
    repo.commit({CASE: "客诉: 二\n"})
    repo.write(CASE, "客诉: 三\n")
    repo.git("add", CASE)
    repo.write(CASE, "客诉: 四\n")
    assert Tree(repo.root, old).read(CASE).decode() == "客诉: 一\n"
    assert Tree(repo.root, "HEAD").read(CASE).decode() == "客诉: 二\n"
    assert Index(repo.root).read(CASE).decode() == "客诉: 三\n"
    assert Tree(repo.root, old).commit == old


def test_every_byte_is_what_git_show_gives(repo) -> None:
    files = {f"cases/2026/11/{n}.yaml": f"{n}\n" * (n % 7) + "\0\r\n 尾" for n in range(150)}
    repo.commit(files)
    tree = Tree(repo.root, "HEAD")
    for path in tree.paths("cases"):
        shown = ["git", "-C", str(repo.root), "cat-file", "blob", tree.id_of(path)]
        assert tree.read(path) == files[path].encode()
        if path.endswith("7.yaml"):
            assert tree.read(path) == subprocess.run(shown, capture_output=True, check=True).stdout


def test_files_may_be_read_in_any_order_and_twice(repo) -> None:
    files = {f"{n:03}": str(n) for n in range(200)}
    repo.commit({**files, ".hidden": "h"})
    tree = Tree(repo.root, "HEAD")
    for path in [*files, *reversed(files), "000", "001", "001", ".hidden", ".hidden", "199", "000"]:
        assert tree.read(path).decode() == files.get(path, "h")


def test_names_with_spaces_chinese_and_quotes(repo) -> None:
    names = ["a b.yaml", "投诉/王 某.yaml", 'say "hi".yaml', "tab\there", "*.yaml", ":(top)x", "-n"]
    repo.commit({name: name for name in names})
    for source in (Tree(repo.root, "HEAD"), Index(repo.root)):
        assert list(source.paths()) == sorted(names)
        assert [source.read(name).decode() for name in names] == names
        assert list(source.paths("投诉")) == ["投诉/王 某.yaml"]


def test_a_register_in_a_subfolder_sees_itself_alone(repo) -> None:
    repo.commit({"客诉 登记/cases/a": "1", "客诉 登记 2/cases/b": "2", "README": "3"})
    root = repo.root / "客诉 登记"
    for source in (Tree(root, "HEAD"), Index(root)):
        assert list(source.paths()) == ["cases/a"]
        assert source.read("cases/a") == b"1"
        with pytest.raises(FileNotFoundError):
            source.read("README")


def test_a_register_younger_than_the_commit_is_empty_there(repo) -> None:
    old = repo.commit({"README": "3"})
    repo.commit({"register/cases/a": "1"})
    assert list(Tree(repo.root / "register", old).paths()) == []


def test_links_submodules_and_hidden_files_are_not_listed(repo) -> None:
    commit = repo.commit({"a": "1", ".github/x": "2", "cases/.draft.tmp": "3"})
    os.symlink("a", repo.root / "link")
    repo.git("add", "link")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},module")
    repo.git("commit", "-q", "-m", "odd ones")
    for source in (Tree(repo.root, "HEAD"), Index(repo.root)):
        assert list(source.paths()) == ["a"]
        with pytest.raises(FileNotFoundError):
            source.read("link")


def test_they_are_sources(repo) -> None:
    repo.commit({"a": "1"})
    sources: list[Source] = [Tree(repo.root, "HEAD"), Index(repo.root)]
    assert all(list(source.paths()) == ["a"] for source in sources)


def test_an_empty_repository(repo) -> None:
    assert list(Index(repo.root).paths()) == []
    with pytest.raises(GitTrouble, match="nothing has been committed"):
        Tree(repo.root, "HEAD")
    repo.write("a", "1")
    assert uncommitted(repo.root) == ("a",)
    assert not is_shared(repo.root)


def test_a_file_in_conflict_has_no_staged_bytes(repo) -> None:
    repo.commit({"a": "1"})
    repo.git("checkout", "-q", "-b", "other")
    repo.commit({"a": "2"})
    repo.git("checkout", "-q", "main")
    repo.commit({"a": "3"})
    repo.git("merge", "other", check=False)
    with pytest.raises(GitTrouble, match="a is in conflict"):
        Index(repo.root)


def test_a_hook_sees_the_index_of_the_commit_being_made(repo, tmp_path: Path) -> None:
    repo.commit({"a": "1", "b": "1"})
    seen = tmp_path / "seen"
    hook = repo.write(
        ".git/hooks/pre-commit",
        f"#!{sys.executable}\nfrom pathlib import Path\nfrom casework.trail.sources import Index\n"
        f"index = Index(Path({str(repo.root)!r}))\n"
        f"Path({str(seen)!r}).write_bytes(index.read('a') + index.read('b'))\n",
    )
    hook.chmod(0o755)
    repo.write("a", "A")
    repo.write("b", "B")
    repo.git("add", "a", "b")
    repo.git("commit", "-q", "-m", "only b", "--", "b")
    assert seen.read_text() == "1B"


def test_a_blob_git_has_lost_is_a_sentence_each_time(repo) -> None:
    repo.commit({"a": "1", "b": "2"})
    tree = Tree(repo.root, "HEAD")
    lost = tree.id_of("b")
    (repo.root / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    for _ in range(2):
        with pytest.raises(GitTrouble, match=lost):
            tree.read("b")
    assert tree.read("a") == b"1"


def test_what_is_not_committed(repo) -> None:
    repo.commit({f"reg/cases/{name}": "1" for name in ("same", "改", "gone", "staged", "old")})
    repo.commit({".gitignore": "*.log\n"})
    root = repo.root / "reg"
    repo.write("reg/cases/改", "2")
    repo.write("reg/cases/staged", "2")
    repo.git("add", "reg/cases/staged")
    (root / "cases" / "gone").unlink()
    repo.git("mv", "reg/cases/old", "reg/cases/new name")
    repo.write("reg/cases/2026/fresh one", "1")
    repo.write("reg/cases/noise.log", "1")
    repo.write("reg/elsewhere", "1")
    repo.write("outside", "1")
    names = ("2026/fresh one", "gone", "new name", "old", "staged", "改")
    assert uncommitted(root, "cases") == tuple(f"cases/{name}" for name in names)
    assert uncommitted(root, "cases/none") == ()
    assert "elsewhere" in uncommitted(root) and "outside" not in uncommitted(root)


def test_shared_means_on_a_branch_of_a_remote(repo, tmp_path: Path) -> None:
    first = repo.commit({"a": "1", "b": "1"})
    assert not is_shared(repo.root), "no remote at all"
    repo.git("init", "-q", "--bare", str(tmp_path / "server"))
    repo.git("remote", "add", "origin", str(tmp_path / "server"))
    repo.git("push", "-q", "origin", "main")
    assert is_shared(repo.root) and is_shared(repo.root, "a")
    repo.commit({"a": "2"})
    assert not is_shared(repo.root)
    assert not is_shared(repo.root, "a")
    assert is_shared(repo.root, "b"), "nothing about b is unpushed"
    assert is_shared(repo.root, revision=first)
    repo.write("b", "2")
    assert not is_shared(repo.root, "b"), "on disk it says more than what was pushed"
