"""Reads very many files in processes beside this one, which judges the earlier ones meanwhile; a few it reads itself."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import IO, TYPE_CHECKING, NamedTuple

from casework.records.read import sound_record
from casework.records.record import Flaws, Record
from casework.records.schema import Schemas, schemas_from
from casework.records.source import Source, WorkTree

if TYPE_CHECKING:
    from subprocess import Popen

MANY = 2000  # below this, starting another process takes longer than it saves
CHUNK = 100  # files handed over at once
MOST = 3  # readers; whoever judges keeps up with no more


class Wanted(NamedTuple):
    """A file, and the schema it has to fit."""

    path: str
    kind: str


def sound_records(source: Source, wanted: Sequence[Wanted], schemas: Schemas) -> Iterator[Record | Flaws]:
    """Every file's record, or its flaws, in the order asked for; the same as `sound_record` gives one by one.

    A pipe holds less than a chunk, so no reader is more than one chunk ahead. What a reader that died owes is read here.
    """
    chunks = [wanted[n : n + CHUNK] for n in range(0, len(wanted), CHUNK)]
    many = min(_cores() - 1, MOST) if len(wanted) >= MANY and isinstance(source, WorkTree) else 0
    with ExitStack() as stack:
        readers = [stack.enter_context(_reader(source, chunks[n::many])) for n in range(many)]
        for n, chunk in enumerate(chunks):
            taken = _taken(readers[n % many]) if many else ()
            yield from taken or (sound_record(source, *each, schemas) for each in chunk)


@contextmanager
def _reader(source: Source, chunks: Sequence[Sequence[Wanted]]) -> Iterator[IO[bytes] | None]:
    """What another process reads of these chunks, one pickled list a chunk; None where none can be started."""
    beside = _started(source, chunks)
    try:
        yield beside.stdout if beside else None
    finally:
        if beside:
            beside.kill()
            beside.communicate()


def _started(source: Source, chunks: Sequence[Sequence[Wanted]]) -> Popen[bytes] | None:
    """A process of a session of its own, which hears of no Ctrl-C; what it cannot do is done, and told, here."""
    import subprocess  # few registers are so large
    from tempfile import TemporaryFile

    with suppress(OSError), TemporaryFile() as asked:
        for each in (sys.path, source, chunks):
            pickle.dump(each, asked)
        asked.seek(0)
        call, to, none = [sys.executable, "-c", _BEGIN], subprocess.PIPE, subprocess.DEVNULL
        return subprocess.Popen(call, stdin=asked, stdout=to, stderr=none, start_new_session=True)
    return None


_BEGIN = """\
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from casework.records import ahead
ahead.read_on()
"""


def read_on() -> None:
    """What a reader does: chunk after chunk, until all are read or nobody takes them any more."""
    source: Source = pickle.load(sys.stdin.buffer)
    chunks: Sequence[Sequence[Wanted]] = pickle.load(sys.stdin.buffer)
    schemas = schemas_from(source)
    for chunk in chunks:
        pickle.dump([sound_record(source, *each, schemas) for each in chunk], sys.stdout.buffer, -1)
        sys.stdout.buffer.flush()


def _taken(reader: IO[bytes] | None) -> list[Record | Flaws]:
    """The next chunk; empty where the reader has died."""
    with suppress(EOFError, OSError, pickle.UnpicklingError):
        return pickle.load(reader) if reader else []
    return []


def _cores() -> int:
    """How many cores this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
