"""The `casework` command: one file in this folder is one command, loaded only when it is asked for."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click

import casework
import casework.commands
from casework.desk.desk import STOPPED
from casework.words import Text, did_you_mean


class Commands(click.Group):
    """A group whose commands are the modules of this folder: `site` holds `site build` and `site serve`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every module of the folder but this one."""
        names = (module.name for module in iter_modules(casework.commands.__path__))
        return sorted(_word(name) for name in names if name != "main")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the one module and give its `command`."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"casework.commands.{_module(cmd_name)}")
        found: click.Command = module.command
        found.name = cmd_name
        return found

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """A wrong name is answered with the nearest right one."""
        name = args[0] if args else ""
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            hint = did_you_mean(name, self.list_commands(ctx))
            said = Text("no command '{name}'{hint}", "没有命令“{name}”{hint}", {"name": name, "hint": hint})
            raise click.UsageError(f"{said.say('en')} / {said.say('zh')}", ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help="A complaint register kept in git. · 用 git 保存的投诉登记簿。",
)
@click.version_option(casework.__version__, prog_name="casework", help="Show the version. · 显示版本。")
@click.option("--root", help="The register's folder. · 登记簿所在文件夹。", metavar="DIR")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of the output. · 输出语言。")
@click.option("--as-of", help="The instant or day to look from. · 以某一时刻或某日为准。", metavar="WHEN")
@click.pass_context
def casework_(ctx: click.Context, /, **asked: str | None) -> None:
    """Keep what was asked of all commands for the one that runs."""
    ctx.obj = asked


def main() -> None:
    """Run the command; whatever a user can cause ends in one sentence, never a traceback."""
    # What is read stays: looking for garbage at every 700th object costs a tenth of `add`.
    gc.set_threshold(50_000)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        sys.exit(casework_.main(prog_name="casework", standalone_mode=False))
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped / 已中止", err=True)
        sys.exit(STOPPED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    finally:
        gc.freeze()  # Python looks for garbage once more when it ends: what is frozen it leaves to the system


def _word(module: str) -> str:
    return module.removesuffix("_").replace("_", "-")


def _module(word: str) -> str:
    return word + "_" if word in ("import", "list") else word.replace("-", "_")
