"""Who sits at the keyboard: the person of staff.yaml whose e-mail git signs with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from casework.records.record import Record
from casework.records.source import WorkTree
from casework.records.strict_yaml import read_yaml
from casework.trail.git import GitTrouble, ask

STAFF = "policies/staff.yaml"


class Signature(NamedTuple):
    """Name and e-mail that git would sign a commit with now; empty where it does not know."""

    name: str
    email: str


def signature_of(root: Path) -> Signature:
    """Git's answer for a folder (its repository's configuration, the user's, the environment).

    GitTrouble only when git cannot be asked at all.
    """
    try:
        told = ask(root, "var", "GIT_AUTHOR_IDENT").decode("utf-8", "replace")
    except GitTrouble as trouble:
        if not trouble.code:
            raise
        return Signature("", "")
    found = re.match(r"(.*) <([^>]*)>", told)
    return Signature(found[1], found[2]) if found else Signature("", "")


def who_we_are(root: Path) -> str:
    """The id in staff.yaml of whoever git says we are; empty if nobody, or several, bear that e-mail."""
    email = signature_of(root).email.casefold()
    try:
        read = read_yaml(STAFF, WorkTree(root).read(STAFF))
    except OSError:
        return ""
    people = read.value.get("people") if isinstance(read, Record) and isinstance(read.value, dict) else None
    if not email or not isinstance(people, dict):
        return ""
    found = [id_ for id_, told in people.items() if isinstance(told, dict) and _email(told) == email]
    return str(found[0]) if len(found) == 1 else ""


def _email(told: dict[str, object]) -> str:
    return str(told.get("email", "")).casefold()
