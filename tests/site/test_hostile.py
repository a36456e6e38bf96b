"""Whatever strangers write is shown as text: nothing of it runs, loads, turns the reading order or breaks out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request

from .conftest import REPO, Built, case_text, path_of

OURS = (
    "<script>window.fired=1</script>",
    "</title></dd><script>window.fired=1</script>",
    '"><img src=x onerror="window.fired=1">',
    "<svg/onload=window.fired=1>",
    "' onmouseover='window.fired=1",
    "javascript:window.fired=1//",
    "{{ ''.__class__.__mro__ }}{% for x in y %}{# never #}",
    "{0.__class__} {number} %(number)s ${7*7} <%= 7 %>",
    "</style><style>body{display:none}</style>",
    "<meta http-equiv=refresh content='0;url=http://stranger.example/'><base href=//stranger.example/>",
    "<!-- ]]> --> &lt;b&gt; &#60;script&#62;",
    "\u202etxt.exe\u202c \u2066inner\u2069 \u200frtl",
    "\u200bzero \u00ad soft \U000e0001tag",
    "[link](javascript:window.fired=1) ![i](http://stranger.example/i.png) <http://stranger.example>",
    "# Forged heading\n\n- item\n\n`code` **bold** | a | b |",
    "💥" * 30 + "‮" + "한글 עברית العربية",
    "a" * 4000,
)
TEXTS = (
    "summary", "issue", "demand_text", "reasons", "origin_unit", "third_party", "origin_no", "code",
    "product.name", "product.spec", "product.packaging", "product.lot_no", "product.bought_at", "product.material",
    "order.order_no", "order.material_no", "incident.place", "incident.course", "incident.effect",
)  # fmt: skip
EVENT_TEXTS = ("note", "reason")


def head_of(texts: Sequence[str]) -> dict[str, Any]:
    """A case's head with a stranger's words in every text field."""
    told: dict[str, Any] = {}
    for name, text in zip(TEXTS, texts, strict=False):
        outer, _, inner = name.rpartition(".")
        (told.setdefault(outer, {}) if outer else told)[inner] = text
    told.setdefault("incident", {})["persons"] = list(texts[:2])
    return told


def events_of(texts: Sequence[str], number: str) -> list[dict[str, Any]]:
    """Events with a stranger's words in note and reason, and in the free payload."""
    events: list[dict[str, Any]] = []
    for n, (note, reason) in enumerate(zip(texts[::2], texts[1::2], strict=False)):
        at = f"{number[:7]}-{3 + n // 600:02}T{9 + n % 600 // 60:02}:{n % 60:02}"
        events.append({"event": "notice_sent", "at": at, "by": "li-wen", "note": note, "reason": reason})
    more = {"at": f"{number[:7]}-09T08:00", "by": "li-wen", "note": texts[0], "reason": texts[-1]}
    kinds: tuple[dict[str, Any], ...] = (
        {"event": "irregularity_noted", "finding": "done-late", "measure": texts[0]},
        {"event": "evidence_added", "evidence": "photo", "place": texts[0]},
        {"event": "superseded", "field": "product.name", "now": texts[0]},
    )
    return [*events, *({**kind, **more} for kind in kinds)]


def chunks(texts: Sequence[str], size: int) -> Iterator[list[str]]:
    left = iter(texts)
    while chunk := list(islice(left, size)):
        yield chunk


def hostile_files(texts: Sequence[str], per_case: int) -> dict[str, str]:
    files = {}
    for n, chunk in enumerate(chunks(texts, per_case), 1):
        number = f"2026-11-{n:04}"
        files[path_of(number)] = case_text(number, head_of(chunk), events_of(chunk, number))
    return files


def hostile_firm(text: str) -> dict[str, str]:
    """The sample firm with a stranger's words as its name, in its staff, units, roles and policy."""
    swap = json.dumps(text)
    files = {}
    for path, pattern in (
        ("policies/register.yaml", r"(?m)^name: .*$"),
        ("policies/staff.yaml", r"(?m)^    name: .*$"),
        ("policies/department-store.yaml", r"(?<=en: )[^{},\n]+(?=, zh)"),
    ):
        told = (REPO / path).read_text("utf-8")
        prefix = "name: " if path.endswith("register.yaml") else "    name: " if "staff" in path else ""
        value = f"{{en: {swap}, zh: {swap}}}" if path.endswith("register.yaml") else swap
        files[path] = re.sub(pattern, lambda _, filled=prefix + value: filled, told)
    return files


def is_readable(text: str) -> bool:
    """Whether the reader takes the text in: it refuses control characters and odd line breaks itself."""
    return not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]", text
    ) and bool(text.strip())


ALLOWED_TAGS = """
    html head meta title link script body a header div span nav ul li p time main section h1 h2 h3 ol dl dt dd strong
    code table thead tbody tfoot tr th td caption aside footer details summary figure figcaption svg defs pattern rect
    line text g path circle tspan desc form label input select option button output template noscript
"""
LOOK = """() => {
  const bad = [];
  for (const each of document.querySelectorAll('*')) {
    const name = each.tagName.toLowerCase();
    if (!ALLOWED.includes(name)) bad.push(name);
    for (const attribute of each.attributes)
      if (attribute.name.startsWith('on') || attribute.name === 'style') bad.push(name + ' ' + attribute.name);
  }
  for (const each of document.querySelectorAll('a[href], link[href], script[src]')) {
    const to = new URL(each.getAttribute('href') || each.getAttribute('src'), document.baseURI).href;
    if (!to.startsWith('file:')) bad.push(to);
  }
  if (document.querySelectorAll('h1').length !== 1) bad.push('headings');
  if (window.fired) bad.push('fired');
  return bad;
}""".replace("ALLOWED", json.dumps(ALLOWED_TAGS.split()))


def is_left(request: Request) -> bool:
    """Whether a request only ended because the page was left."""
    return "ERR_ABORTED" in (request.failure or "")


@pytest.fixture
def watched(browser: Page) -> tuple[Page, list[str]]:
    """A page, and everything it did that it should not have."""
    seen: list[str] = []
    browser.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
    browser.on("console", lambda message: seen.append(f"console {message.text}"))
    browser.on("pageerror", lambda error: seen.append(f"error {error}"))
    browser.on(
        "request", lambda request: None if request.url.startswith("file:") else seen.append(request.url)
    )
    browser.on(
        "requestfailed", lambda request: None if is_left(request) else seen.append(f"failed {request.url}")
    )
    browser.on("popup", lambda popup: seen.append(f"popup {popup.url}"))
    return browser, seen


def visited(watched: tuple[Page, list[str]], site: Built, pages: Sequence[Path]) -> None:
    page, seen = watched
    for path in pages:
        page.goto(path.as_uri())
        assert (page.evaluate(LOOK), seen) == ([], []), path


def test_our_dozen_in_every_text_field(
    site_of: Callable[..., Built], watched: tuple[Page, list[str]]
) -> None:
    texts = [text for text in OURS if is_readable(text)]
    files: dict[str, str] = {}
    for n in range(
        1, len(texts) + 1
    ):  # each text comes first once, so that it stands in summary, list and overview
        number = f"2026-11-{n:04}"
        turned = texts[n - 1 :] + texts[: n - 1]
        files[path_of(number)] = case_text(number, head_of(turned), events_of(turned, number))
    files["cases/2026/11/<img src=x onerror=alert(1)> #?%41.yaml"] = case_text(
        "2026-11-0900", {"summary": OURS[0]}
    )
    files["cases/2026/11/2026-11-0901.yaml"] = (
        "case: 2026-11-0901\nsummary: <script>alert(1)</script>\n" + OURS[0]
    )
    site = site_of({**files, **hostile_firm(OURS[2])})
    assert len(list(site.out.glob("cases/2026/11/*.html"))) == len(texts) + 1
    visited(watched, site, site.generated())
    shown = (site.out / "cases/2026/11/2026-11-0001.html").read_text("utf-8")
    assert "&lt;script&gt;window.fired=1&lt;/script&gt;" in shown and "{{ &#39;&#39;.__class__" in shown


def test_marks_that_turn_the_reading_order_are_visible(site_of: Callable[..., Built]) -> None:
    head = {"summary": "pay \u202e00.1\u202c now", "issue": "a\u2066b\u2069c", "reasons": "x\u200fy\u061cz"}
    site = site_of({path_of("2026-11-0001"): case_text("2026-11-0001", head)})
    every = "".join(page.read_text("utf-8") for page in site.pages())
    assert not re.search("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", every)
    assert "pay �00.1� now" in every and "a�b�c" in every


@pytest.mark.parametrize("name", ["xss-payloads.txt", "blns.json"])
def test_known_payloads(
    name: str, shared: Path, site_of: Callable[..., Built], watched: tuple[Page, list[str]]
) -> None:
    told = (shared / "data/hostile" / name).read_text("utf-8", "replace")
    every = json.loads(told) if name.endswith("json") else told.splitlines()
    texts = [text for text in dict.fromkeys(every) if is_readable(text)]
    files = hostile_files(texts, 400)
    site = site_of(files)
    assert len(list(site.out.glob("cases/2026/11/*.html"))) == len(files), "a payload made a file unreadable"
    visited(
        watched,
        site,
        [site.out / "index.html", site.out / "cases.html", *site.out.glob("cases/2026/11/*.html")],
    )


def test_payloads_in_the_list_that_comes_as_data(
    site_of: Callable[..., Built], watched: tuple[Page, list[str]]
) -> None:
    texts = [text for text in OURS if is_readable(text)]
    files = {}
    for n in range(1, 521):
        number = f"2026-11-{n:04}"
        files[path_of(number)] = case_text(number, {"summary": texts[n % len(texts)], "category": "service"})
    site = site_of(files)
    page, seen = watched
    page.goto((site.out / "cases.html").as_uri())
    while page.locator("#more").is_visible():
        page.locator("#more").click()
    assert page.locator("#cases tbody tr").count() == 520
    assert (page.evaluate(LOOK), seen) == ([], [])
    assert "\u202e" not in page.content()


def test_canaries_of_personal_are_nowhere(site_of: Callable[..., Built]) -> None:
    fields = ("name", "phone", "email", "id_number", "address", "unit", "respondent", "statement", "nickname")
    secret: dict[str, Any] = {name: f"CANARY-{name.upper()}-7Q" for name in fields}
    secret |= {"email": "canary-7q@example.org", "phone": 7770001112223, "contacts": ["CANARY-CONTACT-7Q"]}
    secret["statement"] = "CANARY-LINE-7Q\n金丝雀一号说了许多话\nCANARY-END-7Q"
    by, at = "li-wen", "2026-11-03T09:00"
    words = [str(each) for each in secret.values() if isinstance(each, (str, int))]
    strewn = " ".join([*words, "CANARY-CONTACT-7Q"]).replace("\n", " ")
    head = {
        "personal": secret,
        "summary": f"told: {strewn}",
        "third_party": strewn,
        "product": {"name": strewn},
    }
    events = [
        {"event": "notice_sent", "at": at, "by": by, "note": strewn, "reason": strewn},
        {
            "event": "superseded",
            "at": at,
            "by": by,
            "field": "personal.name",
            "now": "CANARY-NEW-7Q",
            "reason": "typo",
        },
    ]
    sound = case_text("2026-11-0001", head, events)
    asks = "  asks:\n    title: {en: Ask, zh: 问}\n    at: notice_sent\n    need: {case: {personal.name: nobody}}\n\nbans:"
    policy = (REPO / "policies/department-store.yaml").read_text("utf-8").replace("\nbans:", "\n" + asks, 1)
    site = site_of(
        {
            path_of("2026-11-0001"): sound,
            path_of("2026-11-0002"): sound.replace("2026-11-0001", "2026-11-0002").replace(
                "department-store", "gone"
            ),
            path_of("2026-11-0003"): sound.replace("2026-11-0001", "2026-11-0003") + "\n: CANARY-BROKEN-7Q",
            path_of("2026-11-0004"): sound.replace("2026-11-0001", "2026-11-0004").replace(
                '"phone"', '"CANARY KEY 7Q"'
            ),
            "policies/department-store.yaml": policy,
        }
    )
    assert (site.out / "cases/2026/11/2026-11-0001.html").is_file()
    assert "▇▇▇" in site.text("cases/2026/11/2026-11-0001.html")
    wanted = re.compile("CANARY|canary-7q|金丝雀|7770001112223")
    for path in site.out.rglob("*"):
        assert not wanted.search(path.name)
        if path.is_file():
            assert not (found := wanted.search(path.read_text("utf-8"))), (path, found)
