"""`casework init`: begin a register in an empty or git folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from casework.desk.asking import Asker, Question, is_terminal, refusals
from casework.desk.desk import Refusal, language
from casework.words import Lang, Text, same

if TYPE_CHECKING:
    from casework.deeds.init import Begun, Firm, Person
    from casework.state.policy import Choice

WORD = {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"}
FREE = {"type": "string"}


@click.command(short_help="Begin a register. · 新建登记簿。")
@click.argument("folder", default="")
@click.option(
    "--name", help="The firm's name, one for both languages. · 单位名称（中英文相同）。", metavar="TEXT"
)
@click.option("--name-en", help="The firm's English name. · 英文名称。", metavar="TEXT")
@click.option("--name-zh", help="The firm's Chinese name. · 中文名称。", metavar="TEXT")
@click.option("--zone", help="Its time zone: Asia/Shanghai. · 所在时区。", metavar="ZONE")
@click.option("--language", "speaks", type=click.Choice(["en", "zh"]), help="Its language. · 使用的语言。")
@click.option(
    "--policy", "policies", multiple=True, help="A policy; the first is the default. · 制度，首个为默认。"
)
@click.option("--staff-id", help="Your id in case files: li-wen. · 您的人员编号。", metavar="ID")
@click.option("--staff-name", help="Your name (git's). · 您的姓名（默认取 git 的）。", metavar="TEXT")
@click.option("--staff-email", help="Your e-mail (git's). · 您的邮箱（默认取 git 的）。", metavar="EMAIL")
@click.option(
    "--role", "roles", multiple=True, help="A role of the policy you bear. · 您担任的岗位。", metavar="ROLE"
)
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of the output. · 输出语言。")
@click.pass_context
def command(ctx: click.Context, /, folder: str, lang: str | None, **options: Any) -> None:
    """Begin a register in FOLDER (this one): empty, or in a git repository. At a terminal, what is not told is asked.

    casework init complaints --name-en "Lantern Court" --name-zh 灯庭 --zone Asia/Shanghai --policy department-store

    在 FOLDER（默认当前文件夹）新建登记簿：须为空文件夹，或位于 git 仓库中。在终端中会逐项询问未给出的内容。
    """
    from casework.deeds.init import begin, files_of, refuse_folder

    general = ctx.find_root().obj or {}
    spoken = language(lang or general.get("lang") or options["speaks"])
    root = Path(folder or general.get("root") or ".").resolve()
    with refusals(lambda: spoken):
        refuse_folder(root)
        told = _with_defaults(root, options, spoken)
        told = _answers(told, spoken) if is_terminal() else told
        begun = begin(root, files_of(_firm(told, spoken), _person(told)))
    _tell(root, begun, spoken)


def _with_defaults(root: Path, options: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    """The options, and what git and the first policy say where they are silent."""
    from casework.deeds.ourselves import signature_of

    signed = signature_of(next(each for each in (root, *root.parents) if each.is_dir()))
    told = {name: value for name, value in options.items() if value}
    name = told.pop("name", "")
    return {
        **({"name_en": name, "name_zh": name} if name else {}),
        "speaks": lang,
        **told,
        "staff_name": told.get("staff_name") or signed.name,
        "staff_email": told.get("staff_email") or signed.email,
        "asked": frozenset(told) | ({"name_en", "name_zh"} if name else frozenset()),
    }


def _answers(told: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """What was told, and the answers to what was not."""
    from casework.deeds.init import policies_there

    asker = Asker(lang, datetime.now(UTC), ZoneInfo("UTC"))
    policies = _titles({name: record.value["title"] for name, record in policies_there().items()})
    answers = dict(told)
    for name, question in _questions(told, policies).items():
        if name not in told["asked"]:
            answers[name] = asker.ask(question)
    chosen = answers.pop("policy_asked", "")
    answers.setdefault("policies", [each for each in chosen.split(",") if each])
    if "roles" not in told:
        answers["roles"] = _asked_roles(asker, answers["policies"])
    return answers


def _questions(told: Mapping[str, Any], policies: Choice) -> dict[str, Question]:
    lister = {"type": ["string", "array"], "items": FREE}
    only = "".join(policies.values) if len(policies.values) == 1 else ""  # of several nobody can guess
    asked = {
        "name_en": Question(_Q["name_en"], FREE, must=True),
        "name_zh": Question(_Q["name_zh"], FREE, must=True),
        "zone": Question(_Q["zone"], FREE, default="Asia/Shanghai", must=True),
        "speaks": Question(_Q["speaks"], {"enum": ["en", "zh"]}, default=told["speaks"], must=True),
        "policy_asked": Question(_Q["policies"], lister, policies, only, True),
        "staff_name": Question(_Q["staff_name"], FREE, default=told["staff_name"], must=True),
        "staff_email": Question(_Q["staff_email"], FREE, default=told["staff_email"]),
        "staff_id": Question(_Q["staff_id"], WORD, default=_id_from(told["staff_email"]), must=True),
    }
    return {name: each for name, each in asked.items() if name != "policy_asked" or "policies" not in told}


def _asked_roles(asker: Asker, policies: list[str]) -> list[str]:
    from casework.deeds.init import policies_there

    there = policies_there()
    titles = {
        role: (entry or {}).get("title", role)
        for name in policies
        for role, entry in (there[name].value.get("roles") or {}).items()
    }
    if not titles:
        return []
    lister = {"type": ["string", "array"], "items": FREE}
    return [each for each in asker.ask(Question(_Q["roles"], lister, _titles(titles))).split(",") if each]


def _titles(told: Mapping[str, Any]) -> Choice:
    from casework.state.policy import Choice
    from casework.words import text_from

    return Choice({name: text_from(title) for name, title in told.items()}, False, ())


def _firm(told: Mapping[str, Any], lang: Lang) -> Firm:
    from casework.deeds.init import Firm, zone_of

    missing = [name for name in ("name_en", "name_zh", "zone", "policies") if not told.get(name)]
    if missing:
        options = [_OPTIONS[name] for name in missing]
        raise Refusal(
            Text(
                "say {options} (or run this in a terminal)",
                "请给出 {options}（或在终端中运行）",
                {"options": options},
            ),
            lang,
        )
    today = datetime.now(zone_of(told["zone"])).date()
    policies = tuple(dict.fromkeys(told["policies"]))
    return Firm(told["name_en"], told["name_zh"], told["zone"], told["speaks"], policies, today)


def _person(told: Mapping[str, Any]) -> Person:
    from casework.deeds.init import Person

    email, id_ = told["staff_email"], told.get("staff_id")
    return Person(
        id_ or _id_from(email) or "me", told["staff_name"] or id_ or "me", email, tuple(told.get("roles", ()))
    )


def _id_from(email: str) -> str:
    """``Li.Wen@example.org`` → ``li-wen``: a first idea of an id, to be changed before it is used."""
    words = re.findall(r"[a-z0-9]+", email.partition("@")[0].lower())
    return re.sub(r"^[0-9-]+", "", "-".join(words))


def _tell(root: Path, begun: Begun, lang: Lang) -> None:
    told = [
        Text("the register is begun in {root}", "登记簿已建立：{root}", {"root": root}),
        Text(
            "next: look through policies/staff.yaml and policies/register.yaml, then 'casework new'",
            "接下来：核对 policies/staff.yaml 和 policies/register.yaml，然后运行 casework new",
        ),
    ]
    if begun.kept:
        told.insert(1, Text("left as it was: {kept}", "保持原样：{kept}", {"kept": begun.kept}))
    for text in told:
        click.echo(text.say(lang))


_Q = {
    "name_en": Text("The firm's name in English", "单位英文名称"),
    "name_zh": Text("The firm's name in Chinese", "单位中文名称"),
    "zone": Text("Its time zone", "所在时区"),
    "speaks": Text("Its language, zh or en", "使用的语言，zh 或 en"),
    "policies": Text("Policies, the default first", "制度（默认的写在最前）"),
    "staff_name": Text("Your name", "您的姓名"),
    "staff_email": Text("Your e-mail, as in your commits", "您的邮箱（与提交一致）"),
    "staff_id": Text("Your id in case files, such as li-wen", "您的人员编号，如 li-wen"),
    "roles": Text("Roles you bear", "您担任的岗位"),
}
_OPTIONS = {
    "name_en": same("--name / --name-en"),
    "name_zh": same("--name / --name-zh"),
    "zone": same("--zone"),
    "policies": same("--policy"),
}
