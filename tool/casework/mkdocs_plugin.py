"""The site's builder: MkDocs calls this plugin, which writes the register's pages beside the hand-written ones."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from jinja2 import StrictUndefined
from markupsafe import escape
from mkdocs import __version__ as mkdocs_version
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel

import casework
from casework.examine import examine
from casework.house import NotARegister, house_of
from casework.records.data import data_folder
from casework.records.source import WorkTree
from casework.rules import Finding
from casework.state.register import Register
from casework.trail.commits import commit_of
from casework.trail.git import GitTrouble
from casework.trail.sources import changes
from casework.views.labels import LABELS
from casework.views.pages import Page, pages_of
from casework.views.pages_guide import Written, contents_page, language_of, other_of
from casework.views.site import Site
from casework.views.visible import visible
from casework.words import Lang, Text

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page as HandWritten
    from mkdocs.utils.templates import TemplateContext

CONTENTS = "contents.html"
MAIN = ("home", "cases", "months", "policies", "rules")
MARK = "build.json"
JUDGED_BY = ("cases/", "policies/", "schema/")


class Options(Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml may say of the plugin: ``root``, the register's folder, else the one above mkdocs.yml."""

    root = config_options.Optional(config_options.Type(str))


class Handed(NamedTuple):
    """A register already judged, which `casework site build` hands in."""

    root: Path
    register: Register
    findings: Sequence[Finding]
    at: datetime
    lang: Lang


class Place(NamedTuple):
    """An entry of the main navigation."""

    key: str
    page: str
    word: str


class Drawer:
    """Draws pages with the theme's templates; every value is escaped, and what hides or turns text made visible."""

    def __init__(self, env: Environment, site: Site, has_guide: bool) -> None:
        self.env, self.site = env, site
        env.autoescape = env.trim_blocks = env.lstrip_blocks = True
        env.finalize = visible
        env.undefined = StrictUndefined
        env.filters["say"] = site.say
        env.globals.update(_globals(site, has_guide))
        env.globals["parts"] = env.get_template("parts.html").module

    def drawn(self, page: Page) -> str:
        """One generated page as HTML, or as the text it is."""
        given = page.give()
        if isinstance(given, str):
            return given
        return self.env.get_template(page.template).render(given, **place_of(page.path, page.section))


class RegisterFile(File):
    """A generated page: never Markdown, never in the nav, drawn at the moment MkDocs copies files."""

    def __init__(self, page: Page, config: MkDocsConfig) -> None:
        super().__init__(page.path, None, config.site_dir, False, inclusion=InclusionLevel.NOT_IN_NAV)
        self.register_page = page
        self.generated_by = "casework"
        self.drawer: Drawer | None = None

    def copy_file(self, dirty: bool = False) -> None:
        """Draw the page and write it."""
        given = self.drawer.drawn(self.register_page) if self.drawer else self.register_page.give()
        target = Path(self.abs_dest_path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(str(given).encode())

    def is_modified(self) -> bool:
        """Always: what it shows depends on the whole register."""
        return True

    def is_documentation_page(self) -> bool:
        """Never, whatever its name."""
        return False


class CaseworkPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Reads and judges the register once for each build, unless it is handed in."""

    handed: Handed | None = None

    def hand(self, *told: Any) -> None:
        """Take a register already judged: the fields of Handed, in order."""
        self.handed = Handed(*told)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and judge the register; own theme, relative links, no site map."""
        if int(mkdocs_version.split(".")[0]) >= 2:
            raise PluginError(f"Casework's site needs MkDocs 1.6, not {mkdocs_version}")
        config.use_directory_urls = False
        config.site_url = ""
        own = str(data_folder() / "site" / "theme")
        if own not in config.theme.dirs:
            config.theme.dirs.insert(-1, own)
        config.theme.static_templates.discard("sitemap.xml")
        self.site = _site(self.handed or _judged(self._root(config)))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the register's pages; a hand-written page may not take the place of one."""
        if sitemap := files.get_file_from_path("sitemap.xml"):
            files.remove(sitemap)
        written = {file.dest_uri: file for file in files}
        made = [*pages_of(self.site)]
        if files.documentation_pages():
            made.append(
                Page(CONTENTS, "contents.html", lambda: contents_page(self.site, self._written()), "guide")
            )
        self.made = [RegisterFile(page, config) for page in made]
        for file in self.made:
            if file.dest_uri in written:
                raise PluginError(self.site.say(_taken(written[file.dest_uri].src_uri, file.dest_uri)))
            files.append(file)
            if file.src_uri == MARK:
                file.copy_file()  # first of all, so that a build broken off leaves a folder known as ours
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the hand-written pages' order for their page of contents."""
        self.nav = nav
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Hand the pages what draws them."""
        drawer = Drawer(env, self.site, bool(files.documentation_pages()))
        for file in self.made:
            file.drawer = drawer
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: HandWritten, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Hand a hand-written page what the frame of every page needs."""
        source = page.file.src_uri
        given = {
            **context,
            **place_of(page.file.dest_uri, "guide"),
            "title": page.title,
            "page_lang": {"zh": "zh-CN", "en": "en"}.get(language_of(source) or "", ""),
            "other": other_of(source, self._written()),
        }
        return cast("TemplateContext", given)

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Let `mkdocs serve` build again when the register changes."""
        for folder in JUDGED_BY:
            server.watch(str(self._root(config) / folder))
        return server

    def _root(self, config: MkDocsConfig) -> Path:
        here = Path(config.config_file_path).resolve().parent
        return here / self.config.root if self.config.root else here.parent

    def _written(self) -> list[Written]:
        """The hand-written pages in MkDocs' order; their titles are known once they have been read."""
        return [Written(page.file.src_uri, page.file.dest_uri, str(page.title)) for page in self.nav.pages]


def _judged(root: Path) -> Handed:
    """The register of a work tree now, or when a sample's clock stands still; in CASEWORK_LANG or its own language."""
    source = WorkTree(root)
    try:
        house = house_of(source)
    except NotARegister as wrong:
        raise PluginError(str(wrong)) from None
    firm = house.firm
    now = firm.clock or datetime.now(UTC).replace(microsecond=0)
    asked = os.environ.get("CASEWORK_LANG")
    lang: Lang = "zh" if asked == "zh" else "en" if asked == "en" else firm.language
    return Handed(root, *examine(source, now, now, house=house), now, lang)


def _site(told: Handed) -> Site:
    commit, version = _commit(told.root), casework.__version__
    return Site(told.register, told.findings, told.at, told.lang, commit, version)


def _commit(root: Path) -> str:
    """The commit the register stands at, with a + if its files differ from it; empty outside git."""
    try:
        commit = commit_of(root, "HEAD")
        is_changed = any(path.startswith(JUDGED_BY) for _, path in changes(root))
    except GitTrouble:
        return ""
    return commit[:12] + (" +" if is_changed else "")


def _taken(written: str, page: str) -> Text:
    return Text(
        "{written} would take the place of the register's own {page}: give it another name",
        "{written} 会占用登记簿自己的页面 {page}：请改用其他文件名",
        {"written": written, "page": page},
    )


def place_of(path: str, section: str) -> Mapping[str, str]:
    """Where a page lies: the way from it to the top, and the part of the site it belongs to."""
    return {"base": "../" * path.count("/"), "here": section}


def _globals(site: Site, has_guide: bool) -> Mapping[str, Any]:
    return {
        "label": SimpleNamespace(**{name: escape(site.say(text)) for name, text in LABELS.items()}),
        "lang": site.lang,
        "firm": site.say(site.register.firm.name),
        "zone": site.register.firm.zone.key,
        "as_of": site.moment(site.at),
        "is_sample": site.is_sample,
        "commit": site.commit,
        "version": site.version,
        "places": tuple(_places(site, has_guide)),
    }


def _places(site: Site, has_guide: bool) -> Iterator[Place]:
    for key in MAIN:
        yield Place(key, "index.html" if key == "home" else f"{key}.html", site.label(key))
    if has_guide:
        yield Place("guide", CONTENTS, site.label("guide"))
