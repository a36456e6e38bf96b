"""The drawing of a policy's procedure: where events stand, what is joined to what, and that nothing lies on anything."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from casework.house import House, house_of
from casework.records.event_type import STAGES
from casework.records.read import read_record
from casework.records.record import Record
from casework.records.source import Files, WorkTree
from casework.state.compile import policy_from
from casework.state.policy import Policy
from casework.views.case import STAGE_NAMES
from casework.views.handbook import handbook_of
from casework.views.policy_words import Wording
from casework.views.procedure import Procedure, procedure_of
from casework.words import Lang

REPO = Path(__file__).parents[2]
DAY = date(2026, 3, 20)
HEAD = "policy: short\ntitle: {en: Short, zh: 短}\nin_force_from: 2000-01-01\n"


@pytest.fixture(scope="module")
def house() -> House:
    return house_of(WorkTree(REPO))


def drawn(house: House, told: str, lang: Lang = "en") -> Procedure | None:
    record = read_record(Files({"policies/short.yaml": HEAD + dedent(told)}), "policies/short.yaml")
    assert isinstance(record, Record)
    assert not (flaws := house.schemas.flaws("policy", record)), flaws
    counting = house.policies["law-firm"][0].counting
    policy = policy_from(record, house.schemas.events, counting)
    assert isinstance(policy, Policy), policy
    return drawing_of(house, policy, lang)


def drawing_of(house: House, policy: Policy, lang: Lang = "en") -> Procedure | None:
    wording = Wording(policy, house.people, house.schemas.events, house.schemas.head, lang)
    return procedure_of(wording, handbook_of(wording, DAY))


def outline(procedure: Procedure | None) -> list[str]:
    """The rows from top to bottom: stages in capitals, labels set in."""
    assert procedure
    assert [row.y for row in procedure.rows] == sorted(row.y for row in procedure.rows)
    shown = {"stage": str.upper, "event": str, "limit": "  {}".format, "order": "  {}".format}
    return [shown[row.kind](f"{row.text} {row.mark}".strip()) for row in procedure.rows]


POLICY = """\
limits:
  answer: {clause: X-01, from: received, until: [response_given, reply_commitment], within: 3 days}
  agreed: {clause: X-02, from: {event: reply_commitment, where: {about: reply}}, until: response_given, due: reply_commitment.due_at}
  told: {from: [completed, closed], until: published, within: promptly, force: should}
duties:
  first: {clause: X-03, before: response_given, need: [{event: [investigated, finding_recorded]}, {event: decision_issued}]}
  asked: {after: response_given, need: {event: survey_recorded}}
  signed: {at: decision_issued, need: {value: signed_by}}
  level: {before: {event: escalated, where: {about: x}}, need: {event: escalated}}
"""


class TestRows:
    def test_events_stand_at_their_stage_with_what_is_counted_from_them(self, house: House) -> None:
        lines = outline(
            drawn(
                house,
                POLICY.replace(
                    "  level: {before: {event: escalated, where: {about: x}}, need: {event: escalated}}\n", ""
                ),
            )
        )
        assert lines == [
            "NEW", "Received", "  3 days X-01", "Reply commitment", "  as agreed · reply X-02",
            "ACCEPTED",
            "INVESTIGATING", "Investigated", "Finding recorded",
            "DECIDED", "Decision issued",
            "ANSWERED", "Response given", "  first: Investigated or Finding… X-03", "  then: Survey recorded", "Survey recorded",
            "COMPLETED", "Completed", "  promptly",
            "CLOSED", "Closed", "Published",
            "ARCHIVED",
        ]  # fmt: skip

    def test_every_stage_is_there_in_order_and_disposal_only_where_it_is_spoken_of(
        self, house: House
    ) -> None:
        def stages(told: str) -> list[str]:
            return [row for row in outline(drawn(house, told)) if row.isupper()]

        assert stages(POLICY) == [STAGE_NAMES[each].en.upper() for each in STAGES[:-1]]
        disposed = "limits: {gone: {from: archived, until: disposed, within: 2 years}}\n"
        assert stages(disposed)[-1] == "DISPOSED"

    def test_levels_of_one_event_are_told_apart(self, house: House) -> None:
        chain = """\
            roles: {boss: {title: {en: Boss, zh: 经理}}, chief: {title: {en: Chief, zh: 总经理}}}
            duties:
              up: {before: {event: escalated, where: {to: chief}}, need: {event: escalated, where: {to: boss}}}
            """
        assert "  Chief · first: Boss" in outline(drawn(house, chain))
        assert "  总经理 · 先有：经理" in outline(drawn(house, chain, "zh"))

    def test_what_comes_before_a_stage_stands_before_it(self, house: House) -> None:
        told = """\
            duties:
              a: {before: accepted, need: {event: handed_over}}
              b: {after: dissatisfaction_recorded, need: {event: [handed_over, reopened]}}
            """
        lines = outline(drawn(house, told))
        assert lines.index("NEW") < lines.index("Handed over") < lines.index("ACCEPTED")

    def test_a_lapse_is_an_event_and_whatever_happens_is_none(self, house: House) -> None:
        told = """\
            limits:
              a: {title: {en: Take it up, zh: 受理}, from: received, until: accepted, within: 2 days}
              b: {from: {event: lapsed, where: {limit: a}}, until: escalated, within: 2 days}
            duties:
              c: {before: any, need: {event: registered}}
            """
        lines = outline(drawn(house, told))
        assert "A limit lapses" in lines and "Whatever happens" not in lines
        assert "  2 days · Take it up" in lines, "which limit is said by its title"

    def test_a_limit_that_runs_as_another_begins_where_that_one_does(self, house: House) -> None:
        told = "limits: {a: {from: accepted, until: closed, within: 2 days}, b: {until: completed, same_as: a}}\n"
        lines = outline(drawn(house, told))
        assert lines[lines.index("Accepted") + 1 :][:2] == ["  2 days", "  as another"]

    def test_nothing_to_draw_is_no_drawing(self, house: House) -> None:
        assert drawn(house, "bans: {a: {event: accepted}}\n") is None


class TestLines:
    def test_a_limit_has_an_arrow_to_each_of_its_ends_and_a_dot_at_other_beginnings(
        self, house: House
    ) -> None:
        procedure = drawn(house, POLICY)
        assert procedure
        lines = {line.entry: line for line in procedure.limits}
        assert [len(lines[name].arrows) for name in ("answer", "agreed", "told")] == [2, 1, 1]
        assert [len(lines[name].dots) for name in ("answer", "agreed", "told")] == [0, 0, 1]
        assert (lines["answer"].force, lines["told"].force) == ("must", "should")
        assert "Until: Response given" in lines["answer"].title

    def test_an_order_leads_from_what_comes_first(self, house: House) -> None:
        procedure = drawn(house, POLICY)
        assert procedure
        lines = {line.entry: line for line in procedure.orders}
        assert (len(lines["first"].dots), len(lines["first"].arrows)) == (3, 1)
        assert (len(lines["asked"].dots), len(lines["asked"].arrows)) == (1, 1)
        assert "signed" not in lines

    @pytest.mark.parametrize("lang", ["en", "zh"])
    @pytest.mark.parametrize("name", ["department-store", "law-firm"])
    def test_in_the_shipped_policies_no_two_lines_lie_on_each_other(
        self, house: House, name: str, lang: Lang
    ) -> None:
        (policy,) = house.policies[name]
        procedure = drawing_of(house, policy, lang)
        assert procedure
        for lines in (procedure.limits, procedure.orders):
            stretches: dict[float, list[tuple[float, float, str]]] = {}
            for line in lines:
                for x, y, to_y in uprights(line.path):
                    assert 0 < x < procedure.width and 0 < min(y, to_y) < max(y, to_y) < procedure.height
                    stretches.setdefault(x, []).append((min(y, to_y), max(y, to_y), line.entry))
            for found in stretches.values():
                for one in found:
                    assert not [
                        two for two in found if two[2] != one[2] and two[0] < one[1] and one[0] < two[1]
                    ]

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_every_limit_and_every_duty_in_order_has_its_label(self, house: House, lang: Lang) -> None:
        for editions in house.policies.values():
            (policy,) = editions
            procedure = drawing_of(house, policy, lang)
            assert procedure
            labels = {row.entry for row in procedure.rows if row.entry}
            assert labels >= {limit.name for limit in policy.limits}
            assert labels >= {
                duty.name for duty in policy.duties if duty.moment != "at" and duty.needs[0].refs
            }


def uprights(path: str) -> list[tuple[float, float, float]]:
    """(x, from y, to y) of every upright stretch of a path."""
    found = re.findall(r"Q([\d.]+) [\d.]+ [\d.]+ ([\d.]+)V([\d.]+)", path)
    return [(float(x), float(y), float(to_y)) for x, y, to_y in found if float(y) != float(to_y)]
