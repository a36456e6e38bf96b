"""Commit many new files at once, then put them in place: all of them are in the register, or none is."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from casework.deeds.lock import lock
from casework.deeds.write import Commit
from casework.trail.commits import has_commit
from casework.trail.git import GitTrouble, Repository, ask, repository_of, tell
from casework.trail.sources import Tree
from casework.trail.writing import patiently, refuse_during_merge, why_refused
from casework.words import Text, same

_CHUNK = 500  # files put in place between two words of progress
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
        return self.folder / "files"

    @property
    def entries(self) -> list[bytes]:
        """What ``git update-index --index-info`` reads: mode, blob and path (from the top) of every new file."""
        return self.files.read_bytes().split(b"\0")[:-1] if self.files.is_file() else []

    @property
    def is_done(self) -> bool:
        """Whether no import has been begun, or the last one came to its end."""
        return not self.folder.is_dir()

    def clear(self) -> None:
        """Take the folder away: the import came to its end, or to nothing."""
        shutil.rmtree(self.folder, ignore_errors=True)


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
    with lock(root), _disk_troubles():
        refuse_during_merge(root)
        repository = repository_of(root)
        staging = _staging_in(repository)
        done = False
        try:
            entries = _stage(repository, staging, bodies)
            with _undisturbed():
                _commit(root, staging, subject)
                _put_in_place(repository, entries, progress)
                staging.clear()
                done = True
        except KeyboardInterrupt:
            if not done and not _committed_in(repository, staging):
                staging.clear()
                raise
            finish(root)  # only where Ctrl-C cannot be made to wait is anything left to do
        except BaseException:
            if not _committed_in(repository, staging):
                staging.clear()
            raise
        return _head(root, tuple(bodies))


def finish(root: Path) -> int:
    """Put in place what an import that was killed behind its commit left out; how many files that were.

    An import that was killed before its commit is forgotten: nothing of it is in the register.
    """
    repository = repository_of(root)
    staging = _staging_in(repository)
    if staging.is_done:
        return 0
    with lock(root):
        committed = _committed_in(repository, staging)
        left = [entry for entry in committed if not (repository.top / _path(entry)).exists()]
        _put_in_place(repository, left, lambda count: None)
        staging.clear()
    return len(left)


def _staging_in(repository: Repository) -> _Staging:
    return _Staging(repository.git_dir / "casework" / "import")


def _committed_in(repository: Repository, staging: _Staging) -> list[bytes]:
    """The entries of the staging that are in the last commit, as they were staged."""
    listed = staging.entries
    if not listed or not has_commit(repository.top):
        return []
    tree = Tree(repository.top, "HEAD")
    ids = {path: tree.id_of(path) for path in tree.paths()}
    return [entry for entry in listed if ids.get(_path(entry)) == _blob(entry)]


def _stage(repository: Repository, staging: _Staging, bodies: Mapping[str, bytes]) -> list[bytes]:
    """Store the bodies as blobs and build the index to be committed: that of HEAD and the new files."""
    staging.clear()
    staging.folder.mkdir(parents=True)
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


def _commit(root: Path, staging: _Staging, subject: str) -> None:
    try:
        _with_index(root, staging, "commit", "--quiet", "-m", subject)
    except GitTrouble as trouble:
        why = why_refused(root, trouble)
        raise GitTrouble(Text(*REFUSED, {"why": why}), trouble.said, trouble.code) from None


def _head(root: Path, paths: tuple[str, ...]) -> Commit:
    commit, branch = ask(root, "rev-parse", "HEAD", "--symbolic-full-name", "HEAD").decode().split()
    return Commit(commit, branch.removeprefix("refs/heads/").removeprefix("HEAD"), paths)


def _with_index(root: Path, staging: _Staging, *args: str, stdin: bytes = b"") -> None:
    """A git command on the staging's own index."""
    tell(root, *args, stdin=stdin, env={"GIT_INDEX_FILE": str(staging.index)})


def _put_in_place(repository: Repository, entries: Sequence[bytes], progress: Progress) -> None:
    """The committed files into the real index, then onto the disk."""
    if not entries:
        return
    try:
        patiently(repository.top, "update-index", "-z", "--index-info", stdin=b"\0".join([*entries, b""]))
        for start in range(0, len(entries), _CHUNK):
            paths = [os.fsencode(_path(entry)) for entry in entries[start : start + _CHUNK]]
            patiently(
                repository.top, "checkout-index", "-q", "-u", "-z", "--stdin", stdin=b"\0".join([*paths, b""])
            )
            progress(len(paths))
    except GitTrouble as trouble:
        raise GitTrouble(Text(*NOT_IN_PLACE, {"why": trouble.text}), trouble.said, trouble.code) from None
    if hasattr(os, "sync"):
        os.sync()


def _path(entry: bytes) -> str:
    return os.fsdecode(entry.partition(b"\t")[2])


def _blob(entry: bytes) -> str:
    return entry.partition(b"\t")[0].split()[1].decode("ascii")


@contextmanager
def _disk_troubles() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = same(error.strerror or str(error))
        raise GitTrouble(Text(*REFUSED, {"why": why})) from None


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
