"""Duties, bans and who fits: the moments of policy language 4.9 and 4.10."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

RECEIVED = "- {event: received, at: 2026-03-02T09:00, by: li}\n"
DECIDED = "- {event: decision_issued, at: 2026-03-04T10:00, by: gao, signed_by: gao}\n"


def unmet(state: Any) -> list[tuple[str, str]]:
    return [(each.duty.name, each.nature) for each in state.unmet]


def broken(state: Any) -> list[str]:
    return [each.ban.name for each in state.broken]


def duty(text: str) -> str:
    return f"duties: {{d: {{{text}}}}}"


BEFORE = duty("before: decision_issued, need: {event: investigated}")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("", [("d", "skipped")]),
        ("- {event: investigated, at: 2026-03-04T09:59, by: li}", []),
        ("- {event: investigated, at: 2026-03-04T10:01, by: li}", [("d", "skipped")]),
        (
            "- {event: investigated, at: 2026-03-04, by: li}",
            [],
        ),  # the same day, no time: benefit of the doubt
        ("- {event: investigated, at: 2026-03-05, by: li}", [("d", "skipped")]),
    ],
)
def test_before(tell: Any, other: str, expected: list[tuple[str, str]]) -> None:
    assert unmet(tell(BEFORE, RECEIVED + DECIDED + other)) == expected


def test_at_the_same_instant_the_place_in_the_file_decides(tell: Any) -> None:
    looked = "- {event: investigated, at: 2026-03-04T10:00, by: li}\n"
    assert unmet(tell(BEFORE, RECEIVED + looked + DECIDED)) == []
    assert unmet(tell(BEFORE, RECEIVED + DECIDED + looked)) == [("d", "skipped")]


def test_before_is_asked_at_each_such_event(tell: Any) -> None:
    again = DECIDED.replace("03-04", "03-06")
    looked = "- {event: investigated, at: 2026-03-05T10:00, by: li}\n"
    assert unmet(tell(BEFORE, RECEIVED + DECIDED + looked + again)) == [("d", "skipped")]


@pytest.mark.parametrize(
    ("need", "expected"),
    [
        ("{value: signed_by}", []),
        ("{value: [signed_by, document]}", [("d", "missing")]),
        ("{value: {by: partner}}", []),
        ("{value: {by: clerk}}", [("d", "wrong")]),
        ("{value: {by: [clerk, partner]}}", []),
        ("{value: {by: {not: partner}}}", [("d", "wrong")]),
        ("{value: {by: office}}", []),  # a unit fits too
        ("{value: {by: gao}}", []),  # and a person
        ("{value: {by: respondent}}", [("d", "wrong")]),
        ("{case: [severity]}", [("d", "missing")]),
        ("{case: {channel: phone}}", []),
        ("{case: {channel: {not: [visit, letter]}}}", []),
        ("[{value: signed_by}, {value: document}]", [("d", "missing")]),
    ],
)
def test_at(tell: Any, need: str, expected: list[tuple[str, str]]) -> None:
    policy = duty(f"at: decision_issued, need: {need}")
    assert unmet(tell(policy, RECEIVED + DECIDED, "channel: phone\nrespondent: li")) == expected


BY = duty("by: completed, need: {event: registered}")


def test_by_is_owed_from_its_moment_and_may_be_made_good_later(tell: Any) -> None:
    done = "- {event: completed, at: 2026-03-04T10:00, by: li}\n"
    late = "- {event: registered, at: 2026-03-09T10:00, by: li}\n"
    assert unmet(tell(BY, RECEIVED)) == []
    assert unmet(tell(BY, RECEIVED + done)) == [("d", "owed")]
    assert unmet(tell(BY, RECEIVED + done + late)) == []


AFTER = duty("after: response_given, need: {event: survey_recorded}")
ANSWERED = "- {event: response_given, at: 2026-03-04T10:00, by: li}\n"


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("", [("d", "awaited")]),
        ("- {event: completed, at: 2026-03-05T10:00, by: li}", [("d", "awaited")]),
        ("- {event: closed, at: 2026-03-05T10:00, by: li}", [("d", "owed")]),
        ("- {event: archived, at: 2026-03-05T10:00, by: li}", [("d", "owed")]),  # filed is closed
        ("- {event: held, at: 2026-03-05T10:00, by: li}", [("d", "owed")]),
        (
            "- {event: closed, at: 2026-03-05T10:00, by: li}\n- {event: survey_recorded, at: 2026-03-06T10:00, by: li}",
            [],
        ),
        (
            "- {event: survey_recorded, at: 2026-03-03T10:00, by: li}\n- {event: closed, at: 2026-03-05T10:00, by: li}",
            [("d", "owed")],  # asked before the answer is not asked after it
        ),
    ],
)
def test_after_is_owed_once_the_case_is_closed(tell: Any, end: str, expected: list[tuple[str, str]]) -> None:
    assert unmet(tell(AFTER, RECEIVED + ANSWERED + end)) == expected


def test_in_order(tell: Any) -> None:
    policy = duty("before: archived, need: [{event: response_given}, {event: completed}], in_order: true")
    filed = "- {event: archived, at: 2026-03-09T10:00, by: li}\n"
    done = "- {event: completed, at: 2026-03-03T10:00, by: li}\n"
    again = "- {event: completed, at: 2026-03-05T10:00, by: li}\n"
    assert unmet(tell(policy, RECEIVED + ANSWERED + done + filed)) == [("d", "skipped")]
    assert unmet(tell(policy, RECEIVED + ANSWERED + done + again + filed)) == []


def test_what_is_known_later_changes_nothing_of_what_was_owed(tell: Any) -> None:
    policy = duty("before: decision_issued, when: {severity: major}, need: {event: meeting_held}")
    raised = "- {event: severity_set, at: 2026-03-05T10:00, by: li, severity: major}\n"
    assert unmet(tell(policy, RECEIVED + DECIDED + raised)) == []
    assert unmet(tell(policy, RECEIVED + raised.replace("03-05", "03-03") + DECIDED)) == [("d", "skipped")]


def test_a_soft_duty_is_excused_by_a_reason_on_the_event(tell: Any) -> None:
    policy = duty("at: response_given, need: {value: {mode: letter}}, force: should")
    called = ANSWERED.replace("by: li", "by: li, mode: phone")
    assert unmet(tell(policy, RECEIVED + called)) == [("d", "wrong")]
    assert unmet(tell(policy, RECEIVED + called.replace("phone", "phone, reason: urgent"))) == []


@pytest.mark.parametrize(
    ("promised", "expected"),
    [("2026-03-04T09:59", ["b"]), ("2026-03-04T10:01", [])],
)
def test_a_ban_before_an_event_ends_with_it(tell: Any, promised: str, expected: list[str]) -> None:
    policy = "bans: {b: {event: outcome_promise, before: decision_issued}}"
    events = RECEIVED + DECIDED + f"- {{event: outcome_promise, at: {promised}, by: li}}"
    assert broken(tell(policy, events)) == expected


def test_a_ban_after_an_event_begins_with_it(tell: Any) -> None:
    policy = "bans: {b: {event: {event: compensation_paid, where: {basis: receipts}}, after: {event: compensation_paid, where: {basis: subsidy}}}}"
    subsidy = "- {event: compensation_paid, at: 2026-03-05T10:00, by: li, amount: 2, basis: subsidy}\n"
    receipts = "- {event: compensation_paid, at: 2026-03-05T11:00, by: li, amount: 7.50, basis: receipts}\n"
    assert broken(tell(policy, RECEIVED + receipts)) == []
    assert broken(tell(policy, RECEIVED + subsidy + receipts)) == ["b"]


def test_payments_are_summed_and_banded(tell: Any) -> None:
    policy = """
    duties:
      small: {at: compensation_paid, when: {compensation_total: {up_to: 50}}, need: {value: {approved_by: [clerk, partner]}}}
      large: {at: compensation_paid, when: {compensation_total: {over: 50}}, need: {value: {approved_by: partner}}}
    """

    def paid(*amounts: str) -> list[tuple[str, str]]:
        events = "".join(
            f"- {{event: compensation_paid, at: 2026-03-05T1{n}:00, by: li, amount: '{amount}', approved_by: li}}\n"
            for n, amount in enumerate(amounts)
        )
        return unmet(tell(policy, RECEIVED + events))

    assert paid("50") == paid("50.00") == []
    assert paid("50.01") == [("large", "wrong")]
    assert paid("30", "20") == []
    assert paid("30", "20.01") == [("large", "wrong")]


PARTNER = duty("at: decision_issued, need: {value: {by: partner}}")


@pytest.mark.parametrize(
    ("who", "day", "head", "fits"),
    [
        ("gao", "2026-03-04", "", True),
        ("gao", "2026-05-01", "", False),  # partner until 30 April
        ("wang", "2026-03-11", "", True),  # acting from leave is still acting as partner
        ("chen", "2026-03-04", "", False),  # the director only stands in when nobody is there
        ("chen", "2026-03-11", "", False),  # Wang is away, Gao is there
        ("chen", "2026-03-11", "respondent: gao", True),  # Wang away, Gao complained about
        ("chen", "2026-03-13", "respondent: gao", False),  # Wang is back
        ("gao", "2026-03-04", "respondent: gao", False),  # a respondent never fits a role he bears
        ("nobody", "2026-03-04", "", False),
    ],
)
def test_roles_by_date_and_substitutes(tell: Any, who: str, day: str, head: str, fits: bool) -> None:
    events = RECEIVED + f"- {{event: decision_issued, at: {day}T10:00, by: {who}}}"
    assert (unmet(tell(PARTNER, events, head)) == []) is fits


def test_someone_related_to_the_respondent_is_interested(tell: Any) -> None:
    policy = "bans: {b: {event: investigated, where: {by: [respondent, interested]}}}"
    looked = "- {event: investigated, at: 2026-03-04T10:00, by: zhou}"
    assert broken(tell(policy, RECEIVED + looked, "respondent: gao")) == ["b"]
    assert broken(tell(policy, RECEIVED + looked, "respondent: wang")) == []


def test_someone_who_declared_an_interest_is_kept_out_from_then_on(tell: Any) -> None:
    policy = "bans: {b: {event: investigated, where: {by: interested}}}"
    events = RECEIVED + dedent("""\
        - {event: investigated, at: 2026-03-03T10:00, by: wang}
        - {event: recusal_declared, at: 2026-03-03T11:00, by: wang, person: wang, ground: direct-interest}
        - {event: investigated, at: 2026-03-04T10:00, by: wang, id: again}
    """)
    state = tell(policy, events)
    assert [each.at.event.told.get("id") for each in state.broken] == ["again"]


def test_whoever_owns_an_action_does_not_verify_it(tell: Any) -> None:
    policy = "bans: {b: {event: action_verified, where: {by: action-owner}}}"
    events = RECEIVED + dedent("""\
        - {event: action_opened, at: 2026-03-03T10:00, by: li, action: 1, owner: zhou, measure: a}
        - {event: action_opened, at: 2026-03-03T11:00, by: li, action: 2, owner: chen, measure: b}
        - {event: action_verified, at: 2026-03-04T10:00, by: wang, action: 1}
        - {event: action_verified, at: 2026-03-04T11:00, by: chen, action: 2}
        - {event: action_verified, at: 2026-03-04T12:00, by: zhou, action: 2}
        - {event: action_verified, at: 2026-03-04T13:00, by: zhou, action: 1}
    """)
    state = tell(policy, events)
    assert [each.at.event.position for each in state.broken] == [4, 6]


def test_what_went_to_a_unit_went_to_whoever_belongs_to_it(tell: Any) -> None:
    policy = duty("at: response_given, need: {value: {by: handler}}")
    sent = RECEIVED + "- {event: dispatched, at: 2026-03-03T10:00, by: li, to: office, mode: phone}\n"
    answered = "- {event: response_given, at: 2026-03-04T10:00, by: %s}\n"
    assert tell(policy, sent + answered % "wang").unmet == ()
    assert len(tell(policy, sent + answered % "li").unmet) == 1  # of the desk


def test_the_respondent_of_a_unit_does_not_handle_what_went_to_it(tell: Any) -> None:
    policy = duty("at: response_given, need: {value: {by: handler}}")
    sent = RECEIVED + "- {event: dispatched, at: 2026-03-03T10:00, by: li, to: office, mode: phone}\n"
    state = tell(
        policy, sent + "- {event: response_given, at: 2026-03-04T10:00, by: wang}\n", "respondent: wang"
    )
    assert len(state.unmet) == 1


def test_a_team_is_whoever_was_named_last(tell: Any) -> None:
    policy = duty("at: investigated, need: {value: {by: team}}")
    events = RECEIVED + dedent("""\
        - {event: team_formed, at: 2026-03-03T10:00, by: li, members: [zhou, wang]}
        - {event: investigated, at: 2026-03-03T11:00, by: zhou}
        - {event: team_formed, at: 2026-03-03T12:00, by: li, members: [wang, chen]}
        - {event: investigated, at: 2026-03-03T13:00, by: zhou}
    """)
    assert [each.at.event.position for each in tell(policy, events).unmet] == [4]


def test_of_many_fields_those_missing_are_named(tell: Any) -> None:
    policy = duty("by: registered, need: {case: [product.name, product.lot_no, demand, personal.phone]}")
    registered = RECEIVED + "- {event: registered, at: 2026-03-03T10:00, by: li}\n"
    (unmet,) = tell(policy, registered, "product: {name: kettle}\ndemand: exchange").unmet
    assert unmet.need.title.say("en") == "Lot number, Telephone"
    assert unmet.need.title.say("zh") == "批号、电话"


def test_a_field_that_has_to_be_something_is_told_with_what(tell: Any) -> None:
    policy = duty(
        "by: registered, need: {case: {kind: complaint, severity: {not: [minor]}, channel: {given: true}}}"
    )
    registered = RECEIVED + "- {event: registered, at: 2026-03-03T10:00, by: li}\n"
    (unmet,) = tell(policy, registered, "severity: minor").unmet
    assert unmet.need.title.say("en") == "Kind: complaint, Severity: not minor, Channel"
    assert unmet.need.title.say("zh") == "类型：complaint、等级：不是minor、渠道"


def test_needs_are_told_by_titles_in_both_languages(tell: Any) -> None:
    policy = (
        "choices: {severity: {values: {major: {title: {en: Grave, zh: 重大}}}}}\n"
        "forms: {slip: {title: {en: Slip, zh: 便条}}}\n"
        + duty(
            "by: registered, need: {event: [{event: document_issued, where: {document: slip, to: handler, signed_by: {given: true}}}, "
            "{event: severity_set, where: {severity: {not: major}}}]}"
        )
    )
    registered = RECEIVED + "- {event: registered, at: 2026-03-03T10:00, by: li}\n"
    (unmet,) = tell(policy, registered).unmet
    assert unmet.need.title.say("en") == (
        "Document issued (Document: Slip, To: the handler, with Signed by) / Severity set (Severity: not Grave)"
    )
    assert unmet.need.title.say("zh") == (
        "出具文书（文书：便条、对象：处理人、须写明签字人）或定级（等级：不是重大）"
    )


WITHDRAWN = "- {event: closed, at: 2026-03-04T10:00, by: li, outcome: withdrawn}\n"
FILED = "- {event: archived, at: 2026-03-09T10:00, by: li, dossier_year: 2026}\n"
SETTLED = "{event: closed, where: {outcome: {not: [withdrawn, duplicate, void]}}}"


@pytest.mark.parametrize("moment", ["by", "at", "before"])
def test_what_is_closed_is_not_closed_again_by_filing_it(tell: Any, moment: str) -> None:
    need = "{case: [kind]}" if moment == "at" else "{event: response_given}"
    policy = duty(f"{moment}: {SETTLED}, need: {need}")
    reopened = "- {event: reopened, at: 2026-03-05T10:00, by: li, ground: x}\n"
    assert tell(policy, RECEIVED + WITHDRAWN + FILED).unmet == ()
    assert len(tell(policy, RECEIVED + FILED).unmet) == 1  # filing alone closes
    assert len(tell(policy, RECEIVED + WITHDRAWN + reopened + FILED).unmet) == 1


def test_a_ban_on_closing_is_broken_once(tell: Any) -> None:
    policy = "bans: {b: {event: closed, where: {by: li}}}"
    closed = "- {event: closed, at: 2026-03-04T10:00, by: li, outcome: settled}\n"
    assert len(tell(policy, RECEIVED + closed + FILED).broken) == 1


def test_filing_is_still_the_close_by_which_something_is_owed(tell: Any) -> None:
    policy = duty("after: closed, need: {event: survey_recorded}")
    (unmet,) = tell(policy, RECEIVED + WITHDRAWN).unmet
    assert unmet.nature == "owed"


def test_a_ban_on_all_but_some_is_broken_by_one_of_several(tell: Any) -> None:
    policy = "bans: {b: {event: disclosed, where: {to: {not: [chen]}}}}"
    told = "- {event: disclosed, at: 2026-03-04T10:00, by: li, to: %s, what: name}\n"
    assert [
        len(tell(policy, RECEIVED + told % to).broken) for to in ("chen", "wang", "[chen, wang]", "[chen]")
    ] == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("by", "outcome", "natures"),
    [
        ("", "withdrawn", []),
        ("", "void", []),
        ("", "settled", ["owed"]),
        ("by: [completed, closed], ", "withdrawn", []),
        ("by: remedy_executed, ", "settled", ["awaited"]),
    ],
)
def test_nobody_owes_more_once_it_is_withdrawn(tell: Any, by: str, outcome: str, natures: list[str]) -> None:
    policy = duty(f"after: proposal_drafted, {by}need: {{event: proposal_approved}}")
    drafted = RECEIVED + "- {event: proposal_drafted, at: 2026-03-03T10:00, by: li}\n"
    ended = f"- {{event: closed, at: 2026-03-04T10:00, by: li, outcome: {outcome}}}\n"
    assert [each.nature for each in tell(policy, drafted + ended).unmet] == natures


def test_taken_up_again_what_was_owed_is_owed_again(tell: Any) -> None:
    policy = duty("after: proposal_drafted, need: {event: proposal_approved}")
    drafted = RECEIVED + "- {event: proposal_drafted, at: 2026-03-03T10:00, by: li}\n"
    reopened = WITHDRAWN + "- {event: reopened, at: 2026-03-05T10:00, by: li, ground: x}\n"
    assert [each.nature for each in tell(policy, drafted + reopened).unmet] == ["owed"]


def test_each_action_is_verified_for_itself(tell: Any) -> None:
    policy = duty("after: action_closed, need: {event: action_verified}, per: action")
    events = RECEIVED + dedent("""\
        - {event: action_opened, at: 2026-03-03T10:00, by: li, action: 1, owner: zhou, measure: a}
        - {event: action_opened, at: 2026-03-03T11:00, by: li, action: 2, owner: zhou, measure: b}
        - {event: action_closed, at: 2026-03-04T10:00, by: zhou, action: 1}
        - {event: action_closed, at: 2026-03-04T11:00, by: zhou, action: 2}
        - {event: action_verified, at: 2026-03-05T10:00, by: wang, action: 1}
    """)
    assert [each.at.event.position for each in tell(policy, events).unmet] == [4]


def test_of_what_was_destroyed_nothing_is_asked(tell: Any) -> None:
    policy = duty("by: registered, need: {case: [personal.phone]}")
    registered = RECEIVED + "- {event: registered, at: 2026-03-03T10:00, by: li}\n"
    gone = registered + FILED + "- {event: disposed, at: 2030-03-03T10:00, by: li}\n"
    assert (len(tell(policy, registered).unmet), len(tell(policy, gone).unmet)) == (1, 0)


def test_what_is_sealed_counts_as_given(tell: Any) -> None:
    policy = duty("at: registered, need: {case: [personal.phone]}")
    registered = RECEIVED + "- {event: registered, at: 2026-03-03T10:00, by: li}\n"
    assert [
        len(tell(policy, registered, head).unmet)
        for head in ("", "personal: {phone: 1}", "personal: {sealed: x}")
    ] == [1, 0, 0]


HOLDER = duty("at: handed_over, need: {value: {from: holder}}")


def test_who_hands_over_is_who_had_it_just_before(tell: Any) -> None:
    events = RECEIVED + dedent("""\
        - {event: handed_over, at: 2026-03-03T10:00, by: li, from: li, to: zhou, about: shift}
        - {event: handed_over, at: 2026-03-04T10:00, by: zhou, from: zhou, to: wang, about: shift}
        - {event: handed_over, at: 2026-03-05T10:00, by: zhou, from: zhou, to: chen, about: shift}
    """)
    state = tell(HOLDER, events)
    assert [each.at.event.position for each in state.unmet] == [3]


def test_the_first_asked_answers_for_it_until_it_is_passed_on(tell: Any) -> None:
    policy = "owner: {first: {from: received, passes_by: {event: handed_over, where: {about: desk}}}}"
    shift = (
        RECEIVED + "- {event: handed_over, at: 2026-03-03T10:00, by: li, from: li, to: zhou, about: shift}\n"
    )
    desk = (
        shift + "- {event: handed_over, at: 2026-03-04T10:00, by: zhou, from: zhou, to: wang, about: desk}\n"
    )
    assert (tell(policy, shift).responsible, tell(policy, shift).handler) == (("li",), ("zhou",))
    assert tell(policy, desk).responsible == ("wang",)
