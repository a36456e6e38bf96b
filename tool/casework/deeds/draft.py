"""The answers given to `new` so far, kept so that Ctrl-C or a power cut costs nobody a second phone call.

They hold personal data in clear, so they lie in the git folder, which is never committed or pushed, readable by
their writer alone, and `discard` takes them away as soon as the case is committed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from casework.trail.git import GitTrouble, repository_of
from casework.words import Text


def save(root: Path, answers: Mapping[str, Any]) -> None:
    """Keep all answers given so far (anything JSON can hold) in place of the draft before; GitTrouble if it fails."""
    path = _path(root)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # made with mode 0600
        with open(handle, "w", encoding="utf-8") as file:
            json.dump(answers, file)
            file.flush()
            os.fsync(handle)
        os.replace(beside, path)
    except OSError as error:
        raise GitTrouble(_not_kept(error)) from None


def load(root: Path) -> dict[str, Any] | None:
    """The answers kept for this register, in the order given; None when there are none that can be read."""
    try:
        answers = json.loads(_path(root).read_bytes())
    except (OSError, ValueError):
        return None
    return answers if isinstance(answers, dict) else None


def discard(root: Path) -> None:
    """Take the draft away, and what a killed `save` left of it; nothing happens when there is none."""
    path = _path(root)
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink(missing_ok=True)


def _path(root: Path) -> Path:
    repository = repository_of(root)
    register = hashlib.sha256(os.fsencode(repository.prefix)).hexdigest()[:12]
    return repository.git_dir / "casework" / f"draft-{register}.json"


def _not_kept(error: OSError) -> Text:
    return Text(
        "the answers so far could not be kept: {said}",
        "无法保存目前的填写内容：{said}",
        {"said": error.strerror or str(error)},
    )
