"""What a person does with the site: opens it from a folder, looks for cases, prints a month, uses the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Built, case_text, path_of


@pytest.fixture
def quiet(browser: Page) -> Iterator[Page]:
    """A page that may neither complain nor ask for anything beyond its folder."""
    seen: list[str] = []
    browser.on("console", lambda message: seen.append(message.text))
    browser.on("pageerror", lambda error: seen.append(str(error)))
    browser.on(
        "request", lambda request: None if request.url.startswith("file:") else seen.append(request.url)
    )
    yield browser
    assert seen == []


def open_(page: Page, site: Built, path: str) -> Page:
    file, _, fragment = path.partition("#")
    page.goto((site.out / file).as_uri() + (f"#{fragment}" if fragment else ""))
    return page


def numbers(page: Page) -> list[str]:
    return page.locator("#cases tbody tr th .number").all_inner_texts()


def test_from_the_overview_to_the_overdue_cases(quiet: Page, sample: Built) -> None:
    tile = open_(quiet, sample, "index.html").locator(".tile.is-overdue a")
    told = tile.locator(".small").inner_text()
    tile.click()
    assert quiet.locator("#status").input_value() == "overdue"
    assert f" {len(numbers(quiet))} " in told and "2026-11-0002" in numbers(quiet)
    quiet.locator("#cases .number", has_text="2026-11-0002").click()
    assert quiet.locator(".banner.is-overdue h1").inner_text() == "2026-11-0002"
    assert quiet.locator(".stop.is-now time").inner_text() == "2026-11-20 18:00"


def test_a_long_list_of_the_overview_is_folded_and_nothing_is_lost(quiet: Page, sample: Built) -> None:
    section = open_(quiet, sample, "index.html").locator("section[aria-labelledby=todo]")
    total = int(section.locator("h2 .count").inner_text())
    assert section.locator("tbody tr").count() == total > 12
    assert section.locator("tbody tr:visible").count() == 12
    section.get_by_text(f"另有 {total - 12} 项").click()
    assert section.locator("tbody tr:visible").count() == total
    assert quiet.locator("section[aria-labelledby=overdue] details").count() == 0


def test_find_by_words_status_and_category(quiet: Page, sample: Built) -> None:
    open_(quiet, sample, "cases.html")
    every = len(numbers(quiet))
    quiet.keyboard.press("/")
    quiet.keyboard.type("电热水壶 ２０２６")  # full-width figures find as plain ones do
    found = numbers(quiet)
    assert 0 < len(found) < every and quiet.locator("#shown").inner_text() == str(len(found))
    assert "text=" in quiet.evaluate("location.hash")
    quiet.locator("#category").select_option("服务质量")
    assert numbers(quiet) == [] and quiet.locator("#no-fit").is_visible()
    quiet.get_by_role("button", name="清除").click()
    expect(quiet.locator("#cases tbody tr")).to_have_count(every)
    assert quiet.evaluate("location.hash") == ""


def test_an_address_with_a_filter_can_be_handed_on(quiet: Page, sample: Built) -> None:
    open_(quiet, sample, "cases.html#text=2026-10&status=settled&policy=department-store&category=")
    assert quiet.locator("#text").input_value() == "2026-10"
    assert numbers(quiet) == ["2026-10-0002", "2026-10-0001"]


def options(page: Page, name: str) -> list[str]:
    return page.locator(f"#{name} option").evaluate_all("all => all.map(each => each.value).filter(Boolean)")


def test_find_by_policy_which_offers_its_own_categories(quiet: Page, sample: Built) -> None:
    open_(quiet, sample, "cases.html")
    every, categories = numbers(quiet), options(quiet, "category")
    assert "employee-whistleblowing" not in options(quiet, "policy")  # its cases are never listed
    quiet.locator("#category").select_option("服务质量")
    quiet.locator("#policy").select_option("power-utility")
    assert quiet.locator("#category").input_value() == ""
    assert quiet.evaluate("location.hash") == "#policy=power-utility"
    found = numbers(quiet)
    assert 0 < len(found) < len(every)
    assert quiet.locator("#policy option:checked").inner_text().endswith(f"({len(found)})")
    assert 0 < len(options(quiet, "category")) < len(categories)
    quiet.get_by_role("button", name="清除").click()
    expect(quiet.locator("#cases tbody tr")).to_have_count(len(every))
    assert options(quiet, "category") == categories


def test_every_policy_leads_to_its_cases(quiet: Page, sample: Built) -> None:
    open_(quiet, sample, "policies.html")
    links = quiet.locator("td a[href^='cases.html#policy=']").all()
    addresses = [(link.get_attribute("href") or "", link.inner_text()) for link in links]
    rows = quiet.locator("tbody tr").count()
    assert len(addresses) == rows - 1  # all but the one whose cases are all confidential
    for address, count in addresses:
        open_(quiet, sample, address)
        confidential = 2 if address.endswith("power-utility") else 0
        assert quiet.locator("#shown").inner_text() == str(int(count) - confidential), address
    open_(quiet, sample, "policies/law-firm.html").locator(".banner a").click()
    assert quiet.locator("#policy").input_value() == "law-firm"


EDITION = """\
policy: shop
title: {{en: Shop, zh: 商店}}
in_force_from: {day}
limits: {{answer: {{title: {{en: Answer, zh: 答复}}, from: received, until: response_given, within: 3 days}}}}
"""


def test_a_policy_is_found_with_all_its_editions_and_each_by_itself(
    quiet: Page, site_of: Callable[..., Built]
) -> None:
    months = ("2026-08", "2026-09", "2026-11")
    site = site_of(
        {
            "policies/shop@2020-01-01.yaml": EDITION.format(day="2020-01-01"),
            "policies/shop.yaml": EDITION.format(day="2026-10-01"),
            **{path_of(f"{month}-0001"): case_text(f"{month}-0001", {"policy": "shop"}) for month in months},
            path_of("2026-11-0002"): case_text("2026-11-0002"),
        }
    )
    open_(quiet, site, "cases.html#policy=shop")
    assert numbers(quiet) == ["2026-11-0001", "2026-09-0001", "2026-08-0001"]
    assert options(quiet, "policy") == ["department-store", "shop", "shop@2026-10-01", "shop@2020-01-01"]
    open_(quiet, site, "policies/shop.2020-01-01.html").locator(".banner a").click()
    assert numbers(quiet) == ["2026-09-0001", "2026-08-0001"]


def test_one_policy_is_nothing_to_choose_from(quiet: Page, site_of: Callable[..., Built]) -> None:
    site = site_of({path_of(f"2026-11-000{n}"): case_text(f"2026-11-000{n}") for n in (1, 2)})
    open_(quiet, site, "cases.html#policy=department-store")
    assert len(numbers(quiet)) == 2 and quiet.locator("#status").is_visible()
    assert not quiet.locator("#policy").is_visible()


def test_without_script_everything_is_there(chromium: Browser, sample: Built) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = open_(context.new_page(), sample, "cases.html")
    assert len(numbers(page)) == len(list(sample.out.glob("cases/*/*/*.html")))
    assert not page.locator("#filter").is_visible()
    context.close()


def test_more_cases_than_a_page_holds(quiet: Page, site_of: Callable[..., Built], chromium: Browser) -> None:
    files = {}
    for n in range(1, 621):
        number = f"2026-11-{n:04}"
        head = {"summary": f"lamp-{n} flickers", "category": "facility"}
        files[path_of(number)] = case_text(number, {**head, "policy": "law-firm"} if n < 8 else head)
    site = site_of(files, "--lang", "en")
    open_(quiet, site, "cases.html")
    assert quiet.locator("#shown").inner_text() == "620" and len(numbers(quiet)) == 200
    quiet.locator("#text").fill("lamp-17")
    assert numbers(quiet) == [f"2026-11-{n:04}" for n in (*range(179, 169, -1), 17)]
    open_(quiet, site, "index.html")
    open_(quiet, site, "cases.html#policy=law-firm")  # beyond the page: the script's own rows
    assert numbers(quiet) == [f"2026-11-{n:04}" for n in range(7, 0, -1)]
    quiet.locator("#cases .number").last.click()
    assert quiet.locator("h1").inner_text() == "2026-11-0001"
    context = chromium.new_context(java_script_enabled=False)
    page = open_(context.new_page(), site, "cases.html")
    assert len(numbers(page)) == 500 and page.get_by_text("The 500 newest cases").is_visible()
    context.close()


def test_on_paper_everything_is_open(quiet: Page, sample: Built) -> None:
    open_(quiet, sample, "m/2026-11.html")
    definition = quiet.locator("#flow ~ details dd").first
    assert not definition.is_visible()
    quiet.emulate_media(media="print")
    quiet.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert definition.is_visible() and not quiet.locator(".masthead nav").is_visible()
    quiet.evaluate("dispatchEvent(new Event('afterprint'))")
    quiet.emulate_media(media="screen")
    assert not definition.is_visible()
    assert quiet.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "cases.html",
        "policies.html",
        "coverage.html",
        "m/2026-11.html",
        "cases/2026/11/2026-11-0001.html",
        "policies/department-store.html",
        "rules/deadline-overdue.html",
    ],
)
@pytest.mark.parametrize("width", [340, 800, 1400])
def test_nothing_sticks_out(quiet: Page, sample: Built, path: str, width: int) -> None:
    quiet.set_viewport_size({"width": width, "height": 900})
    open_(quiet, sample, path)
    assert quiet.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_content_first_and_focus_is_seen(quiet: Page, sample: Built) -> None:
    open_(quiet, sample, "index.html")
    quiet.keyboard.press("Tab")
    skip = quiet.locator(".skip:focus")
    assert skip.bounding_box()["x"] >= 0  # type: ignore[index]
    quiet.keyboard.press("Enter")
    assert quiet.evaluate("document.activeElement.id") == "content"
    quiet.keyboard.press("Tab")
    assert quiet.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_dark_is_dark(chromium: Browser, sample: Built) -> None:
    context = chromium.new_context(color_scheme="dark")
    page = open_(context.new_page(), sample, "index.html")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 29)"
    context.close()


def test_the_procedure_fits_a_phone_and_its_labels_lead_to_the_entries(quiet: Page, sample: Built) -> None:
    quiet.set_viewport_size({"width": 375, "height": 800})
    open_(quiet, sample, "policies/department-store.html")
    assert quiet.evaluate("document.documentElement.scrollWidth") <= 375
    drawing = quiet.get_by_role("group", name="流程图")
    assert quiet.locator(".flowchart .stage-word").first.text_content() == "新收"
    drawing.get_by_role("link", name="30 分钟").click()
    expect(quiet.locator("#phone-agreed-time")).to_be_in_viewport()
