"""Pages are drawn: what a page is given meets its template, everything escaped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import StrictUndefined
from mkdocs.structure.files import File, InclusionLevel

from casework.views.labels import LABELS
from casework.views.pages import Page
from casework.views.site import Site
from casework.views.visible import visible

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig

CONTENTS = "contents.html"
MAIN = ("home", "cases", "months", "policies", "rules")


class Place(NamedTuple):
    """An entry of the main navigation."""

    key: str
    page: str
    word: str


class Drawer:
    """Draws pages with the theme's templates; every value is escaped, and what hides or turns text made visible."""

    def __init__(self, env: Environment, site: Site, has_guide: bool) -> None:
        self.env, self.site = env, site
        env.autoescape = True
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


def place_of(path: str, section: str) -> Mapping[str, str]:
    """Where a page lies: the way from it to the top, and the part of the site it belongs to."""
    return {"base": "../" * path.count("/"), "here": section}


def _globals(site: Site, has_guide: bool) -> Mapping[str, Any]:
    return {
        "label": SimpleNamespace(**{name: site.say(text) for name, text in LABELS.items()}),
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
