"""What judges the cases: the firm, its people, timetable and policies, and the schemas, read from a source."""

from __future__ import annotations

from dataclasses import dataclass

from casework.bookshelf import Bookshelf
from casework.records.read import sound_record
from casework.records.record import Flaw, Flaws, Record
from casework.records.schema import Schemas, schemas_from
from casework.records.source import Source
from casework.state.counting import Counting, counting_from
from casework.state.people import People, people_from
from casework.state.register import Firm, firm_from
from casework.state.timetable import Timetable, timetable_from
from casework.words import Place, Text

FIRM, STAFF, CALENDARS = "policies/register.yaml", "policies/staff.yaml", "policies/calendars"


@dataclass(frozen=True, slots=True)
class House:
    """What judges the cases: the firm, its people, its policies, the schemas; and what is wrong with those files."""

    firm: Firm
    people: People
    policies: Bookshelf
    schemas: Schemas
    timetable: Timetable
    own_flaws: Flaws  # of all these files but the policies
    calendar: Record | None = None  # the file of the calendar the firm counts by, if it is sound
    is_staffed: bool = True  # false while staff.yaml is flawed: nobody can be told, so every case waits

    @property
    def flaws(self) -> Flaws:
        """What is wrong with any of these files; every policy is read for it."""
        return (*self.own_flaws, *self.policies.flaws)


class NotARegister(Exception):
    """The folder has no policies/register.yaml, or one that cannot be read; ``flaws`` say why."""

    def __init__(self, flaws: tuple[Flaw, ...]) -> None:
        super().__init__("; ".join(f"{flaw.place} {flaw.text.en}" for flaw in flaws))
        self.flaws = flaws


def house_of(source: Source) -> House:
    """Read what judges the cases; NotARegister if the firm itself cannot be read."""
    schemas = schemas_from(source)
    read = sound_record(source, FIRM, "register", schemas)
    firm = firm_from(read) if isinstance(read, Record) else read
    if not isinstance(firm, Firm):
        raise NotARegister((*schemas.flaws_of_schema, *firm))
    staff = sound_record(source, STAFF, "staff", schemas)
    flaws = [*schemas.flaws_of_schema]
    if not isinstance(staff, Record):
        flaws += staff
    assert isinstance(read, Record)
    timetable, calendar = _timetable(source, schemas, read, firm, flaws)
    policies = Bookshelf(source, schemas, _counting(schemas, read, flaws))
    people = people_from(staff) if isinstance(staff, Record) else People()
    is_staffed = isinstance(staff, Record)
    return House(firm, people, policies, schemas, timetable, tuple(flaws), calendar, is_staffed)


def _timetable(
    source: Source, schemas: Schemas, register: Record, firm: Firm, flaws: list[Flaw]
) -> tuple[Timetable, Record | None]:
    """What deadlines are counted by, and its calendar's file; nothing is counted by what is flawed, which is told."""
    named = register.value.get("calendar")
    calendar = sound_record(source, f"{CALENDARS}/{named}.yaml", "calendar", schemas) if named else ()
    if named and f"{CALENDARS}/{named}.yaml" not in source.paths(CALENDARS):
        parts = {"name": named, "folder": CALENDARS}
        calendar = (Flaw(register.place("calendar"), Text(_NO_CALENDAR.en, _NO_CALENDAR.zh, parts)),)
    sound = calendar if isinstance(calendar, Record) else None
    timetable, wrong = timetable_from(register, sound, firm.zone)
    flaws += wrong if isinstance(calendar, Record) else (*calendar, *wrong)
    return timetable, sound if timetable.calendar else None


_NO_CALENDAR = Text("no calendar '{name}' in {folder}", "{folder} 中没有日历“{name}”")


def _counting(schemas: Schemas, register: Record, flaws: list[Flaw]) -> Counting | None:
    """How the firm counts where a policy does not say otherwise: CR-3 … CR-16 as the schema has them, the firm's above."""
    counting = counting_from(schemas.defaults("policy", "counting"), register.value.get("counting"))
    if counting is None and "policy" in schemas.shapes:
        flaws.append(Flaw(Place("schema/policy.json"), _NO_DEFAULTS))
    return counting


_NO_DEFAULTS = Text(
    "'counting' lacks a default for some of its options: take this file from the tool's own copy",
    "counting 的部分选项没有默认值：请从工具自带的副本中取回此文件",
)
