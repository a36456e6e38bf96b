"""What judges the cases: the firm, its people, timetable and policies, and the schemas, read from a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.records.read import read_record
from casework.records.record import Flaw, Record
from casework.records.schema import Schemas, schemas_from
from casework.records.source import Source
from casework.state.compile import policy_from
from casework.state.counting import Counting, counting_from
from casework.state.people import People, people_from
from casework.state.policy import Policy
from casework.state.register import Firm, firm_from
from casework.state.timetable import Timetable, timetable_from
from casework.words import Place, Text

FIRM, STAFF, CALENDARS = "policies/register.yaml", "policies/staff.yaml", "policies/calendars"


@dataclass(frozen=True, slots=True)
class House:
    """What judges the cases: the firm, its people, its policies, the schemas; and what is wrong with those files."""

    firm: Firm
    people: People
    policies: Mapping[str, tuple[Policy, ...]]
    flawed: frozenset[str]  # ids of policies whose file is flawed
    schemas: Schemas
    timetable: Timetable
    flaws: tuple[Flaw, ...]
    calendar: Record | None = None  # the file of the calendar the firm counts by, if it is sound
    is_staffed: bool = True  # false while staff.yaml is flawed: nobody can be told, so every case waits


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
    policies, flawed = _policies(source, schemas, _counting(schemas, read, flaws), flaws)
    people = people_from(staff) if isinstance(staff, Record) else People()
    is_staffed = isinstance(staff, Record)
    return House(firm, people, policies, flawed, schemas, timetable, tuple(flaws), calendar, is_staffed)


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


def _policies(
    source: Source, schemas: Schemas, counting: Counting | None, flaws: list[Flaw]
) -> tuple[dict[str, tuple[Policy, ...]], frozenset[str]]:
    made: dict[str, dict[date, Policy]] = {}
    flawed: set[str] = set()
    for path in source.paths("policies"):
        if not _is_policy(path):
            continue
        read = sound_record(source, path, "policy", schemas)
        if not isinstance(read, Record):
            policy: Policy | tuple[Flaw, ...] = read
        else:
            policy = _policy(source, read, schemas, counting) if counting else ()
        if isinstance(policy, Policy):
            editions = made.setdefault(policy.id, {})
            policy = _misnamed(policy, path, editions) or policy
        if isinstance(policy, Policy):
            editions[policy.in_force_from] = policy
        else:
            flaws += policy
            flawed.add(_named_by(path))
    sound = {
        name: tuple(editions.values()) for name, editions in made.items() if editions and name not in flawed
    }
    return sound, frozenset(flawed)


def _policy(
    source: Source, record: Record, schemas: Schemas, counting: Counting
) -> Policy | tuple[Flaw, ...]:
    """A policy with the guidance it includes (policies/guidance/NAME.yaml), or what is wrong with any of them."""
    guidance: list[Record] = []
    flaws: list[Flaw] = []
    for n, name in enumerate(record.value.get("include") or ()):
        path = f"policies/guidance/{str(name).removeprefix('guidance/')}.yaml"
        if path not in source.paths("policies"):
            flaws.append(
                Flaw(record.place("include", n), Text(_NO_GUIDANCE.en, _NO_GUIDANCE.zh, {"path": path}))
            )
            continue
        read = sound_record(source, path, "policy", schemas)
        if isinstance(read, Record):
            guidance.append(read)
        else:
            flaws += read
    return tuple(flaws) or policy_from(record, schemas.events, counting, guidance)


_NO_GUIDANCE = Text("there is no {path}", "没有 {path}")


def _misnamed(policy: Policy, path: str, editions: Mapping[date, Policy]) -> tuple[Flaw, ...]:
    """A policy whose file bears another name, or a second edition from the same day: which one holds is not said."""
    if policy.id != _named_by(path):
        parts = {"id": policy.id, "file": f"policies/{policy.id}.yaml"}
        return (Flaw(policy.record.place("policy"), Text(_OTHER_NAME.en, _OTHER_NAME.zh, parts)),)
    if policy.in_force_from in editions:
        parts = {"file": editions[policy.in_force_from].record.path, "day": policy.in_force_from.isoformat()}
        return (Flaw(policy.record.place("in_force_from"), Text(_SAME_DAY.en, _SAME_DAY.zh, parts)),)
    return ()


_OTHER_NAME = Text(
    "policy '{id}' belongs in {file}, or in {id}@DAY.yaml for an older edition",
    "制度“{id}”应放在 {file}；旧版放在 {id}@生效日.yaml",
)
_SAME_DAY = Text(
    "{file} is in force from {day} too: two editions cannot begin on one day",
    "{file} 同样自 {day} 起生效：两个版本不能同日生效",
)


def _named_by(path: str) -> str:
    return path.removeprefix("policies/").removesuffix(".yaml").partition("@")[0]


def _is_policy(path: str) -> bool:
    """Whether a file under policies/ is a policy: one at its top that is nothing else."""
    name = path.removeprefix("policies/")
    return name.endswith(".yaml") and "/" not in name and name not in NO_POLICIES


NO_POLICIES = ("register.yaml", "staff.yaml", "matters.yaml", "suppliers.yaml")


def sound_record(source: Source, path: str, kind: str, schemas: Schemas) -> Record | tuple[Flaw, ...]:
    """A file read and found sound by the schema of its kind, or every flaw of it."""
    read = read_record(source, path)
    return schemas.flaws(kind, read) or read if isinstance(read, Record) else read
