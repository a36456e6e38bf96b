"""The built site as files: what stands in every page, and that all of it hangs together."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
import yaml
from casework.commands.main import casework_
from casework.views.labels import LABELS
from click.testing import CliRunner

from .conftest import Built, build, case_text, path_of, write_register

REPO = Path(__file__).parents[2]
THEME = REPO / "site" / "theme"
LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "use": "href"}


def links(site: Built, page: Path) -> list[str]:
    return [
        element.attributes[LINKS[element.tag]]
        for element in site.elements(page)
        if element.tag in LINKS and LINKS[element.tag] in element.attributes
    ]


def test_every_page_opens_with_its_policy_and_says_as_of_when(sample: Built) -> None:
    for page in sample.pages():
        text = page.read_text("utf-8")
        head = text.index("<head>")
        assert (
            text[head + 6 :]
            .lstrip()
            .startswith('<meta http-equiv="Content-Security-Policy" content="default-src')
        ), page
        assert "'unsafe" not in text and "http-equiv" in text
        assert '<html lang="zh-CN">' in text
        assert 'name="robots" content="noindex' in text and 'name="referrer" content="no-referrer"' in text
        assert "2026-11-20" in text and "示例登记簿" in text and "截至" in text


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(sample: Built) -> None:
    for page in sample.pages():
        for element in sample.elements(page):
            assert "style" not in element.attributes and element.tag != "style", page
            assert not [name for name in element.attributes if name.startswith("on")], page
            if element.tag == "script":
                assert element.attributes["src"].endswith(".js")
        for link in links(sample, page):
            assert not re.match(r"[a-z]+:|//|/", link), (page, link)


def test_every_link_leads_somewhere(sample: Built) -> None:
    ids = {page: {each.attributes.get("id") for each in sample.elements(page)} for page in sample.pages()}
    for page in sample.pages():
        for link in links(sample, page):
            path, fragment = urldefrag(link)
            target = (page.parent / unquote(path)).resolve() if path else page
            assert target.is_file(), (page, link)
            if fragment and target.name != "cases.html":
                assert fragment in ids[target], (page, link)


def test_ids_are_unique_and_headers_have_scope(sample: Built) -> None:
    for page in sample.pages():
        elements = sample.elements(page)
        found = [each.attributes["id"] for each in elements if "id" in each.attributes]
        assert len(found) == len(set(found)), (page, found)
        if page in sample.generated():
            assert all(each.attributes.get("scope") for each in elements if each.tag == "th"), page


def test_each_case_month_rule_and_policy_has_its_page(sample: Built) -> None:
    files = [path for path in (sample.root / "cases").rglob("*.yaml") if path.name != "month.yaml"]
    of = {path.stem: re.findall(r"^policy: (\S+)", path.read_text("utf-8"), re.M) for path in files}
    secret = {*of} - {page.stem for page in sample.out.glob("cases/*/*/*.html")}
    assert len(secret) == json.loads(sample.text("build.json"))["not_listed"] > 0
    assert {name for each in secret for name in of[each]} == {"employee-whistleblowing", "power-utility"}
    assert secret >= {each for each, names in of.items() if "employee-whistleblowing" in names}
    assert (sample.out / "m/2024-03.html").is_file() and (sample.out / "m/2026-11.html").is_file()
    rules = [path.stem.replace("_", "-") for path in (REPO / "tool/casework/rules").glob("[a-z]*.py")]
    assert {page.stem for page in sample.out.glob("rules/*.html")} == set(rules)
    assert (sample.out / "policies/department-store.html").is_file()
    assert not list(sample.out.rglob("sitemap*")) and not list(sample.out.rglob("search*"))


@pytest.mark.parametrize("name", ["department-store", "law-firm"])
def test_a_policys_page_is_a_handbook_with_its_procedure(sample: Built, name: str) -> None:
    page = sample.out / f"policies/{name}.html"
    elements, text = sample.elements(page), page.read_text("utf-8")
    ids = {each.attributes.get("id") for each in elements}
    told = yaml.safe_load((sample.root / f"policies/{name}.yaml").read_text("utf-8"))
    assert {entry for section in ("limits", "duties", "bans", "roles") for entry in told[section]} <= ids
    assert {f"section-{section}" for section in ("limits", "duties", "choices", "forms", "shown")} <= ids
    (drawing,) = [each for each in elements if each.attributes.get("class") == "flowchart"]
    assert set(drawing.attributes["aria-labelledby"].split()) <= ids
    assert text.count('class="line"') >= len(told["limits"]) and "我们的理解" in text


def test_each_policy_is_at_work_and_says_so(sample: Built) -> None:
    """Secret cases are counted; what is listed, open and confidential adds up to the whole register."""
    row = r'<th scope="row"><a href="policies/(\S+?)\.html">.*?适用案件">(.*?)</td>.*?在办">(\d+)</td>.*?保密">(\d*)</td>'
    told = {name: counts for name, *counts in re.findall(row, sample.text("policies.html"))}
    assert {*told} == {page.stem for page in sample.out.glob("policies/*.html")}
    all_of = {name: int(re.sub(r"<.*?>", "", counts[0])) for name, counts in told.items()}
    build_told = json.loads(sample.text("build.json"))
    assert all(all_of.values()) and sum(all_of.values()) == build_told["cases"] + build_told["not_listed"]
    assert sum(int(confidential or 0) for *_, confidential in told.values()) == build_told["not_listed"]
    tile = re.search(r'"big">(\d+)</span><span class="name">在办案件', sample.text("index.html"))
    assert tile and sum(int(is_open) for _, is_open, _ in told.values()) == int(tile[1])
    assert told["employee-whistleblowing"][0].isdigit(), "no list to lead to"
    law = sample.text("policies/law-firm.html")
    assert f"适用案件：{all_of['law-firm']} · 在办：" in law and "../cases.html#policy=law-firm" in law


def test_the_clauses_of_many_policies_have_a_table_of_contents(sample: Built) -> None:
    top, _ = sample.text("coverage.html").split("<section", 1)
    assert top.count('href="#policy-') == len(list(sample.out.glob("policies/*.html")))


def test_build_record(sample: Built) -> None:
    told = json.loads(sample.text("build.json"))
    assert told["as_of"] == "2026-11-20T18:00:00+08:00"
    assert told["is_sample"] is True and told["language"] == "zh" and told["commit"] is None
    assert told["cases"] == len(list(sample.out.glob("cases/*/*/*.html")))


def test_equal_registers_give_equal_sites(sample: Built, tmp_path: Path) -> None:
    before = {page: page.read_bytes() for page in sample.out.rglob("*") if page.is_file()}
    build(sample.root)
    assert {page: page.read_bytes() for page in sample.out.rglob("*") if page.is_file()} == before


def test_every_label_is_said_in_both_languages(site_of: Callable[..., Built]) -> None:
    assert all(text.en.isascii() or "−" in text.en for text in LABELS.values() if text.en)
    site = site_of({path_of("2026-11-0001"): case_text("2026-11-0001")}, "--lang", "en")
    chrome = re.sub(
        r"灯庭集团|周敏|中文", "", site.text("cases/2026/11/2026-11-0001.html") + site.text("index.html")
    )
    assert '<html lang="en">' in chrome and not re.search(r"[\u4e00-\u9fff]", chrome)


def test_only_the_hand_written_page_is_put_in_unescaped() -> None:
    raw = {
        path.name: re.findall(r"\|\s*safe\b|Markup|autoescape", path.read_text("utf-8"))
        for path in THEME.rglob("*.html")
    }
    assert {name: found for name, found in raw.items() if found} == {"main.html": ["| safe"]}
    assert "{{ page.content | safe }}" in (THEME / "main.html").read_text("utf-8")


def test_statuses_rows_and_definitions(sample: Built) -> None:
    home = sample.text("index.html")
    assert home.index('id="overdue"') < home.index('id="soon"') < home.index('id="todo"') < home.index("<svg")
    month = sample.text("m/2026-11.html")
    assert "已与案件逐一核对" in month and "K5" in month and "cases/2026/11/2026-11-0002.html" in month
    for name in ("answered", "settled", "overdue", "disposed"):
        assert any(f"is-{name}" in page.read_text("utf-8") for page in sample.out.glob("cases/*/*/*.html")), (
            name
        )


def test_a_deadline_is_explained_on_the_page_of_its_case(sample: Built) -> None:
    """Internal papers were handed over on Monday 9 February 2026: one working day ends with Tuesday."""
    text = sample.text("cases/2026/02/2026-02-0001.html")
    account = text[text.index("承诺：1 个工作日；起算当日不计入") :]
    account = account[: account.index("</details>")]
    assert re.search(
        r'<span class="when">2026-02-10</span> <span class="n">1</span> <span>星期二</span>', account
    )
    assert "最迟 2026-02-10 23:59:59，自 2026-02-11 00:00 起为逾期" in account
    assert "“回复意见”（2026-02-10 15:30）：按期" in account


def test_each_clause_leads_to_the_entry_that_keeps_it(sample: Built) -> None:
    text = sample.text("coverage.html")
    assert re.search(r">DS-29</span>.*?policies/department-store.html#indirect-opinion\"", text, re.S)
    assert text.count("<tr><th") >= 71 and "尚未落实" not in text


SECRET = """\
policy: hush
title: {en: Hush, zh: 保密}
in_force_from: 2020-01-01
secrecy:
  secret: {title: {en: Secret, zh: 保密}, when: {severity: major}, from: accepted, level: secret}
  masked: {title: {en: Masked, zh: 遮住}, mask: [respondent, product.name]}
limits: {answer: {title: {en: Answer, zh: 答复}, from: received, until: response_given, within: 3 days}}
"""


class TestSecrecy:
    """What a policy keeps secret is counted and never listed; what it masks is shown by nobody's page."""

    def test_a_secret_case_is_counted_and_is_on_no_page(self, site_of: Callable[..., Built]) -> None:
        head = {"policy": "hush", "severity": "major", "summary": "CANARY-1", "respondent": "wu-tao"}
        accepted = [{"event": "accepted", "at": "2026-11-03T09:00", "by": "zhou-min", "note": "CANARY-2"}]
        events = [
            *accepted,
            {"event": "closed", "at": "2026-11-01T09:00", "by": "zhou-min"},
        ]  # before it came: found
        site = site_of(
            {
                "policies/hush.yaml": SECRET,
                path_of("2026-11-0001"): case_text("2026-11-0001", head, events),
                path_of("2026-11-0002"): case_text("2026-11-0002", {**head, "summary": "open to see"}),
            }
        )
        told = json.loads(site.text("build.json"))
        assert (told["cases"], told["not_listed"]) == (1, 1)
        made = [*site.generated(), *site.out.glob("*.json"), *site.out.glob("data/*")]
        spoken = [page for page in made if re.search(rb"CANARY|2026-11-0001", page.read_bytes())]
        assert spoken == []
        assert "2026-11-0002" in site.text("cases.html")
        flow = site.text("m/2026-11.html")
        assert re.search(r"本月收到.{0,400}?>2<", flow, re.S), "both are counted"

    def test_a_masked_field_is_shown_nowhere(self, site_of: Callable[..., Built]) -> None:
        head = {
            "policy": "hush",
            "severity": "ordinary",
            "product": {"name": "CANARY-3"},
            "respondent": "wu-tao",
        }
        site = site_of(
            {"policies/hush.yaml": SECRET, path_of("2026-11-0001"): case_text("2026-11-0001", head)}
        )
        page = site.text("cases/2026/11/2026-11-0001.html")
        assert page.count("（保密，不公开）") == 2
        assert not [each for each in site.out.rglob("*.*") if b"CANARY-3" in each.read_bytes()]
        assert "吴涛" not in page


class TestOddRegisters:
    def test_one_without_cases(self, site_of: Callable[..., Built]) -> None:
        site = site_of({})
        assert "还没有录入案件" in site.text("index.html") and "还没有录入案件" in site.text("cases.html")

    def test_two_files_with_one_number_have_two_pages(self, site_of: Callable[..., Built]) -> None:
        same = case_text("2026-11-0001")
        site = site_of({path_of("2026-11-0001"): same, "cases/2026/11/copy of it.yaml": same})
        assert {page.name for page in site.out.glob("cases/2026/11/*")} == {
            "2026-11-0001.html",
            "2026-11-0001.2.html",
        }

    def test_a_case_no_policy_can_judge_has_a_page_and_is_counted_apart(
        self, site_of: Callable[..., Built]
    ) -> None:
        head = {"policy": "gone", "summary": "CANARY-4", "category": "service"}
        site = site_of({path_of("2026-11-0001"): case_text("2026-11-0001", head)})
        assert not [page for page in site.pages() if b"CANARY-4" in page.read_bytes()], (
            "nobody says how secret it is"
        )
        assert "is-unjudged" in site.text("cases/2026/11/2026-11-0001.html")
        assert "无法评判的 1 宗案件未计入" in site.text("index.html")

    def test_a_file_that_is_no_case_is_named_not_quoted(self, site_of: Callable[..., Built]) -> None:
        site = site_of({path_of("2026-11-0001"): "case: 2026-11-0001\ncase: QUOTED-TEXT\n"})
        home = site.text("index.html")
        assert "cases/2026/11/2026-11-0001.yaml:2" in home and "无法读取的 1 个文件未计入" in home
        assert not [page for page in site.out.rglob("*.*") if b"QUOTED" in page.read_bytes()]

    def test_a_register_with_a_schema_of_its_own_names_its_fields(
        self, site_of: Callable[..., Built]
    ) -> None:
        schema = json.loads((REPO / "schema/events/notice_sent.json").read_text("utf-8"))
        schema["title"] = "喊话 · Shouted"
        schema["properties"]["loudness"] = {"title": "音量 · Loudness", "type": "string"}
        shouted = {"event": "shouted", "at": "2026-11-03T09:00", "by": "zhou-min", "loudness": "eleven"}
        site = site_of(
            {
                "schema/events/shouted.json": json.dumps(schema),
                path_of("2026-11-0001"): case_text("2026-11-0001", {}, [shouted]),
            },
            "--lang",
            "en",
        )
        page = site.text("cases/2026/11/2026-11-0001.html")
        assert "Shouted" in page and "Loudness" in page and "eleven" in page

    def test_as_of_an_earlier_day_later_events_have_not_happened(self, site_of: Callable[..., Built]) -> None:
        later = {"event": "completed", "at": "2026-11-10T09:00", "by": "zhou-min", "note": "LATER-NOTE"}
        files = {
            path_of("2026-11-0001"): case_text("2026-11-0001", {}, [later]),
            path_of("2026-11-0002"): case_text("2026-11-0002").replace("2026-11-02T", "2026-11-09T"),
        }
        site = site_of(files, "--as-of", "2026-11-05")
        assert "LATER-NOTE" not in site.text("cases/2026/11/2026-11-0001.html")
        assert "2026-11-05" in site.text("index.html")
        assert not (site.out / "cases/2026/11/2026-11-0002.html").exists()


class TestCommand:
    def run(self, *args: str) -> Any:
        return CliRunner().invoke(casework_, ["site", *args])

    def test_a_folder_with_other_things_is_never_emptied(self, tmp_path: Path) -> None:
        root = write_register(tmp_path / "register", {})
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine/thesis.txt").write_text("years of work")
        done = self.run("build", "--root", str(root), "--out", str(tmp_path / "mine"), "--lang", "en")
        assert done.exit_code == 2 and "holds other files" in done.output
        assert self.run("build", "--root", str(root), "--out", str(root)).exit_code == 2
        assert (tmp_path / "mine/thesis.txt").read_text() == "years of work"

    def test_out_may_be_new_or_a_former_site(self, tmp_path: Path) -> None:
        root = write_register(tmp_path / "register", {})
        for _ in range(2):
            done = self.run("build", "--root", str(root), "--out", str(tmp_path / "new"))
            assert done.exit_code == 0 and str(tmp_path / "new/index.html") in done.output
        assert (tmp_path / "new/cases.html").is_file() and not (root / ".build").exists()

    def test_hand_written_pages_of_the_register_itself(self, tmp_path: Path) -> None:
        files = {
            "site/pages/ours.md": "# Ours\n\n[rule](rules/deadline-overdue.html)\n",
            "site/pages/ours.zh.md": "# 我们的\n",
        }
        site = build(write_register(tmp_path / "register", files))
        assert (site.out / "ours.html").is_file() and not (site.out / "reading.html").exists()
        contents = site.text("contents.html")
        assert (
            "我们的" in contents and ">Ours<" not in contents and "contents.html" in site.text("index.html")
        )
        assert 'href="ours.html"' in site.text("ours.zh.html")

    def test_a_page_that_would_replace_the_overview_is_refused(self, tmp_path: Path) -> None:
        root = write_register(tmp_path / "register", {"site/pages/index.md": "# Mine\n"})
        done = self.run("build", "--root", str(root), "--lang", "en")
        assert done.exit_code == 2 and "index.md would take the place" in done.output

    def test_the_commit_is_named_and_changes_marked(self, repo: Any) -> None:
        root = write_register(repo.root, {path_of("2026-11-0001"): case_text("2026-11-0001")})
        repo.git("add", ".")
        repo.git("commit", "-q", "-m", "all")
        commit = repo.git("rev-parse", "HEAD")[:12]
        assert json.loads(build(root).text("build.json"))["commit"] == commit
        repo.write(path_of("2026-11-0002"), case_text("2026-11-0002"))
        assert json.loads(build(root).text("build.json"))["commit"] == f"{commit} +"

    def test_no_register_is_one_sentence(self, tmp_path: Path) -> None:
        done = self.run("build", "--root", str(tmp_path), "--lang", "en")
        assert done.exit_code == 2 and "no register in" in done.output and "Traceback" not in done.output


@pytest.mark.parametrize("config", ["", "plugins: [{casework: {root: ../../elsewhere}}]"])
def test_mkdocs_builds_it_too_and_strictly(tmp_path: Path, config: str) -> None:
    """`mkdocs build --strict` inside site/, with nothing of ours but the plugin."""
    root = write_register(
        tmp_path / ("elsewhere" if config else "register"),
        {path_of("2026-11-0001"): case_text("2026-11-0001")},
    )
    site = tmp_path / "register" / "site" if config else root / "site"
    (site / "pages").mkdir(parents=True)
    told = (
        (REPO / "site/mkdocs.yml")
        .read_text("utf-8")
        .replace("custom_dir: theme", f"custom_dir: {THEME.as_posix()}")
    )
    if config:
        told = told.replace("plugins:\n  - casework\n", f"{config}\n")
    (site / "mkdocs.yml").write_text(told, "utf-8")
    (site / "pages/guide.md").write_text("# Guide\n\nSee [the rule](rules/deadline-overdue.html).\n", "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    out = tmp_path / "register" / ".build" / "site"
    assert (out / "cases/2026/11/2026-11-0001.html").is_file() and (out / "guide.html").is_file()
