"""The firm's policies, each read from its source when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from casework.records.read import sound_record
from casework.records.record import Flaw, Flaws, Record
from casework.records.schema import Schemas
from casework.records.source import Source
from casework.state.compile import policy_from
from casework.state.counting import Counting
from casework.state.policy import Policy
from casework.words import Text

NO_POLICIES = ("register.yaml", "staff.yaml", "matters.yaml", "suppliers.yaml")


class Bookshelf(Mapping[str, tuple[Policy, ...]]):
    """Policies by id, each with all its editions; those with a flawed file are told in ``flawed`` and ``flaws``.

    To ask for one reads that one only, since a firm may have many and most commands need no other.
    """

    def __init__(self, source: Source, schemas: Schemas, counting: Counting | None) -> None:
        self._source, self._schemas, self._counting = source, schemas, counting
        self._paths: dict[str, list[str]] = {}
        for path in filter(_is_policy, source.paths("policies")):
            self._paths.setdefault(named_by(path), []).append(path)
        self._read: dict[str, tuple[dict[date, Policy], Flaws | None]] = {}

    def __getitem__(self, name: str) -> tuple[Policy, ...]:
        """Every edition of a policy; KeyError where there is none or a file of it is flawed."""
        editions, flaws = self._of(name)
        if flaws is not None:
            raise KeyError(name)
        return tuple(editions.values())

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._paths if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def flawed(self) -> frozenset[str]:
        """The ids of the policies of which a file is flawed."""
        return frozenset(name for name in self._paths if name not in self)

    @property
    def flaws(self) -> Flaws:
        """What is wrong with the files of all of them."""
        return tuple(flaw for name in self._paths for flaw in self._of(name)[1] or ())

    def is_flawed(self, name: str) -> bool:
        """Whether there is such a policy, and a file of it is flawed."""
        return name in self._paths and name not in self

    def _of(self, name: str) -> tuple[dict[date, Policy], Flaws | None]:
        """The sound editions by the day they begin, and the flaws of the others, None if there are no others; read once."""
        if name not in self._read:
            editions: dict[date, Policy] = {}
            flaws: Flaws | None = None
            for path in self._paths[name]:
                policy = self._policy(path)
                if isinstance(policy, Policy):
                    policy = _misplaced(policy, path, editions) or policy
                if isinstance(policy, Policy):
                    editions[policy.in_force_from] = policy
                else:
                    flaws = (*(flaws or ()), *policy)
            self._read[name] = editions, flaws
        return self._read[name]

    def _policy(self, path: str) -> Policy | Flaws:
        return self.policy_of(sound_record(self._source, path, "policy", self._schemas))

    def policy_of(self, record: Record | Flaws) -> Policy | Flaws:
        """A policy with the guidance it includes, or what is wrong with any of their files; it may be a draft from elsewhere."""
        if not isinstance(record, Record):
            return record
        if self._counting is None:  # told already, where it belongs
            return ()
        guidance = [self._guidance(record, n) for n, _ in enumerate(record.value.get("include") or ())]
        flaws = [flaw for each in guidance if not isinstance(each, Record) for flaw in each]
        sound = [each for each in guidance if isinstance(each, Record)]
        return tuple(flaws) or policy_from(
            record, self._schemas.events, self._counting, sound, self._schemas.head
        )

    def _guidance(self, record: Record, n: int) -> Record | Flaws:
        """The ``n``-th guidance a policy includes: policies/guidance/NAME.yaml."""
        path = guidance_path(str(record.value["include"][n]))
        if path not in self._source.paths("policies"):
            return (Flaw(record.place("include", n), Text(_NO_GUIDANCE.en, _NO_GUIDANCE.zh, {"path": path})),)
        return sound_record(self._source, path, "policy", self._schemas)


_NO_GUIDANCE = Text("there is no {path}", "没有 {path}")


def _misplaced(policy: Policy, path: str, editions: Mapping[date, Policy]) -> Flaws:
    """A policy whose file bears another name or day, or a second edition from one day: which one holds is not said."""
    if policy.id != named_by(path):
        parts = {"id": policy.id, "file": f"policies/{policy.id}.yaml"}
        return (Flaw(policy.record.place("policy"), Text(_OTHER_NAME.en, _OTHER_NAME.zh, parts)),)
    day = policy.in_force_from.isoformat()
    if "@" in path and path != f"policies/{policy.id}@{day}.yaml":
        parts = {"id": policy.id, "day": day}
        return (Flaw(policy.record.place("in_force_from"), Text(_OTHER_DAY.en, _OTHER_DAY.zh, parts)),)
    if policy.in_force_from in editions:
        parts = {"file": editions[policy.in_force_from].record.path, "day": day}
        return (Flaw(policy.record.place("in_force_from"), Text(_SAME_DAY.en, _SAME_DAY.zh, parts)),)
    return ()


_OTHER_NAME = Text(
    "policy '{id}' belongs in {file}, or in {id}@DAY.yaml for another edition",
    "制度“{id}”应放在 {file}；其他版本放在 {id}@生效日.yaml",
)
_OTHER_DAY = Text(
    "an edition in force from {day} belongs in policies/{id}@{day}.yaml: the file's name says another day",
    "自 {day} 起施行的版本应放在 policies/{id}@{day}.yaml：文件名写的是另一天",
)
_SAME_DAY = Text(
    "{file} is in force from {day} too: two editions cannot begin on one day",
    "{file} 同样自 {day} 起生效：两个版本不能同日生效",
)


def guidance_path(name: str) -> str:
    """Where guidance lies that a policy includes as ``training`` or ``guidance/training``."""
    return f"policies/guidance/{name.removeprefix('guidance/')}.yaml"


def named_by(path: str) -> str:
    """The policy that a file belongs to: ``policies/law-firm@2020-01-01.yaml`` is an edition of ``law-firm``."""
    return path.replace("\\", "/").rpartition("/")[2].removesuffix(".yaml").partition("@")[0]


def _is_policy(path: str) -> bool:
    """Whether a file under policies/ is a policy: one at its top that is nothing else."""
    name = path.removeprefix("policies/")
    return name.endswith(".yaml") and "/" not in name and name not in NO_POLICIES
