"""Git is started safely, and what it refuses becomes a sentence in both languages."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from casework.trail.commits import commit_of, has_commit, is_shallow
from casework.trail.git import GitTrouble, ask, repository_of, tell


def trouble(call, *args) -> GitTrouble:
    with pytest.raises(GitTrouble) as caught:
        call(*args)
    text = caught.value.text
    assert re.search("[\u4e00-\u9fff]", text.say("zh")), "a sentence in Chinese"
    assert "{" not in text.say("en") + text.say("zh"), "every part filled in"
    return caught.value


def test_a_folder_outside_git_is_told_so(tmp_path: Path, lone_git: None) -> None:
    said = trouble(repository_of, tmp_path).text.say("en")
    assert "git init" in said and str(tmp_path) in said


def test_a_folder_that_is_not_there(tmp_path: Path, lone_git: None) -> None:
    assert "no folder" in str(trouble(repository_of, tmp_path / "没有"))


def test_no_git_on_the_path(repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "not installed" in str(trouble(repository_of, repo.root))


def test_a_git_lying_in_the_current_folder_is_not_run(repo, monkeypatch: pytest.MonkeyPatch) -> None:
    trap = repo.write("git", "#!/bin/sh\ntouch trapped\n")
    trap.chmod(0o755)
    monkeypatch.chdir(repo.root)
    monkeypatch.setenv("PATH", f":.:{os.environ['PATH']}")
    repository_of(repo.root)
    assert not (repo.root / "trapped").exists()


def test_a_subfolder_with_a_chinese_name(repo) -> None:
    folder = repo.root / "客诉 登记"
    folder.mkdir()
    found = repository_of(folder)
    assert found.prefix == "客诉 登记/"
    assert found.top == repo.root.resolve()
    assert found.git_dir == found.common_dir == (repo.root / ".git").resolve()


def test_a_linked_work_tree_shares_the_common_folder(repo, tmp_path: Path) -> None:
    repo.commit({"a": "1"})
    repo.git("worktree", "add", "-q", str(tmp_path / "second"))
    found = repository_of(tmp_path / "second")
    assert found.common_dir == (repo.root / ".git").resolve()
    assert found.git_dir != found.common_dir


def test_a_bare_repository_has_nothing_to_work_on(tmp_path: Path, lone_git: None) -> None:
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "bare")], check=True)
    assert "bare" in str(trouble(repository_of, tmp_path / "bare"))


def test_variables_of_another_repository_do_not_steer_ours(repo, tmp_path, monkeypatch) -> None:
    repo.commit({"a": "1"})
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    assert ask(repo.root, "ls-files") == b"a\n"
    assert repository_of(repo.root).git_dir == (repo.root / ".git").resolve()


def test_configuration_and_identity_from_the_environment_stay(repo, monkeypatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "firm.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "商场")
    assert ask(repo.root, "config", "firm.name").decode() == "商场\n"
    assert b"Li Si" in ask(repo.root, "var", "GIT_AUTHOR_IDENT")


def test_a_name_with_a_star_is_a_name(repo) -> None:
    repo.commit({"a.yaml": "1", "b.yaml": "2"})
    assert ask(repo.root, "ls-files", "--", "*.yaml") == b""


@pytest.mark.skipif(os.name == "nt", reason="needs a shell script for a git")
def test_a_git_that_gives_no_answer_is_stopped(repo, tmp_path, monkeypatch) -> None:
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(60)\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(slow.parent), prepend=os.pathsep)
    with pytest.raises(GitTrouble, match=r"no answer within 0\.2 seconds"):
        ask(repo.root, "status", seconds=0.2)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give a file away")
def test_a_repository_of_another_user(repo) -> None:
    for path in (repo.root, repo.root / ".git"):
        os.chown(path, 12345, 12345)
    said = str(trouble(repository_of, repo.root))
    assert f"safe.directory '{repo.root}'" in said


def test_a_damaged_object_is_called_damage(repo) -> None:
    commit = repo.commit({"a": "1"})
    file = repo.root / ".git" / "objects" / commit[:2] / commit[2:]
    file.chmod(stat.S_IRUSR | stat.S_IWUSR)
    file.write_bytes(b"")
    assert "git fsck" in str(trouble(ask, repo.root, "log"))


def test_what_no_row_foresees_keeps_gits_own_words(repo) -> None:
    caught = trouble(tell, repo.root, "branch", "-d", "nobody")
    assert "git branch failed" in str(caught) and "nobody" in str(caught)
    assert caught.code == 1


def test_an_unborn_branch_has_no_commit(repo) -> None:
    assert not has_commit(repo.root)
    assert "nothing has been committed" in str(trouble(commit_of, repo.root, "HEAD"))
    repo.commit({"a": "1"})
    assert has_commit(repo.root)


@pytest.mark.parametrize("revision", ["", "origin/main", "--all", "-h", "HEAD~1", "a b", "HEAD:a"])
def test_a_revision_nobody_knows(repo, revision: str) -> None:
    repo.commit({"a": "1"})
    assert f"'{revision}'" in str(trouble(commit_of, repo.root, revision))


def test_a_revision_is_a_branch_a_tag_or_a_part_of_an_id(repo) -> None:
    commit = repo.commit({"a": "1"})
    repo.git("tag", "-a", "-m", "t", "v1")
    for revision in ("HEAD", "main", "v1", commit, commit[:10]):
        assert commit_of(repo.root, revision) == commit


def test_a_cut_off_clone_says_how_to_get_the_rest(repo, tmp_path: Path) -> None:
    first = repo.commit({"a": "1"})
    repo.commit({"a": "2"})
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.root}", str(clone))
    assert is_shallow(clone) and not is_shallow(repo.root)
    assert "--unshallow" in str(trouble(commit_of, clone, first))
