"""A deed is whole files and one commit of exactly them, whatever else lies about."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest
from casework.deeds.files import put_files
from casework.deeds.unfinished import TEMPORARY, Unfinished, how_to_end, unfinished
from casework.deeds.write import commit_files, write_commit
from casework.trail.git import GitTrouble
from casework.trail.sources import Tree, uncommitted
from casework.words import Text

CASE = "cases/2026/11/2026-11-0007.yaml"
OTHER = "cases/2026/11/2026-11-0008.yaml"


def refused(repo, *args, **more) -> GitTrouble:
    with pytest.raises(GitTrouble) as caught:
        write_commit(repo.root, *args, **more)
    assert not list(repo.root.rglob(f"*{TEMPORARY}")), "nothing is left lying about"
    assert caught.value.text.say("zh") != caught.value.text.say("en")
    return caught.value


def hook(repo, name: str, script: str) -> None:
    repo.write(f".git/hooks/{name}", f"#!/bin/sh\n{script}\n").chmod(0o755)


def committed(repo) -> set[str]:
    return set(repo.git("show", "--name-only", "--format=", "HEAD").splitlines())


def test_the_first_commit_of_a_fresh_repository(repo) -> None:
    made = write_commit(repo.root, {CASE: "客诉\n", OTHER: b"\xff\r\n"}, "2026-11-0007: received")
    assert made.id == repo.git("rev-parse", "HEAD") and made.branch == "main" and made.paths == (CASE, OTHER)
    assert repo.git("log", "--format=%an|%s") == "Li Si|2026-11-0007: received"
    tree = Tree(repo.root, made.id)
    assert (tree.read(CASE), tree.read(OTHER)) == ("客诉\n".encode(), b"\xff\r\n")
    assert repo.git("status", "--porcelain") == ""


def test_what_else_is_staged_or_edited_stays_as_it_was(repo) -> None:
    repo.commit({CASE: "1", "staged": "1", "edited": "1"})
    repo.write("staged", "2")
    repo.write("brand new", "1")
    repo.git("add", "staged", "brand new")
    repo.write("staged", "3")
    repo.write("edited", "2")
    before = repo.git("status", "--porcelain"), repo.git("diff", "--cached")
    write_commit(repo.root, {CASE: "2"}, "one", read={CASE: b"1"})
    assert committed(repo) == {CASE}
    assert (repo.git("status", "--porcelain"), repo.git("diff", "--cached")) == before


def test_a_register_in_a_subfolder_with_a_chinese_name(repo) -> None:
    root = repo.root / "客诉 登记"
    root.mkdir()
    write_commit(root, {"cases/王 某.yaml": "1"}, "新")
    assert committed(repo) == {"客诉 登记/cases/王 某.yaml"}
    assert unfinished(root) == ()


@pytest.mark.parametrize("name", ["*", "-n", ":(top)x", 'say "hi"', "a\tb"])
def test_a_file_name_is_only_a_name(repo, name: str) -> None:
    repo.commit({"other": "1"})
    repo.write("other", "2")
    write_commit(repo.root, {name: "1"}, "odd name")
    assert uncommitted(repo.root) == ("other",)


def test_a_subject_is_only_a_text(repo) -> None:
    for subject in ('"; rm -rf /', "--amend", "# 客诉", "%H $(id)"):
        write_commit(repo.root, {subject.replace("/", "_"): "1"}, subject)
        assert repo.git("log", "-1", "--format=%s") == subject


def test_on_no_branch_the_commit_says_so(repo) -> None:
    repo.commit({"a": "1"})
    repo.git("checkout", "-q", "--detach")
    assert write_commit(repo.root, {CASE: "1"}, "entry").branch == ""


def test_in_a_linked_work_tree(repo, tmp_path: Path) -> None:
    repo.commit({"a": "1"})
    repo.git("worktree", "add", "-q", "-b", "side/树", str(tmp_path / "second"))
    assert write_commit(tmp_path / "second", {CASE: "1"}, "entry").branch == "side/树"
    assert not (repo.root / CASE).exists()


def test_a_file_that_changed_since_it_was_read_is_not_touched(repo) -> None:
    repo.commit({CASE: "1", OTHER: "1"})
    repo.write(CASE, "by hand")
    head = repo.git("rev-parse", "HEAD")
    files = {OTHER: "2", CASE: "2"}
    assert CASE in str(refused(repo, files, "entry", read={CASE: b"1", OTHER: b"1"}))
    assert (repo.root / CASE).read_text() == "by hand" and (repo.root / OTHER).read_text() == "1"
    assert repo.git("rev-parse", "HEAD") == head


def test_a_file_that_vanished_since_it_was_read_is_not_made_again(repo) -> None:
    assert "changed by someone else" in str(refused(repo, {CASE: "2"}, "entry", read={CASE: b"1"}))
    assert not (repo.root / CASE).exists()


def test_a_new_file_never_replaces_one(repo) -> None:
    repo.write(CASE, "")
    assert "already exists" in str(refused(repo, {CASE: "1"}, "entry"))


@pytest.mark.parametrize("path", ["../x", "/tmp/x", "a/../../x"])
def test_a_path_outside_is_a_bug(repo, path: str) -> None:
    with pytest.raises(ValueError, match="below the register"):
        write_commit(repo.root, {path: "1"}, "entry")


def test_links_are_not_followed(repo, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (repo.root / "cases").symlink_to(tmp_path / "elsewhere")
    (repo.root / "link").symlink_to(tmp_path / "elsewhere" / "x")
    assert "link" in str(refused(repo, {"cases/a": "1"}, "entry"))
    assert "link" in str(refused(repo, {"link": "1"}, "entry"))
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_folder_in_the_way_is_a_sentence(repo) -> None:
    (repo.root / CASE).mkdir(parents=True)
    assert "cannot be read or written" in str(refused(repo, {CASE: "1"}, "entry"))
    repo.write("file", "1")
    assert "cannot be read or written" in str(refused(repo, {"file/a": "1"}, "entry"))


def test_the_mode_of_a_file_stays(repo) -> None:
    repo.commit({CASE: "1"})
    (repo.root / CASE).chmod(0o640)
    write_commit(repo.root, {CASE: "2"}, "entry", read={CASE: b"1"})
    assert stat.S_IMODE((repo.root / CASE).stat().st_mode) == 0o640


def test_many_files_are_one_commit(repo) -> None:
    files = {f"cases/2026/{n % 12 + 1:02}/{n:04}.yaml": f"{n}" for n in range(300)}
    write_commit(repo.root, files, "import")
    assert committed(repo) == set(files) and unfinished(repo.root) == ()


def run(repo, command: str) -> None:
    subprocess.run(["sh", "-c", command], cwd=repo.root.parent, check=True, capture_output=True)


def way(text: Text, name: str) -> str:
    """The command a sentence offers, as somebody would type it."""
    line = text.say("en").split(f"To {name}: ")[1]
    return line.split(". To undo")[0].replace(", then ", " && ")


def test_a_hook_that_refuses_leaves_the_file_and_both_ways_out(repo) -> None:
    repo.commit({OTHER: "1"})
    hook(repo, "pre-commit", "echo 第七条不合格 >&2; exit 1")
    caught = refused(repo, {CASE: "new", OTHER: "2"}, "entry $HOME", read={OTHER: b"1"})
    assert "a git hook" in str(caught) and "第七条不合格" in str(caught)
    assert unfinished(repo.root) == (Unfinished(CASE, "added"), Unfinished(OTHER, "changed"))
    hook(repo, "pre-commit", "exit 0")
    run(repo, way(caught.text, "finish"))
    assert committed(repo) == {CASE, OTHER} and repo.git("log", "-1", "--format=%s") == "entry $HOME"


def test_the_offered_undo_brings_back_what_was(repo) -> None:
    repo.commit({OTHER: "1", "cases/gone": "1"})
    hook(repo, "commit-msg", "exit 1")
    caught = refused(repo, {CASE: "new", OTHER: "2"}, "entry", read={OTHER: b"1"})
    run(repo, way(caught.text, "undo"))
    assert unfinished(repo.root) == () and not (repo.root / CASE).exists()
    assert (repo.root / OTHER).read_text() == "1"


def test_the_undo_of_many_files_loses_nothing(repo) -> None:
    repo.commit({"a": "1"})
    hook(repo, "pre-commit", "exit 1")
    caught = refused(repo, {f"cases/2026/{n:02}/{n}.yaml": f"{n}" for n in range(1, 10)}, "import")
    assert len(str(caught)) < 600
    run(repo, way(caught.text, "undo"))
    assert unfinished(repo.root) == ()
    repo.git("stash", "pop")
    hook(repo, "pre-commit", "exit 0")
    run(repo, way(caught.text, "finish"))
    assert len(committed(repo)) == 9


def test_a_post_commit_hook_and_a_silent_hook(repo) -> None:
    hook(repo, "post-commit", "exit 1")
    write_commit(repo.root, {"a": "1"}, "entry")
    hook(repo, "pre-commit", "exit 1")
    assert "a git hook" in str(refused(repo, {"b": "1"}, "entry"))


def test_no_identity(repo, monkeypatch: pytest.MonkeyPatch) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        for part in ("NAME", "EMAIL"):
            monkeypatch.delenv(f"GIT_{who}_{part}")
    monkeypatch.setenv("EMAIL", "guessed@example.com")
    caught = refused(repo, {CASE: "1"}, "entry")
    assert "user.name" in str(caught) and "user.email" in str(caught)
    repo.git("config", "user.name", "Wang")
    repo.git("config", "user.email", "wang@example.com")
    run(repo, way(caught.text, "finish"))
    assert unfinished(repo.root) == ()


def test_a_signature_that_fails(repo) -> None:
    repo.git("config", "commit.gpgSign", "true")
    repo.git("config", "gpg.program", "/nonexistent/gpg")
    caught = refused(repo, {CASE: "1"}, "entry")
    assert "sign" in str(caught) and "To finish" in str(caught)


def test_an_ignored_file(repo) -> None:
    repo.write(".gitignore", "cases/\n")
    assert ".gitignore" in str(refused(repo, {CASE: "1"}, "entry"))


def test_nothing_is_written_while_a_merge_is_under_way(repo) -> None:
    repo.commit({"a": "1"})
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({"a": "2"})
    repo.git("checkout", "-q", "main")
    repo.commit({"a": "3"})
    repo.git("merge", "-q", "side", check=False)
    assert "merge" in str(refused(repo, {CASE: "1"}, "entry"))
    assert not (repo.root / CASE).exists()
    assert unfinished(repo.root, "") == (Unfinished("a", "conflict"),)


def test_the_same_again_is_nothing_to_commit(repo) -> None:
    repo.commit({CASE: "1", "staged": "1"})
    repo.write("staged", "2")
    repo.git("add", "staged")
    hook(repo, "pre-commit", "exit 0")
    assert "nothing to commit" in str(refused(repo, {CASE: "1"}, "entry", read={CASE: b"1"}))


def test_the_index_lock_of_an_editor_is_waited_for(repo) -> None:
    hold = repo.root / ".git" / "index.lock"
    hold.touch()
    waker = subprocess.Popen(["sh", "-c", f"sleep 0.3; rm '{hold}'"])
    write_commit(repo.root, {CASE: "1"}, "entry")
    waker.wait()
    assert committed(repo) == {CASE}


def test_an_index_lock_left_behind_is_named(repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.trail.writing._BUSY_SECONDS", 0.2)
    hold = repo.root / ".git" / "index.lock"
    hold.touch()
    caught = refused(repo, {CASE: "1"}, "entry")
    assert str(hold) in str(caught)
    hold.unlink()
    run(repo, way(caught.text, "finish"))
    assert committed(repo) == {CASE}


def test_a_file_killed_before_its_commit_is_named_and_can_be_finished(repo) -> None:
    repo.commit({OTHER: "1", "cases/gone": "1"})
    put_files(repo.root, {CASE: b"1", OTHER: b"2"}, {OTHER: b"1"})
    repo.write(f"cases/2026/11/.2026-11-0009.yaml{TEMPORARY}", "hal")
    (repo.root / "cases" / "gone").unlink()
    assert unfinished(repo.root) == (
        Unfinished(f"cases/2026/11/.2026-11-0009.yaml{TEMPORARY}", "leftover"),
        Unfinished(CASE, "new"),
        Unfinished(OTHER, "changed"),
        Unfinished("cases/gone", "gone"),
    )
    assert commit_files(repo.root, [CASE, OTHER], "finished").paths == (CASE, OTHER)
    write_commit(repo.root, {"cases/2026/11/x": "1"}, "the next one tidies up")
    assert unfinished(repo.root) == (Unfinished("cases/gone", "gone"),)


def test_a_new_file_git_does_not_know_can_be_finished_or_undone_as_offered(repo) -> None:
    for name in ("finish", "undo"):
        path = f"cases/2026/11/王 {name}.yaml"
        put_files(repo.root, {path: b"1"}, {})
        left = repo.write(f"cases/2026/11/.x{TEMPORARY}", "hal")
        text = how_to_end(repo.root, unfinished(repo.root), "entry")
        assert text.say("zh").startswith("完成：git")
        run(repo, way(text, name))
        assert (repo.root / path).exists() == (name == "finish") and left.exists() == (name == "finish")
        left.unlink(missing_ok=True)
        assert unfinished(repo.root) == ()


def test_in_the_current_folder_the_commands_are_short(repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.root)
    repo.write(f"cases/.x{TEMPORARY}", "hal")
    text = how_to_end(Path(), unfinished(Path()), "entry")
    assert text.say("en") == f"To undo: git clean -f -- cases/.x{TEMPORARY}"
    write_commit(Path(), {"cases/y": "1"}, "entry")
    assert committed(repo) == {"cases/y"} and unfinished(Path()) == ()


def test_a_repository_that_is_none(tmp_path: Path, lone_git: None) -> None:
    with pytest.raises(GitTrouble, match="git init"):
        write_commit(tmp_path, {CASE: "1"}, "entry")
    assert not os.path.exists(tmp_path / "cases")


def test_a_file_that_is_gone_is_only_ever_brought_back(repo) -> None:
    repo.commit({"cases/a.yaml": "a: 1\n"})
    (repo.root / "cases/a.yaml").unlink()
    (found,) = unfinished(repo.root)
    assert found.kind == "gone"
    ways = how_to_end(repo.root, [found], "x").say("en")
    assert "To finish" not in ways
    assert "checkout HEAD -- cases/a.yaml" in ways
