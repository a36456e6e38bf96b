"""The trail of a case: who committed what and when, oldest first, merges and odd histories included."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from casework.trail.git import GitTrouble
from casework.trail.revisions import Revision, revisions

CASE = "cases/2026/11/2026-11-0007.yaml"


def told(repo, path: str = CASE) -> list[tuple[str, str]]:
    return [(revision.subject, revision.status) for revision in revisions(repo.root)[path]]


def test_before_any_commit_there_is_no_trail(repo) -> None:
    assert revisions(repo.root) == {}


def test_a_revision_says_who_when_and_what(repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "王 五|%an")
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2026-11-02T00:00:00+08:00")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-03T09:12:00+08:00")
    commit = repo.commit(
        {CASE: "1", "cases/甲 乙.yaml": "1", "elsewhere": "1"}, "客诉：受理\nsecond line\n\nbody"
    )
    at = datetime(2026, 11, 3, 1, 12, tzinfo=UTC)
    expected = (Revision(commit, "王 五|%an", at, "客诉：受理 second line", "added"),)
    assert revisions(repo.root) == {CASE: expected, "cases/甲 乙.yaml": expected}
    assert revisions(repo.root, "elsewhere") == {"elsewhere": expected}


def test_changed_removed_and_added_again(repo) -> None:
    repo.commit({CASE: "1"}, "one")
    repo.commit({"other": "1"}, "no case")
    repo.commit({CASE: "2"}, "two")
    repo.git("rm", "-q", CASE)
    repo.git("commit", "-q", "-m", "three")
    repo.commit({CASE: "1"}, "four")
    assert told(repo) == [("one", "added"), ("two", "changed"), ("three", "removed"), ("four", "added")]


def test_a_renamed_file_is_removed_and_added(repo) -> None:
    repo.commit({CASE: "same bytes\n" * 20}, "one")
    repo.git("mv", CASE, "cases/2026/11/2026-11-0008.yaml")
    repo.git("commit", "-q", "-m", "renumbered")
    assert told(repo) == [("one", "added"), ("renumbered", "removed")]
    assert told(repo, "cases/2026/11/2026-11-0008.yaml") == [("renumbered", "added")]


def test_a_merge_stands_only_where_it_says_something_of_its_own(repo) -> None:
    repo.commit({CASE: "1", "cases/b": "1"}, "one")
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({CASE: "2"}, "theirs")
    repo.git("checkout", "-q", "main")
    repo.commit({"cases/b": "2"}, "ours")
    repo.git("merge", "-q", "-m", "plain merge", "side")
    repo.git("checkout", "-q", "-b", "third")
    repo.commit({CASE: "3"}, "third")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "--no-commit", "third")
    repo.write(CASE, "slipped in")
    repo.write("cases/c", "slipped in")
    repo.git("add", "cases")
    repo.git("commit", "-q", "-m", "merge and more")
    assert [subject for subject, _ in told(repo)] == ["one", "theirs", "third", "merge and more"]
    assert told(repo, "cases/c") == [("merge and more", "added")]
    assert told(repo, "cases/b") == [("one", "added"), ("ours", "changed")]


def test_what_a_merge_threw_away_stays_in_the_trail(repo) -> None:
    repo.commit({CASE: "1"}, "one")
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({CASE: "2"}, "thrown away")
    repo.git("checkout", "-q", "main")
    repo.commit({"other": "1"}, "main goes on")
    repo.git("merge", "-q", "-s", "ours", "-m", "theirs is dropped", "side")
    assert ("thrown away", "changed") in told(repo)


def test_a_parent_stands_before_its_child_whatever_the_clock_said(repo, monkeypatch) -> None:
    for text, day in (("1", "2026-11-09"), ("2", "2026-11-03"), ("3", "2026-11-05")):
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T00:00:00Z")
        repo.commit({CASE: text}, day)
    assert [subject for subject, _ in told(repo)] == ["2026-11-09", "2026-11-03", "2026-11-05"]


def test_a_register_in_a_subfolder(repo) -> None:
    repo.commit({f"客诉 登记/{CASE}": "1", CASE: "1"})
    assert list(revisions(repo.root / "客诉 登记")) == [CASE]


def test_an_empty_subject_and_an_empty_commit(repo) -> None:
    repo.git("commit", "-q", "--allow-empty", "--allow-empty-message", "-m", "")
    repo.write(CASE, "1")
    repo.git("add", CASE)
    repo.git("commit", "-q", "--allow-empty-message", "-m", "")
    repo.git("commit", "-q", "--allow-empty", "-m", "nothing")
    assert told(repo) == [("", "added")]


def test_a_clock_far_beyond_all_calendars(repo) -> None:
    repo.commit({CASE: "1"})
    raw = repo.git("cat-file", "commit", "HEAD").replace("@example.com> ", "@example.com> 99999999")
    made = subprocess.run(
        ["git", "-C", str(repo.root), "hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
        input=raw.encode(), capture_output=True, check=True,
    )  # fmt: skip
    repo.git("update-ref", "HEAD", made.stdout.decode().strip())
    assert revisions(repo.root)[CASE][0].at.year == 9999


def test_settings_of_the_person_change_nothing(repo, monkeypatch, tmp_path: Path) -> None:
    repo.commit({f"sub/{CASE}": "1"}, "one")
    settings = {
        "log.showSignature": "true",
        "diff.relative": "true",
        "log.follow": "true",
        "diff.renames": "copies",
    }
    for name, value in {
        **settings,
        "log.date": "local",
        "core.quotePath": "true",
        "color.ui": "always",
    }.items():
        repo.git("config", name, value)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert [revision.subject for revision in revisions(repo.root / "sub")[CASE]] == ["one"]


def test_a_cut_off_clone_does_not_pretend(repo, tmp_path: Path) -> None:
    repo.commit({CASE: "1"})
    repo.commit({CASE: "2"})
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.root}", str(tmp_path / "clone"))
    with pytest.raises(GitTrouble, match="--unshallow"):
        revisions(tmp_path / "clone")


def test_a_damaged_history_is_a_sentence(repo) -> None:
    first = repo.commit({CASE: "1"})
    repo.commit({CASE: "2"})
    (repo.root / ".git" / "objects" / first[:2] / first[2:]).unlink()
    with pytest.raises(GitTrouble):
        revisions(repo.root)


def test_gitpython_is_loaded_for_the_trail_alone() -> None:
    rooms = ("trail.git", "trail.sources", "trail.refs", "trail.revisions", "deeds.write", "deeds.draft")
    script = f"import sys, {', '.join(f'casework.{room}' for room in rooms)}\nassert 'git' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)
