"""The site's builder: MkDocs calls this plugin, which writes the register's pages beside the hand-written ones."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from mkdocs import __version__ as mkdocs_version
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

import casework
from casework.commands.desk import Desk, examined, root_of
from casework.drawing import CONTENTS, Drawer, RegisterFile, place_of
from casework.records.data import data_folder
from casework.records.source import WorkTree
from casework.records.titles import titles_from
from casework.trail.commits import commit_of
from casework.trail.git import GitTrouble
from casework.trail.sources import changes
from casework.views.pages import Page, pages_of
from casework.views.pages_guide import Written, contents_page, language_of, other_of
from casework.views.site import Site
from casework.words import Text

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page as HandWritten
    from mkdocs.utils.templates import TemplateContext

MARK = "build.json"
JUDGED_BY = ("cases/", "policies/", "schema/")


class Options(Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml may say of the plugin; each is what the option of `casework site build` is."""

    root = config_options.Optional(config_options.Type(str))
    as_of = config_options.Optional(config_options.Type((str, date)))  # YAML reads an unquoted day as a date
    lang = config_options.Optional(config_options.Choice(("en", "zh")))


class CaseworkPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Reads the register once for each build. ``site`` is handed in by `casework site build`, else made here."""

    handed: Site | None = None

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
        self.site = self.handed or site_of(self._desk(config))
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

    def _desk(self, config: MkDocsConfig) -> Desk:
        now = datetime.now(UTC).replace(microsecond=0)
        as_of = self.config.as_of
        asked = as_of.isoformat() if isinstance(as_of, date) else str(as_of) if as_of else None
        return Desk(self._root(config), now, asked, self.config.lang)

    def _root(self, config: MkDocsConfig) -> Path:
        here = Path(config.config_file_path).resolve().parent
        return root_of(str(here / self.config.root if self.config.root else here.parent), self.config.lang)

    def _written(self) -> list[Written]:
        """The hand-written pages in MkDocs' order; their titles are known once they have been read."""
        return [Written(page.file.src_uri, page.file.dest_uri, str(page.title)) for page in self.nav.pages]


def site_of(desk: Desk) -> Site:
    """The register of a desk as the site shows it."""
    register, findings = examined(desk)
    return Site(
        register,
        findings,
        desk.at,
        desk.lang,
        titles_from(WorkTree(desk.root)),
        _commit(desk.root),
        casework.__version__,
    )


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
