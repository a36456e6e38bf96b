"""A number is taken if any branch, tag, work tree or erased commit has ever used it."""

from __future__ import annotations

from pathlib import Path

from casework.trail.refs import numbers_taken

MONTH = "cases/2026/11"


def name(serial: int) -> str:
    return f"{MONTH}/2026-11-{serial:04}.yaml"


def test_nothing_anywhere(repo) -> None:
    assert numbers_taken(repo.root, MONTH) == set()
    repo.commit({"a": "1"})
    assert numbers_taken(repo.root, MONTH) == set()


def test_the_disk_counts_before_any_commit(repo) -> None:
    repo.write(name(3), "1")
    repo.write(f"{MONTH}/.2026-11-0009.yaml.casework-tmp", "1")
    repo.write(f"{MONTH}/2026-11-0004.yml", "1")
    assert numbers_taken(repo.root, MONTH) == {"2026-11-0003", "2026-11-0004"}


def test_branches_tags_remotes_and_lone_commits(repo, tmp_path: Path) -> None:
    repo.commit({"a": "1"})
    repo.git("checkout", "-q", "-b", "side/支")
    repo.commit({name(1): "1"})
    repo.git("checkout", "-q", "-b", "tagged", "main")
    repo.commit({name(2): "1"})
    repo.git("tag", "-a", "-m", "t", "kept")
    repo.git("checkout", "-q", "main")
    repo.git("branch", "-q", "-D", "tagged")
    clone = type(repo)(tmp_path / "clone")
    repo.git("clone", "-q", str(repo.root), str(clone.root))
    clone.git("checkout", "-q", "--detach")
    clone.commit({name(3): "1", f"{MONTH}/month.yaml": "1", "cases/2026/10/2026-10-0009.yaml": "1"})
    taken = {"2026-11-0001", "2026-11-0002", "2026-11-0003", "month"}
    assert numbers_taken(clone.root, MONTH) == taken
    assert numbers_taken(clone.root, "cases/2026/10") == {"2026-10-0009"}
    assert numbers_taken(repo.root, MONTH) == taken - {"2026-11-0003", "month"}


def test_a_number_erased_again_is_not_given_again(repo) -> None:
    repo.commit({name(1): "1", name(2): "2"})
    repo.git("rm", "-q", name(2))
    repo.git("commit", "-q", "-m", "by mistake")
    assert numbers_taken(repo.root, MONTH) == {"2026-11-0001", "2026-11-0002"}


def test_other_work_trees_count_with_what_they_have_not_committed(repo, tmp_path: Path) -> None:
    repo.commit({"a": "1"})
    second = type(repo)(tmp_path / "第二 棵")
    repo.git("worktree", "add", "-q", "--detach", str(second.root))
    second.commit({name(5): "1"})
    second.write(name(6), "1")
    assert numbers_taken(repo.root, MONTH) == {"2026-11-0005", "2026-11-0006"}


def test_a_register_in_a_subfolder(repo) -> None:
    repo.commit({f"客诉 登记/{name(1)}": "1", name(2): "2"})
    assert numbers_taken(repo.root / "客诉 登记", MONTH) == {"2026-11-0001"}
    assert numbers_taken(repo.root, MONTH) == {"2026-11-0002"}
