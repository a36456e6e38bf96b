"""The hand-written pages: their list, by folder, and which is which in the other language."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from casework.views.labels import GUIDE_SECTIONS, LANGUAGES
from casework.views.site import Site
from casework.words import Lang


class Written(NamedTuple):
    """A hand-written page: its file below site/pages, its page below the site, its title."""

    source: str
    page: str
    title: str


class Other(NamedTuple):
    """The same page in the other language."""

    lang: Lang
    page: str
    word: str


def contents_page(site: Site, written: Sequence[Written]) -> Mapping[str, Any]:
    """What the template of the list is given: of a page in two languages only the one in the site's."""
    sections: dict[str, list[Written]] = {name: [] for name in ("", *GUIDE_SECTIONS)}
    for each in written:
        if _is_listed(site, each, written):
            sections.setdefault(posixpath.dirname(each.source), []).append(each)
    named = [(_folder(site, name), pages) for name, pages in sections.items() if pages]
    return {"title": site.label("guide"), "sections": named}


def language_of(source: str) -> Lang | None:
    """The language a file's name bears: ``guide.zh.md``."""
    if source.endswith(".zh.md"):
        return "zh"
    return "en" if source.endswith(".en.md") else None


def other_of(source: str, written: Sequence[Written]) -> Other | None:
    """The same page in the other language: guide.md or guide.en.md beside guide.zh.md, if there is one."""
    stem = source.removesuffix(".md").removesuffix(".zh").removesuffix(".en")
    wanted: Lang = "en" if language_of(source) == "zh" else "zh"
    for name in (f"{stem}.{wanted}.md", f"{stem}.md"):
        for each in written:
            if each.source == name and name != source:
                return Other(wanted, each.page, LANGUAGES[wanted])
    return None


def _is_listed(site: Site, each: Written, written: Sequence[Written]) -> bool:
    other = other_of(each.source, written)
    return other is None or other.lang != site.lang


def _folder(site: Site, name: str) -> str:
    title = GUIDE_SECTIONS.get(name)
    return site.say(title) if title else name
