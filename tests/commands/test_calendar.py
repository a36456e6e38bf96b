"""`casework calendar`: what is shown, what a careful clerk would find, and the next years fetched as a reviewable diff."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest
from casework.commands.main import casework_
from casework.deeds import calendar_source
from casework.deeds.calendar_source import ORIGINS, is_known, span_of, year_of
from casework.records.record import Record
from casework.records.strict_yaml import read_yaml
from casework.state.calendar import Calendar, calendar_from
from click.testing import CliRunner, Result

pytestmark = pytest.mark.time
REPO = Path(__file__).parents[2]
CN = "policies/calendars/cn.yaml"
FIRM = "policies/register.yaml"
SUMMER = "2026-07-01"


def text_of(name: str) -> str:
    return (REPO / f"policies/calendars/{name}.yaml").read_text("utf-8")


def calendar_named(name: str, text: str = "") -> tuple[Record, Calendar]:
    record = read_yaml(name, (text or text_of(name)).encode())
    assert isinstance(record, Record)
    made = calendar_from(record, {})
    assert isinstance(made, Calendar)
    return record, made


@pytest.fixture
def run(register: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run `casework …` on the register, in English unless asked otherwise; a group takes no --root behind its name."""
    monkeypatch.setenv("CASEWORK_LANG", "en")
    return lambda *args: CliRunner().invoke(casework_, ["--root", str(register.root), *args])


@pytest.fixture
def firm(register: Any) -> Any:
    """Rewrite register.yaml: what is told stands behind the firm's first lines, ``calendar: cn`` unless it names one."""

    def firm(told: str = "", calendar: str = "cn") -> None:
        text = (register.root / FIRM).read_text("utf-8")
        head = text.partition("calendar:")[0]
        named = f"calendar: {calendar}\n" if calendar else ""
        register.write(FIRM, f"{head}{named}{told}")
        for name in ("cn", "england-wales", "mon-fri", "hong-kong"):
            register.write(f"policies/calendars/{name}.yaml", text_of(name))

    firm()
    return firm


@pytest.fixture
def shorter(register: Any, firm: Any) -> str:
    """The register's China ends with 2024, and has remarks of its own."""
    text = text_of("cn").partition("  '2025':")[0]
    text = text.replace("announced_through: 2026", "announced_through: 2024     # so far") + "# the end\n"
    register.commit({CN: text, FIRM: (register.root / FIRM).read_text("utf-8")}, "calendars")
    return text


# ── show ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("firm")
class TestShow:
    def test_the_current_year_unless_asked(self, run: Any) -> None:
        assert run("calendar", "show", "--as-of", "2025-07-01").output.startswith(
            "2025 · Mainland China: 248"
        )

    def test_the_year_is_the_firms_own(self, run: Any) -> None:
        told = run("calendar", "show", "--as-of", "2025-12-31T16:00Z").output  # midnight in Shanghai
        assert told.startswith("2026 · Mainland China")

    @pytest.mark.parametrize(
        "when", ["2026-10", "2026-10-01", "10", "2026-13", "2026-00", "oct", "２０２６", "9999"]
    )
    def test_a_year_or_a_month(self, run: Any, when: str) -> None:
        told = run("calendar", "show", when)
        if when == "2026-10":
            assert (told.exit_code, told.output[:12]) == (0, "October 2026")
        else:
            assert (told.exit_code, f"'{when}' is neither a year" in told.output) == (2, True)

    def test_a_year_not_announced_is_no_failure(self, run: Any) -> None:
        told = run("calendar", "show", "2027")
        assert (told.exit_code, "2027 is not announced yet" in told.output) == (0, True)

    def test_as_json(self, run: Any) -> None:
        told = json.loads(run("calendar", "show", "2026", "--format", "json").output)
        assert (len(told["days"]), told["working_days"]) == (365, 248)

    def test_none_is_named(self, run: Any, firm: Any) -> None:
        firm(calendar="")
        told = run("calendar", "show")
        assert (told.exit_code, "register.yaml names no calendar" in told.output) == (2, True)

    def test_the_one_named_cannot_be_used(self, run: Any, firm: Any) -> None:
        firm(calendar="atlantis")
        told = run("calendar", "show")
        assert (told.exit_code, "casework calendar check" in told.output) == (2, True)


# ── check ────────────────────────────────────────────────────────────────────────────────────────────────────


def rules_in(run: Any, as_of: str = SUMMER) -> tuple[int, list[tuple[str, str]]]:
    """The exit code, and the rule and level of every finding."""
    told = run("calendar", "check", "--as-of", as_of, "--format", "json")
    return told.exit_code, [(each["rule"], each["level"]) for each in json.loads(told.output)["findings"]]


@pytest.mark.usefixtures("firm")
class TestCheck:
    def test_nothing_to_report(self, run: Any) -> None:
        told = run("calendar", "check", "--as-of", SUMMER)
        assert told.exit_code == 0
        assert " ".join(told.output.split()) == (
            "the firm counts by Mainland China (cn), announced through 2026; the notice for 2027 is usually out by "
            "2026-11-30 as of 2026-07-01 23:59:59: nothing to report"
        )

    @pytest.mark.parametrize(
        ("as_of", "code", "level"),
        [
            ("2026-11-30", 0, None),
            ("2026-12-01", 0, "warning"),
            ("2026-12-31", 0, "warning"),
            ("2027-01-01", 1, "error"),
        ],
    )
    def test_the_next_notice_is_missed_in_december(
        self, run: Any, as_of: str, code: int, level: str | None
    ) -> None:
        assert rules_in(run, as_of) == (code, [("calendar-runs-out", level)] if level else [])

    def test_the_register_itself_is_warned_too(self, run: Any) -> None:
        assert "[calendar-runs-out]" in run("check", "--as-of", "2026-12-01").output

    @pytest.mark.parametrize(
        ("told", "rule", "code"),
        [
            ("closed_on: {2026-05-09: A}\nopen_on: {2026-05-09: B}\n", "own-days-contradict", 1),
            ("open_on: {2026-05-08: A}\n", "make-up-day-not-needed", 0),
            ("closed_on: {2026-02-30: A}\n", "file-flawed", 1),
            ("office_hours: [{from: '10:00', until: '09:00'}]\n", "file-flawed", 1),
        ],
    )
    def test_the_firms_own_entries(self, run: Any, firm: Any, told: str, rule: str, code: int) -> None:
        firm(told)
        ended, found = rules_in(run)
        assert (ended, [name for name, _ in found]) == (code, [rule])

    def test_a_calendar_that_is_not_there(self, run: Any, firm: Any) -> None:
        firm(calendar="atlantis")
        code, found = rules_in(run)
        assert (code, ("file-flawed", "error") in found) == (1, True)
        assert "'atlantis', which cannot be used" in run("calendar", "check").output

    def test_any_calendar_may_be_flawed(self, run: Any, register: Any) -> None:
        register.write(
            "policies/calendars/hong-kong.yaml", text_of("hong-kong").replace("2027-01-01:", "2027-01-32:")
        )
        assert rules_in(run) == (1, [("file-flawed", "error")])

    def test_none_is_named(self, run: Any, firm: Any) -> None:
        firm(calendar="")
        told = run("calendar", "check", "--as-of", SUMMER)
        assert (told.exit_code, "register.yaml names no calendar\n" in told.output) == (0, True)

    def test_what_a_policy_counts_by_is_missing(self, run: Any, firm: Any, register: Any) -> None:
        firm(calendar="")
        policy = (register.root / "policies/standard.yaml").read_text("utf-8")
        assert "within: 3 days" in policy
        register.write("policies/standard.yaml", policy.replace("within: 3 days", "within: 3 working days"))
        code, found = rules_in(run)
        assert (code, ("nothing-to-count-by", "warning") in found) == (0, True)

    def test_other_findings_are_left_to_check(self, run: Any, register: Any) -> None:
        register.write("cases/2026/03/2026-03-0009.yaml", "case: [\n")
        register.write("policies/standard.yaml", "policy: [\n")
        assert rules_in(run) == (0, [])

    def test_a_calendar_without_an_end(self, run: Any, firm: Any) -> None:
        firm(calendar="mon-fri")
        told = run("calendar", "check", "--lang", "zh", "--as-of", "2030-01-01").output
        assert told.splitlines()[0] == "本单位按周一至周五（mon-fri）计算，没有尽头"

    def test_a_flawed_register_is_told_and_not_refused(self, run: Any, register: Any) -> None:
        register.write(FIRM, "name: 3\n")
        told = run("calendar", "check")
        assert (told.exit_code, "[file-flawed]" in told.output) == (1, True)
        assert "names no calendar" not in told.output

    def test_as_json(self, run: Any) -> None:
        told = json.loads(run("calendar", "check", "--as-of", "2026-12-01T08:00", "--format", "json").output)
        assert told.pop("findings")[0]["path"] == CN
        assert told == {
            "as_of": "2026-12-01T08:00:00+08:00",
            "calendar": "cn",
            "announced_through": 2026,
            "counts": {"error": 0, "warning": 1, "information": 0},
        }


# ── update ───────────────────────────────────────────────────────────────────────────────────────────────────


def lines_of(year: int, text: str) -> list[str]:
    """The days of a year, as the file writes them."""
    block = text.partition(f"  '{year}':\n")[2].partition(f"  '{year + 1}':")[0]
    return block.partition("    off:\n")[2].replace("# the end\n", "").splitlines()


class TestUpdate:
    def test_the_years_are_those_a_person_wrote_from_the_notices(
        self, run: Any, register: Any, shorter: str
    ) -> None:
        told = run("calendar", "update", "--yes")
        assert (told.exit_code, "written, not committed" in told.output) == (0, True)
        now = (register.root / CN).read_text("utf-8")
        assert [lines_of(year, now) for year in (2025, 2026)] == [
            lines_of(year, text_of("cn")) for year in (2025, 2026)
        ]
        assert now.startswith(shorter.removesuffix("# the end\n").replace("through: 2024 ", "through: 2026 "))
        assert now.endswith("# the end\n")
        assert now.count("notice still to be read") == now.count("verified: unverified") == 2
        _, calendar = calendar_named("cn", now)
        assert calendar.years == calendar_named("cn")[1].years
        assert register.git("status", "--short", "--", CN).strip().startswith("M")

    def test_the_change_is_shown_and_nothing_written_where_nobody_can_be_asked(
        self, run: Any, register: Any, shorter: str
    ) -> None:
        told = run("calendar", "update")
        assert told.exit_code == 2
        assert (
            "+announced_through: 2026     # so far\n" in told.output
            and "run it again with --yes" in told.output
        )
        assert (register.root / CN).read_text("utf-8") == shorter

    def test_at_a_terminal_one_is_asked(self, terminal: Any, dated: Any, firm: Any, shorter: str) -> None:
        for answer, code in (("", 1), ("n", 1), ("y", 0)):
            screen = terminal("calendar", "update")
            screen.types(answer)
            assert (screen.exit_code(), "Write this change?" in screen.seen) == (code, True)
            assert ((dated.root / CN).read_text("utf-8") == shorter) is (code == 1)

    def test_a_year_that_would_be_guessed_is_not_written(self, run: Any, register: Any, firm: Any) -> None:
        told = run("calendar", "update", "--yes")
        if not is_known(ORIGINS["cn"], 2027):
            assert (told.exit_code, "would only guess: nothing was written" in told.output) == (0, True)
            assert (register.root / CN).read_text("utf-8") == text_of("cn")

    def test_not_even_when_it_is_asked_for(
        self, run: Any, register: Any, firm: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("casework.deeds.calendar.is_known", lambda origin, year: year < 2027)
        told = run("calendar", "update", "--year", "2027", "--yes")
        assert (told.exit_code, "has no make-up days for 2027" in told.output) == (2, True)
        assert (register.root / CN).read_text("utf-8") == text_of("cn")

    def test_only_the_next_year_may_be_asked_for(self, run: Any, firm: Any) -> None:
        told = run("calendar", "update", "--year", "2030")
        assert (told.exit_code, "2027 comes first" in told.output) == (2, True)
        assert "--again compares it" in run("calendar", "update", "--year", "2020").output

    def test_years_here_are_left_alone_unless_asked(self, run: Any, register: Any, firm: Any) -> None:
        register.write(CN, text_of("cn").replace("2026-10-10: {", "2026-10-11: {"))
        assert run("calendar", "update", "--year", "2026", "--yes").exit_code == 0
        assert "2026-10-11: {" in (register.root / CN).read_text("utf-8")

    def test_again_names_the_days_and_changes_no_other_line(self, run: Any, register: Any, firm: Any) -> None:
        mistaken = (
            text_of("cn")
            .replace("2026-10-10: {", "2026-10-11: {")
            .replace(
                "2019-06-07: {en: Dragon Boat Festival, zh: 端午节}",
                "2019-06-07: {zh: 端午节, en: Dragon Boat Festival}",
            )
            .replace("2019-05-01/2019-05-04", "2019-05-01/2019-05-02")
        )
        register.write(CN, mistaken)
        told = run("calendar", "update", "--again", "--yes").output
        assert told.splitlines()[:3] == [
            "2019-05-03: worked here, off there (Labour Day)",
            "2026-10-10: off here, worked there (National Day)",
            "2026-10-11: worked here, off there (no special day)",
        ]
        was, now = mistaken.splitlines(), (register.root / CN).read_text("utf-8").splitlines()
        changed = [(a.strip(), b.strip()) for a, b in zip(was, now, strict=True) if a != b]
        assert [b for _, b in changed if not b.startswith("verified")] == [
            "2019-05-01/2019-05-03: {en: Labour Day, zh: 劳动节}",
            "2026-10-10: {en: National Day, zh: 国庆节}",
        ]
        assert [b for _, b in changed if b.startswith("verified")] == ["verified: unverified"] * 2

    def test_again_one_year_only(self, run: Any, register: Any, firm: Any) -> None:
        register.write(CN, text_of("cn").replace("2026-10-10: {", "2026-10-11: {"))
        told = run("calendar", "update", "--again", "--year", "2019", "--yes")
        assert "says the same of every day" in told.output

    def test_days_with_a_remark_are_left_to_a_person(self, run: Any, register: Any, firm: Any) -> None:
        text = text_of("cn").replace(
            "2026-10-10: {en: National Day, zh: 国庆节}", "2026-10-11: 国庆节  # asked twice"
        )
        register.write(CN, text)
        told = run("calendar", "update", "--again", "--yes")
        assert (told.exit_code, "change them by hand" in told.output) == (2, True)
        assert (register.root / CN).read_text("utf-8") == text

    def test_line_ends_of_windows_stay(self, run: Any, register: Any, shorter: str) -> None:
        (register.root / CN).write_bytes(shorter.replace("\n", "\r\n").encode())
        assert run("calendar", "update", "--yes").exit_code == 0
        now = (register.root / CN).read_bytes()
        assert now.count(b"\n") == now.count(b"\r\n") > shorter.count("\n")

    def test_remarks_stay_with_their_year(self, run: Any, register: Any, shorter: str) -> None:
        register.write(CN, shorter.replace("# the end", "      # 2024 was checked twice\n# the end"))
        assert run("calendar", "update", "--yes").exit_code == 0
        assert "checked twice\n  '2025':\n" in (register.root / CN).read_text("utf-8")

    def test_years_in_brackets_are_left_to_a_person(self, run: Any, register: Any, firm: Any) -> None:
        text = (
            "name: {en: N, zh: N}\nweekend: [sat, sun]\nannounced_through: 2024\n"
            "years: {'2024': {notice: {title: N, verified: unverified}}}\n"
        )
        register.write(CN, text)
        told = run("calendar", "update", "--yes")
        assert (told.exit_code, "edit the file by hand" in told.output) == (2, True)
        assert (register.root / CN).read_text("utf-8") == text

    def test_where_the_package_cannot_tell_a_person_has_to(self, run: Any, register: Any, firm: Any) -> None:
        told = run("calendar", "update", "england-wales", "--yes")
        assert (told.exit_code, "run it again with --year 2029" in told.output) == (0, True)
        assert run("calendar", "update", "england-wales", "--year", "2029", "--yes").exit_code == 0
        now = (register.root / "policies/calendars/england-wales.yaml").read_text("utf-8")
        assert "      2029-05-07: {en: Early May bank holiday, zh: 五月初银行假日}\n" in now

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("mon-fri", "has no holidays and awaits no notice"),
            ("hong-kong", "enter them by hand"),
            ("englnd-wales", "did you mean 'england-wales'?"),
            ("../staff", "no calendar '../staff'"),
        ],
    )
    def test_what_cannot_be_updated_says_why(self, run: Any, firm: Any, name: str, said: str) -> None:
        told = run("calendar", "update", name)
        assert (told.exit_code, said in told.output) == (2, True)

    def test_none_is_named(self, run: Any, firm: Any) -> None:
        firm(calendar="")
        assert run("calendar", "update").exit_code == 2

    def test_a_flawed_calendar_is_mended_first(self, run: Any, register: Any, firm: Any) -> None:
        register.write(CN, text_of("cn").replace("announced_through: 2026", "announced_through: 2027"))
        told = run("calendar", "update")
        assert (told.exit_code, f"{CN}:10" in told.output) == (2, True)

    def test_without_the_package_one_sentence_says_how_to_get_it(
        self, run: Any, firm: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def absent(name: str) -> str:
            raise PackageNotFoundError(name)

        monkeypatch.setattr(calendar_source, "installed", absent)
        told = run("calendar", "update")
        assert (told.exit_code, "pip install 'holidays>=0.92'" in told.output) == (2, True)

    @pytest.mark.parametrize(
        ("version", "fits"), [("0.91", False), ("0.92", True), ("0.109", True), ("1.0", True)]
    )
    def test_a_version_with_wrong_days_is_refused(
        self, run: Any, firm: Any, monkeypatch: pytest.MonkeyPatch, version: str, fits: bool
    ) -> None:
        monkeypatch.setattr(calendar_source, "installed", lambda name: version)
        told = run("calendar", "update", "--year", "2026").output
        assert (f"holidays {version} has wrong days" in told) is not fits


# ── what the package is asked for ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ORIGINS)
def test_every_year_here_can_be_made_again_from_the_package(name: str) -> None:
    origin, (_, calendar) = ORIGINS[name], calendar_named(name)
    assert calendar.years
    for number in sorted(calendar.years):
        year = year_of(origin, number, calendar.weekend)
        for day in (day for day in span_of(origin, number) if day.year in calendar.years):
            works = day in year.work or (day not in year.off and day.weekday() not in calendar.weekend)
            assert works is calendar.works_on(day), day


def test_the_days_of_a_notice_reach_into_the_december_before_its_year() -> None:
    origin = ORIGINS["cn"]
    assert year_of(origin, 2012, frozenset({5, 6})).work.keys() >= {date(2011, 12, 31)}
    days = [span_of(origin, year) for year in (2011, 2012)]
    assert days[0][-1] + timedelta(days=1) == days[1][0] == date(2011, 12, 1)


def test_a_year_is_known_by_its_make_up_days_alone() -> None:
    from holidays.countries.china import ChinaStaticHolidays

    noticed = ChinaStaticHolidays.special_public_holidays
    assert {year for year in range(2007, 2035) if is_known(ORIGINS["cn"], year)} == {
        year for year in range(2007, 2035) if year in noticed
    }


def test_nothing_else_needs_the_package() -> None:
    importing = [
        path.name
        for path in (REPO / "tool").rglob("*.py")
        if re.search(r"^\s*(import|from) holidays\b", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert importing == ["calendar_source.py"]
