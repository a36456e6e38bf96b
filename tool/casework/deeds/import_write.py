"""Commit many new files at once, then put them in place: all of them are in the register, or none is."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from casework.deeds.lock import lock
from casework.deeds.write import Commit, _hook_refused, _is_by_hook, _patiently, _refuse_during_merge
from casework.trail.commits import has_commit
from casework.trail.git import GitTrouble, Repository, ask, repository_of, tell
from casework.trail.sources import Tree
from casework.words import Text

_CHUNK = 500  # files put in place between two words of progress
_HOOK_SECONDS = 900.0
Progress = Callable[[int], None]

NOT_IN_PLACE = (
    "everything is committed, but not all files could be put in place: {why}. "
    "Mend that and run the import again: it begins by putting them there",
    "已全部提交，但有些文件没能放到位：{why}。请解决后再次运行导入，它会先把这些文件放好",
)
REFUSED = ("{why}. Nothing was written", "{why}。没有写入任何内容")


@dataclass(frozen=True, slots=True)
class _Staging:
    """Where an import is made ready, in the git folder: an index of its own, and the list of its files."""

    folder: Path

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def marks(self) -> Path:
        return self.folder / "marks"

    @property
    def files(self) -> Path:
        """What ``git update-index --index-info`` reads: mode, blob and path (from the top) of every new file."""
        return self.folder / "files"


def commit_at_once(
    root: Path, bodies: Mapping[str, bytes], subject: str, progress: Progress = lambda count: None
) -> Commit:
    """Commit new files (POSIX paths below ``root``) and then put them in place; none may exist yet.

    Until the commit exists, nothing of it is in the register, on disk or in git's index; from then on
    everything is, and a later ``finish`` puts in place what a kill or a full disk kept from it. Ctrl-C waits
    from the commit on. It is an ordinary ``git commit`` of an index of its own: hooks run, and see that index;
    it is signed where the repository says so; what else is staged stays staged. ``progress`` is told how
    many more files are in place. GitTrouble if git, a hook or the disk refuses.
    """
    made: Commit | None = None
    with lock(root):
        _refuse_during_merge(root)
        repository = repository_of(root)
        with _staging_of(repository) as staging:
            entries = _stage(repository, staging, bodies)
            try:
                with _undisturbed():
                    made = _commit(root, staging, subject, tuple(bodies))
                    _put_in_place(repository, entries, progress)
            except KeyboardInterrupt:  # it came while we did not listen: all is done
                if made is None:
                    raise
    assert made
    return made


def finish(root: Path) -> int:
    """Put in place what an import that was killed behind its commit left out; how many files that were.

    An import that was killed before its commit is forgotten: nothing of it is in the register.
    """
    repository = repository_of(root)
    staging = _Staging(repository.git_dir / "casework" / "import")
    if not staging.folder.is_dir():
        return 0
    with lock(root):
        committed = _ids_in_head(repository) if has_commit(root) else {}
        left = [
            entry
            for entry in _entries(staging)
            if committed.get(_path(entry)) == _blob(entry) and not (repository.top / _path(entry)).exists()
        ]
        _put_in_place(repository, left, lambda count: None)
        shutil.rmtree(staging.folder)
    return len(left)


@contextmanager
def _staging_of(repository: Repository) -> Iterator[_Staging]:
    """A fresh staging folder; it stays only where files are committed but not in place."""
    staging = _Staging(repository.git_dir / "casework" / "import")
    try:
        shutil.rmtree(staging.folder, ignore_errors=True)
        staging.folder.mkdir(parents=True)
        yield staging
    except OSError as error:
        shutil.rmtree(staging.folder, ignore_errors=True)
        why = Text("{said}", "{said}", {"said": error.strerror or str(error)})
        raise GitTrouble(Text(*REFUSED, {"why": why})) from None
    except _NotInPlace as left:
        raise GitTrouble(Text(*NOT_IN_PLACE, {"why": left.text})) from None
    except BaseException:
        shutil.rmtree(staging.folder, ignore_errors=True)
        raise
    shutil.rmtree(staging.folder, ignore_errors=True)


class _NotInPlace(GitTrouble):
    """The commit is made; its files are not all on disk."""


def _stage(repository: Repository, staging: _Staging, bodies: Mapping[str, bytes]) -> list[bytes]:
    """Store the bodies as blobs and build the index to be committed: that of HEAD and the new files."""
    blobs = b"".join(
        b"blob\nmark :%d\ndata %d\n%s\n" % (n, len(body), body) for n, body in enumerate(bodies.values(), 1)
    )
    tell(repository.top, "fast-import", "--quiet", f"--export-marks={staging.marks}", stdin=blobs)
    ids = dict(line.split() for line in staging.marks.read_bytes().splitlines())
    paths = (f"{repository.prefix}{path}".encode() for path in bodies)
    entries = [b"100644 %s\t%s" % (ids[b":%d" % n], path) for n, path in enumerate(paths, 1)]
    staging.files.write_bytes(b"\0".join([*entries, b""]))
    _with_index(repository.top, staging, "read-tree", "HEAD" if has_commit(repository.top) else "--empty")
    _with_index(
        repository.top, staging, "update-index", "-z", "--index-info", stdin=staging.files.read_bytes()
    )
    return entries


def _commit(root: Path, staging: _Staging, subject: str, paths: tuple[str, ...]) -> Commit:
    try:
        _with_index(root, staging, "commit", "--quiet", "-m", subject)
    except GitTrouble as trouble:
        why = _hook_refused(trouble) if _is_by_hook(root, trouble) else trouble.text
        raise GitTrouble(Text(*REFUSED, {"why": why}), trouble.said, trouble.code) from None
    commit, branch = ask(root, "rev-parse", "HEAD", "--symbolic-full-name", "HEAD").decode().split()
    return Commit(commit, branch.removeprefix("refs/heads/").removeprefix("HEAD"), paths)


def _with_index(root: Path, staging: _Staging, *args: str, stdin: bytes = b"") -> None:
    """A git command on the staging's own index; `tell` knows no environment, so it is asked."""
    ask(root, *args, stdin=stdin, seconds=_HOOK_SECONDS, env={"GIT_INDEX_FILE": str(staging.index)})


def _put_in_place(repository: Repository, entries: Sequence[bytes], progress: Progress) -> None:
    """The committed files into the real index, then onto the disk."""
    if not entries:
        return
    try:
        _patiently(repository.top, "update-index", "-z", "--index-info", stdin=b"\0".join([*entries, b""]))
        for start in range(0, len(entries), _CHUNK):
            paths = [os.fsencode(_path(entry)) for entry in entries[start : start + _CHUNK]]
            _patiently(
                repository.top, "checkout-index", "-q", "-u", "-z", "--stdin", stdin=b"\0".join([*paths, b""])
            )
            progress(len(paths))
    except GitTrouble as trouble:
        raise _NotInPlace(trouble.text, trouble.said, trouble.code) from None
    if hasattr(os, "sync"):
        os.sync()


def _entries(staging: _Staging) -> Iterable[bytes]:
    try:
        return staging.files.read_bytes().split(b"\0")[:-1]
    except OSError:
        return ()


def _path(entry: bytes) -> str:
    return os.fsdecode(entry.partition(b"\t")[2])


def _blob(entry: bytes) -> str:
    return entry.partition(b"\t")[0].split()[1].decode("ascii")


def _ids_in_head(repository: Repository) -> dict[str, str]:
    tree = Tree(repository.top, "HEAD")
    return {path: tree.id_of(path) for path in tree.paths()}


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits meanwhile, for git too, which inherits the mask; Windows has no such thing."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
