"""`casework site build` and `casework site serve`: the register as pages for everybody in the firm."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casework.desk.desk import Desk, Refusal, at_desk, examined
from casework.words import Text, same

if TYPE_CHECKING:
    from casework.state.register import Register


@click.group(short_help="The register as pages. · 生成和查看网站。")
def command() -> None:
    """Make the register's site, or show it in a browser.

    生成登记簿网站，或在浏览器中查看。
    """


OUT = click.option("--out", metavar="DIR", help="Where the site is written. · 网站输出文件夹。")


@command.command("build", short_help="Write the site. · 生成网站。")
@OUT
@at_desk
def build(desk: Desk, out: str | None) -> None:
    """Write the site to DIR (else .build/site in the register): plain files, opened without a server.

    把网站写入 DIR（默认为登记簿的 .build/site）：普通文件，无需服务器即可打开。
    """
    folder = _folder(desk, out)
    register = build_site(desk, folder)
    parts = {"cases": len(register.cases), "at": desk.at, "page": folder / "index.html"}
    click.echo(desk.say(Text("{cases} cases as of {at}: {page}", "截至 {at}，{cases} 宗案件：{page}", parts)))


@command.command("serve", short_help="Show the site in a browser. · 在浏览器中查看网站。")
@OUT
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="0 takes a free one. · 0 表示任选空闲端口。"
)
@at_desk
def serve(desk: Desk, out: str | None, port: int) -> None:
    """Serve the site on this computer only, until Ctrl-C; it is built first if there is none.

    仅在本机提供网站，按 Ctrl-C 结束；尚未生成时先生成。
    """
    from casework.desk.serving import Server

    folder = _folder(desk, out)
    if not is_site(folder):
        build_site(desk, folder)
    try:
        server = Server(folder, port)
    except OSError as error:
        taken = Text(
            "port {port} cannot be used: {why}",
            "无法使用端口 {port}：{why}",
            {"port": port, "why": error.strerror},
        )
        raise Refusal(taken, desk.lang) from None
    with server, suppress(KeyboardInterrupt):
        click.echo(desk.say(_shown(folder, server.url)))
        server.run()


def build_site(desk: Desk, folder: Path) -> Register:
    """Build the site of a desk's register with the tool's own theme; the pages in its site/pages, else the tool's."""
    import os

    from mkdocs.commands.build import build as build_pages
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    from casework.records.data import data_folder

    refuse_strange(folder, desk)
    own, pages = data_folder() / "site", desk.root / "site" / "pages"
    docs = pages if pages.is_dir() else own / "pages"
    config = load_config(str(own / "mkdocs.yml"), docs_dir=os.fspath(docs), site_dir=os.fspath(folder))
    register, findings = examined(desk)
    plugin: Any = config.plugins["casework"]
    plugin.hand(desk.root, register, findings, desk.at, desk.lang)
    try:
        with _warnings_told():
            build_pages(config)
    except MkDocsException as wrong:
        raise Refusal(same(str(wrong.__context__ or wrong)), desk.lang) from None
    return register


@contextmanager
def _warnings_told() -> Iterator[None]:
    """What MkDocs warns of (a broken link in a hand-written page) as lines on the error stream; errors we tell ourselves."""
    import logging

    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(lambda record: record.levelno == logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def is_site(folder: Path) -> bool:
    """Whether a folder holds a site of ours."""
    return (folder / "index.html").is_file() and (folder / "build.json").is_file()


def refuse_strange(folder: Path, desk: Desk) -> None:
    """Building empties its folder first: one that holds anything but a site of ours is refused."""
    if folder == desk.root / ".build" / "site" or not folder.exists():
        return
    if not folder.is_dir() or (any(folder.iterdir()) and not (folder / "build.json").is_file()):
        raise Refusal(
            Text(
                "{folder} holds other files, and building would delete them: name an empty folder",
                "{folder} 中已有其他文件，生成网站会将其删除：请另选空文件夹",
                {"folder": folder},
            ),
            desk.lang,
        )


def _folder(desk: Desk, out: str | None) -> Path:
    return Path(out).resolve() if out else desk.root / ".build" / "site"


def _shown(folder: Path, url: str) -> Text:
    """Where it is served, and as of when it was built."""
    try:
        at = json.loads((folder / "build.json").read_bytes())["as_of"][:16].replace("T", " ")
    except (OSError, ValueError, KeyError):
        at = "?"
    return Text(
        "{url}  (as of {at}; 'casework site build' makes it anew; Ctrl-C ends)",
        "{url}  （截至 {at}；重新生成请运行 casework site build；按 Ctrl-C 结束）",
        {"url": url, "at": at},
    )
