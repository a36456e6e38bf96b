"""The bytes of a case file, or of one about to be written, become a case or the flaws that keep it from being one."""

from __future__ import annotations

from casework.deeds.refused import Refused, flaw_text, listed
from casework.house import House
from casework.records.record import Flaws, Record
from casework.records.strict_yaml import read_yaml
from casework.state.case import Case, case_from
from casework.words import Text


def case_of(path: str, body: bytes, house: House) -> Case | Flaws:
    """Read, check by the schemas, and make a case; exactly what ``check`` will make of the file."""
    read = read_yaml(path, body)
    if not isinstance(read, Record):
        return read
    return house.schemas.flaws("case", read) or case_from(read, house.schemas, house.firm.zone)


def would_be_case(path: str, body: bytes, house: House) -> Case:
    """The case a file about to be written would be; Refused, with every reason, where it would be flawed."""
    made = case_of(path, body, house)
    if isinstance(made, Case):
        return made
    why = Text("this cannot be entered, and nothing was written:", "无法录入，没有写入任何内容：")
    raise Refused(listed(why, (flaw_text(flaw, with_place=False) for flaw in made)))
