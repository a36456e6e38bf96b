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
    open_(quiet, sample, "index.html").locator(".tile.is-overdue a").click()
    assert quiet.locator("#status").input_value() == "overdue"
    assert numbers(quiet) == ["2026-11-0002"]
    quiet.locator("#cases .number").click()
    assert quiet.locator(".banner.is-overdue h1").inner_text() == "2026-11-0002"
    assert quiet.locator(".stop.is-now time").inner_text() == "2026-11-20 18:00"


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
    open_(quiet, sample, "cases.html#text=2026-10&status=settled")
    assert quiet.locator("#text").input_value() == "2026-10"
    assert numbers(quiet) == ["2026-10-0002", "2026-10-0001"]


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
        files[path_of(number)] = case_text(number, {"summary": f"lamp-{n} flickers", "category": "facility"})
    site = site_of(files, "--lang", "en")
    open_(quiet, site, "cases.html")
    assert quiet.locator("#shown").inner_text() == "620" and len(numbers(quiet)) == 200
    quiet.locator("#text").fill("lamp-17")
    assert numbers(quiet) == [f"2026-11-{n:04}" for n in (*range(179, 169, -1), 17)]
    quiet.locator("#cases .number").last.click()
    assert quiet.locator("h1").inner_text() == "2026-11-0017"
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
