"""One case at the desk: read from the work tree and judged alone, or refused with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.desk.desk import Desk, Refusal
from casework.words import Text

if TYPE_CHECKING:
    from casework.rules import Finding
    from casework.state.case import Case
    from casework.state.state import State


def judged_case(desk: Desk, named: str) -> tuple[State, list[Finding]]:
    """The state of a case (its number, the end of it, its receipt or its file) and what the rules say of it alone.

    Refused if the file is flawed, with every flaw and its place; Refusal if no policy can judge it.
    """
    from casework.deeds.which import case_path
    from casework.examine import examine_case
    from casework.state.state import State

    read = _read(desk, case_path(desk.root, named))
    state, findings = examine_case(read, desk.house, desk.at, desk.now)
    if not isinstance(state, State):
        raise Refusal(_NOT_JUDGED if state else _NOT_YET, desk.lang)
    return state, findings


def _read(desk: Desk, path: str) -> Case:
    from casework.deeds.refused import Refused, flaw_text, listed
    from casework.deeds.sound import case_of
    from casework.records.read import CANNOT_OPEN
    from casework.state.case import Case

    try:
        made = case_of(path, (desk.root / path).read_bytes(), desk.house)
    except OSError as error:
        why = Text(CANNOT_OPEN.en, CANNOT_OPEN.zh, {"why": error.strerror})
        raise Refused(Text("{path}: {why}", "{path}：{why}", {"path": path, "why": why})) from None
    if isinstance(made, Case):
        return made
    raise Refused(listed(_FLAWED, map(flaw_text, made)))


_FLAWED = Text(
    "this case cannot be shown before its file is mended:",
    "案件文件有误，改正后才能查看：",
)
_NOT_JUDGED = Text(
    "no policy can judge this case: 'casework check' says why",
    "没有制度可以评判此案：原因见 casework check",
)
_NOT_YET = Text("as of that instant the case had not been received", "在该时刻此案尚未收到")
