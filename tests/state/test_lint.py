"""Each question that is asked of a policy: one policy that has the fault, and one that has not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent
from time import monotonic

import pytest
from casework.house import House, house_of
from casework.records.read import read_record
from casework.records.record import Record
from casework.records.source import Files
from casework.state.compile import policy_from
from casework.state.lint.asked import Asked, Remark
from casework.state.lint.overlap import can_both_hold, implies
from casework.state.lint.table import QUESTIONS, remarks_of
from casework.state.policy import Policy

REPO = Path(__file__).parents[2]
DAY = date(2026, 3, 20)
HEAD = """\
policy: short
title: {en: Short, zh: 短}
in_force_from: 2000-01-01
source: {document: none, heading: none}
"""
USUAL = """\
about: {irregularities: {noted_by: [auditor]}}
roles: {clerk: {}, partner: {substitutes: [director]}, director: {}, auditor: {}}
"""
Ask = Callable[..., list[Remark]]


@pytest.fixture(scope="module")
def house(schema: dict[str, bytes]) -> House:
    """The firm of the tests, read once."""
    firm = REPO / "tests/firm"
    told = {path.relative_to(firm).as_posix(): path.read_bytes() for path in firm.rglob("*.yaml")}
    return house_of(Files({**schema, **told}))


@pytest.fixture(scope="module")
def ask(house: House) -> Ask:
    counting = house.policies["standard"][0].counting

    def compiled(files: Files, path: str) -> Policy:
        record = read_record(files, path)
        assert isinstance(record, Record), record
        assert not (flaws := house.schemas.flaws("policy", record)), flaws
        included = [f"policies/guidance/{name}.yaml" for name in record.value.get("include") or ()]
        guidance = [
            each for each in (read_record(files, name) for name in included) if isinstance(each, Record)
        ]
        policy = policy_from(record, house.schemas.events, counting, guidance)
        assert isinstance(policy, Policy), policy
        return policy

    def asked(question: str, policy: str, usual: str = USUAL, day: date = DAY, **others: str) -> list[Remark]:
        """What one question says of a policy told in a few lines, beside others."""
        told = {"short": HEAD + usual + dedent(policy)}
        told |= {name.replace("__", "/"): dedent(text) for name, text in others.items()}
        files = Files({f"policies/{name}.yaml": text for name, text in told.items()})
        every = tuple(compiled(files, f"policies/{name}.yaml") for name in told if "guidance" not in name)
        (found, *_) = (remarks_of(Asked(each, house.schemas, house.people, day, every)) for each in every)
        return [each for each in found if each.question == question]

    return asked


# question: (a policy that has the fault, the line of the fault below the head and the usual, its level; one that has not)
LINE = len((HEAD + USUAL).splitlines())
CASES: dict[str, list[tuple[str, int, str, str]]] = {
    "unset": [
        (
            "limits:\n  a:\n    from: received\n    until: accepted\n    within: unset\n",
            5,
            "warning",
            "limits: {a: {from: received, until: accepted, within: 2 days}}\n",
        ),
        (
            "retention: {a: {from: archived, keep: unset}}\n",
            1,
            "warning",
            "retention: {a: {from: archived, keep: 2 years}}\n",
        ),
        (
            "recurring: {a: {every: year, produce: archived, due: unset}}\n",
            1,
            "warning",
            "recurring: {a: {every: year, produce: archived}}\n",
        ),
    ],
    "target-too-late": [
        (
            "limits: {a: {from: received, until: accepted, within: 3 days, target: 3 days}}\n",
            1,
            "error",
            "limits: {a: {from: received, until: accepted, within: 3 days, target: 2 days}}\n",
        ),
        (
            """\
            limits:
              a: {from: received, until: accepted, within: 9 days, target: 5 days, tiers: [{when: {severity: major}, within: 4 days}]}
            """,
            2,
            "error",
            """\
            limits:
              a: {from: received, until: accepted, within: 9 days, target: 3 working days, tiers: [{when: {severity: major}, within: 2 days}]}
            """,
        ),
    ],
    "part-too-long": [
        (
            """\
            limits:
              all: {from: received, until: completed, within: 5 days}
              part: {from: received, until: accepted, within: 6 days, part_of: all}
            """,
            3,
            "error",
            """\
            limits:
              all: {from: received, until: completed, within: 5 days}
              part: {from: received, until: accepted, within: 6 working hours, part_of: all}
            """,
        ),
        (
            """\
            limits:
              a: {from: received, until: completed, within: 5 days, part_of: b}
              b: {from: received, until: accepted, within: 5 days, part_of: a}
            """,
            2,
            "error",
            "",
        ),
    ],
    "limited-twice": [
        (
            """\
            limits:
              a: {from: received, until: [accepted, held], when: {channel: phone}, within: 2 days}
              b: {from: [received], until: [held, accepted], when: {channel: [phone]}, within: 3 days}
            """,
            3,
            "warning",
            """\
            limits:
              a: {from: received, until: accepted, when: {channel: phone}, within: 2 days}
              b: {from: received, until: accepted, when: {channel: visit}, within: 3 days}
              c: {until: completed, same_as: a}
            """,
        ),
    ],
    "who-unknown": [
        (
            "duties: {a: {at: accepted, need: {value: {by: clark}}}}\n",
            1,
            "error",
            "duties: {a: {at: accepted, need: {value: {by: [clerk, li, handler]}}}}\n",
        ),
        (
            "limits: {a: {from: received, until: accepted, within: 2 days, owner: nobody}}\n",
            1,
            "error",
            "limits: {a: {from: received, until: accepted, within: 2 days, owner: responsible}}\n",
        ),
        (
            "forms: {a: {title: {en: A, zh: 甲}, copies: {1: archive}}}\n",
            1,
            "error",
            "forms: {a: {title: {en: A, zh: 甲}, copies: {1: clerk}}}\n",
        ),
        (
            "secrecy: {a: {level: secret, access: [clerk, spy]}}\n",
            1,
            "error",
            "secrecy: {a: {level: secret, access: [clerk, tracker]}}\n",
        ),
        (
            "duties: {a: {by: completed, need: {event: reported_up, where: {to: ministry}}}}\n",
            1,
            "information",
            """\
            choices: {origin: {values: [ministry, client]}}
            duties: {a: {by: completed, need: {event: reported_up, where: {to: ministry}}}}
            """,
        ),
    ],
    "field-unknown": [
        (
            "duties: {a: {at: registered, need: {case: {personal.name: x}}}}\n",
            1,
            "error",
            "duties: {a: {at: registered, when: {personal.email: {given: false}}, need: {case: [personal.name]}}}\n",
        ),
        (
            "limits: {a: {from: received, until: accepted, when: {chanel: phone}, within: 2 days}}\n",
            1,
            "error",
            "limits: {a: {from: received, until: accepted, when: {compensation_total: {over: 5}}, within: 2 days}}\n",
        ),
        (
            "limits: {a: {from: {event: handed_over, where: {subject: desk}}, until: accepted, within: 2 days}}\n",
            1,
            "error",
            "limits: {a: {from: {event: reply_commitment, where: {days_ahead: {over: 0}}}, until: accepted, within: 2 days}}\n",
        ),
        (
            "bans: {a: {event: [handed_over, accepted], where: {to: clerk}}}\n",
            1,
            "warning",
            "bans: {a: {event: [handed_over, assigned], where: {to: clerk}}}\n",
        ),
        (
            "duties: {a: {at: accepted, need: {value: [by, signature]}}}\n",
            1,
            "error",
            "duties: {a: {at: any, need: {value: [by, note]}}}\n",
        ),
        (
            "duties: {a: {at: accepted, need: {case: [kynd]}}}\n",
            1,
            "error",
            "duties: {a: {at: accepted, need: {case: [kind]}}}\n",
        ),
        (
            "limits: {a: {from: received, until: {event: reply_commitment, reading: due}, within: 2 days}}\n",
            1,
            "error",
            "limits: {a: {from: received, until: reply_commitment.due_at, within: 2 days}}\n",
        ),
        (
            "limits: {a: {from: handed_over, until: accepted, within: 2 days, per: too}}\n",
            1,
            "error",
            "limits: {a: {from: handed_over, until: accepted, within: 2 days, per: to}}\n",
        ),
        (
            "repeats: {a: {same: [complainer], count: 2, need: {event: linked_repeat}}}\n",
            1,
            "error",
            "repeats: {a: {same: [complainant], count: 2, need: {event: linked_repeat}}}\n",
        ),
        (
            "secrecy: {a: {mask: [respondant]}}\n",
            1,
            "error",
            "secrecy: {a: {mask: [respondent]}}\n",
        ),
        (
            "forms: {a: {title: {en: A, zh: 甲}, contains: [weather]}}\n",
            1,
            "information",
            "forms: {a: {title: {en: A, zh: 甲}, contains: [summary, members]}}\n",
        ),
    ],
    "value-unknown": [
        (
            """\
            choices: {severity: {values: [ordinary, major]}}
            bans: {a: {event: accepted, when: {severity: {not: grave}}}}
            """,
            2,
            "error",
            """\
            choices: {severity: {values: [ordinary, major], open: true}}
            bans: {a: {event: accepted, when: {severity: {not: grave}}}}
            """,
        ),
        (
            "bans: {a: {event: {event: acceptance_decided, where: {outcome: perhaps}}}}\n",
            1,
            "error",
            "bans: {a: {event: {event: acceptance_decided, where: {outcome: rejected}}}}\n",
        ),
    ],
    "form-unknown": [
        (
            """\
            forms: {slip: {title: {en: Slip, zh: 便条}}}
            duties: {a: {by: completed, need: {event: registered, where: {document: ledger}}}}
            """,
            2,
            "warning",
            "duties: {a: {by: completed, need: {event: registered, where: {document: ledger}}}}\n",
        ),
    ],
    "produce-unknown": [
        (
            "recurring: {a: {every: year, produce: digest}}\n",
            1,
            "error",
            """\
            reports: {digest: {title: {en: Digest, zh: 摘要}, figures: [received]}}
            recurring: {a: {every: year, produce: digest}}
            """,
        ),
        (
            "recurring: {a: {every: year, per: planet, produce: archived}}\n",
            1,
            "warning",
            "recurring: {a: {every: year, produce: archived}}\n",
        ),
    ],
    "in-a-circle": [
        (
            """\
            duties:
              a: {before: accepted, need: {event: investigated}}
              b: {before: investigated, need: [{event: registered}, {event: assigned}]}
              c: {before: [assigned, dispatched], need: {event: accepted}}
            """,
            2,
            "error",
            """\
            duties:
              a: {before: accepted, need: {event: investigated}}
              b: {before: investigated, need: {event: [registered, assigned]}}
              c: {before: [assigned, dispatched], need: {event: accepted}}
            """,
        ),
        (
            """\
            duties:
              a: {before: accepted, when: {channel: phone}, need: {event: investigated}}
              b: {before: investigated, when: {channel: {not: visit}}, need: {event: accepted}}
            """,
            2,
            "error",
            """\
            duties:
              a: {before: accepted, when: {channel: phone}, need: {event: investigated}}
              b: {before: investigated, when: {channel: visit}, need: {event: accepted}}
            """,
        ),
        (
            """\
            duties:
              a: {before: {event: escalated, where: {to: partner}}, need: {event: escalated, where: {to: director}}}
              b: {before: {event: escalated, where: {to: director}}, need: {event: escalated, where: {to: partner}}}
            """,
            2,
            "error",
            """\
            duties:
              a: {before: {event: escalated, where: {to: partner}}, need: {event: escalated, where: {to: director}}}
              b: {before: {event: escalated, where: {to: director}}, need: {event: escalated, where: {to: clerk}}}
            """,
        ),
        (
            """\
            duties:
              a: {before: response_given, need: {event: closed}}
              b: {before: closed, need: {event: decision_communicated}}
            """,
            2,
            "error",
            """\
            duties:
              a: {before: decision_communicated, need: {event: closed}}
              b: {before: closed, need: {event: response_given}}
            """,
        ),
    ],
    "level-unreachable": [
        (
            """\
            bans: {quiet: {event: escalated, where: {to: clerk}}}
            duties:
              a: {before: {event: escalated, where: {to: director}}, need: {event: escalated, where: {to: clerk}}}
            """,
            3,
            "warning",
            """\
            bans: {quiet: {event: escalated, where: {to: clerk}, before: accepted}}
            duties:
              a: {before: {event: escalated, where: {to: director}}, need: {event: escalated, where: {to: clerk}}}
            """,
        ),
    ],
    "lapses-never": [
        (
            """\
            limits:
              soon: {from: received, until: accepted, within: promptly}
              next: {from: {event: lapsed, where: {limit: soon}}, until: escalated, within: promptly}
            """,
            3,
            "warning",
            """\
            limits:
              soon: {from: received, until: accepted, within: promptly, tiers: [{when: {severity: major}, within: 2 hours}]}
              next: {from: {event: lapsed, where: {limit: soon}}, until: escalated, within: promptly}
            """,
        ),
        (
            """\
            limits:
              soon: {from: received, until: accepted, within: 2 hours}
              next: {from: {event: lapsed, where: {limit: soon}}, until: escalated, within: 2 hours}
            duties:
              told: {after: {event: lapsed, where: {limit: next}}, need: {event: chased}}
            """,
            5,
            "warning",
            """\
            limits:
              soon: {from: received, until: accepted, within: 2 hours}
              same: {until: registered, same_as: soon}
            duties:
              told: {after: {event: lapsed, where: {limit: same}}, need: {event: chased}}
            """,
        ),
    ],
    "excuses-itself": [
        (
            "duties:\n  a:\n    after: irregularity_noted\n    need: {event: penalty_decided}\n    force: should\n",
            5,
            "warning",
            "duties: {a: {after: [irregularity_noted, completed], need: {event: penalty_decided}, force: should}}\n",
        ),
        (
            "bans: {a: {event: special_circumstances, force: should}}\n",
            1,
            "warning",
            "bans: {a: {event: special_circumstances}}\n",
        ),
    ],
    "two-beginnings": [
        (
            """\
            limits:
              a: {from: accepted, until: registered, within: 2 hours}
              b: {from: acceptance_decided, until: completed, within: 2 hours}
            """,
            3,
            "warning",
            """\
            limits:
              a: {from: accepted, until: registered, within: 2 hours}
              b: {from: accepted, until: acceptance_decided, within: 2 hours}
            """,
        ),
    ],
    "clause-unnamed": [
        (
            """\
            bans: {a: {clause: X-01, event: accepted}}
            clauses:
              X-01: {kind: other, title: {en: One, zh: 一}}
              X-02: {kind: other, title: {en: Two, zh: 二}}
            """,
            4,
            "warning",
            """\
            choices: {channel: {values: {phone: {clause: X-02}}}}
            duties: {a: {by: completed, need: [{event: accepted, clause: X-01}, {event: registered}]}}
            clauses:
              X-01: {kind: other, title: {en: One, zh: 一}}
              X-02: {kind: other, title: {en: Two, zh: 二}}
            """,
        ),
    ],
    "clause-unlisted": [
        (
            """\
            bans: {a: {clause: [X-01, X-10], event: accepted}}
            clauses: {X-01: {kind: other, title: {en: One, zh: 一}}}
            """,
            1,
            "error",
            "bans: {a: {clause: [X-01, X-10], event: accepted}}\n",
        ),
    ],
    "one-language": [
        (
            "bans: {a: {title: {en: No, zh: No}, event: accepted}}\n",
            1,
            "warning",
            "bans: {a: {title: {en: No, zh: 不}, event: accepted}}\n",
        ),
        (
            "shown: {a: {text: {en: Keep 安静, zh: 安静}}}\n",
            1,
            "warning",
            "shown: {a: {text: {en: Keep calm, zh: 安静}}}\n",
        ),
    ],
    "untitled": [
        (
            "bans: {a: {event: accepted}}\n",
            1,
            "information",
            "bans: {a: {title: {en: No, zh: 不}, event: accepted}}\n",
        ),
    ],
    "clauses-not-listed": [
        (
            "bans: {a: {clause: X-01, event: accepted}}\n",
            0,
            "information",
            """\
            bans: {a: {clause: X-01, event: accepted}}
            clauses: {X-01: {kind: other, title: {en: One, zh: 一}}}
            """,
        ),
    ],
}
ELSEWHERE = {"role-unborne", "noted-by-nobody", "clause-twice"}  # told of staff or of several files: below


@pytest.mark.parametrize(
    ("question", "faulty", "line", "level", "sound"),
    [(name, *case) for name, cases in CASES.items() for case in cases],
)
def test_it_speaks_of_the_fault_and_is_silent_without(
    ask: Ask, question: str, faulty: str, line: int, level: str, sound: str
) -> None:
    found = ask(question, faulty)
    assert [(each.level, each.place.line) for each in found if not _of_roles(each)][:1] == [
        (level, LINE + line if line else 1)
    ]
    assert not [each for each in ask(question, sound) if not _of_roles(each)]


def _of_roles(remark: Remark) -> bool:
    """The usual roles of these tests have no titles."""
    return remark.question == "untitled" and remark.place.line <= LINE


def test_every_question_is_tried_here() -> None:
    assert CASES.keys() | ELSEWHERE == QUESTIONS.keys()


def test_every_remark_is_a_sentence_in_both_languages(ask: Ask) -> None:
    for question, cases in CASES.items():
        for faulty, *_ in cases:
            for remark in ask(question, faulty):
                english, chinese = remark.text.say("en"), remark.text.say("zh")
                assert "{" not in english.replace("{en: …", "") and english != chinese
                assert any("\u3400" <= char <= "\u9fff" for char in chinese), chinese


class TestPeople:
    """The firm of the tests has li, who is no auditor, and others."""

    def test_a_role_that_nobody_bears_is_graver_where_something_is_asked_of_it(self, ask: Ask) -> None:
        usual = "roles: {clerk: {}, keeper: {}, ghost: {}}\n"
        policy = "duties: {a: {at: accepted, need: {value: {by: keeper}}}}\n"
        found = {each.entry: each.level for each in ask("role-unborne", policy, usual)}
        assert found["keeper"] == "warning" and found["ghost"] == "information"

    def test_before_anybody_took_office_every_role_is_unborne(self, ask: Ask) -> None:
        early = {each.entry for each in ask("role-unborne", "", day=date(1901, 1, 1))}
        assert early >= {each.entry for each in ask("role-unborne", "")}

    def test_somebody_may_answer_for_a_breach(self, ask: Ask) -> None:
        (unnamed,) = ask("noted-by-nobody", "", "roles: {clerk: {}}\n")
        assert unnamed.level == "information" and unnamed.place.line == 1
        named = "about:\n  irregularities: {noted_by: [%s]}\nroles: {clerk: {}, ghost: {}}\n"
        (wrong,) = ask("noted-by-nobody", "", named % "gost")
        assert (wrong.level, wrong.place.line) == ("error", 6) and "ghost" in wrong.text.say("en")
        (nobody,) = ask("noted-by-nobody", "", named % "ghost")
        assert nobody.level == "warning"
        assert not ask("noted-by-nobody", "", named % "li")


class TestSeveralFiles:
    CLAUSES = "clauses: {X-01: {kind: other, title: {en: One, zh: 一}}}\n"
    OTHER = "policy: other\ntitle: {en: Other, zh: 另}\nin_force_from: 2000-01-01\n" + CLAUSES

    def test_a_clause_belongs_to_one_policy(self, ask: Ask) -> None:
        (remark,) = ask("clause-twice", self.CLAUSES, other=self.OTHER)
        assert remark.level == "error" and "policies/other.yaml:4:" in remark.text.say("en")

    def test_editions_share_their_clauses(self, ask: Ask) -> None:
        older = HEAD.replace("2000", "1999") + self.CLAUSES
        assert not ask("clause-twice", self.CLAUSES, **{"short@1999-01-01": older})

    def test_guidance_that_both_include_is_no_other(self, ask: Ask) -> None:
        guidance = {"guidance__advice": self.OTHER.replace("policy: other", "policy: advice")}
        including = self.OTHER.replace(self.CLAUSES, "include: [advice]\n")
        assert not ask("clause-twice", "include: [advice]\n", other=including, **guidance)

    def test_the_clauses_of_the_policy_above_may_be_named(self, ask: Ask) -> None:
        mine = "parent: other\nbans: {a: {clause: X-01, event: accepted}}\nclauses: {Y-01: {kind: other, title: {en: Y, zh: 乙}}}\n"
        assert not ask("clause-unlisted", mine, other=self.OTHER)


class TestOrder:
    def test_a_level_above_one_that_cannot_be_reached_points_at_it(self, ask: Ask) -> None:
        found = ask(
            "level-unreachable",
            """\
            bans: {quiet: {event: escalated, where: {to: clerk}}}
            duties:
              one: {before: {event: escalated, where: {to: partner}}, need: {event: escalated, where: {to: clerk}}}
              two: {before: {event: escalated, where: {to: director}}, need: {event: escalated, where: {to: partner}}}
              other: {before: closed, need: {event: [escalated, completed]}}
            """,
        )
        assert [each.entry for each in found] == ["one", "two"]
        assert "'quiet'" in found[0].text.say("en") and "'one'" in found[1].text.say("en")

    def test_a_level_whose_role_nobody_bears_cannot_be_reached(self, ask: Ask) -> None:
        duty = "duties: {a: {before: completed, need: {event: escalated, where: {to: [ghost, spook]}}}}\n"
        (found,) = ask("level-unreachable", duty, "roles: {ghost: {}, spook: {}, clerk: {}}\n")
        assert "nobody is ghost, spook today" in found.text.say("en")
        assert not ask(
            "level-unreachable", duty, "roles: {ghost: {}, spook: {substitutes: [clerk]}, clerk: {}}\n"
        )

    def test_a_circle_is_told_once(self, ask: Ask) -> None:
        found = ask("in-a-circle", CASES["in-a-circle"][0][0])
        assert len(found) == 1 and found[0].text.parts["titles"]

    def test_a_thicket_of_duties_takes_no_time(self, ask: Ask) -> None:
        events = [
            "accepted",
            "assigned",
            "investigated",
            "decision_issued",
            "completed",
            "closed",
            "registered",
        ]
        some = [(a, b) for a in events for b in events if a < b]
        lines = [f"  d{n}: {{before: {b}, need: {{event: {a}}}}}" for n, (a, b) in enumerate(some * 4)]
        begun = monotonic()
        assert not ask("in-a-circle", "duties:\n" + "\n".join(lines) + "\n")
        assert monotonic() - begun < 5


class TestOverlap:
    @pytest.mark.parametrize(
        ("one", "two", "can"),
        [
            ({"a": "x"}, {"b": "y"}, True),
            ({"a": "x"}, {"a": ["x", "y"]}, True),
            ({"a": "x"}, {"a": "y"}, False),
            ({"a": {"not": "x"}}, {"a": "x"}, False),
            ({"a": {"not": "x"}}, {"a": {"not": "y"}}, True),
            ({"a": {"given": False}}, {"a": "x"}, False),
            ({"a": {"given": False}}, {"a": {"not": "x"}}, True),
            ({"a": {"over": 50}}, {"a": {"up_to": 50}}, False),
            ({"a": {"over": 40}}, {"a": {"up_to": 50}}, True),
            ({"by": "clerk"}, {"by": "partner"}, True),
        ],
    )
    def test_two_conditions_hold_together(self, one: dict, two: dict, can: bool) -> None:  # type: ignore[type-arg]
        assert can_both_hold(one, two) == can_both_hold(two, one) == can

    def test_a_field_of_many_values_fits_both(self) -> None:
        assert can_both_hold({"a": "x"}, {"a": "y"}, many=["a"])

    @pytest.mark.parametrize(
        ("one", "two", "surely"),
        [
            ({"a": "x", "b": "y"}, {"a": "x"}, True),
            ({"a": "x"}, {"a": "x", "b": "y"}, False),
            ({"a": "x"}, {"a": ["x", "y"]}, True),
            ({"a": ["x", "y"]}, {"a": "x"}, False),
            ({"a": "x"}, {"a": {"given": True}}, True),
            ({"a": "x"}, {"a": {"not": "y"}}, True),
            ({"by": "clerk"}, {"by": {"not": "partner"}}, False),
            ({"a": {"not": ["x", "y"]}}, {"a": {"not": "x"}}, True),
            ({"a": {"over": 50}}, {"a": {"over": 50}}, True),
        ],
    )
    def test_one_follows_from_the_other(self, one: dict, two: dict, surely: bool) -> None:  # type: ignore[type-arg]
        assert implies(one, two) is surely


def test_the_shipped_policies_have_no_error(checkout: Path) -> None:
    from casework.records.source import WorkTree

    house = house_of(WorkTree(checkout))
    every = tuple(policy for editions in house.policies.values() for policy in editions)
    for policy in every:
        found = remarks_of(Asked(policy, house.schemas, house.people, date(2026, 11, 20), every))
        assert [f"{each.place} {each.text.say('en')}" for each in found if each.level == "error"] == []
